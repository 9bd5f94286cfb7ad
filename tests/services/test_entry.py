"""Reading a document: whole or refused at the one door, what can be read at the other."""

from __future__ import annotations

import copy
import gettext
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from dlicalc.domain.case import Case
from dlicalc.services.entry import Document, make_ready, plain_types, read_case, read_what_can_be_read, shown_in_field
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words
from dlicalc.services.wording.problems import PROBLEMS
from tests.cases import at, changed, drop, every_field_case, full_case, put, walk
from tests.domain.entries import ml
from tests.program import ROOT

COUNTS = "products.0.counts"


def lines(items: list[Any]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in items]


def refused(document: Any) -> list[tuple[str, str]]:
    reading = read_case(document)
    assert reading.case is None
    return lines(list(reading.problems))


def lenient(document: Document) -> tuple[Case, list[tuple[str, str]]]:
    before = copy.deepcopy(document)
    case, problems = read_what_can_be_read(document)
    assert document == before
    return case, lines(list(problems))


def test_good_case_has_no_problems() -> None:
    reading = read_case(every_field_case())
    assert reading.problems == ()
    assert reading.case == lenient(every_field_case())[0]


def test_the_case_before_the_first_key_is_the_one_a_file_without_entries_gives() -> None:
    """The first is made without the validator, the second by it; the header is the contract's."""
    document = {"format": "dlicalc-case/1", "protocol": "NCT07319793"}
    case, problems = lenient(document)
    assert problems == []
    assert case == Case.model_validate(document)
    assert case.model_dump(exclude_none=True) == {
        **document,
        **{name: {} for name in ("recipient", "donor", "transplant", "labs", "organs", "exclusions", "infusion")},
        "decisions": (),
        "products": (),
    }


def test_reading_can_be_made_ready_at_any_time() -> None:
    for _ in range(2):
        make_ready()
    assert Case.__pydantic_complete__


WEIGHT = "recipient.weight.value"


def weighing(value: Any) -> tuple[Document, str]:
    """The good case with another text for its weight, and where that stands."""
    return put(full_case(), WEIGHT, value), WEIGHT


# One document per code of a problem: where it is found, and the word that its sentence must have.
ONE_EACH: dict[str, tuple[Document, str, str]] = {
    "unknown_field": (put(full_case(), "recipient.shoe_size", "42"), "recipient.shoe_size", "weight, height"),
    "missing": (drop(every_field_case(), "decisions.0.reason"), "decisions.0.reason", "missing"),
    "literal_error": (changed(full_case(), recipient__sex="F"), "recipient.sex", "“F” is not accepted; accepted: fem"),
    "unit_missing": (drop(full_case(), "recipient.weight.unit"), "recipient.weight.unit", "kg, g, [lb_av]"),
    "denominator_missing": (drop(full_case(), f"{COUNTS}.cd3.of"), f"{COUNTS}.cd3.of", "wbc, mnc, lymphocytes"),
    "concentration_of": (put(full_case(), f"{COUNTS}.cd3.unit", "/uL"), f"{COUNTS}.cd3.of", "no denominator"),
    "share_diluted": (put(full_case(), f"{COUNTS}.cd3.multiply_by", "2"), f"{COUNTS}.cd3.multiply_by", "dilution"),
    "volume_twice": (
        put(every_field_case(), "products.0.volume", every_field_case()["products"][0]["volume"] | ml("150")),
        "products.0.volume", "weighing",
    ),
    "object_expected": (put(full_case(), "labs.alt", "35 U/L"), "labs.alt", "“35 U/L”"),
    "list_expected": (put(full_case(), "products", {}), "products", "list"),
    "list_long": (put(full_case(), "products", [{}] * 101), "products", "at most 100"),
    "text_expected": (put(full_case(), "recipient.mrn", 42177), "recipient.mrn", "42177"),
    "text_blank": (put(full_case(), "recipient.mrn", " "), "recipient.mrn", "left out"),
    "text_long": (put(full_case(), "recipient.mrn", "x" * 501), "recipient.mrn", "500"),
    "text_unprintable": (put(full_case(), "recipient.mrn", "a\tb"), "recipient.mrn", "cannot be printed"),
    "number_as_text": (*weighing(70), "“70” is not in quotes"),
    "number_empty": (*weighing(" "), "the number is empty"),
    "number_comma": (*weighing("62,5"), "“62,5” has a comma"),
    "number_wide": (*weighing("７０"), "another script"),
    "number_form": (*weighing("1e2"), "“1e2” is not a number"),
    "date_form": (put(full_case(), "transplant.day_0", "1/10/2026"), "transplant.day_0", "YYYY-MM-DD"),
    "hla_form": (put(full_case(), "donor.hla_match", "11/10"), "donor.hla_match", "9/10"),
    "moment_form": (put(full_case(), "infusion.planned_start", "2026-11-18T10:00"), "infusion.planned_start", "offset"),
    "weeks_whole": (put(every_field_case(), "infusion.gvhd_prophylaxis_weeks.to", "8.5"),
                    "infusion.gvhd_prophylaxis_weeks", "whole weeks"),
    "weeks_order": (put(every_field_case(), "infusion.gvhd_prophylaxis_weeks.to", "5"),
                    "infusion.gvhd_prophylaxis_weeks", "later"),
}  # fmt: skip


@pytest.mark.parametrize("code", ONE_EACH)
def test_problem_names_its_place_and_what_is_accepted(code: str) -> None:
    document, path, words = ONE_EACH[code]
    (problem,) = read_case(document).problems
    assert (problem.path, problem.code) == (path, code)
    assert words in Words().problem(problem)


def test_number_with_a_full_width_comma() -> None:
    assert refused(put(full_case(), "recipient.weight.value", "62，5")) == [("recipient.weight.value", "number_comma")]


def test_kind_of_refusal_without_a_sentence_of_its_own() -> None:
    """Whatever the validating library may find one day, a person gets a sentence."""
    (problem,) = read_case(put(full_case(), "products", [1])).problems
    assert problem.code in PROBLEMS
    key: Any = 5
    assert set(refused(full_case() | {key: 1})) <= {("5", "not_accepted"), ("5", "unknown_field")}


@pytest.mark.parametrize("document", [None, [], "case", 5])
def test_document_that_is_no_object(document: Any) -> None:
    assert refused(document) == [("(case)", "object_expected")]


def test_all_problems_at_once() -> None:
    document = changed(full_case(), recipient__sex="F", recipient__weight__value="7O", transplant__day_0="x")
    assert sorted(refused(document)) == [
        ("recipient.sex", "literal_error"),
        (WEIGHT, "number_form"),
        ("transplant.day_0", "date_form"),
    ]


def test_so_many_problems_that_the_rest_is_counted() -> None:
    document = put(full_case(), "products", [dict.fromkeys("abc", "1") for _ in range(70)])
    *told, rest = read_case(document).problems
    assert (len(told), rest.path, rest.code) == (200, "(case)", "problems_more")
    assert "10 more problems" in Words().problem(rest)


@pytest.mark.parametrize(
    ("value", "quoted"),
    [(None, "“null”"), (True, "“true”"), (False, "“false”"), ([], "“[…]”"), ({"a": 1}, "“{…}”"), (1.5, "“1.5”")],
)
def test_value_is_quoted_as_json_writes_it(value: Any, quoted: str) -> None:
    document = put(full_case(), "labs", value) if value is not None and not isinstance(value, dict) else None
    document = document or put(every_field_case(), "decisions.0.by", value)
    (problem,) = read_case(document).problems
    assert quoted in Words().problem(problem)


def test_long_name_of_an_unknown_field_is_shortened() -> None:
    (path, code), *_ = refused(full_case() | {"x" * 300: "1"})
    assert (path, code) == ("x" * 200 + "…", "unknown_field")


def test_long_text_is_quoted_in_part_and_without_control_characters() -> None:
    (problem,) = read_case(changed(full_case(), recipient__sex="x" * 41)).problems
    assert problem.params["text"] == "x" * 40 + "…"
    (problem,) = read_case(changed(full_case(), recipient__sex="fe\nmale")).problems
    assert problem.params["text"] == "fe\ufffdmale"


@pytest.mark.parametrize("value", ["percent", "", "kg"])
@pytest.mark.parametrize("count", ["wbc", "mnc", "cd3", "lymphocytes"])
def test_unknown_unit_of_a_count_is_one_problem_that_lists_the_units(count: str, value: str) -> None:
    (problem,) = read_case(put(every_field_case(), f"{COUNTS}.{count}.unit", value)).problems
    assert (problem.path, problem.code) == (f"{COUNTS}.{count}.unit", "literal_error")
    assert "10*9/L" in Words().problem(problem)


# --- Reading what can be read ---


@pytest.mark.parametrize("code", ONE_EACH)
def test_one_bad_entry_is_unknown_and_all_others_are_read(code: str) -> None:
    document, path, _ = ONE_EACH[code]
    if code in ("list_expected", "list_long"):
        pytest.skip("no entry is left to compare")
    case, problems = lenient(document)
    assert problems == [(path, code)]
    kept = Case.model_validate(every_field_case() if at(document, "decisions") != [] else full_case())
    section = path.partition(".")[0]
    assert [name for name in Case.model_fields if getattr(case, name) != getattr(kept, name)] in ([], [section])


FORGOTTEN = {
    "value": ("recipient.weight.value", "7O", "recipient.weight.value", None),
    "unit": ("recipient.weight.unit", "stone", "recipient.weight.unit", None),
    "a date beside a number": ("recipient.weight.measured_on", "x", "recipient.weight.measured_on", "70 kg"),
}


@pytest.mark.parametrize(("path", "value", "named", "weight"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_number_says_nothing_without_its_unit(path: str, value: str, named: str, weight: str | None) -> None:
    case, problems = lenient(put(full_case(), path, value))
    assert [name for name, _ in problems] == [named]
    assert (case.recipient.weight and case.recipient.weight.as_entered) == weight


def test_two_bad_parts_of_one_entry_are_both_told() -> None:
    case, problems = lenient(changed(full_case(), recipient__weight__value="7O", recipient__weight__unit="stone"))
    assert {path for path, _ in problems} == {"recipient.weight.value", "recipient.weight.unit"}
    assert case.recipient.weight is None


def test_problem_behind_a_problem_is_told_too() -> None:
    """The denominator is missed only once the dilution has been read."""
    document = changed(full_case(), products__0__counts__cd3={"value": "30", "unit": "%", "multiply_by": "x"})
    case, problems = lenient(document)
    assert problems[0] == (f"{COUNTS}.cd3.multiply_by", "number_form")
    assert case.products[0].counts is not None
    assert case.products[0].counts.cd3 is None


def test_bag_that_is_no_object_is_an_empty_bag() -> None:
    case, problems = lenient(put(full_case(), "products", ["bag 1", full_case()["products"][0]]))
    assert problems == [("products.0", "object_expected")]
    assert (case.products[0].din, case.products[1].din) == (None, "A999926000123")


def test_decision_that_is_no_object_is_no_decision() -> None:
    case, problems = lenient(put(every_field_case(), "decisions", ["x", every_field_case()["decisions"][0], "y"]))
    assert sorted(problems) == [("decisions.0", "object_expected"), ("decisions.2", "object_expected")]
    assert [decision.code for decision in case.decisions] == ["donor.match"]


def test_decision_without_a_reason_is_no_decision() -> None:
    case, problems = lenient(drop(every_field_case(), "decisions.0.reason"))
    assert (case.decisions, problems) == ((), [("decisions.0.reason", "missing")])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("decisions.0.by", " "), ("decisions.0.reason", ""), ("decisions.0.code", None),
        (f"{COUNTS}.viability.applies_to", ["wbc"]), (f"{COUNTS}.viability.applies_to.1", "MNC"),
        (f"{COUNTS}.mnc.unit", "percent"), (f"{COUNTS}.cd3.unit", "/ul"), (f"{COUNTS}.lymphocytes.unit", ""),
        ("decisions.0.at", "yesterday"), ("products.0.volume.unit", "L"), ("products.0.volume.gross.unit", "kg"),
        (f"{COUNTS}.recovery.mnc.value", "9O"), (f"{COUNTS}.processed_after_count.from.value", "x"),
        (f"{COUNTS}.nrbc_per_100_wbc", "six"), ("infusion.dose_rule.rule", "both"),
    ],
)  # fmt: skip
def test_whatever_the_window_can_show_can_be_left_out(path: str, value: Any) -> None:
    case, problems = lenient(put(every_field_case(), path, value))
    assert len(problems) == 1
    assert problems[0][0].startswith(path.removesuffix(".1"))
    assert case.recipient == Case.model_validate(every_field_case()).recipient


def test_every_text_spoilt_by_itself_leaves_a_case() -> None:
    """No text that can be typed makes the whole unreadable, and each is named."""
    unreadable = []
    for path, value in walk(every_field_case()):
        if isinstance(value, str) and path not in ("format", "protocol"):
            try:
                _, problems = lenient(put(every_field_case(), path, "\x00"))
                told = [name for name, _ in problems]
                if not any(path.startswith(name) or name.startswith(path) for name in told):
                    unreadable.append((path, str(told)))
            except (AssertionError, TypeError, KeyError, IndexError) as error:
                unreadable.append((path, repr(error)))
    assert unreadable == []


def test_every_entry_of_a_wholly_unreadable_case_is_named() -> None:
    document = every_field_case()
    numbers = [path for path, value in walk(document) if path.endswith(".value")]
    for path in numbers:
        put(document, path, "x")
    _, problems = lenient(document)
    assert {path for path, _ in problems} == set(numbers)


# --- Sentences ---


def chinese() -> Callable[[str], str]:
    compiled = (ROOT / "resources/locale/zh_CN/LC_MESSAGES/dlicalc.mo").read_bytes()
    return gettext.GNUTranslations(io.BytesIO(compiled)).gettext


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_problem_has_a_sentence_in_both_languages(code: str) -> None:
    params = dict.fromkeys(re.findall(r"(?<!{){(\w+)}", PROBLEMS[code]), "<value>")
    english = Words().problem(Problem("path", code, params))
    translated = Words(chinese()).problem(Problem("path", code, params))
    assert english
    assert translated not in ("", english)
    assert english.count("<value>") == translated.count("<value>")


def test_plain_types_inside_an_annotation() -> None:
    assert list(plain_types(tuple[int, ...] | None)) == [int, Ellipsis, type(None)]


@pytest.mark.parametrize("name", ["format", "protocol"])
def test_document_of_another_format_is_no_case_to_be_read_in_part(name: str) -> None:
    """Callers refuse it before; nothing in it could be forgotten to make it a case."""
    with pytest.raises(AssertionError, match="could not be taken out"):
        read_what_can_be_read(full_case() | {name: "other"})


def test_field_can_show_a_bad_text_but_not_a_bad_header() -> None:
    assert shown_in_field(Problem("recipient.weight.value", "number_form"))
    assert not shown_in_field(Problem("recipient.weight.value", "number_as_text"))
    assert not shown_in_field(Problem("format", "literal_error"))
