"""What the self-test found, as lines for a terminal and as a report to be filed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from dlicalc.services.reference import Check
from dlicalc.services.sheet import Field, Fields, Statement, Table
from dlicalc.services.wording import Words
from dlicalc.services.wording import selftest as say


class SelfTest(NamedTuple):
    """The outcome: files that are not as released, and every reference value with what was computed for it."""

    software: str
    machine: tuple[Field, ...]
    at: datetime
    files: int
    damaged: Sequence[str]
    checks: Sequence[Check]

    @property
    def differing(self) -> list[Check]:
        """The reference values that this copy computes differently."""
        return [check for check in self.checks if not check.agrees]

    @property
    def passed(self) -> bool:
        """Whether this copy may be used."""
        return not self.damaged and not self.differing


def lines(test: SelfTest, words: Words) -> Iterator[str]:
    """What is wrong, line by line, then the result."""
    yield from (f"{words(say.DAMAGED_FILES)}: {name}" for name in test.damaged)
    for check in test.differing:
        yield f"{check.name}: {words(say.EXPECTED)} {check.expected}, {words(say.OBTAINED)} {check.obtained}"
    for field in (*_machine(test, words), *_result(test, words)):
        yield f"{field.label}: {field.value}"


def _machine(test: SelfTest, words: Words) -> tuple[Field, ...]:
    return (*(Field(words(label), value) for label, value in test.machine), Field(words(say.TESTED_AT), str(test.at)))


def _result(test: SelfTest, words: Words) -> tuple[Field, ...]:
    files = words(say.FILES_CHECKED, checked=test.files, damaged=len(test.damaged))
    values = words(say.VALUES_COMPUTED, computed=len(test.checks), differing=len(test.differing))
    return (
        Field(words(say.FILES), files),
        Field(words(say.VALUES), values),
        Field(words(say.VERDICT), words(say.AGREES if test.passed else say.DIFFERS)),
    )


def statement(test: SelfTest, words: Words) -> Statement:
    """The report for the validation folder."""
    columns = tuple(words(label) for label in (say.CASE, say.EXPECTED, say.OBTAINED, say.SAME))
    rows = tuple(
        (check.name, check.expected, check.obtained, words.term("yes" if check.agrees else "no"))
        for check in test.checks
    )
    differing = frozenset(place for place, check in enumerate(test.checks) if not check.agrees)
    sections: list[Fields | Table] = [
        Fields(words(say.RESULT), _result(test, words)),
        Fields(words(say.MACHINE), _machine(test, words)),
    ]
    if test.damaged:
        sections.append(Table(words(say.DAMAGED_FILES), (words(say.FILE),), tuple((name,) for name in test.damaged)))
    sections.append(Table(words(say.EVERY_VALUE), columns, rows, differing))
    return Statement(
        language="en",
        made_at=test.at,
        software=test.software,
        title=words(say.TITLE),
        sections=tuple(sections),
        footer=f"{test.software} · {test.at.isoformat()}",
        page_label=words(say.PAGE),
    )
