"""What the self-test found, as lines for a terminal and as a report to be filed and signed by two people."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.services.numbers import shown
from dlicalc.services.reference import EQUAL, Check
from dlicalc.services.sheet import Field, Fields, Statement, Table
from dlicalc.services.wording import Words
from dlicalc.services.wording import selftest as say
from dlicalc.services.wording.terms import CRITERIA

_TO_SIGN: Final = "\n\u00a0\n\u00a0"
"""Lines left free for a hand."""
_STATES: Final = frozenset({"excluded", "not-evaluable", "not-excluded"})
_TAGS: Final = {"zh_CN": "zh-CN"}


class Installed(NamedTuple):
    """What was tested: labels to be translated, and values. ``site_line`` is what the site calls this computer."""

    software: str
    site_line: str
    fields: tuple[Field, ...]


class SelfTest(NamedTuple):
    """The outcome: ``flaws`` are names of files and what is the matter; it is ``done`` if nobody stopped it."""

    installed: Installed
    at: datetime
    files: int
    flaws: Sequence[tuple[str, str]]
    checks: Sequence[Check]
    done: bool = True

    @property
    def differing(self) -> list[Check]:
        """The reference values that this copy computes differently."""
        return [check for check in self.checks if not check.agrees]

    @property
    def cases(self) -> int:
        """How many reference cases were recomputed."""
        return len({check.case for check in self.checks})

    @property
    def passed(self) -> bool:
        """Whether this copy may be used."""
        return self.done and bool(self.checks) and not self.flaws and not self.differing

    @property
    def verdict(self) -> str:
        """The sentence of the verdict, to be translated."""
        if self.flaws or self.differing or (self.done and not self.checks):
            return say.DIFFERS
        return say.AGREES if self.done else say.UNFINISHED


def summary(test: SelfTest) -> dict[str, str]:
    """What a record of the test holds: when, of what, and what came of it."""
    return {
        "at": test.at.isoformat(),
        "software": test.installed.software,
        "site_line": test.installed.site_line,
        "files": str(test.files),
        "flaws": str(len(test.flaws)),
        "cases": str(test.cases),
        "values": str(len(test.checks)),
        "differing": str(len(test.differing)),
        "passed": "yes" if test.passed else "no",
    }


def lines(test: SelfTest, words: Words) -> Iterator[str]:
    """What is wrong, line by line, then the result."""
    yield from (f"{name}: {words(say.KINDS[kind])}" for name, kind in test.flaws)
    for check in test.differing:
        case, what, _, expected, obtained, *_ = _row(check, words, "")
        yield f"{case}, {what}: {words(say.EXPECTED)} {expected}, {words(say.OBTAINED)} {obtained}"
    for field in (*_installed(test, words), *_result(test, words)):
        yield f"{field.label}: {field.value}"


def _installed(test: SelfTest, words: Words) -> tuple[Field, ...]:
    named = (Field(words(say.SITE_LINE), test.installed.site_line),) if test.installed.site_line else ()
    fields = (Field(words(label), value) for label, value in test.installed.fields)
    return (*named, *fields, Field(words(say.TESTED_AT), test.at.isoformat()))


def _result(test: SelfTest, words: Words) -> tuple[Field, ...]:
    return (
        Field(words(say.VERDICT), words(test.verdict)),
        Field(words(say.FILES), words(say.FILES_CHECKED, checked=test.files, damaged=len(test.flaws))),
        Field(words(say.CASES), str(test.cases)),
        Field(words(say.VALUES), words(say.VALUES_COMPUTED, computed=len(test.checks), differing=len(test.differing))),
    )


def statement(test: SelfTest, words: Words) -> Statement:
    """The report for the validation folder: what is wrong first, then where to sign, then every value."""
    sources = list(dict.fromkeys(check.source for check in test.checks))
    sections: list[Fields | Table] = [
        _verdict(test, words),
        Fields(words(say.MACHINE), _installed(test, words)),
    ]
    if test.flaws:
        rows = tuple((name, words(say.KINDS[kind])) for name, kind in test.flaws)
        everything = frozenset(range(len(rows)))
        sections.append(Table(words(say.DAMAGED_FILES), _worded((say.FILE, say.MATTER), words), rows, everything))
    if test.differing:
        sections.append(_values(say.DIFFERING_VALUES, test.differing, sources, words))
    sections.append(_signatures(words))
    sections.append(_values(say.EVERY_VALUE, test.checks, sources, words))
    numbered = tuple((f"[{number}]", source) for number, source in enumerate(sources, start=1))
    sections.append(Table(words(say.SOURCES), ("", words(say.SOURCE)), numbered))
    return Statement(
        language=_TAGS.get(words.language, "en"),
        made_at=test.at,
        software=test.installed.software,
        title=words(say.TITLE),
        sections=tuple(sections),
        footer=" · ".join(filter(None, (test.installed.software, test.installed.site_line, test.at.isoformat()))),
        page_label=words(say.PAGE),
    )


def _verdict(test: SelfTest, words: Words) -> Table:
    """The result as one row in bold."""
    labels, values = zip(*_result(test, words), strict=True)
    return Table(words(say.RESULT), labels, (values,), frozenset({0}))


def _worded(sentences: Sequence[str], words: Words) -> tuple[str, ...]:
    return tuple(map(words, sentences))


def _signatures(words: Words) -> Table:
    rows = tuple((f"{words(signer)}{_TO_SIGN}", "", "", "") for signer in say.SIGNERS)
    return Table(words(say.SIGNATURES), _worded(say.SIGNATURE_COLUMNS, words), rows)


def _values(heading: str, checks: Sequence[Check], sources: Sequence[str], words: Words) -> Table:
    heads = (say.CASE, say.COMPUTED_VALUE, say.FROM, say.EXPECTED, say.OBTAINED, say.SAME, say.SOURCE)
    numbers = {source: f"[{number}]" for number, source in enumerate(sources, start=1)}
    rows = []
    before = ("", "")
    for check in checks:
        case, what, given, *rest = _row(check, words, numbers[check.source])
        rows.append((case, what, "" if before == (case, given) else given, *rest))
        before = (case, given)
    strong = frozenset(place for place, check in enumerate(checks) if not check.agrees)
    return Table(words(heading), _worded(heads, words), tuple(rows), strong)


def _row(check: Check, words: Words, source: str) -> tuple[str, ...]:
    what = words.criterion(check.figure) if check.figure in CRITERIA else words(say.FIGURES[check.figure])
    expected, obtained = (_value(text, check, words) for text in (check.expected, check.obtained))
    return (check.case, what, check.given, expected, obtained, words.term("yes" if check.agrees else "no"), source)


def _value(text: str, check: Check, words: Words) -> str:
    if text == EQUAL:
        return words(say.EQUAL)
    if "/" in text:
        return f"{text} {shown(Fraction(text))}"
    return words.term(text) if check.figure in CRITERIA and text in _STATES else text
