"""What cannot be put on paper says why."""

from __future__ import annotations

from dlicalc.services.problem import Problem
from dlicalc.services.sheet import CannotBePrinted


def test_text_that_cannot_be_printed_carries_its_problem() -> None:
    problem = Problem("recipient.name", "glyph_missing", {"text": "𓀀"})
    refusal = CannotBePrinted(problem)
    assert refusal.problem == problem
    assert "glyph_missing" in str(refusal)
