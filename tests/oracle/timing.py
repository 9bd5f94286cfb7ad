"""Day count, window, chemotherapy interval and the dates on which GVHD prophylaxis stops (contract, rule 7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

PROPHYLACTIC_DAYS = range(45, 61)
PROPHYLAXIS_DAYS = {"fully-matched": (28, 42), "haploidentical": (42, 56)}


def schedule(case: dict[str, Any]) -> dict[str, Any]:
    """The contract's schedule: dates as ISO text, the interval in hours as a Fraction, None where not known."""
    infusion = case["infusion"]
    start = datetime.fromisoformat(infusion["planned_start"]) if infusion.get("planned_start") else None
    day_0 = case["transplant"].get("day_0")
    day = (start.date() - date.fromisoformat(day_0)).days if start and day_0 else None

    window = "not-applicable" if infusion["arm"] == "preemptive" else None
    if infusion["arm"] == "prophylactic" and day is not None:
        window = "inside" if day in PROPHYLACTIC_DAYS else "outside"

    hours = None
    last_dose = (infusion.get("chemotherapy") or {}).get("last_dose_at")
    if infusion["arm"] == "preemptive" and start and last_dose:
        gap = start - datetime.fromisoformat(last_dose)
        hours = Fraction(gap.days * 86400 + gap.seconds, 3600)

    weeks = infusion.get("gvhd_prophylaxis_weeks")
    days = PROPHYLAXIS_DAYS.get(case["donor"]["match"])
    if days is None and weeks:
        days = (7 * int(weeks["from"]), 7 * int(weeks["to"]))
    stop_from, stop_to = ((start.date() + timedelta(n)).isoformat() for n in days) if start and days else (None, None)
    return {
        "day": day,
        "window": window,
        "chemotherapy_interval_hours": hours,
        "gvhd_prophylaxis_stop_from": stop_from,
        "gvhd_prophylaxis_stop_to": stop_to,
    }
