"""What the eligibility page says; expected words from the registry record, figures by hand or from `tests/vectors`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dlicalc.domain.eligibility import Status
from dlicalc.domain.finding import Finding, Severity, review, stop
from dlicalc.domain.protocol import CRITERION_IDS
from dlicalc.services.eligibility_view import (
    FED_BY,
    CriterionView,
    criteria_views,
    months_and_days,
    other_stops,
    span,
    summary_text,
    why_nobody,
)
from dlicalc.services.open_case import evaluate_document
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording.eligibility_page import NOBODY, RECORD
from tests.cases import AS_OF, changed, full_case
from tests.program import shipped_protocol

RECORD_TEXT = (Path(__file__).parents[1] / "vectors" / "NCT07319793-criteria.txt").read_text("utf-8").replace("\\", "")
DECISION = {"by": "Dr Prescriber", "role": "prescriber", "reason": "falling for three days", "at": AS_OF}


def snapshot(as_of: str = AS_OF, **fields: Any) -> Snapshot:
    case = changed(full_case(), **fields)
    return evaluate_document(case, shipped_protocol(), datetime.fromisoformat(as_of))


def view(name: str, as_of: str = AS_OF, **fields: Any) -> CriterionView:
    (found,) = (one for one in criteria_views(snapshot(as_of, **fields), Words()) if one.id == name)
    return found


def test_every_criterion_has_its_place_on_the_page() -> None:
    assert set(FED_BY) == set(CRITERION_IDS)
    assert len({fed_by[-1] for fed_by in FED_BY.values()}) == len(FED_BY)


def test_the_protocol_file_quotes_the_registry_record() -> None:
    """Letter by letter; "…" stands where words are left out."""
    for criterion in shipped_protocol().criteria.values():
        for part in criterion.text.split(" … "):
            assert part in RECORD_TEXT


def test_every_wording_of_the_protocol_file_is_in_the_catalogue() -> None:
    assert {criterion.text for criterion in shipped_protocol().criteria.values()} == set(RECORD)


@pytest.mark.parametrize(
    ("value", "status", "measure"),
    [
        ("35", Status.NOT_EXCLUDED, "35 U/L = 0.875 × ULN; excluded above 3 × ULN"),
        ("120", Status.NOT_EXCLUDED, "120 U/L = 3 × ULN; excluded above 3 × ULN"),
        ("121", Status.EXCLUDED, "121 U/L = 3.025 × ULN; excluded above 3 × ULN"),
        (None, Status.NOT_EVALUABLE, "needed: ALT and that laboratory's upper limit; excluded above 3 × ULN"),
    ],
)
def test_a_laboratory_value_against_its_limit(value: str | None, status: Status, measure: str) -> None:
    """Upper limit 40: 35/40 = 0.875, 120/40 = 3, 121/40 = 3.025."""
    alt = view("hepatic.alt", labs__alt__value=value)
    assert (alt.status, alt.measure, alt.passed) == (status, measure, status is Status.NOT_EXCLUDED)
    assert alt.word == {0: "not excluded", 1: "not evaluable", 2: "excluded"}[status]
    assert (alt.finding is None) is alt.passed


def test_a_ratio_that_does_not_end_is_marked() -> None:
    """12/21 = 0.571428…"""
    assert view("hepatic.bilirubin").measure == "12 µmol/L ≈ 0.57143 × ULN; excluded above 1.5 × ULN"


@pytest.mark.parametrize(
    ("name", "fields", "measure"),
    [
        ("inclusion.disease", {}, "AML; excluded if other"),
        ("inclusion.refractory", {}, "12 %; excluded at 5 % or less"),
        ("cardiac.nyha", {}, "I; excluded from III upwards"),
        ("cardiac.lvef", {}, "61 %; excluded below 50 %"),
        ("renal.dialysis", {"organs__dialysis": "unknown"}, "needed: an answer, yes or no; excluded if yes"),
    ],
)
def test_other_values_against_their_limits(name: str, fields: dict[str, Any], measure: str) -> None:
    assert view(name, **fields).measure == measure


def test_the_record_is_quoted_with_its_source() -> None:
    oxygen = view("respiratory.spo2")
    assert oxygen.record == "resting oxygen saturation (SpO₂) < 92% on room air"
    assert oxygen.source.startswith("NCT07319793 registry record")
    assert oxygen.name == "SpO₂ at rest on room air"


@pytest.mark.parametrize(
    ("as_of", "start", "taken", "age"),
    [
        (AS_OF, "2026-11-18T10:00+08:00", "2026-11-17", ("sample 1 day before the infusion",)),
        (AS_OF, "2026-11-20T10:00+08:00", "2026-11-17", ("sample 3 days before the infusion",)),
        (AS_OF, "2026-11-18T10:00+08:00", "2026-11-18", ("sample of the day of the infusion",)),
        (AS_OF, None, "2026-11-16", ("sample 2 days before today",)),
        (AS_OF, None, "2026-11-18", ("sample of today",)),
        (AS_OF, "2026-11-17T10:00+08:00", "2026-11-16", ("sample 2 days before today",)),
        (AS_OF, None, "2026-11-19", ()),
        (AS_OF, None, None, ()),
    ],
)
def test_how_old_a_sample_is_when_it_is_used(as_of: str, start: Any, taken: Any, age: tuple[str, ...]) -> None:
    assert view("hepatic.ast", as_of, infusion__planned_start=start, labs__ast__collected_on=taken).details == age


@pytest.mark.parametrize(
    ("on", "status", "detail"),
    [
        ("2026-06-06", Status.EXCLUDED, "5 months 12 days before 2026-11-18, look-back 6 months"),
        ("2026-05-18", Status.EXCLUDED, "6 months before 2026-11-18, look-back 6 months"),
        ("2026-05-17", Status.NOT_EXCLUDED, "6 months 1 day before 2026-11-18, look-back 6 months"),
        ("2026-11-17", Status.EXCLUDED, "1 day before 2026-11-18, look-back 6 months"),
        ("2026-11-18", Status.EXCLUDED, "on 2026-11-18, look-back 6 months"),
        ("2026-11-19", Status.EXCLUDED, "after 2026-11-18, look-back 6 months"),
        (None, Status.NOT_EVALUABLE, "look-back 6 months from 2026-11-18"),
    ],
)
def test_the_look_back_is_computed_from_dates(on: str | None, status: Status, detail: str) -> None:
    """Counted on a calendar; the protocol file: the same day of the month counts as within."""
    event = view("cardiac.event", organs__last_cardiac_event_on=on, organs__cardiac_event_within_6_months=None)
    assert (event.status, event.details) == (status, (detail,))
    assert event.measure.endswith("excluded if yes, or on 2026-05-18 or later")


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("2026-05-31", "2026-11-30", (5, 30)),
        ("2025-11-30", "2026-11-30", (12, 0)),
        ("2026-11-01", "2026-11-18", (0, 17)),
        ("2026-10-19", "2026-11-18", (0, 30)),
        ("2024-02-29", "2025-02-28", (11, 28)),
    ],
)
def test_months_and_days(earlier: str, later: str, expected: tuple[int, int]) -> None:
    """Whole months counted back from the later day as the look-back counts them, then days."""
    assert months_and_days(date.fromisoformat(earlier), date.fromisoformat(later)) == expected


@pytest.mark.parametrize(
    ("months", "days", "text"),
    [(1, 1, "1 month 1 day"), (2, 0, "2 months"), (0, 9, "9 days"), (12, 30, "12 months 30 days")],
)
def test_span(months: int, days: int, text: str) -> None:
    assert span(months, days, Words()) == text


def test_an_event_that_contradicts_the_answer_is_told_at_the_criterion() -> None:
    event = view("cardiac.event", organs__last_cardiac_event_on="2026-06-06")
    assert event.urgency is Severity.REVIEW
    assert [remark for remark in event.remarks if "contradicts" in remark]


def man_of_62(**fields: Any) -> dict[str, Any]:
    """62.11 by CKD-EPI 2021 and 58.48 by 2009, as in `tests/contract/test_renal.py`."""
    return {
        "recipient__sex": "male",
        "recipient__birth_date": "1964-11-17",
        "labs__creatinine": {"value": "1.3", "unit": "mg/dL", "upper_limit": "2", "collected_on": "2026-11-17"},
    } | fields


def test_both_years_are_shown_when_they_disagree_across_60() -> None:
    egfr = view("renal.egfr", **man_of_62())
    assert egfr.measure == "CKD-EPI 2021, creatinine: 62.1 mL/min/1.73 m²; excluded below 60 mL/min/1.73 m²"
    assert egfr.details == (
        "On the day of the sample: 62 years, male",
        "CKD-EPI 2009, creatinine: 58.4 mL/min/1.73 m² (for comparison)",
    )
    (remark,) = egfr.remarks
    assert "62.1" in remark
    assert "58.4" in remark
    assert egfr.urgency is Severity.REVIEW


def test_years_that_agree_are_shown_quietly() -> None:
    """In 2026 she is 42; CKiD U25 ends at 25."""
    egfr = view("renal.egfr")
    assert egfr.remarks == ()
    assert [detail.partition(":")[0] for detail in egfr.details] == [
        "On the day of the sample",
        "CKD-EPI 2009, creatinine",
    ]


def test_estimates_by_cystatin_are_shown_for_comparison() -> None:
    details = view("renal.egfr", labs__cystatin_c={"value": "1.2", "unit": "mg/L"}).details
    assert [detail.partition(":")[0] for detail in details[2:]] == [
        "CKD-EPI 2012, cystatin C",
        "CKD-EPI 2021, creatinine and cystatin C",
    ]


def test_under_18_there_is_advice_and_no_verdict() -> None:
    """A girl of 12 with 0.8 mg/dL and 149 cm: CKiD U25 67.23625 (`egfr_vectors.csv`), 0.413 × 149 / 0.8 = 76.92."""
    creatinine = {"value": "0.8", "unit": "mg/dL", "upper_limit": "2", "collected_on": "2026-11-17"}
    girl = {"recipient__birth_date": "2014-11-17", "recipient__height__value": "149", "labs__creatinine": creatinine}
    egfr = view("renal.egfr", **girl)
    assert egfr.status is Status.NOT_EVALUABLE
    assert egfr.measure == (
        "eGFR by CKD-EPI: not judged by the protocol's equation under 18 years; excluded below 60 mL/min/1.73 m²"
    )
    assert egfr.details == (
        "On the day of the sample: 12 years, female",
        "CKiD U25, creatinine: 67.2 mL/min/1.73 m² (advice)",
        "Bedside Schwartz: 76.9 mL/min/1.73 m² (advice)",
    )
    assert len(egfr.remarks) == 1
    without_height = view("renal.egfr", **girl | {"recipient__height": None})
    assert len(without_height.remarks) == 2
    assert len(without_height.details) == 1


def test_without_a_birth_date_the_egfr_says_what_it_needs() -> None:
    egfr = view("renal.egfr", recipient__birth_date=None)
    assert egfr.measure.startswith("eGFR by CKD-EPI: needed: creatinine with its sample date, birth date, sex")
    assert egfr.details == ()


def test_what_is_to_be_known_of_an_entry_stands_at_its_criterion() -> None:
    """Dialysis makes the estimate meaningless; a limit of 400 U/L is unusual; 13 days are more than 7."""
    assert len(view("renal.dialysis", organs__dialysis="yes").remarks) == 1
    assert view("hepatic.alt", labs__alt__upper_limit="400").remarks != ()
    (stale,) = view("hepatic.ast", labs__ast__collected_on="2026-11-05").remarks
    assert "13 days" in stale
    assert view("hepatic.alt", labs__ast__collected_on="2026-11-05").remarks == ()


def test_a_decision_is_shown_and_counted() -> None:
    case = {"labs__alt__value": "121", "decisions": [DECISION | {"code": "hepatic.alt"}]}
    alt = view("hepatic.alt", **case)
    assert (alt.status, alt.decided) == (Status.EXCLUDED, "Decided by Dr Prescriber: falling for three days")
    assert alt.finding is not None
    assert not alt.finding.blocks
    text = summary_text(snapshot(**case).evaluation, Words())
    assert text == "1 against, 0 open, 22 passed; of these decided: 1"


def test_the_summary_counts_all_criteria() -> None:
    case = snapshot(labs__alt__value="121", organs__dialysis=None, organs__nyha_class="unknown")
    assert summary_text(case.evaluation, Words()) == "1 against, 2 open, 20 passed"


def test_other_stops_and_doubtful_decisions_are_listed_apart() -> None:
    """Day +78 is outside +45 to +60; the decision on AST rules on nothing."""
    case = snapshot(
        labs__alt__value="121",
        transplant__day_0="2026-09-01",
        recipient__weight=None,
        labs__ast__collected_on="2026-11-05",
        decisions=[DECISION | {"code": "hepatic.ast"}],
    )
    codes = [finding.code for finding in other_stops(case.evaluation)]
    assert sorted(codes) == ["decision.unmatched", "weight.unknown", "window.prophylactic"]


@pytest.mark.parametrize(
    ("finding", "kind"),
    [
        (stop("entry.unreadable", "labs.alt.value"), "unreadable"),
        (stop("recipient.mrn-unknown", "recipient.mrn"), "identity"),
        (stop("product.din-check", "products.0.din_check"), "identity"),
        (stop("product.blood-group-conflict", "products.0.abo_rhd"), "identity"),
        (stop("infusion.arm-unknown", "infusion.arm"), "plan"),
        (stop("product.expired", "products.0.expires_at"), "safety"),
        (stop("dose.cd3-ceiling", "infusion.dose_rule"), "safety"),
        (stop("dmso-per-kg.out-of-bounds", "products"), "safety"),
        (stop("weight.unknown", "recipient.weight"), "physics"),
        (stop("counts.cd3-above-mnc", "products.0.counts.cd3"), "physics"),
        (stop("weight.out-of-bounds", "recipient.weight"), "physics"),
    ],
)
def test_why_nobody_can_decide_a_stop(finding: Finding, kind: str) -> None:
    """Contract, section 3: physics, identity and safety are never decidable."""
    assert why_nobody(finding, Words()) == NOBODY[kind]


def test_what_somebody_can_decide_needs_no_such_reason() -> None:
    assert why_nobody(stop("window.prophylactic", "infusion.planned_start", decidable=True), Words()) == ""
    assert why_nobody(review("decision.unmatched", "decisions.0"), Words()) == ""
