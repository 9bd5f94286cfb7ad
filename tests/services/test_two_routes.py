"""The engine and the second route: agreement on random cases, and every kind of sabotage is seen."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest

from dlicalc.domain import dose, eligibility, renal
from dlicalc.domain.quantity import round_down
from dlicalc.services.problem import Problem
from dlicalc.services.two_routes import differing
from dlicalc.services.wording import Words
from tests.cases import AS_OF, drop, full_case, put
from tests.oracle.random_cases import case as random_case
from tests.program import evaluation
from tests.worked_doses import CASES


def apart(case: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one.path, one.code, one.params["what"]) for one in differing(case, evaluation(case, AS_OF))]


def test_both_agree_on_random_cases() -> None:
    assert [seed for seed in range(1500) if apart(random_case(Random(seed)))] == []


@pytest.mark.parametrize("case", [full_case(), CASES["E7"], drop(full_case(), "recipient.weight")])
def test_nothing_to_tell_where_both_agree(case: dict[str, Any]) -> None:
    assert apart(case) == []


def test_rounding_up_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """E2: 125/3 mL are 41.6 mL, rounded up 41.7."""
    monkeypatch.setattr(dose, "round_down", lambda volume, step: -round_down(-volume, step))
    found = differing(CASES["E2"], evaluation(CASES["E2"], AS_OF))
    params = {"what": "1", "one": "41.7", "two": "41.6"}
    assert found[0] == Problem("products.0", "routes_bag", params)
    assert "41.7 mL" in Words().problem(found[0])
    assert {(one.code, one.params["what"]) for one in found[1:]} == {
        ("routes_dose", "mL"), ("routes_dose", "MNC/kg"), ("routes_dose", "CD3⁺/kg"),
    }  # fmt: skip


def test_a_wrong_dose_from_right_volumes_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    right = dose.delivered_per_kg
    monkeypatch.setattr(dose, "delivered_per_kg", lambda content, kilograms: right(content, kilograms) + 1)
    assert apart(full_case()) == [("products", "routes_dose", "MNC/kg"), ("products", "routes_dose", "CD3⁺/kg")]


def test_a_dose_of_what_cannot_be_computed_is_seen() -> None:
    """The engine's dose of the good case against a document without its weight."""
    found = differing(drop(full_case(), "recipient.weight"), evaluation(full_case(), AS_OF))
    assert [(one.code, one.params["one"], one.params["two"]) for one in found] == [("routes_dose", "35", "-")]


def test_a_wrong_limit_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """ALT exactly at 3 x ULN is excluded by an engine that takes `greater or equal`."""
    case = put(full_case(), "labs.alt.value", "120")
    monkeypatch.setitem(eligibility.COMPARE, ">", lambda value, limit: value >= limit)  # type: ignore[arg-type]
    assert apart(case) == [("labs.alt", "routes_criterion", "hepatic.alt")]


def test_a_wrong_exponent_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    equation = renal._CKD_EPI_2021["female"]
    bent = equation._replace(bend=equation.bend._replace(above=Decimal("-1.201")))
    monkeypatch.setitem(renal._CKD_EPI_2021, "female", bent)  # type: ignore[index]
    assert apart(full_case()) == [("labs.creatinine", "routes_criterion", "eGFR")]


def test_an_estimate_of_only_one_of_them_is_seen() -> None:
    found = differing(drop(full_case(), "recipient.sex"), evaluation(full_case(), AS_OF))
    assert [(one.params["what"], one.params["two"]) for one in found] == [
        ("eGFR", "-"), ("renal.egfr", "not-evaluable"),
    ]  # fmt: skip
