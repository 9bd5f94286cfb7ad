"""The section ``order`` of a case file: kept apart from the inputs, which it must never be part of."""

from datetime import date, datetime
from typing import Any, Final

from pydantic import BaseModel

from dlicalc.domain.case import Case
from dlicalc.domain.product import Counts, Product
from dlicalc.domain.quantity import Number
from dlicalc.domain.sign_off import Check, CheckedBag, CheckedCounts, SignOff
from dlicalc.services.entry import Document
from dlicalc.services.order_desk import Desk, left_behind, taken_up

SECTION: Final = "order"


def with_section(document: Document, desk: Desk) -> Document:
    """``document`` with the order in hand, as a case file holds it."""
    if desk.order is None:
        return document
    return {**document, SECTION: _plain(desk.order)}


def _plain(value: Any) -> Any:
    """``value`` as JSON writes it: numbers as they were typed, nothing that is unknown."""
    if isinstance(value, BaseModel):
        parts = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: _plain(part) for name, part in parts if part not in (None, ())}
    if isinstance(value, Number):
        return value.text
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def desk_of(order: SignOff | None, case: Case, digest: str, at: datetime) -> Desk:
    """The desk that the section of a file leads to."""
    return Desk() if order is None else taken_up(order, case, digest, at)


def desk_left_behind(order: SignOff | None, at: datetime) -> Desk:
    """The desk of a case that was never saved."""
    return Desk() if order is None else left_behind(order, at)


def entries_of(second: Case, by: str, at: datetime) -> Check:
    """What the second person entered, out of a case of their own."""
    bags = (_bag(product, product.counts or Counts()) for product in second.products)
    return Check(by=by, at=at, weight=second.recipient.weight, products=tuple(bags))


def _bag(product: Product, counts: Counts) -> CheckedBag:
    return CheckedBag(
        din=product.din,
        local_id=product.local_id,
        volume=product.volume,
        counts=CheckedCounts(wbc=counts.wbc, mnc=counts.mnc, cd3=counts.cd3),
    )
