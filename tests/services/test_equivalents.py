"""What an entry means in other words. Expected values were worked out by hand.

The case is worked example E1: WBC 200 × 10⁹/L, MNC 75 %, CD3⁺ 30 % of WBC, 150 mL of which 7 are withheld.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dlicalc.services.equivalents import entries_of, equivalents, moments
from dlicalc.services.open_case import Snapshot, evaluate_document
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case, preemptive_case
from tests.program import shipped_protocol

WBC = "products.0.counts.wbc"


def snapshot(case: dict[str, Any]) -> Snapshot:
    return evaluate_document(case, shipped_protocol(), datetime.fromisoformat(AS_OF))


def said(case: dict[str, Any], path: str, *numbers: str) -> list[str]:
    return equivalents(path, numbers, snapshot(case), Words())


def counts(**parts: Any) -> dict[str, Any]:
    case = full_case()
    case["products"][0]["counts"] |= parts
    return case


@pytest.mark.parametrize(
    ("value", "unit", "multiply_by", "expected"),
    [
        ("200", "10*9/L", "1", "= 200 × 10⁶/mL = 200,000/µL"),
        ("200", "10*6/mL", None, "= 200 × 10⁹/L = 200,000/µL"),
        ("200", "10*3/uL", None, "= 200 × 10⁹/L = 200 × 10⁶/mL = 200,000/µL"),
        ("200000", "/uL", None, "= 200 × 10⁹/L = 200 × 10⁶/mL"),
        ("200000", "10*6/L", None, "= 200 × 10⁹/L = 200 × 10⁶/mL = 200,000/µL"),
        ("20", "10*7/mL", None, "= 200 × 10⁹/L = 200 × 10⁶/mL = 200,000/µL"),
        ("2", "10*8/mL", None, "= 200 × 10⁹/L = 200 × 10⁶/mL = 200,000/µL"),
        ("10", "10*9/L", "20", "undiluted = 200 × 10⁹/L = 200 × 10⁶/mL = 200,000/µL"),
    ],
)
def test_a_count_in_the_other_usual_units(value: str, unit: str, multiply_by: str | None, expected: str) -> None:
    assert said(counts(wbc={"value": value, "unit": unit, "multiply_by": multiply_by}), WBC) == [expected]


def test_shares_are_told_as_concentrations() -> None:
    case = counts(cd3={"value": "40", "unit": "%", "of": "mnc"}, lymphocytes={"value": "46", "unit": "%", "of": "wbc"})
    assert said(case, "products.0.counts.mnc") == ["75 % of 200 × 10⁶/mL = 150 × 10⁶/mL"]
    assert said(case, "products.0.counts.cd3") == ["40 % of 150 × 10⁶/mL = 60 × 10⁶/mL"]
    assert said(case, "products.0.counts.lymphocytes") == ["46 % of 200 × 10⁶/mL = 92 × 10⁶/mL"]
    case = changed(case, **{"products.0.counts.cd3": {"value": "50", "unit": "%", "of": "lymphocytes"}})
    assert said(case, "products.0.counts.cd3") == ["50 % of 92 × 10⁶/mL = 46 × 10⁶/mL"]
    case = counts(mnc={"value": "150000", "unit": "/uL"}, cd3={"value": "40", "unit": "%", "of": "mnc"})
    assert said(case, "products.0.counts.mnc") == ["= 150 × 10⁹/L = 150 × 10⁶/mL"]
    assert said(case, "products.0.counts.cd3") == ["40 % of 150 × 10⁶/mL = 60 × 10⁶/mL"]


def test_nucleated_red_cells_are_taken_from_what_shares_are_shares_of() -> None:
    # 200 × 100/125 = 160; 75 % of it 120.
    case = counts(nrbc_per_100_wbc="25")
    assert said(case, "products.0.counts.nrbc_per_100_wbc") == ["white cells without them: 160 × 10⁶/mL"]
    assert said(case, "products.0.counts.mnc") == ["75 % of 160 × 10⁶/mL = 120 × 10⁶/mL"]


@pytest.mark.parametrize(
    "parts",
    [
        {"wbc": None, "cd3": {"value": "30", "unit": "%", "of": "mnc"}, "nrbc_per_100_wbc": "6"},
        {"mnc": None, "wbc": None, "cd3": {"value": "30", "unit": "%", "of": "lymphocytes"}},
        {"mnc": {"value": "101", "unit": "%"}, "cd3": {"value": "30", "unit": "%", "of": "mnc"}},
        {"mnc": {"value": "75", "unit": None}, "cd3": {"value": "30", "unit": "%", "of": None}},
    ],
)
def test_what_cannot_be_known_is_not_said(parts: dict[str, Any]) -> None:
    for name in ("mnc", "cd3", "nrbc_per_100_wbc"):
        assert said(counts(**parts), f"products.0.counts.{name}") == []


@pytest.mark.parametrize(
    ("path", "value", "unit", "expected"),
    [
        ("recipient.weight", "70000", "g", ["= 70 kg"]),
        ("recipient.weight", "154", "[lb_av]", ["≈ 69.853 kg"]),  # 154 × 0.45359237 = 69.85322498
        ("recipient.weight", "70", "kg", []),
        ("recipient.height", "1.65", "m", ["= 165 cm"]),
        ("recipient.height", "65", "[in_i]", ["= 165.1 cm"]),
        ("recipient.height", "165", "cm", []),
        ("recipient.height", "1.6.5", "m", []),
    ],
)
def test_weight_and_height_in_the_unit_of_the_formulas(path: str, value: str, unit: str, expected: list[str]) -> None:
    assert said(changed(full_case(), **{path: {"value": value, "unit": unit}}), path) == expected


@pytest.mark.parametrize(
    ("name", "result", "expected"),
    [
        # 88.4 µmol/L per mg/dL: the protocol's factor. 17.1: 10⁴ / 584.66 g/mol.
        ("creatinine", ("78", "umol/L", "104"), ["≈ 0.88235 mg/dL", "0.75 × ULN"]),
        ("creatinine", ("2", "mg/dL", "1.25"), ["= 176.8 µmol/L", "1.6 × ULN"]),
        ("bilirubin", ("1", "mg/dL", None), ["= 17.1 µmol/L"]),
        ("bilirubin", ("34.2", "umol/L", "0"), ["= 2 mg/dL"]),
        ("alt", ("35", "U/L", "40"), ["0.875 × ULN"]),
        ("ast", ("0.5", "ukat/L", "0.6"), ["= 30 U/L", "≈ 0.83333 × ULN"]),
        ("cystatin_c", ("0.9", "mg/L", "1"), ["0.9 × ULN"]),
    ],
)
def test_laboratory_results(name: str, result: tuple[str, str, str | None], expected: list[str]) -> None:
    lab = dict(zip(("value", "unit", "upper_limit"), result, strict=True))
    path = f"labs.{name}"
    assert said(changed(full_case(), **{path: lab}), path) == expected
    dated = changed(full_case(), **{path: lab | {"collected_on": "2026-11-15"}})
    assert said(dated, path) == [*expected, "3 days before the infusion"]
    assert said(changed(full_case(), **{path: None}), path) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-18", "on the day of the infusion"),
        ("2026-11-17", "1 day before the infusion"),
        ("2026-11-19", "1 day after the infusion"),
        ("2026-11-28", "10 days after the infusion"),
        ("2025-11-18", "365 days before the infusion"),
        ("2022-11-18", "1,461 days before the infusion"),
    ],
)
def test_days_from_the_infusion(day: str, expected: str) -> None:
    case = changed(full_case(), **{"recipient.weight.measured_on": day})
    assert said(case, "recipient.weight") == [expected]
    assert said(changed(case, **{"infusion.planned_start": None}), "recipient.weight") == []
    assert said(changed(case, **{"recipient.weight": None}), "recipient.weight") == []


def test_age_and_day_of_the_infusion() -> None:
    case = full_case()
    assert said(case, "recipient.birth_date") == ["age on the day of the infusion: 42"]
    assert said(case, "transplant.day_0") == ["infusion on day +48"]
    assert said(changed(case, **{"transplant.day_0": "2026-11-19"}), "transplant.day_0") == ["infusion on day −1"]
    case = changed(case, **{"infusion.planned_start": None})
    assert said(case, "recipient.birth_date") == ["age today: 42"]
    assert said(case, "transplant.day_0") == []
    for birth_date in (None, "2026-11-19", "1984-5-2"):
        assert said(changed(case, **{"recipient.birth_date": birth_date}), "recipient.birth_date") == []


def test_hours_to_the_start() -> None:
    case = preemptive_case()
    assert said(case, "infusion.chemotherapy.last_dose_at") == ["60 h before the start"]
    assert said(case, "products.0.collected_at") == ["20 h before the start"]
    assert said(case, "products.0.counted_at") == ["18 h before the start"]
    assert said(case, "products.0.expires_at") == ["28 h left at the start"]


@pytest.mark.parametrize(
    ("path", "moment", "expected"),
    [
        ("products.0.collected_at", "2026-11-14T10:00+08:00", "96 h before the start"),
        ("products.0.collected_at", "2026-11-14T08:30+08:00", "4 d 1 h before the start"),
        ("products.0.collected_at", "2026-11-18T02:30Z", "0 h 30 min after the start"),
        ("products.0.counted_at", "2026-11-18T11:00+08:00", "1 h after the start"),
        ("products.0.expires_at", "2026-11-18T08:00+08:00", "expired 2 h before the start"),
        ("products.0.expires_at", "2026-11-18T10:00+08:00", "expired 0 h before the start"),
        ("products.0.expires_at", "2031-11-18T10:00+08:00", "1,826 d 0 h left at the start"),
        ("infusion.chemotherapy.last_dose_at", "2026-11-13T10:00+08:00", "120 h before the start"),
        ("infusion.chemotherapy.last_dose_at", "2026-11-18T10:20+08:00", "0 h 20 min after the start"),
    ],
)
def test_spans_of_time(path: str, moment: str, expected: str) -> None:
    case = changed(preemptive_case(), **{path: moment})
    assert said(case, path) == [expected]
    assert said(changed(case, **{path: None}), path) == []
    assert said(changed(case, **{"infusion.planned_start": None}), path) == []


def test_no_chemotherapy_no_hours() -> None:
    assert said(full_case(), "infusion.chemotherapy.last_dose_at") == []


def weighed(gross: str | None, tare: str = "50", density: str = "1.06") -> dict[str, Any]:
    parts = {"gross": (gross, "g"), "tare": (tare, "g"), "density": (density, "g/mL")}
    volume = {name: {"value": value, "unit": unit} for name, (value, unit) in parts.items()}
    return changed(full_case(), **{"products.0.volume": volume})


def test_volumes() -> None:
    # (209 − 50) / 1.06 = 150
    assert said(weighed("209"), "products.0.volume.gross") == ["= 150 mL"]
    assert said(weighed("209"), "products.0.withheld") == ["leaves 143 mL"]
    assert said(full_case(), "products.0.withheld") == ["leaves 143 mL"]
    assert said(full_case(), "products.0.volume.gross") == []
    assert (
        said(changed(full_case(), **{"products.0.withheld": {"value": "151", "unit": "mL"}}), "products.0.withheld")
        == []
    )
    for impossible in (weighed("50"), weighed("40"), weighed("209", density="0"), weighed(None)):
        assert said(impossible, "products.0.volume.gross") == []
    for unknown in ({"products.0.volume": None}, {"products.0.withheld": None}):
        assert said(changed(full_case(), **unknown), "products.0.withheld") == []


def test_processing() -> None:
    # 100 mL to 60 mL with 90 % of the cells: 100/60 × 0.9 = 1.5
    parts = {"from": ("100", "mL"), "to": ("60", "mL"), "recovery": ("90", "%")}
    processed = {name: {"value": value, "unit": unit} for name, (value, unit) in parts.items()}
    path = "products.0.counts.processed_after_count"
    assert said(counts(processed_after_count=processed), path) == ["concentration × 1.5"]
    assert said(counts(processed_after_count=processed | {"to": {"value": "0", "unit": "mL"}}), path) == []
    assert said(counts(processed_after_count=processed | {"to": None}), path) == []
    assert said(counts(), path) == []


def test_a_number_read_from_another_way_of_writing_says_how_it_was_read() -> None:
    case = changed(full_case(), **{"recipient.weight": {"value": "70,5", "unit": "kg"}})
    assert said(case, "recipient.weight", "recipient.weight.value") == ["read as 70.5"]
    case = changed(full_case(), **{"labs.alt": {"value": "３５", "unit": "U/L", "upper_limit": "40,0"}})
    assert said(case, "labs.alt", "labs.alt.value", "labs.alt.upper_limit") == [
        "read as 35",
        "read as 40.0",
        "0.875 × ULN",
    ]
    assert said(full_case(), "organs.lvef", "organs.lvef.value") == []


def test_a_bag_that_is_gone_says_nothing() -> None:
    assert said(full_case(), "products.1.counts.wbc", "products.1.counts.wbc.value") == []
    assert entries_of("products.1.counts.wbc", snapshot(full_case())) is None


@pytest.mark.parametrize(
    ("path", "edit", "same"),
    [
        ("products.0.counts.mnc", {"products.0.counts.wbc.value": "201"}, False),
        ("products.0.counts.mnc", {"products.0.volume.value": "151"}, True),
        ("products.0.withheld", {"products.0.volume.value": "151"}, False),
        ("products.0.expires_at", {"infusion.planned_start": "2026-11-18T11:00+08:00"}, False),
        ("products.0.expires_at", {"recipient.name": "N"}, True),
        ("labs.alt", {"labs.ast.value": "29"}, True),
        ("labs.alt", {"labs.alt.value": "36"}, False),
    ],
)
def test_what_an_entry_rests_on(path: str, edit: dict[str, str], same: bool) -> None:
    before, after = snapshot(full_case()), snapshot(changed(full_case(), **edit))
    unmoved = moments(before) == moments(after)
    assert (unmoved and entries_of(path, before) == entries_of(path, after)) is same
