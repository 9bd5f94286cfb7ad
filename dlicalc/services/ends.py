"""What puts an end to an order, as entries tell it."""

from collections.abc import Iterable
from typing import Final

from dlicalc.services.records import Entry, Event, EventKind

ENDS: Final = (EventKind.SUPERSEDED, EventKind.VOIDED)


def has_ended(entries: Iterable[Entry]) -> bool:
    """Whether an order was superseded or withdrawn."""
    return any(entry.stamp.kind in ENDS for entry in entries)


def by_person(end: Event) -> bool:
    """Whether somebody stands behind an end, with name or reason; a change has nobody."""
    return bool(end.why) or end.who != end.details.get("seat")


def says_more(end: Event, entries: Iterable[Entry]) -> bool:
    """Whether ``end`` tells what ``entries`` of its order do not: an order that has ended is not ended by a change."""
    known = [entry.event for entry in entries if entry.stamp.kind in ENDS]
    return not known or (by_person(end) and all(one is None or _told(one) != _told(end) for one in known))


def _told(end: Event) -> tuple[str, ...]:
    return str(end.kind), end.who, end.why, end.details.get("at", "")
