"""A decimal comma and full-width digits are read where they can mean one thing only; what was typed stays.

Expected: what a person means by the text, after the rule in the issue (one comma, one or two digits after it).
"""

from __future__ import annotations

from datetime import datetime

import pytest

from dlicalc.services.entry import read_case
from dlicalc.services.open_case import OpenCase, Snapshot
from dlicalc.services.typed_numbers import as_number, written
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, every_field_case, full_case
from tests.program import shipped_protocol


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7,5", "7.5"),
        ("62,25", "62.25"),
        ("0,5", "0.5"),
        ("７０", "70"),
        ("６２．５", "62.5"),
        ("６２，５", "62.5"),
        ("62，5", "62.5"),
        ("7０", "70"),
        ("７．", "7."),
    ],
)
def test_what_can_mean_one_number_is_that_number(typed: str, meant: str) -> None:
    assert as_number(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "", "70", "62.5", "62.", "1,234", "１，２３４", "1,2,3", ",5", "5,", "1.5,5", "1,5.5", "-7,5", "7,5 ", "7,5kg",
        "７x", "\u0667\u0660", "<7,5", "1 234,5", "7,5" + "0" * 100, "1" * 99 + ",5", "abc", "1.2.3",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_was_typed(typed: str) -> None:
    assert as_number(typed) == typed


def test_a_case_without_such_numbers_is_written_as_it_is() -> None:
    for case in (full_case(), every_field_case(), {"products": None, "recipient": []}, {}):
        assert written(case) is case


def test_only_numbers_are_written_otherwise() -> None:
    case = every_field_case()
    case["recipient"]["name"] = "1,5"
    case["recipient"]["mrn"] = "１２"
    case["recipient"]["weight"]["value"] = "70,5"
    case["labs"]["alt"]["upper_limit"] = "４０"
    case["infusion"]["gvhd_prophylaxis_weeks"]["from"] = "６"
    case["products"][0]["volume"]["tare"]["value"] = "48,7"
    case["products"][0]["counts"]["nrbc_per_100_wbc"] = "6,0"
    case["products"][0]["counts"]["processed_after_count"]["from"]["value"] = "９９"
    before = changed(case, **{"recipient.name": "1,5"})
    result = written(case)
    assert case == before
    expected = changed(case, **{"recipient.weight.value": "70.5"})
    expected = changed(expected, **{"labs.alt.upper_limit": "40"})
    expected = changed(expected, **{"infusion.gvhd_prophylaxis_weeks.from": "6"})
    expected = changed(expected, **{"products.0.volume.tare.value": "48.7"})
    expected = changed(expected, **{"products.0.counts.nrbc_per_100_wbc": "6.0"})
    expected = changed(expected, **{"products.0.counts.processed_after_count.from.value": "99"})
    assert result == expected


def test_a_file_with_a_comma_is_refused_as_ever() -> None:
    problems = read_case(changed(full_case(), **{"recipient.weight.value": "70,5"})).problems
    assert [(problem.path, problem.code) for problem in problems] == [("recipient.weight.value", "number_comma")]


def test_the_window_reads_the_comma_keeps_it_and_writes_the_point() -> None:
    told: list[Snapshot] = []
    case = OpenCase(shipped_protocol(), lambda: datetime.fromisoformat(AS_OF), document_digest, told.append)
    case.open(full_case())
    case.edit("recipient.weight.value", "70,5")
    assert case.text("recipient.weight.value") == "70,5"
    assert case.document["recipient"]["weight"]["value"] == "70,5"
    assert case.written_document["recipient"]["weight"]["value"] == "70.5"
    assert told[-1].problems == ()
    weight = told[-1].case.recipient.weight
    assert weight is not None
    assert weight.as_entered == "70.5 kg"
    case.edit("recipient.weight.value", "1,234")
    assert [problem.code for problem in told[-1].problems] == ["number_comma"]
    assert case.written_document["recipient"]["weight"]["value"] == "1,234"
