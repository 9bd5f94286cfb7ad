"""A real store in a folder, and orders recorded in it as a window records them: prepared, checked, printed."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from dlicalc.app.cases import case_from
from dlicalc.app.order import order_made
from dlicalc.app.parts import Parts
from dlicalc.domain.evaluation import evaluate
from dlicalc.services.document import evaluation_document
from dlicalc.services.kept_sheet import printed_details
from dlicalc.services.order_desk import prepare, state_of
from dlicalc.services.records import Event, EventKind
from dlicalc.services.sign_off import desk_of, entries_of, with_section
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import AS_OF, full_case

OLD = "dlicalc 0.0.1"
PREPARER, CHECKER = "Li Wei", "Zhang Min"


def ticking(start: str = AS_OF, step: timedelta = timedelta(minutes=5)) -> Callable[[], datetime]:
    moment = datetime.fromisoformat(start)

    def moments() -> Iterator[datetime]:
        nonlocal moment
        while True:
            yield moment
            moment += step

    return moments().__next__


def opened(folder: Path, clock: Callable[[], datetime] | None = None) -> SqliteRecords:
    return open_records(DataFolder(folder, folder.parent), Path("/nowhere"), clock or ticking())


def case(mrn: str = "0042177", **product: Any) -> dict[str, Any]:
    document = copy.deepcopy(full_case())
    document["recipient"]["mrn"] = mrn
    document["products"][0] |= product
    document["infusion"]["filter"] = "none"
    return document


def day_of(document: dict[str, Any]) -> date:
    return datetime.fromisoformat(document["infusion"]["planned_start"]).date()


def prepared(store: SqliteRecords, document: dict[str, Any], parts: Parts) -> str:
    """Record an order that nobody has checked; returns its number."""
    at = datetime.fromisoformat(AS_OF)
    desk = prepare(desk_of(None, case_from(document), "", at), document_digest(document), PREPARER, at)
    assert desk.order is not None
    _append(store, EventKind.PREPARED, PREPARER, desk.order.number, with_section(document, desk), parts)
    return desk.order.number


def checked(store: SqliteRecords, number: str, parts: Parts) -> None:
    """Record that a second person entered the same."""
    document = dict(store.entries(number)[-1].event.case)
    read = case_from(document)
    check = entries_of(read, CHECKER, datetime.fromisoformat(AS_OF) + timedelta(minutes=3))
    order = read.order.model_copy(update={"check": check})
    desk = desk_of(order, read, document_digest(document), check.at)
    _append(store, EventKind.CHECKED, CHECKER, number, with_section(document, desk), parts)


def printed(store: SqliteRecords, number: str, parts: Parts, language: str = "en", *, keep: bool = True) -> bytes:
    """Record the original, with the words that stand on it; returns the paper."""
    document = dict(store.entries(number)[-1].event.case)
    read, at = case_from(document), datetime.fromisoformat(AS_OF) + timedelta(minutes=5)
    digest = document_digest(document)
    state = state_of(desk_of(read.order, read, digest, at), digest=digest, stopped=False, filter_chosen=True)
    assert state.valid
    made = order_made(read, document, parts, at, order=state, language=language, paper="A4")
    details = printed_details(made.sheet, copy=0, language=language, paper="A4")
    if not keep:
        del details["sheet"]
    _append(store, EventKind.PRINTED, PREPARER, number, document, parts, details, at)
    return made.pdf


def order_printed(
    store: SqliteRecords, document: dict[str, Any], parts: Parts, language: str = "en", **how: Any
) -> str:
    number = prepared(store, document, parts)
    checked(store, number, parts)
    printed(store, number, parts, language, **how)
    return number


def _append(  # noqa: PLR0917
    store: SqliteRecords,
    kind: EventKind,
    who: str,
    number: str,
    document: dict[str, Any],
    parts: Parts,
    details: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    evaluated = evaluate(case_from(document), parts.protocol, at or datetime.fromisoformat(AS_OF))
    store.append(
        Event(
            kind,
            who,
            OLD,
            order=number,
            day=day_of(document),
            case=document,
            evaluation=evaluation_document(evaluated, Words(), OLD),
            details=details or {},
            protocol=parts.protocol.digest,
        )
    )
