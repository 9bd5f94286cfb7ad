"""From the laboratory's counts to living cells per mL; figures are those of the worked examples E1 to E17."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.concentration import (
    CellCounts,
    Concentrations,
    count_cells,
    nrbc_factor,
    present_cells,
    processing_factor,
    undiluted,
)
from dlicalc.domain.product import Counts, WhiteCells
from tests.domain.entries import codes, frozen, labelled, ml, percent, product

MILLION = 10**6
E1 = CellCounts(Fraction(200 * MILLION), Fraction(150 * MILLION), Fraction(60 * MILLION), None)


def wbc(value: str, unit: str = "10*9/L", **more: str) -> dict[str, str]:
    return {"value": value, "unit": unit, **more}


def counted(**counts: Any) -> CellCounts:
    cells, _, findings = count_cells(Counts.model_validate(counts), 0)
    assert (cells is None) is bool(findings)
    assert cells is not None, codes(findings)
    return cells


def test_nucleated_red_cells_are_taken_out() -> None:
    """6 per 100 white cells: 100 of 106 are white."""
    assert nrbc_factor(Fraction(6)) == Fraction(100, 106)
    assert nrbc_factor(Fraction(0)) == 1


def test_processing_changes_the_concentration() -> None:
    """E14: 204 mL to 80 mL with 96 % of the cells is 2.448."""
    assert processing_factor(Fraction(204), Fraction(80), Fraction("0.96")) == Fraction("2.448")


def test_dilution_is_undone() -> None:
    """E5: 9.82 x 20 = 196.4; without a factor the reading stands."""
    assert undiluted(WhiteCells.model_validate(wbc("9.82", "10*3/uL", multiply_by="20"))) == 196_400_000
    assert undiluted(WhiteCells.model_validate(wbc("9.82", "10*3/uL"))) == 9_820_000


def test_shares_of_white_cells() -> None:
    """E1: 75 % and 30 % of 200."""
    assert counted(wbc=wbc("200"), mnc=percent("75", of="wbc"), cd3=percent("30", of="wbc")) == E1


def test_mnc_share_without_denominator_is_of_white_cells() -> None:
    assert counted(wbc=wbc("200"), mnc=percent("75"), cd3=percent("30", of="wbc")) == E1


def test_share_of_mnc() -> None:
    """40 % of 75 % of 200."""
    assert counted(wbc=wbc("200"), mnc=percent("75"), cd3=percent("40", of="mnc")) == E1


def test_share_of_lymphocytes_of_corrected_white_cells() -> None:
    """E13: 192 x 100/106, of which 46 % x 68 %."""
    cells = counted(
        wbc=wbc("192"), nrbc_per_100_wbc="6", mnc=percent("70"), cd3=percent("68", of="lymphocytes"),
        lymphocytes=percent("46"),
    )  # fmt: skip
    white = Fraction(19200, 106) * MILLION
    lymphocytes = white * Fraction("0.46")
    assert cells == CellCounts(white, white * Fraction("0.7"), lymphocytes * Fraction("0.68"), lymphocytes)


def test_single_platform_needs_no_white_cells() -> None:
    cells = counted(mnc=wbc("150", "10*6/mL"), cd3=wbc("2450", "/uL", multiply_by="20"))
    assert cells == CellCounts(None, Fraction(150 * MILLION), Fraction(49 * MILLION), None)


def test_lymphocytes_may_be_a_concentration() -> None:
    cells = counted(mnc=wbc("150"), cd3=percent("50", of="lymphocytes"), lymphocytes=wbc("100"))
    assert cells.cd3 == 50 * MILLION


def test_each_factor_leaves_a_step() -> None:
    counts = {"wbc": wbc("9.6", multiply_by="20"), "nrbc_per_100_wbc": "6", "mnc": percent("70"),
              "cd3": percent("68", of="lymphocytes"), "lymphocytes": percent("46")}  # fmt: skip
    _, steps, _ = count_cells(Counts.model_validate(counts), 2)
    assert [step.code for step in steps] == [
        "count.wbc", "count.nrbc", "count.mnc-share", "count.lymphocytes-share", "count.cd3-share",
    ]  # fmt: skip
    assert {step.params["bag"] for step in steps} == {3}
    assert (steps[0].params["times"], steps[0].result, steps[0].unit) == ("20", 192 * MILLION, "/mL")


@pytest.mark.parametrize(
    ("counts", "code", "field"),
    [
        ({"mnc": percent("75"), "cd3": wbc("60")}, "counts.wbc-unknown", "wbc"),
        ({"mnc": wbc("150"), "cd3": percent("30", of="wbc")}, "counts.wbc-unknown", "wbc"),
        ({"wbc": wbc("200"), "cd3": wbc("60")}, "counts.mnc-unknown", "mnc"),
        ({"wbc": wbc("200"), "mnc": percent("75")}, "counts.cd3-unknown", "cd3"),
        ({"mnc": wbc("150"), "cd3": percent("30", of="lymphocytes")}, "counts.lymphocytes-unknown", "lymphocytes"),
        ({"wbc": wbc("200"), "mnc": percent("100.1"), "cd3": wbc("60")}, "counts.share-above-100", "mnc"),
        ({"wbc": wbc("200"), "mnc": percent("100"), "cd3": percent("101", of="wbc")}, "counts.share-above-100", "cd3"),
        ({"wbc": wbc("200"), "mnc": wbc("201"), "cd3": wbc("60")}, "counts.mnc-above-wbc", "mnc"),
        (
            {"wbc": wbc("200"), "mnc": wbc("150"), "cd3": wbc("60"), "lymphocytes": wbc("201")},
            "counts.lymphocytes-above-wbc",
            "lymphocytes",
        ),
        ({"wbc": wbc("200"), "mnc": wbc("150"), "cd3": percent("0", of="wbc")}, "counts.cd3-zero", "cd3"),
    ],
)
def test_what_cannot_be_counted_is_a_stop_where_it_stands(counts: dict[str, Any], code: str, field: str) -> None:
    cells, _, findings = count_cells(Counts.model_validate(counts), 1)
    assert cells is None
    assert labelled(findings) == [(code, "stop", f"products.1.counts.{field}")]


def test_everything_impossible_is_told() -> None:
    counts = Counts.model_validate({"wbc": wbc("200"), "mnc": wbc("0"), "cd3": wbc("201")})
    assert codes(count_cells(counts, 0)[2]) == ["counts.cd3-above-wbc", "counts.mnc-zero"]


def test_no_counts_at_all() -> None:
    cells, steps, findings = count_cells(None, 0)
    assert (cells, steps, codes(findings)) == (None, [], ["counts.mnc-unknown", "counts.cd3-unknown"])


def test_all_of_the_white_cells_is_possible() -> None:
    assert counted(wbc=wbc("200"), mnc=percent("100"), cd3=percent("100", of="mnc")).cd3 == 200 * MILLION


def present(bag: Any) -> Concentrations:
    cells, _, findings = present_cells(bag, E1, 0)
    assert findings == []
    assert cells is not None
    return cells


@pytest.mark.parametrize(
    ("applies_to", "mnc", "cd3"),
    [([], 150, 60), (["mnc", "cd3"], 120, 48), (["mnc"], 120, 60), (["cd3"], 150, 48)],  # x 0.8
)
def test_viability_applies_once_and_where_it_says(applies_to: list[str], mnc: int, cd3: int) -> None:
    bag = product(counts__viability=percent("80", measured="fresh", applies_to=applies_to))
    assert present(bag) == (mnc * MILLION, cd3 * MILLION)


def test_recovery_applies_to_a_frozen_bag_only() -> None:
    recovery = {"mnc": percent("90"), "cd3": "85", "source": "site"}
    assert present(frozen(counts__recovery=recovery)) == (135 * MILLION, 51 * MILLION)
    assert present(product(counts__recovery=recovery)) == (150 * MILLION, 60 * MILLION)
    assert present(frozen(counts__recovery=recovery | {"mnc": None})) == (150 * MILLION, 51 * MILLION)


def test_no_counts_leave_the_cells_as_they_are() -> None:
    assert present(product(counts=None)) == (150 * MILLION, 60 * MILLION)


def test_processing_after_the_count() -> None:
    processed = {"from": ml("204"), "to": ml("80"), "recovery": percent("96")}
    bag = product(counts__processed_after_count=processed)
    assert present(bag) == (Fraction("367.2") * MILLION, Fraction("146.88") * MILLION)  # x 2.448
    nothing = {"from": None, "to": None, "recovery": None}
    assert present(product(counts__processed_after_count=nothing)) == (150 * MILLION, 60 * MILLION)


def test_everything_at_once_in_steps() -> None:
    processed = {"from": ml("200"), "to": ml("100"), "recovery": percent("50")}
    bag = frozen(
        counts__viability=percent("80", measured="pre-freeze", applies_to=["mnc", "cd3"]),
        counts__recovery={"mnc": "90", "cd3": "85", "source": "site"},
        counts__processed_after_count=processed,
    )
    cells, steps, _ = present_cells(bag, E1, 0)
    assert cells == (
        108 * MILLION,
        Fraction("40.8") * MILLION,
    )  # 150 x 0.8 x 0.9 and 60 x 0.8 x 0.85; 200/100 x 0.5 = 1
    assert [step.code.partition(".")[2] for step in steps] == [
        "mnc-viable", "mnc-recovered", "mnc-processed", "cd3-viable", "cd3-recovered", "cd3-processed",
    ]  # fmt: skip


RECOVERY = {"mnc": "90", "cd3": None, "source": "site"}
FORBIDDEN = [
    ({"counts__viability": percent("98", measured="fresh")}, "counts.viability-basis", "viability.applies_to"),
    ({"counts__viability": percent("100.1", applies_to=[])}, "counts.share-above-100", "viability"),
    ({"counts__recovery": RECOVERY, "counts__counted": "post-thaw"}, "counts.recovery-twice", "recovery"),
    (
        {"counts__recovery": RECOVERY, "counts__viability": percent("80", measured="post-thaw", applies_to=[])},
        "counts.recovery-twice",
        "recovery",
    ),
    (
        {"counts__processed_after_count": {"from": ml("204"), "to": ml("80")}},
        "counts.processing-incomplete",
        "processed_after_count",
    ),
    (
        {"counts__processed_after_count": {"recovery": percent("96")}},
        "counts.processing-incomplete",
        "processed_after_count",
    ),
    (
        {"counts__processed_after_count": {"from": ml("204"), "to": ml("0"), "recovery": percent("96")}},
        "counts.processing-to-zero",
        "processed_after_count.to",
    ),
]


@pytest.mark.parametrize(("changes", "code", "field"), FORBIDDEN)
def test_contradictory_entries_give_no_concentration(changes: dict[str, Any], code: str, field: str) -> None:
    cells, steps, findings = present_cells(frozen(**changes), E1, 0)
    assert (cells, steps) == (None, [])
    assert labelled(findings) == [(code, "stop", f"products.0.counts.{field}")]


def test_more_cd3_than_mnc() -> None:
    """Viability on MNC alone: 150 x 0.3 = 45 is less than 60."""
    cells, _, findings = present_cells(product(counts__viability=percent("30", applies_to=["mnc"])), E1, 0)
    assert cells is None
    assert labelled(findings) == [("counts.cd3-above-mnc", "stop", "products.0.counts.cd3")]


def test_as_many_cd3_as_mnc_is_possible() -> None:
    assert present(product(counts__viability=percent("40", applies_to=["mnc"]))) == (60 * MILLION, 60 * MILLION)


@pytest.mark.parametrize(
    ("applies_to", "found"),
    [(["mnc", "cd3"], ["counts.mnc-zero", "counts.cd3-zero"]), (["mnc"], ["counts.mnc-zero"]),
     (["cd3"], ["counts.cd3-zero"])],
)  # fmt: skip
def test_no_living_cells(applies_to: list[str], found: list[str]) -> None:
    cells, _, findings = present_cells(product(counts__viability=percent("0", applies_to=applies_to)), E1, 0)
    assert (cells, codes(findings)) == (None, found)


MORE_CD3 = E1._replace(mnc=E1.cd3, cd3=E1.mnc)


def test_more_cd3_than_mnc_as_counted_is_a_stop_though_losses_hide_it() -> None:
    """Frozen, 60 % of the MNC and 20 % of the CD3 left: 36 and 30 million, but 150 of 60 were counted."""
    bag = frozen(counts__recovery={"mnc": "60", "cd3": "20", "source": "site"})
    cells, _, findings = present_cells(bag, MORE_CD3, 0)
    assert cells == (36 * MILLION, 30 * MILLION)
    assert labelled(findings) == [("counts.cd3-above-mnc", "stop", "products.0.counts.cd3")]


@pytest.mark.parametrize(
    ("applies_to", "doubtful"), [(["cd3"], False), (["mnc", "cd3"], True), ([], True), (["mnc"], None)]
)
def test_counts_with_and_without_dead_cells_are_not_compared(applies_to: list[str], doubtful: bool | None) -> None:
    """150 CD3 with their dead may exceed 60 MNC without; at 30 % alive there are 45."""
    bag = product(counts__viability=percent("30", measured="fresh", applies_to=applies_to))
    cells, _, findings = present_cells(bag, MORE_CD3, 0)
    assert (cells is not None) is (doubtful is False)
    assert bool(findings) is (doubtful is not False)
