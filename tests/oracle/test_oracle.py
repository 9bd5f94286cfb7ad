"""The oracle against the worked doses and the eGFR vectors of `tests/vectors`, every number of them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.cases import AS_OF, at, changed, full_case
from tests.figures import close
from tests.oracle import criteria, dose, egfr, eligibility, renal, schedule
from tests.oracle.renal import ckid_u25_k
from tests.worked_doses import CASES, SLIPS, TARGET_SLIP, VECTORS, WEIGHED, WORKED

ONE_BAG = ("E1", "E2", "E3", "E4", "E5", "E6", "E8", "E9", "E10", "E11", "E13", "E14", "E15")
MILLION = 10**6
BINARY_FLOAT = Fraction(1, 10**12)  # the error of the cells that a spreadsheet computed
SEX = {"F": "female", "M": "male", "": "male"}


def same(worked: str, exact: Fraction) -> bool:
    """Equal, or equal as far as printed: "…" follows 12 decimals, or 12 significant digits but at most 4 decimals."""
    if not worked.endswith("…"):
        return Fraction(worked) == exact
    digits = worked.removesuffix("…")
    whole, _, decimals = digits.partition(".")
    places = min(4, 12 - len(whole)) if len(decimals) <= 4 else 12
    return abs(Fraction(digits) - exact) <= Fraction(1, 2 * 10**places)


def one_bag(name: str) -> dict[str, Fraction]:
    """All that the file says of an example with one bag, from the oracle's concentrations and order."""
    figures = dose(CASES[name])
    kg = Fraction(at(CASES[name], "recipient.weight.value"))
    bag = figures["bags"][0]
    mnc, cd3, ordered = bag["mnc_per_ml"], bag["cd3_per_ml"], figures["ordered_volume_ml"]
    mnc_volume, cd3_volume = kg * 10**8 / mnc, kg * 3 * 10**7 / cd3
    available = ordered + bag["left_ml"]
    return {
        "W_kg": kg,
        "c_mnc_1e6_per_mL": mnc / MILLION,
        "c_cd3_1e6_per_mL": cd3 / MILLION,
        "ratio_cd3_mnc": cd3 / mnc,
        "V_mnc_mL": mnc_volume,
        "V_mnc_exact": mnc_volume,
        "V_cd3_mL": cd3_volume,
        "V_cd3_exact": cd3_volume,
        "mnc_at_Vcd3_per_kg": cd3_volume * mnc / kg,
        "cd3_at_Vmnc_per_kg": mnc_volume * cd3 / kg,
        "avail_mL": available,
        "V_safe_mL": min(mnc_volume, cd3_volume, available),
        "V_printed_mL": ordered,
        "mnc_at_printed_per_kg": figures["mnc_per_kg"],
        "cd3_at_printed_per_kg": figures["cd3_per_kg"],
        "mnc_total_printed": ordered * mnc,
        "cd3_total_printed": ordered * cd3,
        "pct_mnc": figures["mnc_percent_of_target"],
        "pct_cd3": figures["cd3_percent_of_target"],
    }


@pytest.mark.parametrize("name", ONE_BAG)
def test_one_bag(name: str) -> None:
    computed = one_bag(name)
    different = {
        key: (WORKED[name][key], figure) for key, figure in computed.items() if not same(WORKED[name][key], figure)
    }
    assert not different


@pytest.mark.parametrize("name", ONE_BAG)
def test_limit_and_reachable_volumes(name: str) -> None:
    figures, worked = dose(CASES[name]), WORKED[name]
    limiting = {"VOLUME": "available-volume"}.get(worked["limiting"], worked["limiting"].lower())
    assert figures["limiting"] == limiting
    for analyte in ("mnc", "cd3"):
        volume = Fraction(worked[f"V_{analyte}_exact"])
        available = figures["ordered_volume_ml"] + figures["bags"][0]["left_ml"]
        assert figures[f"{analyte}_volume_ml"] == (volume if volume <= available else None)


def test_two_bags() -> None:
    figures, worked = dose(CASES["E7"]), WORKED["E7"]
    first, second = figures["bags"]
    assert first["mnc_per_ml"] == Fraction(worked["bag1"]["c_mnc"]) * MILLION
    assert first["cd3_per_ml"] == Fraction(worked["bag1"]["c_cd3"]) * MILLION
    assert first["mnc_per_ml"] * first["volume_ml"] == Fraction(worked["bag1"]["mnc_1e6"]) * MILLION
    assert first["cd3_per_ml"] * first["volume_ml"] == Fraction(worked["bag1"]["cd3_1e6"]) * MILLION
    assert second["mnc_per_ml"] == Fraction(worked["bag2"]["c_mnc"]) * MILLION
    assert second["cd3_per_ml"] == Fraction(worked["bag2"]["c_cd3"]) * MILLION
    assert figures["mnc_volume_ml"] == 35 + Fraction(worked["V2_for_MNC_exact"])
    assert figures["cd3_volume_ml"] == 35 + Fraction(worked["V2_for_CD3_exact"])
    assert same(worked["total_for_MNC_mL"], figures["mnc_volume_ml"])
    assert same(worked["total_for_CD3_mL"], figures["cd3_volume_ml"])
    assert [first["volume_ml"], second["volume_ml"]] == [35, Fraction("14.4")]
    assert same(worked["mnc_at_printed_per_kg"], figures["mnc_per_kg"])
    assert same(worked["cd3_at_printed_per_kg"], figures["cd3_per_kg"])
    in_bag_1 = (35 * first["mnc_per_ml"], 35 * first["cd3_per_ml"])
    for_mnc, for_cd3 = Fraction(worked["V2_for_MNC_exact"]), Fraction(worked["V2_for_CD3_exact"])
    assert same(worked["cd3_at_MNC_volume"], (in_bag_1[1] + for_mnc * second["cd3_per_ml"]) / 74)
    assert same(worked["mnc_at_CD3_volume"], (in_bag_1[0] + for_cd3 * second["mnc_per_ml"]) / 74)
    pooled = (in_bag_1[1] + 85 * second["cd3_per_ml"]) / 120
    assert same(worked["wrong_mean_conc_V"], 74 * 3 * 10**7 / pooled)


def test_frozen_aliquots() -> None:
    figures, worked = dose(CASES["E12"]), WORKED["E12"]
    assert figures["bags"][0]["cd3_per_ml"] == Fraction(worked["c_cd3_postthaw"]) * MILLION
    for per_kg, aliquot in worked["aliquots"].items():
        volume = figures["cd3_volume_ml"] * Fraction(per_kg.removesuffix("/kg")) / (3 * 10**7)
        assert volume == Fraction(aliquot["exact"])
        assert same(aliquot["mL"], volume)
        assert same(aliquot["freeze_mL_ignoring_recovery"], volume * Fraction("0.85"))


@pytest.mark.parametrize("slip", SLIPS)
def test_power_of_ten_slips(slip: str) -> None:
    assert dose(SLIPS[slip])["cd3_volume_ml"] == Fraction(WORKED["E16"]["rows"][slip])


def test_every_slip_is_covered() -> None:
    assert {*SLIPS, TARGET_SLIP} == WORKED["E16"]["rows"].keys()
    assert Fraction(WORKED["E16"]["rows"][TARGET_SLIP]) == 10 * dose(CASES["E1"])["cd3_volume_ml"]


def test_impossible_subset() -> None:
    figures = dose(CASES["E17"])
    bag = figures["bags"][0]
    assert figures["contradictory"]
    assert same("1.607142857143…", bag["cd3_per_ml"] / bag["mnc_per_ml"])


def cd3_volume(name: str, **fields: Any) -> Fraction:
    """The CD3+ volume of a worked case with fields changed, in a bag that is never too small."""
    roomy = {} if name == "E11" else {"products__0__volume__value": "100000"}
    return dose(changed(CASES[name], **roomy, **fields))["cd3_volume_ml"]


def cd3_per_kg(name: str, volume: Fraction) -> Fraction:
    """What a volume of a worked case's bag really gives."""
    return volume * dose(CASES[name])["bags"][0]["cd3_per_ml"] / Fraction(at(CASES[name], "recipient.weight.value"))


def bag_volume(density: str) -> Fraction:
    """The volume of the bag of E11, by weight, before 7 mL are withheld."""
    bag = dose(changed(CASES["E11"], products__0__volume__density__value=density))["bags"][0]
    return bag["volume_ml"] + bag["left_ml"] + 7


COUNTS = "products__0__counts"
NO_VIABILITY = {f"{COUNTS}__viability": None}
TWICE_VIABILITY = {f"{COUNTS}__mnc__value": "59.04", f"{COUNTS}__cd3__value": "29.52"}
IDEAL_KG, ADJUSTED_KG = Fraction("73.296"), Fraction("99.9776")
EXTRAS: list[tuple[str, str, Callable[[], Fraction]]] = [
    ("E8", "if rounded to 3 mL -> CD3/kg", lambda: cd3_per_kg("E8", Fraction(3))),
    ("E8", "if rounded to 4 mL -> CD3/kg", lambda: cd3_per_kg("E8", Fraction(4))),
    ("E9", "IBW Devine male 178 cm kg", lambda: 50 + Fraction("0.91") * (178 - Fraction("152.4"))),
    ("E9", "V_CD3 if IBW mL", lambda: cd3_volume("E9", recipient__weight__value="73.296")),
    ("E9", "adjusted BW (0.4) kg", lambda: IDEAL_KG + Fraction("0.4") * (140 - IDEAL_KG)),
    ("E9", "V_CD3 if AdjBW mL", lambda: cd3_volume("E9", recipient__weight__value="99.9776")),
    (
        "E9",
        "CD3 per actual kg if IBW volume",
        lambda: cd3_per_kg("E9", cd3_volume("E9", recipient__weight__value="73.296")),
    ),
    (
        "E10",
        "DMSO g at V_safe (10 % v/v, 1.10 g/mL)",
        lambda: Fraction("0.11") * cd3_volume("E10"),
    ),
    ("E10", "DMSO g/kg", lambda: Fraction("0.11") * cd3_volume("E10") / 71),
    ("E10", "double viability correction: V_CD3 mL", lambda: cd3_volume("E10", **TWICE_VIABILITY)),
    ("E10", "true CD3/kg then given", lambda: cd3_per_kg("E10", cd3_volume("E10", **TWICE_VIABILITY))),
    ("E10", "no viability correction: V_CD3 mL", lambda: cd3_volume("E10", **NO_VIABILITY)),
    ("E10", "true viable CD3/kg then given", lambda: cd3_per_kg("E10", cd3_volume("E10", **NO_VIABILITY))),
    ("E11", "V from weight mL", lambda: bag_volume("1.058")),
    ("E11", "available mL", lambda: bag_volume("1.058") - 7),
    ("E11", "V if density 1.00", lambda: bag_volume("1.00")),
    ("E11", "V if density 1.06", lambda: bag_volume("1.06")),
    (
        "E11",
        "total CD3 in bag 1e6",
        lambda: bag_volume("1.058") * dose(CASES["E11"])["bags"][0]["cd3_per_ml"] / MILLION,
    ),
    ("E13", "WBC corrected", lambda: Fraction(192) * 100 / 106),
    ("E13", "misread as % of CD45+: V_CD3", lambda: cd3_volume("E13", **{f"{COUNTS}__cd3__of": "wbc"})),
    (
        "E13",
        "true CD3/kg then",
        lambda: cd3_per_kg("E13", cd3_volume("E13", **{f"{COUNTS}__cd3__of": "wbc"})),
    ),
    ("E13", "misread as % of MNC: V_CD3", lambda: cd3_volume("E13", **{f"{COUNTS}__cd3__of": "mnc"})),
    ("E13", "true CD3/kg", lambda: cd3_per_kg("E13", cd3_volume("E13", **{f"{COUNTS}__cd3__of": "mnc"}))),
    ("E14", "factor", lambda: Fraction(204, 80) * Fraction("0.96")),
    (
        "E14",
        "stale pre-reduction conc: V_CD3",
        lambda: cd3_volume("E14", **{f"{COUNTS}__processed_after_count": None}),
    ),
    (
        "E14",
        "true CD3/kg if stale used",
        lambda: cd3_per_kg("E14", cd3_volume("E14", **{f"{COUNTS}__processed_after_count": None})),
    ),
    ("E15", "HALF_UP to 0.1 mL -> 37.0 mL CD3/kg", lambda: cd3_per_kg("E15", Fraction(37))),
    ("E15", "ROUND_DOWN 36.9", lambda: cd3_per_kg("E15", Fraction("36.9"))),
    ("E15", "integer 36", lambda: cd3_per_kg("E15", Fraction(36))),
]


@pytest.mark.parametrize(("name", "key", "figure"), EXTRAS, ids=[f"{name} {key}" for name, key, _ in EXTRAS])
def test_what_a_slip_would_do(name: str, key: str, figure: Callable[[], Fraction]) -> None:
    assert same(WORKED[name]["extra"][key], figure())


def test_every_extra_is_covered() -> None:
    in_file = {(name, key) for name, worked in WORKED.items() for key in worked.get("extra", {})}
    assert in_file == {(name, key) for name, key, _ in EXTRAS}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one eGFR vector file."""
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_row(row: dict[str, str], creatinine: str | Decimal) -> Decimal:
    """The oracle's eGFR for one row."""
    return egfr(
        row["equation"],
        SEX[row["sex"]],
        row["age_years"] or "0",
        creatinine or "0",
        height_cm=row.get("height_cm") or "0",
        cystatin_mg_l=row.get("cystatin_mg_l") or "0",
    )


@pytest.mark.parametrize("name", ["egfr_vectors.csv", "egfr_vectors_cystatin.csv"])
def test_egfr_vectors(name: str) -> None:
    for row in rows(name):
        computed = of_row(row, row["creatinine_mg_dl"])
        assert close(row["egfr"], computed, 11), row


def test_egfr_from_umol() -> None:
    divisors = {"egfr_div_88.4": Decimal("88.4"), "egfr_div_88.42": Decimal("88.42")}
    divisors["egfr_div_88.4017(MW113.12)"] = Decimal(10000) / Decimal("113.12")
    for row in rows("egfr_vectors_umol.csv"):
        for column, divisor in divisors.items():
            computed = of_row(row, Decimal(row["creatinine_umol_l"]) / divisor)
            assert close(row[column], computed, 11), row


def test_published_egfr() -> None:
    for row in rows("published_worked_values.csv"):
        computed = published(row)
        assert close(row["oracle"], computed, 9), row
        half_a_unit = Fraction(1, 2 * 10 ** len(row["published"].partition(".")[2]))
        tolerance = max(half_a_unit, BINARY_FLOAT)
        assert (abs(Fraction(row["published"]) - Fraction(computed)) <= tolerance) == (row["match"] == "TRUE"), row


def published(row: dict[str, str]) -> Decimal:
    """An eGFR, or the K of CKiD U25 alone."""
    if row["equation"] == "ckid_u25_cr K":
        return ckid_u25_k(row["sex"] == "F", Decimal(row["age_years"]))
    return of_row(row, row["creatinine_mg_dl"])


def test_good_case() -> None:
    """The example of the contract: day 48, 35 mL, 0.7 mL of red cells, nothing that excludes."""
    statuses = criteria(full_case(), AS_OF)
    assert eligibility(statuses) == "not-excluded"
    assert schedule(full_case()) == {
        "day": 48,
        "window": "inside",
        "chemotherapy_interval_hours": None,
        "gvhd_prophylaxis_stop_from": "2026-12-16",
        "gvhd_prophylaxis_stop_to": "2026-12-30",
    }
    figures = dose(full_case())
    assert (figures["ordered_volume_ml"], figures["ml_per_kg"], figures["red_cells_ml"]) == (
        35,
        Fraction("0.5"),
        Fraction("0.7"),
    )
    assert renal(full_case())["age"] == 42


def test_weighing_is_that_of_the_example() -> None:
    assert at(CASES["E11"], "products.0.volume") == WEIGHED
