"""The day list: each order a row of words, and the page that is printed of them. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from dlicalc.domain.entered import parse_moment
from dlicalc.domain.isbt128 import is_din
from dlicalc.services.order_codes import is_flat_code, read_flat_code
from dlicalc.services.order_text import NOTHING, moment_text
from dlicalc.services.recorded_order import prints_of
from dlicalc.services.records import Entry, EventKind, plain
from dlicalc.services.reprint import number_shown
from dlicalc.services.sheet import Fields, Statement, Table
from dlicalc.services.wording import Words
from dlicalc.services.wording import day_list as say
from dlicalc.services.wording.order import PAGE

DIN_LENGTH: Final = 13
_DAY: Final = 6
_ORDER: Final = re.compile(r"[0-9]{6}[0-9A-Z]{6}", re.ASCII)
"""The number of an order without its hyphen."""


class RowState(StrEnum):
    """Where an order stands, in the words of :data:`say.STATES`."""

    UNCHECKED = "unchecked"
    CHECKED = "checked"
    PRINTED = "printed"
    GIVEN = "given"
    SUPERSEDED = "superseded"
    VOIDED = "voided"
    REMOVED = "removed"

    @property
    def ended(self) -> bool:
        """Whether nothing is to be done with it any more."""
        return self in (RowState.SUPERSEDED, RowState.VOIDED, RowState.REMOVED)


class DayRow(NamedTuple):
    """One order in words; ``cells`` are in the order of :data:`say.COLUMNS`, the first of them the state."""

    order: str
    state: RowState
    cells: tuple[str, ...]

    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(" ".join(cell.split()) for cell in self.cells)


def day_row(order: str, entries: Sequence[Entry], words: Words) -> DayRow:
    """The row of the order with these ``entries``."""
    state = _state(entries)
    shown_state = _state_words(state, entries, words)
    case, evaluation = _newest(entries)
    if state is RowState.REMOVED:
        return DayRow(order, state, (shown_state, order, NOTHING, _day(entries), NOTHING, NOTHING, NOTHING))
    cells = (shown_state, order, _recipient(case), _start(case, entries), _bags(case), _volume(evaluation))
    return DayRow(order, state, (*cells, _people(entries, words)))


def unreadable_row(order: str, why: str, words: Words) -> DayRow:
    """The row of an order whose entries the store refuses."""
    cells = (words.translate(say.UNREADABLE).format(why=why), order, *(NOTHING,) * (len(say.COLUMNS) - 2))
    return DayRow(order, RowState.REMOVED, cells)


def _state(entries: Sequence[Entry]) -> RowState:
    """That an order was given weighs most, then what ended it: a copy afterwards changes neither."""
    kinds = {entry.stamp.kind for entry in entries}
    if all(entry.event is None for entry in entries):
        return RowState.REMOVED
    ended = _ended(entries)
    if EventKind.GIVEN in kinds:
        return RowState.GIVEN
    if ended is not None:
        return ended
    if EventKind.CHECKED not in kinds:
        return RowState.UNCHECKED
    return RowState.PRINTED if prints_of(entries) else RowState.CHECKED


def _ended(entries: Sequence[Entry]) -> RowState | None:
    kinds = {entry.stamp.kind for entry in entries}
    if EventKind.VOIDED in kinds:
        return RowState.VOIDED
    return RowState.SUPERSEDED if EventKind.SUPERSEDED in kinds else None


def _state_words(state: RowState, entries: Sequence[Entry], words: Words) -> str:
    """The state; of an order that was given and has also ended, both."""
    ended = _ended(entries) if state is RowState.GIVEN else None
    told = (state,) if ended is None else (state, ended)
    return "\n".join(words(say.STATES[one], count=prints_of(entries)) for one in told)


def _newest(entries: Sequence[Entry]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The case and the evaluation that were recorded last; empty where there are none."""
    events = [entry.event for entry in reversed(entries) if entry.event is not None]
    case = next((event.case for event in events if event.case), None)
    evaluation = next((event.evaluation for event in events if event.evaluation), None)
    return dict(case or {}), dict(evaluation or {})


def _recipient(case: dict[str, Any]) -> str:
    recipient = case.get("recipient") or {}
    return "\n".join(text for text in (recipient.get("mrn"), recipient.get("name")) if text) or NOTHING


def _start(case: dict[str, Any], entries: Sequence[Entry]) -> str:
    planned = (case.get("infusion") or {}).get("planned_start")
    moment = parse_moment(planned) if isinstance(planned, str) else None
    return _day(entries) if moment is None else moment_text(moment)


def _day(entries: Sequence[Entry]) -> str:
    return next((entry.stamp.day for entry in reversed(entries) if entry.stamp.day), "") or NOTHING


def _bags(case: dict[str, Any]) -> str:
    bags = [product or {} for product in case.get("products") or ()]
    return "\n".join(bag.get("din") or bag.get("local_id") or NOTHING for bag in bags) or NOTHING


def _volume(evaluation: dict[str, Any]) -> str:
    volume = (evaluation.get("dose") or {}).get("ordered_volume_ml")
    return f"{number_shown(volume)} mL" if volume else NOTHING


def _people(entries: Sequence[Entry], words: Words) -> str:
    who = {entry.stamp.kind: entry.event.who for entry in entries if entry.event is not None}
    prepared = who.get(EventKind.PREPARED) or NOTHING
    if EventKind.CHECKED not in who:
        return words.translate(say.NOT_CHECKED_BY).format(prepared=prepared)
    return words.translate(say.CHECKED_BY).format(prepared=prepared, checked=who[EventKind.CHECKED])


class ListMade(NamedTuple):
    """By what, when and in which language a list was made; ``training``: of orders for practice."""

    software: str
    at: datetime
    language: str
    training: bool


def day_statement(lead: str, rows: Iterable[DayRow], made: ListMade, words: Words) -> Statement:
    """The list for paper, which says on every page that patient data are on it."""
    taken = tuple(rows)
    strong = frozenset(place for place, row in enumerate(taken) if row.state is RowState.UNCHECKED)
    columns = tuple(words(column) for column in say.COLUMNS)
    mark = words(say.PAPER_MARK, at=moment_text(made.at))
    practice = f"{words(say.PAPER_TRAINING)}\n" if made.training else ""
    sections: tuple[Fields | Table, ...] = (
        (Table(lead, columns, tuple(row.cells for row in taken), strong),) if taken else (Fields(lead, ()),)
    )
    return Statement(
        language=made.language,
        made_at=made.at,
        software=made.software,
        title=f"{practice}{words(say.PAPER_TITLE)}",
        sections=sections,
        footer=f"{mark} {made.software}",
        page_label=words(PAGE),
    )


def search_terms(text: str) -> tuple[str, ...]:
    """What to look for: as typed; and, of a scan, the number of the order or the DIN without the flags behind it."""
    typed = text.strip()
    if not typed:
        return ()
    if is_flat_code(typed):
        return (read_flat_code(typed).number,)
    terms = [typed]
    bare = plain(typed)
    if typed.startswith("=") and is_din(bare[:DIN_LENGTH]):
        terms = [bare[:DIN_LENGTH]]
    elif _ORDER.fullmatch(bare):
        terms.append(f"{bare[:_DAY]}-{bare[_DAY:]}")
    return tuple(terms)


def found_orders(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """What several terms have found, each order once."""
    return tuple(dict.fromkeys(order for orders in found for order in orders))
