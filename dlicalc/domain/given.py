"""What was given of an order, bag by bag: the dose that this was, what is left, and everything that is odd about it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from dlicalc.domain.dose import NOTHING, delivered_per_kg
from dlicalc.domain.entered import Answer, Entered, IfKnown, Moment, Words
from dlicalc.domain.finding import Finding, review, stop
from dlicalc.domain.product import Millilitres

Fate = Literal["nothing-left", "discarded", "returned", "stored", "refrozen", "other"]
"""What became of what was not given: none of it, thrown away, back in the laboratory, kept, frozen again, else."""

GONE: Final[frozenset[Fate]] = frozenset({"nothing-left", "discarded"})
"""After these nothing of the bag can be given again."""


class GivenBag(Entered):
    """What somebody enters of one bag; the DIN only of a bag that the order does not name.

    ``lost`` is what was thrown away of a remainder that is else kept.
    """

    din: Words | None = None
    given: IfKnown[Millilitres] = None
    started_at: Moment | None = None
    ended_at: Moment | None = None
    reaction: Answer | None = None
    reaction_text: Words | None = None
    fate: Fate | None = None
    fate_text: Words | None = None
    lost: IfKnown[Millilitres] = None

    @property
    def none_given(self) -> bool:
        """Whether it is known that nothing of the bag was given."""
        return self.given is not None and self.given.exact == 0


class OrderedBag(NamedTuple):
    """A bag of the order: volumes in mL, cells per mL. ``held`` is all of it, ``available`` what could be given."""

    product: int
    din: str
    code: str
    ordered: Fraction
    available: Fraction
    held: Fraction
    mnc_per_ml: Fraction
    cd3_per_ml: Fraction
    expires_at: datetime | None


class Ordered(NamedTuple):
    """An order, as far as what was given is held against it; doses in cells per kg."""

    number: str
    weight_kg: Fraction
    planned_start: datetime | None
    mnc_per_kg: Fraction
    cd3_per_kg: Fraction
    bags: tuple[OrderedBag, ...]

    @property
    def volume(self) -> Fraction:
        """All that was ordered, in mL."""
        return sum((bag.ordered for bag in self.bags), NOTHING)


class Bounds(NamedTuple):
    """What the protocol allows: CD3⁺ cells per kg from which on it is too many, and hours of one bag."""

    cd3_ceiling: Fraction
    hours: int


class Delivered(NamedTuple):
    """What was given in all: mL, and cells per kg."""

    volume: Fraction
    mnc_per_kg: Fraction
    cd3_per_kg: Fraction


def delivered(order: Ordered, bags: Sequence[GivenBag]) -> Delivered | None:
    """The dose of the volumes given; ``None`` as soon as one of them, or what was in a bag, is not known.

    ``bags`` begins with those of the order, in its order; what follows them is not of the order.
    """
    content: list[tuple[OrderedBag, Fraction]] = []
    for place, bag in enumerate(bags):
        if bag.given is None or (place >= len(order.bags) and not bag.none_given):
            return None
        if place < len(order.bags):
            content.append((order.bags[place], bag.given.exact))
    return Delivered(
        sum((volume for _, volume in content), NOTHING),
        delivered_per_kg([(volume, of.mnc_per_ml) for of, volume in content], order.weight_kg),
        delivered_per_kg([(volume, of.cd3_per_ml) for of, volume in content], order.weight_kg),
    )


def left(of: OrderedBag, bag: GivenBag) -> Fraction | None:
    """The mL of a bag that can still be given; ``None`` where that is not known. Never less than nothing."""
    if bag.fate in GONE:
        return NOTHING
    if bag.given is None or bag.fate is None:
        return None
    lost = NOTHING if bag.lost is None else bag.lost.exact
    return max(NOTHING, of.available - bag.given.exact - lost)


def given_findings(order: Ordered, bags: Sequence[GivenBag], as_of: datetime, bounds: Bounds) -> list[Finding]:
    """What speaks against the entries (stop), or must be explained with them (review)."""
    findings: list[Finding] = []
    for place, bag in enumerate(bags):
        path = f"bags.{place}"
        of = order.bags[place] if place < len(order.bags) else None
        findings += _amount(of, bag, path)
        if not bag.none_given:
            findings += _times(bag, as_of, bounds, path)
            findings += _day_and_expiry(order.planned_start, of, bag, path)
            findings += _reaction(bag, path)
        if of is not None:
            findings += _remainder(of, bag, path)
    dose = delivered(order, bags)
    if dose is not None and dose.cd3_per_kg >= bounds.cd3_ceiling:
        params = {"cd3_per_kg": dose.cd3_per_kg, "ceiling": bounds.cd3_ceiling}
        findings.append(review("given.cd3-ceiling", "bags", **params))
    return findings


def _amount(of: OrderedBag | None, bag: GivenBag, path: str) -> Iterator[Finding]:
    if of is None and bag.din is None:
        yield stop("given.din-unknown", f"{path}.din")
    if bag.given is None:
        yield review("given.volume-unknown", f"{path}.given")
        return
    volume = bag.given.exact
    if of is None:
        if volume:
            yield review("given.not-of-order", f"{path}.din")
    elif volume > of.held:
        yield stop("given.above-held", f"{path}.given", given=volume, held=of.held)
    elif volume > of.available:
        yield review("given.above-available", f"{path}.given", given=volume, available=of.available)
    elif volume > of.ordered:
        yield review("given.above-ordered", f"{path}.given", given=volume, ordered=of.ordered)


def _times(bag: GivenBag, as_of: datetime, bounds: Bounds, path: str) -> Iterator[Finding]:
    start, end = bag.started_at, bag.ended_at
    for name, moment in (("start", start), ("end", end)):
        if moment is None:
            yield review(f"given.{name}-unknown", f"{path}.{name}ed_at")
        elif moment > as_of:
            yield stop("given.time-ahead", f"{path}.{name}ed_at", moment=moment.isoformat())
    if start is None or end is None:
        return
    if end < start:
        yield stop("given.end-before-start", f"{path}.ended_at")
    elif end - start > timedelta(hours=bounds.hours):
        hours = Fraction((end - start) // timedelta(seconds=1), 3600)
        yield review("given.too-long", f"{path}.ended_at", hours=hours, limit=bounds.hours)


def _day_and_expiry(planned: datetime | None, of: OrderedBag | None, bag: GivenBag, path: str) -> Iterator[Finding]:
    """The day is that of the clocks where the infusion was planned."""
    start = bag.started_at
    if start is not None and planned is not None and start.astimezone(planned.tzinfo).date() != planned.date():
        yield review("given.other-day", f"{path}.started_at", planned=planned.date().isoformat())
    if of is not None and of.expires_at is not None:
        yield from _expiry(of.expires_at, start, bag.ended_at, path)


def _expiry(expires_at: datetime, start: datetime | None, end: datetime | None, path: str) -> Iterator[Finding]:
    if start is not None and start >= expires_at:
        yield review("given.started-expired", f"{path}.started_at", expires_at=expires_at.isoformat())
    elif end is not None and end > expires_at:
        yield review("given.ended-expired", f"{path}.ended_at", expires_at=expires_at.isoformat())


def _reaction(bag: GivenBag, path: str) -> Iterator[Finding]:
    if bag.reaction in (None, "unknown"):
        yield review("given.reaction-unknown", f"{path}.reaction")
    elif bag.reaction == "yes" and bag.reaction_text is None:
        yield stop("given.reaction-untold", f"{path}.reaction_text")
    elif bag.reaction == "no" and bag.reaction_text is not None:
        yield stop("given.reaction-contradicts", f"{path}.reaction_text")


def _remainder(of: OrderedBag, bag: GivenBag, path: str) -> Iterator[Finding]:
    """What became of what was not given; nothing is asked of a bag of which all that could be given was."""
    rest = None if bag.given is None else of.available - bag.given.exact
    if bag.fate is None:
        if rest is None or rest > 0:
            yield review("given.fate-unknown", f"{path}.fate")
        return
    if bag.fate == "other" and bag.fate_text is None:
        yield stop("given.fate-untold", f"{path}.fate_text")
    if rest is None:
        return
    if bag.fate == "nothing-left" and rest > 0:
        yield review("given.fate-contradicts", f"{path}.fate", rest=rest)
    if bag.lost is not None and bag.lost.exact > max(rest, NOTHING):
        yield stop("given.lost-above-rest", f"{path}.lost", lost=bag.lost.exact, rest=max(rest, NOTHING))
