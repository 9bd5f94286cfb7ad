"""Reading an evaluation: the status of a criterion, stops and reviews, and deciding a stop."""

from __future__ import annotations

import copy
from typing import Any

from tests.cases import AS_OF
from tests.program import evaluate_document

EXCLUDED, PASSED, NOT_EVALUABLE = "excluded", "not-excluded", "not-evaluable"
Case = dict[str, Any]
Finding = dict[str, Any]


def judged(case: Case, criterion: str, as_of: str = AS_OF) -> str:
    """The status of one criterion; anything but a pass has to be an undecided, decidable stop of that name."""
    evaluation = evaluate_document(case, as_of)
    (status,) = (row["status"] for row in evaluation["eligibility"]["criteria"] if row["id"] == criterion)
    stopped = [stop["decidable"] for stop in open_stops(evaluation) if stop["code"] == criterion]
    assert stopped == ([] if status == PASSED else [True])
    assert status == PASSED or not evaluation["releasable"]
    return status


def open_stops(evaluation: dict[str, Any]) -> list[Finding]:
    """The stops that nobody has decided."""
    return [f for f in evaluation["findings"] if f["severity"] == "stop" and f["decided_by"] is None]


def codes(evaluation: dict[str, Any], severity: str) -> set[str]:
    """The codes of all findings of one severity."""
    return {finding["code"] for finding in evaluation["findings"] if finding["severity"] == severity}


def only_stop(case: Case, as_of: str = AS_OF) -> Finding:
    """The one stop that blocks a case."""
    evaluation = evaluate_document(case, as_of)
    assert evaluation["releasable"] is False
    (stop,) = open_stops(evaluation)
    return stop


def decided(case: Case, code: str) -> Case:
    """A copy in which a prescriber has decided one finding."""
    case = copy.deepcopy(case)
    case["decisions"].append(
        {
            "code": code,
            "by": "Dr Zhang",
            "role": "prescriber",
            "reason": "benefit outweighs the risk",
            "at": "2026-11-18T07:30+08:00",
        }
    )
    return case
