"""Findings, steps, verdicts and problems as sentences."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from dlicalc.domain.eligibility import Status, Verdict
from dlicalc.domain.finding import note, review, stop
from dlicalc.domain.step import Step
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words, english
from dlicalc.services.wording.bilingual import bilingual, joined
from dlicalc.services.wording.words import moment_shown, verdict_text
from tests.program import shipped_protocol

ENGLISH = Words()


def loud(sentence: str) -> str:
    """A second language: everything shouted, but the places for values."""
    return re.sub(r"(\{\w+\})|([^{}]+)", lambda part: part[1] or part[2].upper(), sentence)


BOTH = bilingual(loud)
CRITERIA = shipped_protocol().criteria


def test_english_is_its_own_catalogue() -> None:
    assert english("Weight") == Words()("Weight") == "Weight"


@pytest.mark.parametrize(
    ("code", "term"), [("cd3", "CD3⁺"), ("mnc+cd3", "MNC and CD3⁺"), (None, "unknown"), ("III", "III"), ("60", "60")]
)
def test_terms(code: str | None, term: str) -> None:
    assert ENGLISH.term(code) == term


@pytest.mark.parametrize(
    ("code", "unit"), [("10*9/L", "× 10⁹/L"), ("[lb_av]", "lb"), ("1", ""), ("%", "%"), ("a", "years"), ("mL", "mL")]
)
def test_units(code: str, unit: str) -> None:
    assert ENGLISH.unit(code) == unit


@pytest.mark.parametrize(
    ("typed", "shown"), [("62.50 kg", "62.50 kg"), ("154 [lb_av]", "154 lb"), ("6", "6"), ("2.450 /uL", "2.450 /µL")]
)
def test_entries_keep_what_was_typed(typed: str, shown: str) -> None:
    assert ENGLISH.entered(typed) == shown


FINDINGS = {
    "moment": (
        stop("product.expired", "products.0.expires_at", expires_at="2026-11-18T10:00:00+08:00"),
        "The bag expires at 2026-11-18 10:00 +08:00, not later than the planned start.",
    ),
    "cells": (
        stop("dose.cd3-ceiling", "x", cd3_per_kg=Fraction(10**8), ceiling=Fraction(10**8)),
        "The order would give 100 × 10⁶ CD3⁺ per kg; 100 × 10⁶ per kg is the ceiling that nobody passes.",
    ),
    "whole numbers": (
        review("product.old", "x", hours=73, limit=72),
        "A fresh product is 73 h old at the planned start (limit 72 h).",
    ),
    "terms": (
        stop("dose.rule", "x", rule="mnc", protocol_rule="lower-volume"),
        "Dose rule “MNC” instead of the protocol's “lower volume”.",
    ),
    "entered": (stop("counts.share-above-100", "x", entered="101.0 %"), "101.0 % is more than the whole."),
    "criterion excluded": (
        stop("renal.dialysis", "x", status="excluded"), "Criterion against the infusion: regular dialysis.",
    ),
    "free text is never a code": (
        review("decision.unmatched", "x", decided="no"), "The decision on “no” matches no finding.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("finding", "sentence"), FINDINGS.values(), ids=FINDINGS)
def test_findings(finding: object, sentence: str) -> None:
    assert ENGLISH.finding(finding) == sentence  # type: ignore[arg-type]


def test_criterion_that_cannot_be_judged_is_not_said_to_exclude() -> None:
    sentence = ENGLISH.finding(stop("renal.dialysis", "x", status="not-evaluable"))
    assert sentence.startswith("Cannot be judged")
    assert "regular dialysis" in sentence


def test_disagreeing_years_are_cut_off_and_not_rounded() -> None:
    years = {"ckd_epi_2021": Decimal("60.05"), "ckd_epi_2009": Decimal("59.99")}
    sentence = ENGLISH.finding(review("renal.equations-disagree", "x", limit=Decimal(60), **years))
    assert "gives 60, " in sentence
    assert "59.9:" in sentence


def test_unknown_interval_has_a_sentence_of_its_own() -> None:
    unknown = ENGLISH.finding(stop("chemotherapy.interval", "x", hours=""))
    assert "cannot be computed" in unknown
    bounds = {"least": Fraction(48), "most": Fraction(72)}
    known = ENGLISH.finding(stop("chemotherapy.interval", "x", hours=Fraction(2879, 60), **bounds))
    assert "47 h 59 min" in known
    assert "48 h" in known


@pytest.mark.parametrize(
    ("name", "value", "shown", "limit", "text"),
    [
        ("renal.egfr", Decimal("59.9975"), "59.9 mL/min/1.73 m²", "< 60 mL/min/1.73 m²", "59.9975"),
        ("hepatic.alt", Fraction(7, 8), "0.875 × ULN", "> 3 × ULN", "0.875"),
        ("renal.dialysis", "no", "no", "= yes", "no"), ("renal.dialysis", None, "unknown", "= yes", None),
        ("cardiac.nyha", "II", "II", "≥ III", "II"), ("inclusion.refractory", Fraction(12), "12 %", "≤ 5 %", "12"),
    ],
)  # fmt: skip
def test_verdicts(name: str, value: Fraction | Decimal | str | None, shown: str, limit: str, text: str | None) -> None:
    verdict = Verdict(name, Status.NOT_EXCLUDED, value, CRITERIA[name], "x")
    assert (ENGLISH.verdict_value(verdict), ENGLISH.verdict_limit(verdict)) == (shown, limit)
    assert verdict_text(value) == text


@pytest.mark.parametrize(
    ("unit", "result", "shown"),
    [("/mL", 60_000_000, "60 × 10⁶/mL"), ("{cells}", 2_100_000_000, "2,100 × 10⁶"), ("mL", 35, "35 mL"),
     ("kg", 70, "70 kg"), ("/kg", 30_000_000, "30 × 10⁶/kg")],
)  # fmt: skip
def test_results_of_steps(unit: str, result: int, shown: str) -> None:
    assert ENGLISH.step_result(Step("dose.ordered", {"bags": 2}, Fraction(result), unit)) == shown


def test_what_is_put_together_is_said_once_in_each_language() -> None:
    assert ENGLISH.each(lambda words: f"{words.term('yes')}, {words.term('no')}") == "yes, no"


def test_step() -> None:
    params = {"bag": 1, "entered": "9.82 10*3/uL", "times": "20"}
    assert ENGLISH.step(Step("count.wbc", params, Fraction(1), "/mL")) == "Bag 1, white cells: 9.82 × 10³/µL × 20"


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2026-11-19T14:00:00+08:00", "2026-11-19 14:00 +08:00"),
     ("2026-11-19T14:00:30+00:00", "2026-11-19 14:00:30 +00:00"),
     ("2026-11-19T14:00+08:00", "2026-11-19 14:00 +08:00")],
)  # fmt: skip
def test_moments(iso: str, shown: str) -> None:
    assert moment_shown(iso) == shown


def test_both_languages_each_sentence_whole() -> None:
    finding = note("labs.alt.undated", "labs.alt")
    first, second = BOTH.finding(finding).split("\n")
    assert (first, second) == (ENGLISH.finding(finding), ENGLISH.finding(finding).upper())
    verdict = Verdict("renal.dialysis", Status.EXCLUDED, "yes", CRITERIA["renal.dialysis"], "x")
    step = Step("dose.ordered", {"bags": 2}, Fraction(49), "mL")
    problem = Problem("x", "file_missing")
    for said, english_only in (
        (BOTH.term("yes"), "yes"), (BOTH.unit("a"), "years"), (BOTH.entered("5 a"), "5 years"),
        (BOTH.criterion("renal.dialysis"), "regular dialysis"), (BOTH.verdict_value(verdict), "yes"),
        (BOTH.verdict_limit(verdict), "= yes"), (BOTH.step(step), ENGLISH.step(step)),
        (BOTH.problem(problem), ENGLISH.problem(problem)), (BOTH("Weight"), "Weight"), (BOTH.translate("Age"), "Age"),
    ):  # fmt: skip
        assert said == joined(english_only, english_only.upper())
    assert BOTH.step_result(step) == "49 mL"
    assert BOTH("Bag {bag}", bag=1) == joined("Bag 1", "BAG 1")
