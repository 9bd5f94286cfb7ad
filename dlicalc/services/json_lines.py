"""Evaluations under one protocol as JSON without line breaks, as a stream of cases needs them.

Three quarters of those bytes are the protocol's own words about its criteria, the same in every evaluation. They are
made once; between them go the verdicts, and around them everything else.
"""

from typing import Final, NamedTuple

from pydantic_core import to_json

from dlicalc.domain.eligibility import Status, Verdict
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.protocol import Protocol
from dlicalc.services.document import criterion_part, document_around
from dlicalc.services.wording import Words
from dlicalc.services.wording.words import verdict_text

_NO_VALUE: Final = b'"value":null'
_NO_CRITERIA: Final = b'"criteria":[]'
"""Stands once in an evaluation: inside a text of JSON a quotation mark has a backslash before it."""


class Printer:
    """Prints the JSON of :func:`~dlicalc.services.document.evaluation_document`, byte for byte."""

    def __init__(self, protocol: Protocol, words: Words, software: str) -> None:
        self._words, self._software = words, software
        self._frames = {
            name: [_frame(Verdict(name, status, None, criterion, "")) for status in Status]
            for name, criterion in protocol.criteria.items()
        }

    def evaluation(self, evaluation: Evaluation) -> bytes:
        """``evaluation`` in the public format."""
        around = to_json(document_around([], evaluation, self._words, self._software))
        criteria = []
        for name, status, value, _, _ in evaluation.verdicts:
            unknown, before, after = self._frames[name][status]
            text = value if isinstance(value, str) else verdict_text(value)
            criteria.append(unknown if text is None else b"".join((before, text.encode(), after)))
        return around.replace(_NO_CRITERIA, b'"criteria":[%b]' % b",".join(criteria), 1)


class _Frame(NamedTuple):
    """A criterion with one status as JSON: without a value, and what stands before and after one.

    A value is a number, an answer or a day; none of them holds a character that JSON would write otherwise.
    """

    unknown: bytes
    before: bytes
    after: bytes


def _frame(verdict: Verdict) -> _Frame:
    unknown = to_json(criterion_part(verdict))
    before, _, after = unknown.partition(_NO_VALUE)
    return _Frame(unknown, before + b'"value":"', b'"' + after)
