"""One order out of its entries: the case to open again, and what was printed of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from dlicalc.services.kept_sheet import sheet_kept
from dlicalc.services.order_state import Act, OrderState, State
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Entry, Event, EventKind, Head
from dlicalc.services.sheet import Sheet
from dlicalc.services.sign_off import SECTION

Document = Mapping[str, Any]
_PRINTS: Final = (EventKind.PRINTED, EventKind.REPRINTED)
_ENDS: Final = {EventKind.SUPERSEDED: State.SUPERSEDED, EventKind.VOIDED: State.VOID}


class RecordedOrder(NamedTuple):
    """An order that was printed: by what, from what, and what a paper of it is now.

    ``sheet`` are the words of the original in its ``language``; ``None`` where they were not kept. ``paper`` may be
    empty. ``protocol`` is a digest.
    """

    order: OrderState
    document: dict[str, Any]
    evaluation: Document
    sheet: Sheet | None
    language: str
    paper: str
    printed_at: datetime
    software: str
    protocol: str
    given_at: datetime | None = None
    """When the cells were recorded as given; an entry that corrects it does not move it."""
    until: int = 0
    """The newest entry of the records when the original went out."""

    @property
    def as_of(self) -> datetime:
        """The moment at which the original was evaluated."""
        return datetime.fromisoformat(self.evaluation["as_of"])


def recorded_order(number: str, entries: Sequence[Entry]) -> RecordedOrder:
    """The order of these ``entries``; raises :class:`Refused` if there is nothing that could be printed again."""
    events = _events(number, entries)
    first = next((place for place, entry in enumerate(entries) if entry.stamp.kind in _PRINTS), None)
    if first is None:
        raise _refused(number, "reprint_never_printed")
    made = next((event for event in reversed(events[: first + 1]) if event.case and event.evaluation), None)
    if made is None:
        raise _refused(number, "reprint_removed")
    assert made.case is not None
    assert made.evaluation is not None
    details = events[first].details
    section = case_of(number, entries).get(SECTION) or {}
    return RecordedOrder(
        order=_state(number, entries, events, section.get("replaces") or ""),
        document=dict(made.case),
        evaluation=made.evaluation,
        sheet=sheet_kept(details["sheet"]) if "sheet" in details else None,
        language=details.get("language", "en"),
        paper=details.get("paper", ""),
        printed_at=entries[first].at,
        software=made.software,
        protocol=made.protocol,
        until=entries[first].stamp.sequence - 1,
        given_at=next((entry.at for entry in entries if entry.stamp.kind == EventKind.GIVEN), None),
    )


def case_of(number: str, entries: Sequence[Entry]) -> dict[str, Any]:
    """The case as it was recorded last, with every print that the records know; raises :class:`Refused`."""
    events = _events(number, entries)
    case = next((event.case for event in reversed(events) if event.case), None)
    if case is None:
        raise _refused(number, "reprint_removed")
    section = case.get(SECTION)
    if not section:
        return dict(case)
    prints = [entry.at.isoformat() for entry in entries if entry.stamp.kind in _PRINTS]
    return {**case, SECTION: {**section, "prints": prints}} if prints else dict(case)


def prints_of(entries: Sequence[Entry]) -> int:
    """How many papers of an order are recorded."""
    return sum(entry.stamp.kind in _PRINTS for entry in entries)


def _events(number: str, entries: Sequence[Entry]) -> list[Event]:
    if not entries:
        raise _refused(number, "reprint_unknown")
    events = [entry.event for entry in entries if entry.event is not None]
    if len(events) < len(entries):
        raise _refused(number, "reprint_removed")
    return events


def _state(number: str, entries: Sequence[Entry], events: Sequence[Event], replaces: str) -> OrderState:
    """A copy, counted from 1; or what put an end to the order."""
    acts = {
        EventKind(entry.stamp.kind): Act(event.who, entry.at, event.why)
        for entry, event in zip(entries, events, strict=True)
    }
    state = OrderState(
        number,
        State.COPY,
        copy=prints_of(entries),
        prepared=acts.get(EventKind.PREPARED),
        checked=acts.get(EventKind.CHECKED),
        head=Head(entries[-1].stamp.sequence, entries[-1].seal.hash).short,
        replaces=replaces,
    )
    for kind, ended in _ENDS.items():
        if kind in acts:
            return state._replace(state=ended, copy=0, ended=acts[kind])
    return state


def _refused(number: str, code: str) -> Refused:
    return Refused(Problem("records", code, {"text": number}))
