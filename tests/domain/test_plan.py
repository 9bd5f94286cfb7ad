"""Weeks of prophylaxis, and decisions that somebody stands for."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.plan import Decision, ProphylaxisWeeks
from tests.domain.entries import refusals


@pytest.mark.parametrize(("first", "last"), [("6", "8"), ("6", "6"), ("6.0", "8."), ("0", "520")])
def test_whole_weeks(first: str, last: str) -> None:
    weeks = ProphylaxisWeeks.model_validate({"from": first, "to": last})
    assert weeks.whole_weeks == (int(float(first)), int(float(last)))


@pytest.mark.parametrize("weeks", [{}, {"from": "6"}, {"to": "8"}, {"from": None, "to": "8"}])
def test_half_given_weeks_are_unknown(weeks: dict[str, Any]) -> None:
    assert ProphylaxisWeeks.model_validate(weeks).whole_weeks is None


@pytest.mark.parametrize(
    ("weeks", "why"),
    [
        ({"from": "6.5", "to": "8"}, "weeks_whole"), ({"to": "8.1"}, "weeks_whole"),
        ({"from": "6", "to": "521"}, "weeks_whole"), ({"from": "521"}, "weeks_whole"),
        ({"from": "8", "to": "6"}, "weeks_order"),
    ],
)  # fmt: skip
def test_other_weeks_are_refused(weeks: dict[str, Any], why: str) -> None:
    assert refusals(ProphylaxisWeeks, weeks) == [("", why)]


def test_field_is_called_from_in_files_only() -> None:
    assert refusals(ProphylaxisWeeks, {"from_": "6"}) == [("from_", "extra_forbidden")]


@pytest.mark.parametrize("missing", ["code", "by", "reason"])
def test_decision_needs_code_name_and_reason(missing: str) -> None:
    decision = {"code": "renal.egfr", "by": "Dr Zhang", "reason": "transient"}
    assert refusals(Decision, decision) == []
    del decision[missing]
    assert refusals(Decision, decision) == [(missing, "missing")]
