"""``dlicalc order``: one case in, the infusion order as PDF out, or the stops that forbid it."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple, NotRequired

from typing_extensions import TypedDict, Unpack

from dlicalc.app.cases import load_case, moment
from dlicalc.app.ledger import ledger
from dlicalc.app.parts import SOFTWARE, Parts
from dlicalc.app.self_reading import require_read_back, require_two_routes
from dlicalc.app.streams import complain, say
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.domain.sign_off import SignOff
from dlicalc.exchange.paper_codes import code_texts
from dlicalc.report.order import write_order
from dlicalc.services.entry import Document
from dlicalc.services.kept_sheet import kept
from dlicalc.services.order_administration import filter_in_use
from dlicalc.services.order_desk import state_of
from dlicalc.services.order_sheet import NO_RECORDS_ASKED, order_sheet
from dlicalc.services.order_state import OrderState, order_number
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recording import Basis, Ledger, as_it_went_out, print_of, recalled
from dlicalc.services.sheet import CannotBePrinted, OnPaper, Sheet
from dlicalc.services.sign_off import desk_of
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import NOT_WRITTEN
from dlicalc.storage.atomic import is_same_file, write_atomically
from dlicalc.storage.case_files import document_digest

if TYPE_CHECKING:
    from dlicalc.services.recorded import Recorded

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
    records = ledger(parts.resources.folder, training=options.training)
    try:
        _write_order(options, parts, records, (case, document, evaluation))
    finally:
        records.close()
    return 0


def _write_order(
    options: argparse.Namespace, parts: Parts, records: Ledger, given: tuple[Case, Document, Evaluation]
) -> None:
    """Write the paper, recorded first if it is one to act on; without records it is a draft that says so."""
    case, document, evaluation = given
    as_of = evaluation.as_of
    language = options.language or parts.site.settings.language
    paper = options.paper or parts.site.settings.paper
    form = {"language": language, "paper": paper, "as_of": as_of.isoformat()}
    known = (records, form)
    found = order_in_file(case, document, parts, as_of, known, stopped=not evaluation.releasable)
    order, sign_off = found.state, found.sign_off
    if records.trouble is not None:
        complain([records.trouble], parts.words("en"))
    made = order_made(
        case,
        document,
        parts,
        as_of,
        order=order,
        language=language,
        paper=paper,
        training=options.training,
        recorded=_looked_up(records, case, found) if sign_off is not None else None,
    )

    def recorded() -> None:
        if order.valid and sign_off is not None:
            start = case.infusion.planned_start
            basis = Basis(document, evaluation, None if start is None else start.date())
            words = {} if order.copy else {"sheet": kept(made.sheet)}
            records.record((print_of(sign_off, order.copy, basis, records.recorder, {**form, **words}),))

    write_atomically(options.output, made.pdf, recorded)


class InFile(NamedTuple):
    """What a paper of a case is, the order in its file, and, if the paper went out before, the newest entry then."""

    state: OrderState
    sign_off: SignOff | None
    until: int = 0


def order_in_file(
    case: Case,
    document: Document,
    parts: Parts,
    as_of: datetime,
    known: tuple[Ledger, Mapping[str, str]] | None = None,
    *,
    stopped: bool,
) -> InFile:
    """What a paper of this case is: checked if two people stand behind just these entries, else a draft.

    What is ``known`` of its order to the records holds against the file; a case without an order does not even open
    them. The same command as before, moment, language and paper alike, gives the same file again.
    """
    digest = document_digest(document)
    desk = desk_of(case.order, case, digest, as_of)
    until = 0
    if known is not None and desk.order is not None:
        entries = known[0].entries(desk.order.number)
        before = as_it_went_out(entries, known[1])
        desk = recalled(desk, entries if before is None else before)
        until = 0 if before is None else entries[len(before)].stamp.sequence - 1
    state = state_of(
        desk,
        digest=digest,
        stopped=stopped,
        filter_chosen=filter_in_use(case, parts.site) is not None,
        recorded=known is None or known[0].trouble is None,
    )
    state = state if state.number else state._replace(number=order_number(digest, as_of))
    return InFile(state, desk.order, until)


def _looked_up(records: Ledger, case: Case, found: InFile) -> "Recorded":
    """What the records know of recipient and bags, or knew when the very same paper went out."""
    from dlicalc.services.recorded import look_up

    recorded = look_up(records.store, case)
    return recorded.until(found.until) if found.until else recorded


class Form(TypedDict):
    """How an order is asked for."""

    order: OrderState
    language: str
    paper: str
    training: NotRequired[bool]
    recorded: "NotRequired[Recorded | None]"


class Made(NamedTuple):
    """An order as a PDF, and the words that it was drawn from."""

    pdf: bytes
    sheet: Sheet


def order_pdf(case: Case, document: Document, parts: Parts, as_of: datetime, **form: Unpack[Form]) -> bytes:
    """The PDF of :func:`order_made`, which raises the same."""
    return order_made(case, document, parts, as_of, **form).pdf


def order_made(
    case: Case,
    document: Document,
    parts: Parts,
    as_of: datetime,
    *,
    order: OrderState,
    language: str,
    paper: str,
    training: bool = False,
    recorded: "Recorded | None" = None,
) -> Made:
    """The order as PDF, and its words.

    ``recorded`` is what the records knew of recipient and bags; it stands in the basis and changes no number. Raises
    :class:`Blocked` if it is valid and a stop stands, :class:`Refused` if it is unprintable.
    """
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
        recorded=_on_paper(recorded, case, evaluation, order, words),
    )
    try:
        pdf = write_order(sheet, parts.fonts, paper)
    except CannotBePrinted as error:
        problem = error.problem
        raise Refused(problem._replace(path=_place_of(problem.params["character"], document))) from error
    if order.valid:
        require_read_back(pdf, case, evaluation, order=order, codes=codes, words=words)
    return Made(pdf, sheet)


def _on_paper(
    recorded: "Recorded | None", case: Case, evaluation: Evaluation, order: OrderState, words: Words
) -> OnPaper:
    """What the order says of the records, if they were asked."""
    if recorded is None:
        return NO_RECORDS_ASKED
    from dlicalc.services.recorded_words import on_paper

    return on_paper(recorded, case, evaluation.dose, order.number, words)


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
