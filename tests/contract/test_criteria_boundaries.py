"""Each criterion at its limit, just inside, just outside, and unknown.

Limits: registry record of NCT07319793 (eligibility criteria); equality never excludes (contract, section 4, rule 5).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.cases import AS_OF, at, changed, drop, full_case, put
from tests.contract.verdicts import EXCLUDED, NOT_EVALUABLE, PASSED, judged
from tests.program import evaluate_document

UPPER_LIMITS = [
    # criterion, laboratory value, unit, upper limit of normal, at the limit, just inside, just outside
    ("hepatic.alt", "alt", "U/L", "40", "120", "119.99", "120.01"),
    ("hepatic.ast", "ast", "U/L", "33", "99", "98.9", "99.1"),
    ("hepatic.bilirubin", "bilirubin", "umol/L", "21", "31.5", "31.4", "31.6"),
    ("renal.creatinine", "creatinine", "umol/L", "104", "156", "155.9", "156.1"),
    # In binary floating point 2.1 > 3.0 * 0.7 and 1.05 > 1.5 * 0.7.
    ("hepatic.alt", "alt", "ukat/L", "0.7", "2.1", "2.0999999999999999999", "2.1000000000000000001"),
    ("hepatic.ast", "ast", "ukat/L", "0.7", "2.1", "2.0999999999999999999", "2.1000000000000000001"),
    ("hepatic.bilirubin", "bilirubin", "mg/dL", "0.7", "1.05", "1.0499999999999999999", "1.0500000000000000001"),
    ("renal.creatinine", "creatinine", "mg/dL", "0.7", "1.05", "1.0499999999999999999", "1.0500000000000000001"),
    ("hepatic.alt", "alt", "U/L", "40.", "120.", "119.", "121."),
    ("hepatic.alt", "alt", "U/L", "0040.00", "0120.000", "1", "000121"),
]


@pytest.mark.parametrize("row", UPPER_LIMITS, ids=" ".join)
def test_upper_limits(row: tuple[str, ...]) -> None:
    criterion, lab, unit, upper_limit, limit, inside, outside = row

    def status(value: str | None, upper_limit: str | None) -> str:
        case = full_case()
        case["labs"][lab] |= {"value": value, "unit": unit, "upper_limit": upper_limit}
        return judged(case, criterion)

    assert status(limit, upper_limit) == PASSED
    assert status(inside, upper_limit) == PASSED
    assert status(outside, upper_limit) == EXCLUDED
    assert status(None, upper_limit) == NOT_EVALUABLE
    assert status(limit, None) == NOT_EVALUABLE


def test_exactly_at_every_upper_limit() -> None:
    """Upper limits of 0.1 to 30.0: binary floating point excludes more than a quarter of them."""
    wrong = [limit for limit in (Decimal(tenths) / 10 for tenths in range(1, 301)) if not passes_at(limit)]
    assert not wrong


def passes_at(upper_limit: Decimal) -> bool:
    """Whether values exactly at their limits exclude nobody."""
    case = full_case()
    for lab, times in (("alt", "3"), ("ast", "3.0"), ("bilirubin", "1.5"), ("creatinine", "1.5")):
        case["labs"][lab] |= {"value": f"{Decimal(times) * upper_limit:f}", "upper_limit": f"{upper_limit:f}"}
    rows = evaluate_document(case, AS_OF)["eligibility"]["criteria"]
    compared = ("hepatic.alt", "hepatic.ast", "hepatic.bilirubin", "renal.creatinine")
    return {row["status"] for row in rows if row["id"] in compared} == {PASSED}


NUMBERS = [
    ("cardiac.lvef", "organs.lvef.value", "50", PASSED),
    ("cardiac.lvef", "organs.lvef.value", "50.000", PASSED),
    ("cardiac.lvef", "organs.lvef.value", "50.1", PASSED),
    ("cardiac.lvef", "organs.lvef.value", "49.9", EXCLUDED),
    ("cardiac.lvef", "organs.lvef.value", "49.99999999999999999999", EXCLUDED),
    ("respiratory.spo2", "organs.spo2.value", "92", PASSED),
    ("respiratory.spo2", "organs.spo2.value", "92.1", PASSED),
    ("respiratory.spo2", "organs.spo2.value", "91.9", EXCLUDED),
    ("respiratory.spo2", "organs.spo2.value", "91.99999999999999999999", EXCLUDED),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning.value", "5", EXCLUDED),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning.value", "4.9", EXCLUDED),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning.value", "0", EXCLUDED),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning.value", "5.1", PASSED),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning.value", "5.00000000000000000001", PASSED),
]
WORDS = [
    ("cardiac.nyha", "organs.nyha_class", "I", PASSED),
    ("cardiac.nyha", "organs.nyha_class", "II", PASSED),
    ("cardiac.nyha", "organs.nyha_class", "III", EXCLUDED),
    ("cardiac.nyha", "organs.nyha_class", "IV", EXCLUDED),
    ("inclusion.disease", "transplant.disease", "AML", PASSED),
    ("inclusion.disease", "transplant.disease", "MDS-IB", PASSED),
    ("inclusion.disease", "transplant.disease", "other", EXCLUDED),
]


@pytest.mark.parametrize(("criterion", "path", "value", "status"), NUMBERS + WORDS)
def test_values(criterion: str, path: str, value: str, status: str) -> None:
    assert judged(put(full_case(), path, value), criterion) == status


QUESTIONS = [
    ("hepatic.known_disease", "organs.severe_cirrhosis"),
    ("hepatic.known_disease", "organs.portal_hypertension"),
    ("hepatic.known_disease", "organs.active_liver_disease"),
    ("renal.dialysis", "organs.dialysis"),
    ("cardiac.arrhythmia", "organs.uncontrolled_arrhythmia"),
    ("respiratory.oxygen", "organs.long_term_oxygen"),
    ("gvhd.active", "exclusions.active_uncontrolled_gvhd"),
    ("infection.severe", "exclusions.severe_infection"),
    ("relapse.early", "transplant.relapse_within_30_days"),
    ("trial.other", "exclusions.other_trial_within_3_months"),
    ("investigator.judgement", "exclusions.investigator_unsuitable"),
    ("inclusion.philadelphia", "transplant.philadelphia_positive"),
    ("inclusion.mrd", "transplant.mrd_negative_within_1_month"),
    ("inclusion.consent", "transplant.consent"),
]


@pytest.mark.parametrize(("criterion", "path"), QUESTIONS)
def test_questions(criterion: str, path: str) -> None:
    good = at(full_case(), path)
    bad = {"yes": "no", "no": "yes"}[good]
    assert judged(put(full_case(), path, good), criterion) == PASSED
    assert judged(put(full_case(), path, bad), criterion) == EXCLUDED
    assert judged(put(full_case(), path, "unknown"), criterion) == NOT_EVALUABLE


UNKNOWN = [
    *QUESTIONS,
    ("cardiac.nyha", "organs.nyha_class"),
    ("cardiac.event", "organs.cardiac_event_within_6_months"),
    ("cardiac.lvef", "organs.lvef"),
    ("cardiac.lvef", "organs.lvef.value"),
    ("cardiac.lvef", "organs.lvef.method"),
    ("respiratory.spo2", "organs.spo2"),
    ("respiratory.spo2", "organs.spo2.value"),
    ("respiratory.spo2", "organs.spo2.on_room_air"),
    ("inclusion.disease", "transplant.disease"),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning"),
    ("inclusion.refractory", "transplant.marrow_blasts_before_conditioning.value"),
    ("hepatic.alt", "labs.alt"),
    ("hepatic.ast", "labs.ast"),
    ("hepatic.bilirubin", "labs.bilirubin"),
    ("renal.creatinine", "labs.creatinine"),
    ("renal.egfr", "labs.creatinine"),
    ("renal.egfr", "labs.creatinine.value"),
    ("renal.egfr", "labs.creatinine.collected_on"),
    ("renal.egfr", "recipient.birth_date"),
    ("renal.egfr", "recipient.sex"),
]


@pytest.mark.parametrize(("criterion", "path"), UNKNOWN)
def test_unknown_is_never_a_pass(criterion: str, path: str) -> None:
    assert judged(put(full_case(), path, None), criterion) == NOT_EVALUABLE
    assert judged(drop(full_case(), path), criterion) == NOT_EVALUABLE


@pytest.mark.parametrize("section", ["organs", "exclusions", "labs", "transplant"])
def test_a_section_left_out_passes_nothing(section: str) -> None:
    of_section = {criterion for criterion, path in UNKNOWN if path.startswith(f"{section}.")}
    for case in (put(full_case(), section, None), drop(full_case(), section), put(full_case(), section, {})):
        rows = evaluate_document(case, AS_OF)["eligibility"]["criteria"]
        assert {row["status"] for row in rows if row["id"] in of_section} == {NOT_EVALUABLE}


def test_one_yes_outweighs_an_unknown() -> None:
    case = changed(full_case(), organs__severe_cirrhosis="unknown", organs__portal_hypertension="yes")
    assert judged(case, "hepatic.known_disease") == EXCLUDED


@pytest.mark.parametrize("on_room_air", ["no", "unknown", None])
@pytest.mark.parametrize("value", ["99", "80"])
def test_saturation_on_oxygen_says_nothing(value: str, on_room_air: str | None) -> None:
    case = put(full_case(), "organs.spo2", {"value": value, "unit": "%", "on_room_air": on_room_air})
    assert judged(case, "respiratory.spo2") == NOT_EVALUABLE


CARDIAC_EVENTS = [
    # date, answer, status on 2026-11-18
    (None, "no", PASSED),
    (None, "unknown", NOT_EVALUABLE),
    (None, None, NOT_EVALUABLE),
    (None, "yes", EXCLUDED),
    ("2026-05-19", "no", EXCLUDED),
    ("2026-05-18", "no", EXCLUDED),
    ("2026-05-17", "no", PASSED),
    ("2026-05-18", None, EXCLUDED),
    ("2026-05-18", "unknown", EXCLUDED),
    ("2026-05-17", None, PASSED),
    ("2026-05-17", "unknown", PASSED),
    ("2026-05-17", "yes", EXCLUDED),
    ("2026-11-18", "no", EXCLUDED),
]


@pytest.mark.parametrize(("event", "answer", "status"), CARDIAC_EVENTS)
def test_cardiac_event(event: str | None, answer: str | None, status: str) -> None:
    case = changed(full_case(), organs__last_cardiac_event_on=event, organs__cardiac_event_within_6_months=answer)
    assert judged(case, "cardiac.event") == status


@pytest.mark.parametrize(
    ("as_of", "start", "event", "status"),
    [
        # The look-back ends at the earlier of the two local dates.
        ("2026-12-18T08:00+08:00", "2026-11-18T10:00+08:00", "2026-05-18", EXCLUDED),
        ("2026-12-18T08:00+08:00", "2026-11-18T10:00+08:00", "2026-05-17", PASSED),
        ("2026-11-10T08:00+08:00", "2026-11-18T10:00+08:00", "2026-05-10", EXCLUDED),
        ("2026-11-10T08:00+08:00", "2026-11-18T10:00+08:00", "2026-05-09", PASSED),
        ("2026-11-18T00:30+08:00", "2026-11-18T00:30+08:00", "2026-05-17", PASSED),
        # Six months before 31 August is the last day of February.
        ("2026-08-31T08:00+08:00", "2026-08-31T10:00+08:00", "2026-02-28", EXCLUDED),
        ("2026-08-31T08:00+08:00", "2026-08-31T10:00+08:00", "2026-02-27", PASSED),
        # The year before.
        ("2026-03-15T08:00+08:00", "2026-03-15T10:00+08:00", "2025-09-15", EXCLUDED),
        ("2026-03-15T08:00+08:00", "2026-03-15T10:00+08:00", "2025-09-14", PASSED),
    ],
)
def test_end_of_the_cardiac_look_back(as_of: str, start: str, event: str, status: str) -> None:
    case = changed(full_case(), organs__last_cardiac_event_on=event, infusion__planned_start=start)
    assert judged(case, "cardiac.event", as_of) == status


def test_all_criteria_are_shown_for_every_case() -> None:
    shown: list[Any] = [
        [row["id"] for row in evaluate_document(case, AS_OF)["eligibility"]["criteria"]]
        for case in (full_case(), changed(full_case(), organs__dialysis="yes", organs__nyha_class=None))
    ]
    assert shown[0] == shown[1]
    assert len(shown[0]) == len(set(shown[0])) == 23


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, PASSED),
        ({"organs__nyha_class": None}, NOT_EVALUABLE),
        ({"organs__nyha_class": None, "organs__dialysis": "yes"}, EXCLUDED),
    ],
)
def test_the_worst_status_counts(fields: dict[str, Any], status: str) -> None:
    assert evaluate_document(changed(full_case(), **fields), AS_OF)["eligibility"]["status"] == status
