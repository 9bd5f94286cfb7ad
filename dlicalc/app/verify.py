"""``dlicalc verify``: the codes of a printed order, or its PDF, held against this program."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dlicalc.app.parts import Parts
from dlicalc.app.streams import put, standard_input
from dlicalc.app.verification import LARGEST_PDF, PDF, verify_pdf, verify_text
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.verification import Outcome, Report
from dlicalc.services.wording import Words
from dlicalc.services.wording import verify as say
from dlicalc.storage.case_files import read_file, save_document

_EXIT: Final = {Outcome.SAME: 0, Outcome.DIFFERS: 1, Outcome.UNKNOWN: 2}


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Say in words what came of it; 0 the same, 1 different, 2 no way to tell."""
    words = parts.words(options.language)
    report = _report(options, parts, words)
    if options.case is not None:
        if report.document is None:
            raise Refused(Problem("--case", "code_without_case"))
        save_document(options.case, report.document)
    put("\n".join(_told(report, words)))
    return _EXIT[report.outcome]


def _report(options: argparse.Namespace, parts: Parts, words: Words) -> Report:
    contents = [_content(source) for source in options.sources]
    place = options.sources[0]
    if any(content.startswith(PDF) for content in contents):
        if len(contents) > 1:
            raise Refused(Problem(place, "pdf_alone"))
        return verify_pdf(contents[0], place, options.volume, parts, words)
    try:
        text = "\n".join(content.decode() for content in contents)
    except UnicodeDecodeError as error:
        raise Refused(Problem(place, "code_unknown")) from error
    return verify_text(text, options.volume, parts, words)


def _content(source: str) -> bytes:
    """What ``source`` stands for: standard input, a file, or the text of a code."""
    if source == "-":
        return standard_input().read(LARGEST_PDF + 1)
    if source.lower().endswith(".pdf") or _is_path(source):
        return read_file(source, LARGEST_PDF)
    return source.encode(errors="replace")


def _is_path(source: str) -> bool:
    try:
        return Path(source).is_absolute() or Path(source).exists()
    except (OSError, ValueError):  # a code is too long for a name, or holds what no name can
        return False


def _told(report: Report, words: Words) -> Iterator[str]:
    """The state first, so that a draft never sounds fine; then the verdict and what it rests on."""
    yield from report.state
    yield ""
    yield report.verdict
    for line in report.lines:
        yield f"  {words(say.LABELS[line.outcome])}: {line.text}"
