"""The records in a SQLite file: each event is one transaction, flushed to the disk before it counts."""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from dlicalc.services.ports import Clock
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import (
    Entry,
    Event,
    EventKind,
    Head,
    Removal,
    Seal,
    Stamp,
    Standing,
    TermKind,
    Verification,
    day_list,
    genesis,
    is_sealed,
    jump,
    plain,
    seal,
    standing,
    terms_of,
)
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.records.beside import HeadMark
from dlicalc.storage.records.closing import closing_text
from dlicalc.storage.records.connection import in_words, reason_of
from dlicalc.storage.records.keys import Keys
from dlicalc.storage.records.place import Place
from dlicalc.storage.records.rows import PUT, READ, entry_of, newest_row, stamp_of
from dlicalc.storage.records.schema import number
from dlicalc.storage.records.sealing import CannotBeOpened, Sealer, content_digest, terms_digest
from dlicalc.storage.records.verifying import verify

_MARKED: Final = "SELECT DISTINCT order_number FROM term JOIN entry USING (sequence) WHERE mark IN (?, ?)"
_STAMPS: Final = READ.replace(", sealed.content", "").replace(" LEFT JOIN sealed USING (sequence)", "")


class Opened(NamedTuple):
    """What a store is made of."""

    connection: sqlite3.Connection
    place: Place
    keys: Keys
    store: str


class SqliteRecords:
    """A :class:`RecordStore` in one file; made by :func:`dlicalc.storage.records.opening.open_records`."""

    def __init__(self, opened: Opened, clock: Clock, steady: Callable[[], float] = time.monotonic) -> None:
        self._opened = opened
        self._connection = opened.connection
        self._clock = clock
        self._steady = steady
        self._sealer = Sealer(opened.keys, opened.store)
        self._chain = opened.keys.chain
        self._mark = HeadMark(opened.place.head, opened.keys.head)
        self._file = opened.place.database.stat().st_ino
        self._last: tuple[int, float] | None = None
        """Number of the entry that was written last from here, and the steady clock at that time."""

    @property
    def note_key(self) -> bytes:
        """What seals the notes of ends that could not be recorded."""
        return self._opened.keys.note

    def append(self, event: Event) -> Entry:
        """Record ``event``; when this returns it is on the disk, and when it raises it is not recorded."""
        return self.append_all((event,))[0]

    def append_all(self, events: Sequence[Event]) -> tuple[Entry, ...]:
        """Record ``events`` in one transaction: all of them or none."""
        if not events:
            return ()
        self._begin()
        try:
            entries = tuple(self._put(event, covers=0) for event in events)
        except BaseException:
            self._roll_back()
            raise
        self._commit(entries[-1])
        return entries

    def remove_content(self, before: datetime, event: Event) -> int:
        """Remove the sealed part of the entries older than ``before``, and record it as ``event``; returns how many."""
        self._begin()
        try:
            upto = self._older(before)
            if not upto:
                self._roll_back()
                return 0
            entry = self._put(event, covers=upto)
            with _refusing():
                removed = self._connection.execute("DELETE FROM sealed WHERE sequence <= ?", (upto,)).rowcount
                self._connection.execute("DELETE FROM term WHERE sequence <= ?", (upto,))
        except BaseException:
            self._roll_back()
            raise
        self._commit(entry)
        with in_words():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return removed

    def removable(self, before: datetime) -> Removal:
        """What :meth:`remove_content` would remove."""
        upto = self._older(before)
        with in_words():
            entries, first, last = self._connection.execute(
                "SELECT count(*), min(sequence), max(sequence) FROM sealed WHERE sequence <= ?", (upto,)
            ).fetchone()
            if not entries:
                return Removal(0, 0, "", "")
            (orders,) = self._connection.execute(
                "SELECT count(DISTINCT order_number) FROM entry JOIN sealed USING (sequence)"
                " WHERE sequence <= ? AND order_number <> ''",
                (upto,),
            ).fetchone()
            moments = dict(
                self._connection.execute("SELECT sequence, at FROM entry WHERE sequence IN (?, ?)", (first, last))
            )
        return Removal(int(entries), int(orders), moments[first], moments[last])

    def entries(self, order: str) -> tuple[Entry, ...]:
        """The entries of one order in their sequence."""
        return self._read(f"{READ} WHERE order_number = ? ORDER BY sequence", (order,))

    def newest(self, most: int, before: int = 0) -> tuple[Entry, ...]:
        """Up to ``most`` entries, newest first; ``before`` an entry number, to go on from there."""
        return self._read(f"{READ} WHERE sequence < ? ORDER BY sequence DESC LIMIT ?", (before or 2**63 - 1, most))

    def orders_of(self, days: Sequence[date]) -> tuple[Standing, ...]:
        """The orders whose infusion falls on one of ``days``, unchecked first."""
        marks = ", ".join("?" * len(days))
        inner = f"SELECT DISTINCT order_number FROM entry WHERE day IN ({marks}) AND order_number <> ''"
        with in_words():
            rows = self._connection.execute(
                f"{_STAMPS} WHERE order_number IN ({inner}) ORDER BY order_number, sequence",
                [day.isoformat() for day in days],
            ).fetchall()
        stamps = (stamp_of(row)[0] for row in rows)
        return day_list(standing(group) for _, group in groupby(stamps, key=lambda stamp: stamp.order))

    def orders(self, most: int, before: int = 0) -> tuple[tuple[int, str], ...]:
        """Up to ``most`` orders by number of the entry that prepared them, newest first."""
        with in_words():
            rows = self._connection.execute(
                "SELECT sequence, order_number FROM entry WHERE kind = 'prepared' AND sequence < ?"
                " ORDER BY sequence DESC LIMIT ?",
                (before or 2**63 - 1, most),
            ).fetchall()
        return tuple((int(sequence), str(order)) for sequence, order in rows)

    def search(self, text: str, most: int = 100) -> tuple[str, ...]:
        """Orders whose number, recipient's MRN or bag's DIN is ``text``, newest first."""
        marks = [self._sealer.mark(kind, plain(text)) for kind in (TermKind.MRN, TermKind.DIN)]
        with in_words():
            rows = self._connection.execute(
                "SELECT order_number, max(sequence) AS last FROM entry"
                f" WHERE order_number <> '' AND (order_number = ? OR order_number IN ({_MARKED}))"
                " GROUP BY order_number ORDER BY last DESC LIMIT ?",
                (text.strip().upper(), *marks, most),
            ).fetchall()
        return tuple(str(order) for order, _ in rows)

    def given_to(self, mrn: str) -> tuple[Entry, ...]:
        """The infusions of a recipient that were recorded as given."""
        return self._given(TermKind.MRN, mrn)

    def given_from(self, din: str) -> tuple[Entry, ...]:
        """What was recorded as given by orders that hold a bag with this DIN."""
        return self._given(TermKind.DIN, din)

    def _given(self, kind: TermKind, text: str) -> tuple[Entry, ...]:
        mark = self._sealer.mark(kind, plain(text))
        where = f"WHERE kind = ? AND order_number IN ({_MARKED}) ORDER BY sequence"
        return self._read(f"{READ} {where}", (EventKind.GIVEN, mark, mark))

    def head(self) -> Head:
        """The newest entry."""
        with in_words():
            row = newest_row(self._connection)
        return Head(0, genesis(self._opened.store)) if row is None else Head(row[0], stamp_of(row)[1].hash)

    def verify(self) -> Verification:
        """Read everything and say what is wrong."""
        return verify(self._connection, self._opened.place, self._opened.keys, self._opened.store)

    def close(self) -> None:
        """Let go of the store; whoever is the last leaves the digest of the whole file."""
        with contextlib.suppress(sqlite3.Error, OSError, Refused):
            self._leave_digest()
        self._mark.close()
        self._connection.close()

    def _begin(self) -> None:
        """Nobody else writes from now on, and the file is not any more as it was closed."""
        try:
            with _refusing():
                self._connection.execute("BEGIN IMMEDIATE")
                self._opened.place.closed.unlink(missing_ok=True)
        except Refused:
            self._roll_back()
            raise

    def _put(self, event: Event, covers: int) -> Entry:
        """Insert the entry into the open transaction."""
        with _refusing():
            before = self._newest()
            stamp, content, marks = self._stamped(event, before, covers)
            closed_by = seal(stamp, self._chain)
            self._connection.execute(PUT, (*stamp, *closed_by))
            self._connection.execute("INSERT INTO sealed VALUES (?, ?)", (stamp.sequence, content))
            self._connection.executemany("INSERT INTO term VALUES (?, ?)", [(mark, stamp.sequence) for mark in marks])
        return Entry(stamp, closed_by, event)

    def _newest(self) -> tuple[Stamp, Seal] | None:
        """The entry to follow; raises :class:`Refused` if it is not as it was written, or the file another."""
        if self._opened.place.database.stat().st_ino != self._file:
            raise Refused(Problem("records", "records_held"))
        row = newest_row(self._connection)
        if row is None:
            return None
        stamp, closed_by = stamp_of(row)
        if not is_sealed(stamp, closed_by, self._chain):
            raise Refused(Problem("records", "records_altered", {"text": str(stamp.sequence)}))
        return stamp, closed_by

    def _stamped(
        self, event: Event, before: tuple[Stamp, Seal] | None, covers: int
    ) -> tuple[Stamp, bytes, list[bytes]]:
        sequence = 1 if before is None else before[0].sequence + 1
        now = self._clock()
        content = self._sealer.seal(sequence, event)
        marks = [self._sealer.mark(kind, text) for kind, text in terms_of(event.case, event.details)]
        went_by = None
        if before is not None and self._last is not None and self._last[0] == before[0].sequence:
            went_by = timedelta(seconds=self._steady() - self._last[1])
        jumped = jump(None if before is None else datetime.fromisoformat(before[0].at), now, went_by)
        stamp = Stamp(
            sequence=sequence,
            order=event.order,
            kind=str(event.kind),
            day="" if event.day is None else event.day.isoformat(),
            at=now.isoformat(),
            jump=str(jumped),
            software=event.software,
            protocol=event.protocol,
            content=content_digest(content),
            terms=terms_digest(marks),
            covers=covers,
            previous=genesis(self._opened.store) if before is None else before[1].hash,
        )
        return stamp, content, marks

    def _commit(self, entry: Entry) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            if not self._is_kept(entry, error):
                raise Refused(Problem("records", "records_refused", {"text": reason_of(error)})) from error
        self._last = (entry.stamp.sequence, self._steady())
        self._mark.move(Head(entry.stamp.sequence, entry.seal.hash))

    def _is_kept(self, entry: Entry, cause: sqlite3.Error) -> bool:
        """Whether a failed commit is in the store after all; raises :class:`Refused` if that cannot be seen."""
        try:
            row = newest_row(self._connection)
            kept = row is not None and stamp_of(row)[1] == entry.seal
            if kept:
                self._connection.execute("PRAGMA wal_checkpoint(FULL)")
        except sqlite3.Error as error:
            raise Refused(Problem("records", "records_unsure", {"text": reason_of(cause)})) from error
        return kept

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _older(self, before: datetime) -> int:
        """The number up to which all entries are older than ``before``; 0 if none of them has its content."""
        upto = 0
        with in_words():
            for sequence, at in self._connection.execute(
                "SELECT sequence, at FROM entry WHERE sequence >"
                " (SELECT coalesce(max(covers), 0) FROM entry WHERE covers > 0) ORDER BY sequence"
            ):
                if datetime.fromisoformat(at) >= before:
                    break
                upto = int(sequence)
        return upto

    def _read(self, statement: str, values: Iterable[object]) -> tuple[Entry, ...]:
        with in_words():
            rows = self._connection.execute(statement, tuple(values)).fetchall()
        entries = []
        for row in rows:
            try:
                entries.append(entry_of(row, self._sealer))
            except (CannotBeOpened, ValueError, TypeError) as error:
                raise Refused(Problem("records", "records_altered", {"text": str(row[0])})) from error
        return tuple(entries)

    def _leave_digest(self) -> None:
        place = self._opened.place
        if place.closed.exists():
            return
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            if not place.log.exists() or place.log.stat().st_size == 0:
                form = [1, number(self._connection, "SELECT rootpage FROM sqlite_schema WHERE name = 'meta'")]
                text = closing_text(place.database, self.head().sequence, form, self._opened.keys.head)
                write_atomically(str(place.closed), text)
        finally:
            self._roll_back()


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    """Errors while an entry is written: it is not recorded."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise Refused(Problem("records", "records_refused", {"text": reason_of(error)})) from error
