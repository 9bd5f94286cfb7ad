"""``dlicalc demo``: the shipped example case, evaluated, told in words, and its order written."""

import argparse
from pathlib import Path
from typing import Any, Final

from dlicalc.app.cases import case_from, moment
from dlicalc.app.order import order_in_file, order_pdf
from dlicalc.app.parts import Parts
from dlicalc.app.streams import put
from dlicalc.domain.evaluation import evaluate
from dlicalc.services.summary import summary
from dlicalc.services.wording.order import CASE_LIES_IN, ORDER_LIES_IN
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.case_files import parse_document

EXAMPLE: Final = "examples/prophylactic.json"
EXAMPLE_AS_OF: Final = "2026-11-18T08:00+08:00"
"""The example is of that morning; today its bag would have expired."""


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Print the summary and write the order; returns 0."""
    document: Any = parse_document(parts.resources.read(EXAMPLE), EXAMPLE)
    case, as_of = case_from(document), moment(EXAMPLE_AS_OF)
    words = parts.words("en")
    put("\n".join(summary(case, evaluate(case, parts.protocol, as_of), words)))
    order = order_in_file(case, document, parts, as_of, stopped=False).state
    pdf = order_pdf(case, document, parts, as_of, order=order, language="en", paper="A4")
    write_atomically(options.output, pdf)
    put("\n" + words(ORDER_LIES_IN, path=str(Path(options.output).resolve())))
    put(words(CASE_LIES_IN, path=str(parts.resources.folder / EXAMPLE)))
    return 0
