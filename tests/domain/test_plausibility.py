"""Each guardrail at, just inside and just outside its bounds, and at the entry that it guards.

The bounds were typed from the requirements' table of plausibility limits (hard: absolute, soft: recommended); those
that the table does not have are the protocol file's own proposals, listed apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from dlicalc.domain.finding import Finding
from dlicalc.domain.plausibility import Guard
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case, preemptive_case
from tests.domain.entries import ml, percent
from tests.program import evaluation, shipped_protocol


class Rail(NamedTuple):
    """Absolute and recommended bounds, and a word of the slip that is named below and above."""

    absolute: tuple[str, str]
    recommended: tuple[str, str]
    below: str = ""
    above: str = ""


FRACTION, TENFOLD, YEAR = "fraction of 1", "power of ten", "wrong year"
CONCENTRATION = {"below": "10⁷ or 10⁸ per mL", "above": "cells/µL"}
MICROMOLAR, MILLIGRAMS = "µmol/L entered as mg/dL", "mg/dL entered as µmol/L"

TABLE = {
    "weight": Rail(("2", "300"), ("8", "150"), above="pounds"),
    "age": Rail(("0", "110"), ("1", "75")),
    "height": Rail(("40", "230"), ("60", "200"), below="metres"),
    "white_cells": Rail(("1", "1000"), ("30", "400"), **CONCENTRATION),
    "diluted_reading": Rail(("0.1", "500"), ("2", "100"), **CONCENTRATION),
    "dilution": Rail(("1", "1000"), ("1", "100"), above="dilution factor"),
    "mnc_share": Rail(("0", "100"), ("40", "99"), below=FRACTION),
    "cd3_share": Rail(("0", "100"), ("10", "65"), below=FRACTION),
    "cd3_to_mnc": Rail(("0", "1"), ("0.15", "0.70"), "denominator", "denominator"),
    "cd3_concentration": Rail(("0.1", "500"), ("5", "150"), **CONCENTRATION),
    "cd3_in_bag": Rail(("1000000", "100000000000"), ("100000000", "50000000000"), TENFOLD, TENFOLD),
    "viability_fresh": Rail(("1", "100"), ("90", "100"), below=FRACTION),
    "viability_thawed": Rail(("1", "100"), ("60", "100"), below=FRACTION),
    "cd3_recovery": Rail(("5", "120"), ("50", "110"), below=FRACTION),
    "bag_volume": Rail(("1", "1000"), ("20", "400")),
    "density": Rail(("1.00", "1.10"), ("1.04", "1.07")),
    "withheld": Rail(("0", "50"), ("0", "50")),
    "withheld_of_bag": Rail(("0", "100"), ("0", "10")),
    "ordered_volume": Rail(("0", "1000"), ("2", "250"), TENFOLD, TENFOLD),
    "volume_per_kg": Rail(("0", "20"), ("0.2", "4"), TENFOLD, TENFOLD),
    "cd3_of_target": Rail(("0", "1000000"), ("80", "110")),
    "mnc_per_kg": Rail(("0", "500000000"), ("0", "500000000")),
    "mnc_of_target": Rail(("0", "1000000"), ("50", "110")),
    "dmso_share": Rail(("0", "20"), ("0", "10")),
    "dmso_per_kg": Rail(("0", "1"), ("0", "0.5")),
    "red_cells_incompatible": Rail(("0", "50"), ("0", "20")),
    "creatinine_mg_dl": Rail(("0.1", "20"), ("0.3", "3"), above=MICROMOLAR),
    "creatinine_umol_l": Rail(("9", "1770"), ("26", "265"), below=MILLIGRAMS),
    "creatinine_limit_mg_dl": Rail(("0.2", "2"), ("0.6", "1.4"), above=MICROMOLAR),
    "creatinine_limit_umol_l": Rail(("18", "177"), ("53", "124"), below=MILLIGRAMS),
    "bilirubin_mg_dl": Rail(("0.05", "60"), ("0.1", "10"), above=MICROMOLAR),
    "bilirubin_umol_l": Rail(("1", "1026"), ("2", "171"), below=MILLIGRAMS),
    "enzyme": Rail(("1", "20000"), ("1", "1000"), below="µkat/L"),
    "enzyme_limit": Rail(("10", "120"), ("25", "60"), below="µkat/L"),
    "lvef": Rail(("5", "90"), ("30", "80"), below=FRACTION),
    "spo2": Rail(("50", "100"), ("85", "100"), below=FRACTION),
    "day": Rail(("0", "3650"), ("30", "365"), YEAR, YEAR),
    "chemotherapy_hours": Rail(("0", "100000"), ("0", "720"), above=YEAR),
    "red_cells_incompatible_per_kg": Rail(("0", "1000"), ("0", "0.3")),
    "plasma_incompatible_per_kg": Rail(("0", "1000"), ("0", "5")),
}
OWN_PROPOSALS = {
    "volume_of_processed": Rail(("20", "500"), ("95", "105")),
    "mnc_recovery": Rail(("5", "120"), ("50", "110"), below=FRACTION),
    "processing_recovery": Rail(("5", "120"), ("50", "110"), below=FRACTION),
    "bilirubin_limit_mg_dl": Rail(("0.2", "5"), ("0.8", "2"), above=MICROMOLAR),
    "bilirubin_limit_umol_l": Rail(("3.4", "86"), ("13", "35"), below=MILLIGRAMS),
    "cystatin_c": Rail(("0.1", "20"), ("0.4", "5")),
    "marrow_blasts": Rail(("0", "100"), ("0", "100")),
    "nrbc": Rail(("0", "1000"), ("0", "50")),
    "hematocrit": Rail(("0", "100"), ("0", "15")),
}
RAILS = TABLE | OWN_PROPOSALS
A_LITTLE = Decimal("0.000001")


def test_there_are_49_guardrails() -> None:
    assert len(RAILS) == 49
    assert set(RAILS) == set(dict(shipped_protocol().plausibility))


def findings(name: str, amount: Decimal) -> list[Finding]:
    """What a typed and a computed amount raise, which must be the same but for the typed text."""
    typed, computed = Guard(shipped_protocol().plausibility), Guard(shipped_protocol().plausibility)
    typed.check(name, amount, "there", "")
    computed.check_computed(name, Fraction(amount), "there")
    assert typed.findings == computed.findings
    return typed.findings


def places() -> Iterator[tuple[str, Decimal, str, str]]:
    """Amounts at and beside every bound, with the severity due and a word of the slip due."""
    for name, rail in RAILS.items():
        (low, high), (soft_low, soft_high) = (tuple(map(Decimal, pair)) for pair in (rail.absolute, rail.recommended))
        for amount in (soft_low, soft_high, soft_low + A_LITTLE, soft_high - A_LITTLE):
            yield name, amount, "", ""
        yield name, low - A_LITTLE, "stop", rail.below
        yield name, high + A_LITTLE, "stop", rail.above
        if low < soft_low:
            for amount in (low, low + A_LITTLE, soft_low - A_LITTLE):
                yield name, amount, "review", rail.below
        if soft_high < high:
            for amount in (high, high - A_LITTLE, soft_high + A_LITTLE):
                yield name, amount, "review", rail.above


@pytest.mark.parametrize(("name", "amount", "severity", "slip"), [*places()])
def test_at_and_beside_the_bounds(name: str, amount: Decimal, severity: str, slip: str) -> None:
    found = findings(name, amount)
    assert [finding.severity.label for finding in found] == ([severity] if severity else [])
    for finding in found:
        kind = "out-of-bounds" if severity == "stop" else "unusual"
        assert (finding.code, finding.path, finding.decidable) == (f"{name.replace('_', '-')}.{kind}", "there", False)
        message = Words().finding(finding)
        slip = slip if amount else ""  # a zero is no slip of units
        assert slip in message
        assert ("is not possible" if severity == "stop" else "is unusual") in message
        assert len(message.split("). ")) == (2 if slip and severity == "stop" else 1)


def test_number_far_beyond_the_bounds_is_still_compared_exactly() -> None:
    assert findings("cd3_to_mnc", Decimal("1." + "0" * 79 + "1"))[0].severity.label == "stop"


def test_message_shows_the_number_as_typed_and_the_bounds() -> None:
    finding = noticed(full_case(), "weight.unusual", recipient__weight={"value": "400.0", "unit": "[lb_av]"})
    text = Words().finding(finding)
    assert text.startswith("Weight: 400.0 lb is unusual (expected 8 to 150 kg)")


def test_message_of_a_bare_number() -> None:
    finding = noticed(full_case(), "dilution.unusual", products__0__counts__wbc__multiply_by="200")
    assert Words().finding(finding).startswith("Dilution factor: 200 is unusual (expected 1 to 100)")


def noticed(case: dict[str, Any], code: str, **changes: Any) -> Finding:
    """The one finding with this code."""
    (finding,) = (found for found in evaluation(changed(case, **changes), AS_OF).findings if found.code == code)
    return finding


P, C, MG = "products__0", "products__0__counts", "mg/dL"
VIABLE = percent("89", measured="fresh", applies_to=[])
RECOVERY = {"mnc": percent("49"), "cd3": percent("49"), "source": "site"}
THAWED = {f"{P}__state": "cryopreserved", f"{C}__counted": "pre-freeze", f"{P}__dmso": percent("10")}
KEPT = {"from": ml("204"), "to": ml("180"), "recovery": percent("49")}
WEIGHED = {"gross": {"value": "231", "unit": "g"}, "tare": {"value": "48", "unit": "g"},
           "density": {"value": "1.039", "unit": "g/mL"}}  # fmt: skip
MAJOR = {"recipient__abo_rhd": "O Pos"}
CREATININE = {"value": "0.2", "unit": MG, "upper_limit": "0.5", "collected_on": "2026-11-17"}
BILIRUBIN = {"value": "11", "unit": MG, "upper_limit": "2.1"}

# One entry or more, just outside the recommended bounds, in the good case: the code and the path it must be found at.
GUARDED: list[tuple[str, str, dict[str, Any]]] = [
    ("weight.unusual", "recipient.weight", {"recipient__weight__value": "150.1"}),
    ("age.unusual", "recipient.birth_date", {"recipient__birth_date": "1950-11-18"}),  # 76
    ("height.out-of-bounds", "recipient.height", {"recipient__height__value": "1.65"}),
    ("white-cells.unusual", f"{P}.counts.wbc", {f"{C}__wbc": {"value": "29.9", "unit": "10*9/L"}}),
    ("white-cells.unusual", f"{P}.counts.wbc", {f"{C}__wbc__value": "401"}),
    ("white-cells.unusual", f"{P}.counts.wbc", {f"{C}__wbc": {"value": "41", "unit": "10*9/L", "multiply_by": "10"}}),
    ("diluted-reading.unusual", f"{P}.counts.wbc",
     {f"{C}__wbc": {"value": "101", "unit": "10*9/L", "multiply_by": "2"}}),
    ("dilution.out-of-bounds", f"{P}.counts.wbc.multiply_by", {f"{C}__wbc__multiply_by": "0.9"}),
    ("dilution.unusual", f"{P}.counts.cd3.multiply_by",
     {f"{C}__cd3": {"value": "500", "unit": "/uL", "multiply_by": "101"}}),
    ("dilution.unusual", f"{P}.counts.mnc.multiply_by",
     {f"{C}__mnc": {"value": "1.5", "unit": "10*6/mL", "multiply_by": "101"}}),
    ("mnc-share.unusual", f"{P}.counts.mnc", {f"{C}__mnc__value": "39.9"}),
    ("cd3-share.unusual", f"{P}.counts.cd3", {f"{C}__cd3__value": "9.9"}),
    ("cd3-to-mnc.unusual", f"{P}.counts.cd3", {f"{C}__cd3__value": "60"}),  # 60/75 = 0.8
    ("cd3-concentration.unusual", f"{P}.counts.cd3", {f"{C}__cd3": {"value": "4900", "unit": "/uL"}}),
    ("cd3-in-bag.unusual", f"{P}.counts.cd3", {f"{C}__cd3": {"value": "600", "unit": "/uL"}}),  # 9 x 10^7 in 150 mL
    ("viability-fresh.unusual", f"{P}.counts.viability", {f"{C}__viability": VIABLE}),
    ("viability-thawed.unusual", f"{P}.counts.viability",
     THAWED | {f"{C}__viability": percent("59", measured="post-thaw", applies_to=[])}),
    ("mnc-recovery.unusual", f"{P}.counts.recovery.mnc", THAWED | {f"{C}__recovery": RECOVERY}),
    ("cd3-recovery.unusual", f"{P}.counts.recovery.cd3", THAWED | {f"{C}__recovery": RECOVERY}),
    ("processing-recovery.unusual", f"{P}.counts.processed_after_count.recovery",
     {f"{C}__processed_after_count": KEPT}),
    ("volume-of-processed.unusual", f"{P}.counts.processed_after_count.to",
     {f"{C}__processed_after_count": KEPT | {"to": ml("142.8")}}),  # 150 mL are 105.04 % of it
    ("bag-volume.unusual", f"{P}.volume", {f"{P}__volume__value": "401"}),
    ("density.unusual", f"{P}.volume.density", {f"{P}__volume": WEIGHED}),
    ("withheld.out-of-bounds", f"{P}.withheld", {f"{P}__withheld__value": "50.1"}),
    ("withheld-of-bag.unusual", f"{P}.withheld", {f"{P}__withheld__value": "15.1"}),  # of 150 mL
    ("ordered-volume.unusual", "products", {"recipient__weight__value": "3.9"}),  # 1.95 mL
    ("volume-per-kg.unusual", "products", {f"{C}__cd3": {"value": "7", "unit": "10*6/mL"},
                                           f"{C}__mnc": {"value": "20", "unit": "10*6/mL"},
                                           f"{P}__volume__value": "400"}),  # 30/7 mL/kg
    ("cd3-of-target.unusual", "products", {f"{C}__cd3__value": "17"}),  # 68 % when MNC is full
    ("mnc-of-target.unusual", "products", {f"{C}__cd3__value": "50"}),  # 45 % when CD3 is full
    ("mnc-per-kg.out-of-bounds", "products",
     {f"{C}__mnc": {"value": "180", "unit": "10*6/mL"}, f"{C}__cd3": {"value": "10", "unit": "10*6/mL"},
      f"{P}__volume__value": "400", "infusion__dose_rule": {"rule": "cd3", "set_by": "Dr A", "reason": "x"}}),
    ("dmso-share.unusual", f"{P}.dmso", {f"{P}__dmso": percent("10.1")}),
    ("dmso-per-kg.unusual", "products",
     {f"{P}__dmso": percent("20"), f"{C}__wbc__value": "40", f"{P}__volume__value": "400"}),  # 2.5 mL/kg x 0.2 x 1.1
    ("red-cells-incompatible.unusual", "products", MAJOR | {f"{P}__hematocrit": percent("60")}),  # 21 mL of 35
    ("red-cells-incompatible-per-kg.unusual", "products", MAJOR | {f"{P}__hematocrit": percent("60.1")}),
    ("plasma-incompatible-per-kg.unusual", "products",
     {"recipient__abo_rhd": "AB Pos", f"{C}__mnc": {"value": "19", "unit": "10*6/mL"},
      f"{C}__cd3": {"value": "5.5", "unit": "10*6/mL"}, f"{P}__volume__value": "400"}),  # 100/19 mL/kg
    ("creatinine-mg-dl.unusual", "labs.creatinine", {"labs__creatinine": CREATININE}),
    ("creatinine-limit-mg-dl.unusual", "labs.creatinine.upper_limit", {"labs__creatinine": CREATININE}),
    ("creatinine-umol-l.unusual", "labs.creatinine", {"labs__creatinine__value": "25"}),
    ("creatinine-limit-umol-l.unusual", "labs.creatinine.upper_limit", {"labs__creatinine__upper_limit": "52"}),
    ("bilirubin-mg-dl.unusual", "labs.bilirubin", {"labs__bilirubin": BILIRUBIN}),
    ("bilirubin-limit-mg-dl.unusual", "labs.bilirubin.upper_limit", {"labs__bilirubin": BILIRUBIN}),
    ("bilirubin-umol-l.unusual", "labs.bilirubin", {"labs__bilirubin__value": "1"}),
    ("bilirubin-limit-umol-l.unusual", "labs.bilirubin.upper_limit", {"labs__bilirubin__upper_limit": "12"}),
    ("enzyme.unusual", "labs.alt", {"labs__alt": {"value": "16.7", "unit": "ukat/L"}}),  # 1002 U/L
    ("enzyme.out-of-bounds", "labs.ast", {"labs__ast__value": "0.58"}),
    ("enzyme-limit.unusual", "labs.alt.upper_limit", {"labs__alt__upper_limit": "61"}),
    ("cystatin-c.unusual", "labs.cystatin_c", {"labs__cystatin_c": {"value": "0.3", "unit": "mg/L"}}),
    ("lvef.out-of-bounds", "organs.lvef", {"organs__lvef__value": "0.61"}),
    ("spo2.out-of-bounds", "organs.spo2", {"organs__spo2__value": "0.97"}),
    ("marrow-blasts.out-of-bounds", "transplant.marrow_blasts_before_conditioning",
     {"transplant__marrow_blasts_before_conditioning": percent("100.1")}),
    ("nrbc.unusual", f"{P}.counts.nrbc_per_100_wbc", {f"{C}__nrbc_per_100_wbc": "51"}),
    ("hematocrit.unusual", f"{P}.hematocrit", {f"{P}__hematocrit": percent("15.1")}),
    ("day.unusual", "transplant.day_0", {"transplant__day_0": "2026-10-20"}),  # +29
    ("day.out-of-bounds", "transplant.day_0", {"transplant__day_0": "2026-11-19"}),  # -1
    ("chemotherapy-hours.unusual", "infusion.chemotherapy.last_dose_at",
     {"infusion__chemotherapy__last_dose_at": "2026-10-15T22:00+08:00"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "path", "changes"), GUARDED, ids=[f"{code}-{n}" for n, (code, *_) in enumerate(GUARDED)]
)
def test_entry_is_guarded(code: str, path: str, changes: dict[str, Any]) -> None:
    case = preemptive_case() if "chemotherapy" in code else full_case()
    assert noticed(case, code, **changes).path == path.replace("__", ".")


def test_every_guardrail_guards_something() -> None:
    guarded = {code.partition(".")[0].replace("-", "_") for code, *_ in GUARDED}
    assert guarded == set(RAILS)


def test_good_case_passes_every_guardrail() -> None:
    assert [finding.code for finding in evaluation(full_case(), AS_OF).findings if "guardrail" in finding.params] == []
