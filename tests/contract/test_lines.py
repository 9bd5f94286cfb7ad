"""`dlicalc evaluate --lines -`: one case a line, refusals in their place (contract, section 1)."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests.cases import AS_OF, every_field_case, full_case, preemptive_case, put
from tests.command import dlicalc, documents, evaluate_lines, executable, problems_at
from tests.figures import agrees
from tests.oracle import random_cases
from tests.oracle.compare import disagreements
from tests.refusals.corpus import BadInput, corpus
from tests.worked_doses import CASES, SLIPS, WORKED

RANDOM_CASES = 1_000
GOOD = (full_case(), preemptive_case(), every_field_case())


def evaluated(cases: list[dict[str, Any]], as_of: str = AS_OF) -> list[dict[str, Any]]:
    """The evaluations of cases that are all accepted."""
    result = evaluate_lines(map(json.dumps, cases), as_of)
    assert (result.returncode, result.stderr) == (0, b"")
    evaluations = documents(result.stdout)
    assert len(result.stdout.splitlines()) == len(evaluations) == len(cases)
    return evaluations


def test_good_cases_are_accepted() -> None:
    assert {evaluation["format"] for evaluation in evaluated(list(GOOD))} == {"dlicalc-evaluation/1"}


def test_no_line_at_all() -> None:
    result = evaluate_lines([], AS_OF)
    assert (result.returncode, result.stdout) == (0, b"")


def test_refusals_in_the_middle() -> None:
    good = json.dumps(full_case())
    bad = json.dumps(put(full_case(), "recipient.weight.value", "-70"))
    result = evaluate_lines([good, bad, good, "{", good], AS_OF)
    first, second, third, fourth, fifth = documents(result.stdout)
    assert result.returncode == 2
    assert first == third == fifth
    assert first["format"] == "dlicalc-evaluation/1"
    assert second["format"] == fourth["format"] == "dlicalc-refusal/1"
    assert (second["line"], fourth["line"]) == (2, 4)
    assert problems_at(second, "recipient.weight")
    assert fourth["problems"]


def test_any_line_end() -> None:
    good = json.dumps(full_case()).encode()
    result = dlicalc("evaluate", "--lines", "-", "--as-of", AS_OF, input=good + b"\r\n" + good)
    assert result.returncode == 0
    assert len(documents(result.stdout)) == 2


def test_bytes_that_are_no_text() -> None:
    good = json.dumps(full_case()).encode()
    bad = good.replace(b"S-017", b"S-\xff")
    result = dlicalc("evaluate", "--lines", "-", "--as-of", AS_OF, input=b"\n".join([good, bad, good, b""]))
    formats = [document["format"] for document in documents(result.stdout)]
    assert result.returncode == 2
    assert formats == ["dlicalc-evaluation/1", "dlicalc-refusal/1", "dlicalc-evaluation/1"]


def test_a_line_says_the_same_as_its_place() -> None:
    heavy = put(full_case(), "recipient.weight.value", "80")
    forwards, backwards = evaluated([full_case(), heavy]), evaluated([heavy, full_case()])
    assert forwards == backwards[::-1]


def test_a_line_that_is_too_long_is_one_refusal_wherever_it_stands() -> None:
    """Longer than a file may be (1 MiB), and longer than what is read at once."""
    good, long = json.dumps(full_case()).encode(), b" " * 3 * 2**20 + b"{}"
    for lines in ([long, good], [good, long, good, long], [*[good] * 40, long, *[good] * 40]):
        printed = documents(dlicalc("evaluate", "--lines", "-", "--as-of", AS_OF, input=b"\n".join(lines)).stdout)
        assert [document.get("line") for document in printed] == [
            place if line is long else None for place, line in enumerate(lines, 1)
        ]


def test_each_line_is_answered_while_the_next_is_not_there_yet() -> None:
    """A program that asks line by line must not wait for ever, also not for a short refusal."""
    call = [executable(), "evaluate", "--lines", "-", "--as-of", AS_OF]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line, answer in ((json.dumps(full_case()), "dlicalc-evaluation/1"), ("{}", "dlicalc-refusal/1")) * 2:
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["format"] == answer


@pytest.fixture(scope="module")
def refused() -> list[tuple[BadInput, dict[str, Any]]]:
    """Every bad input with what the command printed for it, all from one process."""
    inputs = corpus()
    result = evaluate_lines((bad.text for bad in inputs), AS_OF)
    assert result.returncode == 2
    printed = [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]
    assert len(printed) == len(inputs)
    return list(zip(inputs, printed, strict=True))


def shown(bad: BadInput, refusal: dict[str, Any]) -> str:
    return f"{bad.path or '(text)'} {bad.mention} {bad.reason}: {json.dumps(refusal)[:300]}"


def test_the_corpus_is_large() -> None:
    assert len({bad.text for bad in corpus()}) >= 500


def test_every_bad_input_is_refused(refused: list[tuple[BadInput, dict[str, Any]]]) -> None:
    accepted = [shown(*pair) for pair in refused if pair[1]["format"] != "dlicalc-refusal/1"]
    assert not accepted, f"{len(accepted)} accepted:\n" + "\n".join(accepted[:50])


def test_every_refusal_names_line_and_path(refused: list[tuple[BadInput, dict[str, Any]]]) -> None:
    unnamed = [
        shown(bad, refusal)
        for number, (bad, refusal) in enumerate(refused, start=1)
        if refusal.get("line") != number
        or not any(bad.mention in problem for problem in problems_at(refusal, bad.path))
    ]
    assert not unnamed, f"{len(unnamed)} unnamed:\n" + "\n".join(unnamed[:50])


@pytest.fixture(scope="module")
def worked() -> dict[str, dict[str, Any]]:
    """The evaluation of each worked dose and of each slip of E16."""
    cases = CASES | SLIPS
    return dict(zip(cases, evaluated(list(cases.values())), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_worked_doses(worked: dict[str, dict[str, Any]], name: str) -> None:
    """The oracle, which has been checked against every number of the examples, says the same."""
    assert not disagreements(CASES[name], AS_OF, worked[name])


@pytest.mark.parametrize("name", [name for name in CASES if "V_printed_mL" in WORKED[name]])
def test_worked_doses_as_printed(worked: dict[str, dict[str, Any]], name: str) -> None:
    dose, example = worked[name]["dose"], WORKED[name]
    assert dose["ordered_volume_ml"] == example["V_printed_mL"]
    assert dose["limiting"] == {"VOLUME": "available-volume"}.get(example["limiting"], example["limiting"].lower())
    for analyte in ("mnc", "cd3"):
        volume = Fraction(example[f"V_{analyte}_exact"])
        available = Fraction(dose["bags"][0]["volume_ml"]) + Fraction(dose["bags"][0]["left_ml"])
        assert agrees(dose[f"{analyte}_volume_ml"], volume if volume <= available else None)


def test_two_bags_as_printed(worked: dict[str, dict[str, Any]]) -> None:
    assert [bag["volume_ml"] for bag in worked["E7"]["dose"]["bags"]] == ["35", "14.4"]
    assert worked["E7"]["dose"]["ordered_volume_ml"] == "49.4"


@pytest.mark.parametrize("slip", SLIPS)
def test_power_of_ten_slips(worked: dict[str, dict[str, Any]], slip: str) -> None:
    assert agrees(worked[slip]["dose"]["cd3_volume_ml"], Fraction(WORKED["E16"]["rows"][slip]))


def test_an_impossible_subset_stops(worked: dict[str, dict[str, Any]]) -> None:
    evaluation = worked["E17"]
    stops = [finding for finding in evaluation["findings"] if finding["severity"] == "stop"]
    assert evaluation["releasable"] is False
    assert any(not stop["decidable"] for stop in stops)


def test_random_cases() -> None:
    cases = [random_cases.case(Random(1_000_000 + number)) for number in range(RANDOM_CASES)]
    for number, (case, evaluation) in enumerate(zip(cases, evaluated(cases, random_cases.AS_OF), strict=True)):
        differences = disagreements(case, random_cases.AS_OF, evaluation)
        assert not differences, f"seed {1_000_000 + number}: {differences}\n{json.dumps(case)}"
