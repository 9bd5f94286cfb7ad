"""What is said of a paper that is held against the program again.

The figures are those of worked example E1 (tests/vectors/worked_doses.json): 35 mL, 75 million MNC and 30 million CD3⁺
cells per kg.
"""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.services.order_codes import FlatCode
from dlicalc.services.order_state import State
from dlicalc.services.problem import Refused
from dlicalc.services.verification import (
    Claim,
    Line,
    Outcome,
    begins_as_code,
    between_codes,
    concluded,
    head_of_claim,
    head_of_flat,
    paper_line,
    paper_volume,
    read_claim,
    recomputed_lines,
    state_lines,
)
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, full_case
from tests.program import evaluation
from tests.worked_doses import CASES

SOFTWARE = "dlicalc 1"
WORDS = Words()


def said(**changes: Any) -> dict[str, Any]:
    """What the code of worked example E1 says."""
    evaluated = evaluation(full_case(), AS_OF)
    facts = {
        "number": "261118-EXNZ1M",
        "state": "CHECKED",
        "as_of": AS_OF,
        "software": SOFTWARE,
        "protocol": [evaluated.protocol.protocol.version, evaluated.protocol.digest[7:19]],
        "digest": "1a2b3c4d" * 4,
        "releasable": True,
        "bags_ml": ["35"],
        "mnc_per_kg": "75000000",
        "cd3_per_kg": "30000000",
    }
    return facts | changes


def claim_of(**changes: Any) -> Claim:
    return read_claim({"case": full_case(), "facts": said(**changes)})[1]


def differing(claim: Claim, document: dict[str, Any] | None = None) -> list[str]:
    lines = recomputed_lines(claim, evaluation(document or full_case(), AS_OF), SOFTWARE, WORDS)
    return [line.text for line in lines if line.outcome is Outcome.DIFFERS]


def test_the_same_case_is_the_same() -> None:
    lines = list(recomputed_lines(claim_of(), evaluation(full_case(), AS_OF), SOFTWARE, WORDS))
    assert {line.outcome for line in lines} == {Outcome.SAME, Outcome.NOTE}
    texts = [line.text for line in lines]
    assert texts[0] == "Volume in all: 35 mL"
    assert "MNC per kg: 75 × 10⁶/kg" in texts
    assert "Computed again as of 2026-11-18 08:00 +08:00, the moment of the order" in texts


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"bags_ml": ["30"]}, "Volume in all: the order says 30 mL, computed again 35 mL"),
        ({"mnc_per_kg": "75000001"}, "MNC per kg: the order says 75000001, computed again 75000000"),
        ({"cd3_per_kg": "3"}, "CD3⁺ per kg: the order says 3, computed again 30000000"),
        ({"releasable": False}, "Undecided stops: the order says at least one, computed again none"),
    ],
)
def test_one_difference_is_named(changes: dict[str, Any], text: str) -> None:
    assert differing(claim_of(**changes)) == [text]


def test_another_protocol_is_a_difference_and_another_program_a_note() -> None:
    (protocol,) = differing(claim_of(protocol=["2025-01-01/1", "0123456789ab"]))
    assert protocol.startswith("Protocol: the order says NCT07319793 2025-01-01/1 (0123456789ab), computed again")
    lines = recomputed_lines(claim_of(software="dlicalc 0"), evaluation(full_case(), AS_OF), SOFTWARE, WORDS)
    assert Line(Outcome.NOTE, "Made by dlicalc 0, computed again by dlicalc 1") in list(lines)


def test_bags_are_told_one_by_one_where_there_are_several() -> None:
    """E7: 35 and 14.4 mL."""
    document = CASES["E7"]
    dose = {"bags_ml": ["35", "14.4"], "mnc_per_kg": "1", "cd3_per_kg": "1"}
    texts = [line.text for line in recomputed_lines(claim_of(**dose), evaluation(document, AS_OF), SOFTWARE, WORDS)]
    assert texts[:3] == ["Volume in all: 49.4 mL", "Bag 1: 35 mL", "Bag 2: 14.4 mL"]
    swapped = differing(claim_of(**dose | {"bags_ml": ["14.4", "35"]}), document)
    assert swapped[:2] == [
        "Bag 1: the order says 14.4 mL, computed again 35 mL",
        "Bag 2: the order says 35 mL, computed again 14.4 mL",
    ]
    assert "Bag 2: the order says —, computed again 14.4 mL" in differing(
        claim_of(**dose | {"bags_ml": ["49.4"]}), document
    )


def test_stops_that_stand_today_are_told() -> None:
    document = changed(full_case(), organs__dialysis="yes")
    lines = recomputed_lines(claim_of(), evaluation(document, AS_OF), SOFTWARE, WORDS)
    assert any(line.text.startswith("Stop, computed again: ") and "dialysis" in line.text for line in lines)
    assert differing(claim_of(), document) == ["Undecided stops: the order says none, computed again at least one"]


def test_without_a_dose() -> None:
    document = changed(full_case(), recipient__weight=None)
    facts = {
        name: value
        for name, value in said(releasable=False).items()
        if name not in ("bags_ml", "mnc_per_kg", "cd3_per_kg")
    }
    claim = read_claim({"case": document, "facts": facts})[1]
    assert (claim.bags, claim.volume, claim.per_kg) == (None, None, ())
    assert differing(claim, document) == []
    assert differing(claim)[0] == "Volume in all: the order says —, computed again 35 mL"


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"facts": {}},
        {"facts": said(), "case": []},
        {"facts": said(), "case": {"recipient": "Li"}},
        {"facts": said(as_of="yesterday"), "case": {}},
        {"facts": said(as_of=7), "case": {}},
        {"facts": said(state="MAYBE"), "case": {}},
        {"facts": said(state="COPYx"), "case": {}},
        {"facts": said(bags_ml=["-3"]), "case": {}},
        {"facts": said(bags_ml=[3]), "case": {}},
        {"facts": said(mnc_per_kg="1e9"), "case": {}},
        {"facts": said(digest=""), "case": {}},
        {"facts": said(protocol=["1", ""]), "case": {}},
        {"facts": said(protocol=["1"]), "case": {}},
        {"facts": "number", "case": {}},
    ],
)
def test_a_code_that_holds_something_else_is_refused_by_name(content: Any) -> None:
    with pytest.raises(Refused) as refused:
        read_claim(content)
    assert [problem.code for problem in refused.value.problems] == ["code_version"]


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"state": "DRAFT"}, "DRAFT: not released."),
        ({"state": "CHECKED"}, "CHECKED, valid with all signatures."),
        ({"state": "COPY2"}, "COPY 2: a reprint."),
        ({"state": "SUPERSEDED"}, "SUPERSEDED: another order"),
        ({"state": "VOID"}, "VOID: withdrawn."),
        ({"state": "CHECKED", "training": True}, "TRAINING: made for practice"),
    ],
)
def test_the_state_is_told_first_and_only_two_are_valid(facts: dict[str, Any], first: str) -> None:
    head = head_of_claim(claim_of(**facts), full_case())
    lines = state_lines(head, WORDS)
    assert lines[0].startswith(first)
    assert lines[-1] == "Order 261118-EXNZ1M, MRN 0042177, 35 mL"
    report = concluded(head, [Line(Outcome.SAME, "x")], WORDS, document=None)
    valid = facts["state"] in ("CHECKED", "COPY2") and "training" not in facts
    assert (head.valid, report.valid, report.fine) == (valid, valid, valid)
    assert report.verdict.startswith("SAME: " if valid else "The figures are the same, but NO CELLS MAY BE GIVEN")


@pytest.mark.parametrize("outcome", [Outcome.DIFFERS, Outcome.NOTE])
def test_verdict_and_what_differs_first(outcome: Outcome) -> None:
    head = head_of_claim(claim_of(), full_case())
    lines = [Line(Outcome.NOTE, "a"), Line(outcome, "b")]
    report = concluded(head, lines, WORDS, document={})
    if outcome is Outcome.DIFFERS:
        assert (report.outcome, [line.text for line in report.lines]) == (Outcome.DIFFERS, ["b", "a"])
        assert report.verdict.startswith("DIFFERENT")
    else:
        assert report.outcome is Outcome.UNKNOWN
        assert report.verdict.startswith("CANNOT TELL")
    assert not report.fine


FLAT = FlatCode("261118-EXNZ1M", "0042177", "35", "1a2b3c4d", State.CHECKED, 0, training=False)


def test_two_codes_of_one_paper_agree() -> None:
    assert list(between_codes(FLAT, claim_of(), full_case(), WORDS)) == []


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (FLAT._replace(number="261118-EXNZ1N"), "Order number"),
        (FLAT._replace(mrn=""), "MRN"),
        (FLAT._replace(millilitres="30"), "Volume in all"),
        (FLAT._replace(millilitres=None), "Volume in all"),
        (FLAT._replace(state=State.DRAFT), "State"),
        (FLAT._replace(training=True), "State"),
        (FLAT._replace(digest="00000000"), "Digest of the case"),
    ],
)
def test_codes_of_different_papers(other: FlatCode, what: str) -> None:
    (line,) = between_codes(other, claim_of(), full_case(), WORDS)
    assert line.outcome is Outcome.DIFFERS
    assert line.text.startswith(f"{what}: the short code says ")


def test_a_paper_without_an_mrn() -> None:
    document = copy.deepcopy(full_case())
    del document["recipient"]
    head = head_of_claim(claim_of(), document)
    assert state_lines(head, WORDS)[-1] == "Order 261118-EXNZ1M, MRN not given, 35 mL"
    assert head_of_flat(FLAT._replace(millilitres=None)).volume is None


def test_a_pen_stroke() -> None:
    """20 mL on the order, 30 on the paper: the example of the issue."""
    assert paper_line(Fraction(30), Fraction(20), WORDS) == Line(
        Outcome.DIFFERS, "The paper says 30 mL, the order says 20 mL"
    )
    assert paper_line(Fraction(20), Fraction(20), WORDS).outcome is Outcome.SAME
    assert paper_line(Fraction(20), None, WORDS).outcome is Outcome.DIFFERS


@pytest.mark.parametrize(("typed", "volume"), [("20", "20"), (" 20.5\n", "20.5"), ("20,5", "20.5"), ("２０", "20")])
def test_volume_as_typed_from_the_paper(typed: str, volume: str) -> None:
    assert paper_volume(typed) == Fraction(volume)


def test_no_volume_and_no_number() -> None:
    assert paper_volume("  ") is None
    for typed in ("1,234", "20 mL", "-20", "2e1"):
        with pytest.raises(Refused) as refused:
            paper_volume(typed)
        assert refused.value.problems[0].code == "number_form"


@pytest.mark.parametrize(
    ("text", "begins"),
    [("DLI1*x", True), ("dlc1234", True), ("ＤＬＩ１", True), ("train*dli1", True), ("35", False), ("", False)],
)
def test_what_begins_as_a_code(text: str, begins: bool) -> None:
    assert begins_as_code(text) is begins
