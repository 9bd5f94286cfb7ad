"""Where an evaluation of the program and the oracle disagree on one case."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.figures import agrees, close
from tests.oracle import criteria, dose, eligibility, renal, schedule
from tests.oracle.renal import ADULT

CD3_CEILING_PER_KG = 10**8
DOSE_FIGURES = (
    "mnc_volume_ml",
    "cd3_volume_ml",
    "ordered_volume_ml",
    "mnc_per_kg",
    "cd3_per_kg",
    "mnc_percent_of_target",
    "cd3_percent_of_target",
    "ml_per_kg",
    "dmso_g_per_kg",
    "red_cells_ml",
)


def disagreements(case: dict[str, Any], as_of: str, evaluation: dict[str, Any]) -> list[str]:
    """One line for each figure, status or date that differs; empty if there is none."""
    return [
        *_dose(case, evaluation),
        *_eligibility(case, as_of, evaluation),
        *_renal(case, evaluation["renal"]),
        *_schedule(case, evaluation),
        *_release(evaluation),
    ]


def undecided_stops(evaluation: dict[str, Any]) -> set[str]:
    """The codes of the stops that block."""
    stops = (finding for finding in evaluation["findings"] if finding["severity"] == "stop")
    return {stop["code"] for stop in stops if stop["decided_by"] is None}


def _dose(case: dict[str, Any], evaluation: dict[str, Any]) -> list[str]:
    expected, found = dose(case), evaluation["dose"]
    if expected.get("contradictory"):
        return ["contradictory counts may be released"] if evaluation["releasable"] else []
    if expected["status"] != found["status"]:
        return [f"dose.status {found['status']}, expected {expected['status']}"]
    if expected["status"] == "not-computable":
        return [f"dose.{name} {found[name]}, expected null" for name in DOSE_FIGURES if found[name] is not None]
    lines = [
        f"dose.{name} {found[name]}, expected {expected[name]}"
        for name in DOSE_FIGURES
        if not agrees(found[name], expected[name])
    ]
    lines += [
        f"dose.{name} {found[name]}, expected {expected[name]}"
        for name in ("rule", "limiting")
        if found[name] != expected[name]
    ]
    above = expected["cd3_per_kg"] >= CD3_CEILING_PER_KG
    if above != ("dose.cd3-ceiling" in undecided_stops(evaluation)):
        lines.append(f"dose.cd3-ceiling {not above}, expected {above}")
    return lines + _bags(expected["bags"], found["bags"])


def _bags(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    """Bags by their product's index; one that is not listed counts as one of which nothing is ordered."""
    listed = {bag["product"]: bag for bag in found}
    lines = [
        f"dose.bags {index} is missing"
        for index, bag in enumerate(expected)
        if bag["volume_ml"] and index not in listed
    ]
    for index, bag in listed.items():
        lines += [
            f"dose.bags.{index}.{name} {bag[name]}, expected {figure}"
            for name, figure in expected[index].items()
            if not agrees(bag[name], figure)
        ]
    return lines


def _eligibility(case: dict[str, Any], as_of: str, evaluation: dict[str, Any]) -> list[str]:
    expected = criteria(case, as_of)
    found = {criterion["id"]: criterion["status"] for criterion in evaluation["eligibility"]["criteria"]}
    lines = [
        f"{name} {found.get(name)}, expected {expected.get(name)}"
        for name in sorted(expected.keys() | found.keys())
        if found.get(name) != expected.get(name)
    ]
    if evaluation["eligibility"]["status"] != eligibility(expected):
        lines.append(f"eligibility.status {evaluation['eligibility']['status']}, expected {eligibility(expected)}")
    failed = {name for name, status in expected.items() if status != "not-excluded"}
    return lines + [f"no stop {name}" for name in sorted(failed - undecided_stops(evaluation))]


def _renal(case: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """CKD-EPI for adults to 12 digits; in children Schwartz too, and U25 as far as the age in decimals is agreed."""
    expected = renal(case)
    lines = []
    if not agrees(found["creatinine_mg_dl"], expected["creatinine_mg_dl"]):
        lines.append(f"renal.creatinine_mg_dl {found['creatinine_mg_dl']}, expected {expected['creatinine_mg_dl']}")
    if expected["age"] is None:
        return lines
    digits = {"ckd_epi_2021": 12, "ckd_epi_2009": 12} if expected["age"] >= ADULT else {}
    if 1 < expected["age"] < ADULT and "ckid_u25" in expected:
        digits = {"bedside_schwartz": 12, "ckid_u25": 4}
    return lines + [
        f"renal.{name} {found[name]}, expected {expected[name]:.15}"
        for name, places in digits.items()
        if found[name] is None or not close(found[name], expected[name], places)
    ]


def _schedule(case: dict[str, Any], evaluation: dict[str, Any]) -> list[str]:
    expected, found = schedule(case), evaluation["schedule"]
    lines = [
        f"schedule.{name} {found[name]}, expected {expected[name]}"
        for name in ("day", "gvhd_prophylaxis_stop_from", "gvhd_prophylaxis_stop_to")
        if found[name] != expected[name]
    ]
    if expected["window"] != found["window"] and (expected["window"] or found["window"] == "inside"):
        lines.append(f"schedule.window {found['window']}, expected {expected['window']}")
    hours: Fraction | None = expected["chemotherapy_interval_hours"]
    if not agrees(found["chemotherapy_interval_hours"], hours):
        lines.append(f"schedule.chemotherapy_interval_hours {found['chemotherapy_interval_hours']}, expected {hours}")
    if hours is not None and (48 <= hours <= 72) == ("chemotherapy.interval" in undecided_stops(evaluation)):
        lines.append(f"chemotherapy.interval is wrong for {float(hours)} h")
    return lines


def _release(evaluation: dict[str, Any]) -> list[str]:
    if evaluation["releasable"] == bool(undecided_stops(evaluation)):
        return [f"releasable {evaluation['releasable']} with stops {sorted(undecided_stops(evaluation))}"]
    return []
