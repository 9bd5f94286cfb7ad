"""The trial's criteria on one case (registry record NCT07319793; contract, rules 5 and 6).

Three answers: "excluded", "not-excluded", "not-evaluable". Unknown is never a pass, equality never excludes.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.cases import at
from tests.oracle.renal import ADULT, renal

EXCLUDED, PASSED, NOT_EVALUABLE = "excluded", "not-excluded", "not-evaluable"


def criteria(case: dict[str, Any], as_of: str) -> dict[str, str]:
    """The status of each criterion, by its id."""
    organs, exclusions, transplant = case["organs"], case["exclusions"], case["transplant"]
    liver = [organs["severe_cirrhosis"], organs["portal_hypertension"], organs["active_liver_disease"]]
    lvef, spo2 = organs["lvef"] or {}, organs["spo2"] or {}
    return {
        "hepatic.known_disease": _any_yes(*liver),
        "hepatic.alt": _above_upper_limit(case, "alt", "3"),
        "hepatic.ast": _above_upper_limit(case, "ast", "3"),
        "hepatic.bilirubin": _above_upper_limit(case, "bilirubin", "1.5"),
        "renal.egfr": _egfr(case),
        "renal.creatinine": _above_upper_limit(case, "creatinine", "1.5"),
        "renal.dialysis": _any_yes(organs["dialysis"]),
        "cardiac.nyha": _one_of(organs["nyha_class"], passing=("I", "II")),
        "cardiac.event": _cardiac_event(case, as_of),
        "cardiac.lvef": _below(lvef, 50, lvef.get("method") == "echo-doppler"),
        "cardiac.arrhythmia": _any_yes(organs["uncontrolled_arrhythmia"]),
        "respiratory.oxygen": _any_yes(organs["long_term_oxygen"]),
        "respiratory.spo2": _below(spo2, 92, spo2.get("on_room_air") == "yes"),
        "gvhd.active": _any_yes(exclusions["active_uncontrolled_gvhd"]),
        "infection.severe": _any_yes(exclusions["severe_infection"]),
        "relapse.early": _any_yes(transplant["relapse_within_30_days"]),
        "trial.other": _any_yes(exclusions["other_trial_within_3_months"]),
        "investigator.judgement": _any_yes(exclusions["investigator_unsuitable"]),
        "inclusion.disease": _one_of(transplant["disease"], passing=("AML", "MDS-IB")),
        "inclusion.philadelphia": _any_yes(transplant["philadelphia_positive"]),
        "inclusion.refractory": _blasts(transplant["marrow_blasts_before_conditioning"] or {}),
        "inclusion.mrd": _required(transplant["mrd_negative_within_1_month"]),
        "inclusion.consent": _required(transplant["consent"]),
    }


def eligibility(statuses: dict[str, str]) -> str:
    """The worst status of all criteria."""
    return next((status for status in (EXCLUDED, NOT_EVALUABLE) if status in statuses.values()), PASSED)


def six_months_before(day: date) -> date:
    """The same day of the month six calendar months earlier, or that month's last day."""
    month = day.month - 6
    year, month = (day.year, month) if month > 0 else (day.year - 1, month + 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _cardiac_event(case: dict[str, Any], as_of: str) -> str:
    """An event within six months of enrolment, by its date or by the answer."""
    organs = case["organs"]
    until = datetime.fromisoformat(as_of).date()
    if case["infusion"].get("planned_start"):
        until = min(until, datetime.fromisoformat(case["infusion"]["planned_start"]).date())
    event, answer = organs["last_cardiac_event_on"], organs["cardiac_event_within_6_months"]
    if answer == "yes" or (event and date.fromisoformat(event) >= six_months_before(until)):
        return EXCLUDED
    return PASSED if event or answer == "no" else NOT_EVALUABLE


def _egfr(case: dict[str, Any]) -> str:
    """CKD-EPI 2021 below 60, for adults only."""
    figures = renal(case)
    if figures["ckd_epi_2021"] is None or figures["age"] < ADULT:
        return NOT_EVALUABLE
    return EXCLUDED if figures["ckd_epi_2021"] < 60 else PASSED


def _above_upper_limit(case: dict[str, Any], lab: str, times: str) -> str:
    """Whether a value is above so many times its laboratory's upper limit of normal."""
    value, limit = at(case, f"labs.{lab}.value"), at(case, f"labs.{lab}.upper_limit")
    if value is None or limit is None:
        return NOT_EVALUABLE
    return EXCLUDED if Fraction(value) > Fraction(times) * Fraction(limit) else PASSED


def _below(quantity: dict[str, Any], limit: int, measured_as_required: bool) -> str:
    """Whether a value, measured the way that the protocol asks for, is below a limit."""
    if quantity.get("value") is None or not measured_as_required:
        return NOT_EVALUABLE
    return EXCLUDED if Fraction(quantity["value"]) < limit else PASSED


def _blasts(quantity: dict[str, Any]) -> str:
    """Refractory or relapsed disease: more than 5 % blasts before conditioning."""
    if quantity.get("value") is None:
        return NOT_EVALUABLE
    return PASSED if Fraction(quantity["value"]) > 5 else EXCLUDED


def _any_yes(*answers: str | None) -> str:
    """Excluded by one yes; passed only if every answer is no."""
    if "yes" in answers:
        return EXCLUDED
    return PASSED if all(answer == "no" for answer in answers) else NOT_EVALUABLE


def _required(answer: str | None) -> str:
    """An inclusion criterion that has to be answered with yes."""
    return {"yes": PASSED, "no": EXCLUDED}.get(answer or "unknown", NOT_EVALUABLE)


def _one_of(answer: str | None, passing: tuple[str, ...]) -> str:
    """A choice of which only some pass."""
    if answer is None:
        return NOT_EVALUABLE
    return PASSED if answer in passing else EXCLUDED
