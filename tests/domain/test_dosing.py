"""From a case to its dose: rule, bags, steps, and what is odd about the result."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.dosing import Dosing, dose_case, moves_dose
from tests.domain.entries import case, codes, labelled, ml
from tests.program import case_from, shipped_protocol
from tests.worked_doses import CASES

COUNTS = "products__0__counts"
BY_MNC = {"rule": "mnc", "set_by": "Dr Zhang", "reason": "MNC governs here"}


def dosing(unreadable: tuple[str, ...] = (), **changes: Any) -> Dosing:
    return dose_case(case(**changes), shipped_protocol(), unreadable)


def worked(name: str) -> Dosing:
    return dose_case(case_from(CASES[name]), shipped_protocol(), ())


@pytest.mark.parametrize(
    ("path", "moves"),
    [
        ("recipient.weight", True), ("recipient.weight.value", True), ("recipient.weights", False),
        ("recipient.height", False), ("infusion.dose_rule.rule", True), ("infusion.planned_start", False),
        ("products", True), ("products.0", True), ("products.12.volume.gross.value", True),
        ("products.0.withheld", True), ("products.0.counts.cd3.of", True), ("products.0.state", True),
        ("products.0.din", False), ("products.0.dmso", False), ("products.0.volumes", False), ("labs.alt", False),
    ],
)  # fmt: skip
def test_which_entries_move_the_dose(path: str, moves: bool) -> None:
    assert moves_dose(path) is moves


@pytest.mark.parametrize(
    ("path", "computed"), [("recipient.weight.value", False), ("products.0.counts.wbc", False), ("labs.alt", True)]
)
def test_no_dose_while_an_entry_that_moves_it_cannot_be_read(path: str, computed: bool) -> None:
    assert (dosing((path,)).dose is not None) is computed


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recipient__weight": None}, ("weight.unknown", "stop", "recipient.weight")),
        ({"recipient__weight__value": "0.0"}, ("weight.zero", "stop", "recipient.weight")),
        ({"products": []}, ("product.none", "stop", "products")),
        ({"products__0__volume": None}, ("product.volume-unknown", "stop", "products.0.volume")),
    ],
)
def test_what_forbids_a_dose(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    result = dosing(**changes)
    assert result.dose is None
    assert labelled(result.findings) == [expected]
    assert not any(step.code.startswith("dose.") for step in result.steps)


def test_one_doubtful_bag_forbids_the_dose_of_all() -> None:
    good = CASES["E7"]["products"]
    result = dosing(products=[good[0], good[1] | {"volume": None}])
    assert result.dose is None
    assert "product.volume-unknown" in codes(result.findings)


@pytest.mark.parametrize(
    ("rule", "used", "decided"),
    [
        (None, "lower-volume", None), ({}, "lower-volume", None), ({"rule": "lower-volume"}, "lower-volume", None),
        ({"rule": "mnc"}, "mnc", False), (BY_MNC | {"set_by": None}, "mnc", False),
        (BY_MNC | {"reason": None}, "mnc", False), (BY_MNC, "mnc", True),
    ],
)  # fmt: skip
def test_rule(rule: Any, used: str, decided: bool | None) -> None:
    result = dosing(infusion__dose_rule=rule)
    stops = [finding for finding in result.findings if finding.code == "dose.rule"]
    assert result.rule == used
    assert [(stop.decidable, stop.ruling is not None) for stop in stops] == (
        [] if decided is None else [(True, decided)]
    )


def test_rule_is_signed_by_name_and_reason() -> None:
    (stop,) = (finding for finding in dosing(infusion__dose_rule=BY_MNC).findings if finding.code == "dose.rule")
    assert stop.ruling == ("Dr Zhang", "prescriber", "MNC governs here", None)
    assert stop.params == {"rule": "mnc", "protocol_rule": "lower-volume"}


def test_steps_of_one_bag_lead_to_what_is_printed() -> None:
    """E1, by hand: 100e6 x 70 = 7e9; 7e9/150e6 = 46.66…; 30e6 x 70 = 2.1e9; 2.1e9/60e6 = 35; 35 x 60e6/70 = 30e6."""
    steps = [step for step in worked("E1").steps if step.code.startswith("dose.")]
    assert [(step.code.removeprefix("dose."), float(step.result), step.unit) for step in steps] == [
        ("mnc-needed", 7e9, "{cells}"), ("mnc-volume", 140 / 3, "mL"), ("cd3-needed", 2.1e9, "{cells}"),
        ("cd3-volume", 35, "mL"), ("bag-volume", 35, "mL"), ("mnc-delivered", 75e6, "/kg"),
        ("cd3-delivered", 30e6, "/kg"),
    ]  # fmt: skip


def test_steps_of_two_bags() -> None:
    """E7: all of bag 1, part of bag 2."""
    steps = [step.code.removeprefix("dose.") for step in worked("E7").steps if step.code.startswith("dose.")]
    one = ["{}-needed", "{}-whole-bag", "{}-volume"]
    given = ["{}-in-bag", "{}-in-bag", "{}-delivered-by-all"]
    assert steps == [
        *(code.format("mnc") for code in one), *(code.format("cd3") for code in one), "bag-volume", "bag-volume",
        "ordered", *(code.format("mnc") for code in given), *(code.format("cd3") for code in given),
    ]  # fmt: skip


def test_steps_leave_out_bags_that_are_not_used() -> None:
    products = [*CASES["E1"]["products"], CASES["E7"]["products"][1]]
    steps = [step.code.removeprefix("dose.") for step in dosing(products=products).steps]
    assert steps.count("cd3-in-bag") == steps.count("cd3-volume") == steps.count("mnc-volume") == 1
    assert steps.count("bag-volume") == 2


def test_weight_in_another_unit_is_a_step() -> None:
    """100 lb = 45.359237 kg."""
    steps = dosing(recipient__weight={"value": "100", "unit": "[lb_av]"}).steps
    (step,) = (step for step in steps if step.code == "dose.weight")
    assert (step.params["entered"], float(step.result), step.unit) == ("100 [lb_av]", 45.359237, "kg")
    assert "dose.weight" not in [step.code for step in dosing().steps]


def test_insufficient_bags_say_what_they_hold() -> None:
    """E6: 95 mL of 56.32 and 19.36: 5350.4 and 1839.2 million."""
    result = worked("E6")
    held = {step.code: float(step.result) for step in result.steps if step.code.endswith("-held")}
    assert held == {"dose.mnc-held": 5350.4e6, "dose.cd3-held": 1839.2e6}
    assert ("dose.shortfall", "review", "products") in labelled(result.findings)
    assert "dose.targets-differ" not in codes(result.findings)


@pytest.mark.parametrize(("name", "differ"), [("E1", True), ("E2", False)])
def test_targets_that_cannot_both_be_met(name: str, differ: bool) -> None:
    assert ("dose.targets-differ" in codes(worked(name).findings)) is differ


def test_shortfall_is_told_once() -> None:
    """22.4 million CD3 per kg is 75 % of the target, which the shortfall has said."""
    assert not {"cd3-of-target.unusual", "mnc-of-target.unusual"} & set(codes(worked("E6").findings))


def test_dose_that_rounds_to_nothing() -> None:
    """0.005 mL would reach the target; 0.01 mL is the smallest step."""
    result = dosing(recipient__weight={"value": "0.01", "unit": "kg"})
    assert result.dose is not None
    assert result.dose.ordered_volume == 0
    assert ("dose.zero", "stop", "products") in labelled(result.findings)


@pytest.mark.parametrize(("cd3", "stopped"), [("200", True), ("199.99", False)])
def test_ceiling_is_reached_at_exactly_one_hundred_million(cd3: str, stopped: bool) -> None:
    """35 mL of 200 million per mL for 70 kg."""
    counts = {
        f"{COUNTS}__mnc": {"value": "200", "unit": "10*6/mL"},
        f"{COUNTS}__cd3": {"value": cd3, "unit": "10*6/mL"},
    }
    result = dosing(infusion__dose_rule=BY_MNC, **counts)
    assert (("dose.cd3-ceiling", "stop", "infusion.dose_rule") in labelled(result.findings)) is stopped


def test_empty_bag_in_front_changes_nothing() -> None:
    empty = CASES["E1"]["products"][0] | {"volume": ml("5"), "withheld": ml("5"), "din": "A999926000005"}
    with_it, without = dosing(products=[empty, *CASES["E1"]["products"]]), worked("E1")
    assert with_it.dose is not None
    assert without.dose is not None
    assert with_it.dose.ordered_volume == without.dose.ordered_volume == 35
