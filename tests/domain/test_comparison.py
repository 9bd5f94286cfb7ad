"""The second person's entries against the first. What is equal follows from the units' own definitions, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.case import Case
from dlicalc.domain.comparison import differences, weight_moved
from dlicalc.domain.recipient import Weight
from dlicalc.domain.sign_off import Check
from tests.cases import changed, full_case
from tests.program import case_from

AT = "2026-11-18T09:00+08:00"


def entries(case: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """What somebody who reads the same papers enters; then with some of it changed."""
    whole = case or full_case()
    names = ("din", "local_id", "volume")
    bags = [
        {name: bag.get(name) for name in names}
        | {"counts": {name: bag["counts"][name] for name in ("wbc", "mnc", "cd3")}}
        for bag in whole["products"]
    ]
    weight = {name: whole["recipient"]["weight"][name] for name in ("value", "unit")}
    return changed({"by": "Anna Berg", "at": AT, "weight": weight, "products": bags}, **changes)


def paths(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    return [difference.path for difference in differences(case_from(first), Check.model_validate(second))]


def test_the_same_entries_do_not_differ() -> None:
    assert paths(full_case(), entries()) == []


def count(value: str, unit: str, **more: str) -> dict[str, str]:
    return {"value": value, "unit": unit, **more}


WBC, MNC, CD3, VOLUME = (f"products__0__{name}" for name in ("counts__wbc", "counts__mnc", "counts__cd3", "volume"))


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("weight", count("70000", "g")),
        ("weight", count("70.0", "kg")),
        (WBC, count("200", "10*9/L")),
        (WBC, count("200000", "/uL")),
        (WBC, count("200", "10*6/mL")),
        (WBC, count("200", "10*3/uL", multiply_by="1.0")),
        (WBC, count("20", "10*7/mL")),
        (WBC, count("2", "10*8/mL")),
        (WBC, count("20", "10*9/L", multiply_by="10")),
        (WBC, count("200000", "10*6/L")),
        (MNC, count("75.00", "%")),
        (CD3, count("30.", "%", of="wbc")),
        (VOLUME, count("150.0", "mL")),
        ("products__0__din", " A999926000123 "),
    ],
)
def test_the_same_quantity_in_other_words_does_not_differ(field: str, entry: Any) -> None:
    assert paths(full_case(), entries(**{field: entry})) == []


@pytest.mark.parametrize(
    ("field", "entry", "path"),
    [
        ("weight", count("70", "[lb_av]"), "recipient.weight"),
        ("weight", count("70.01", "kg"), "recipient.weight"),
        ("weight", None, "recipient.weight"),
        (WBC, count("200", "10*6/L"), "products.0.counts.wbc"),
        (WBC, count("200", "10*9/L", multiply_by="2"), "products.0.counts.wbc"),
        (WBC, None, "products.0.counts.wbc"),
        (MNC, count("75", "10*9/L"), "products.0.counts.mnc"),
        (MNC, count("150", "10*9/L"), "products.0.counts.mnc"),  # the same cells, as another kind of count
        (CD3, count("30", "%", of="mnc"), "products.0.counts.cd3"),
        (CD3, count("30.1", "%", of="wbc"), "products.0.counts.cd3"),
        (CD3, None, "products.0.counts.cd3"),
        (VOLUME, count("105", "mL"), "products.0.volume"),
        (VOLUME, None, "products.0.volume"),
        (VOLUME, {}, "products.0.volume"),
        (
            VOLUME,
            {"gross": count("190", "g"), "tare": count("31", "g"), "density": count("1.06", "g/mL")},
            "products.0.volume",
        ),
        ("products__0__din", "A999926000124", "products.0.din"),
        ("products__0__din", None, "products.0.din"),
        ("products__0__local_id", "B-7", "products.0.local_id"),
    ],
)
def test_any_other_entry_differs_and_nothing_else_does(field: str, entry: Any, path: str) -> None:
    assert paths(full_case(), entries(**{field: entry})) == [path]


def weighed(**grams: str) -> dict[str, Any]:
    units = {"gross": "g", "tare": "g", "density": "g/mL"}
    return {part: count(value, units[part]) for part, value in grams.items()}


def test_a_weighed_bag_is_compared_part_by_part() -> None:
    first = changed(full_case(), products__0__volume=weighed(gross="190", tare="31", density="1.06"))
    assert paths(first, entries(first)) == []
    same = weighed(gross="190.0", tare="31", density="1.060")
    assert paths(first, entries(first, products__0__volume=same)) == []
    for other in (
        weighed(gross="109", tare="31", density="1.06"),
        weighed(gross="190", tare="31"),
        count("150", "mL"),  # (190 - 31) / 1.06 = 150: the same volume, found in another way
    ):
        assert paths(first, entries(first, products__0__volume=other)) == ["products.0.volume"]
    unfinished = changed(full_case(), products__0__volume=weighed(gross="190"))
    assert paths(unfinished, entries(unfinished)) == []


def test_two_concentrations_are_compared_as_concentrations() -> None:
    single_platform = changed(full_case(), **{CD3: count("60", "10*9/L"), WBC: None, MNC: count("150", "10*9/L")})
    assert paths(single_platform, entries(single_platform)) == []
    assert paths(single_platform, entries(single_platform, **{CD3: count("60000", "/uL")})) == []
    assert paths(single_platform, entries(single_platform, **{CD3: count("6", "10*9/L")})) == ["products.0.counts.cd3"]


def two_bags() -> dict[str, Any]:
    case = full_case()
    second = changed(case["products"][0], din="A999926000456", volume=count("90", "mL"))
    case["products"].append(second)
    return case


def test_bags_are_compared_in_their_order_and_counted() -> None:
    first = two_bags()
    again = entries(first)
    assert paths(first, again) == []
    swapped = again | {"products": again["products"][::-1]}
    assert paths(first, swapped) == ["products.0.din", "products.0.volume", "products.1.din", "products.1.volume"]
    assert paths(first, again | {"products": again["products"][:1]}) == ["products"]
    assert paths(full_case(), again) == ["products"]
    assert [(d.first, d.second) for d in differences(case_from(full_case()), Check.model_validate(again))] == [(1, 2)]


def test_what_neither_entered_does_not_differ() -> None:
    empty = {"format": "dlicalc-case/1", "protocol": "NCT07319793"}
    assert paths(empty, {"by": "A B", "at": AT}) == []
    bare = empty | {"products": [{}]}
    assert paths(bare, {"by": "A B", "at": AT, "products": [{}]}) == []


@pytest.mark.parametrize(
    ("value", "unit", "moved"),
    [
        ("73.5", "kg", False),  # 70 x 1.05 exactly
        ("73.50001", "kg", True),
        ("66.5", "kg", False),  # 70 x 0.95
        ("66499", "g", True),
        ("154", "[lb_av]", False),  # 69.85 kg
        ("70", "[lb_av]", True),
    ],
)
def test_weight_moves_beyond_five_per_cent(value: str, unit: str, moved: bool) -> None:
    weight = Weight.model_validate({"value": value, "unit": unit})
    assert weight_moved(case_from(full_case()), weight) is moved


def test_without_a_weight_nothing_can_have_moved() -> None:
    nobody = Case.model_validate({"format": "dlicalc-case/1", "protocol": "NCT07319793"})
    assert weight_moved(nobody, Weight.model_validate({"value": "70", "unit": "kg"})) is None
