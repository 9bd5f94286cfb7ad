"""The protocol as data: every number is there, with its source, and nothing else is."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.protocol import COMPARE, CRITERION_IDS, Bounds, Guardrail, Protocol
from dlicalc.storage.protocol_files import PROTOCOL_FILE
from tests.cases import drop, put
from tests.domain.entries import refusals
from tests.program import ROOT, shipped_protocol

SHIPPED = (ROOT / "resources" / PROTOCOL_FILE).read_text(encoding="utf-8")


def tables() -> dict[str, Any]:
    """The shipped protocol as TOML reads it."""
    return tomllib.loads(SHIPPED) | {"digest": "sha256:0"}


def test_targets_and_ceiling_of_the_registry_record() -> None:
    protocol = shipped_protocol()
    assert (protocol.targets.mnc_per_kg.value, protocol.targets.cd3_per_kg.value) == (10**8, 3 * 10**7)
    assert (protocol.dose.rule, protocol.dose.cd3_ceiling_per_kg.value) == ("lower-volume", 10**8)


def test_windows_of_the_registry_record() -> None:
    windows, prophylaxis = shipped_protocol().windows, shipped_protocol().gvhd_prophylaxis
    assert (windows.prophylactic.first_day, windows.prophylactic.last_day) == (45, 60)
    assert (windows.chemotherapy.at_least_hours, windows.chemotherapy.at_most_hours) == (48, 72)
    assert windows.cardiac_event.months == 6
    matched, haplo = prophylaxis["fully-matched"], prophylaxis["haploidentical"]
    assert (matched.first_day, matched.last_day, haplo.first_day, haplo.last_day) == (28, 42, 42, 56)


# The exclusion and inclusion criteria of NCT07319793, as the contract lists and the record words them.
CRITERIA = {
    "hepatic.known_disease": ("=", "yes"), "hepatic.alt": (">", "3"), "hepatic.ast": (">", "3"),
    "hepatic.bilirubin": (">", "1.5"), "renal.egfr": ("<", "60"), "renal.creatinine": (">", "1.5"),
    "renal.dialysis": ("=", "yes"), "cardiac.nyha": (">=", "III"), "cardiac.event": ("=", "yes"),
    "cardiac.lvef": ("<", "50"), "cardiac.arrhythmia": ("=", "yes"), "respiratory.oxygen": ("=", "yes"),
    "respiratory.spo2": ("<", "92"), "gvhd.active": ("=", "yes"), "infection.severe": ("=", "yes"),
    "relapse.early": ("=", "yes"), "trial.other": ("=", "yes"), "investigator.judgement": ("=", "yes"),
    "inclusion.disease": ("=", "other"), "inclusion.philadelphia": ("=", "yes"), "inclusion.refractory": ("<=", "5"),
    "inclusion.mrd": ("=", "no"), "inclusion.consent": ("=", "no"),
}  # fmt: skip


def test_criteria_of_the_contract_in_its_order() -> None:
    assert tuple(CRITERIA) == CRITERION_IDS
    shipped = shipped_protocol().criteria
    assert {name: (shipped[name].rule, shipped[name].limit) for name in CRITERIA} == CRITERIA


@pytest.mark.parametrize(
    ("volume", "step"),
    [("0", "0.01"), ("9.99", "0.01"), ("9.9999999999", "0.01"), ("10", "0.1"), ("1000", "0.1")],
)
def test_measuring_step(volume: str, step: str) -> None:
    assert shipped_protocol().dose.step_for(Fraction(volume)) == Fraction(step)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [("=", (False, True, False)), (">", (False, False, True)), ("<", (True, False, False)),
     (">=", (False, True, True)), ("<=", (True, True, False))],
)  # fmt: skip
def test_comparisons(rule: str, holds: tuple[bool, bool, bool]) -> None:
    assert tuple(COMPARE[rule](value, 2) for value in (1, 2, 3)) == holds


@pytest.mark.parametrize(
    ("amount", "inside"), [("1/3", False), ("0.34", True), ("2/3", True), ("0.667", False), ("-1", False)]
)
def test_bounds_hold_their_ends(amount: str, inside: bool) -> None:
    assert Bounds(Fraction("0.34"), Fraction(2, 3)).hold(*Fraction(amount).as_integer_ratio()) is inside


def sourced() -> list[str]:
    """Every table of the file that has a source, by its dotted path."""

    def inside(table: Any, path: str) -> list[str]:
        items = table.items() if isinstance(table, dict) else enumerate(table) if isinstance(table, list) else ()
        found = [place for key, value in items for place in inside(value, f"{path}/{key}".lstrip("/"))]
        return [path, *found] if isinstance(table, dict) and "source" in table else found

    return inside(tables(), "")


def table_at(document: dict[str, Any], path: str) -> dict[str, Any]:
    table: Any = document
    for key in path.split("/"):
        table = table[int(key)] if isinstance(table, list) else table[key]
    return table  # type: ignore[no-any-return]


def test_every_number_has_a_source() -> None:
    assert len(sourced()) == 87  # 1 + 2 + 1 + 2 + 2 + 3 + 2 + 1 + 1, 23 criteria, 49 guardrails


@pytest.mark.parametrize("path", sourced())
def test_missing_source_is_refused_by_place(path: str) -> None:
    document = tables()
    del table_at(document, path)["source"]
    assert refusals(Protocol, document) == [(f"{path}/source".replace("/", "."), "missing")]


@pytest.mark.parametrize("path", ["", *sourced()])
def test_unknown_key_is_refused_by_place(path: str) -> None:
    document = tables()
    (table_at(document, path) if path else document)["default"] = "1"
    assert refusals(Protocol, document) == [(f"{path}/default".lstrip("/").replace("/", "."), "extra_forbidden")]


@pytest.mark.parametrize(
    "path",
    [
        "protocol", "targets.mnc_per_kg", "targets.cd3_per_kg.value", "dose.steps", "dose.cd3_ceiling_per_kg",
        "dose.dmso_density", "windows.prophylactic.last_day", "windows.chemotherapy.at_least_hours",
        "windows.cardiac_event.months", "renal.equation", "renal.umol_per_l_in_mg_per_dl", "renal.adult_age",
        "freshness.weight_days", "freshness.labs_days", "freshness.fresh_product_hours", "freshness.hours_to_infuse",
        "plausibility.weight.absolute", "plausibility.weight.recommended", "plausibility.weight.unit",
    ],
)  # fmt: skip
def test_nothing_has_a_default(path: str) -> None:
    assert refusals(Protocol, drop(tables(), path)) == [(path, "missing")]


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("targets.cd3_per_kg.value", 30000000, "number_as_text"),
        ("targets.cd3_per_kg.value", "3e7", "number_form"),
        ("protocol.id", "NCT07319794", "literal_error"),
        ("dose.rule", "higher-volume", "literal_error"),
        ("dose.steps", [], "too_short"),
        ("windows.prophylactic.first_day", "45", "int_type"),
        ("windows.prophylactic.first_day", 45.0, "int_type"),
        ("renal.equation", "mdrd", "literal_error"),
        ("plausibility.weight.slip_above", "stones", "literal_error"),
        ("freshness.weight_days", True, "int_type"),
    ],
)
def test_value_of_another_kind_is_refused_by_place(path: str, value: Any, why: str) -> None:
    assert refusals(Protocol, put(tables(), path, value)) == [(path, why)]


def step(start: str, width: str) -> dict[str, str]:
    return {"from_ml": start, "step_ml": width, "source": "test"}


@pytest.mark.parametrize(
    "steps",
    [
        [step("1", "0.1")],  # leaves volumes below 1 mL without a step
        [step("0", "0.01"), step("10", "0.1"), step("5", "0.1")],
        [step("0", "0.01"), step("0", "0.1")],
    ],
)
def test_measuring_steps_must_cover_all_volumes(steps: list[dict[str, str]]) -> None:
    assert refusals(Protocol, put(tables(), "dose.steps", steps)) == [("dose", "steps_order")]


def test_measuring_step_of_nothing_is_refused() -> None:
    document = put(tables(), "dose.steps", [step("0", "0")])
    assert ("dose.steps.0.step_ml", "not_positive") in refusals(Protocol, document)


def test_window_must_be_in_order() -> None:
    assert refusals(Protocol, put(tables(), "windows.prophylactic.first_day", 61)) == [
        ("windows.prophylactic", "window_order")
    ]


@pytest.mark.parametrize("name", CRITERION_IDS)
def test_missing_criterion_is_named(name: str) -> None:
    document = tables()
    del document["criteria"][name]
    with pytest.raises(ValueError, match=f"missing or unknown criteria: {name}"):
        Protocol.model_validate(document)


def test_unknown_criterion_is_named() -> None:
    document = tables()
    document["criteria"]["renal.gfr"] = document["criteria"]["renal.egfr"]
    with pytest.raises(ValueError, match=r"missing or unknown criteria: renal\.gfr"):
        Protocol.model_validate(document)


@pytest.mark.parametrize(
    ("name", "rule", "limit"),
    [
        ("hepatic.alt", "=", "3"), ("hepatic.alt", ">", "three"), ("renal.egfr", "<", "6e1"),
        ("renal.egfr", "<", "-60"),
        ("renal.egfr", "<", "６０"), ("cardiac.nyha", ">", "III"), ("cardiac.nyha", ">=", "3"),
        ("renal.dialysis", ">", "yes"), ("inclusion.consent", "<=", "no"),
    ],
)  # fmt: skip
def test_rule_that_does_not_fit_its_limit_is_named(name: str, rule: str, limit: str) -> None:
    document = tables()
    document["criteria"][name] |= {"rule": rule, "limit": limit}
    with pytest.raises(ValueError, match=f"{name}: rule and limit do not fit"):
        Protocol.model_validate(document)


def test_both_donor_matches_need_a_window() -> None:
    document = tables()
    del document["gvhd_prophylaxis"]["haploidentical"]
    with pytest.raises(ValueError, match="both donor matches need a window"):
        Protocol.model_validate(document)


def test_missing_guardrail_is_named() -> None:
    document = tables()
    del document["plausibility"]["lvef"]
    with pytest.raises(ValueError, match="lvef"):
        Protocol.model_validate(document)


def test_unknown_guardrail_is_named() -> None:
    document = tables()
    document["plausibility"]["shoe_size"] = document["plausibility"]["lvef"]
    with pytest.raises(ValueError, match="shoe_size"):
        Protocol.model_validate(document)


def guardrail(absolute: list[str], recommended: list[str]) -> dict[str, Any]:
    return {"unit": "kg", "absolute": absolute, "recommended": recommended, "source": "test"}


@pytest.mark.parametrize(
    ("absolute", "recommended"),
    [
        (["2", "300"], ["1", "150"]),
        (["2", "300"], ["8", "301"]),
        (["2", "300"], ["150", "8"]),
        (["9", "2"], ["3", "4"]),
    ],
)
def test_recommended_bounds_lie_inside_the_absolute_ones(absolute: list[str], recommended: list[str]) -> None:
    assert refusals(Guardrail, guardrail(absolute, recommended)) == [("", "guardrail_order")]


def test_bounds_may_coincide() -> None:
    assert refusals(Guardrail, guardrail(["2", "2"], ["2", "2"])) == []


@pytest.mark.parametrize("bounds", [["2"], ["2", "3", "4"], [2, 3], "23"])
def test_bounds_are_two_numbers_as_text(bounds: Any) -> None:
    assert refusals(Guardrail, guardrail(["0", "9"], ["1", "2"]) | {"absolute": bounds}) != []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("windows.chemotherapy.at_least_hours", "73"),  # later than at_most_hours
        ("windows.cardiac_event.months", -6),
        ("targets.mnc_per_kg.value", "0"),  # a percentage of it cannot be told
        ("renal.umol_per_l_in_mg_per_dl", "0"),
        ("freshness.weight_days", -7),
    ],
)
def test_number_that_makes_no_sense_is_refused(path: str, value: Any) -> None:
    assert refusals(Protocol, put(tables(), path, value)) != []
