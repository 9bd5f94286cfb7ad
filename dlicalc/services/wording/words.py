"""One catalogue in use: findings, steps, verdicts and problems as sentences of its language."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from string import Formatter
from typing import Final, NamedTuple

from dlicalc.domain.eligibility import Status, Verdict
from dlicalc.domain.finding import Finding, Param, Severity
from dlicalc.domain.step import Step
from dlicalc.services.numbers import (
    decimal_text,
    estimate_shown,
    estimate_text,
    hours_shown,
    millions,
    percent_shown,
    shown,
)
from dlicalc.services.problem import Problem
from dlicalc.services.wording.findings import (
    ANSWER_NEEDED,
    DATED,
    DATED_VALUES,
    EXCLUDED,
    FINDINGS,
    GUARDED,
    NEEDED,
    NOT_EVALUABLE,
    OUT_OF_BOUNDS,
    SLIPS,
    UNUSUAL,
)
from dlicalc.services.wording.problems import PROBLEMS
from dlicalc.services.wording.steps import STEPS
from dlicalc.services.wording.terms import CRITERIA, TERMS, UNITS

Translate = Callable[[str], str]

_TERM_PARAMS: Final = frozenset(
    {"rule", "protocol_rule", "limiting", "analytes", "of", "answer", "fate", "match", "relationship"}
)
"""Parameters that are codes of the case and are worded before they enter a sentence."""
_RULES: Final[Mapping[str, str]] = {">=": "≥", "<=": "≤"}
"""Comparisons of the protocol file → how people write them."""
_ENTERED_PARAMS: Final = frozenset(
    {"entered", "share", "viability", "recovery", "volume_from", "volume_to", "gross", "tare", "density"}
)
"""Parameters that are a number and its UCUM unit as typed."""
_MOMENT_PARAMS: Final = frozenset({"expires_at", "moment"})
_NUMBER_FORMS: Final[Mapping[str, Callable[[Fraction], str]]] = {
    **dict.fromkeys(
        (
            "cd3_per_kg",
            "ceiling",
            "target",
            "before",
            "whole",
            "mnc_per_ml",
            "cd3_per_ml",
            "lymphocytes_per_ml",
            "wbc_per_ml",
        ),
        millions,
    ),
    **dict.fromkeys(("mnc_percent", "cd3_percent"), percent_shown),
    **dict.fromkeys(("hours", "least", "most"), hours_shown),
}
"""Parameter → the form in which people read it; any other number is simply shown."""
_CELL_UNITS: Final[Mapping[str, str]] = {"/mL": "/mL", "/kg": "/kg", "{cells}": ""}


def english(sentence: str) -> str:
    """The catalogue of the program's own language."""
    return sentence


class _Pattern(NamedTuple):
    """A sentence with ``%s`` in its places, and of each place the name and the forms of its texts and numbers.

    It is filled in half the time that ``str.format`` takes.
    """

    text: str
    places: list[tuple[str, Callable[[str], str] | None, Callable[[Fraction], str]]]


class Words:
    """Sentences in one language; ``translate`` is its catalogue, ``language`` its name in files."""

    def __init__(self, translate: Translate = english, language: str = "en") -> None:
        self.translate = translate
        self.language = language
        self._text_forms: Mapping[str, Callable[[str], str]] = {
            **dict.fromkeys(_ENTERED_PARAMS, self.entered),
            **dict.fromkeys(_TERM_PARAMS, self.term),
            **dict.fromkeys(_MOMENT_PARAMS, moment_shown),
        }
        self._units = {code: word and translate(word) for code, word in UNITS.items()}
        self._patterns: dict[str, _Pattern] = {}

    def __call__(self, sentence: str, **params: Param) -> str:
        """``sentence`` in this language, with ``params`` put in."""
        return self.fill(sentence, params) if params else self.translate(sentence)

    def fill(self, sentence: str, params: Mapping[str, Param]) -> str:
        """``sentence`` in this language, with ``params`` put in as people read them."""
        pattern = self._patterns.get(sentence) or self._remember(sentence)
        words: list[str | int] = []
        for name, text_form, number_form in pattern.places:
            value = params[name]
            if type(value) is Fraction:  # asked by type: whether an int is one takes isinstance long to find out
                words.append(number_form(value))
            elif isinstance(value, str):
                words.append(text_form(value) if text_form else value)
            else:
                words.append(estimate_shown(value) if isinstance(value, Decimal) else str(value))
        return pattern.text % tuple(words)

    def _remember(self, sentence: str) -> "_Pattern":
        parts = list(Formatter().parse(self.translate(sentence)))
        text = "".join(words.replace("%", "%%") + ("" if name is None else "%s") for words, name, _, _ in parts)
        places = [(name, self._text_forms.get(name), _NUMBER_FORMS.get(name, shown)) for _, name, _, _ in parts if name]
        self._patterns[sentence] = pattern = _Pattern(text, places)
        return pattern

    def term(self, code: str | None) -> str:
        """The word for a choice of the case; nothing for what is unknown."""
        if code is None:
            return self.translate(TERMS["unknown"])
        return self.translate(TERMS[code]) if code in TERMS else code

    def site(self, texts: Mapping[str, str]) -> str:
        """What a site wrote in this language; ``texts`` has every language of the program."""
        return texts[self.language]

    def unit(self, code: str) -> str:
        """How people write a UCUM code."""
        return self._units.get(code, code)

    def entered(self, text: str) -> str:
        """A number and unit as typed, with the unit as people write it."""
        number, _, code = text.partition(" ")
        return f"{number} {self.unit(code)}".rstrip() if code else text

    def finding(self, finding: Finding) -> str:
        """The sentence of a finding."""
        if "guardrail" in finding.params:
            return self._guarded(finding)
        if finding.code in CRITERIA:
            return self._against(finding)
        kind = finding.code.rpartition(".")[2]
        if finding.path in DATED_VALUES and kind in DATED:
            return self.fill(DATED[kind], {"what": self.translate(DATED_VALUES[finding.path]), **finding.params})
        return self.fill(FINDINGS[self._variant(finding)], finding.params)

    def _against(self, finding: Finding) -> str:
        name = self.criterion(finding.code)
        if finding.params.get("status") == Status.EXCLUDED.label:
            return self.translate(EXCLUDED).format(criterion=name)
        needed = self.translate(NEEDED.get(finding.code, ANSWER_NEEDED))
        return self.translate(NOT_EVALUABLE).format(criterion=name, needed=needed)

    @staticmethod
    def _variant(finding: Finding) -> str:
        if finding.code == "chemotherapy.interval" and finding.params.get("hours") == "":
            return "chemotherapy.interval-unknown"
        return finding.code

    def _guarded(self, finding: Finding) -> str:
        params = finding.params
        unit = self.unit(str(params["unit"]))
        entered = self.entered(str(params["entered"])) or f"{_number(params['amount'])} {unit}".rstrip()
        sentence = OUT_OF_BOUNDS if finding.severity is Severity.STOP else UNUSUAL
        text = self.translate(sentence).format(
            what=self.translate(GUARDED[str(params["guardrail"])]),
            entered=entered,
            low=_number(params["low"]),
            high=f"{_number(params['high'])} {unit}".rstrip(),
        )
        slip = str(params["slip"])
        return f"{text} {self.translate(SLIPS[slip]).format(entered=entered)}" if slip else text

    def criterion(self, name: str) -> str:
        """The short name of a criterion."""
        return self.translate(CRITERIA[name])

    def problem(self, problem: Problem) -> str:
        """What is wrong with an entry and what is accepted, without its path."""
        return self.translate(PROBLEMS[problem.code]).format(**problem.params)

    def verdict_value(self, verdict: Verdict) -> str:
        """The value a verdict rests on, for people."""
        value = verdict.value
        if value is not None and not isinstance(value, str):
            number = shown(value) if isinstance(value, Fraction) else estimate_shown(value)
            return f"{number} {self.unit(verdict.criterion.unit or '')}".rstrip()
        return self.term(value)

    def verdict_limit(self, verdict: Verdict) -> str:
        """When the criterion speaks against the infusion, as ``< 60 mL/min/1.73 m²``."""
        criterion = verdict.criterion
        return f"{_RULES.get(criterion.rule, criterion.rule)} {self.term(criterion.limit)} {self.unit(criterion.unit or '')}".rstrip()

    def step(self, step: Step) -> str:
        """The sentence of a step, without its result."""
        return self.fill(STEPS[step.code], step.params)

    def step_result(self, step: Step) -> str:
        """The result of a step with its unit, for people."""
        if step.unit in _CELL_UNITS:
            return f"{millions(step.result)}{_CELL_UNITS[step.unit]}"
        return f"{shown(step.result)} {self.unit(step.unit)}".rstrip()


def moment_shown(iso: str) -> str:
    """An ISO moment as people read it: ``2026-11-19 14:00 +08:00``, without seconds that are zero."""
    day, _, rest = iso.partition("T")
    clock, offset = (rest[:-6], rest[-6:])
    return f"{day} {clock.removesuffix(':00') if clock.count(':') > 1 else clock} {offset}"


def _number(value: Param) -> str:
    return shown(value) if isinstance(value, Fraction) else str(value)


def verdict_text(value: Fraction | Decimal | str | None) -> str | None:
    """The value that a verdict rests on, as a file holds it."""
    if value is None or isinstance(value, str):
        return value
    return estimate_text(value) if isinstance(value, Decimal) else decimal_text(value)
