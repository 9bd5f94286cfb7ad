"""Day numbers, the windows of the trial, the chemotherapy interval and the GVHD-prophylaxis calendar."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal, NamedTuple

from dlicalc.domain.finding import Finding, note, review, stop
from dlicalc.domain.plan import Infusion
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.recipient import Donor

WindowState = Literal["inside", "outside", "not-applicable"]


class Schedule(NamedTuple):
    """``None`` is unknown, or does not apply to the arm; days count from the transplant on day 0."""

    day: int | None
    window: WindowState | None
    chemotherapy_interval_hours: Fraction | None
    gvhd_prophylaxis_stop_from: date | None
    gvhd_prophylaxis_stop_to: date | None


def hours_between(earlier: datetime, later: datetime) -> Fraction:
    """Exact hours from ``earlier`` to ``later``."""
    return Fraction((later - earlier) // timedelta(microseconds=1), 3600 * 10**6)


def plan_schedule(
    infusion: Infusion, day_0: date | None, donor: Donor, protocol: Protocol
) -> tuple[Schedule, list[Finding]]:
    """The schedule of the infusion, and what in it departs from the protocol or is unknown."""
    start = infusion.planned_start
    infusion_date = start.date() if start is not None else None
    day = (infusion_date - day_0).days if infusion_date is not None and day_0 is not None else None
    findings = [] if start is not None else [stop("infusion.start-unknown", "infusion.planned_start")]
    window, window_findings = _window(infusion, day, day_0, protocol)
    interval, chemotherapy_findings = _chemotherapy(infusion, protocol)
    first, last, prophylaxis_findings = _prophylaxis(infusion, donor, infusion_date, protocol)
    findings += window_findings + chemotherapy_findings + prophylaxis_findings
    return Schedule(day, window, interval, first, last), findings


def _window(
    infusion: Infusion, day: int | None, day_0: date | None, protocol: Protocol
) -> tuple[WindowState | None, list[Finding]]:
    if infusion.arm is None:
        return None, [stop("infusion.arm-unknown", "infusion.arm")]
    if infusion.arm == "preemptive":
        unknown_day = [review("transplant.day-0-unknown", "transplant.day_0")] if day_0 is None else []
        return "not-applicable", unknown_day + _mrd(infusion)
    window = protocol.windows.prophylactic
    path = "transplant.day_0" if day_0 is None else "infusion.planned_start"
    if day is None:
        return None, [stop("window.prophylactic-unknown", path, decidable=True)]
    if window.first_day <= day <= window.last_day:
        return "inside", []
    bounds = {"first": window.first_day, "last": window.last_day}
    return "outside", [stop("window.prophylactic", path, decidable=True, day=f"{day:+d}", **bounds)]


def _mrd(infusion: Infusion) -> list[Finding]:
    if infusion.mrd_positive == "yes":
        return []
    code = "infusion.mrd-negative" if infusion.mrd_positive == "no" else "infusion.mrd-unknown"
    return [stop(code, "infusion.mrd_positive", decidable=True)]


def _chemotherapy(infusion: Infusion, protocol: Protocol) -> tuple[Fraction | None, list[Finding]]:
    course, path = infusion.chemotherapy, "infusion.chemotherapy"
    if infusion.arm != "preemptive":
        given = course is not None and (course.regimen is not None or course.last_dose_at is not None)
        return None, [review("chemotherapy.not-in-arm", path)] if given and infusion.arm == "prophylactic" else []
    findings = [] if course and course.regimen else [review("chemotherapy.regimen-unknown", f"{path}.regimen")]
    path = f"{path}.last_dose_at"
    if course is None or course.last_dose_at is None or infusion.planned_start is None:
        return None, [*findings, stop("chemotherapy.interval", path, decidable=True, hours="")]
    hours = hours_between(course.last_dose_at, infusion.planned_start)
    window = protocol.windows.chemotherapy
    if not window.at_least_hours <= hours <= window.at_most_hours:
        bounds = {"least": window.at_least_hours, "most": window.at_most_hours}
        findings.append(stop("chemotherapy.interval", path, decidable=True, hours=hours, **bounds))
    return hours, findings


def _prophylaxis(
    infusion: Infusion, donor: Donor, infusion_date: date | None, protocol: Protocol
) -> tuple[date | None, date | None, list[Finding]]:
    findings = []
    if infusion.gvhd_prophylaxis is None:
        findings.append(review("prophylaxis.drug-unknown", "infusion.gvhd_prophylaxis"))
    days, more = _prophylaxis_days(infusion, donor, protocol)
    findings += more
    if days is None or infusion_date is None:
        return None, None, findings
    first, last = (infusion_date + timedelta(days=day) for day in days)
    return first, last, findings


def _prophylaxis_days(
    infusion: Infusion, donor: Donor, protocol: Protocol
) -> tuple[tuple[int, int] | None, list[Finding]]:
    """Days after the infusion between which prophylaxis may stop: the protocol's, else the prescriber's."""
    weeks = infusion.gvhd_prophylaxis_weeks
    own = weeks.whole_weeks if weeks is not None else None
    path = "infusion.gvhd_prophylaxis_weeks"
    if donor.match in ("fully-matched", "haploidentical"):
        window = protocol.gvhd_prophylaxis[donor.match]
        ignored = [review("prophylaxis.weeks-not-used", path, match=donor.match)] if own else []
        return (window.first_day, window.last_day), ignored
    if own is None:
        return None, [stop("donor.match", "donor.match", decidable=True, match=donor.match or "")]
    first, last = own
    by_prescriber = note("prophylaxis.weeks-by-prescriber", path, first=first, last=last)
    unknown = [review("donor.match-unknown", "donor.match")] if donor.match is None else []
    return (first * 7, last * 7), [by_prescriber, *unknown]
