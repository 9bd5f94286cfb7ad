"""Allocation, rounding down and the doses delivered, on figures small enough to check by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.concentration import Concentrations
from dlicalc.domain.dose import Bag, Dose, Need, compute, delivered_per_kg, fill
from dlicalc.domain.plan import Rule

TENTH = Fraction(1, 10)


def bag(  # noqa: PLR0917  in the order of the fields
    mnc: int, cd3: int, available: str, dmso: str | None = "0", hematocrit: str | None = "0", place: int = 0
) -> Bag:
    """A bag with cells in millions per mL."""
    shares = [None if share is None else Fraction(share) for share in (dmso, hematocrit)]
    return Bag(place, Concentrations(Fraction(mnc * 10**6), Fraction(cd3 * 10**6)), Fraction(available), *shares)


def need(kilograms: str, rule: Rule = "lower-volume", step: Fraction = TENTH) -> Need:
    return Need(Fraction(kilograms), Fraction(10**8), Fraction(3 * 10**7), rule, lambda _: step, Fraction("1.1"))


def test_delivered_from_several_bags() -> None:
    """E7: (35 x 51.15 + 14.4 x 29.7) / 74 million per kg."""
    content = [(Fraction(35), Fraction("51.15")), (Fraction("14.4"), Fraction("29.7"))]
    assert delivered_per_kg(content, Fraction(74)) == Fraction("2217.93") / 74


@pytest.mark.parametrize(
    ("cells", "volumes"),
    [
        (5, ("2.5", "0", "0")), (20, ("10", "0", "0")), (21, ("10", "1", "0")), (25, ("10", "5", "0")),
        (26, ("10", "5", "0.25")), (65, ("10", "5", "10")), (66, None),
    ],
)  # fmt: skip
def test_bags_are_emptied_in_order(cells: int, volumes: tuple[str, ...] | None) -> None:
    """10 mL of 2, 5 mL of 1 and 10 mL of 4 per mL: 20, 5 and 40 cells."""
    content = [(Fraction(10), Fraction(2)), (Fraction(5), Fraction(1)), (Fraction(10), Fraction(4))]
    filled = fill(Fraction(cells), content)
    assert filled == (None if volumes is None else tuple(map(Fraction, volumes)))


def test_lower_volume_stops_at_the_first_target() -> None:
    """E1: 46.666… mL for MNC, 35 mL for CD3."""
    dose = compute([bag(150, 60, "143")], need("70"))
    assert (dose.mnc_volume, dose.cd3_volume) == (Fraction(140, 3), 35)
    assert (dose.ordered_volume, dose.limiting, dose.rule) == (35, "cd3", "lower-volume")
    assert (dose.mnc_per_kg, dose.cd3_per_kg) == (75_000_000, 30_000_000)
    assert (dose.mnc_percent, dose.cd3_percent, dose.ml_per_kg) == (75, 100, Fraction(1, 2))
    assert (dose.bags[0].exact, dose.bags[0].volume, dose.bags[0].left) == (35, 35, 108)


def test_mnc_first() -> None:
    """E3: 55 kg, 220 and 40: 25 mL for MNC, 41.25 mL for CD3."""
    dose = compute([bag(220, 40, "100")], need("55"))
    assert (dose.ordered_volume, dose.limiting) == (25, "mnc")


def test_both_at_once_only_if_exactly_equal() -> None:
    """E2: 144 and 43.2 is 0.3 exactly; one cell more and they differ."""
    cells = Concentrations(Fraction(144 * 10**6), Fraction("43.2") * 10**6)
    exactly = Bag(0, cells, Fraction(120), Fraction(0), Fraction(0))
    nearly = exactly._replace(cells=cells._replace(cd3=cells.cd3 + 1))
    assert compute([exactly], need("60")).limiting == "both"
    assert compute([nearly], need("60")).limiting == "cd3"


@pytest.mark.parametrize(
    ("rule", "volume", "limiting"), [("mnc", "46.6", "mnc"), ("cd3", "35", "cd3"), ("lower-volume", "35", "cd3")]
)
def test_rules(rule: Rule, volume: str, limiting: str) -> None:
    dose = compute([bag(150, 60, "143")], need("70", rule))
    assert (dose.ordered_volume, dose.limiting, dose.rule) == (Fraction(volume), limiting, rule)


@pytest.mark.parametrize(
    ("available", "rule", "limiting", "ordered"),
    [
        ("40", "lower-volume", "cd3", "35"),  # MNC cannot be reached, CD3 can
        ("40", "mnc", "available-volume", "40"),
        ("34.95", "lower-volume", "available-volume", "34.9"),
        ("35", "lower-volume", "cd3", "35"),  # exactly enough
        ("34.95", "cd3", "available-volume", "34.9"),
    ],
)
def test_bags_that_do_not_hold_a_target(available: str, rule: Rule, limiting: str, ordered: str) -> None:
    dose = compute([bag(150, 60, available)], need("70", rule))
    assert dose.mnc_volume is None
    assert (dose.limiting, dose.ordered_volume) == (limiting, Fraction(ordered))


def test_two_bags_are_rounded_one_by_one() -> None:
    """E7: all of 35 mL, then 955/66 = 14.4696… mL; 72.603… mL for MNC."""
    first = Bag(0, Concentrations(Fraction(128_700_000), Fraction(51_150_000)), Fraction(35), Fraction(0), Fraction(0))
    second = Bag(1, Concentrations(Fraction(77_000_000), Fraction(29_700_000)), Fraction(85), Fraction(0), Fraction(0))
    dose = compute([first, second], need("74"))
    assert (dose.cd3_volume, dose.mnc_volume) == (35 + Fraction(955, 66), 35 + Fraction(5791, 154))
    assert [(order.product, order.volume) for order in dose.bags] == [(0, 35), (1, Fraction("14.4"))]
    assert dose.ordered_volume == Fraction("49.4")
    assert dose.cd3_per_kg == Fraction("2217.93") * 10**6 / 74


def test_dmso_and_red_cells() -> None:
    """35 mL with 10 % DMSO of 1.1 g/mL for 70 kg: 3.85 g / 70; 2 % red cells: 0.7 mL."""
    dose = compute([bag(150, 60, "143", "0.1", "0.02")], need("70"))
    assert (dose.dmso_g_per_kg, dose.red_cells_ml) == (Fraction("0.055"), Fraction("0.7"))


@pytest.mark.parametrize(
    ("bags", "dmso", "red_cells"),
    [
        ([bag(150, 60, "143", None, None)], None, None),
        ([bag(150, 60, "143", "0", "0")], 0, 0),
        ([bag(150, 60, "143"), bag(150, 60, "143", None, None, 1)], 0, 0),  # the second is not used
        ([bag(150, 60, "20"), bag(150, 60, "143", None, None, 1)], None, None),
        ([bag(150, 60, "20", "0.1", "0"), bag(150, 60, "143", place=1)], Fraction("2.2") / 70, 0),
    ],
)
def test_constituents_are_known_if_those_of_the_used_bags_are(bags: list[Bag], dmso: Any, red_cells: Any) -> None:
    dose = compute(bags, need("70"))
    assert (dose.dmso_g_per_kg, dose.red_cells_ml) == (dmso, red_cells)


def test_step_may_depend_on_the_volume() -> None:
    """E8: 8 kg of 72.6: 400/121 = 3.3057… mL, to 0.01 mL."""
    wanted = need("8")._replace(step_for=lambda volume: Fraction("0.01") if volume < 10 else TENTH)
    cells = Concentrations(Fraction("162.8") * 10**6, Fraction("72.6") * 10**6)
    dose: Dose = compute([Bag(0, cells, Fraction(60), Fraction(0), Fraction(0))], wanted)
    assert (dose.ordered_volume, dose.cd3_per_kg) == (Fraction("3.3"), 29_947_500)
