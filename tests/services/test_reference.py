"""References are compared as exactly as they were printed, and the shipped ones agree.

Where the shipped ones come from: `tests/vectors`, and the boundary tables of `tests/contract`.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain import dose
from dlicalc.domain.quantity import round_down
from dlicalc.services.reference import (
    GOLDEN,
    Check,
    References,
    as_printed,
    check_all,
    check_dose,
    check_egfr,
    check_golden,
    check_limit,
    twelve_digits,
)
from tests.program import ROOT, shipped_protocol
from tests.worked_doses import CASES

FOLDER = ROOT / "resources" / "reference_cases"
VECTORS = ROOT / "tests" / "vectors"


def loaded(name: str) -> list[dict[str, Any]]:
    references: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return references


def shipped() -> References:
    return References(loaded("worked_doses"), loaded("limits"), loaded("egfr"), loaded("published"))


def reference(expected: dict[str, str | None], name: str = "E1") -> dict[str, Any]:
    case = CASES[name]
    return {"id": name, "title": "by hand", "source": "hand", "as_of": "2026-11-18T08:00+08:00", "case": case,
            "expected": expected}  # fmt: skip


def doses(expected: dict[str, str | None], name: str = "E1") -> list[Check]:
    return list(check_dose(reference(expected, name), shipped_protocol()))


def test_all_shipped_references_agree() -> None:
    cases = list(check_all(shipped(), shipped_protocol()))
    assert len(cases) == shipped().cases >= 200
    assert [check for checks in cases for check in checks if not check.agrees] == []
    assert len({check.case for checks in cases for check in checks}) == len(cases)


def test_every_reference_names_its_source() -> None:
    assert all(one["source"].strip() for kind in shipped() for one in kind)


def test_shipped_estimates_are_those_of_the_vectors() -> None:
    rows = list(csv.DictReader((VECTORS / "published_worked_values.csv").read_text("utf-8").splitlines()))
    printed = Counter((row["equation"], row["published"]) for row in rows if row["match"] == "TRUE")
    assert not Counter((one["equation"], one["expected"]) for one in shipped().published) - printed


def test_dose_is_compared_as_an_exact_fraction() -> None:
    good, routes = doses({"mnc_volume_ml": "140/3"})
    assert good == Check("E1", "mnc_volume_ml", "by hand", "hand", "140/3", "46.6666666666667", agrees=True)
    assert routes == Check("E1", "two_routes", "by hand", "hand", "=", "=", agrees=True)
    assert not doses({"mnc_volume_ml": "46.6666666666667"})[0].agrees


def test_volume_that_cannot_be_reached_is_a_dash() -> None:
    """E6: the bag holds neither target."""
    unreachable, wrongly, _ = doses({"mnc_volume_ml": None, "ordered_volume_ml": None}, "E6")
    assert (unreachable.expected, unreachable.obtained, unreachable.agrees) == ("-", "-", True)
    assert (wrongly.obtained, wrongly.agrees) == ("95", False)


def test_case_that_cannot_be_read_disagrees() -> None:
    check, _ = check_dose(reference({"ordered_volume_ml": "35"}) | {"case": {}}, shipped_protocol())
    assert (check.obtained, check.agrees) == ("-", False)


def test_second_route_that_differs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dose, "round_down", lambda volume, step: -round_down(-volume, step))
    routes = doses({}, "E2")[-1]
    assert routes.obtained.startswith("1: 41.7 | 41.6; ")
    assert not routes.agrees


@pytest.mark.parametrize(("value", "expected"), [("120", "not-excluded"), ("120.01", "excluded")])
def test_limit_is_the_case_with_one_entry_changed(value: str, expected: str) -> None:
    """ALT of 40 U/L x 3."""
    changed = {"id": "L1", "criterion": "hepatic.alt", "change": {"labs.alt.value": value}, "expected": expected,
               "source": "hand"}  # fmt: skip
    base = reference({})
    verdict, routes = check_limit(changed, base, shipped_protocol())
    assert verdict == Check("L1", "hepatic.alt", f"alt.value {value}", "hand", expected, expected, agrees=True)
    assert routes.agrees
    assert base["case"]["labs"]["alt"]["value"] == "35"


def test_limit_that_cannot_be_read_disagrees() -> None:
    changed = {"id": "L1", "criterion": "hepatic.alt", "change": {"labs.alt.value": "x"}, "expected": "excluded",
               "source": "hand"}  # fmt: skip
    verdict, _ = check_limit(changed, reference({}), shipped_protocol())
    assert (verdict.obtained, verdict.agrees) == ("-", False)


def estimate(expected: str, equation: str = "schwartz2009") -> dict[str, Any]:
    return {"equation": equation, "sex": "male", "age_years": None, "creatinine_mg_dl": "0.5", "cystatin_mg_l": None,
            "height_cm": "100", "expected": expected, "source": "hand"}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "agrees"), [("82.6", True), ("82.6000000001", True), ("82.60000001", False), ("82.5", False)]
)
def test_estimate_agrees_to_eleven_digits(expected: str, agrees: bool) -> None:
    """0.413 x 100 / 0.5 = 82.6."""
    (check,) = check_egfr(estimate(expected), "G1", twelve_digits)
    assert check.agrees is agrees
    assert (check.figure, check.given) == ("schwartz2009", "sex male, creatinine_mg_dl 0.5, height_cm 100")


@pytest.mark.parametrize(("expected", "agrees"), [("83", True), ("82", False), ("82.6", True), ("82.65", False)])
def test_published_estimate_agrees_to_what_was_printed(expected: str, agrees: bool) -> None:
    (check,) = check_egfr(estimate(expected), "P1", as_printed)
    assert check.agrees is agrees


def test_cells_of_a_workbook_count_to_twelve_decimals() -> None:
    assert as_printed("37.6041666666667") == Fraction(1, 2 * 10**12)


def test_unknown_equation_is_a_case_that_fails() -> None:
    references = References([], [], [estimate("60", "mdrd")], [])
    assert list(check_all(references, shipped_protocol())) == [
        (Check("G1", "failed", "", "hand", "-", "ValueError", agrees=False),)
    ]


def test_golden_cases_are_among_the_shipped_ones_and_agree() -> None:
    assert {one["id"] for one in shipped().doses} >= set(GOLDEN)
    assert check_golden(shipped().doses, shipped_protocol()) == []


def test_sabotage_is_caught_by_the_golden_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dose, "round_down", lambda volume, step: -round_down(-volume, step))
    wrong = check_golden(shipped().doses, shipped_protocol())
    assert {check.case for check in wrong} == set(GOLDEN)
    assert {"ordered_volume_ml", "two_routes"} <= {check.figure for check in wrong}


def test_an_engine_that_fails_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dose, "round_down", None)
    assert {check.figure for check in check_golden(shipped().doses, shipped_protocol())} == {"failed"}
