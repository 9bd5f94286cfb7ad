"""Case files and the clock argument, as the commands take them."""

from datetime import datetime
from typing import Any

from dlicalc.app.parts import now
from dlicalc.app.streams import standard_input
from dlicalc.domain.case import Case
from dlicalc.domain.entered import parse_moment
from dlicalc.services.entry import Document, read_case
from dlicalc.services.problem import Problem, Refused
from dlicalc.storage.case_files import LARGEST_FILE, parse_document, read_file


def moment(argument: str | None) -> datetime:
    """The moment of ``--as-of``, or now; raises :class:`Refused`."""
    if argument is None:
        return now()
    given = parse_moment(argument)
    if given is None:
        raise Refused(Problem("--as-of", "moment_argument", {"text": argument}))
    return given


def load_case(place: str) -> tuple[Case, Document]:
    """The case in the file ``place`` (``-`` is standard input) and its document; raises :class:`Refused`."""
    content = standard_input().read(LARGEST_FILE + 1) if place == "-" else read_file(place)
    document: Any = parse_document(content, place)
    return case_from(document), document


def case_from(document: object) -> Case:
    """The case that ``document`` says; raises :class:`Refused` with all its problems."""
    reading = read_case(document)
    if reading.case is None:
        raise Refused(*reading.problems)
    return reading.case
