"""What is left of a bag by the records: offered for the next order, and held against what is typed there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, NamedTuple

from dlicalc.domain.entered import parse_moment
from dlicalc.domain.given import GONE
from dlicalc.domain.product import Product
from dlicalc.domain.quantity import round_down
from dlicalc.services.records import Entry, plain

_STEP = Fraction(1, 100)
"""mL; an offer that does not end is cut off here, never rounded up."""


class Left(NamedTuple):
    """What was left of a bag after an infusion: mL (``None``: not recorded), what became of it, when, which order."""

    code: str
    volume: Fraction | None
    fate: str
    text: str
    day: str
    order: str

    @property
    def gone(self) -> bool:
        """Whether nothing of it can be given again."""
        return self.fate in GONE or self.volume == 0

    @property
    def offer(self) -> Fraction | None:
        """The mL that the next order can start from; ``None`` if there are none."""
        if self.volume is None or self.gone:
            return None
        whole = round_down(self.volume, _STEP)
        return whole or None


def last_given(entries: Iterable[Entry], leaving_out: str = "") -> dict[str, Entry]:
    """Order → what was recorded of it last as given."""
    found = {entry.stamp.order: entry for entry in entries}
    found.pop(leaving_out, None)
    return found


def left_in(entries: Iterable[Entry], din: str, leaving_out: str = "") -> tuple[Left, ...]:
    """What is left of the bags with this DIN, one for each product code, after the last infusion from each."""
    newest: dict[str, tuple[datetime, int, Left]] = {}
    for entry in last_given(entries, leaving_out).values():
        for bag in _bags(entry):
            if plain(str(bag.get("din") or "")) != plain(din):
                continue
            one = _left(entry, bag)
            if not _untouched(bag) or one.gone:
                key = (_when(entry, bag), entry.stamp.sequence, one)
                newest[one.code] = max(newest.get(one.code, key), key, key=lambda found: found[:2])
    return tuple(left for _, _, left in newest.values())


def _when(entry: Entry, bag: Mapping[str, Any]) -> datetime:
    """When the cells ran; where nobody says, when it was recorded."""
    told = (parse_moment(bag.get(name) or "") for name in ("ended_at", "started_at"))
    return next((moment for moment in told if moment is not None), entry.at)


def _untouched(bag: Mapping[str, Any]) -> bool:
    """Whether it is known that nothing of the bag was given: what was left of it before still is."""
    return bag.get("given_ml") is not None and Fraction(bag["given_ml"]) == 0


def _bags(entry: Entry) -> Iterator[Mapping[str, Any]]:
    if entry.event is not None:
        yield from entry.event.details.get("bags") or ()


def _left(entry: Entry, bag: Mapping[str, Any]) -> Left:
    rest = bag.get("left_ml")
    return Left(
        code=str(bag.get("product_code") or ""),
        volume=None if rest is None else Fraction(rest),
        fate=str(bag.get("remainder") or ""),
        text=str(bag.get("remainder_text") or ""),
        day=entry.stamp.day or entry.stamp.at[:10],
        order=entry.stamp.order,
    )


def left_for(product: Product, known: Sequence[Left]) -> Left | None:
    """What is left of this very bag: the same product code, or the only one where a code is not known."""
    code = product.product_code or ""
    same = [left for left in known if left.code == code]
    if same:
        return same[0]
    vague = [left for left in known if not left.code or not code]
    return vague[0] if len(vague) == 1 else None
