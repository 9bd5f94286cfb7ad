"""What a reader must know beside the numbers: stops, reviews and notes, as data to be worded later."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Final, Literal, NamedTuple

Param = Fraction | Decimal | int | str
"""What a finding's words may be filled with; a date or moment travels as its ISO text."""


class Severity(IntEnum):
    """How much a finding asks of the reader; the larger, the worse."""

    NOTE = 1
    REVIEW = 2
    STOP = 3

    @property
    def label(self) -> Literal["stop", "review", "note"]:
        """The word of the public contract: ``stop``, ``review`` or ``note``."""
        return _LABELS[self - 1]


_LABELS: Final[tuple[Literal["note", "review", "stop"], ...]] = ("note", "review", "stop")
"""From the least severity to the worst."""


class Ruling(NamedTuple):
    """A named prescriber's decision to go on although a stop about the trial stands."""

    by: str
    role: str
    reason: str
    at: str | None


class Finding(NamedTuple):
    """One thing to know: ``code`` says what, ``path`` where in the case, ``params`` fill its words."""

    code: str
    severity: Severity
    path: str
    params: Mapping[str, Param] = {}
    decidable: bool = False
    ruling: Ruling | None = None

    @property
    def blocks(self) -> bool:
        """Whether this finding alone forbids the release of the order."""
        return self.severity is Severity.STOP and self.ruling is None


def stop(code: str, path: str, *, decidable: bool = False, **params: Param) -> Finding:
    """A finding that forbids release; ``decidable`` where a prescriber may rule on it."""
    return Finding(code, Severity.STOP, path, params, decidable)


def review(code: str, path: str, **params: Param) -> Finding:
    """A finding that a person must look at before signing."""
    return Finding(code, Severity.REVIEW, path, params)


def note(code: str, path: str, **params: Param) -> Finding:
    """A finding that explains a number."""
    return Finding(code, Severity.NOTE, path, params)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Blocking stops, decided stops, reviews, notes; inside a group in the order of the case."""
    return tuple(sorted(findings, key=lambda finding: (-finding.severity, not finding.blocks)))
