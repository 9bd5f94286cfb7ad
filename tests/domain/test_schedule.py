"""Day numbers, windows, the chemotherapy interval and the calendar of GVHD prophylaxis."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.schedule import Schedule, hours_between, plan_schedule
from tests.cases import changed, full_case, preemptive_case
from tests.domain.entries import codes, labelled
from tests.program import case_from, shipped_protocol


def planned(case: dict[str, Any], **changes: Any) -> tuple[Schedule, list[Any]]:
    read = case_from(changed(case, **changes))
    return plan_schedule(read.infusion, read.transplant.day_0, read.donor, shipped_protocol())


def prophylactic(**changes: Any) -> tuple[Schedule, list[Any]]:
    return planned(full_case(), **changes)


def preemptive(**changes: Any) -> tuple[Schedule, list[Any]]:
    return planned(preemptive_case(), **changes)


def test_good_schedule() -> None:
    """2026-10-01 to 2026-11-18 is 48 days; fully matched: 28 and 42 days after."""
    schedule, findings = prophylactic()
    assert schedule == (48, "inside", None, date(2026, 12, 16), date(2026, 12, 30))
    assert findings == []


@pytest.mark.parametrize(
    ("day_0", "day", "window"),
    [("2026-10-05", 44, "outside"), ("2026-10-04", 45, "inside"), ("2026-09-19", 60, "inside"),
     ("2026-09-18", 61, "outside")],
)  # fmt: skip
def test_prophylactic_window_is_day_45_to_60(day_0: str, day: int, window: str) -> None:
    schedule, findings = prophylactic(transplant__day_0=day_0)
    assert (schedule.day, schedule.window) == (day, window)
    assert codes(findings) == (["window.prophylactic"] if window == "outside" else [])
    assert all(finding.decidable and finding.params["day"] == f"+{day}" for finding in findings)


def test_day_is_that_of_the_local_date_of_the_start() -> None:
    """Half past midnight in Beijing is the day before in Greenwich."""
    assert prophylactic(infusion__planned_start="2026-11-18T00:30+08:00")[0].day == 48
    assert prophylactic(infusion__planned_start="2026-11-17T16:30Z")[0].day == 47


def test_no_start() -> None:
    schedule, findings = prophylactic(infusion__planned_start=None)
    assert schedule == (None, None, None, None, None)
    assert labelled(findings) == [
        ("infusion.start-unknown", "stop", "infusion.planned_start"),
        ("window.prophylactic-unknown", "stop", "infusion.planned_start"),
    ]


def test_no_day_0() -> None:
    schedule, findings = prophylactic(transplant__day_0=None)
    assert (schedule.day, schedule.window) == (None, None)
    assert labelled(findings) == [("window.prophylactic-unknown", "stop", "transplant.day_0")]
    assert labelled(preemptive(transplant__day_0=None)[1]) == [
        ("transplant.day-0-unknown", "review", "transplant.day_0")
    ]


def test_no_arm() -> None:
    schedule, findings = prophylactic(infusion__arm=None)
    assert schedule.window is None
    assert labelled(findings) == [("infusion.arm-unknown", "stop", "infusion.arm")]
    chemotherapy = {"regimen": "HAA", "last_dose_at": "2026-11-15T22:00+08:00"}
    assert codes(prophylactic(infusion__arm=None, infusion__chemotherapy=chemotherapy)[1]) == ["infusion.arm-unknown"]


def test_preemptive_arm_has_no_window() -> None:
    schedule, findings = preemptive(transplant__day_0="2026-03-01")
    assert (schedule.day, schedule.window) == (262, "not-applicable")
    assert findings == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [("no", "infusion.mrd-negative"), ("unknown", "infusion.mrd-unknown"), (None, "infusion.mrd-unknown")],
)
def test_preemptive_infusion_needs_mrd(answer: str | None, code: str) -> None:
    findings = preemptive(infusion__mrd_positive=answer)[1]
    assert labelled(findings) == [(code, "stop", "infusion.mrd_positive")]
    assert findings[0].decidable


@pytest.mark.parametrize(
    ("last_dose_at", "hours", "inside"),
    [
        ("2026-11-16T10:01+08:00", "2879/60", False),  # 47 h 59 min
        ("2026-11-16T10:00+08:00", "48", True),
        ("2026-11-15T10:00+08:00", "72", True),
        ("2026-11-15T02:00Z", "72", True),
        ("2026-11-15T09:59:59+08:00", "259201/3600", False),  # 72 h and a second
        ("2026-11-18T11:00+08:00", "-1", False),
    ],
)
def test_chemotherapy_interval_is_48_to_72_hours(last_dose_at: str, hours: str, inside: bool) -> None:
    schedule, findings = preemptive(infusion__chemotherapy__last_dose_at=last_dose_at)
    assert schedule.chemotherapy_interval_hours == Fraction(hours)
    assert codes(findings) == ([] if inside else ["chemotherapy.interval"])
    assert all(finding.decidable for finding in findings)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"infusion__chemotherapy": None}, ["chemotherapy.regimen-unknown", "chemotherapy.interval"]),
        ({"infusion__chemotherapy__last_dose_at": None}, ["chemotherapy.interval"]),
        ({"infusion__chemotherapy__regimen": None}, ["chemotherapy.regimen-unknown"]),
        ({"infusion__planned_start": None}, ["infusion.start-unknown", "chemotherapy.interval"]),
    ],
)
def test_unknown_course(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(preemptive(**changes)[1]) == expected


def test_chemotherapy_does_not_belong_to_the_prophylactic_arm() -> None:
    for course in ({"regimen": "HAA"}, {"last_dose_at": "2026-11-15T22:00+08:00"}):
        findings = prophylactic(infusion__chemotherapy=course)[1]
        assert labelled(findings) == [("chemotherapy.not-in-arm", "review", "infusion.chemotherapy")]
    assert prophylactic(infusion__chemotherapy={})[1] == []


def test_hours_are_exact_to_the_microsecond() -> None:
    earlier = datetime.fromisoformat("2026-11-18T10:00+08:00")
    later = datetime.fromisoformat("2026-11-18T03:00:00.000001+00:00")
    assert hours_between(earlier, later) == 1 + Fraction(1, 3_600_000_000)


@pytest.mark.parametrize(
    ("match", "first", "last"),
    [("fully-matched", "2026-05-18", "2026-06-01"), ("haploidentical", "2026-06-01", "2026-06-15")],
)
def test_prophylaxis_calendar(match: str, first: str, last: str) -> None:
    """An infusion on 2026-04-20: 4 to 6 weeks, or 6 to 8 weeks."""
    schedule, _ = prophylactic(infusion__planned_start="2026-04-20T10:00+08:00", donor__match=match)
    stops = (schedule.gvhd_prophylaxis_stop_from, schedule.gvhd_prophylaxis_stop_to)
    assert stops == (date.fromisoformat(first), date.fromisoformat(last))


WEEKS = {"infusion__gvhd_prophylaxis_weeks": {"from": "6", "to": "10"}}


@pytest.mark.parametrize("match", ["mismatched-unrelated", "other", None])
def test_other_donors_have_no_dates_until_a_prescriber_gives_weeks(match: str | None) -> None:
    schedule, findings = prophylactic(donor__match=match)
    assert schedule.gvhd_prophylaxis_stop_from is schedule.gvhd_prophylaxis_stop_to is None
    assert labelled(findings) == [("donor.match", "stop", "donor.match")]
    assert findings[0].decidable
    schedule, findings = prophylactic(donor__match=match, **WEEKS)
    assert schedule[3:] == (date(2026, 12, 30), date(2027, 1, 27))  # 42 and 70 days
    unknown = ["donor.match-unknown"] if match is None else []
    assert codes(findings) == ["prophylaxis.weeks-by-prescriber", *unknown]


def test_weeks_are_not_used_where_the_protocol_names_them() -> None:
    schedule, findings = prophylactic(**WEEKS)
    assert schedule[3:] == (date(2026, 12, 16), date(2026, 12, 30))
    assert labelled(findings) == [("prophylaxis.weeks-not-used", "review", "infusion.gvhd_prophylaxis_weeks")]


def test_half_given_weeks_are_not_weeks() -> None:
    assert codes(prophylactic(donor__match="other", infusion__gvhd_prophylaxis_weeks={"from": "6"})[1]) == [
        "donor.match"
    ]


def test_unknown_drug() -> None:
    assert labelled(prophylactic(infusion__gvhd_prophylaxis=None)[1]) == [
        ("prophylaxis.drug-unknown", "review", "infusion.gvhd_prophylaxis")
    ]
