"""The curve of both doses: corners, readings, steps of the pointer, the part that a picture shows.

Expected numbers are worked by hand from the inputs of the worked doses (`tests/vectors/worked_doses.json`): E1 has
150 × 10⁶ MNC and 60 × 10⁶ CD3⁺ per mL for 70 kg, so 1 mL is 15/7 % of the MNC and 20/7 % of the CD3⁺ target.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.services.dose_curve import DoseCurve, Scale, dose_curve
from dlicalc.services.open_case import evaluate_document
from tests.cases import AS_OF, changed
from tests.program import shipped_protocol
from tests.worked_doses import CASES


def curve(document: dict[str, Any]) -> DoseCurve:
    evaluation = evaluate_document(document, shipped_protocol(), datetime.fromisoformat(AS_OF)).evaluation
    assert evaluation.dose is not None
    return dose_curve(evaluation.dose, evaluation.protocol)


def test_one_bag_is_one_straight_line() -> None:
    drawn = curve(CASES["E1"])
    assert drawn.points == ((0, 0, 0), (150, Fraction(2250, 7), Fraction(3000, 7)))
    assert drawn.boundaries == ()
    assert (drawn.ordered, drawn.held, drawn.total) == (35, 150, 150)
    assert drawn.ceiling == Fraction(1000, 3)  # 1 × 10⁸ of 3 × 10⁷ per kg


def test_two_bags_meet_where_the_first_is_empty() -> None:
    # E7: 35 mL of 128.7 and 51.15, then 85 mL of 77 and 29.7 million per mL, for 74 kg.
    drawn = curve(CASES["E7"])
    assert drawn.boundaries == (35,)
    assert drawn.points[1] == (35, Fraction(35 * 1287, 10 * 74), Fraction(35 * 5115 * 100, 100 * 30 * 74))


def test_a_reading_says_what_the_volume_gives() -> None:
    # 20 mL of E1: 3,000 of 7,000 million MNC; 1,200 of 2,100 million CD3⁺, which is 1,200/70 million per kg.
    reading = curve(CASES["E1"]).readout(Fraction(20))
    assert reading == (20, Fraction(300, 7), Fraction(400, 7), Fraction(120_000_000, 7), 1)


@pytest.mark.parametrize(("volume", "bag"), [(0, 1), (35, 1), (Fraction(351, 10), 2), (120, 2)])
def test_a_reading_names_the_bag_of_the_last_drop(volume: Fraction, bag: int) -> None:
    assert curve(CASES["E7"]).readout(Fraction(volume)).bag == bag


def test_a_bag_that_gives_nothing_is_passed_over() -> None:
    drawn = curve(changed(CASES["E7"], products__0__withheld={"value": "35", "unit": "mL"}))
    assert [drawn.readout(Fraction(volume)).bag for volume in (0, 1)] == [2, 2]
    assert drawn.boundaries == (0,)


@pytest.mark.parametrize("name", [name for name in CASES if name != "E17"])
@pytest.mark.parametrize("rule", ["lower-volume", "mnc", "cd3"])
@pytest.mark.parametrize("withheld", ["0", "0.0333"])
def test_the_curve_at_the_ordered_volume_is_the_dose(name: str, rule: str, withheld: str) -> None:
    """Also where the bags hold what cannot be measured. E17 is a stop without a dose."""
    document = changed(CASES[name], infusion__dose_rule={"rule": rule})
    for product in document["products"]:
        product["withheld"] = {"value": withheld, "unit": "mL"}
    evaluation = evaluate_document(document, shipped_protocol(), datetime.fromisoformat(AS_OF)).evaluation
    dose = evaluation.dose
    assert dose is not None
    reading = dose_curve(dose, evaluation.protocol).readout(dose.ordered_volume)
    assert reading[1:4] == (dose.mnc_percent, dose.cd3_percent, dose.cd3_per_kg)


@pytest.mark.parametrize(
    ("volume", "steps", "expected"),
    [
        ("20", 1, "20.1"),  # the shipped protocol measures in 0.1 mL from 10 mL on, in 0.01 mL below
        ("20", -1, "19.9"),
        ("5", 1, "5.01"),
        ("20", 10, "21"),
        ("20", -10, "19"),
        ("0", -1, "0"),
        ("150", 1, "150"),
        ("34.95", 1, "35"),
        ("20.05", 1, "20.1"),
        ("20.05", -1, "20"),
    ],
)
def test_the_pointer_moves_by_measuring_steps(volume: str, steps: int, expected: str) -> None:
    assert curve(CASES["E1"]).moved(Fraction(volume), steps) == Fraction(expected)


def test_a_single_step_stops_at_the_end_of_a_bag() -> None:
    # 9.995 mL can be measured only as 9.99; an ordered volume between two steps is found from either side.
    drawn = curve(changed(CASES["E7"], products__0__volume={"value": "9.995", "unit": "mL"}))
    assert drawn.boundaries == (Fraction("9.99"),)
    assert drawn.moved(Fraction("10.1"), -1) == 10
    assert drawn._replace(ordered=Fraction("20.05")).moved(Fraction(20), 1) == Fraction("20.05")
    assert drawn._replace(ordered=Fraction("20.05")).moved(Fraction("20.1"), -1) == Fraction("20.05")
    assert drawn._replace(ordered=Fraction("20.05")).moved(Fraction(20), 10) == 21


@pytest.mark.parametrize(
    ("volume", "reach", "expected"),
    [
        ("20.04", "0.02", "20"),
        ("20.06", "0.02", "20.1"),
        ("35.3", "0.4", "35"),
        ("-3", "0.1", "0"),
        ("160", "1", "150"),
    ],
)
def test_the_mouse_finds_what_can_be_measured(volume: str, reach: str, expected: str) -> None:
    assert curve(CASES["E1"]).nearest(Fraction(volume), Fraction(reach)) == Fraction(expected)


def test_the_volume_of_a_percentage() -> None:
    drawn = curve(CASES["E1"])
    assert drawn.volume_at("mnc", Fraction(100)) == Fraction(140, 3)  # V_mnc_exact of E1
    assert drawn.volume_at("cd3", Fraction(100)) == 35
    assert drawn.volume_at("mnc", Fraction(1000)) is None


def test_the_picture_shows_the_part_around_the_targets() -> None:
    # MNC is at 120 % at 56 mL, the next mark is at 60 mL; there CD3⁺ is at 171 %, the next mark is 200 %.
    assert curve(CASES["E1"]).scale() == Scale(Fraction(60), Fraction(200), Fraction(10), Fraction(50))


def test_the_picture_shows_all_on_request() -> None:
    # 150 mL in marks of 20 up to 160; 428.6 % in marks of 100, the upper end being a multiple of 50.
    assert curve(CASES["E1"]).scale(whole=True) == Scale(Fraction(160), Fraction(450), Fraction(20), Fraction(100))


def test_large_bags_do_not_make_the_order_small() -> None:
    drawn = curve(changed(CASES["E1"], products__0__volume__value="4000"))
    assert drawn.scale() == curve(CASES["E1"]).scale()


def test_bags_without_enough_are_shown_whole() -> None:
    # E6: 95 mL reach 65 and 75 %.
    assert curve(CASES["E6"]).scale() == Scale(Fraction(100), Fraction(150), Fraction(20), Fraction(50))


def test_one_dose_that_hardly_rises_does_not_stretch_the_picture() -> None:
    drawn = curve(changed(CASES["E3"], products__0__volume__value="4000", products__0__counts__cd3__value="1"))
    # MNC target at 25 mL, three times that is 75 mL; CD3⁺ (2.5 million per mL, 55 kg) needs 792 mL for 120 %.
    assert drawn.scale().end == 80


def test_the_ordered_volume_is_always_inside() -> None:
    # E4 by the MNC rule: 77.8 mL give 210.1 % of the CD3⁺ target; a tenth more is 231 %.
    scale = curve(changed(CASES["E4"], infusion__dose_rule={"rule": "mnc"})).scale()
    assert (scale.end, scale.top) == (100, 250)


def test_bags_of_which_nothing_can_be_given_have_axes_too() -> None:
    drawn = curve(changed(CASES["E1"], products__0__withheld={"value": "150", "unit": "mL"}))
    scale = drawn.scale()
    assert drawn.total == 0
    assert scale.end > 0
    assert drawn.readout(Fraction(0)) == (0, 0, 0, 0, 1)
