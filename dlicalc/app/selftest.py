"""``dlicalc selftest``: does this copy, on this machine, compute what others computed, from undamaged files?"""

import argparse
import importlib
import platform
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Final

from dlicalc.app import soundness
from dlicalc.app.cases import moment
from dlicalc.app.golden import DOSES, load
from dlicalc.app.machine import machine
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.app.streams import complain, put
from dlicalc.services.problem import Refused
from dlicalc.services.recording import self_test
from dlicalc.services.reference import Check, References, check_all
from dlicalc.services.self_report import Installed, SelfTest, lines, statement
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words, about
from dlicalc.services.wording import selftest as say
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.integrity import Inspection

_FILES: Final = {
    "limits": "reference_cases/limits.json",
    "egfr": "reference_cases/egfr.json",
    "published": "reference_cases/published.json",
}
_LIBRARIES: Final = {
    "pydantic": "VERSION",
    "PySide6": "__version__",
    "reportlab": "Version",
    "pypdfium2.version": "PYPDFIUM_INFO",
    "cryptography": "__version__",
}
"""Library → where it says its version; a frozen program has no list of what is installed."""

FAILED: Final = 1
REFUSED: Final = 2

Record = Callable[[SelfTest], None]
"""Keeps what came of a finished test."""


def not_recorded(_test: SelfTest) -> None:
    """For a program that keeps no records."""


class SelfTestRun:
    """One test in small steps: every file, what Python compiled of it, every reference case."""

    def __init__(self, parts: Parts, at: datetime, site_line: str = "", record: Record = not_recorded) -> None:
        self._parts, self._at, self._site_line, self._record = parts, at, site_line, record
        self._inspection = Inspection(soundness.here())
        self._checks: list[Check] = []
        self._done = False

    def steps(self) -> Iterator[tuple[float, str]]:
        """How much of it is done (of 1) and what is being done, after each step; to its end, or as far as wanted."""
        inspection, count = self._inspection, max(len(self._inspection.entries), 1)
        for number, _ in enumerate(inspection.steps(), start=1):
            yield 0.2 * number / count, say.AT_FILES
        for number, _ in enumerate(chain(inspection.library_steps(), inspection.compiled_steps()), start=1):
            yield min(0.2 + 0.4 * number / count, 0.6), say.AT_FILES
        if not inspection.flaws:  # what damaged files compute would prove nothing
            references = _references(self._parts)
            for number, checks in enumerate(check_all(references, self._parts.protocol), start=1):
                self._checks += checks
                yield 0.6 + 0.4 * number / references.cases, say.AT_CASES
        self._done = True
        self._record(self.result)

    @property
    def result(self) -> SelfTest:
        """What has been found so far."""
        found = self._inspection
        flaws = [(flaw.name, flaw.kind.value) for flaw in sorted(found.flaws)]
        installed = Installed(SOFTWARE, self._site_line, _installed(self._parts, found))
        return SelfTest(installed, self._at, len(found.entries), flaws, self._checks, self._done)

    def report(self, language: str, paper: str) -> bytes:
        """The report as PDF."""
        # ReportLab comes with the first report that is asked for.
        from dlicalc.report.statement import write_statement

        return write_statement(statement(self.result, self._parts.words(language)), self._parts.fonts, paper)


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Print (and with ``-o`` write as PDF) what agrees.

    Returns 0 if everything does, 1 if anything does not, 2 if everything does but the PDF cannot be written.
    """
    english = parts.words("en")
    test = SelfTestRun(parts, moment(options.as_of), options.site_line, partial(recorded, parts, english))
    for _ in test.steps():
        pass
    put("\n".join(lines(test.result, english)))
    written = options.output is None or _written(test, options, english)
    return FAILED if not test.result.passed else 0 if written else REFUSED


def _written(test: SelfTestRun, options: argparse.Namespace, words: Words) -> bool:
    try:
        write_atomically(options.output, test.report(options.language, options.paper))
    except Refused as refused:
        complain(refused.problems, words)
        return False
    return True


def recorded(parts: Parts, words: Words, test: SelfTest) -> None:
    """Put the test into the records; where there are none to be had it still is what it was, and that is said."""
    from dlicalc.app.ledger import ledger

    records = ledger(parts.resources.folder, training=False)
    try:
        records.record((self_test(records.recorder, passed=test.passed),))
    except Refused as refused:
        complain(refused.problems, words)
    finally:
        records.close()


def _references(parts: Parts) -> References:
    return References(load(parts, DOSES), *(load(parts, name) for name in _FILES.values()))


def _installed(parts: Parts, inspection: Inspection) -> tuple[Field, ...]:
    return (
        *machine(),
        Field(say.COMPUTER, platform.node()),
        Field(say.LIBRARIES, ", ".join(_versions())),
        Field(say.PROGRAM_DIGEST, inspection.manifest_digest),
        *_documents(parts),
    )


def _documents(parts: Parts) -> Iterator[Field]:
    """What else decides; a damaged file of it is named among the files."""
    try:
        identity = parts.protocol.protocol
        yield Field(about.PROTOCOL, f"{identity.id} {identity.version}")
        yield Field(about.DIGEST, parts.protocol.digest)
        yield Field(say.SITE_DIGEST, parts.site.digest)
    except Refused as refused:
        yield Field(say.MATTER, str(refused))


def _versions() -> Iterator[str]:
    """Names and versions of the libraries, as they say themselves."""
    for name, version in _LIBRARIES.items():
        try:
            yield f"{name.partition('.')[0]} {getattr(importlib.import_module(name), version)}"
        except (ImportError, AttributeError):
            continue
