"""The order as bytes, made once for what it says: previewed, saved and printed are the same."""

from typing import NamedTuple

from dlicalc.domain.evaluation import Evaluation
from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.parts import MakeOrder
from dlicalc.services.entry import Document
from dlicalc.services.typed_numbers import written


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


class PreparedOrder:
    """Holds the last order made, and makes another only when that one no longer says what holds."""

    def __init__(self, make_order: MakeOrder) -> None:
        self._make_order = make_order
        self._basis: _Basis | None = None
        self._pdf = b""

    def holds(self, snapshot: Snapshot, form: Form) -> bool:
        """Whether the order at hand says what ``snapshot`` says, be it as of an earlier moment."""
        basis = self._basis
        if basis is None or basis.form != form or basis.document != snapshot.document:
            return False
        return basis.evaluation == snapshot.evaluation._replace(as_of=basis.evaluation.as_of)

    def overtaken(self, snapshot: Snapshot, form: Form) -> bool:
        """Whether nothing but the passing of time has made the order at hand untrue."""
        basis = self._basis
        same = basis is not None and basis.form == form and basis.document == snapshot.document
        return same and not self.holds(snapshot, form)

    def pdf(self, snapshot: Snapshot, form: Form) -> bytes:
        """The order that ``snapshot`` makes, a DRAFT if a stop stands; raises ``Refused``."""
        if not self.holds(snapshot, form):
            self.drop()
            evaluation = snapshot.evaluation
            self._pdf = self._make_order(
                written(snapshot.document),
                as_of=evaluation.as_of,
                draft=not evaluation.releasable,
                language=form.language,
                paper=form.paper,
                training=form.training,
            )
            self._basis = _Basis(snapshot.document, form, evaluation)
        return self._pdf

    @property
    def evaluation(self) -> Evaluation | None:
        """What the order at hand says; ``None`` if there is none."""
        return self._basis and self._basis.evaluation

    def drop(self) -> None:
        """Forget the order at hand."""
        self._basis, self._pdf = None, b""
