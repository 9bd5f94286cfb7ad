"""The order as bytes, made once for what it says: previewed, saved and printed are the same."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dlicalc.domain.evaluation import Evaluation
from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.parts import KeepWords, MakeOrder, OfOrder
from dlicalc.services.entry import Document
from dlicalc.services.order_desk import Desk
from dlicalc.services.order_state import OrderState, order_number
from dlicalc.services.ports import Digest
from dlicalc.services.typed_numbers import written

Made = TypeVar("Made")

if TYPE_CHECKING:
    from dlicalc.services.recorded import Recorded


class Form(NamedTuple):
    """How an order is written: ``en``, ``zh_CN`` or ``both``, on ``A4`` or ``Letter``, for practice or not."""

    language: str
    paper: str
    training: bool


class _Basis(NamedTuple):
    """What an order was made from."""

    document: Document
    form: Form
    evaluation: Evaluation
    order: OrderState
    desk: Desk
    recorded: "Recorded | None"


class PreparedOrder:
    """Holds the last order made, and makes another only when that one no longer says what holds."""

    def __init__(self, make_order: MakeOrder, digest: Digest, keep_words: KeepWords | None = None) -> None:
        self._make_order = make_order
        self._keep_words = keep_words
        self._digest = digest
        self._basis: _Basis | None = None
        self._made_from: Snapshot | None = None
        self._pdf = b""

    def holds(self, snapshot: Snapshot, form: Form) -> bool:
        """Whether the order at hand says what ``snapshot`` says, be it as of an earlier moment."""
        basis = self._basis
        if basis is None or basis.form != form or basis.document != snapshot.document:
            return False
        same_order = basis.order == snapshot.order and basis.recorded == snapshot.recorded
        return same_order and basis.evaluation == snapshot.evaluation._replace(as_of=basis.evaluation.as_of)

    def overtaken(self, snapshot: Snapshot, form: Form) -> bool:
        """Whether nothing but the passing of time has made the order at hand untrue."""
        basis = self._basis
        same = basis is not None and basis.form == form and basis.document == snapshot.document
        untouched = basis is not None and basis.desk == snapshot.desk and basis.recorded == snapshot.recorded
        return same and untouched and not self.holds(snapshot, form)

    def pdf(self, snapshot: Snapshot, form: Form) -> bytes:
        """The order that ``snapshot`` makes, in the state that it has there; raises ``Refused``."""
        if not self.holds(snapshot, form):
            self.drop()
            self._pdf = self._ask(self._make_order, snapshot, form)
            self._made_from = snapshot
            self._basis = _Basis(
                snapshot.document, form, snapshot.evaluation, snapshot.order, snapshot.desk, snapshot.recorded
            )
        return self._pdf

    def words(self) -> dict[str, Any]:
        """What the records keep of the original at hand, so that it can be printed again to the letter."""
        basis, snapshot = self._basis, self._made_from
        if self._keep_words is None or basis is None or snapshot is None or basis.order.copy:
            return {}
        return {"sheet": self._ask(self._keep_words, snapshot, basis.form)}

    def _ask(self, make: OfOrder[Made], snapshot: Snapshot, form: Form) -> Made:
        evaluation, document = snapshot.evaluation, written(snapshot.document)
        return make(
            document,
            as_of=evaluation.as_of,
            order=self._numbered(snapshot.order, document, evaluation.as_of),
            language=form.language,
            paper=form.paper,
            training=form.training,
            recorded=snapshot.recorded,
        )

    def _numbered(self, order: OrderState, document: Document, at: datetime) -> OrderState:
        """A draft that nobody has prepared gets the number of its moment."""
        return order if order.number else order._replace(number=order_number(self._digest(document), at))

    @property
    def order(self) -> OrderState | None:
        """The state in which the order at hand was made; ``None`` if there is none."""
        return self._basis and self._basis.order

    @property
    def evaluation(self) -> Evaluation | None:
        """What the order at hand says; ``None`` if there is none."""
        return self._basis and self._basis.evaluation

    def drop(self) -> None:
        """Forget the order at hand."""
        self._basis, self._made_from, self._pdf = None, None, b""
