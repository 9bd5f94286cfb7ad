"""Laboratory results in base units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dlicalc.domain.labs import Creatinine, Enzyme
from tests.domain.entries import refusals


@pytest.mark.parametrize(
    ("unit", "value", "upper_limit", "amount", "limit"),
    [("U/L", "35", "40", "35", "40"), ("ukat/L", "0.58", "0.7", "34.8", "42")],  # 1 ukat/L = 60 U/L
)
def test_enzyme_in_units_per_litre(unit: str, value: str, upper_limit: str, amount: str, limit: str) -> None:
    enzyme = Enzyme.model_validate({"value": value, "unit": unit, "upper_limit": upper_limit})
    assert (enzyme.amount, enzyme.upper_limit_amount) == (Decimal(amount), Decimal(limit))


def test_upper_limit_is_a_number_as_text() -> None:
    assert refusals(Creatinine, {"value": "78", "unit": "umol/L", "upper_limit": 104}) == [
        ("upper_limit", "number_as_text")
    ]


def test_other_units_are_refused() -> None:
    assert refusals(Creatinine, {"value": "78", "unit": "µmol/L"}) == [("unit", "literal_error")]
    assert refusals(Enzyme, {"value": "78", "unit": "IU/L"}) == [("unit", "literal_error")]
