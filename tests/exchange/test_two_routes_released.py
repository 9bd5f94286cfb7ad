"""An order that may be acted on is computed twice; a difference keeps it from being written, and is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dlicalc.app.order import order_pdf
from dlicalc.domain import dose
from dlicalc.domain.quantity import round_down
from dlicalc.services.order_state import Held, OrderState, State
from dlicalc.services.problem import Refused
from tests.cases import AS_OF
from tests.program import case_from, parts
from tests.worked_doses import CASES


def order_of(document: dict[str, Any], state: State) -> bytes:
    order, at = OrderState("261118-AAAAAA", state, held=(Held.UNCHECKED,)), datetime.fromisoformat(AS_OF)
    return order_pdf(case_from(document), document, parts(), at, order=order, language="en", paper="A4")


@pytest.fixture
def rounding_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dose, "round_down", lambda volume, step: -round_down(-volume, step))


@pytest.mark.parametrize("state", [State.CHECKED, State.COPY])
@pytest.mark.usefixtures("rounding_up")
def test_two_results_release_nothing(state: State) -> None:
    """E2: 125/3 mL are 41.6 mL to be measured, rounded up 41.7."""
    with pytest.raises(Refused) as caught:
        order_of(CASES["E2"], state)
    told = [parts().words("zh_CN").problem(problem) for problem in caught.value.problems]
    assert "41.7 mL" in told[0]
    assert "41.6 mL" in told[0]
    assert {problem.code for problem in caught.value.problems} == {"routes_bag", "routes_dose"}


@pytest.mark.usefixtures("rounding_up")
def test_a_draft_is_no_release() -> None:
    assert order_of(CASES["E2"], State.DRAFT).startswith(b"%PDF")


def test_one_result_is_written() -> None:
    assert order_of(CASES["E2"], State.CHECKED).startswith(b"%PDF")
