"""The plain-text summary: what a person at a terminal must not miss."""

from __future__ import annotations

from typing import Any

from dlicalc.services.summary import summary
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case
from tests.program import case_from, evaluation
from tests.worked_doses import CASES


def told(document: dict[str, Any]) -> list[str]:
    return list(summary(case_from(document), evaluation(document, AS_OF), Words()))


def test_good_case() -> None:
    lines = told(full_case())
    assert lines[:6] == [
        "Recipient: Example Recipient, MRN 0042177",
        "Volume to infuse: 35 mL (limited by: CD3⁺)",
        "  MNC: 75 × 10⁶/kg, 75 % of the target",
        "  CD3⁺: 30 × 10⁶/kg, 100 % of the target",
        "Eligibility: not excluded",
        "Day +48 after transplant, window: inside",
    ]
    assert lines[6] == "The order can be released for verification."


def test_two_bags_each_with_its_volume() -> None:
    lines = told(CASES["E7"])
    assert lines[2:4] == ["  from bag 1: 35 mL", "  from bag 2: 14.4 mL"]


def test_nothing_known() -> None:
    lines = told({"format": "dlicalc-case/1", "protocol": "NCT07319793"})
    assert lines[:3] == ["Recipient: —, MRN —", "Volume to infuse: cannot be computed", "Eligibility: not evaluable"]
    assert "The order cannot be released: see the stops below." in lines
    assert not any("after transplant, window" in line for line in lines)


def test_decided_stop_is_told_as_decided() -> None:
    decision = {"code": "renal.dialysis", "by": "Dr Zhang", "role": "prescriber", "reason": "x"}
    lines = told(changed(full_case(), organs__dialysis="yes", decisions=[decision]))
    assert "  decided: Criterion against the infusion: regular dialysis." in lines
