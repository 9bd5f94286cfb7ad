"""Autosaved drafts as data and in words."""

from __future__ import annotations

from typing import Any

import pytest

from dlicalc.services.drafts import draft_content, draft_line, read_draft, restored_text
from dlicalc.services.problem import Refused
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case
from tests.program import evaluation

KEPT_AT = "2026-11-18T08:00:00+08:00"


def content(document: Any = None, **changes: Any) -> Any:
    case = full_case() if document is None else document
    return draft_content(case, kept_at=KEPT_AT, software="dlicalc 0", has_file=True) | changes


def test_what_is_written_can_be_read_again() -> None:
    draft = read_draft("a", content())
    assert draft == ("a", KEPT_AT, "dlicalc 0", True, full_case())


def test_texts_that_cannot_be_read_are_kept_as_they_were_typed() -> None:
    case = changed(full_case(), recipient__weight__value="7o")
    assert read_draft("a", content(case)).document == case


@pytest.mark.parametrize(
    "broken",
    [None, [], content(format="dlicalc-case/1"), content(kept_at=1), content(software=None), content(case=[])],
)
def test_anything_else_is_refused(broken: Any) -> None:
    with pytest.raises(Refused):
        read_draft("a", broken)


def test_a_line_says_when_whose_and_how_many_bags() -> None:
    assert draft_line(read_draft("a", content()), Words()) == (
        "2026-11-18 08:00 +08:00 · MRN 0042177 · bags: 1 · changes to a saved case"
    )
    bare = content({"format": "dlicalc-case/1", "protocol": "NCT07319793"}, has_file=False)
    assert draft_line(read_draft("a", bare), Words()) == "2026-11-18 08:00 +08:00 · MRN not entered · bags: 0"


def decision(code: str) -> dict[str, str]:
    return {"code": code, "by": "Dr Zhang", "role": "prescriber", "reason": "single session", "at": KEPT_AT}


def test_a_restored_case_names_its_moment_and_the_decisions_that_came_with_it() -> None:
    assert restored_text(KEPT_AT, evaluation(full_case(), AS_OF), Words(), listed=True) == (
        "Restored from an autosaved draft of 2026-11-18 08:00 +08:00. "
        "Nothing in it counts as checked: read every entry again."
    )
    case = changed(full_case(), organs__dialysis="yes", decisions=[decision("renal.dialysis")])
    lines = restored_text(KEPT_AT, evaluation(case, AS_OF), Words(), listed=True).split("\n")
    assert len(lines) == 3
    assert "Dr Zhang: single session" in lines[2]


def test_of_many_decisions_three_are_told_and_the_rest_counted() -> None:
    answers = {
        "organs__dialysis": ("renal.dialysis", "yes"),
        "organs__long_term_oxygen": ("respiratory.oxygen", "yes"),
        "transplant__consent": ("inclusion.consent", "no"),
        "organs__uncontrolled_arrhythmia": ("cardiac.arrhythmia", "yes"),
    }
    case = changed(full_case(), **{path: answer for path, (_, answer) in answers.items()})
    case["decisions"] = [decision(code) for code, _ in answers.values()]
    lines = restored_text(KEPT_AT, evaluation(case, AS_OF), Words(), listed=True).split("\n")
    assert [line[0] for line in lines[2:]] == ["•"] * 4
    assert lines[-1] == "• and 1 more"
    short = restored_text(KEPT_AT, evaluation(case, AS_OF), Words(), listed=False)
    assert short.endswith("Decisions that came back with it: 4; look at each among the findings.")
