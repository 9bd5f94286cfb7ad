"""What the records know of the recipient and bags of the open case: a note, which changes no number of the order."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.services.bag_equivalents import volume_of
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Cumulative, Entry, RecordStore, Unavailable, cumulative, plain
from dlicalc.services.stock import Left, last_given, left_for, left_in


class Infusion(NamedTuple):
    """One infusion that was recorded as given; doses are ``None`` where no figures were recorded."""

    order: str
    day: str
    mnc_per_kg: Fraction | None
    cd3_per_kg: Fraction | None


class Before(NamedTuple):
    """The infusions of a recipient before this order, in their order, and their sum."""

    infusions: tuple[Infusion, ...]
    total: Cumulative

    @property
    def unknown(self) -> tuple[Infusion, ...]:
        """Those that are in no total."""
        return tuple(one for one in self.infusions if one.mnc_per_kg is None)

    @property
    def any_known(self) -> bool:
        """Whether there is a total."""
        return len(self.unknown) < len(self.infusions)


class Doubt(NamedTuple):
    """What the records say of the bag at a place of the case, and the volume that is entered for it."""

    place: int
    left: Left
    typed: Fraction | None

    @property
    def contradicts(self) -> bool:
        """Whether more is entered than was left."""
        left = self.left
        return left.gone or (self.typed is not None and left.volume is not None and self.typed > left.volume)


class Recorded(NamedTuple):
    """What was looked up: infusions of the recipients and remainders of the bags, by identifier without its spaces.

    What was not looked up is not there. ``problem`` says why the records could not be read.
    """

    given_to: Mapping[str, tuple[Entry, ...]] = MappingProxyType({})
    given_from: Mapping[str, tuple[Entry, ...]] = MappingProxyType({})
    problem: Problem | None = None

    def until(self, sequence: int) -> "Recorded":
        """What was known when the entry ``sequence`` was the newest, as when a paper was made then."""
        to, source = ({key: _until(found, sequence) for key, found in known.items()} for known in self[:2])
        return Recorded(to, source, self.problem)

    def before(self, mrn: str | None, order: str) -> Before | None:
        """What the recipient was given before ``order``; ``None`` if that is not known."""
        entries = self.given_to.get(plain(mrn or ""))
        return None if entries is None else given_before(entries, order)

    def given(self, mrn: str | None, order: str) -> Entry | None:
        """The entry by which this very ``order`` was last recorded as given; ``None`` if none is known."""
        entries = self.given_to.get(plain(mrn or "")) if order else None
        return last_given(entries or ()).get(order)

    def doubts(self, case: Case, order: str) -> tuple[Doubt, ...]:
        """What the records say of each bag of ``case`` that they know."""
        found = []
        for place, product in enumerate(case.products):
            entries = self.given_from.get(plain(product.din or "")) if product.din else None
            left = None if not entries else left_for(product, left_in(entries, product.din or "", order))
            if left is not None:
                found.append(Doubt(place, left, volume_of(product)))
        return tuple(found)


NOTHING_LOOKED_UP: Final = Recorded()


def look_up(records: RecordStore | Unavailable, case: Case) -> Recorded:
    """What the records know of the recipient and the bags of ``case``; bags without a DIN are not looked for."""
    mrn = plain(case.recipient.mrn or "")
    dins = [plain(product.din) for product in case.products if product.din]
    if isinstance(records, Unavailable):
        return Recorded(problem=Problem("records", records.code, records.params))
    try:
        to = {mrn: records.given_to(mrn)} if mrn else {}
        return Recorded(to, {din: records.given_from(din) for din in dins if din})
    except Refused as refused:
        return Recorded(problem=refused.problems[0])


def _until(entries: Iterable[Entry], sequence: int) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.stamp.sequence <= sequence)


def given_before(entries: Iterable[Entry], order: str) -> Before:
    """The infusions recorded in ``entries``, without that of ``order``; a later entry corrects an earlier."""
    last = last_given(entries, leaving_out=order)
    infusions = sorted((_infusion(entry) for entry in last.values()), key=lambda one: (one.day, one.order))
    return Before(tuple(infusions), cumulative(last.values()))


def _infusion(entry: Entry) -> Infusion:
    details: Mapping[str, str] = {} if entry.event is None else entry.event.details
    known = "mnc_per_kg" in details and "cd3_per_kg" in details
    return Infusion(
        order=entry.stamp.order,
        day=entry.stamp.day or entry.stamp.at[:10],
        mnc_per_kg=Fraction(details["mnc_per_kg"]) if known else None,
        cd3_per_kg=Fraction(details["cd3_per_kg"]) if known else None,
    )
