"""The self-test's comparison: agreement is exact for doses, to the printed digits for estimates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dlicalc.services.reference import check_doses, check_egfr
from tests.program import ROOT, shipped_protocol
from tests.worked_doses import CASES

FOLDER = ROOT / "resources" / "reference_cases"


def loaded(name: str) -> list[dict[str, Any]]:
    references: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return references


def dose(expected: dict[str, str | None], name: str = "E1") -> dict[str, Any]:
    return {"id": name, "source": "hand", "as_of": "2026-11-18T08:00+08:00", "case": CASES[name], "expected": expected}


def test_all_shipped_references_agree() -> None:
    checks = [*check_doses(loaded("worked_doses.json"), shipped_protocol()), *check_egfr(loaded("egfr.json"))]
    assert len(checks) > 200
    assert [check.name for check in checks if not check.agrees] == []


def test_dose_is_compared_as_an_exact_fraction() -> None:
    good, bad = check_doses(
        [dose({"mnc_volume_ml": "140/3"}), dose({"mnc_volume_ml": "46.6666666666667"})], shipped_protocol()
    )
    assert (good.name, good.expected, good.obtained, good.agrees) == (
        "E1 mnc_volume_ml", "140/3", "46.6666666666667", True,
    )  # fmt: skip
    assert not bad.agrees


def test_volume_that_cannot_be_reached_is_a_dash() -> None:
    """E6: the bag holds neither target."""
    unreachable, wrongly = check_doses(
        [dose({"mnc_volume_ml": None}, "E6"), dose({"ordered_volume_ml": None}, "E6")], shipped_protocol()
    )
    assert (unreachable.expected, unreachable.obtained, unreachable.agrees) == ("-", "-", True)
    assert (wrongly.obtained, wrongly.agrees) == ("95", False)


def test_case_that_cannot_be_read_disagrees() -> None:
    (check,) = check_doses([dose({"ordered_volume_ml": "35"}) | {"case": {}}], shipped_protocol())
    assert (check.obtained, check.agrees) == ("-", False)


def estimate(expected: str, equation: str = "schwartz2009") -> dict[str, Any]:
    return {"equation": equation, "sex": "male", "age_years": None, "creatinine_mg_dl": "0.5", "cystatin_mg_l": None,
            "height_cm": "100", "expected": expected, "source": "hand"}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "agrees"), [("82.6", True), ("82.6000000001", True), ("82.60000001", False), ("82.5", False)]
)
def test_estimate_agrees_to_eleven_digits(expected: str, agrees: bool) -> None:
    """0.413 x 100 / 0.5 = 82.6."""
    (check,) = check_egfr([estimate(expected)])
    assert check.agrees is agrees
    assert check.name == "schwartz2009: sex male, creatinine_mg_dl 0.5, height_cm 100"


def test_unknown_equation_is_an_error() -> None:
    with pytest.raises(ValueError, match="mdrd"):
        list(check_egfr([estimate("60", "mdrd")]))
