"""Criteria one by one, look-backs, and which estimates of renal function are given to whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.eligibility import (
    RenalFunction,
    Status,
    Verdict,
    creatinine_mg_dl,
    event_findings,
    months_before,
    renal_findings,
    renal_function,
)
from dlicalc.domain.finding import Finding
from dlicalc.domain.protocol import CRITERION_IDS
from tests.domain.entries import case, codes, evaluation, labelled, percent
from tests.program import shipped_protocol

OUT, IN, UNKNOWN = "excluded", "not-excluded", "not-evaluable"


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ("2026-11-18", 6, "2026-05-18"), ("2026-05-31", 6, "2025-11-30"), ("2026-08-31", 6, "2026-02-28"),
        ("2024-08-31", 6, "2024-02-29"), ("2024-08-29", 6, "2024-02-29"), ("2026-08-29", 6, "2026-02-28"),
        ("2026-01-15", 6, "2025-07-15"), ("2026-12-31", 12, "2025-12-31"), ("2024-02-29", 12, "2023-02-28"),
        ("2026-01-31", 1, "2025-12-31"), ("2026-03-31", 1, "2026-02-28"), ("2026-06-30", 0, "2026-06-30"),
        ("2026-01-01", 25, "2023-12-01"),
    ],
)  # fmt: skip
def test_months_before(day: str, months: int, earlier: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(earlier)


def verdict(name: str, **changes: Any) -> Verdict:
    return next(verdict for verdict in evaluation(**changes).verdicts if verdict.id == name)


def test_all_criteria_in_the_order_of_the_contract() -> None:
    assert tuple(verdict.id for verdict in evaluation().verdicts) == CRITERION_IDS


def test_words_of_the_contract() -> None:
    assert [status.label for status in sorted(Status)] == [IN, UNKNOWN, OUT]


def test_known_disease_is_any_of_three() -> None:
    names = ("organs__severe_cirrhosis", "organs__portal_hypertension", "organs__active_liver_disease")
    assert verdict("hepatic.known_disease").status.label == IN
    for name in names:
        assert verdict("hepatic.known_disease", **{name: "yes"})[1:3] == (Status.EXCLUDED, "yes")
        for answer in (None, "unknown"):
            assert verdict("hepatic.known_disease", **{name: answer})[1:3] == (Status.NOT_EVALUABLE, None)
    assert verdict("hepatic.known_disease", **{names[0]: None, names[1]: "yes"}).status.label == OUT


LIMITS = [
    ("hepatic.alt", "labs__alt", "120", "120.000001", "3"), ("hepatic.ast", "labs__ast", "120", "120.1", "3"),
    ("hepatic.bilirubin", "labs__bilirubin", "31.5", "31.51", "3/2"),
    ("renal.creatinine", "labs__creatinine", "156", "156.01", "3/2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "at_limit", "above", "times"), LIMITS)
def test_multiple_of_the_upper_limit(name: str, path: str, at_limit: str, above: str, times: str) -> None:
    assert verdict(name, **{f"{path}__value": at_limit})[1:3] == (Status.NOT_EXCLUDED, Fraction(times))
    assert verdict(name, **{f"{path}__value": above}).status.label == OUT
    for unknown in ({path: None}, {f"{path}__upper_limit": None}, {f"{path}__upper_limit": "0"}):
        assert verdict(name, **unknown)[1:3] == (Status.NOT_EVALUABLE, None)


def test_multiples_are_compared_exactly() -> None:
    """In doubles 2.1 > 3 x 0.7 and 1.05 > 1.5 x 0.7 are true."""
    alt = {"value": "2.1", "unit": "ukat/L", "upper_limit": "0.7"}
    bilirubin = {"value": "1.05", "unit": "mg/dL", "upper_limit": "0.7"}
    assert verdict("hepatic.alt", labs__alt=alt).status.label == IN
    assert verdict("hepatic.bilirubin", labs__bilirubin=bilirubin).status.label == IN


ANSWERS = {
    "renal.dialysis": ("organs__dialysis", "yes", "no"),
    "cardiac.arrhythmia": ("organs__uncontrolled_arrhythmia", "yes", "no"),
    "respiratory.oxygen": ("organs__long_term_oxygen", "yes", "no"),
    "gvhd.active": ("exclusions__active_uncontrolled_gvhd", "yes", "no"),
    "infection.severe": ("exclusions__severe_infection", "yes", "no"),
    "relapse.early": ("transplant__relapse_within_30_days", "yes", "no"),
    "trial.other": ("exclusions__other_trial_within_3_months", "yes", "no"),
    "investigator.judgement": ("exclusions__investigator_unsuitable", "yes", "no"),
    "inclusion.philadelphia": ("transplant__philadelphia_positive", "yes", "no"),
    "inclusion.mrd": ("transplant__mrd_negative_within_1_month", "no", "yes"),
    "inclusion.consent": ("transplant__consent", "no", "yes"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers(name: str) -> None:
    path, against, good = ANSWERS[name]
    assert verdict(name, **{path: against})[1:3] == (Status.EXCLUDED, against)
    assert verdict(name, **{path: good})[1:3] == (Status.NOT_EXCLUDED, good)
    for unknown in ("unknown", None):
        assert verdict(name, **{path: unknown})[1:3] == (Status.NOT_EVALUABLE, None)


@pytest.mark.parametrize(("disease", "status"), [("AML", IN), ("MDS-IB", IN), ("other", OUT), (None, UNKNOWN)])
def test_disease(disease: str | None, status: str) -> None:
    assert verdict("inclusion.disease", transplant__disease=disease).status.label == status


@pytest.mark.parametrize(
    ("nyha", "status"), [("I", IN), ("II", IN), ("III", OUT), ("IV", OUT), ("unknown", UNKNOWN), (None, UNKNOWN)]
)
def test_nyha(nyha: str | None, status: str) -> None:
    assert verdict("cardiac.nyha", organs__nyha_class=nyha).status.label == status


BLASTS = "transplant__marrow_blasts_before_conditioning"


@pytest.mark.parametrize(
    ("name", "path", "value", "status"),
    [
        ("cardiac.lvef", "organs__lvef__value", "50", IN), ("cardiac.lvef", "organs__lvef__value", "49.99", OUT),
        ("cardiac.lvef", "organs__lvef__method", "mri", UNKNOWN),
        ("cardiac.lvef", "organs__lvef__method", None, UNKNOWN),
        ("cardiac.lvef", "organs__lvef", None, UNKNOWN), ("respiratory.spo2", "organs__spo2__value", "92", IN),
        ("respiratory.spo2", "organs__spo2__value", "91.9", OUT),
        ("respiratory.spo2", "organs__spo2__on_room_air", "no", UNKNOWN),
        ("respiratory.spo2", "organs__spo2__on_room_air", None, UNKNOWN),
        ("inclusion.refractory", f"{BLASTS}__value", "5", OUT),  # "> 5 %" is the inclusion
        ("inclusion.refractory", f"{BLASTS}__value", "5.01", IN), ("inclusion.refractory", BLASTS, None, UNKNOWN),
    ],
)  # fmt: skip
def test_percentages(name: str, path: str, value: str | None, status: str) -> None:
    assert verdict(name, **{path: value}).status.label == status


EVENT, ANSWER = "organs__last_cardiac_event_on", "organs__cardiac_event_within_6_months"


@pytest.mark.parametrize(
    ("answer", "on", "status", "value"),
    [
        ("yes", None, OUT, "yes"), ("no", None, IN, "no"), (None, None, UNKNOWN, None),
        ("unknown", None, UNKNOWN, None),
        (None, "2026-05-18", OUT, "2026-05-18"),  # the same day of the month six months before counts
        (None, "2026-05-17", IN, "2026-05-17"), ("unknown", "2026-05-17", IN, "2026-05-17"),
        ("no", "2026-06-01", OUT, "2026-06-01"), ("yes", "2020-01-01", OUT, "2020-01-01"),
        ("no", "2020-01-01", IN, "2020-01-01"),
    ],
)  # fmt: skip
def test_cardiac_event(answer: str | None, on: str | None, status: str, value: str | None) -> None:
    found = verdict("cardiac.event", **{ANSWER: answer, EVENT: on})
    assert (found.status.label, found.value) == (status, value)


def test_look_back_counts_from_the_earlier_of_today_and_the_infusion() -> None:
    """Enrolment is not later than either: as of 2026-11-18, an infusion on 10 November looks back to 10 May."""
    earlier, later = "2026-11-10T10:00+08:00", "2026-12-10T10:00+08:00"
    assert verdict("cardiac.event", **{EVENT: "2026-05-17", ANSWER: None}, infusion__planned_start=earlier).status == 2
    assert verdict("cardiac.event", **{EVENT: "2026-05-18", ANSWER: None}, infusion__planned_start=later).status == 2
    assert verdict("cardiac.event", **{EVENT: "2026-05-18", ANSWER: None}, infusion__planned_start=None).status == 2


@pytest.mark.parametrize(
    ("answer", "on", "contradicts"),
    [("no", "2026-06-01", True), ("yes", "2020-01-01", True), ("no", "2020-01-01", False), ("yes", "2026-06-01", False),
     (None, "2026-06-01", False), ("yes", None, False), ("unknown", "2026-06-01", False)],
)  # fmt: skip
def test_date_and_answer_that_contradict_each_other(answer: str | None, on: str | None, contradicts: bool) -> None:
    organs = case(**{ANSWER: answer, EVENT: on}).organs
    found = labelled(event_findings(organs, date(2026, 11, 18), shipped_protocol()))
    expected = ("cardiac.event-contradiction", "review", "organs.last_cardiac_event_on")
    assert found == ([expected] if contradicts else [])


# --- Renal function ---


def renal(**changes: Any) -> RenalFunction:
    read = case(**changes)
    return renal_function(read.recipient, read.labs, shipped_protocol().renal)


def findings(dialysis: str | None = "no", **changes: Any) -> list[Finding]:
    return renal_findings(renal(**changes), case(**changes).recipient, dialysis, shipped_protocol())


def test_creatinine_in_mg_per_dl() -> None:
    micromolar, milligrams = case().labs, case(labs__creatinine__unit="mg/dL", labs__creatinine__value="0.9").labs
    assert micromolar.creatinine is not None
    assert milligrams.creatinine is not None
    by_factor = creatinine_mg_dl(micromolar.creatinine, shipped_protocol().renal)
    assert by_factor == Fraction(780, 884)  # 78 / 88.4
    assert creatinine_mg_dl(milligrams.creatinine, shipped_protocol().renal) == Fraction("0.9")


@pytest.mark.parametrize("creatinine", [None, {"value": "0", "unit": "umol/L", "collected_on": "2026-11-17"}])
def test_no_creatinine_no_estimate(creatinine: Any) -> None:
    assert renal(labs__creatinine=creatinine) == RenalFunction()
    assert verdict("renal.egfr", labs__creatinine=creatinine).status.label == UNKNOWN


@pytest.mark.parametrize(
    "changes",
    [{"recipient__birth_date": None}, {"recipient__sex": None}, {"labs__creatinine__collected_on": None},
     {"recipient__birth_date": "2026-11-18"}],
)  # fmt: skip
def test_without_sex_and_age_there_is_only_the_creatinine(changes: dict[str, Any]) -> None:
    assert renal(**changes) == RenalFunction(creatinine_mg_dl=Fraction(780, 884))
    assert verdict("renal.egfr", **changes).status.label == UNKNOWN


# Born so long before the sample of 2026-11-17.
AGES = {
    "11 months": ("2025-12-17", (False, False, False)), "1 year": ("2025-11-17", (False, True, True)),
    "17 years": ("2008-11-18", (False, True, True)), "18 years": ("2008-11-17", (True, True, False)),
    "25 years": ("2000-11-18", (True, True, False)), "26 years": ("2000-11-17", (True, False, False)),
}  # fmt: skip


@pytest.mark.parametrize(("born", "given"), AGES.values(), ids=AGES)
def test_which_equation_for_which_age(born: str, given: tuple[bool, bool, bool]) -> None:
    estimates = renal(recipient__birth_date=born)
    adult, u25, schwartz = given
    assert (estimates.ckd_epi_2021 is not None) is (estimates.ckd_epi_2009 is not None) is adult
    assert (estimates.ckid_u25 is not None, estimates.bedside_schwartz is not None) == (u25, schwartz)
    assert (verdict("renal.egfr", recipient__birth_date=born).status.label == UNKNOWN) is not adult


def test_no_height_no_estimate_for_children() -> None:
    child = {"recipient__birth_date": "2015-11-17", "recipient__height": None}
    assert renal(**child).ckid_u25 is renal(**child).bedside_schwartz is None
    assert labelled(findings(**child)) == [
        ("renal.child", "review", "recipient.birth_date"), ("renal.height-unknown", "note", "recipient.height"),
    ]  # fmt: skip


def test_child_is_a_review() -> None:
    assert labelled(findings(recipient__birth_date="2008-11-18")) == [("renal.child", "review", "recipient.birth_date")]
    assert findings(recipient__birth_date="2008-11-17") == []


def test_cystatin_c_is_for_adults_and_advice() -> None:
    cystatin = {"labs__cystatin_c": {"value": "0.9", "unit": "mg/L"}}
    adult, child = renal(**cystatin), renal(**cystatin, recipient__birth_date="2008-11-18")
    assert None not in (adult.ckd_epi_2012_cystatin, adult.ckd_epi_2021_creatinine_cystatin)
    assert child.ckd_epi_2012_cystatin is child.ckd_epi_2021_creatinine_cystatin is None
    assert adult.ckd_epi_2021 == renal().ckd_epi_2021
    zero = renal(labs__cystatin_c={"value": "0", "unit": "mg/L"})
    assert zero.ckd_epi_2012_cystatin is zero.ckd_epi_2021_creatinine_cystatin is None


def test_the_protocol_names_the_year_that_governs() -> None:
    own = shipped_protocol().renal
    other = own.model_copy(update={"equation": "ckd-epi-2009"})
    estimates = renal()
    assert (estimates.governing(own), estimates.other(own)) == (estimates.ckd_epi_2021, estimates.ckd_epi_2009)
    assert (estimates.governing(other), estimates.other(other)) == (estimates.ckd_epi_2009, estimates.ckd_epi_2021)


@pytest.mark.parametrize(
    ("born", "creatinine", "found"),
    [
        ("1964-11-17", "1.02", ["renal.equations-disagree"]),  # F 62: 62.20 by 2021, 58.90 by 2009
        ("1964-11-17", "0.8", []),
        ("1964-11-17", "1.5", []),  # both below 60
    ],
)
def test_years_that_disagree_across_the_limit(born: str, creatinine: str, found: list[str]) -> None:
    value = {"value": creatinine, "unit": "mg/dL", "upper_limit": "1.2", "collected_on": "2026-11-17"}
    assert codes(findings(recipient__birth_date=born, labs__creatinine=value)) == found


def test_estimate_on_dialysis_is_explained() -> None:
    assert labelled(findings(dialysis="yes")) == [("renal.estimate-on-dialysis", "note", "organs.dialysis")]
    assert findings(dialysis="yes", labs__creatinine=None) == []
    assert findings(dialysis=None) == []


def test_nothing_is_rounded_before_it_is_compared() -> None:
    """F 21 y, 1.30 mg/dL: 59.9975, which rounds to 60."""
    value = {"value": "1.30", "unit": "mg/dL", "upper_limit": "1.2", "collected_on": "2026-11-17"}
    found = verdict("renal.egfr", recipient__birth_date="2005-11-17", labs__creatinine=value)
    assert found.status.label == OUT
    assert isinstance(found.value, Fraction | Decimal)
    assert Fraction("59.9975") < Fraction(found.value) < 60


def test_percentages_are_those_that_were_typed() -> None:
    assert verdict("cardiac.lvef", organs__lvef=percent("61.0", method="echo-doppler")).value == 61
