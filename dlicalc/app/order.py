"""``dlicalc order``: one case in, the infusion order as PDF out, or the stops that forbid it."""

import argparse
from datetime import datetime
from typing import Final

from dlicalc.app.cases import load_case, moment
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.app.streams import say
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.exchange.paper_codes import code_texts
from dlicalc.report.order import write_order
from dlicalc.services.entry import Document
from dlicalc.services.order_sheet import order_sheet
from dlicalc.services.order_state import order_number, unchecked
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.sheet import CannotBePrinted
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import NOT_WRITTEN
from dlicalc.storage.atomic import is_same_file, write_atomically
from dlicalc.storage.case_files import document_digest

BLOCKED: Final = 3
ORDER: Final = "order"
LANGUAGE_TAGS: Final = {"en": "en", "zh_CN": "zh-CN", "both": "en"}


class Blocked(Exception):  # noqa: N818  what the order is
    """An undecided stop forbids the release of the order."""

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__("an undecided stop stands")
        self.evaluation = evaluation


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Write the order; 0 written, 3 blocked and nothing written."""
    as_of = moment(options.as_of)
    case, document = load_case(options.case)
    if is_same_file(options.output, options.case):
        raise Refused(Problem(options.output, "output_is_input"))
    try:
        pdf = order_pdf(
            case,
            document,
            parts,
            as_of,
            draft=options.draft,
            language=options.language or parts.site.settings.language,
            paper=options.paper or parts.site.settings.paper,
            training=options.training,
        )
    except Blocked as blocked:
        _explain(blocked.evaluation, parts.words("en"))
        return BLOCKED
    write_atomically(options.output, pdf)
    return 0


def order_pdf(
    case: Case,
    document: Document,
    parts: Parts,
    as_of: datetime,
    *,
    draft: bool,
    language: str,
    paper: str,
    training: bool = False,
) -> bytes:
    """The order as PDF; raises :class:`Blocked` unless it is releasable or a draft, :class:`Refused` if unprintable."""
    evaluation = evaluate(case, parts.protocol, as_of)
    if not evaluation.releasable and not draft:
        raise Blocked(evaluation)
    digest = document_digest(document)
    order = unchecked(order_number(digest, as_of), stopped=not evaluation.releasable)
    sheet = order_sheet(
        case,
        evaluation,
        parts.words(language),
        order=order,
        site=parts.site,
        language=LANGUAGE_TAGS[language],
        software=SOFTWARE,
        case_digest=digest,
        printed_at=as_of,
        codes=code_texts(document, evaluation, order, case_digest=digest, software=SOFTWARE, training=training),
        training=training,
    )
    try:
        return write_order(sheet, parts.fonts, paper)
    except CannotBePrinted as error:
        problem = error.problem
        raise Refused(problem._replace(path=_place_of(problem.params["character"], document))) from error


def _explain(evaluation: Evaluation, words: Words) -> None:
    for finding in evaluation.findings:
        if finding.blocks:
            say(f"{finding.path}: {words.finding(finding)} ({finding.code})")
    say(words(NOT_WRITTEN))


def _place_of(text: str, document: object, path: str = "") -> str:
    """The field of ``document`` in which ``text`` stands; the order itself if it stands in none."""
    entries = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for name, value in entries:
        below = f"{path}.{name}".lstrip(".")
        if isinstance(value, str) and text in value:
            return below
        if isinstance(value, dict | list) and (found := _place_of(text, value, below)) != ORDER:
            return found
    return ORDER
