"""The life of the order over its page: the state in sign and words, and the three steps with who did what when."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.order_acts import OrderActs
from dlicalc.gui.signs import Sign, Strip, sign_pixmap
from dlicalc.services.order_state import Held, OrderState, State
from dlicalc.services.order_view import Step, allowed, headline, steps
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as say

_SIGNS: Final = {
    State.DRAFT: Sign.REVIEW,
    State.CHECKED: Sign.GOOD,
    State.COPY: Sign.GOOD,
    State.SUPERSEDED: Sign.STOP,
    State.VOID: Sign.STOP,
}


def sign_of(order: OrderState) -> Sign:
    """The sign of a state; a draft that a stop holds is stopped."""
    return Sign.STOP if Held.STOPS in order.held else _SIGNS[order.state]


class OrderSteps(QWidget):
    """Prepare, second check, print; beneath each what can be done there."""

    def __init__(self, acts: OrderActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = Strip(self)
        self.prepare, self.check, self.weigh, self.void = (QPushButton(self) for _ in range(4))
        self._shown: tuple[Step, ...] = ()
        self._rows = [(QLabel(self), QLabel(self), QLabel(self)) for _ in range(3)]
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        beneath = ((self.prepare,), (self.check,), (self.weigh, self.void))
        for place, ((sign, name, text), buttons) in enumerate(zip(self._rows, beneath, strict=True)):
            font = QFont(name.font())
            font.setBold(True)
            name.setFont(font)
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(sign, 3 * place, 0)
            grid.addWidget(name, 3 * place, 1)
            grid.addWidget(text, 3 * place + 1, 1)
            flow = FlowLayout(gap=6)
            for button in buttons:
                button.setAutoDefault(False)
                flow.addWidget(button)
            grid.addLayout(flow, 3 * place + 2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.state)
        layout.addLayout(grid)
        for button, act in (
            (self.prepare, acts.prepare),
            (self.check, acts.check),
            (self.weigh, acts.weigh),
            (self.void, acts.void),
        ):
            button.clicked.connect(lambda _checked, act=act: act())

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show how far the order has come, and allow what may be done now."""
        self.state.show_state(sign_of(snapshot.order), headline(snapshot, words))
        may = allowed(snapshot)
        self.prepare.setEnabled(may.prepare)
        self.check.setEnabled(may.check)
        self.weigh.setEnabled(may.weigh)
        self.void.setEnabled(may.void)
        now = steps(snapshot, words)
        if now != self._shown:
            self._shown = now
            for row, step in zip(self._rows, now, strict=True):
                self._show_step(row, step)

    def _show_step(self, row: tuple[QLabel, QLabel, QLabel], step: Step) -> None:
        sign, name, text = row
        shape = Sign.GOOD if step.done else Sign.EMPTY
        colours = self.palette()
        ink, ground = colours.windowText().color(), colours.window().color()
        sign.setPixmap(sign_pixmap(shape, self.fontMetrics().height(), self.devicePixelRatioF(), ink, ground))
        name.setText(step.name)
        text.setText("\n".join(step.lines))

    def retranslate(self, words: Words) -> None:
        """Word the buttons."""
        named = ((self.prepare, say.PREPARE), (self.check, say.CHECK), (self.weigh, say.WEIGH), (self.void, say.VOID))
        for button, sentence in named:
            button.setText(words(sentence))
