"""Opening the records, or saying in words why they are not to be had."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dlicalc.services.ports import Clock
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Head, genesis, is_sealed
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.beside import HeadMark
from dlicalc.storage.records.connection import How, connect, harden, in_words, needs_room_beside
from dlicalc.storage.records.keys import Keys, load_keys, new_keys, save_keys
from dlicalc.storage.records.owed import folders, record_left_over
from dlicalc.storage.records.place import Place, log_of, made, place_in
from dlicalc.storage.records.rows import newest_row, stamp_of
from dlicalc.storage.records.schema import FORMAT, bring_up, version_of
from dlicalc.storage.records.store import Opened, SqliteRecords

_STORE: Final = 16


def open_records(
    folder: DataFolder, program: Path, clock: Clock, passphrase: str | None = None, *, make: bool = True
) -> SqliteRecords:
    """The records of this user, made if there are none yet; raises :class:`Refused`, and the calculator goes on.

    ``passphrase`` is that of records which are locked by one, or are to be. ``make``: whether new ones may be made.
    """
    place = place_in(folder, program)
    if not make and not place.database.is_file() and not place.head.is_file():
        raise Refused(Problem("records", "records_absent"))
    made(folder, place)
    with _library(), in_words():
        keys = _keys(place, passphrase)
        connection = connect(place.database)
        try:
            records = SqliteRecords(_opened(connection, place, keys), clock)
            record_left_over(records, folders(folder.path), keys.note)
            return records
        except BaseException:
            connection.close()
            raise


@contextlib.contextmanager
def _library() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise Refused(Problem("records", "records_library", {"text": str(error.name)})) from error


def _keys(place: Place, passphrase: str | None) -> Keys:
    """The key; made only where there are no records that another would have been made for."""
    if place.key.exists() or (place.database.exists() and place.database.stat().st_size):
        return load_keys(place.key, passphrase)
    return save_keys(place.key, new_keys(), passphrase)


def _opened(connection: sqlite3.Connection, place: Place, keys: Keys) -> Opened:
    mark = HeadMark(place.head, keys.head)
    found = version_of(connection)
    if found > FORMAT:
        raise Refused(Problem("records", "records_newer", {"text": str(found)}))
    known = mark.read()
    if found == 0 and known is not None and known.sequence:
        raise Refused(Problem("records", "records_lost", {"text": str(known.sequence)}))
    harden(connection)
    if found < FORMAT:
        store = os.urandom(_STORE).hex()
        if found == 0 and known is None:
            mark.begin(Head(0, genesis("")))
        place.closed.unlink(missing_ok=True)
        bring_up(connection, meta={"key": keys.check(store), "store": store})
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    store = meta.get("store", "")
    if meta.get("key") != keys.check(store):
        raise Refused(Problem("records", "records_key_wrong"))
    _hold_against(connection, mark.read(), keys)
    return Opened(connection, place, keys, store)


def _hold_against(connection: sqlite3.Connection, mark: Head | None, keys: Keys) -> None:
    """Raises :class:`Refused` if the newest entry is not as written, or one that was acknowledged is not there."""
    row = newest_row(connection)
    last = 0
    if row is not None:
        stamp, closed_by = stamp_of(row)
        last = stamp.sequence
        if not is_sealed(stamp, closed_by, keys.chain):
            raise Refused(Problem("records", "records_altered", {"text": str(last)}))
    if mark is None or not mark.sequence:
        return
    if mark.sequence > last:
        raise Refused(Problem("records", "records_lost", {"text": str(mark.sequence)}))
    there = connection.execute("SELECT hash FROM entry WHERE sequence = ?", (mark.sequence,)).fetchone()
    if there is None or there[0] != mark.hash:
        raise Refused(Problem("records", "records_altered", {"text": str(mark.sequence)}))


def open_as_it_is(database: Path, keys: Keys) -> tuple[sqlite3.Connection, str]:
    """A store for reading alone, however it stands, and its name; raises :class:`Refused` if it cannot be read."""
    if not database.is_file():
        raise Refused(Problem("records", "records_absent"))
    with in_words():
        try:
            return _open_to_read(database, keys, How.TO_READ)
        except sqlite3.Error as error:
            if not needs_room_beside(error) or _has_log(database):
                raise
            return _open_to_read(database, keys, How.AT_REST)


def _open_to_read(database: Path, keys: Keys, how: How) -> tuple[sqlite3.Connection, str]:
    connection = connect(database, how)
    try:
        return connection, store_of(connection, keys)
    except BaseException:
        connection.close()
        raise


def _has_log(database: Path) -> bool:
    log = log_of(database)
    return log.exists() and log.stat().st_size > 0


def open_to_read(place: Place, keys: Keys, clock: Clock) -> SqliteRecords:
    """Records of which nothing but reading is asked, as on a medium that cannot be written; raises :class:`Refused`."""
    connection, store = open_as_it_is(place.database, keys)
    try:
        with in_words():
            _hold_against(connection, HeadMark(place.head, keys.head).read(), keys)
    except BaseException:
        connection.close()
        raise
    return SqliteRecords(Opened(connection, place, keys, store), clock)


def store_of(connection: sqlite3.Connection, keys: Keys) -> str:
    """The name of a store; raises :class:`Refused` if it is of another format or another key."""
    if (found := version_of(connection)) > FORMAT:
        raise Refused(Problem("records", "records_newer", {"text": str(found)}))
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall()) if found else {}
    store = str(meta.get("store", ""))
    if meta.get("key") != keys.check(store):
        raise Refused(Problem("records", "records_key_wrong"))
    return store
