"""Volumes for the targets, the ordered volume, and the dose that the ordered volume delivers.

Bags are used in the order listed. What is ordered is rounded down per bag to what can be measured, and every dose
is computed again from the rounded volumes.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from dlicalc.domain.concentration import Concentrations
from dlicalc.domain.plan import Rule
from dlicalc.domain.quantity import minus, per, per_cent, round_down, sum_of_products, times, total

NOTHING: Final = Fraction(0)
Limiting = Literal["mnc", "cd3", "both", "available-volume"]
Filling = tuple[Fraction, ...]
"""Volumes in mL, one per bag."""


class Bag(NamedTuple):
    """One bag ready to be allocated: volumes in mL, shares of the volume or ``None`` where unknown."""

    product: int
    cells: Concentrations
    available: Fraction
    dmso: Fraction | None
    hematocrit: Fraction | None


class BagOrder(NamedTuple):
    """What to take from one bag, before and after rounding to ``step``, and what stays of what could be given."""

    product: int
    cells: Concentrations
    exact: Fraction
    step: Fraction
    volume: Fraction
    left: Fraction


class Dose(NamedTuple):
    """The result; needs in cells, volumes in mL, doses in cells per kg, percentages of the target.

    The fillings are the exact volumes per bag that reach a target, ``None`` if the bags do not hold it.
    """

    rule: Rule
    mnc_needed: Fraction
    cd3_needed: Fraction
    mnc_filling: Filling | None
    cd3_filling: Filling | None
    mnc_volume: Fraction | None
    cd3_volume: Fraction | None
    ordered_volume: Fraction
    limiting: Limiting
    mnc_per_kg: Fraction
    cd3_per_kg: Fraction
    mnc_percent: Fraction
    cd3_percent: Fraction
    ml_per_kg: Fraction
    dmso_g_per_kg: Fraction | None
    red_cells_ml: Fraction | None
    bags: tuple[BagOrder, ...]


class Need(NamedTuple):
    """What the dose is computed for: weight in kg, targets in cells per kg, rule, measuring step by volume."""

    weight_kg: Fraction
    mnc_per_kg: Fraction
    cd3_per_kg: Fraction
    rule: Rule
    step_for: Callable[[Fraction], Fraction]
    dmso_density: Fraction


def delivered_per_kg(content: Iterable[tuple[Fraction, Fraction]], weight_kg: Fraction) -> Fraction:
    """Cells per kg in pairs of (mL, cells per mL)."""
    (cells, part), (weight, divisor) = sum_of_products(content), weight_kg.as_integer_ratio()
    return Fraction(cells * divisor, part * weight)


def fill(cells: Fraction, content: Sequence[tuple[Fraction, Fraction]]) -> Filling | None:
    """The mL to take from each bag of (available mL, cells per mL), in order, until ``cells`` are reached.

    ``None`` if all bags together do not hold them.
    """
    volumes: list[Fraction] = []
    missing = cells
    for available, per_ml in content:
        wanted = per(missing, per_ml)
        if wanted <= available:
            volumes.append(wanted)
            return (*volumes, *[NOTHING] * (len(content) - len(volumes)))
        volumes.append(available)
        missing -= available * per_ml
    return None


def compute(bags: Sequence[Bag], need: Need) -> Dose:
    """The dose from these bags, of which there is at least one; the weight is larger than zero."""
    available = [bag.available for bag in bags]
    mnc_per_ml, cd3_per_ml = [bag.cells.mnc for bag in bags], [bag.cells.cd3 for bag in bags]
    mnc_needed, cd3_needed = times(need.mnc_per_kg, need.weight_kg), times(need.cd3_per_kg, need.weight_kg)
    for_mnc = fill(mnc_needed, list(zip(available, mnc_per_ml, strict=True)))
    for_cd3 = fill(cd3_needed, list(zip(available, cd3_per_ml, strict=True)))
    mnc_volume = None if for_mnc is None else total(for_mnc)
    cd3_volume = None if for_cd3 is None else total(for_cd3)
    limiting = _limiting(need.rule, mnc_volume, cd3_volume)
    reached = for_cd3 if limiting == "cd3" else for_mnc
    exact = available if limiting == "available-volume" or reached is None else reached
    steps = [need.step_for(volume) for volume in exact]
    ordered = list(map(round_down, exact, steps))
    ordered_volume = total(ordered)
    mnc = delivered_per_kg(zip(ordered, mnc_per_ml, strict=True), need.weight_kg)
    cd3 = delivered_per_kg(zip(ordered, cd3_per_ml, strict=True), need.weight_kg)
    dmso_ml = _content(ordered, [bag.dmso for bag in bags])
    return Dose(
        rule=need.rule,
        mnc_needed=mnc_needed,
        cd3_needed=cd3_needed,
        mnc_filling=for_mnc,
        cd3_filling=for_cd3,
        mnc_volume=mnc_volume,
        cd3_volume=cd3_volume,
        ordered_volume=ordered_volume,
        limiting=limiting,
        mnc_per_kg=mnc,
        cd3_per_kg=cd3,
        mnc_percent=per_cent(mnc, need.mnc_per_kg),
        cd3_percent=per_cent(cd3, need.cd3_per_kg),
        ml_per_kg=per(ordered_volume, need.weight_kg),
        # Unknown stays unknown, nothing stays nothing.
        dmso_g_per_kg=dmso_ml and dmso_ml * need.dmso_density / need.weight_kg,
        red_cells_ml=_content(ordered, [bag.hematocrit for bag in bags]),
        bags=tuple(
            BagOrder(bag.product, bag.cells, unrounded, step, volume, minus(bag.available, volume))
            for unrounded, step, volume, bag in zip(exact, steps, ordered, bags, strict=True)
        ),
    )


def _limiting(rule: Rule, mnc_volume: Fraction | None, cd3_volume: Fraction | None) -> Limiting:
    """What stops the filling; bags are emptied in order, so that equal volumes come from the same bags."""
    mnc, cd3 = None if rule == "cd3" else mnc_volume, None if rule == "mnc" else cd3_volume
    if mnc is None:
        return "available-volume" if cd3 is None else "cd3"
    if mnc == cd3:
        return "both"
    return "mnc" if cd3 is None or mnc < cd3 else "cd3"


def _content(volumes: Sequence[Fraction], shares: Sequence[Fraction | None]) -> Fraction | None:
    """Volume in mL of a constituent in what is ordered; unknown as soon as one bag that is used does not say."""
    amounts = []
    for volume, share in zip(volumes, shares, strict=True):
        if volume and share is None:
            return None
        if volume and share:
            amounts.append((volume, share))
    return Fraction(*sum_of_products(amounts)) if amounts else NOTHING
