"""Times of a bag: expiry, order of events, age of a fresh product."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dlicalc.domain.expiry import time_findings
from tests.domain.entries import NOW, labelled, product
from tests.program import shipped_protocol

START = datetime.fromisoformat("2026-11-18T10:00+08:00")


def found(start: datetime | None = START, **changes: Any) -> list[tuple[str, str, str]]:
    return labelled(time_findings([product(**changes)], start, NOW, shipped_protocol().freshness))


def test_good_bag() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("expires_at", "code"),
    [
        ("2026-11-18T09:59+08:00", "product.expired"),
        ("2026-11-18T10:00+08:00", "product.expired"),  # not later than the start
        ("2026-11-18T02:00:01Z", "product.expires-soon"),  # a second later, in another zone
        ("2026-11-18T13:59:59+08:00", "product.expires-soon"),
        ("2026-11-18T14:00+08:00", ""),  # 4 h to infuse
    ],
)
def test_expiry(expires_at: str, code: str) -> None:
    severity = "stop" if code == "product.expired" else "review"
    assert found(expires_at=expires_at) == ([(code, severity, "products.0.expires_at")] if code else [])


def test_unknown_expiry_is_a_stop() -> None:
    assert found(expires_at=None) == [("product.expiry-unknown", "stop", "products.0.expires_at")]


def test_expiry_without_a_start_is_held_against_now() -> None:
    """Now is 08:00."""
    expired = [("product.expired-by-now", "review", "products.0.expires_at")]
    assert found(start=None, expires_at="2026-11-18T08:00+08:00") == expired
    assert found(start=None, expires_at="2026-11-18T08:01+08:00") == []


def test_bag_that_expired_since_the_planned_start() -> None:
    start = datetime.fromisoformat("2026-11-18T07:00+08:00")
    assert found(start=start, expires_at="2026-11-18T07:59+08:00") == [
        ("infusion.start-past", "review", "infusion.planned_start"),
        ("product.expired-by-now", "review", "products.0.expires_at"),
    ]


@pytest.mark.parametrize("expires_at", ["2026-11-17T14:00+08:00", "2026-11-17T05:59Z"])
def test_bag_cannot_expire_before_it_was_collected(expires_at: str) -> None:
    assert found(expires_at=expires_at) == [("product.expiry-before-collection", "stop", "products.0.expires_at")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": None}, ("product.state-unknown", "stop", "products.0.state")),
        ({"collected_at": None}, ("product.collected-unknown", "review", "products.0.collected_at")),
        ({"counted_at": None}, ("product.counted-unknown", "review", "products.0.counted_at")),
        (
            {"counted_at": "2026-11-17T13:59+08:00"},
            ("product.counted-before-collected", "review", "products.0.counted_at"),
        ),
        ({"counted_at": "2026-11-18T10:01+08:00"}, ("product.time-after-start", "stop", "products.0.counted_at")),
    ],
)
def test_doubtful_times(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert found(**changes) == [expected]


@pytest.mark.parametrize("counted_at", ["2026-11-18T09:00+08:00", "2026-11-18T10:00+08:00"])
def test_count_that_is_still_to_come_before_the_infusion(counted_at: str) -> None:
    """Now is 08:00; the start is at 10:00."""
    assert found(counted_at=counted_at) == [("product.time-ahead", "review", "products.0.counted_at")]


def test_without_a_start_times_are_held_against_now() -> None:
    assert found(start=None, counted_at="2026-11-18T08:00:01+08:00") == [
        ("product.time-ahead", "review", "products.0.counted_at")
    ]
    assert found(start=None, counted_at="2026-11-18T08:00+08:00") == []


@pytest.mark.parametrize(
    ("collected_at", "old"),
    [("2026-11-15T10:00+08:00", False), ("2026-11-15T09:59:59+08:00", True)],  # 72 h and a second
)
def test_fresh_product_is_old_after_72_hours(collected_at: str, old: bool) -> None:
    expected = [("product.old", "review", "products.0.collected_at")] if old else []
    assert found(collected_at=collected_at) == expected
    assert found(collected_at=collected_at, state="cryopreserved") == []


def test_every_bag_is_looked_at() -> None:
    bags = [product(), product(expires_at=None)]
    findings = time_findings(bags, START, NOW, shipped_protocol().freshness)
    assert labelled(findings) == [("product.expiry-unknown", "stop", "products.1.expires_at")]
