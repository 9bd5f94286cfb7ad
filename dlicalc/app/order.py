"""``dlicalc order``: one case in, the infusion order as PDF out, or the stops that forbid it."""

import argparse
from datetime import datetime
from typing import Final

from dlicalc.app.cases import load_case, moment
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.app.self_reading import require_read_back, require_two_routes
from dlicalc.app.streams import say
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.exchange.paper_codes import code_texts
from dlicalc.report.order import write_order
from dlicalc.services.entry import Document
from dlicalc.services.order_administration import filter_in_use
from dlicalc.services.order_desk import state_of
from dlicalc.services.order_sheet import order_sheet
from dlicalc.services.order_state import OrderState, order_number
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.sheet import CannotBePrinted
from dlicalc.services.sign_off import desk_of
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import NOT_WRITTEN
from dlicalc.storage.atomic import is_same_file, write_atomically
from dlicalc.storage.case_files import document_digest

BLOCKED: Final = 3
ORDER: Final = "order"
LANGUAGE_TAGS: Final = {"en": "en", "zh_CN": "zh-CN", "both": "en"}


class Blocked(Exception):  # noqa: N818  what the order is
    """An undecided stop forbids the release of the order."""


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Write the order; 0 written, 3 blocked and nothing written."""
    as_of = moment(options.as_of)
    case, document = load_case(options.case)
    if is_same_file(options.output, options.case):
        raise Refused(Problem(options.output, "output_is_input"))
    evaluation = evaluate(case, parts.protocol, as_of)
    if not evaluation.releasable and not options.draft:
        _explain(evaluation, parts.words("en"))
        return BLOCKED
    order = order_in_file(case, document, parts, as_of, stopped=not evaluation.releasable)
    pdf = order_pdf(
        case,
        document,
        parts,
        as_of,
        order=order,
        language=options.language or parts.site.settings.language,
        paper=options.paper or parts.site.settings.paper,
        training=options.training,
    )
    write_atomically(options.output, pdf)
    return 0


def order_in_file(case: Case, document: Document, parts: Parts, as_of: datetime, *, stopped: bool) -> OrderState:
    """What a paper of this case is: checked if two people stand behind just these entries, else a draft.

    Nothing is written back into the file, so a copy printed here is not counted.
    """
    digest = document_digest(document)
    desk = desk_of(case.order, case, digest, as_of)
    chosen = filter_in_use(case, parts.site) is not None
    state = state_of(desk, digest=digest, stopped=stopped, filter_chosen=chosen)
    return state if state.number else state._replace(number=order_number(digest, as_of))


def order_pdf(
    case: Case,
    document: Document,
    parts: Parts,
    as_of: datetime,
    *,
    order: OrderState,
    language: str,
    paper: str,
    training: bool = False,
) -> bytes:
    """The order as PDF; raises :class:`Blocked` if it is valid and a stop stands, :class:`Refused` if unprintable."""
    evaluation = evaluate(case, parts.protocol, as_of)
    if order.valid and not evaluation.releasable:
        raise Blocked
    if order.valid:
        require_two_routes(document, evaluation)
    digest = document_digest(document)
    codes = code_texts(document, evaluation, order, case_digest=digest, software=SOFTWARE, training=training)
    words = parts.words(language)
    sheet = order_sheet(
        case,
        evaluation,
        words,
        order=order,
        site=parts.site,
        language=LANGUAGE_TAGS[language],
        software=SOFTWARE,
        case_digest=digest,
        printed_at=as_of,
        codes=codes,
        training=training,
    )
    try:
        pdf = write_order(sheet, parts.fonts, paper)
    except CannotBePrinted as error:
        problem = error.problem
        raise Refused(problem._replace(path=_place_of(problem.params["character"], document))) from error
    if order.valid:
        require_read_back(pdf, case, evaluation, order=order, codes=codes, words=words)
    return pdf


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
