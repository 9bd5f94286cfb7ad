"""What is left of a bag by the records: remainders written down by hand, two orders, two divisions, one mistake."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dlicalc.domain.product import Product
from dlicalc.services.bag_equivalents import volume_of
from dlicalc.services.records import EventKind
from dlicalc.services.stock import Left, left_for, left_in
from dlicalc.storage.records.store import SqliteRecords
from tests.services.given_life import given_event, order_event, records_in

DIN = "A999926000123"


@pytest.fixture
def records(tmp_path: Path) -> SqliteRecords:
    return records_in(tmp_path)


def left(records: SqliteRecords, **more: Any) -> tuple[Left, ...]:
    return left_in(records.given_from(DIN), "A9999 26 000123", **more)


def test_what_is_left_is_that_of_the_last_infusion(records: SqliteRecords) -> None:
    """The later infusion was recorded first."""
    records.append(
        given_event("B", left_ml="6", remainder="refrozen", ended_at="2026-11-01T10:00+08:00", day="2026-11-01")
    )
    records.append(given_event("A", left_ml="26", remainder="stored", ended_at="2026-10-01T10:00+08:00"))
    assert left(records) == (Left("S12954A0", Fraction(6), "refrozen", "", "2026-11-01", "B"),)
    assert left(records, leaving_out="B") == (Left("S12954A0", Fraction(26), "stored", "", "2026-10-01", "A"),)


def test_a_correction_replaces_what_was_recorded(records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="26", remainder="stored"))
    records.append(given_event("A", left_ml="0", remainder="discarded", remainder_text="leak"))
    [one] = left(records)
    assert (one.gone, one.offer, one.text) == (True, None, "leak")


def test_a_bag_that_was_not_touched_keeps_what_was_left_before(records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="26", remainder="stored", ended_at="2026-10-01T10:00+08:00"))
    records.append(given_event("B", given_ml="0.0", left_ml="20", remainder="stored"))
    records.append(given_event("C", din="A999926000999", left_ml="1", remainder="stored"))
    assert [one.order for one in left(records)] == ["A"]
    records.append(given_event("D", given_ml="0", left_ml="0", remainder="discarded"))
    assert [one.order for one in left(records)] == ["D"]


def test_divisions_of_a_donation_are_bags_of_their_own(records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="26", remainder="stored"))
    records.append(given_event("B", product_code="S12954B0", left_ml="5", remainder="stored"))
    known = left(records)
    assert {one.code: one.volume for one in known} == {"S12954A0": 26, "S12954B0": 5}

    def of(code: str | None) -> str:
        found = left_for(Product(din=DIN, product_code=code), known)
        return "" if found is None else found.order

    assert (of("S12954B0"), of("S12954A0"), of(None), of("S12954C0")) == ("B", "A", "", "")
    assert left_for(Product(din=DIN), known[:1]) == known[0]


def test_bags_of_one_order_are_told_apart(records: SqliteRecords) -> None:
    event = given_event("A", left_ml="26", remainder="stored")
    other = {"din": "A999926000777", "product_code": "S12954A0", "given_ml": "1", "left_ml": "9", "remainder": "stored"}
    records.append(event._replace(details={"bags": [other, *event.details["bags"]]}))
    assert [one.volume for one in left(records)] == [26]


def test_what_is_not_recorded_is_not_known(records: SqliteRecords) -> None:
    records.append(given_event("A", given_ml=None, left_ml=None, remainder=None))
    [one] = left(records)
    assert (one.volume, one.offer, one.gone, one.day) == (None, None, False, "2026-10-01")
    assert left_in((), DIN) == ()


def test_bag_that_no_order_named_is_found(records: SqliteRecords) -> None:
    """It was given by an order of another bag."""
    event = given_event("A", din="A999926000777")
    records.append(event._replace(case={"products": [{"din": "A999926000888"}]}))
    assert [entry.stamp.order for entry in records.given_from("A9999 26 000777")] == ["A"]


def test_only_what_was_given_is_found(records: SqliteRecords) -> None:
    records.append(order_event(number="A"))
    assert records.given_from(DIN) == () == records.given_to("0042177")
    records.append(given_event("A"))
    assert [entry.stamp.kind for entry in records.given_from(DIN)] == [EventKind.GIVEN]


@pytest.mark.parametrize(
    ("volume", "expected"), [("6", "6"), ("20000/3", "6666.66"), ("1/200", None), ("0", None), ("0.019", "0.01")]
)
def test_an_offer_is_cut_off_and_never_rounded_up(volume: str, expected: str | None) -> None:
    offer = Left("", Fraction(volume), "stored", "", "2026-10-01", "A").offer
    assert offer == (None if expected is None else Fraction(expected))


def test_volume_of_a_bag_read_off_or_weighed() -> None:
    """E11: 231.4 g less 48.7 g at 1.058 g/mL."""
    weighed = {"gross": ("231.4", "g"), "tare": ("48.7", "g"), "density": ("1.058", "g/mL")}

    def product(**volume: Any) -> Product:
        parts = {name: {"value": value[0], "unit": value[1]} for name, value in volume.items()}
        return Product.model_validate({"volume": parts})

    assert volume_of(product(**weighed)) == Fraction("182.7") / Fraction("1.058")
    assert volume_of(Product.model_validate({"volume": {"value": "150", "unit": "mL"}})) == 150
    assert volume_of(Product()) is None
    assert volume_of(product(gross=("231.4", "g"))) is None
    assert volume_of(product(**weighed | {"density": ("0", "g/mL")})) is None
