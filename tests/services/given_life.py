"""Orders in real records, and what is typed about their giving: the start of the tests about what was given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dlicalc.services.given_desk import GivenDesk, InHand
from dlicalc.services.open_case import evaluate_document
from dlicalc.services.records import Event, EventKind
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import AS_OF, changed, full_case
from tests.program import evaluate_document as evaluation_of
from tests.program import shipped_protocol

NUMBER = "261118-7KQ4M2"
NOW = datetime.fromisoformat("2026-11-18T15:00+08:00")
DAY = date(2026, 11, 18)
TYPED = {
    "bags.0.given.value": "28",
    "bags.0.given.unit": "mL",
    "bags.0.started_at": "2026-11-18T10:05+08:00",
    "bags.0.ended_at": "2026-11-18T10:40+08:00",
    "bags.0.reaction": "no",
    "bags.0.fate": "returned",
}
"""28 of the 35 mL of example E1."""


def records_in(folder: Path, now: datetime = NOW) -> SqliteRecords:
    return open_records(DataFolder(folder / "data", folder), Path("/nowhere"), lambda: now)


def order_event(kind: EventKind = EventKind.PREPARED, number: str = NUMBER, **changes: Any) -> Event:
    """An event of an order of the good case with some fields changed."""
    document = changed(full_case(), **changes)
    return Event(kind, "Li Wei", "dlicalc 0.1.0", number, DAY, case=document, evaluation=evaluation_of(document, AS_OF))


def prepared(records: SqliteRecords, number: str = NUMBER, **changes: Any) -> None:
    """Let ``records`` hold an order that was prepared and checked."""
    for kind in (EventKind.PREPARED, EventKind.CHECKED):
        records.append(order_event(kind, number, **changes))


def given_event(
    number: str, din: str = "A999926000123", mrn: str = "0042177", day: str = "2026-10-01", **said: Any
) -> Event:
    """What was recorded as given of another order: details of one bag in ``said``, doses among them."""
    doses = {name: said.pop(name) for name in ("mnc_per_kg", "cd3_per_kg") if name in said}
    case = {"recipient": {"mrn": mrn}, "products": [{"din": din}]}
    bag = {"din": din, "product_code": "S12954A0", "given_ml": "20", **said}
    return Event(
        EventKind.GIVEN,
        "Chen Jing",
        "dlicalc 0.1.0",
        number,
        date.fromisoformat(day),
        case=case,
        details={"bags": [bag], **doses},
    )


def desk_over(records: SqliteRecords, document: Mapping[str, Any] | None = None) -> GivenDesk:
    """A desk beside an open case, which is empty unless given."""
    protocol = shipped_protocol()
    held = dict(document) if document is not None else {"format": "dlicalc-case/1", "protocol": "NCT07319793"}
    snapshot = evaluate_document(held, protocol, NOW)
    return GivenDesk(records, protocol, lambda: NOW, "0.1.0", lambda: InHand(snapshot, held))
