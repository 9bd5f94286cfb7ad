"""Small questions about an order: who prepares it, why it is void, what the patient weighs now."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dlicalc.domain.entered import is_said
from dlicalc.domain.names import is_name
from dlicalc.domain.recipient import Weight
from dlicalc.gui.blind_entries import BlindEntries
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.typed_line import TypedLine
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as say
from dlicalc.services.wording.window import CANCEL, DECIDE_REASON

_WIDE = 34
_LEAD = 62
"""Letters in a line of a lead; the dialog is as wide."""


class Voiding(NamedTuple):
    """Who withdraws an order, and why."""

    by: str
    reason: str


class Weighed(NamedTuple):
    """Who weighed the patient again, and the weight."""

    by: str
    weight: Weight


def named(text: str) -> bool:
    """Whether ``text`` is a name."""
    return is_name(text) and is_said(text)


class Question(QDialog):
    """A lead, lines to type in, one button that acts and one that does not; Enter goes on and does neither."""

    def __init__(self, title: str, lead: str, act: str, words: Words, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.act, self.cancel = QPushButton(act, self), QPushButton(words(CANCEL), self)
        self._lead = QLabel(lead, self)
        self._lead.setWordWrap(True)
        self._lead.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * _LEAD)
        self.form = QFormLayout()
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._checks: list[tuple[TypedLine, Callable[[str], bool]]] = []
        buttons = FlowLayout(gap=6)
        for button, slot in ((self.act, self.accept), (self.cancel, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        self.body = QVBoxLayout(self)
        self.body.addWidget(self._lead)
        self.body.addLayout(self.form)
        self.body.addLayout(buttons)

    def line(self, label: str, accepts: Callable[[str], bool]) -> TypedLine:
        """One more line under ``label``; the button acts only while every line is accepted."""
        edit = TypedLine(_WIDE, self)
        edit.setAccessibleName(label)
        edit.textChanged.connect(lambda _text: self.enable())
        edit.returnPressed.connect(self.focusNextChild)
        self.form.addRow(label, edit)
        if not self._checks:
            edit.setFocus()
        self._checks.append((edit, accepts))
        QWidget.setTabOrder(edit, self.act)
        QWidget.setTabOrder(self.act, self.cancel)
        self.enable()
        return edit

    def ready(self) -> bool:
        """Whether there is everything that the button needs."""
        return all(accepts(edit.text()) for edit, accepts in self._checks)

    def enable(self) -> None:
        """Allow the button, or not."""
        self.act.setEnabled(self.ready())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no answer, except on a button that has the keyboard."""
        focused = self.focusWidget()
        if not isinstance(focused, QLineEdit) or event.text() not in ("\r", "\n"):
            super().keyPressEvent(event)


class PrepareDialog(Question):
    """Asks for the name of whoever prepares the order."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words(say.PREPARE_TITLE), words(say.PREPARE_LEAD), words(say.PREPARE_DO), words, parent)
        self.name = self.line(words(say.NAME), named)


class PassphraseDialog(Question):
    """Asks for the passphrase of the records; what is typed is not shown."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, wrong: bool = False) -> None:
        lead = words(say.LOCKED_LEAD)
        lead = f"{words(say.LOCKED_WRONG)}\n{lead}" if wrong else lead
        super().__init__(words(say.LOCKED), lead, words(say.UNLOCK), words, parent)
        self._line = self.line(words(say.PASSPHRASE), bool)
        self._line.setEchoMode(QLineEdit.EchoMode.Password)

    def text(self) -> str:
        """What was typed."""
        return self._line.text()


class VoidDialog(Question):
    """Asks who withdraws the order, and why."""

    def __init__(self, words: Words, number: str, parent: QWidget | None = None) -> None:
        title = words(say.VOID_TITLE, number=number)
        super().__init__(title, words(say.VOID_LEAD), words(say.VOID_DO), words, parent)
        self.name = self.line(words(say.NAME), named)
        self.reason = self.line(words(DECIDE_REASON), is_said)

    def voiding(self) -> Voiding:
        """What was typed."""
        return Voiding(self.name.text(), self.reason.text())


class WeighDialog(Question):
    """Asks for the weight as it is now, without showing the one in the case."""

    def __init__(self, words: Words, model: CaseViewModel, parent: QWidget | None = None) -> None:
        self._model = model
        self.entries = BlindEntries(model, words, (), bags=False)
        super().__init__(words(say.WEIGH_TITLE), words(say.WEIGH_LEAD), words(say.WEIGH_DO), words, parent)
        self.body.insertWidget(1, self.entries)
        self.entries.setMinimumHeight(self.entries.widget().sizeHint().height() + 30)
        self.name = self.line(words(say.NAME), named)
        self.entries.left.connect(self.name.setFocus)
        model.changed.connect(lambda _snapshot: self.enable())
        self.entries.focus("recipient.weight")

    def ready(self) -> bool:
        """Name and weight, both readable."""
        snapshot = self._model.snapshot
        return super().ready() and snapshot.case.recipient.weight is not None and not snapshot.problems

    def weighed(self) -> Weighed | None:
        """What was typed."""
        weight = self._model.snapshot.case.recipient.weight
        return None if weight is None else Weighed(self.name.text(), weight)
