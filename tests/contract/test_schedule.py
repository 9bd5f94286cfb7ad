"""Day count, windows, chemotherapy interval and the dates of prophylaxis (contract, section 4, rule 7)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.cases import AS_OF, changed, full_case, preemptive_case
from tests.contract.verdicts import codes, decided, only_stop, open_stops
from tests.figures import agrees
from tests.program import evaluate_document


def prophylactic_on(day_0: str) -> dict[str, Any]:
    """Planned start on 2026-11-18."""
    return changed(full_case(), transplant__day_0=day_0)


@pytest.mark.parametrize(
    ("day_0", "day", "window"),
    [
        ("2026-10-05", 44, "outside"),
        ("2026-10-04", 45, "inside"),
        ("2026-09-19", 60, "inside"),
        ("2026-09-18", 61, "outside"),
        ("2025-10-01", 413, "outside"),
    ],
)
def test_prophylactic_window(day_0: str, day: int, window: str) -> None:
    evaluation = evaluate_document(prophylactic_on(day_0), AS_OF)
    assert (evaluation["schedule"]["day"], evaluation["schedule"]["window"]) == (day, window)
    assert evaluation["releasable"] is (window == "inside")


@pytest.mark.parametrize("day_0", ["2026-10-05", "2026-09-18"])
def test_outside_the_window_can_be_decided(day_0: str) -> None:
    stop = only_stop(prophylactic_on(day_0))
    assert stop["decidable"] is True
    assert evaluate_document(decided(prophylactic_on(day_0), stop["code"]), AS_OF)["releasable"] is True


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-11-15T00:00+08:00", 45),  # the day before in UTC
        ("2026-11-14T23:59+08:00", 44),
        ("2026-11-15T23:59-08:00", 45),  # the day after in UTC
        ("2026-11-15T00:00+00:00", 45),
    ],
)
def test_days_are_local(start: str, day: int) -> None:
    case = changed(full_case(), infusion__planned_start=start)
    assert evaluate_document(case, "2026-11-14T08:00+08:00")["schedule"]["day"] == day


def test_no_window_for_the_preemptive_arm() -> None:
    evaluation = evaluate_document(changed(preemptive_case(), transplant__day_0="2026-06-01"), AS_OF)
    assert (evaluation["schedule"]["day"], evaluation["schedule"]["window"]) == (170, "not-applicable")
    assert evaluation["releasable"] is True


INTERVALS = [
    # last dose before 2026-11-18T10:00+08:00, hours, allowed
    ("2026-11-16T10:01+08:00", Fraction(2879, 60), False),
    ("2026-11-16T10:00+08:00", Fraction(48), True),
    ("2026-11-15T22:00+08:00", Fraction(60), True),
    ("2026-11-15T10:00+08:00", Fraction(72), True),
    ("2026-11-15T09:59+08:00", Fraction(4321, 60), False),
    ("2026-11-16T02:00+00:00", Fraction(48), True),
    ("2026-11-16T02:00:01+00:00", Fraction(172799, 3600), False),
    ("2026-11-15T02:00Z", Fraction(72), True),
]


@pytest.mark.parametrize(("last_dose", "hours", "allowed"), INTERVALS)
def test_chemotherapy_interval(last_dose: str, hours: Fraction, allowed: bool) -> None:
    evaluation = evaluate_document(changed(preemptive_case(), infusion__chemotherapy__last_dose_at=last_dose), AS_OF)
    assert agrees(evaluation["schedule"]["chemotherapy_interval_hours"], hours)
    assert {stop["code"] for stop in open_stops(evaluation)} == (set() if allowed else {"chemotherapy.interval"})


def test_chemotherapy_interval_can_be_decided() -> None:
    case = changed(preemptive_case(), infusion__chemotherapy__last_dose_at="2026-11-16T10:01+08:00")
    assert only_stop(case)["decidable"] is True
    assert evaluate_document(decided(case, "chemotherapy.interval"), AS_OF)["releasable"] is True


@pytest.mark.parametrize("field", ["infusion__chemotherapy", "infusion__chemotherapy__last_dose_at"])
def test_unknown_chemotherapy_is_never_a_pass(field: str) -> None:
    evaluation = evaluate_document(changed(preemptive_case(), **{field: None}), AS_OF)
    assert evaluation["releasable"] is False
    assert evaluation["schedule"]["chemotherapy_interval_hours"] is None


@pytest.mark.parametrize("field", ["transplant__day_0", "infusion__planned_start"])
def test_an_unknown_day_is_never_inside(field: str) -> None:
    evaluation = evaluate_document(changed(full_case(), **{field: None}), AS_OF)
    assert evaluation["releasable"] is False
    assert evaluation["schedule"]["day"] is None
    assert evaluation["schedule"]["window"] != "inside"


@pytest.mark.parametrize(
    ("match", "first", "last"),
    [("fully-matched", "2026-12-16", "2026-12-30"), ("haploidentical", "2026-12-30", "2027-01-13")],
)
def test_prophylaxis_stops(match: str, first: str, last: str) -> None:
    evaluation = evaluate_document(changed(full_case(), donor__match=match), AS_OF)
    schedule = evaluation["schedule"]
    assert (schedule["gvhd_prophylaxis_stop_from"], schedule["gvhd_prophylaxis_stop_to"]) == (first, last)
    assert evaluation["releasable"] is True


@pytest.mark.parametrize("match", ["mismatched-unrelated", "other", None])
def test_prophylaxis_of_other_donors_is_the_prescribers(match: str | None) -> None:
    case = changed(full_case(), donor__match=match)
    stop = only_stop(case)
    assert (stop["code"], stop["decidable"]) == ("donor.match", True)
    assert evaluate_document(case, AS_OF)["schedule"]["gvhd_prophylaxis_stop_from"] is None
    assert evaluate_document(decided(case, "donor.match"), AS_OF)["releasable"] is True


@pytest.mark.parametrize("match", ["mismatched-unrelated", "other"])
def test_weeks_given_by_the_prescriber(match: str) -> None:
    case = changed(full_case(), donor__match=match, infusion__gvhd_prophylaxis_weeks={"from": "6", "to": "8"})
    evaluation = evaluate_document(case, AS_OF)
    assert evaluation["schedule"]["gvhd_prophylaxis_stop_from"] == "2026-12-30"
    assert evaluation["schedule"]["gvhd_prophylaxis_stop_to"] == "2027-01-13"
    assert evaluation["releasable"] is True


@pytest.mark.parametrize(
    ("expires_at", "expired"), [("2026-11-18T09:59+08:00", True), ("2026-11-18T20:00+08:00", False)]
)
def test_expiry_at_the_planned_start(expires_at: str, expired: bool) -> None:
    evaluation = evaluate_document(changed(full_case(), products__0__expires_at=expires_at), AS_OF)
    assert ("product.expired" in codes(evaluation, "stop")) is expired
    assert evaluation["releasable"] is not expired


def test_expiry_in_another_time_zone() -> None:
    case = changed(full_case(), products__0__expires_at="2026-11-18T01:59+00:00")
    assert only_stop(case)["code"] == "product.expired"
