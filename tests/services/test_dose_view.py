"""The page of the dose in words. Expected figures: `tests/vectors/worked_doses.json` and hand calculation."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.dose import Dose
from dlicalc.services.dose_curve import dose_curve
from dlicalc.services.dose_view import (
    RuleState,
    ceiling_text,
    figures,
    hindrances,
    picture_sentences,
    readout_sentence,
    rule_lines,
    rule_state,
    rules_compared,
    worked,
)
from dlicalc.services.open_case import empty_document, evaluate_document
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case
from tests.program import shipped_protocol
from tests.worked_doses import CASES, WORKED

WORDS = Words()
RICH = changed(CASES["E17"], products__0__counts__mnc__value="46", products__0__counts__cd3__value="45")
"""45 % CD3⁺ in 46 % MNC: 69 and 67.5 million per mL."""


def snapshot(document: dict[str, Any]) -> Snapshot:
    return evaluate_document(document, shipped_protocol(), datetime.fromisoformat(AS_OF))


def dose_of(document: dict[str, Any]) -> Dose:
    dose = snapshot(document).evaluation.dose
    assert dose is not None
    return dose


def by_rule(document: dict[str, Any]) -> dict[str, Dose]:
    taken = snapshot(document)
    return {dose.rule: dose for dose in rules_compared(taken.case, taken.evaluation.protocol)}


@pytest.mark.parametrize("name", ["E1", "E3", "E4"])
def test_each_rule_fills_up_to_its_target(name: str) -> None:
    """The exact volumes of the worked doses; the rules order them rounded down to 0.1 mL."""
    doses, row = by_rule(CASES[name]), WORKED[name]
    exact = {"mnc": Fraction(row["V_mnc_exact"]), "cd3": Fraction(row["V_cd3_exact"])}
    for rule, volume in exact.items():
        ordered = doses[rule].ordered_volume
        assert 0 <= volume - ordered < Fraction(1, 10)
    assert doses["lower-volume"].ordered_volume == Fraction(row["V_printed_mL"])


@pytest.mark.parametrize("name", [name for name in CASES if name != "E17"])
@pytest.mark.parametrize("rule", ["lower-volume", "mnc", "cd3"])
def test_the_rule_in_use_gives_what_the_case_gives(name: str, rule: str) -> None:
    document = changed(CASES[name], infusion__dose_rule={"rule": rule, "set_by": "Dr A", "reason": "b"})
    assert by_rule(document)[rule] == dose_of(document)


def test_the_rules_are_shown_side_by_side() -> None:
    # E1 by the MNC rule: 46.6 mL × 150 / 70 = 99.857…; 46.6 × 60 / 70 = 39.942857…; of 30 that is 133.14… %.
    first, mnc, cd3 = rule_lines(snapshot(CASES["E1"]), WORDS)
    assert first[1:5] == cd3[1:5] == ("35 mL", "75 %", "100 %", "30 × 10⁶/kg")
    assert mnc[1:5] == ("46.6 mL", "≈ 99.8 %", "≈ 133.1 %", "≈ 39.943 × 10⁶/kg")
    assert [(line.own, line.chosen, line.at_ceiling) for line in (first, mnc, cd3)] == [
        (True, True, False),
        (False, False, False),
        (False, False, False),
    ]
    assert not any(line.remark for line in (first, mnc, cd3))


def test_a_rule_that_reaches_the_ceiling_says_so() -> None:
    equal = changed(RICH, products__0__counts__cd3__value="46", recipient__weight__value="69")
    # 69 kg × 100 million / 69 million per mL = 100 mL for MNC, which give 100 million CD3⁺ per kg.
    _, mnc, _ = rule_lines(snapshot(equal), WORDS)
    assert (mnc.ordered, mnc.cd3_per_kg, mnc.at_ceiling) == ("100 mL", "100 × 10⁶/kg", True)
    assert mnc.remark == "STOP: reaches the ceiling of 1 × 10⁸ CD3⁺/kg."
    # With 67.5 instead of 69 million CD3⁺ per mL the same MNC come with 97.8 million.
    _, below, _ = rule_lines(snapshot(RICH), WORDS)
    assert not below.at_ceiling


def test_a_rule_that_the_bags_cannot_serve_says_so() -> None:
    # E10: 100 mL hold 70.6 % of the MNC target, and 84.9 mL reach the CD3⁺ target.
    first, mnc, _ = rule_lines(snapshot(CASES["E10"]), WORDS)
    assert mnc.remark == "Not reached: all that the bags can give."
    assert (mnc.ordered, first.remark) == ("100 mL", "")


def test_without_a_dose_the_rules_have_no_figures() -> None:
    lines = rule_lines(snapshot(empty_document()), WORDS)
    assert {line[1:6] for line in lines} == {("—", "—", "—", "—", "")}
    assert [line.chosen for line in lines] == [True, False, False]
    assert rules_compared(snapshot(empty_document()).case, shipped_protocol()) == ()


def test_both_volumes_and_the_ordered_one() -> None:
    assert figures(dose_of(CASES["E1"]), WORDS) == (
        ("For the MNC target", "≈ 46.667 mL", "", False),
        ("For the CD3⁺ target", "35 mL", "ends the filling", True),
        ("Ordered", "35 mL", "limited by: CD3⁺", False),
    )


def test_both_targets_may_end_the_filling() -> None:
    mnc, cd3, _ = figures(dose_of(CASES["E2"]), WORDS)
    assert mnc.limits
    assert cd3.limits


def test_a_target_out_of_reach_says_what_the_bags_hold() -> None:
    # E6: 95 mL × 56.32 / 82 kg = 65.2 % of 100; × 19.36 / 82 = 22.43, which is 74.7 % of 30.
    mnc, cd3, ordered = figures(dose_of(CASES["E6"]), WORDS)
    assert mnc[1:3] == ("not reached", "the bags hold ≈ 65.2 % of it")
    assert cd3[1:3] == ("not reached", "the bags hold ≈ 74.7 % of it")
    assert ordered[1:3] == ("95 mL", "limited by: available volume")


def test_without_a_dose_there_are_no_volumes() -> None:
    assert [figure.value for figure in figures(None, WORDS)] == ["—", "—", "—"]


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        (None, RuleState.OWN),
        ({"rule": "lower-volume"}, RuleState.OWN),
        ({"rule": "mnc"}, RuleState.OPEN),
        ({"rule": "mnc", "set_by": "Dr A"}, RuleState.OPEN),
        ({"rule": "mnc", "set_by": "Dr A", "reason": "MNC governs"}, RuleState.DECIDED),
    ],
)
def test_another_rule_needs_name_and_reason(rule: dict[str, str] | None, state: RuleState) -> None:
    assert rule_state(snapshot(changed(full_case(), infusion__dose_rule=rule)).evaluation) is state


def paths(document: dict[str, Any]) -> list[str]:
    return [finding.path for finding in hindrances(snapshot(document).evaluation)]


def test_what_keeps_a_dose_from_being_computed() -> None:
    assert set(paths(empty_document())) == {"products", "recipient.weight"}
    assert paths(changed(full_case(), recipient__weight__value="7x", labs__alt__value="x")) == [
        "recipient.weight.value"
    ]
    assert paths(changed(full_case(), products__0__counts__mnc=None)) == ["products.0.counts.mnc"]
    assert paths(changed(full_case(), products__0__volume=None)) == ["products.0.volume"]
    assert paths(CASES["E17"]) == ["products.0.counts.cd3"]


def test_nothing_keeps_a_dose_that_is_there() -> None:
    assert paths(changed(full_case(), products__0__counts__recovery__mnc={"value": "90", "unit": "%"})) == []


def test_a_recovery_of_fresh_cells_is_not_what_is_missing() -> None:
    document = changed(
        full_case(), recipient__weight=None, products__0__counts__recovery__mnc={"value": "90", "unit": "%"}
    )
    assert paths(document) == ["recipient.weight"]


def test_the_pointer_reads_out_in_words() -> None:
    # The issue's own example: 20 mL of E1.
    curve = dose_curve(dose_of(CASES["E1"]), shipped_protocol())
    text = "At 20 mL: MNC ≈ 42.8 %, CD3⁺ ≈ 57.1 % of target, ≈ 17.143 × 10⁶ CD3⁺/kg, bag 1"
    assert readout_sentence(curve.readout(Fraction(20)), WORDS) == text


def test_the_picture_in_words() -> None:
    curve = dose_curve(dose_of(CASES["E1"]), shipped_protocol())
    assert ceiling_text(curve) == "1 × 10⁸"
    shows, cut, ceiling = picture_sentences(curve, curve.scale(), WORDS)
    assert shows.endswith("The ordered 35 mL give 75 % of the MNC and 100 % of the CD3⁺ target.")
    assert cut == "Shown up to 60 mL; the bags hold 150 mL."
    assert ceiling == "The CD3⁺ ceiling of 1 × 10⁸/kg, ≈ 333.3 % of the target, lies above the picture."
    _, held, inside = picture_sentences(curve, curve.scale(whole=True), WORDS)
    assert held == "The bags hold 150 mL."
    assert inside == "CD3⁺ in the hatched part reaches the ceiling of 1 × 10⁸/kg, ≈ 333.3 % of the target."


def test_the_picture_in_words_says_where_bags_end() -> None:
    curve = dose_curve(dose_of(CASES["E7"]), shipped_protocol())
    assert "Bag 1 ends at 35 mL." in picture_sentences(curve, curve.scale(), WORDS)


def test_the_sum_is_that_of_the_paper() -> None:
    evaluation = snapshot(CASES["E1"]).evaluation
    assert ("MNC needed: 100 × 10⁶/kg × 70 kg", "7,000 × 10⁶") in worked(evaluation, WORDS)
    assert len(worked(evaluation, WORDS)) == len(evaluation.steps)
