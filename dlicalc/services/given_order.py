"""The order that cells were given by, as it was recorded: what it ordered of each bag, and whether it still held."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.domain.dose import BagOrder, delivered_per_kg
from dlicalc.domain.dosing import dose_case
from dlicalc.domain.given import Ordered, OrderedBag
from dlicalc.domain.product import Product
from dlicalc.domain.protocol import Protocol
from dlicalc.services.document import evaluation_document
from dlicalc.services.entry import Document, read_case
from dlicalc.services.numbers import decimal_text
from dlicalc.services.order_state import State
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Entry, EventKind
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words

ORDER: Final = "order"
"""Where problems with the order's number are said to be."""
_ON_PAPER: Final = (EventKind.PREPARED, EventKind.CHECKED, EventKind.PRINTED)
"""Events whose evaluation is what stood on the paper; that of a later one may be of another day and program."""
_ENDS: Final = (EventKind.SUPERSEDED, EventKind.VOIDED)


class End(NamedTuple):
    """How an order came to its end: ``superseded`` or ``voided``, and when."""

    kind: str
    at: datetime


class Source(NamedTuple):
    """An order with the case and the evaluation it was made of.

    ``agrees``: today's program computes the same from the case. ``earlier`` is what was recorded of its giving before.
    """

    ordered: Ordered
    case: Document
    evaluation: Document
    agrees: bool
    checked: bool
    ended: End | None
    earlier: Entry | None


class _Paper(NamedTuple):
    """Case and evaluation of an order, and what is known of its life."""

    case: Document
    evaluation: Document
    checked: bool
    ended: End | None


def of_records(number: str, entries: Sequence[Entry], protocol: Protocol) -> Source:
    """The order of these entries; raises :class:`Refused` if they do not say enough."""
    if not entries:
        raise Refused(Problem(ORDER, "given_no_order", {"text": number}))
    told = [entry.event for entry in entries if entry.event is not None and entry.event.case and entry.event.evaluation]
    full = next(reversed([event for event in told if event.kind in _ON_PAPER] or told), None)
    if full is None:
        raise Refused(Problem(ORDER, "given_no_content", {"text": number}))
    ends = [entry for entry in entries if entry.stamp.kind in _ENDS]
    ended = End(ends[-1].stamp.kind, ends[-1].at) if ends else None
    checked = any(entry.stamp.kind == EventKind.CHECKED for entry in entries)
    paper = _Paper(dict(full.case or {}), dict(full.evaluation or {}), checked, ended)
    return _source(number, paper, last_given(entries), protocol)


def of_open_case(
    snapshot: Snapshot, document: Document, entries: Sequence[Entry], protocol: Protocol, software: str
) -> Source:
    """The order in hand, whose case ``document`` is as a file holds it, where the records do not hold that order."""
    order, last = snapshot.order, snapshot.desk.order
    ended = (
        None if order.ended is None else End("voided" if order.state is State.VOID else "superseded", order.ended.at)
    )
    evaluation: Any = evaluation_document(snapshot.evaluation, Words(), software)
    paper = _Paper(document, evaluation, last is not None and last.check is not None, ended)
    return _source(order.number, paper, last_given(entries), protocol)


def last_given(entries: Sequence[Entry]) -> Entry | None:
    """What was recorded last of the giving of the order of these entries."""
    return next((entry for entry in reversed(entries) if entry.stamp.kind == EventKind.GIVEN), None)


def _source(number: str, paper: _Paper, earlier: Entry | None, protocol: Protocol) -> Source:
    case = read_case(paper.case).case
    dose: Mapping[str, Any] = paper.evaluation.get("dose") or {}
    weight = None if case is None else case.recipient.weight
    if case is None or weight is None or not weight.exact or dose.get("status") != "computed":
        raise Refused(Problem(ORDER, "given_no_dose", {"text": number}))
    bags, exact = _bags(case, dose, protocol)
    mnc = delivered_per_kg([(bag.ordered, bag.mnc_per_ml) for bag in bags], weight.exact)
    cd3 = delivered_per_kg([(bag.ordered, bag.cd3_per_ml) for bag in bags], weight.exact)
    ordered = Ordered(number, weight.exact, case.infusion.planned_start, mnc, cd3, bags)
    agrees = exact and (decimal_text(mnc), decimal_text(cd3)) == (dose["mnc_per_kg"], dose["cd3_per_kg"])
    return Source(ordered, paper.case, paper.evaluation, agrees, paper.checked, paper.ended, earlier)


def _bags(case: Case, dose: Mapping[str, Any], protocol: Protocol) -> tuple[tuple[OrderedBag, ...], bool]:
    """The bags as the order says them, and whether today's program says the same of all of them.

    The order's figures have 15 digits; where they are those of the exact number computed today, that one is taken.
    """
    today = dose_case(case, protocol, ()).dose
    orders = {} if today is None else {bag.product: bag for bag in today.bags}
    bags, agree = [], True
    for said in dose["bags"]:
        place = int(said["product"])
        bag, same = _bag(case.products[place], said, orders.get(place))
        bags.append(bag)
        agree = agree and same
    return tuple(bags), agree


def _bag(product: Product, said: Mapping[str, Any], today: BagOrder | None) -> tuple[OrderedBag, bool]:
    names = ("mnc_per_ml", "cd3_per_ml", "volume_ml", "left_ml")
    texts = [str(said[name]) for name in names]
    exact = [] if today is None else [today.cells.mnc, today.cells.cd3, today.volume, today.left]
    same = [decimal_text(one) for one in exact] == texts
    values = exact if same else [Fraction(text) for text in texts]
    mnc, cd3, ordered, left = values
    available = ordered + left
    withheld = Fraction(0) if product.withheld is None else product.withheld.exact
    return OrderedBag(
        product=int(said["product"]),
        din=product.din or product.local_id or "",
        code=product.product_code or "",
        ordered=ordered,
        available=available,
        held=available + withheld,
        mnc_per_ml=mnc,
        cd3_per_ml=cd3,
        expires_at=product.expires_at,
    ), same
