"""One bag: its volume, what can be given of it, and what its entries leave open."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.bags import Assessed, assess
from dlicalc.domain.product import Product
from tests.domain.entries import codes, frozen, labelled, ml, percent, product
from tests.program import shipped_protocol


def assessed(bag: Product, place: int = 0) -> Assessed:
    return assess(bag, place, shipped_protocol().plausibility)


def grams(value: str) -> dict[str, str]:
    return {"value": value, "unit": "g"}


def weighed(gross: str, tare: str, density: str) -> dict[str, Any]:
    return {"gross": grams(gross), "tare": grams(tare), "density": {"value": density, "unit": "g/mL"}}


def test_good_bag_has_nothing_to_say() -> None:
    result = assessed(product(), 3)
    assert result.findings == []
    assert result.bag is not None
    assert result.bag == (3, (150_000_000, 60_000_000), 143, 0, Fraction("0.02"))


def test_what_a_bag_holds_is_known_part_by_part() -> None:
    """E1: 150 and 60 million per mL; 150 mL less 7. Without a volume the cells per mL still stand."""
    assert assessed(product()).content == ((150_000_000, 60_000_000), 143)
    assert assessed(product(volume=None)).content == ((150_000_000, 60_000_000), None)
    assert assessed(product(counts=None)).content == (None, 143)


def test_volume_by_weighing() -> None:
    """E11: (231.4 - 48.7) / 1.058, less 7 mL."""
    result = assessed(product(volume=weighed("231.4", "48.7", "1.058")))
    assert result.bag is not None
    assert result.bag.available == Fraction("182.7") / Fraction("1.058") - 7
    assert result.steps[-1].code == "bag.weighed"
    assert result.steps[-1].params["density"] == "1.058 g/mL"


@pytest.mark.parametrize(
    ("volume", "code"),
    [
        (None, "product.volume-unknown"),
        ({"unit": "mL"}, "product.volume-unknown"),
        ({"gross": grams("231.4"), "tare": grams("48.7")}, "product.volume-unknown"),
        ({"gross": grams("231.4"), "density": {"value": "1.05", "unit": "g/mL"}}, "product.volume-unknown"),
        ({"tare": grams("48.7"), "density": {"value": "1.05", "unit": "g/mL"}}, "product.volume-unknown"),
        (weighed("48.7", "48.7", "1.058"), "product.weighing-impossible"),
        (weighed("48.7", "231.4", "1.058"), "product.weighing-impossible"),
        (weighed("231.4", "48.7", "0"), "product.weighing-impossible"),
    ],
)
def test_no_volume_no_bag(volume: Any, code: str) -> None:
    result = assessed(product(volume=volume))
    assert result.bag is None
    assert (code, "stop", "products.0.volume") in labelled(result.findings)


@pytest.mark.parametrize(
    ("withheld", "available", "found"),
    [
        (None, 150, [("product.withheld-unknown", "note", "products.0.withheld")]),
        (ml("0"), 150, []),
        (ml("15"), 135, []),
    ],
)
def test_what_is_withheld_is_not_given(withheld: Any, available: int, found: list[Any]) -> None:
    result = assessed(product(withheld=withheld))
    assert result.bag is not None
    assert (result.bag.available, labelled(result.findings)) == (available, found)


def test_all_of_the_bag_may_be_withheld_but_not_more() -> None:
    empty = assessed(product(volume=ml("40"), withheld=ml("40")))
    assert empty.bag is not None
    assert empty.bag.available == 0
    impossible = assessed(product(volume=ml("40"), withheld=ml("40.1")))
    assert impossible.bag is None
    assert ("product.withheld-above-volume", "stop", "products.0.withheld") in labelled(impossible.findings)


def test_bag_of_no_volume_is_no_reason_to_divide_by_it() -> None:
    assert "bag-volume.out-of-bounds" in codes(assessed(product(volume=ml("0"), withheld=ml("0"))).findings)


@pytest.mark.parametrize(
    ("bag", "dmso"),
    [(product(), 0), (product(dmso=percent("5")), Fraction("0.05")), (frozen(), Fraction("0.1")),
     (frozen(dmso=None), None), (product(state=None), None)],
)  # fmt: skip
def test_dmso_is_none_in_a_fresh_bag_and_unknown_in_a_frozen_one(bag: Product, dmso: Any) -> None:
    result = assessed(bag).bag
    assert result is not None
    assert result.dmso == dmso


def test_hematocrit_may_be_unknown() -> None:
    result = assessed(product(hematocrit=None)).bag
    assert result is not None
    assert result.hematocrit is None


def test_no_counts_no_bag() -> None:
    result = assessed(product(counts=None))
    assert result.bag is None
    assert [code.partition(".")[2] for code in codes(result.findings)] == [
        "mnc-unknown", "cd3-unknown", "viability-unknown", "counted-unknown",
    ]  # fmt: skip


POST_THAW = percent("80", measured="post-thaw", applies_to=["mnc", "cd3"])
PRE_FREEZE = percent("95", measured="pre-freeze", applies_to=["mnc", "cd3"])
RECOVERY = {"mnc": percent("90"), "cd3": percent("85"), "source": "site validation"}
COUNTS = "products.0.counts"

OPEN = {
    "viability unknown": (product(counts__viability=None), "counts.viability-unknown", "review", f"{COUNTS}.viability"),
    "time of count unknown": (product(counts__counted=None), "counts.counted-unknown", "review", f"{COUNTS}.counted"),
    "denominator assumed": (
        product(counts__mnc=percent("75")), "counts.denominator-assumed", "note", f"{COUNTS}.mnc.of",
    ),
    "denominator of lymphocytes assumed": (
        product(counts__lymphocytes=percent("46")), "counts.denominator-assumed", "note", f"{COUNTS}.lymphocytes.of",
    ),
    "recovery of a fresh bag": (
        product(counts__recovery=RECOVERY), "counts.recovery-not-frozen", "stop", f"{COUNTS}.recovery",
    ),
    "fresh bag counted before freezing": (
        product(counts__counted="pre-freeze"), "product.state-conflict", "stop", "products.0.state",
    ),
    "fresh bag with a viability after thaw": (
        product(counts__viability=POST_THAW), "product.state-conflict", "stop", "products.0.state",
    ),
    "recovery from nowhere": (
        frozen(counts__recovery=RECOVERY | {"source": None}), "counts.recovery-source-unknown", "review",
        f"{COUNTS}.recovery.source",
    ),
    "pre-freeze count": (frozen(), "counts.pre-freeze", "review", f"{COUNTS}.counted"),
    "pre-freeze count and viability": (
        frozen(counts__viability=PRE_FREEZE), "counts.pre-freeze", "review", f"{COUNTS}.counted",
    ),
    "viability older than the count": (
        frozen(counts__counted="post-thaw", counts__viability=PRE_FREEZE), "counts.viability-before-thaw", "review",
        f"{COUNTS}.viability.measured",
    ),
    "no dilution": (
        product(counts__wbc={"value": "200", "unit": "10*9/L"}), "counts.dilution-unknown", "note",
        f"{COUNTS}.wbc.multiply_by",
    ),
    "more lymphocytes than MNC": (
        product(counts__lymphocytes=percent("75.1", of="wbc")), "counts.lymphocytes-above-mnc", "review",
        f"{COUNTS}.lymphocytes",
    ),
    "DMSO unknown": (frozen(dmso=None), "product.dmso-unknown", "review", "products.0.dmso"),
}  # fmt: skip


@pytest.mark.parametrize(("bag", "code", "severity", "path"), OPEN.values(), ids=OPEN)
def test_what_the_counts_leave_open(bag: Product, code: str, severity: str, path: str) -> None:
    assert (code, severity, path) in labelled(assessed(bag).findings)


@pytest.mark.parametrize(
    "bag",
    [
        frozen(counts__viability=PRE_FREEZE, counts__recovery=RECOVERY),
        frozen(counts__viability=POST_THAW),
        frozen(counts__counted="post-thaw", counts__viability=POST_THAW),
        frozen(counts__counted="post-thaw", counts__viability=PRE_FREEZE | {"applies_to": []}),
        product(counts__recovery={"mnc": None, "cd3": None, "source": "not used"}),
        product(state=None, counts__counted="pre-freeze"),
    ],
)
def test_counts_that_leave_nothing_open(bag: Product) -> None:
    assert assessed(bag).findings == []


@pytest.mark.parametrize(
    ("changes", "analytes"),
    [
        ({"counts__recovery": RECOVERY | {"mnc": None}}, "mnc"),
        ({"counts__viability": POST_THAW | {"applies_to": ["mnc"]}}, "cd3"),
        ({"counts__viability": POST_THAW | {"applies_to": []}}, "mnc+cd3"),
        ({}, "mnc+cd3"),
    ],
)
def test_pre_freeze_review_names_what_is_not_corrected(changes: dict[str, Any], analytes: str) -> None:
    (finding,) = (finding for finding in assessed(frozen(**changes)).findings if finding.code == "counts.pre-freeze")
    assert finding.params == {"analytes": analytes}


def test_counts_that_contradict_each_other_keep_what_was_counted_guarded() -> None:
    """A twice-applied loss forbids the sum, but 0.6 million CD3 per mL as counted is still worth a look."""
    result = assessed(frozen(counts__counted="post-thaw", counts__recovery=RECOVERY, counts__cd3__value="0.3"))
    assert result.bag is None
    assert {"counts.recovery-twice", "cd3-concentration.unusual"} <= set(codes(result.findings))


NO_CELLS_LEFT = {
    "no living cells": {"counts__viability": percent("0", measured="fresh", applies_to=["mnc", "cd3"])},
    "no living CD3": {"counts__viability": percent("0", measured="fresh", applies_to=["cd3"])},
    "none kept": {"counts__processed_after_count": {"from": ml("200"), "to": ml("80"), "recovery": percent("0")}},
    "made from nothing": {"counts__processed_after_count": {"from": ml("0"), "to": ml("8"), "recovery": percent("96")}},
    "none recovered": {
        "state": "cryopreserved", "counts__counted": "pre-freeze", "counts__viability": None,
        "counts__recovery": {"mnc": "0", "cd3": "0", "source": "site"},
    },
}  # fmt: skip


@pytest.mark.parametrize("changes", NO_CELLS_LEFT.values(), ids=NO_CELLS_LEFT)
def test_bag_without_living_cells_is_a_stop(changes: dict[str, Any]) -> None:
    result = assessed(product(**changes))
    assert [finding for finding in result.findings if finding.blocks]
