"""An evaluation that is printed in a stream is byte for byte the document as the JSON library writes it."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from pydantic_core import to_json

from dlicalc.domain.eligibility import Status
from dlicalc.services.document import evaluation_document
from dlicalc.services.json_lines import Printer
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, every_field_case, full_case, preemptive_case
from tests.oracle.random_cases import case as random_case
from tests.program import evaluation, parts, shipped_protocol

LANGUAGES = ("en", "zh_CN")


def both(document: dict[str, Any], words: Words) -> tuple[bytes, bytes]:
    """The evaluation as it is printed, and its document as the library writes it."""
    evaluated = evaluation(document, AS_OF)
    printed = Printer(shipped_protocol(), words, "dlicalc 0").evaluation(evaluated)
    return printed, to_json(evaluation_document(evaluated, words, "dlicalc 0"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", [full_case(), preemptive_case(), every_field_case()])
def test_the_same_bytes(document: dict[str, Any], language: str) -> None:
    printed, written = both(document, parts().words(language))
    assert printed == written


@pytest.mark.parametrize("seed", range(300))
def test_the_same_bytes_on_random_cases(seed: int) -> None:
    printed, written = both(random_case(Random(seed)), Words())
    assert printed == written


def test_each_status_and_an_unknown_value() -> None:
    document = changed(full_case(), organs__dialysis="yes", organs__nyha_class=None)
    printed, written = both(document, Words())
    criteria = json.loads(printed)["eligibility"]["criteria"]
    assert printed == written
    assert {criterion["status"] for criterion in criteria} == {status.label for status in Status}
    assert [criterion["value"] for criterion in criteria if criterion["id"] == "cardiac.nyha"] == [None]


def test_typed_text_that_looks_like_the_place_of_the_criteria() -> None:
    text = '"criteria":[] \\"criteria\\":[]'
    document = changed(every_field_case(), decisions__0__reason=text, products__0__product_code=text)
    printed, written = both(document, Words())
    assert printed == written
    assert any(text in finding["message"] for finding in json.loads(printed)["findings"])
