"""The whole case: what is left out is unknown."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.domain.case import Case
from tests.domain.entries import refusals

HEADER: dict[str, Any] = {"format": "dlicalc-case/1", "protocol": "NCT07319793"}
SECTIONS = ("recipient", "donor", "transplant", "labs", "organs", "exclusions", "infusion")


def test_header_alone_is_a_case_of_unknowns() -> None:
    case = Case.model_validate(HEADER)
    assert (case.recipient.weight, case.labs.creatinine, case.products, case.decisions) == (None, None, (), ())


@pytest.mark.parametrize("section", [*SECTIONS, "products", "decisions"])
def test_null_is_the_same_as_left_out(section: str) -> None:
    assert Case.model_validate(HEADER | {section: None}) == Case.model_validate(HEADER)


@pytest.mark.parametrize("section", SECTIONS)
def test_section_must_be_an_object(section: str) -> None:
    assert refusals(Case, HEADER | {section: []}) == [(section, "model_type")]


@pytest.mark.parametrize("name", ["format", "protocol"])
def test_header_must_say_what_this_is(name: str) -> None:
    assert refusals(Case, {key: value for key, value in HEADER.items() if key != name}) == [(name, "missing")]
    assert refusals(Case, HEADER | {name: "other"}) == [(name, "literal_error")]


@pytest.mark.parametrize("name", ["products", "decisions"])
def test_no_more_than_100(name: str) -> None:
    entry = {"code": "a", "by": "b", "reason": "c"} if name == "decisions" else {}
    assert refusals(Case, HEADER | {name: [entry] * 100}) == []
    assert refusals(Case, HEADER | {name: [entry] * 101}) == [(name, "too_long")]
