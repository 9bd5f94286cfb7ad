"""Small texts of the order: what is unknown is a dash, and many doubts are counted."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from dlicalc.services.order_text import (
    UNBROKEN,
    date_text,
    millilitres,
    moment_text,
    ruling_text,
    short_digest,
    wan_text,
)
from dlicalc.services.wording import Words
from tests.cases import changed, full_case
from tests.report.orders import sheet


def test_unknown_is_a_dash() -> None:
    assert {moment_text(None), date_text(None), millilitres(None)} == {"—"}


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-11-18T10:00+08:00", "2026-11-18 10:00 +08:00"),
        ("2026-11-18T10:00:05-03:30", "2026-11-18 10:00:05 -03:30"),
    ],
)
def test_moment(iso: str, text: str) -> None:
    assert moment_text(datetime.fromisoformat(iso)) == text


def test_date_and_volume() -> None:
    assert date_text(date(2026, 11, 18)) == "2026-11-18"
    assert millilitres(Fraction("46.6")) == "46.6 mL"


def test_digest_without_a_name_is_shortened_too() -> None:
    assert short_digest("0123456789abcdef") == "0123456789ab"


def test_undecided_finding_has_no_ruling() -> None:
    from dlicalc.domain.finding import stop

    assert ruling_text(stop("weight.unknown", "recipient.weight"), Words()) == ""


@pytest.mark.parametrize(
    ("cells", "text"),
    [(75_000_000, "7500 万"), (100_000_000, "1 亿"), (99_840_000, "9984 万"), (Fraction(10**9, 11), "≈ 9090.9 万")],
)
def test_cells_as_chinese_counts_them(cells: int | Fraction, text: str) -> None:
    assert wan_text(Fraction(cells)).replace(UNBROKEN, " ") == text


def test_reviews_of_weight_and_recipient_come_first_then_bags() -> None:
    case = changed(full_case(), recipient__abo_rhd=None, recipient__weight__measured_on=None, products__0__abo_rhd=None)
    case = changed(case, labs__alt__collected_on="2026-11-01", donor__match=None)
    checks = sheet(case).checks
    assert checks is not None
    starts = [item[:9] for item in checks.items]
    assert starts[0].startswith("Weight")
    assert "recipient" in checks.items[1].lower()
    assert starts[2].startswith("Bag 1: ")


def test_six_reviews_are_five_and_one_more() -> None:
    """Four laboratory values too old, the weight too old, and a blood group missing."""
    old = {f"labs__{name}__collected_on": "2026-11-01" for name in ("creatinine", "alt", "ast", "bilirubin")}
    order = sheet(changed(full_case(), **old, recipient__weight__measured_on="2026-11-01", recipient__abo_rhd=None))
    assert order.checks is not None
    assert len(order.checks.items) == 6
    assert order.checks.items[-1] == "and 1 more in the list of findings"


def test_case_without_bags_has_no_arithmetic() -> None:
    order = sheet({"format": "dlicalc-case/1", "protocol": "NCT07319793"})
    assert "The arithmetic, step by step" not in [section.heading for section in order.sections]
