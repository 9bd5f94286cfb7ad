"""Limits by the second route: at, inside and outside, by hand; eGFR from `tests/vectors` as logarithms."""

from __future__ import annotations

import csv
from decimal import Decimal, localcontext
from typing import Any

import pytest

from dlicalc.services.second_limits import excluded, logarithm, logarithm_of_egfr
from dlicalc.services.second_route import Share, number
from dlicalc.services.two_routes import terms
from tests.cases import drop, full_case, put
from tests.contract.test_criteria_boundaries import NUMBERS, UPPER_LIMITS
from tests.contract.verdicts import EXCLUDED, PASSED
from tests.program import ROOT, shipped_protocol

ADULTS = [
    row
    for row in csv.DictReader((ROOT / "tests/vectors/egfr_vectors.csv").read_text(encoding="utf-8").splitlines())
    if row["equation"] in ("ckdepi2021_cr", "ckdepi2009_cr") and "." not in row["age_years"]
]


def verdicts(case: dict[str, Any]) -> dict[str, bool | None]:
    return excluded(case, terms(shipped_protocol()))


def log2(value: str) -> int:
    with localcontext() as context:
        context.prec = 50
        return int(Decimal(value).ln() / Decimal(2).ln() * 2**64)


@pytest.mark.parametrize("text", ["1", "2", "3", "0.7", "60", "59.999999999999", "0.0001", "123456.789"])
def test_logarithm_against_decimals(text: str) -> None:
    assert abs(logarithm(number(text)) - log2(text)) <= 2


def test_logarithms_of_powers_of_two_are_whole() -> None:
    assert logarithm(Share(1024, 1)) == 10 * 2**64
    assert logarithm(Share(3, 24)) == -3 * 2**64


@pytest.mark.parametrize("row", ADULTS, ids=lambda row: " ".join((row["equation"], row["age_years"], row["sex"])))
def test_egfr_vectors(row: dict[str, str]) -> None:
    """The value on which other programs agree, to its 12 digits."""
    case = full_case()
    case["recipient"] |= {"birth_date": f"{2026 - int(row['age_years'])}-11-17", "sex": SEXES[row["sex"]]}
    case["labs"]["creatinine"] |= {"value": row["creatinine_mg_dl"], "unit": "mg/dL"}
    equation = {"ckdepi2021_cr": "ckd-epi-2021", "ckdepi2009_cr": "ckd-epi-2009"}[row["equation"]]
    found = logarithm_of_egfr(case, terms(shipped_protocol())._replace(equation=equation))
    assert found is not None
    assert abs(found - log2(row["egfr"])) < 2**64 // 10**11


SEXES = {"F": "female", "M": "male", "female": "female", "male": "male"}


@pytest.mark.parametrize("row", UPPER_LIMITS, ids=" ".join)
def test_multiples_of_the_laboratory_limit(row: tuple[str, ...]) -> None:
    criterion, lab, unit, upper_limit, limit, inside, outside = row
    for value, expected in ((limit, False), (inside, False), (outside, True)):
        case = full_case()
        case["labs"][lab] |= {"value": value, "unit": unit, "upper_limit": upper_limit}
        assert verdicts(case)[criterion] is expected


@pytest.mark.parametrize(("criterion", "path", "value", "status"), NUMBERS)
def test_percentages(criterion: str, path: str, value: str, status: str) -> None:
    assert verdicts(put(full_case(), path, value))[criterion] is {EXCLUDED: True, PASSED: False}[status]


@pytest.mark.parametrize(
    ("criterion", "case"),
    [
        ("hepatic.alt", drop(full_case(), "labs.alt.upper_limit")),
        ("hepatic.alt", put(full_case(), "labs.alt.upper_limit", "0.0")),
        ("cardiac.lvef", put(full_case(), "organs.lvef.method", "mri")),
        ("respiratory.spo2", put(full_case(), "organs.spo2.on_room_air", "no")),
        ("inclusion.refractory", drop(full_case(), "transplant.marrow_blasts_before_conditioning")),
        ("renal.egfr", drop(full_case(), "recipient.sex")),
        ("renal.egfr", put(full_case(), "labs.creatinine.value", "0")),
        ("renal.egfr", put(full_case(), "recipient.birth_date", "2026-11-18")),
        ("renal.egfr", put(full_case(), "recipient.birth_date", "2008-11-18")),  # 18 a day after the sample
    ],
)
def test_what_is_unknown_is_no_pass(criterion: str, case: dict[str, Any]) -> None:
    assert verdicts(case)[criterion] is None


def test_the_day_of_the_eighteenth_birthday_counts() -> None:
    assert verdicts(put(full_case(), "recipient.birth_date", "2008-11-17"))["renal.egfr"] is False


def test_creatinine_in_both_units_is_one() -> None:
    """88.4 umol/L are 1 mg/dL."""
    case = full_case()
    case["labs"]["creatinine"] |= {"value": "88.4", "unit": "umol/L"}
    other = full_case()
    other["labs"]["creatinine"] |= {"value": "1", "unit": "mg/dL"}
    by = terms(shipped_protocol())
    assert logarithm_of_egfr(case, by) == logarithm_of_egfr(other, by)
