"""The shape of an evaluation and the example of the contract (section 3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import AS_OF, changed, every_field_case, full_case, preemptive_case
from tests.figures import DECIMAL
from tests.program import evaluate_document

SEVERITIES = ("stop", "review", "note")
CASES = {
    "prophylactic": full_case(),
    "preemptive": preemptive_case(),
    "every field": every_field_case(),
    "excluded": changed(full_case(), organs__dialysis="yes"),
    "not computable": changed(full_case(), recipient__weight=None),
}


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def evaluation(request: pytest.FixtureRequest) -> dict[str, Any]:
    return evaluate_document(request.param, AS_OF)


def test_keys(evaluation: dict[str, Any]) -> None:
    top = {
        "format",
        "protocol",
        "as_of",
        "software",
        "releasable",
        "dose",
        "eligibility",
        "renal",
        "schedule",
        "findings",
    }
    dose = {
        *("status", "rule", "mnc_volume_ml", "cd3_volume_ml", "ordered_volume_ml", "limiting", "mnc_per_kg"),
        *("cd3_per_kg", "mnc_percent_of_target", "cd3_percent_of_target", "ml_per_kg", "dmso_g_per_kg"),
        *("red_cells_ml", "bags", "steps"),
    }
    renal = {"creatinine_mg_dl", "ckd_epi_2021", "ckd_epi_2009", "ckid_u25", "bedside_schwartz"}
    prophylaxis = {"gvhd_prophylaxis_stop_from", "gvhd_prophylaxis_stop_to"}
    assert top <= evaluation.keys()
    assert {"id", "version", "digest"} <= evaluation["protocol"].keys()
    assert dose <= evaluation["dose"].keys()
    assert renal <= evaluation["renal"].keys()
    assert {"day", "window", "chemotherapy_interval_hours"} | prophylaxis <= evaluation["schedule"].keys()
    for row in evaluation["eligibility"]["criteria"]:
        assert {"id", "status", "value", "limit", "rule", "source"} <= row.keys()
    for finding in evaluation["findings"]:
        assert {"code", "severity", "path", "message", "decidable", "decided_by"} <= finding.keys()


def test_protocol(evaluation: dict[str, Any]) -> None:
    assert evaluation["protocol"]["id"] == "NCT07319793"
    assert evaluation["protocol"]["digest"].startswith("sha256:")
    assert evaluation["as_of"]
    assert evaluation["software"]


def test_no_number_is_a_float(evaluation: dict[str, Any]) -> None:
    assert not [leaf for leaf in leaves(evaluation) if isinstance(leaf, float)]


def leaves(value: Any) -> list[Any]:
    """Everything in a document that is neither object nor list."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return [value] if inside is None else [leaf for item in inside for leaf in leaves(item)]


def test_figures_are_decimal_strings(evaluation: dict[str, Any]) -> None:
    words = ("status", "rule", "limiting", "bags", "steps")
    figures = [figure for name, figure in evaluation["dose"].items() if name not in words and figure is not None]
    figures += [figure for figure in evaluation["renal"].values() if figure is not None]
    assert all(DECIMAL.fullmatch(figure) for figure in figures)


def test_worst_finding_first(evaluation: dict[str, Any]) -> None:
    ranks = [SEVERITIES.index(finding["severity"]) for finding in evaluation["findings"]]
    assert ranks == sorted(ranks)


def test_codes_are_dotted(evaluation: dict[str, Any]) -> None:
    assert all("." in finding["code"] and finding["message"] for finding in evaluation["findings"])


def test_without_a_dose() -> None:
    evaluation = evaluate_document(CASES["not computable"], AS_OF)
    figures = {name: evaluation["dose"][name] for name in ("ordered_volume_ml", "mnc_per_kg", "cd3_per_kg", "limiting")}
    assert evaluation["dose"]["status"] == "not-computable"
    assert set(figures.values()) == {None}
    assert any(finding["severity"] == "stop" for finding in evaluation["findings"])


def test_the_example_of_the_contract() -> None:
    """Section 3, where the bag has 115 mL left because nothing is withheld."""
    evaluation = evaluate_document(changed(full_case(), products__0__withheld=None), AS_OF)
    dose = evaluation["dose"]
    assert evaluation["releasable"] is True
    assert (dose["status"], dose["rule"], dose["limiting"]) == ("computed", "lower-volume", "cd3")
    assert dose["mnc_volume_ml"].startswith("46.6666666666")
    assert {name: dose[name] for name in EXAMPLE} == EXAMPLE
    assert {name: dose["bags"][0][name] for name in EXAMPLE_BAG} == EXAMPLE_BAG
    assert evaluation["schedule"] == {
        "day": 48,
        "window": "inside",
        "chemotherapy_interval_hours": None,
        "gvhd_prophylaxis_stop_from": "2026-12-16",
        "gvhd_prophylaxis_stop_to": "2026-12-30",
    }


EXAMPLE = {
    "cd3_volume_ml": "35",
    "ordered_volume_ml": "35",
    "mnc_per_kg": "75000000",
    "cd3_per_kg": "30000000",
    "mnc_percent_of_target": "75",
    "cd3_percent_of_target": "100",
    "ml_per_kg": "0.5",
    "dmso_g_per_kg": "0",
    "red_cells_ml": "0.7",
}
EXAMPLE_BAG = {
    "product": 0,
    "mnc_per_ml": "150000000",
    "cd3_per_ml": "60000000",
    "volume_ml": "35",
    "left_ml": "115",
}


def test_steps_can_be_read(evaluation: dict[str, Any]) -> None:
    steps = evaluation["dose"]["steps"] or []
    assert steps or evaluation["dose"]["status"] == "not-computable"
    assert all({"text", "result", "unit"} <= step.keys() and step["text"] for step in steps)
