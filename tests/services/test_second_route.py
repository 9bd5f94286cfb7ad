"""The second route by itself: worked doses of `tests/vectors`, hand calculations, and what it cannot compute.

The numbers in comments are worked by hand.
"""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.services.second_route import Share, Terms, amounts, number, order_of
from dlicalc.services.two_routes import terms
from tests.cases import changed, drop, full_case, put
from tests.program import shipped_protocol
from tests.worked_doses import CASES, WORKED, bag, ml, percent, recipient_of


def by_protocol() -> Terms:
    return terms(shipped_protocol())


def value(share: Share) -> Fraction:
    return Fraction(share.top, share.bottom)


@pytest.mark.parametrize(
    ("text", "share"), [("62.5", (625, 10)), ("0042.", (42, 1)), ("7", (7, 1)), ("0.00", (0, 100))]
)
def test_number_is_its_digits_over_a_power_of_ten(text: str, share: tuple[int, int]) -> None:
    assert number(text) == share


def test_shares_are_compared_crosswise() -> None:
    """1/3 < 0.34 and 2/6 = 1/3."""
    assert order_of(Share(1, 3), number("0.34")) < 0
    assert order_of(Share(2, 6), Share(1, 3)) == 0


@pytest.mark.parametrize("name", [name for name in CASES if "V_printed_mL" in WORKED[name] and name != "E17"])
def test_worked_doses(name: str) -> None:
    """The volume after rounding down, and both doses where the table has them."""
    row, found = WORKED[name], amounts(CASES[name], by_protocol())
    assert found is not None
    assert value(found.volume) == Fraction(row["V_printed_mL"])
    for field, share in (("mnc_at_printed_per_kg", found.mnc_per_kg), ("cd3_at_printed_per_kg", found.cd3_per_kg)):
        if row.get(field) and "…" not in row[field]:
            assert value(share) == Fraction(row[field])


def test_each_bag_in_its_order() -> None:
    """E7: 35 mL of bag 1 hold 165 x 0.31 x 35 = 1790.25 million of 2220; bag 2 gives 429.75 / 29.7 = 14.46… mL."""
    found = amounts(CASES["E7"], by_protocol())
    assert found is not None
    assert [value(volume) for volume in found.bags] == [35, Fraction("14.4")]


@pytest.mark.parametrize(
    ("rule", "millilitres"),
    [("mnc", "46.6"), ("cd3", "35"), ("lower-volume", "35")],  # E1: 140/3 mL and 35 mL
)
def test_rule_of_the_case(rule: str, millilitres: str) -> None:
    case = put(full_case(), "infusion.dose_rule", {"rule": rule, "set_by": None, "reason": None})
    found = amounts(case, by_protocol())
    assert found is not None
    assert value(found.volume) == Fraction(millilitres)


def test_target_reached_just_as_a_bag_ends() -> None:
    """70 kg need 2100 million CD3+; a bag of 35 mL at 60 million/mL holds just that, so the second gives nothing."""
    found = amounts(recipient_of("70", bag("200", "75", "30", "35"), bag("200", "75", "30", "35")), by_protocol())
    assert found is not None
    assert [value(volume) for volume in found.bags] == [35, 0]


def test_empty_bag_gives_nothing() -> None:
    """A bag that is withheld whole is passed over."""
    found = amounts(
        recipient_of("70", bag("200", "75", "30", "5", withheld=ml("5")), bag("200", "75", "30", "150")), by_protocol()
    )
    assert found is not None
    assert [value(volume) for volume in found.bags] == [0, 35]


def test_units_of_weight() -> None:
    """154.3235835… lb are 70 kg; 70000 g are, too."""
    case = put(put(full_case(), "recipient.weight.value", "70000"), "recipient.weight.unit", "g")
    pounds = put(put(full_case(), "recipient.weight.value", "154.3"), "recipient.weight.unit", "[lb_av]")
    found, less = amounts(case, by_protocol()), amounts(pounds, by_protocol())
    assert found is not None
    assert less is not None
    assert value(found.volume) == 35
    assert value(less.volume) == Fraction("34.9")  # 154.3 x 0.45359237 = 69.989… kg, x 30 / 60 = 34.99…


def with_bag(**changes: Any) -> dict[str, Any]:
    case = copy.deepcopy(full_case())
    for path, given in changes.items():
        case = put(case, "products.0." + path.replace("__", "."), given)
    return case


@pytest.mark.parametrize(
    "case",
    [
        drop(full_case(), "recipient.weight"),
        put(full_case(), "recipient.weight.value", "0"),
        put(full_case(), "products", []),
        with_bag(counts__cd3=None),
        with_bag(counts__wbc=None),
        with_bag(counts__cd3=percent("68", "lymphocytes")),
        with_bag(counts__cd3=percent("0", "wbc")),
        with_bag(volume=None),
        with_bag(withheld=ml("151")),
        with_bag(volume={name: {"value": amount, "unit": "g"} for name, amount in (("gross", "9"), ("tare", "8"))}),
        with_bag(
            volume={
                "gross": {"value": "9", "unit": "g"},
                "tare": {"value": "8", "unit": "g"},
                "density": {"value": "0", "unit": "g/mL"},
            }
        ),
        with_bag(counts__processed_after_count={"from": ml("9"), "to": ml("0"), "recovery": percent("9")}),
    ],
)
def test_nothing_is_given_of_what_is_not_known(case: dict[str, Any]) -> None:
    assert amounts(case, by_protocol()) is None


def test_recovery_as_a_text_or_with_its_unit() -> None:
    """E12: 36 million CD3+ per mL, 85 % left after thaw: 58 x 30 / 30.6 = 56.8… mL."""
    case = CASES["E12"]
    bare = amounts(case, by_protocol())
    with_unit = changed(case, products__0__counts__recovery__cd3={"value": "85", "unit": "%"})
    assert bare is not None
    assert value(bare.volume) == Fraction("56.8")
    assert amounts(with_unit, by_protocol()) == bare
