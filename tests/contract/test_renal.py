"""Estimated GFR near 60, between the two CKD-EPI years, and under 18 (contract, section 4, rule 6).

Expected figures: the published equations, in 60 digits by `tests.oracle.renal`, itself checked against
`tests/vectors`; the rows near 60 are published examples of why nothing is rounded before it is compared.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from typing import Any

import pytest

from tests.cases import AS_OF, changed, full_case
from tests.contract.verdicts import EXCLUDED, NOT_EVALUABLE, PASSED, codes, decided, judged, open_stops
from tests.figures import close
from tests.oracle import egfr
from tests.program import evaluate_document
from tests.worked_doses import VECTORS

SEX = {"F": "female", "M": "male"}


def patient(sex: str, birth_date: str, creatinine: str, unit: str = "mg/dL") -> dict[str, Any]:
    """The good case with another creatinine, taken on 2026-11-17, beside a high upper limit of normal."""
    case = changed(full_case(), recipient__sex=sex, recipient__birth_date=birth_date)
    upper_limit = "2" if unit == "mg/dL" else "177"
    case["labs"]["creatinine"] |= {"value": creatinine, "unit": unit, "upper_limit": upper_limit}
    return case


def aged(years: int, sex: str, creatinine: str, unit: str = "mg/dL") -> dict[str, Any]:
    """A patient of so many completed years on the day of the creatinine, which is the birthday."""
    return patient(sex, f"{2026 - years}-11-17", creatinine, unit)


NEAR_60 = [
    (21, "female", "1.30", "mg/dL", EXCLUDED),  # 59.9975, which rounds to 60
    (55, "female", "1.09", "mg/dL", EXCLUDED),  # 59.9956
    (30, "male", "1.58", "mg/dL", EXCLUDED),  # 59.9737
    (27, "female", "1.26", "mg/dL", PASSED),  # 60.0088
    (48, "female", "1.13", "mg/dL", PASSED),  # 60.0128
    (62, "male", "1.3", "mg/dL", PASSED),  # 62.11 by 2021, 58.48 by 2009
    (62, "female", "1.02", "mg/dL", PASSED),  # 62.20 by 2021, 58.90 by 2009
    (26, "female", "112", "umol/L", EXCLUDED),  # 59.9848 with 88.4, 60.0011 with 88.42
    (33, "female", "108", "umol/L", EXCLUDED),  # 59.9912 with 88.4, 60.0075 with 88.42
    (18, "male", "148", "umol/L", PASSED),  # 60.28, but 59.19 if the creatinine is rounded to 1.7
]


@pytest.mark.parametrize(("years", "sex", "creatinine", "unit", "status"), NEAR_60)
def test_near_60(years: int, sex: str, creatinine: str, unit: str, status: str) -> None:
    assert judged(aged(years, sex, creatinine, unit), "renal.egfr") == status


def adult_vectors() -> list[dict[str, str]]:
    """The CKD-EPI rows with an age in whole years."""
    with (VECTORS / "egfr_vectors.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["equation"].startswith("ckdepi")]
    return [row for row in rows if row["age_years"].isdigit() and int(row["age_years"]) <= 100]


@pytest.mark.parametrize("row", adult_vectors(), ids=lambda row: "-".join(list(row.values())[:4]))
def test_vectors(row: dict[str, str]) -> None:
    case = aged(int(row["age_years"]), SEX[row["sex"]], row["creatinine_mg_dl"])
    renal = evaluate_document(case, AS_OF)["renal"]
    year = {"ckdepi2021_cr": "ckd_epi_2021", "ckdepi2009_cr": "ckd_epi_2009"}[row["equation"]]
    assert close(renal[year], Fraction(row["egfr"]), 11)


@pytest.mark.parametrize(("years", "sex", "creatinine", "unit", "status"), NEAR_60)
def test_what_is_shown(years: int, sex: str, creatinine: str, unit: str, status: str) -> None:
    evaluation = evaluate_document(aged(years, sex, creatinine, unit), AS_OF)
    mg_dl = Fraction(creatinine) / (Fraction("88.4") if unit == "umol/L" else 1)
    assert close(evaluation["renal"]["creatinine_mg_dl"], mg_dl)
    (row,) = (row for row in evaluation["eligibility"]["criteria"] if row["id"] == "renal.egfr")
    assert (row["limit"], row["rule"], row["status"]) == ("60", "<", status)
    assert (Fraction(row["value"]) < 60) is (status == EXCLUDED)
    assert abs(Fraction(row["value"]) - Fraction(evaluation["renal"]["ckd_epi_2021"])) <= Fraction("0.1")


@pytest.mark.parametrize(("sex", "creatinine"), [("male", "1.3"), ("female", "1.02")])
def test_the_two_years_disagree_across_60(sex: str, creatinine: str) -> None:
    apart, together = (evaluate_document(aged(62, sex, scr), AS_OF) for scr in (creatinine, "0.8"))
    assert Fraction(apart["renal"]["ckd_epi_2009"]) < 60 < Fraction(apart["renal"]["ckd_epi_2021"])
    assert codes(apart, "review") - codes(together, "review")
    assert apart["releasable"] is True


def test_age_is_completed_years_on_the_day_of_the_creatinine() -> None:
    """1.26 mg/dL in a woman: 60.01 at 27, 59.64 at 28; the infusion on the birthday changes nothing."""
    assert judged(patient("female", "1998-11-18", "1.26"), "renal.egfr") == PASSED
    assert judged(patient("female", "1998-11-17", "1.26"), "renal.egfr") == EXCLUDED
    assert judged(patient("female", "1998-11-16", "1.26"), "renal.egfr") == EXCLUDED


def test_from_the_18th_birthday_on() -> None:
    assert judged(patient("male", "2008-11-17", "0.7"), "renal.egfr") == PASSED
    assert judged(patient("male", "2008-11-18", "0.7"), "renal.egfr") == NOT_EVALUABLE


@pytest.mark.parametrize(("years", "sex"), [(3, "male"), (11, "female"), (15, "male"), (17, "female")])
def test_children_have_advice_but_no_verdict(years: int, sex: str) -> None:
    case = changed(aged(years, sex, "0.9"), recipient__height__value="120")
    assert judged(case, "renal.egfr") == NOT_EVALUABLE
    renal = evaluate_document(case, AS_OF)["renal"]
    assert close(renal["bedside_schwartz"], egfr("schwartz2009", sex, years, "0.9", height_cm="120"))
    assert close(renal["ckid_u25"], egfr("ckid_u25_cr", sex, years, "0.9", height_cm="120"), 4)


def test_a_child_can_be_released_by_a_named_decision() -> None:
    case = changed(aged(11, "male", "0.7"), recipient__height__value="140")
    assert {stop["code"] for stop in open_stops(evaluate_document(case, AS_OF))} == {"renal.egfr"}
    assert evaluate_document(decided(case, "renal.egfr"), AS_OF)["releasable"] is True


@pytest.mark.parametrize(("value", "unit"), [("1.2", "m"), ("120", "cm"), ("47.24409448818897637795", "[in_i]")])
def test_height_units(value: str, unit: str) -> None:
    case = changed(aged(11, "male", "0.9"), recipient__height={"value": value, "unit": unit})
    assert close(evaluate_document(case, AS_OF)["renal"]["ckid_u25"], Fraction("51.5873"), 4)


def test_no_height_no_advice() -> None:
    renal = evaluate_document(changed(aged(11, "male", "0.9"), recipient__height=None), AS_OF)["renal"]
    assert renal["ckid_u25"] is renal["bedside_schwartz"] is None
