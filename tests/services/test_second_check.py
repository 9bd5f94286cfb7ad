"""What a second person enters: donation numbers as typed or scanned, what is missing, how differences are worded.

The donation number is that of the contract's example case, A999926000123 with check character P; what a scanner sends
is that of ICCBBA ST-001, 2.4.1: ``=``, the number, two flag characters.
"""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.comparison import differences
from dlicalc.domain.sign_off import Check
from dlicalc.services.open_case import evaluate_document
from dlicalc.services.second_check import (
    difference_texts,
    missing,
    problems_of,
    read_din,
    read_entries,
    texts_of,
)
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from tests.cases import changed, full_case
from tests.domain.entries import NOW
from tests.domain.test_comparison import entries, weighed
from tests.program import case_from, shipped_protocol

DIN = "A999926000123"


@pytest.mark.parametrize(
    "text", [DIN, f"{DIN}P", f"={DIN}00", f"={DIN}17", "A9999 26 000123 P", f" {DIN} ", "Ａ９９９９２６０００１２３"]
)
def test_a_donation_number_is_read_as_typed_or_scanned(text: str) -> None:
    assert read_din(text) == (DIN, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{DIN}Q", "din_check"),
        (DIN[:-1], "din_form"),
        (f"{DIN}PP", "din_form"),
        (f"={DIN}0", "din_form"),
        (DIN.lower(), "din_form"),
        ("&>0000123456", "din_form"),
        ("O999926000123", "din_form"),
        ("", "din_form"),
    ],
)
def test_anything_else_is_refused_by_name(text: str, code: str) -> None:
    assert read_din(text) == ("", code)


def second(**changes: Any) -> Snapshot:
    """The good case, as a second person might have entered it."""
    return evaluate_document(changed(full_case(), **changes), shipped_protocol(), NOW)


def test_a_wrong_donation_number_is_a_problem_of_its_field() -> None:
    assert problems_of(second()) == ()
    assert problems_of(second(products__0__din=None)) == ()
    found = problems_of(second(products__0__din=f"{DIN}Q", recipient__weight__value="7O"))
    assert [(problem.path, problem.code) for problem in found] == [
        ("recipient.weight.value", "number_form"),
        ("products.0.din", "din_check"),
    ]
    assert Words().problem(found[1]).startswith(f"the check character of “{DIN}Q” does not fit; accepted")


def test_a_scanned_number_is_compared_as_the_number() -> None:
    assert read_entries(second(products__0__din=f"={DIN}00")).products[0].din == DIN
    local = read_entries(second(products__0__din=None, products__0__local_id="B-7")).products[0]
    assert (local.din, local.local_id) == (None, "B-7")


COUNTS = "products__0__counts"


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({}, []),
        ({"recipient__weight": None}, ["recipient.weight"]),
        ({"products": []}, ["products"]),
        ({"products__0__din": None}, ["products.0.din"]),
        ({"products__0__din": None, "products__0__local_id": "B-7"}, []),
        ({"products__0__volume": None}, ["products.0.volume"]),
        ({"products__0__volume": weighed(gross="190", tare="31")}, ["products.0.volume"]),
        ({"products__0__volume": weighed(gross="190", tare="31", density="1.06")}, []),
        ({COUNTS: None}, [f"products.0.counts.{name}" for name in ("wbc", "mnc", "cd3")]),
        ({f"{COUNTS}__wbc": None}, ["products.0.counts.wbc"]),
        ({f"{COUNTS}__wbc": None, f"{COUNTS}__mnc": {"value": "150", "unit": "10*9/L"}}, ["products.0.counts.wbc"]),
        (
            {
                f"{COUNTS}__wbc": None,
                f"{COUNTS}__mnc": {"value": "150", "unit": "10*9/L"},
                f"{COUNTS}__cd3": {"value": "60", "unit": "10*9/L"},
            },
            [],
        ),
    ],
)
def test_an_empty_entry_that_is_needed_is_missing_whatever_the_first_person_has(
    changes: dict[str, Any], paths: list[str]
) -> None:
    assert missing(second(**changes).case) == paths


def test_the_texts_that_an_entry_is_made_of() -> None:
    assert texts_of("recipient.weight") == ["recipient.weight.value", "recipient.weight.unit"]
    assert texts_of("products.1.din") == ["products.1.din"]
    assert [path.removeprefix("products.0.counts.cd3.") for path in texts_of("products.0.counts.cd3")] == [
        "value",
        "unit",
        "of",
        "multiply_by",
    ]
    assert {"products.0.volume.value", "products.0.volume.tare.unit"} <= set(texts_of("products.0.volume"))


def test_both_entries_are_told_as_they_were_entered() -> None:
    made = entries(
        weight={"value": "7", "unit": "kg"},
        products__0__din=None,
        products__0__volume=weighed(gross="190", tare="31", density="1.06"),
        products__0__counts__wbc={"value": "20", "unit": "10*9/L", "multiply_by": "5"},
        products__0__counts__cd3={"value": "30", "unit": "%", "of": "mnc"},
    )
    found = differences(case_from(full_case()), Check.model_validate(made))
    assert [difference_texts(difference, Words()) for difference in found] == [
        ("70 kg", "7 kg"),
        (DIN, "not entered"),
        ("150 mL", "gross 190 g, tare 31 g, density 1.06 g/mL"),
        ("200 × 10⁹/L × 1", "20 × 10⁹/L × 5"),
        ("30 % of white cells", "30 % of MNC"),
    ]
    none = differences(case_from(full_case()), Check.model_validate(entries(products=[])))
    assert [difference_texts(difference, Words()) for difference in none] == [("1", "0")]
