"""The second person's entries against the first, as quantities: what differs, and nothing about which is right."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final, NamedTuple, TypeVar

from dlicalc.domain.case import Case
from dlicalc.domain.concentration import undiluted
from dlicalc.domain.entered import Measured
from dlicalc.domain.product import BagVolume, Counts, Product, Subset, WhiteCells
from dlicalc.domain.recipient import Weight
from dlicalc.domain.sign_off import Check, CheckedBag

Entry = Weight | BagVolume | WhiteCells | Subset | str | int | None
"""A number with its unit, the number of a bag, how many bags there are, or nothing entered."""
_E = TypeVar("_E", Weight, BagVolume, WhiteCells, Subset, str)

MOST_CHANGE: Final = Fraction(5, 100)
"""Share of its weight by which a patient may differ at a second weighing before the order is of no use."""


class Difference(NamedTuple):
    """Where the two differ, and what each entered there."""

    path: str
    first: Entry
    second: Entry


def differences(case: Case, check: Check) -> tuple[Difference, ...]:
    """Everything in which the two differ, in the order of the case; what only one of them entered differs too."""
    found = [_unless(_same_amount, "recipient.weight", case.recipient.weight, check.weight)]
    if len(case.products) != len(check.products):
        found.append(Difference("products", len(case.products), len(check.products)))
    for index, (product, bag) in enumerate(zip(case.products, check.products, strict=False)):
        found += _in_bag(f"products.{index}", product, bag)
    return tuple(difference for difference in found if difference is not None)


def weight_moved(case: Case, weight: Weight) -> bool | None:
    """Whether ``weight`` is more than 5 % away from that of the case; ``None`` if the case has none."""
    before = case.recipient.weight
    return None if before is None else abs(weight.exact - before.exact) > MOST_CHANGE * before.exact


def _in_bag(path: str, product: Product, bag: CheckedBag) -> list[Difference | None]:
    counts = product.counts or Counts()
    return [
        _unless(_same_text, f"{path}.din", product.din, bag.din),
        _unless(_same_text, f"{path}.local_id", product.local_id, bag.local_id),
        _unless(_same_volume, f"{path}.volume", _entered(product.volume), _entered(bag.volume)),
        _unless(_same_count, f"{path}.counts.wbc", counts.wbc, bag.counts.wbc),
        _unless(_same_subset, f"{path}.counts.mnc", counts.mnc, bag.counts.mnc),
        _unless(_same_subset, f"{path}.counts.cd3", counts.cd3, bag.counts.cd3),
    ]


def _unless(same: Callable[[_E, _E], bool], path: str, first: _E | None, second: _E | None) -> Difference | None:
    """The difference at ``path``, unless both entered the same or both nothing."""
    if first is None or second is None:
        return None if first is second else Difference(path, first, second)
    return None if same(first, second) else Difference(path, first, second)


def _entered(volume: BagVolume | None) -> BagVolume | None:
    """A volume of which nothing was entered is none."""
    nothing = volume is None or (volume.value is None and not any((volume.gross, volume.tare, volume.density)))
    return None if nothing else volume


def _same_text(first: str, second: str) -> bool:
    return first.strip() == second.strip()


def _same_amount(first: Weight, second: Weight) -> bool:
    return first.amount == second.amount


def _same_volume(first: BagVolume, second: BagVolume) -> bool:
    """Read off on both sides or weighed on both sides, and the same."""
    if first.value is not None and second.value is not None:
        return first.amount == second.amount
    pairs = ((first.gross, second.gross), (first.tare, second.tare), (first.density, second.density))
    weighed = first.value is None and second.value is None
    return weighed and all(_same_part(one, other) for one, other in pairs)


def _same_part(first: Measured | None, second: Measured | None) -> bool:
    if first is None or second is None:
        return first is second
    return first.amount == second.amount


def _same_count(first: WhiteCells, second: WhiteCells) -> bool:
    return undiluted(first) == undiluted(second)


def _same_subset(first: Subset, second: Subset) -> bool:
    """A share of the same, or a concentration on both sides."""
    if first.is_share and second.is_share:
        return first.amount == second.amount and (first.of or "wbc") == (second.of or "wbc")
    return first.is_share == second.is_share and undiluted(first) == undiluted(second)
