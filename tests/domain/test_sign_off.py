"""The section of a case about its order: what it may hold, and that no evaluation ever sees it."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import evaluate
from dlicalc.domain.sign_off import SignOff
from tests.cases import full_case
from tests.domain.entries import NOW, refusals
from tests.domain.test_comparison import AT, entries
from tests.program import case_from, shipped_protocol

SECTION: dict[str, Any] = {
    "number": "261118-7KQ4M2",
    "replaces": "261118-000000",
    "case_digest": "sha256:00",
    "prepared_by": "Li Wei",
    "prepared_at": AT,
    "attempts": [{"by": "Anna Berg", "at": AT}],
    "check": entries(),
    "weighed_again": [{"weight": {"value": "70.5", "unit": "kg"}, "by": "Li Wei", "at": AT}],
    "prints": [AT],
    "ended": {"state": "void", "by": "Li Wei", "at": AT, "reason": "wrong patient"},
}


def test_the_section_changes_no_evaluation() -> None:
    with_order = Case.model_validate(full_case() | {"order": SECTION})
    assert with_order.order is not None
    protocol = shipped_protocol()
    assert evaluate(with_order, protocol, NOW) == evaluate(case_from(full_case()), protocol, NOW)


@pytest.mark.parametrize("name", ["number", "case_digest", "prepared_by", "prepared_at"])
def test_what_an_order_cannot_be_without(name: str) -> None:
    section = {key: value for key, value in SECTION.items() if key != name}
    assert refusals(SignOff, section) == [(name, "missing")]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"released": "yes"}, [("released", "extra_forbidden")]),
        ({"prepared_by": " "}, [("prepared_by", "text_blank")]),
        ({"prepared_at": "yesterday"}, [("prepared_at", "moment_form")]),
        ({"prints": ["2"]}, [("prints.0", "moment_form")]),
        ({"weighed_again": [{"weight": {}, "by": "Li Wei", "at": AT}]}, [("weighed_again.0.weight", "missing")]),
        (
            {"weighed_again": [{"weight": {"value": "70"}, "by": "Li Wei", "at": AT}]},
            [("weighed_again.0.weight", "unit_missing")],
        ),
        ({"ended": {"state": "lost", "at": AT}}, [("ended.state", "literal_error")]),
        ({"check": entries(weight={"value": "7O", "unit": "kg"})}, [("check.weight.value", "number_form")]),
    ],
)
def test_what_cannot_be_read_is_refused(change: dict[str, Any], refused: list[tuple[str, str]]) -> None:
    assert refusals(SignOff, SECTION | change) == refused
