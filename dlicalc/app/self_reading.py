"""The last look at an order before it is released: the file is read back and held against what was computed."""

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.exchange.read_back import read_pdf
from dlicalc.services.order_codes import CodeTexts
from dlicalc.services.order_state import OrderState
from dlicalc.services.problem import Refused
from dlicalc.services.self_reading import ORDER, due, marks, misprints
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import STATUS


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
