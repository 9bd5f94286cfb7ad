"""What people do to the open order: prepare it, check it blind, weigh again, withdraw it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Protocol as Port

from dlicalc.domain.case import Case
from dlicalc.domain.comparison import Difference
from dlicalc.gui.attempt import Attempt
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.cover import Cover
from dlicalc.gui.signs import Sign
from dlicalc.services.records import Standing
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as say
from dlicalc.services.wording.records import KINDS
from dlicalc.services.wording.window import REFUSED

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs


class Host(Port):
    """The window, as far as this needs it."""

    words: Words
    cover: Cover

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    def focus_path(self, path: str) -> None:
        """Go to an entry."""


class OrderActs:
    """Asks, tells the view-model, and says what came of it."""

    def __init__(self, host: Host, view_model: CaseViewModel) -> None:
        self._host = host
        self._view_model = view_model
        self._attempt = Attempt(host, REFUSED)

    def prepare(self) -> None:
        """Make what is entered an order."""
        name = self._host.dialogs.prepare(self._host.words)
        if name and self._no_other():
            self._attempt(lambda: self._view_model.prepare_order(name))

    def _no_other(self) -> bool:
        """Whether the recipient has no other order for that day, or one more is wanted."""
        others: list[Standing] = []
        if not self._attempt(lambda: others.extend(self._view_model.others_of_day())):
            return False
        words = self._host.words
        lines = [words(say.DUPLICATE_LINE, number=one.order, state=words(KINDS[one.last])) for one in others]
        return not lines or self._host.dialogs.duplicate(words, lines)

    def check(self) -> None:
        """Let a second person enter everything again while the case is hidden; then go where they want to correct."""
        host = self._host
        with host.cover.over(host.words):
            go_to = host.dialogs.second_check(host.words, self._view_model.blind(), self._compare)
        order = self._view_model.snapshot.order
        if go_to:
            host.focus_path(go_to)
        elif order.checked is not None:
            host.dialogs.tell(host.words, Sign.GOOD, host.words(say.AGREED, number=order.number))

    def _compare(self, by: str, second: Case) -> tuple[int, Sequence[Difference]]:
        differences = self._view_model.check_order(by, second)
        order = self._view_model.snapshot.desk.order
        return (0 if order is None else len(order.attempts)), differences

    def weigh(self) -> None:
        """Compare another weight with that of the order."""
        host, model = self._host, self._view_model
        with host.cover.over(host.words):
            weighed = host.dialogs.weigh_again(host.words, model.blind())
        if weighed is None:
            return
        number = model.snapshot.order.number
        if not self._attempt(lambda: model.weigh_again(weighed.by, weighed.weight)):
            return
        moved = model.snapshot.desk.live is None
        sentence = host.words(say.WEIGHT_MOVED, number=number) if moved else host.words(say.WEIGHT_HOLDS)
        host.dialogs.tell(host.words, Sign.STOP if moved else Sign.GOOD, sentence)

    def void(self) -> None:
        """Withdraw the order, with name and reason."""
        host = self._host
        voiding = host.dialogs.void(host.words, self._view_model.snapshot.order.number)
        if voiding is not None:
            self._attempt(lambda: self._view_model.void_order(voiding.by, voiding.reason))
