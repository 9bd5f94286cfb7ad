"""Reading all records and saying what is wrong with them, entry by entry."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from dlicalc.services.records import EventKind, Fault, Head, Seal, Stamp, Verification, genesis, is_sealed
from dlicalc.storage.records.beside import HeadMark
from dlicalc.storage.records.connection import reason_of
from dlicalc.storage.records.keys import Keys
from dlicalc.storage.records.owed import folders, unread
from dlicalc.storage.records.place import Place
from dlicalc.storage.records.rows import COLUMNS, stamp_of
from dlicalc.storage.records.schema import STEPS
from dlicalc.storage.records.sealing import content_digest, terms_digest
from dlicalc.storage.records.where import ClosedFile

_BROKEN: Final = (sqlite3.Error, TypeError, ValueError, AttributeError)
_EVERY: Final = 50
_READING: Final = 0.9
"""Share of the work that reading the entries is."""
Tell = Callable[[float], object]
"""Is told how much is done, of 1; may raise to break off."""


def quietly(_share: float) -> None:
    """Nobody watches."""


def verify(
    connection: sqlite3.Connection, place: Place | None, keys: Keys, store: str, tell: Tell = quietly
) -> Verification:
    """What a reading finds; ``place`` is ``None`` for a backup, beside which nothing lies."""
    whole = None if place is None else ClosedFile(place, keys, connection)
    reader = _Reader(connection, keys, store, tell)
    connection.execute("BEGIN")
    try:
        mark = None if place is None else HeadMark(place.head, keys.head).read()
        faults = [*reader.faults(0 if mark is None else mark.sequence)]
        last = max([reader.head.sequence, *(fault.sequence for fault in faults), 0 if mark is None else mark.sequence])
        if place is not None:
            faults += reader.against(mark)
            faults += (Fault("owed_unread", text=str(path)) for path in unread(folders(place.store.parent)))
        lines, structure = _structure(connection)
        faults += structure
        if whole is not None:
            moments = whole.moments(reader.moments, last)
            faults = [fault._replace(at=moments.get(fault.sequence, fault.at)) for fault in faults]
            faults += whole.faults(moments, last, lines)
    finally:
        connection.execute("ROLLBACK")
    head = reader.head
    closed = whole is not None and whole.closed is True
    return Verification(reader.count, head, tuple(faults), reader.removed, closed, reader.first_at, reader.last_at)


class _Reader:
    """Goes through the entries in their sequence."""

    def __init__(self, connection: sqlite3.Connection, keys: Keys, store: str, tell: Tell) -> None:
        self._connection = connection
        self._tell = tell
        self._key = keys.chain
        self._hashes: dict[int, tuple[str, str]] = {}
        self.head = Head(0, genesis(store))
        self.count = 0
        self.removed = 0
        self.first_at = ""
        self.last_at = ""

    def faults(self, marked: int) -> Iterator[Fault]:
        """All that is wrong with entries, and what belongs to them; ``marked`` is the number there must be."""
        try:
            last = max(marked, *self._numbers("entry", "max"))
            covered = self._covered()
            terms = self._terms()
            extra = self._extra("sealed") + self._extra("term")
        except _BROKEN as error:
            yield Fault("structure", text=reason_of(error))
            last, covered, terms, extra = max(marked, self._last_readable()), 0, None, []
        yield from (Fault("content_extra", number) for number in extra)
        missing = False
        for sequence in range(1, last + 1):
            if sequence % _EVERY == 0:
                self._tell(sequence / last * _READING)
            try:
                row = self._row(sequence)
            except _BROKEN as error:
                yield Fault("unreadable", sequence, self.last_at, reason_of(error))
                continue
            if row is None:
                missing = True
                continue
            if missing:
                yield Fault("gap", sequence - 1, str(row[4]))
                missing = False
            yield from self._of_row(row, covered, terms)

    @property
    def moments(self) -> dict[int, str]:
        """The dates of the entries that could be read."""
        return {sequence: at for sequence, (_, at) in self._hashes.items()}

    def against(self, mark: Head | None) -> Iterator[Fault]:
        """The entries held against what lies beside the key."""
        if mark is None:
            if self.count:
                yield Fault("head_missing")
            return
        if mark.sequence > self.head.sequence:
            yield Fault("lost", mark.sequence)
        elif mark.sequence and (known := self._hashes.get(mark.sequence)) and known[0] != mark.hash:
            yield Fault("head_altered", mark.sequence, known[1])

    def _of_row(self, row: Sequence[Any], covered: int, terms: dict[int, list[bytes]] | None) -> Iterator[Fault]:
        stamp, closed_by = stamp_of(row)
        self.count += 1
        at = str(stamp.at)
        try:
            good = is_sealed(stamp, closed_by, self._key)
        except _BROKEN:
            good = False
        if not good:
            yield Fault("altered", stamp.sequence, at)
        if stamp.previous != self.head.hash:
            yield Fault("chain", stamp.sequence, at)
        yield from self._content(stamp, covered)
        yield from self._terms_of(stamp, covered, terms)
        self._pass(stamp, closed_by)

    def _pass(self, stamp: Stamp, closed_by: Seal) -> None:
        self.head = Head(stamp.sequence, closed_by.hash)
        self._hashes[stamp.sequence] = (closed_by.hash, str(stamp.at))
        self.first_at = self.first_at or str(stamp.at)
        self.last_at = str(stamp.at)

    def _content(self, stamp: Stamp, covered: int) -> Iterator[Fault]:
        try:
            found = self._connection.execute(
                "SELECT content FROM sealed WHERE sequence = ?", (stamp.sequence,)
            ).fetchone()
            right = found is not None and content_digest(found[0]) == stamp.content
        except _BROKEN as error:
            yield Fault("unreadable", stamp.sequence, str(stamp.at), reason_of(error))
            return
        if found is None:
            self.removed += 1
            if stamp.sequence > covered:
                yield Fault("content_missing", stamp.sequence, str(stamp.at))
        elif not right:
            yield Fault("content", stamp.sequence, str(stamp.at))

    def _terms_of(self, stamp: Stamp, covered: int, terms: dict[int, list[bytes]] | None) -> Iterator[Fault]:
        if terms is None or stamp.sequence <= covered:
            return
        try:
            right = terms_digest(terms.get(stamp.sequence, [])) == stamp.terms
        except _BROKEN:
            right = False
        if not right:
            yield Fault("terms", stamp.sequence, str(stamp.at))

    def _covered(self) -> int:
        """Up to where retention was recorded, by an entry that the key vouches for."""
        rows = self._connection.execute(f"SELECT {COLUMNS} FROM entry WHERE covers > 0").fetchall()
        held = (stamp_of(row) for row in rows)
        return max(
            (
                stamp.covers
                for stamp, closed_by in held
                if stamp.kind == EventKind.RETENTION and is_sealed(stamp, closed_by, self._key)
            ),
            default=0,
        )

    def _terms(self) -> dict[int, list[bytes]]:
        found: dict[int, list[bytes]] = {}
        for mark, sequence in self._connection.execute("SELECT mark, sequence FROM term NOT INDEXED"):
            found.setdefault(sequence, []).append(mark)
        return found

    def _extra(self, table: str) -> list[int]:
        rows = self._connection.execute(
            f"SELECT DISTINCT sequence FROM {table} WHERE sequence NOT IN (SELECT sequence FROM entry)"
        )
        return [int(row[0]) for row in rows]

    def _row(self, sequence: int) -> Sequence[Any] | None:
        row: Sequence[Any] | None = self._connection.execute(
            f"SELECT {COLUMNS} FROM entry NOT INDEXED WHERE sequence = ?", (sequence,)
        ).fetchone()
        return row

    def _numbers(self, table: str, which: str) -> Iterator[int]:
        yield 0
        yield int(self._connection.execute(f"SELECT coalesce({which}(sequence), 0) FROM {table}").fetchone()[0])

    def _last_readable(self) -> int:
        """The highest number that can be read where the newest cannot."""
        last = 0
        try:
            for row in self._connection.execute("SELECT sequence FROM entry NOT INDEXED ORDER BY sequence"):
                last = int(row[0])
        except _BROKEN:
            pass
        return last


def _structure(connection: sqlite3.Connection) -> tuple[list[str], list[Fault]]:
    """What SQLite finds wrong, in its own lines, and as faults; and a form that is not that of a store."""
    faults, lines = [], []
    try:
        found = {_plain(row[0]) for row in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")}
        if found != {_plain(statement) for step in STEPS.values() for statement in step}:
            faults.append(Fault("structure", text="schema"))
        lines = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        faults += (Fault("structure", text=line) for line in lines)
    except _BROKEN as error:
        faults.append(Fault("structure", text=reason_of(error)))
    return lines, faults


def _plain(statement: str) -> str:
    return " ".join(statement.split())
