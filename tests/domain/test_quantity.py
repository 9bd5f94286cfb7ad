"""Exact numbers, units and rounding down."""

from __future__ import annotations

from decimal import Decimal, Inexact
from fractions import Fraction

import pytest

from dlicalc.domain.quantity import (
    CONCENTRATION_UNITS,
    EXACT,
    FACTORS,
    NotANumber,
    exact,
    minus,
    multiplied,
    parse_number,
    per_cent,
    percentage,
    quotient,
    ratio,
    round_down,
    scaled,
    sum_of_products,
    total,
)


@pytest.mark.parametrize(
    ("text", "value"), [("70", "70"), ("70.", "70"), ("0.5", "0.5"), ("007.10", "7.1"), ("0", "0"), ("62.50", "62.5")]
)
def test_number_is_read_exactly_and_kept_as_typed(text: str, value: str) -> None:
    number = parse_number(text)
    assert (number.text, number.value) == (text, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".5",
        ".",
        "-1",
        "+1",
        "1,5",
        "1e8",
        "1_000",
        "1 000",
        " 1",
        "1 ",
        "1\n",
        "1.2.3",
        "７０",
        "٧",
        "²",
        "NaN",
    ],
)
def test_anything_but_digits_and_one_point_is_no_number(text: str) -> None:
    with pytest.raises(NotANumber):
        parse_number(text)


def test_longest_number_has_100_characters() -> None:
    assert parse_number("7" * 100).value == Decimal("7" * 100)
    with pytest.raises(NotANumber):
        parse_number("7" * 101)


@pytest.mark.parametrize(
    ("unit", "cells_per_ml"),
    [  # one of the unit in cells/mL; 1 x 10^9/L = 1 x 10^6/mL = 1 x 10^3/uL
        ("10*9/L", 10**6), ("10*6/mL", 10**6), ("10*3/uL", 10**6), ("/uL", 1000), ("10*6/L", 1000),
        ("10*7/mL", 10**7), ("10*8/mL", 10**8),
    ],
)  # fmt: skip
def test_units_of_concentration(unit: str, cells_per_ml: int) -> None:
    assert CONCENTRATION_UNITS[unit] == FACTORS[unit] == cells_per_ml


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("kg", "1"), ("g", "0.001"), ("[lb_av]", "0.45359237"),  # pound: exact by definition of 1959
        ("cm", "1"), ("m", "100"), ("[in_i]", "2.54"),  # inch: exact by definition of 1959
        ("mL", "1"), ("g/mL", "1"), ("%", "0.01"), ("U/L", "1"), ("ukat/L", "60"), ("mg/L", "1"),
    ],
)  # fmt: skip
def test_other_units(unit: str, factor: str) -> None:
    assert FACTORS[unit] == Decimal(factor)


def test_units_of_substance_have_no_factor() -> None:
    """Creatinine and bilirubin differ by their molar masses."""
    assert not {"umol/L", "mg/dL"} & set(FACTORS)


def test_exact_context_never_rounds() -> None:
    assert EXACT.multiply(Decimal("1." + "0" * 98 + "1"), Decimal("3." + "0" * 98 + "3")) != 3
    with pytest.raises(Inexact):
        EXACT.divide(Decimal(1), Decimal(3))


def test_exact_fraction_of_a_decimal() -> None:
    assert exact(Decimal("0.1")) == Fraction(1, 10)


def test_ratio_of_two_typed_numbers() -> None:
    assert ratio(Decimal("2.1"), Decimal("0.7")) == 3


def test_scaled_by_a_typed_number() -> None:
    assert scaled(Fraction(1, 3), Decimal("0.6")) == Fraction(1, 5)


def test_percentage() -> None:
    assert per_cent(Fraction(1, 3), Fraction(1, 2)) == Fraction(200, 3)


def test_difference() -> None:
    assert minus(Fraction(1, 2), Fraction(1, 3)) == Fraction(1, 6)
    assert minus(Fraction(1, 3), Fraction(1, 2)) == Fraction(-1, 6)
    assert minus(Fraction("0.1"), Fraction("0.1")) == 0


def test_pairs_that_are_not_reduced_are_worth_the_same() -> None:
    one, other = Fraction(2, 3), Fraction(5, 4)
    assert Fraction(*multiplied(one, other)) == Fraction(5, 6)
    assert Fraction(*quotient(one, other)) == Fraction(8, 15)
    assert Fraction(*percentage(one, other)) == Fraction(160, 3)


def test_sum_of_products() -> None:
    """2/3 x 5/4 + 0.1 x 0.3 = 5/6 + 3/100 = 259/300; the sum of nothing is 0."""
    pairs = [(Fraction(2, 3), Fraction(5, 4)), (Fraction("0.1"), Fraction("0.3"))]
    assert Fraction(*sum_of_products(pairs)) == Fraction(259, 300)
    assert Fraction(*sum_of_products([])) == 0


@pytest.mark.parametrize(
    ("volume", "step", "rounded"),
    [
        ("140/3", "0.1", "46.6"),  # E1: 46.666…
        ("125/3", "0.1", "41.6"),  # E2
        ("400/121", "0.01", "3.30"),  # E8: 3.3057…
        ("36.96", "0.1", "36.9"),  # E15: half-up would give 37
        ("35", "0.1", "35"),
        ("34.9999999999999999999999", "0.1", "34.9"),
        ("0.0099", "0.01", "0"),
        ("0", "0.1", "0"),
        ("25", "0.25", "25"),
    ],
)
def test_rounding_is_down_to_the_step(volume: str, step: str, rounded: str) -> None:
    assert round_down(Fraction(volume), Fraction(step)) == Fraction(rounded)


def test_total_of_one_and_of_several() -> None:
    assert total([Fraction(1, 3)]) == Fraction(1, 3)
    assert total(iter([Fraction(1, 3), Fraction(1, 6), Fraction(1, 2)])) == 1
