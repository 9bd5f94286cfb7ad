"""What must not be refused: every way to write a number, every unit, and unknown everywhere (contract, section 2)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import AS_OF, changed, drop, every_field_case, full_case, put, walk
from tests.program import evaluate_document

COUNTS = "products__0__counts"
# Without these there is no case, no decision or no meaning to the number beside them.
NEEDED = ("format", "protocol", "decisions.0", "products.0")


def dose(case: dict[str, Any]) -> dict[str, Any]:
    return evaluate_document(case, AS_OF)["dose"]


@pytest.mark.parametrize("weight", ["70", "70.", "70.0", "070", "0070.000", "70.00000000000000000000"])
def test_ways_to_write_seventy(weight: str) -> None:
    assert dose(changed(full_case(), recipient__weight__value=weight))["ordered_volume_ml"] == "35"


def test_a_weight_of_many_digits_is_not_rounded() -> None:
    weight = "69.99999999999999999999999999999999999999"
    assert dose(changed(full_case(), recipient__weight__value=weight))["ordered_volume_ml"] == "34.9"


@pytest.mark.parametrize(("value", "unit"), [("70", "kg"), ("70000", "g")])
def test_metric_weights(value: str, unit: str) -> None:
    assert (
        dose(changed(full_case(), recipient__weight__value=value, recipient__weight__unit=unit))["mnc_per_kg"]
        == "75000000"
    )


def test_pounds() -> None:
    """100 lb are 45.359237 kg, so 22.6796185 mL reach the CD3 target."""
    case = changed(full_case(), recipient__weight__value="100", recipient__weight__unit="[lb_av]")
    assert dose(case)["cd3_volume_ml"] == "22.6796185"


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        ("200", "10*9/L"),
        ("200", "10*6/mL"),
        ("200", "10*3/uL"),
        ("200000", "/uL"),
        ("200000", "10*6/L"),
        ("20", "10*7/mL"),
        ("2", "10*8/mL"),
    ],
)
def test_wbc_units(value: str, unit: str) -> None:
    wbc = {"value": value, "unit": unit}
    assert dose(changed(full_case(), **{f"{COUNTS}__wbc": wbc}))["ordered_volume_ml"] == "35"


@pytest.mark.parametrize("recovery", ["85", {"value": "85", "unit": "%"}])
def test_recovery_bare_or_with_its_unit(recovery: Any) -> None:
    case = changed(every_field_case(), **{f"{COUNTS}__recovery__cd3": recovery})
    assert dose(case) == dose(every_field_case())


@pytest.mark.parametrize("start", ["2026-11-18T10:00:00+08:00", "2026-11-18T02:00Z", "2026-11-18T02:00:00+00:00"])
def test_ways_to_write_a_moment(start: str) -> None:
    assert evaluate_document(changed(full_case(), infusion__planned_start=start), AS_OF)["schedule"]["day"] == 48


def fields() -> list[str]:
    """Every field that may be unknown: not the units and denominators of numbers that are given."""
    names = [name for name, _ in walk(every_field_case())]
    fixed = [name for name in names if name in NEEDED or name.startswith("decisions.0.")]
    return [name for name in names if name not in fixed and name.rpartition(".")[2] not in ("unit", "of", "0", "1")]


@pytest.mark.parametrize("path", fields())
def test_unknown_is_accepted_everywhere(path: str) -> None:
    unknown = evaluate_document(put(every_field_case(), path, None), AS_OF)
    left_out = evaluate_document(drop(every_field_case(), path), AS_OF)
    assert unknown == left_out
