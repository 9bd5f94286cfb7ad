"""``dlicalc evaluate``: cases in, evaluations out, in the order given."""

import argparse
import gc
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pydantic_core import to_json

from dlicalc.app.cases import case_from, load_case, moment
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.app.streams import complain, put, standard_input
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import evaluate
from dlicalc.services.document import evaluation_document
from dlicalc.services.json_lines import Printer
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import LARGEST_FILE, parse_document

REFUSAL_FORMAT: Final = "dlicalc-refusal/1"


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
        self._protocol = parts.protocol
        self.words: Words = parts.words(language)
        self._printer = Printer(self._protocol, self.words, SOFTWARE)
        self._as_of = as_of
        self._indent = indent

    def evaluation(self, case: Case) -> bytes:
        """The evaluation of ``case`` as JSON."""
        evaluation = evaluate(case, self._protocol, self._as_of)
        if self._indent is None:
            return self._printer.evaluation(evaluation)
        return to_json(evaluation_document(evaluation, self.words, SOFTWARE), indent=self._indent)


def _files(evaluator: _Evaluator, places: list[str]) -> int:
    code = 0
    for place in places:
        try:
            put(evaluator.evaluation(load_case(place)[0]))
        except Refused as refused:
            own = all(problem.path == place for problem in refused.problems)
            complain(refused.problems, evaluator.words, "" if own or len(places) == 1 else f"{place}: ")
            code = 2
    return code


def _lines(evaluator: _Evaluator) -> int:
    code = 0
    gc.disable()  # a case makes no cycles; counting references frees it at once
    for number, line in _each_line():
        try:
            put(evaluator.evaluation(case_from(parse_document(line, "(line)"))))
        except Refused as refused:
            put(_refusal(number, refused, evaluator.words))
            code = 2
    return code


def _each_line() -> Iterator[tuple[int, bytes]]:
    """Numbered lines of standard input; of one that is too long only the beginning, so that memory stays flat."""
    stream, number = standard_input(), 0
    while line := stream.readline(LARGEST_FILE + 2):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and len(rest) > LARGEST_FILE:
            rest = stream.readline(LARGEST_FILE + 2)
        yield number, line.rstrip(b"\r\n")


def _refusal(number: int, refused: Refused, words: Words) -> bytes:
    problems = [{"path": problem.path, "message": words.problem(problem)} for problem in refused.problems]
    refusal = {"format": REFUSAL_FORMAT, "line": number, "problems": problems}
    return to_json(refusal)
