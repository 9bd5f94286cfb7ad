"""The program in this process: a case as JSON in, the evaluation of the public contract out."""

from functools import cache
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from dlicalc.app.cases import case_from, moment
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.domain.protocol import Protocol
from dlicalc.services.json_lines import Printer
from dlicalc.services.wording import Words
from dlicalc.storage.protocol_files import PROTOCOL_FILE, read_protocol

ROOT = Path(__file__).resolve().parent.parent


@cache
def shipped_protocol() -> Protocol:
    """The protocol as it stands in the source tree."""
    return read_protocol((ROOT / "resources" / PROTOCOL_FILE).read_bytes())


@cache
def parts() -> Parts:
    """The program's parts, made once for all tests."""
    return Parts()


@cache
def printer() -> Printer:
    """What prints the lines of ``--lines``."""
    return Printer(shipped_protocol(), Words(), SOFTWARE)


def evaluation(document: dict[str, Any], as_of: str) -> Evaluation:
    """The evaluation of a case document, as the domain gives it."""
    return evaluate(case_from(document), shipped_protocol(), moment(as_of))


def evaluate_document(document: dict[str, Any], as_of: str) -> dict[str, Any]:
    """The evaluation of a case document, as the command line prints it."""
    printed: dict[str, Any] = from_json(printer().evaluation(evaluation(document, as_of)))
    return printed
