"""Numbers and states of orders."""

from datetime import datetime

import pytest

from dlicalc.services.order_state import Held, OrderState, State, order_number, unchecked

AT = datetime.fromisoformat("2026-11-20T09:00+08:00")
DIGEST = "sha256:" + "0" * 64


def test_number_is_day_and_six_unmistakable_letters() -> None:
    """By hand, with sha256sum over "sha256:000…0 2026-11-20T09:00:00+08:00" and base 32, lowest digit first."""
    assert order_number(DIGEST, AT) == "261120-YZ8MG9"


def test_another_case_or_moment_has_another_number() -> None:
    later = AT.replace(minute=1)
    assert len({order_number(DIGEST, AT), order_number(DIGEST, later), order_number(DIGEST[:-1] + "1", AT)}) == 3


@pytest.mark.parametrize("state", State)
def test_only_checked_orders_and_their_copies_are_valid(state: State) -> None:
    assert OrderState("1", state).valid == (state in ("checked", "copy"))


def test_unchecked_order_says_what_holds_it() -> None:
    assert unchecked("1", stopped=False).held == (Held.UNCHECKED,)
    assert unchecked("1", stopped=True).held == (Held.STOPS, Held.UNCHECKED)
