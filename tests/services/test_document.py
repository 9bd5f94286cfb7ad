"""The evaluation in the public format, on figures of the contract's own example."""

from __future__ import annotations

from typing import Any

from dlicalc.services.document import evaluation_document
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case
from tests.program import evaluation, shipped_protocol
from tests.worked_doses import CASES


def document(case: dict[str, Any]) -> dict[str, Any]:
    return dict(evaluation_document(evaluation(case, AS_OF), Words(), "dlicalc 0"))


def test_header() -> None:
    printed = document(full_case())
    assert (printed["format"], printed["software"]) == ("dlicalc-evaluation/1", "dlicalc 0")
    assert printed["as_of"] == "2026-11-18T08:00:00+08:00"
    assert printed["protocol"]["digest"] == shipped_protocol().digest


def test_dose_of_the_contract() -> None:
    dose = document(full_case())["dose"]
    steps = dose.pop("steps")
    assert dose == {
        "status": "computed", "rule": "lower-volume", "mnc_volume_ml": "46.6666666666667", "cd3_volume_ml": "35",
        "ordered_volume_ml": "35", "limiting": "cd3", "mnc_per_kg": "75000000", "cd3_per_kg": "30000000",
        "mnc_percent_of_target": "75", "cd3_percent_of_target": "100", "ml_per_kg": "0.5", "dmso_g_per_kg": "0",
        "red_cells_ml": "0.7",
        "bags": [{"product": 0, "mnc_per_ml": "150000000", "cd3_per_ml": "60000000", "volume_ml": "35",
                  "left_ml": "108"}],  # 150 - 7 - 35
    }  # fmt: skip
    assert steps[-1]["result"] == "30000000"


def test_no_dose_keeps_its_fields_as_null() -> None:
    computed, missing = document(full_case())["dose"], document(changed(full_case(), recipient__weight=None))["dose"]
    assert list(missing) == list(computed)
    assert (missing["status"], missing["rule"], missing["bags"]) == ("not-computable", "lower-volume", [])
    figures = set(missing) - {"status", "rule", "bags", "steps"}
    assert {missing[name] for name in figures} == {None}


def test_figures_that_cannot_be_told_are_null() -> None:
    dose = document(changed(CASES["E6"], products__0__hematocrit=None, products__0__state=None))["dose"]
    assert (dose["mnc_volume_ml"], dose["cd3_volume_ml"], dose["red_cells_ml"], dose["dmso_g_per_kg"]) == (None,) * 4


def test_criterion_with_value_limit_and_source() -> None:
    criteria = {row["id"]: row for row in document(full_case())["eligibility"]["criteria"]}
    alt = criteria["hepatic.alt"]
    assert (alt["status"], alt["value"], alt["limit"], alt["rule"], alt["unit"]) == (
        "not-excluded", "0.875", "3", ">", "{ULN}",
    )  # fmt: skip
    assert criteria["renal.dialysis"]["value"] == "no"
    assert all(row["source"] and row["text"] for row in criteria.values())


def test_renal_and_schedule() -> None:
    printed = document(full_case())
    assert printed["renal"]["creatinine_mg_dl"] == "0.882352941176471"  # 78 / 88.4
    assert printed["renal"]["ckid_u25"] is None
    assert printed["schedule"] == {
        "day": 48, "window": "inside", "chemotherapy_interval_hours": None,
        "gvhd_prophylaxis_stop_from": "2026-12-16", "gvhd_prophylaxis_stop_to": "2026-12-30",
    }  # fmt: skip
    unknown = document({"format": "dlicalc-case/1", "protocol": "NCT07319793"})
    assert set(unknown["renal"].values()) == set(unknown["schedule"].values()) == {None}


def test_decided_finding_says_by_whom() -> None:
    decision = {"code": "renal.dialysis", "by": "Dr Zhang", "role": "prescriber", "reason": "single session"}
    case = changed(full_case(), organs__dialysis="yes", decisions=[decision | {"at": AS_OF}])
    first, *others = document(case)["findings"]
    assert first == {
        "code": "renal.dialysis", "severity": "stop", "path": "organs.dialysis", "decidable": True,
        "message": "Criterion against the infusion: regular dialysis.", "decided_by": "Dr Zhang",
        "decision": {"by": "Dr Zhang", "role": "prescriber", "reason": "single session",
                     "at": "2026-11-18T08:00:00+08:00"},
    }  # fmt: skip
    assert {finding["decision"] for finding in others} == {None}
