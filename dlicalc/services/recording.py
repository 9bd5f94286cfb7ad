"""What is done to the open order becomes entries of the records; what is in the records holds against any file.

Nothing takes effect before it is recorded, with one exception: an end. That an order must not be used any more holds
also while the disk is full; the entry is then owed, noted elsewhere, and written before anything else.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding
from dlicalc.domain.sign_off import Ended, SignOff
from dlicalc.services.document import evaluation_document
from dlicalc.services.ends import ENDS, has_ended, says_more
from dlicalc.services.entry import Document
from dlicalc.services.order_desk import Desk
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Entry, Event, EventKind, Head, RecordStore, Standing, Unavailable
from dlicalc.services.wording import Words

OpenStore = Callable[[str | None], RecordStore]
"""Opens the records, with a passphrase if they are locked by one; raises :class:`Refused`."""
_PRINTS = (EventKind.PRINTED, EventKind.REPRINTED)


class Recorder(NamedTuple):
    """By whom entries are written: the program with its version, and the user and machine it runs on."""

    software: str
    seat: str = ""


class Notes(Protocol):
    """Where an end is written down that the records would not take, so that it outlasts the program."""

    def keep(self, events: Sequence[Event]) -> bool:
        """Write ``events`` down; whether the next start will know all that they say."""

    def forget(self) -> None:
        """What was written down is recorded."""

    def close(self) -> None:
        """The window ends; what is still written down stays."""


class Ledger:
    """The records as one window or command uses them: opened when first asked for."""

    def __init__(self, open_store: OpenStore, recorder: Recorder, notes: Callable[[], Notes] | None = None) -> None:
        self.recorder = recorder
        self._open = open_store
        self._notes = notes
        self._noted = False
        self._store: RecordStore | Unavailable | None = None
        self._owed: list[Event] = []
        self._late: Problem | None = None
        self._why: Problem | None = None
        self._unread: Problem | None = None

    @property
    def owing(self) -> bool:
        """Whether something has been done that is not recorded yet."""
        return bool(self._owed)

    @property
    def at_risk(self) -> tuple[str, ...]:
        """The orders whose end, or who ended them and why, would be lost if the program ended now."""
        return () if self._noted else tuple(dict.fromkeys(event.order for event in self._owed))

    @property
    def late(self) -> Problem | None:
        """What the records said when they would not take what is owed."""
        return self._why

    @property
    def opened(self) -> bool:
        """Whether it is known if there are records to be had."""
        return self._store is not None

    @property
    def store(self) -> RecordStore | Unavailable:
        """The records, or why there are none to be had."""
        if self._store is None:
            self.unlock(None)
        assert self._store is not None
        return self._store

    def unlock(self, passphrase: str | None) -> None:
        """Open the records, or try again; where they are open, write what is owed."""
        if self._store is not None and not isinstance(self._store, Unavailable):
            self.owe(())
            return
        try:
            self._store = self._open(passphrase)
        except Refused as refused:
            problem = refused.problems[0]
            self._store = Unavailable(problem.code, problem.params)

    @property
    def trouble(self) -> Problem | None:
        """Why nothing can be recorded, as far as that is known without opening anything; ``None`` if nothing is."""
        store = self._store
        if isinstance(store, Unavailable):
            return Problem("records", store.code, store.params)
        return self._late or self._unread

    @property
    def unread(self) -> Problem | None:
        """Why the order that was asked for last could not be read, so that nobody knows whether it has ended."""
        return self._unread

    def require(self) -> RecordStore:
        """The records; raises :class:`Refused` if there are none to be had."""
        store = self.store
        if isinstance(store, Unavailable):
            raise Refused(Problem("records", store.code, store.params))
        return store

    def record(self, events: Iterable[Event]) -> Head | None:
        """Record ``events``, all or none, after what is owed; returns the newest entry. Raises :class:`Refused`."""
        store = self.require()
        self._settle(store)
        entries = store.append_all(tuple(events))
        return Head(entries[-1].stamp.sequence, entries[-1].seal.hash) if entries else None

    def _settle(self, store: RecordStore) -> None:
        """Record what is owed."""
        if not self._owed:
            return
        while self._owed:
            if says_more(self._owed[0], store.entries(self._owed[0].order)):
                store.append(self._owed[0])
            del self._owed[0]
        self._late, self._noted = None, False
        if self._notes is not None:
            self._notes().forget()

    def owe(self, events: Iterable[Event]) -> None:
        """Record ``events`` now or later; until they are, they are noted, and :attr:`trouble` says why they are not."""
        self._owed += events
        try:
            self.record(())
        except Refused as refused:
            self._noted = self._notes is not None and self._notes().keep(tuple(self._owed))
            self._why = refused.problems[0]
            self._late = self._said(self._why)

    def _said(self, problem: Problem) -> Problem:
        numbers = ", ".join(dict.fromkeys(event.order for event in self._owed))
        text = problem.params.get("text", problem.code)
        return Problem("records", "end_noted" if self._noted else "end_unnoted", {"number": numbers, "text": text})

    def entries(self, order: str) -> tuple[Entry, ...]:
        """What is recorded of an order; nothing if that cannot be read, and then :attr:`trouble` says why."""
        store, self._unread = self.store, None
        if isinstance(store, Unavailable):
            return ()
        try:
            return store.entries(order)
        except Refused as refused:
            self._unread = refused.problems[0]
            return ()

    def close(self) -> None:
        """Write what is owed, and let go of the records."""
        if self.owing:
            self.owe(())
        if self._store is not None and not isinstance(self._store, Unavailable):
            self._store.close()
        if self._notes is not None and self._store is not None:
            self._notes().close()
        self._store = None


class Basis(NamedTuple):
    """From what an entry is made: the inputs, what follows from them, and the day of the infusion."""

    document: Document
    evaluation: Evaluation
    day: date | None


def acts(before: Desk, after: Desk, basis: Basis, recorder: Recorder) -> tuple[Event, ...]:
    """What was done between two states of the desk, as events; ``basis.document`` with the order as it is after."""
    order = after.order
    assert order is not None
    known = before.order if before.order is not None and before.order.number == order.number else None
    if known is None:
        rulings = [finding for finding in basis.evaluation.findings if finding.ruling is not None]
        overrides = [_override(finding, order, basis, recorder) for finding in rulings]
        return (*overrides, _event(EventKind.PREPARED, order, basis, recorder)._replace(who=order.prepared_by))
    if order.check is not None and known.check is None:
        return (_event(EventKind.CHECKED, order, basis, recorder)._replace(who=order.check.by),)
    if order.ended is not None and known.ended is None:
        return (_end(order, order.ended, basis, recorder),)
    return ()


def _end(order: SignOff, ended: Ended, basis: Basis, recorder: Recorder) -> Event:
    kind = EventKind.VOIDED if ended.state == "void" else EventKind.SUPERSEDED
    event = _event(kind, order, basis, recorder, {"at": ended.at.isoformat()})
    return event._replace(who=ended.by or recorder.seat, why=ended.reason or "")


def print_of(order: SignOff, copy: int, basis: Basis, recorder: Recorder, form: Mapping[str, Any]) -> Event:
    """A paper that is about to go out: the original (``copy`` 0) or a copy.

    ``form`` is its language and paper, and of the original its words, so that it can be printed again to the letter.
    """
    kind = EventKind.REPRINTED if copy else EventKind.PRINTED
    return _event(kind, order, basis, recorder, {"copy": copy, **form})


def _override(finding: Finding, order: SignOff, basis: Basis, recorder: Recorder) -> Event:
    ruling = finding.ruling
    assert ruling is not None
    details = {"code": finding.code, "path": finding.path, "role": ruling.role, "at": ruling.at}
    event = _event(EventKind.OVERRIDE, order, basis, recorder, details)
    return event._replace(who=ruling.by, why=ruling.reason, case=None, evaluation=None)


def _event(
    kind: EventKind, order: SignOff, basis: Basis, recorder: Recorder, details: Mapping[str, Any] | None = None
) -> Event:
    evaluation = evaluation_document(basis.evaluation, Words(), recorder.software)
    return Event(
        kind=kind,
        who=recorder.seat,
        software=recorder.software,
        order=order.number,
        day=basis.day,
        case=basis.document,
        evaluation=dict(evaluation),
        details={"seat": recorder.seat, **(details or {})},
        protocol=basis.evaluation.protocol.digest,
    )


def recalled(desk: Desk, entries: Iterable[Entry]) -> Desk:
    """``desk`` as far as the records know more of its order: that it has ended, and how often it was printed."""
    known = tuple(entries)
    order = desk.order
    if order is None or not known:
        return desk
    newest = known[-1]
    desk = desk._replace(head=Head(newest.stamp.sequence, newest.seal.hash).short)
    prints = tuple(entry.at for entry in known if entry.stamp.kind in _PRINTS)
    if len(prints) > len(order.prints):
        order = order.model_copy(update={"prints": prints})
    ends = [entry for entry in known if entry.stamp.kind in ENDS]
    if order.ended is None and ends:
        order = order.model_copy(update={"ended": _ended(ends[0])})
    return desk._replace(order=order)


def as_it_went_out(entries: Iterable[Entry], form: Mapping[str, str]) -> tuple[Entry, ...] | None:
    """What was known of an order when a paper of just this ``form`` went out; ``None`` if none did, or the order ended.

    ``form`` has the moment for which it was asked: the same command gives the same file again, not a further copy.
    """
    known = tuple(entries)
    if has_ended(known):
        return None
    for place, entry in enumerate(known):
        if entry.stamp.kind in _PRINTS and entry.event is not None and form.items() <= entry.event.details.items():
            return known[:place]
    return None


def self_test(recorder: Recorder, *, passed: bool) -> Event:
    """The program has recomputed what others computed, from files that it has checked."""
    details = {"seat": recorder.seat, "passed": "yes" if passed else "no"}
    return Event(EventKind.SELF_TEST, recorder.seat, recorder.software, details=details)


def _ended(entry: Entry) -> Ended:
    """How an order ended; where nobody was named, or retention has removed who and why, that it did.

    An end can be recorded long after it came about.
    """
    event = entry.event
    who, why = ("", "") if event is None or event.who == event.details.get("seat") else (event.who, event.why)
    at = entry.at if event is None or not event.details.get("at") else datetime.fromisoformat(event.details["at"])
    state = "void" if entry.stamp.kind == EventKind.VOIDED else "superseded"
    return Ended.model_validate({"state": state, "at": at, "by": who or None, "reason": why or None})


def others_of_day(store: RecordStore, mrn: str, day: date | None, number: str) -> tuple[Standing, ...]:
    """The orders in force for this recipient on this day, but for the one with ``number``. Raises ``Refused``."""
    if day is None or not mrn.strip():
        return ()
    of_recipient = set(store.search(mrn))
    return tuple(
        one for one in store.orders_of([day]) if one.order in of_recipient and not one.ended and one.order != number
    )
