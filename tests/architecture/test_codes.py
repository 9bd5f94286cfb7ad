"""Every code that the domain can raise has its sentence, and every sentence is of a code that can be raised."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dlicalc.domain.protocol import CRITERION_IDS
from dlicalc.services.wording import findings as wording
from dlicalc.services.wording import given
from dlicalc.services.wording.findings import FINDINGS, GUARDED, SLIPS
from dlicalc.services.wording.problems import PROBLEMS
from dlicalc.services.wording.steps import STEPS
from dlicalc.services.wording.terms import CRITERIA
from tests.program import ROOT, shipped_protocol

PACKAGE = ROOT / "dlicalc"
RAISED_BY = {"stop", "review", "note", "unknown", "Finding"}
WRITTEN_BY = {"Step", "write"}
DATED = {f"{value}.{kind}" for value in ("weight", "labs.creatinine", "labs.alt", "labs.ast", "labs.bilirubin")
         for kind in getattr(wording, "DATED", ("undated", "stale", "date-ahead"))}  # fmt: skip
"""Codes of dated values, whose sentence is made from the value's name and what is wrong with its date."""
VARIANTS = {"chemotherapy.interval-unknown"}
"""Sentences of a code in another situation, chosen where words are found."""


def trees(*folders: str) -> Iterator[ast.Module]:
    for folder in folders:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))


def pattern(node: ast.expr) -> str | None:
    """A regular expression of the texts that an expression can be; nothing for a name or a call."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(pattern(part) or "[a-z0-9._-]+" for part in node.values)
    return None


def texts(node: ast.expr, function: ast.AST) -> Iterator[str]:
    """Patterns of an argument: of a text, of both branches of a choice, of what was assigned to a name."""
    found = pattern(node)
    if found is not None:
        yield found
    elif isinstance(node, ast.IfExp):
        yield from texts(node.body, function)
        yield from texts(node.orelse, function)
    elif isinstance(node, ast.Name):
        for statement in ast.walk(function):
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == node.id for target in statement.targets
            ):
                yield from texts(statement.value, function)


def called(callers: set[str], *folders: str) -> set[str]:
    """Patterns of the first argument of every call of these names."""
    found = set()
    for tree in trees(*folders):
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and call.args:
                    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                    if name in callers:
                        found.update(texts(call.args[0], function))
    return found


def unmatched(patterns: set[str], sentences: set[str]) -> list[str]:
    return sorted(one for one in patterns if not any(re.fullmatch(one, sentence) for sentence in sentences))


def unused(sentences: set[str], patterns: set[str]) -> list[str]:
    return sorted(one for one in sentences if not any(re.fullmatch(pattern_, one) for pattern_ in patterns))


GUARDRAIL_CODES = {f"{name.replace('_', '-')}.{kind}" for name in GUARDED for kind in ("out-of-bounds", "unusual")}


def test_every_finding_has_a_sentence() -> None:
    raised = called(RAISED_BY, "domain")
    assert len(raised) > 80
    assert unmatched(raised, set(FINDINGS) | DATED | set(CRITERIA) | GUARDRAIL_CODES | set(given.FINDINGS)) == []


def test_every_sentence_of_a_finding_is_used() -> None:
    assert unused(set(FINDINGS) - VARIANTS, called(RAISED_BY, "domain")) == []
    words = (PACKAGE / "services" / "wording" / "words.py").read_text(encoding="utf-8")
    assert [code for code in VARIANTS if f'"{code}"' not in words] == []


def test_every_step_has_a_sentence_and_every_sentence_a_step() -> None:
    written = {one for one in called(WRITTEN_BY, "domain") if re.match(r"(count|present|bag|dose)\\?\.", one)}
    assert len(written) > 15
    assert unmatched(written, set(STEPS)) == []
    assert unused(set(STEPS), written) == []


def test_every_criterion_has_a_name() -> None:
    assert set(CRITERIA) == set(CRITERION_IDS)
    assert set(getattr(wording, "NEEDED", {})) <= set(CRITERION_IDS)


def test_every_guardrail_has_a_name_and_is_held_against_something() -> None:
    assert set(GUARDED) == set(dict(shipped_protocol().plausibility))
    names = {node.value for tree in trees("domain") for node in ast.walk(tree)
             if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip
    by_unit = {f"{lab}{limit}_{unit}" for lab in ("creatinine", "bilirubin") for limit in ("", "_limit")
               for unit in ("mg_dl", "umol_l")}  # fmt: skip
    checked = called({"check", "check_computed", "_guard_percent"}, "domain")
    assert by_unit <= set(GUARDED)
    assert sorted(name for name in GUARDED if name not in names | by_unit) == []
    assert checked


def test_every_slip_has_a_sentence_and_every_sentence_a_slip() -> None:
    rails = dict(shipped_protocol().plausibility).values()
    named = {slip for rail in rails for slip in (rail.slip_below, rail.slip_above) if slip is not None}
    assert named == set(SLIPS)


def string_constants(*folders: str) -> set[str]:
    return {node.value for tree in trees(*folders) for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)}  # fmt: skip


def problem_codes() -> set[str]:
    """Codes given to Problem(…) anywhere in the program."""
    found = set()
    for tree in trees("app", "exchange", "gui", "report", "services", "storage"):
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Problem" and len(call.args) > 1:
                found.update(texts(call.args[1], tree))
    return {one.replace("\\", "") for one in found}


def test_every_problem_has_a_sentence() -> None:
    assert sorted(problem_codes() - set(PROBLEMS)) == []


def test_every_sentence_of_a_problem_is_used() -> None:
    wording_file = PACKAGE / "services" / "wording" / "problems.py"
    own = {node.value for node in ast.walk(ast.parse(wording_file.read_text(encoding="utf-8")))
           if isinstance(node, ast.Constant)}  # fmt: skip
    elsewhere = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        if path != wording_file:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            elsewhere |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(PROBLEMS) <= own
    assert sorted(set(PROBLEMS) - elsewhere) == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").glob("*.py")), ids=lambda path: path.stem)
def test_no_float_in_the_domain(path: Path) -> None:
    """No binary float, neither as a number nor as a conversion, anywhere on the way to a dose or a verdict."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    floats = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in ("float", "round")]
    assert floats == names == []
