"""Numbers as text: nothing is lost in files, nothing misleads on paper."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from dlicalc.services.numbers import (
    decimal_text,
    estimate_shown,
    estimate_text,
    hours_shown,
    millions,
    percent_shown,
    power_of_ten,
    shown,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"), ("35", "35"), ("-3", "-3"), ("1/2", "0.5"), ("-1/2", "-0.5"), ("1/8", "0.125"),
        ("41/1000000", "0.000041"), ("123456789/100", "1234567.89"), ("100000000000000000000", "100000000000000000000"),
        ("140/3", "46.6666666666667"),  # 15 significant digits, half even
        ("1/3000000", "0.000000333333333333333"), ("-2/3", "-0.666666666666667"),
        ("-1/1000", "-0.001"), ("-25/2", "-12.5"),
        ("1/1024", "0.0009765625"), ("20000000000000000000/3", "6666666666666670000"),
    ],
)  # fmt: skip
def test_decimal_string(value: str, text: str) -> None:
    assert decimal_text(Fraction(value)) == text


def test_exact_value_of_many_digits_is_written_whole() -> None:
    text = "69." + "9" * 60
    assert decimal_text(Fraction(text)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("59.9999999999999999999", "59.9999999999999"),
        ("60", "60"),
        ("88.123456789012345678", "88.1234567890123"),
        ("88.123456789012300001", "88.1234567890123"),
        ("88.123456789012000001", "88.1234567890120"),
        ("50.312500", "50.3125"),
        ("127.00", "127"),
    ],
)
def test_estimate_in_a_file_is_cut_off_and_never_reaches_the_limit(value: str, text: str) -> None:
    assert estimate_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [("59.9975", "59.9"), ("59.99999999999999999999", "59.9"), ("60", "60"), ("120.55", "120.5")]
)
def test_estimate_for_people_is_cut_off_too(value: str, text: str) -> None:
    assert estimate_shown(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"), ("35", "35"), ("46.6", "46.6"), ("0.5", "0.5"), ("1000", "1,000"), ("1234567.5", "1,234,567.5"),
        ("-0.25", "-0.25"), ("-1234.5", "-1,234.5"), ("0.000001", "0.000001"),
        ("140/3", "≈ 46.667"), ("2/3", "≈ 0.66667"), ("29999999/3", "≈ 10,000,000"), ("0.0000001", "≈ 0.0000001"),
        ("300001/300", "≈ 1,000"), ("12345678/7", "≈ 1,763,700"),
    ],
)  # fmt: skip
def test_number_for_people(value: str, text: str) -> None:
    assert shown(Fraction(value)) == text


def test_whole_number_for_people() -> None:
    assert shown(1234) == "1,234"


@pytest.mark.parametrize("value", ["35", "46.6", "0.5", "140/3", "100000", "1/3", "99999.5", "1000000/3"])
def test_no_trailing_zero_and_no_naked_point(value: str) -> None:
    text = shown(Fraction(value)).removeprefix("≈ ")
    assert text[0].isdigit()
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("75000000", "75 × 10⁶"), ("29952000", "29.952 × 10⁶"), ("2100000000", "2,100 × 10⁶"), ("1", "0.000001 × 10⁶"),
        ("100000000/3", "≈ 33.333 × 10⁶"), ("0", "0 × 10⁶"), ("99840000", "99.84 × 10⁶"),
    ],
)  # fmt: skip
def test_cells_on_one_exponent(cells: str, text: str) -> None:
    assert millions(Fraction(cells)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("100", "100"), ("75", "75"), ("99.84", "≈ 99.8"), ("66.5", "66.5"), ("299/3", "≈ 99.6"), ("109.99", "≈ 109.9"),
     ("99.99", "≈ 99.9")],
)  # fmt: skip
def test_percentage_for_people_never_rounds_up(value: str, text: str) -> None:
    assert percent_shown(Fraction(value)) == text


@pytest.mark.parametrize(
    ("hours", "text"),
    [("48", "48 h"), ("0", "0 h"), ("2879/60", "47 h 59 min"), ("259201/3600", "72 h 1 s"), ("-1", "−1 h"),
     ("-1/2", "−0 h 30 min"), ("0.5", "0 h 30 min"), ("60.51", "60 h 30 min 36 s")],
)  # fmt: skip
def test_hours_for_people(hours: str, text: str) -> None:
    assert hours_shown(Fraction(hours)) == text


@pytest.mark.parametrize(
    ("cells", "text"), [("100000000", "1 × 10⁸"), ("30000000", "3 × 10⁷"), ("12500000", "1.25 × 10⁷"), ("5", "5 × 10⁰")]
)
def test_targets_as_protocols_write_them(cells: str, text: str) -> None:
    assert power_of_ten(Fraction(cells)) == text
