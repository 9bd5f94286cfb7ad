"""Entries of a bag that contradict each other are refused where they stand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.product import BagVolume, Cd3Count, Counts, Grams, Product, Recovery, ShareOfWhiteCells
from tests.domain.entries import ml, percent, refusals

GROSS = {"value": "231.4", "unit": "g"}


def test_mass_of_a_bag_is_in_grams() -> None:
    """Not in kg, the base unit of body weight: density is per mL of g."""
    assert Grams.model_validate(GROSS).grams == Fraction("231.4")


@pytest.mark.parametrize("part", [{"gross": GROSS}, {"tare": GROSS}, {"density": {"value": "1.05", "unit": "g/mL"}}])
def test_volume_is_read_off_or_weighed_but_not_both(part: dict[str, Any]) -> None:
    assert refusals(BagVolume, part) == []
    assert refusals(BagVolume, ml("150") | part) == [("", "volume_twice")]


def test_volume_needs_its_unit() -> None:
    assert refusals(Product, {"volume": {"value": "150"}}) == [("volume", "unit_missing")]
    assert Product.model_validate({"volume": None}).volume is None


@pytest.mark.parametrize(
    ("count", "why"),
    [
        (percent("30"), "denominator_missing"),
        (percent("30", of="wbc", multiply_by="2"), "share_diluted"),
        ({"value": "30", "unit": "/uL", "of": "wbc"}, "concentration_of"),
    ],
)
def test_count_that_contradicts_itself(count: dict[str, Any], why: str) -> None:
    assert refusals(Cd3Count, count) == [("", why)]


@pytest.mark.parametrize(
    "count",
    [
        percent("30", of="wbc"), percent("30", of="mnc"), percent("30", of="lymphocytes"),
        {"value": "2450", "unit": "/uL", "multiply_by": "20"}, {"unit": "%"}, {"of": "wbc"}, {"multiply_by": "2"}, {},
    ],
)  # fmt: skip
def test_count_that_is_complete_or_unknown(count: dict[str, Any]) -> None:
    assert refusals(Cd3Count, count) == []


def test_mnc_share_may_leave_its_only_denominator_out() -> None:
    assert refusals(ShareOfWhiteCells, percent("75")) == []
    assert refusals(ShareOfWhiteCells, percent("75", of="mnc")) == [("of", "literal_error")]


def test_share_is_told_from_a_concentration() -> None:
    assert Cd3Count.model_validate(percent("30", of="wbc")).is_share
    assert not Cd3Count.model_validate({"value": "2450", "unit": "/uL"}).is_share


def test_recovery_may_be_a_bare_text_in_per_cent() -> None:
    recovery = Recovery.model_validate({"mnc": "90", "cd3": percent("85")})
    assert recovery.mnc is not None
    assert recovery.cd3 is not None
    assert (recovery.mnc.amount, recovery.cd3.as_entered) == (Fraction("0.9"), "85 %")


@pytest.mark.parametrize("applies_to", [[], ["mnc"], ["cd3", "mnc"], ("cd3",)])
def test_viability_says_what_it_still_applies_to(applies_to: Any) -> None:
    viability = Counts.model_validate({"viability": percent("98", applies_to=applies_to)}).viability
    assert viability is not None
    assert viability.applies_to == tuple(applies_to)
