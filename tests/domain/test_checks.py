"""Doubts about the whole case: identifiers, dates, mismatched blood."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dlicalc.domain.checks import freshness_findings, identity_findings, plausibility_findings
from dlicalc.domain.dosing import dose_case
from dlicalc.domain.schedule import Schedule
from tests.domain.entries import NOW, case, codes, labelled, percent
from tests.program import shipped_protocol


def identities(**changes: Any) -> list[tuple[str, str, str]]:
    read = case(**changes)
    return labelled(identity_findings(read, dose_case(read, shipped_protocol(), ()).dose, shipped_protocol()))


def fresh(**changes: Any) -> list[tuple[str, str, str]]:
    return labelled(freshness_findings(case(**changes), NOW, shipped_protocol()))


def test_good_case_has_no_doubts() -> None:
    assert identities() == fresh() == []


@pytest.mark.parametrize(
    ("field", "code", "severity"),
    [("mrn", "recipient.mrn-unknown", "stop"), ("birth_date", "recipient.birth-date-unknown", "stop"),
     ("name", "recipient.name-unknown", "stop")],
)  # fmt: skip
def test_order_needs_two_identifiers_and_a_name(field: str, code: str, severity: str) -> None:
    assert identities(**{f"recipient__{field}": None}) == [(code, severity, f"recipient.{field}")]


@pytest.mark.parametrize(
    ("hematocrit", "more"),
    [
        (percent("57"), []),  # 19.95 mL of 35, 0.285 mL/kg
        (percent("58"), ["red-cells-incompatible.unusual"]),  # 20.3 mL, 0.29 mL/kg
        (percent("60.1"), ["red-cells-incompatible.unusual", "red-cells-incompatible-per-kg.unusual"]),  # 0.3005 mL/kg
        (None, ["product.red-cells-unknown"]),
    ],
)
def test_red_cells_of_a_major_mismatch(hematocrit: Any, more: list[str]) -> None:
    found = [code for code, *_ in identities(recipient__abo_rhd="O Pos", products__0__hematocrit=hematocrit)]
    assert found == ["product.red-cells-incompatible", *more]


def test_unknown_red_cells_are_a_stop_only_if_they_do_not_suit() -> None:
    assert identities(products__0__hematocrit=None) == []
    found = identities(recipient__abo_rhd="O Pos", products__0__hematocrit=None)
    assert found[-1] == ("product.red-cells-unknown", "stop", "products")


@pytest.mark.parametrize("missing", ["recipient__weight", "products__0__volume"])
def test_amounts_of_mismatched_blood_need_a_dose(missing: str) -> None:
    found = identities(recipient__abo_rhd="O Pos", **{missing: None})
    assert [code for code, *_ in found] == ["product.red-cells-incompatible"]


@pytest.mark.parametrize(
    ("measured_on", "found"),
    [
        ("2026-11-11", []),  # 7 days before the infusion
        ("2026-11-10", [("weight.stale", "review", "recipient.weight")]),
        ("2026-11-18", []),
        ("2026-11-19", [("weight.date-ahead", "stop", "recipient.weight")]),
        (None, [("weight.undated", "review", "recipient.weight")]),
    ],
)
def test_weight(measured_on: str | None, found: list[Any]) -> None:
    assert fresh(recipient__weight__measured_on=measured_on) == found


@pytest.mark.parametrize("lab", ["creatinine", "alt", "ast", "bilirubin"])
def test_laboratory_values(lab: str) -> None:
    path = f"labs.{lab}"
    for collected_on, kind, severity in (
        ("2026-11-10", "stale", "review"), ("2026-11-19", "date-ahead", "stop"), (None, "undated", "note"),
    ):  # fmt: skip
        assert fresh(**{f"labs__{lab}__collected_on": collected_on}) == [(f"{path}.{kind}", severity, path)]
    assert fresh(**{f"labs__{lab}__collected_on": "2026-11-11"}) == []
    assert fresh(**{f"labs__{lab}": None}) == []


def test_age_of_values_is_that_on_the_day_of_infusion() -> None:
    late = {"infusion__planned_start": "2026-11-25T10:00+08:00"}
    assert "weight.stale" in [code for code, *_ in fresh(**late)]
    assert fresh(**late, recipient__weight__measured_on="2026-11-25")[0] == (
        "weight.date-after-today", "review", "recipient.weight",
    )  # fmt: skip
    assert fresh(infusion__planned_start=None) == []


def test_no_weight_no_date() -> None:
    assert fresh(recipient__weight=None) == []


def test_nothing_known_nothing_implausible() -> None:
    empty = case(
        recipient={}, transplant={}, labs={"creatinine": {"unit": "mg/dL"}}, organs={"lvef": None, "spo2": None}
    )
    schedule = Schedule(None, None, None, None, None)
    assert plausibility_findings(empty, schedule, date(2026, 11, 18), shipped_protocol()) == []


def test_values_without_an_upper_limit_are_guarded_themselves() -> None:
    changes = {f"labs__{lab}__upper_limit": None for lab in ("creatinine", "alt", "ast", "bilirubin")}
    read = case(**changes, labs__ast__value="0.5")
    schedule = Schedule(None, None, None, None, None)
    found = plausibility_findings(read, schedule, date(2026, 11, 18), shipped_protocol())
    assert codes(found) == ["enzyme.out-of-bounds"]


def test_age_is_told_on_the_day_looked_at() -> None:
    schedule, read = Schedule(None, None, None, None, None), case(recipient__birth_date="2025-11-19")
    assert codes(plausibility_findings(read, schedule, date(2026, 11, 18), shipped_protocol())) == ["age.unusual"]
    assert codes(plausibility_findings(read, schedule, date(2026, 11, 19), shipped_protocol())) == []
