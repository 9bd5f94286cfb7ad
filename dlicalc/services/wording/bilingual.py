"""English and a second language on one sheet, each sentence whole in its own language."""

from collections.abc import Callable, Mapping
from typing import Final

from dlicalc.domain.eligibility import Verdict
from dlicalc.domain.finding import Finding, Param
from dlicalc.domain.step import Step
from dlicalc.services.problem import Problem
from dlicalc.services.sheet import OR_LINE
from dlicalc.services.wording.words import Translate, Words, english

LABEL_LENGTH: Final = 34
"""Characters of English up to which both languages stand on one line."""
PAIR_LENGTH: Final = 50
"""Widths of a Latin character up to which they do."""


def bilingual(translate: Translate, language: str = "zh_CN") -> Words:
    """Words that say everything in English and then in ``language``, whose catalogue is ``translate``."""
    return _Both(translate, language)


def joined(first: str, second: str) -> str:
    """Both texts; only the second where it holds the first, as an abbreviation or a number does."""
    if first in second:
        return second
    # A Chinese character is about as wide as two Latin ones; a pair that is too wide would break inside a word.
    wide = len(first) > LABEL_LENGTH or len(first) + 2 * len(second) > PAIR_LENGTH or "\n" in first
    return f"{first}\n{second}" if wide else f"{first}{OR_LINE}{second}"


class _Both(Words):
    """Joins finished sentences, never their parts, so that no sentence mixes the languages."""

    def __init__(self, translate: Translate, language: str) -> None:
        super().__init__(lambda sentence: joined(sentence, translate(sentence)), language)
        self._first, self._second = Words(english), Words(translate, language)

    def __call__(self, sentence: str, **params: Param) -> str:
        return joined(self._first(sentence, **params), self._second(sentence, **params))

    def each(self, make: Callable[[Words], str]) -> str:
        return joined(make(self._first), make(self._second))

    def term(self, code: str | None) -> str:
        return joined(self._first.term(code), self._second.term(code))

    def site(self, texts: Mapping[str, str]) -> str:
        return joined(self._first.site(texts), self._second.site(texts))

    def unit(self, code: str) -> str:
        return joined(self._first.unit(code), self._second.unit(code))

    def entered(self, text: str) -> str:
        return joined(self._first.entered(text), self._second.entered(text))

    def finding(self, finding: Finding) -> str:
        return joined(self._first.finding(finding), self._second.finding(finding))

    def criterion(self, name: str) -> str:
        return joined(self._first.criterion(name), self._second.criterion(name))

    def problem(self, problem: Problem) -> str:
        return joined(self._first.problem(problem), self._second.problem(problem))

    def verdict_value(self, verdict: Verdict) -> str:
        return joined(self._first.verdict_value(verdict), self._second.verdict_value(verdict))

    def verdict_limit(self, verdict: Verdict) -> str:
        return joined(self._first.verdict_limit(verdict), self._second.verdict_limit(verdict))

    def step(self, step: Step) -> str:
        return joined(self._first.step(step), self._second.step(step))

    def step_result(self, step: Step) -> str:
        return joined(self._first.step_result(step), self._second.step_result(step))
