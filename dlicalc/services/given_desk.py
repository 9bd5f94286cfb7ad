"""Where what was given is recorded: find the order, read what is typed, append one entry. Records and clock come in."""

from collections.abc import Callable
from typing import NamedTuple

from dlicalc.domain.entered import is_said
from dlicalc.domain.names import is_name
from dlicalc.domain.protocol import Protocol
from dlicalc.services.entry import Document
from dlicalc.services.given import Reading, Texts, given_event, read_given
from dlicalc.services.given_order import ORDER, Source, last_given, of_open_case, of_records
from dlicalc.services.order_codes import is_flat_code, read_flat_code
from dlicalc.services.ports import Clock
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Entry, EventKind, RecordStore, plain
from dlicalc.services.snapshot import Snapshot


class InHand(NamedTuple):
    """The open case, and its document as a file holds it."""

    snapshot: Snapshot
    document: Document


class GivenDesk:
    """All of it raises :class:`Refused`, and a refused entry is not in the records."""

    def __init__(
        self, records: RecordStore, protocol: Protocol, clock: Clock, software: str, in_hand: Callable[[], InHand]
    ) -> None:
        self._records = records
        self._protocol = protocol
        self._clock = clock
        self._software = software
        self._in_hand = in_hand

    def number_in_hand(self) -> str:
        """The number of the open order; empty if there is none."""
        return self._in_hand().snapshot.order.number

    def find(self, typed: str) -> Source:
        """The order whose number is ``typed``, or stands in a scanned code."""
        flat = read_flat_code(typed) if is_flat_code(typed) else None
        number = typed.strip().upper() if flat is None else flat.number
        if not number:
            raise Refused(Problem(ORDER, "given_no_number"))
        source = self._source(number)
        recipient = source.case.get("recipient") or {}
        if flat is not None and plain(flat.mrn) != plain(recipient.get("mrn") or ""):
            raise Refused(Problem(ORDER, "given_other_mrn", {"text": flat.mrn}))
        return source

    def _source(self, number: str) -> Source:
        """The records know best; an order in hand that they do not hold speaks for itself."""
        entries = self._records.entries(number)
        in_hand = self._in_hand()
        prepared = any(entry.stamp.kind != EventKind.GIVEN for entry in entries)
        if not prepared and in_hand.snapshot.order.number == number:
            return of_open_case(in_hand.snapshot, in_hand.document, entries, self._protocol, self._software)
        return of_records(number, entries, self._protocol)

    def read(self, texts: Texts, count: int, source: Source) -> Reading:
        """What was typed of ``count`` bags, as of now."""
        return read_given(texts, count, source, self._clock(), self._protocol)

    def missing(self, reading: Reading, source: Source, by: str, remark: str) -> tuple[Problem, ...]:
        """What stands in the way of recording beside what the reading says itself."""
        problems = []
        if not (is_name(by) and is_said(by)):
            problems.append(Problem("by", "given_name_due"))
        if remark and not is_said(remark):
            problems.append(Problem("remark", "text_blank"))
        elif not remark and source.earlier is not None:
            problems.append(Problem("remark", "given_correction_due"))
        elif not remark and reading.doubtful:
            problems.append(Problem("remark", "given_remark_due"))
        return tuple(problems)

    def record(self, texts: Texts, count: int, source: Source, by: str, remark: str) -> Entry:
        """Append what was given; refused if it cannot be so, or if somebody recorded something meanwhile."""
        reading = self.read(texts, count, source)
        problems = (*reading.problems, *self.missing(reading, source, by, remark))
        if problems or reading.blocked:
            raise Refused(*(problems or (Problem(ORDER, "given_contradicts"),)))
        last = last_given(self._records.entries(source.ordered.number))
        if (None if last is None else last.stamp.sequence) != (source.earlier and source.earlier.stamp.sequence):
            raise Refused(Problem(ORDER, "given_meanwhile", {"text": source.ordered.number}))
        return self._records.append(
            given_event(source, reading, by=by.strip(), remark=remark.strip(), software=self._software)
        )
