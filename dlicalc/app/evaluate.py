"""``dlicalc evaluate``: cases in, evaluations out, in the order given."""

import argparse
import gc
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic_core import to_json

from dlicalc.app.cases import case_from, load_case, moment
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.app.streams import complain, put, show_now, standard_input
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.services.document import evaluation_document
from dlicalc.services.json_lines import Printer
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import LARGEST_FILE, parse_document

REFUSAL_FORMAT: Final = "dlicalc-refusal/1"
_AT_ONCE: Final = 2**16
"""Bytes read at once, as many as a pipe holds."""
_TOGETHER: Final = 16
"""Lines that are worked on together; with more, their cases crowd each other out of the caches."""


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Evaluate files, or lines of standard input; 0 if all were evaluated, 2 if any was refused."""
    as_of = moment(options.as_of)
    if options.lines is not None and (options.cases or options.indent):
        raise Refused(Problem("--lines", "lines_alone"))
    evaluator = _Evaluator(parts, options.language, as_of, indent=2 if options.indent else None)
    if options.lines is not None:
        return _lines(evaluator)
    if not options.cases:
        raise Refused(Problem("CASE.json", "case_expected"))
    return _files(evaluator, options.cases)


class _Evaluator:
    """Case → the text of its evaluation."""

    def __init__(self, parts: Parts, language: str, as_of: datetime, indent: int | None) -> None:
        self._protocol = parts.rules
        self.words: Words = parts.words(language)
        self._printer = Printer(self._protocol, self.words, SOFTWARE)
        self._as_of = as_of
        self._indent = indent

    def evaluate(self, case: Case) -> Evaluation:
        """The evaluation of ``case``."""
        return evaluate(case, self._protocol, self._as_of)

    def text(self, evaluation: Evaluation) -> bytes:
        """``evaluation`` as JSON."""
        if self._indent is None:
            return self._printer.evaluation(evaluation)
        return to_json(evaluation_document(evaluation, self.words, SOFTWARE), indent=self._indent)


def _files(evaluator: _Evaluator, places: list[str]) -> int:
    code = 0
    for place in places:
        try:
            put(evaluator.text(evaluator.evaluate(load_case(place)[0])))
        except Refused as refused:
            own = all(problem.path == place for problem in refused.problems)
            complain(refused.problems, evaluator.words, "" if own or len(places) == 1 else f"{place}: ")
            code = 2
    return code


def _lines(evaluator: _Evaluator) -> int:
    code, number = 0, 0
    gc.disable()  # a case makes no cycles; counting references frees it at once
    for lines in _together():
        for result in _in_stages(lines, (_document, case_from, evaluator.evaluate, evaluator.text)):
            number += 1
            if isinstance(result, Refused):
                code = 2
            put(_refusal(number, result, evaluator.words) if isinstance(result, Refused) else result)
        show_now()
    return code


def _document(line: bytes) -> object:
    return parse_document(line.rstrip(b"\r"), "(line)")


def _in_stages(lines: list[bytes], stages: Sequence[Callable[[Any], Any]]) -> list[Any]:
    """What becomes of each line, or why it is refused.

    One stage after another over all of them: the processor's caches hold the code of one stage, not of the whole
    program, which saves a seventh of the time.
    """
    results: list[Any] = lines
    for stage in stages:
        results = [given if isinstance(given, Refused) else _tried(stage, given) for given in results]
    return results


def _tried(stage: Callable[[Any], Any], given: Any) -> Any:
    try:
        return stage(given)
    except Refused as refused:
        return refused


def _together() -> Iterator[list[bytes]]:
    """The lines of standard input, a few at a time, and never waiting for more than has arrived.

    Of one that is too long only the beginning is kept, so that memory stays flat.
    """
    begun = b""
    while arrived := standard_input().read1(_AT_ONCE):
        first, *others = arrived.split(b"\n")
        lines = [begun + first[: LARGEST_FILE + 1 - len(begun)], *others]
        begun = lines.pop()
        for place in range(0, len(lines), _TOGETHER):
            yield lines[place : place + _TOGETHER]
    if begun:
        yield [begun]


def _refusal(number: int, refused: Refused, words: Words) -> bytes:
    problems = [{"path": problem.path, "message": words.problem(problem)} for problem in refused.problems]
    refusal = {"format": REFUSAL_FORMAT, "line": number, "problems": problems}
    return to_json(refusal)
