"""Verifying a store though SQLite refuses it: around a damaged header or form, which are known from its closing."""

import contextlib
import sqlite3
from collections.abc import Iterator

from dlicalc.services.problem import Refused
from dlicalc.services.records import Fault, Verification
from dlicalc.storage.records.closing import closing_in, has_form, with_form
from dlicalc.storage.records.connection import in_words
from dlicalc.storage.records.keys import Keys
from dlicalc.storage.records.opening import open_as_it_is, store_of
from dlicalc.storage.records.place import Place
from dlicalc.storage.records.verifying import Tell, quietly, verify


def verify_place(place: Place, keys: Keys, tell: Tell = quietly) -> Verification:
    """What a reading finds of the store in ``place``; raises :class:`Refused` where it cannot be read in any way."""
    with open_to_verify(place, keys) as opened:
        return opened.verify(tell)


class ToVerify:
    """A store that is open for reading alone; ``around``: not as the file is, but with the form it had."""

    def __init__(self, connection: sqlite3.Connection, store: str, place: Place, keys: Keys, *, around: bool) -> None:
        self.connection = connection
        self._store, self._place, self._keys, self._around = store, place, keys, around

    def verify(self, tell: Tell = quietly) -> Verification:
        """What a reading finds; raises :class:`Refused`."""
        with in_words():
            found = verify(self.connection, self._place, self._keys, self._store, tell)
        if not self._around:
            return found
        around = Fault("around", found.head.sequence, found.last_at)
        return found._replace(faults=(around, *found.faults))


@contextlib.contextmanager
def open_to_verify(place: Place, keys: Keys) -> Iterator[ToVerify]:
    """The store, if need be around its header and form; raises :class:`Refused` where it cannot be read in any way."""
    try:
        connection, store = open_as_it_is(place.database, keys)
        around = False
    except Refused:
        found = _around(place, keys)
        if found is None:
            raise
        (connection, store), around = found, True
    try:
        yield ToVerify(connection, store, place, keys, around=around)
    finally:
        connection.close()


def _around(place: Place, keys: Keys) -> tuple[sqlite3.Connection, str] | None:
    """The store in memory, with the pages of its form as they were closed; ``None`` if that is not known.

    Also ``None`` if they are as they were: then it is something else that keeps SQLite from reading.
    """
    closing = closing_in(place.closed, keys.head)
    content = _content(place)
    if content is None or closing is None or not closing.form or has_form(content, closing):
        return None
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.text_factory = lambda text: text.decode(errors="backslashreplace")
    try:
        connection.deserialize(with_form(content, closing))
        return connection, store_of(connection, keys)
    except (MemoryError, Refused, sqlite3.Error, TypeError, ValueError, AttributeError):
        connection.close()
        return None


def _content(place: Place) -> bytes | None:
    try:
        return place.database.read_bytes()
    except OSError:
        return None
