"""The last looks at an order before it is released: computed by two routes, then read back from the file."""

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.exchange.read_back import read_pdf
from dlicalc.services.entry import Document
from dlicalc.services.order_codes import CodeTexts
from dlicalc.services.order_state import OrderState
from dlicalc.services.problem import Refused
from dlicalc.services.self_reading import ORDER, due, marks, misprints
from dlicalc.services.two_routes import differing
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import STATUS


def require_two_routes(document: Document, evaluation: Evaluation) -> None:
    """Raises :class:`Refused` with everything in which the second route comes to something else."""
    wrong = differing(document, evaluation)
    if wrong:
        raise Refused(*wrong)


def require_read_back(
    pdf: bytes, case: Case, evaluation: Evaluation, *, order: OrderState, codes: CodeTexts, words: Words
) -> None:
    """Raises :class:`Refused` with everything in which ``pdf`` does not say what it should."""
    dose = evaluation.dose
    status = words(STATUS[order.state], number=order.copy)
    should = due(
        case,
        [bag.volume for bag in dose.bags] if dose else None,
        (dose.mnc_per_kg, dose.cd3_per_kg) if dose else (),
        marks(case, order.number, (status,)),
        (codes.short, *codes.whole),
    )
    wrong = misprints(read_pdf(pdf, ORDER, set(should.all_codes).issubset), should)
    if wrong:
        raise Refused(*wrong)
