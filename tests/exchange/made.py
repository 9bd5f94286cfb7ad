"""Orders with their own codes, made in this process in any state."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from dlicalc.app.parts import SOFTWARE
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.exchange.paper_codes import code_texts
from dlicalc.report.order import write_order
from dlicalc.services.order_codes import CodeTexts
from dlicalc.services.order_state import OrderState, State, order_number, unchecked
from dlicalc.services.sheet import Code, Codes, Sheet
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF
from tests.program import case_from, evaluation, parts
from tests.report.orders import fonts, sheet


class Made(NamedTuple):
    """An order, and what it was made from."""

    sheet: Sheet
    paper: str
    case: Case
    evaluation: Evaluation
    order: OrderState
    codes: CodeTexts
    words: Words

    def pdf(self, **changed: Any) -> bytes:
        """The file; with parts of the sheet changed, as if somebody had tampered with it."""
        return write_order(self.sheet._replace(**changed), fonts(), self.paper)


def made(
    document: dict[str, Any],
    state: State | None = None,
    *,
    copy: int = 0,
    language: str = "en",
    paper: str = "A4",
    as_of: str = AS_OF,
    training: bool = False,
    software: str = SOFTWARE,
) -> Made:
    """The order of ``document``: checked, or a draft if a stop stands, unless told."""
    evaluated, digest = evaluation(document, as_of), document_digest(document)
    number = order_number(digest, datetime.fromisoformat(as_of))
    if state is State.DRAFT or (state is None and not evaluated.releasable):
        order = unchecked(number, stopped=not evaluated.releasable)
    else:
        order = OrderState(number, state or State.CHECKED, copy=copy)
    codes = code_texts(document, evaluated, order, case_digest=digest, software=software, training=training)
    words = parts().words(language)
    drawn = Codes(Code(codes.short, "short"), tuple(Code(text, "whole") for text in codes.whole))
    made_sheet = sheet(document, words, order, as_of=as_of, training=training)._replace(codes=drawn)
    return Made(made_sheet, paper, case_from(document), evaluated, order, codes, words)
