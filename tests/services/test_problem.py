"""A refusal names everything that is wrong."""

from __future__ import annotations

from dlicalc.services.problem import Problem, Refused


def test_refusal_carries_its_problems() -> None:
    problems = (Problem("recipient.weight", "unit_missing", {"accepted": "kg"}), Problem("x.json", "file_missing"))
    refused = Refused(*problems)
    assert refused.problems == problems
    assert str(refused) == "recipient.weight: unit_missing; x.json: file_missing"
    assert problems[1].params == {}
