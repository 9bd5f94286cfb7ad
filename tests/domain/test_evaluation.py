"""The whole evaluation: which findings there are, what is decided, and what an unreadable entry does."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.evaluation import Evaluation, evaluate
from tests.cases import AS_OF, changed, full_case
from tests.domain.entries import NOW, case, codes, evaluation, labelled
from tests.program import shipped_protocol

DECISION = {"code": "renal.dialysis", "by": "Dr Zhang", "role": "prescriber", "reason": "single session"}
AT = "2026-11-18T07:30+08:00"


def decided(*decisions: dict[str, Any], **changes: Any) -> Evaluation:
    return evaluation(**{"organs__dialysis": "yes", "decisions": list(decisions)} | changes)


def test_good_case_may_be_released() -> None:
    found = evaluation()
    assert (found.releasable, found.eligibility.label) == (True, "not-excluded")
    assert codes(found.findings) == ["dose.targets-differ"]
    assert (found.as_of, found.protocol) == (NOW, shipped_protocol())


def test_case_of_unknowns_may_not() -> None:
    empty = {"format": "dlicalc-case/1", "protocol": "NCT07319793"}
    found = evaluation(**dict.fromkeys(set(full_case()) - set(empty)))
    assert (found.releasable, found.eligibility.label, found.dose) == (False, "not-evaluable", None)


def test_worst_verdict_is_the_eligibility() -> None:
    assert evaluation(organs__nyha_class=None).eligibility.label == "not-evaluable"
    assert evaluation(organs__nyha_class=None, organs__dialysis="yes").eligibility.label == "excluded"


def test_criterion_is_a_decidable_stop_at_its_entry() -> None:
    (stop,) = (finding for finding in evaluation(organs__dialysis="yes").findings if finding.code == "renal.dialysis")
    assert (stop.severity.label, stop.path, stop.decidable) == ("stop", "organs.dialysis", True)
    assert stop.params == {"status": "excluded"}


def test_findings_come_worst_first() -> None:
    found = decided(DECISION, recipient__weight=None, recipient__name=None).findings
    keys = [(-finding.severity, not finding.blocks) for finding in found]
    assert keys == sorted(keys)


def test_decision_is_kept_on_the_stop_and_releases() -> None:
    found = decided(DECISION | {"at": AT})
    (stop,) = (finding for finding in found.findings if finding.code == "renal.dialysis")
    assert found.releasable
    assert stop.ruling == ("Dr Zhang", "prescriber", "single session", "2026-11-18T07:30:00+08:00")
    assert stop.severity.label == "stop"
    assert decided().releasable is False


@pytest.mark.parametrize(
    ("decision", "code", "path"),
    [
        (DECISION | {"role": None}, "decision.role-unknown", "decisions.0.role"),
        (DECISION | {"code": "renal.egfr"}, "decision.unmatched", "decisions.0"),
        (DECISION | {"code": "weight.unknown"}, "decision.not-decidable", "decisions.0"),
    ],
)
def test_decision_that_rules_on_nothing_is_a_review(decision: dict[str, Any], code: str, path: str) -> None:
    found = decided(decision, recipient__weight=None)
    assert (code, "review", path) in labelled(found.findings)
    assert not any(finding.ruling for finding in found.findings)


def test_second_decision_on_the_same_stop_changes_nothing() -> None:
    found = decided(DECISION, DECISION | {"by": "Dr Li"})
    assert ("decision.repeated", "review", "decisions.1") in labelled(found.findings)
    assert {finding.ruling.by for finding in found.findings if finding.ruling} == {"Dr Zhang"}


def test_rule_that_is_signed_in_the_case_needs_no_decision() -> None:
    rule = {"rule": "cd3", "set_by": "Dr Zhang", "reason": "site"}
    found = evaluation(infusion__dose_rule=rule, decisions=[DECISION | {"code": "dose.rule"}])
    assert found.releasable
    assert "decision.repeated" in codes(found.findings)


def test_unreadable_entry_is_a_stop_and_told_once() -> None:
    read = case(recipient__weight=None)
    found = evaluate(read, shipped_protocol(), NOW, unreadable=["recipient.weight.value"])
    assert ("entry.unreadable", "stop", "recipient.weight.value") in labelled(found.findings)
    assert "weight.unknown" not in codes(found.findings)
    assert found.dose is None


def test_unreadable_entry_does_not_hide_its_neighbours() -> None:
    read = case(recipient__weight=None, recipient__mrn=None)
    found = evaluate(read, shipped_protocol(), NOW, unreadable=["recipient.mrn"])
    assert {"entry.unreadable", "weight.unknown"} <= set(codes(found.findings))
    assert "recipient.mrn-unknown" not in codes(found.findings)


def test_unreadable_entry_beside_the_dose_leaves_it() -> None:
    found = evaluate(case(recipient__height=None), shipped_protocol(), NOW, unreadable=["recipient.height.value"])
    assert found.dose is not None
    assert not found.releasable


def test_same_case_same_evaluation() -> None:
    assert evaluation() == evaluation(recipient__mrn=changed(full_case())["recipient"]["mrn"])
    assert evaluation().as_of.isoformat() == AS_OF.replace("08:00+", "08:00:00+")
