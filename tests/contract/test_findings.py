"""Stops that can be decided, stops that never can, and reviews (contract, sections 3 and 4)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases import AS_OF, changed, full_case, put
from tests.contract.verdicts import codes, decided, only_stop, open_stops
from tests.program import evaluate_document
from tests.worked_doses import CASES, per_volume

PRODUCT = "products__0"
COUNTS = f"{PRODUCT}__counts"
BY_MNC = {"rule": "mnc", "set_by": "Dr Zhang", "reason": "MNC governs at this site"}


def releasable(case: dict[str, Any]) -> bool:
    return evaluate_document(case, AS_OF)["releasable"]


def frozen(**counts: Any) -> dict[str, Any]:
    """The good case with a cryopreserved bag."""
    case = changed(full_case(), **{f"{PRODUCT}__state": "cryopreserved"})
    case["products"][0]["dmso"] = {"value": "10", "unit": "%"}
    case["products"][0]["counts"] |= counts
    return case


def viability(measured: str) -> dict[str, Any]:
    return {"value": "80", "unit": "%", "measured": measured, "applies_to": ["mnc", "cd3"]}


RECOVERY = {"mnc": {"value": "90", "unit": "%"}, "cd3": {"value": "85", "unit": "%"}, "source": "site validation"}

DECIDABLE = {
    "criterion excluded": changed(full_case(), organs__dialysis="yes"),
    "criterion not evaluable": changed(full_case(), organs__nyha_class=None),
    "inclusion not met": changed(full_case(), transplant__disease="other"),
    "outside the window": changed(full_case(), transplant__day_0="2026-10-05"),
    "unnamed donor match": changed(full_case(), donor__match="other"),
    "other dose rule, unnamed": changed(full_case(), infusion__dose_rule={"rule": "cd3"}),
    "other dose rule, no reason": changed(full_case(), infusion__dose_rule=BY_MNC | {"reason": None}),
    "other dose rule, no name": changed(full_case(), infusion__dose_rule=BY_MNC | {"set_by": None}),
}


@pytest.mark.parametrize("case", DECIDABLE.values(), ids=DECIDABLE)
def test_stops_about_the_trial_can_be_decided(case: dict[str, Any]) -> None:
    stop = only_stop(case)
    assert stop["decidable"] is True
    evaluation = evaluate_document(decided(case, stop["code"]), AS_OF)
    assert evaluation["releasable"] is True
    (kept,) = (finding for finding in evaluation["findings"] if finding["code"] == stop["code"])
    assert kept["severity"] == "stop"
    assert "Dr Zhang" in str(kept["decided_by"])


def test_each_stop_needs_its_own_decision() -> None:
    case = changed(full_case(), organs__dialysis="yes", organs__nyha_class="III")
    assert not releasable(decided(case, "renal.dialysis"))
    assert releasable(decided(decided(case, "renal.dialysis"), "cardiac.nyha"))


NEVER_DECIDABLE = {
    "no weight": changed(full_case(), recipient__weight=None),
    "weight without a value": changed(full_case(), recipient__weight__value=None),
    "no volume": changed(full_case(), **{f"{PRODUCT}__volume": None}),
    "no CD3 count": changed(full_case(), **{f"{COUNTS}__cd3": None}),
    "no bag": changed(full_case(), products=[]),
    "wrong check character": changed(full_case(), **{f"{PRODUCT}__din_check": "Q"}),
    "transposed identification number": changed(full_case(), **{f"{PRODUCT}__din": "A999926001023"}),
    "expired": changed(full_case(), **{f"{PRODUCT}__expires_at": "2026-11-18T09:00+08:00"}),
    "more CD3 than MNC": CASES["E17"],
    "more MNC than WBC": changed(
        full_case(), **{f"{COUNTS}__mnc": per_volume("201"), f"{COUNTS}__cd3": per_volume("60")}
    ),
    "MNC above 100 %": changed(full_case(), **{f"{COUNTS}__mnc__value": "100.1"}),
    "viability above 100 %": changed(full_case(), **{f"{COUNTS}__viability": viability("fresh") | {"value": "101"}}),
    "more withheld than the bag holds": changed(full_case(), **{f"{PRODUCT}__withheld__value": "151"}),
    "CD3 ceiling": changed(
        full_case(),
        infusion__dose_rule=BY_MNC,
        **{f"{COUNTS}__mnc": per_volume("200"), f"{COUNTS}__cd3": per_volume("200")},
    ),
    "recovery and post-thaw count": frozen(counted="post-thaw", recovery=RECOVERY, viability=None),
    "recovery and post-thaw viability": frozen(
        counted="pre-freeze", recovery=RECOVERY, viability=viability("post-thaw")
    ),
}


@pytest.mark.parametrize("case", NEVER_DECIDABLE.values(), ids=NEVER_DECIDABLE)
def test_stops_about_physics_identity_and_safety_stay(case: dict[str, Any]) -> None:
    evaluation = evaluate_document(case, AS_OF)
    stops = [stop for stop in open_stops(evaluation) if not stop["decidable"]]
    assert stops
    assert evaluation["releasable"] is False
    for stop in stops:
        case = decided(case, stop["code"])
    still = evaluate_document(case, AS_OF)
    assert still["releasable"] is False
    assert {stop["code"] for stop in stops} <= {stop["code"] for stop in open_stops(still)}


@pytest.mark.parametrize(
    ("cd3", "stopped"),
    [
        ("200", True),  # 35 mL of 200 x 10^6/mL in 70 kg: exactly 1 x 10^8 per kg
        ("199.9", False),
    ],
)
def test_cd3_ceiling(cd3: str, stopped: bool) -> None:
    counts = {f"{COUNTS}__mnc": per_volume("200"), f"{COUNTS}__cd3": per_volume(cd3)}
    evaluation = evaluate_document(changed(full_case(), infusion__dose_rule=BY_MNC, **counts), AS_OF)
    assert evaluation["dose"]["ordered_volume_ml"] == "35"
    assert ("dose.cd3-ceiling" in codes(evaluation, "stop")) is stopped
    assert evaluation["releasable"] is not stopped


def test_equal_counts_are_possible() -> None:
    """CD3+ = MNC = WBC is odd, not impossible."""
    counts = {f"{COUNTS}__mnc__value": "100", f"{COUNTS}__cd3__value": "100"}
    assert releasable(changed(full_case(), **counts))


def test_other_dose_rule_with_name_and_reason() -> None:
    evaluation = evaluate_document(changed(full_case(), infusion__dose_rule=BY_MNC), AS_OF)
    assert evaluation["releasable"] is True
    assert evaluation["dose"]["rule"] == "mnc"


@pytest.mark.parametrize("rule", [None, {"rule": "lower-volume", "set_by": None, "reason": None}, {"rule": None}])
def test_the_protocols_own_dose_rule(rule: dict[str, Any] | None) -> None:
    evaluation = evaluate_document(put(full_case(), "infusion.dose_rule", rule), AS_OF)
    assert evaluation["releasable"] is True
    assert evaluation["dose"]["rule"] == "lower-volume"


def test_a_decision_that_matches_nothing_is_reviewed() -> None:
    plain = evaluate_document(full_case(), AS_OF)
    superfluous = evaluate_document(decided(full_case(), "renal.dialysis"), AS_OF)
    assert superfluous["releasable"] is True
    assert len(reviews(superfluous)) == len(reviews(plain)) + 1


def reviews(evaluation: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for finding in evaluation["findings"] if finding["severity"] == "review"]


def new_reviews(case: dict[str, Any], usual: dict[str, Any], *more: str) -> set[str]:
    """The reviews, and findings of more severities, that one case has and another has not."""
    with_it, without = evaluate_document(case, AS_OF), evaluate_document(usual, AS_OF)
    return {code for severity in ("review", *more) for code in codes(with_it, severity) - codes(without, severity)}


def test_pre_freeze_count_is_reviewed() -> None:
    """Unless a recovery or a post-thaw viability accounts for the loss."""
    bare = frozen(counted="pre-freeze", viability=viability("pre-freeze"))
    with_recovery = frozen(counted="pre-freeze", viability=viability("pre-freeze"), recovery=RECOVERY)
    with_viability = frozen(counted="pre-freeze", viability=viability("post-thaw"))
    assert new_reviews(bare, with_recovery) & new_reviews(bare, with_viability)


def test_stale_weight() -> None:
    old, young = (changed(full_case(), recipient__weight__measured_on=day) for day in ("2026-10-18", "2026-11-18"))
    assert "weight.stale" in new_reviews(old, young)
    (finding,) = (f for f in evaluate_document(old, AS_OF)["findings"] if f["code"] == "weight.stale")
    assert (finding["severity"], finding["path"]) == ("review", "recipient.weight")


SUSPICIOUS = {
    "pounds typed as kilograms": changed(full_case(), recipient__weight__value="154.32"),
    "share typed for a percentage": changed(full_case(), **{f"{COUNTS}__cd3__value": "0.30"}),
    "cells/uL typed as 10^9/L": changed(full_case(), **{f"{COUNTS}__wbc__value": "200000"}),
    "dilution forgotten": changed(full_case(), **{f"{COUNTS}__wbc__value": "20"}),
    "dilution applied twice": changed(full_case(), **{f"{COUNTS}__wbc__value": "2000"}),
    "metres typed as centimetres": changed(full_case(), recipient__height__value="1.65"),
}


@pytest.mark.parametrize("case", SUSPICIOUS.values(), ids=SUSPICIOUS)
def test_implausible_values_are_noticed(case: dict[str, Any]) -> None:
    assert new_reviews(case, full_case(), "stop")
