"""A prescriber decides a stop: by name, with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from dlicalc.domain.entered import is_said
from dlicalc.gui.answers import Decision
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import CANCEL, DECIDE_BY, DECIDE_LEAD, DECIDE_REASON, DECIDE_RECORD, DECIDE_TITLE


class DecisionDialog(QDialog):
    """Name and reason of a prescriber; Enter goes to the next line and records nothing."""

    def __init__(self, words: Words, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words(DECIDE_TITLE))
        self.by, self.reason = QLineEdit(self), QLineEdit(self)
        stop, lead = QLabel(sentence, self), QLabel(words(DECIDE_LEAD), self)
        stop.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont(stop.font())
        font.setBold(True)
        stop.setFont(font)
        form = QFormLayout()
        for edit, label in ((self.by, DECIDE_BY), (self.reason, DECIDE_REASON)):
            edit.setAccessibleName(words(label))
            edit.setMinimumWidth(edit.fontMetrics().horizontalAdvance("n") * 44)
            edit.textChanged.connect(self._enable)
            edit.returnPressed.connect(self.focusNextChild)
            form.addRow(words(label), edit)
        buttons = QDialogButtonBox(self)
        self.record = buttons.addButton(words(DECIDE_RECORD), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(words(CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for label_widget in (stop, lead):
            label_widget.setWordWrap(True)
            layout.addWidget(label_widget)
        layout.addLayout(form)
        layout.addWidget(buttons)
        for button in (self.record, cancel):
            button.setAutoDefault(False)
            button.setDefault(False)
        self._enable()

    def _enable(self) -> None:
        texts = (self.by.text(), self.reason.text())
        self.record.setEnabled(all(map(is_said, texts)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is no answer; Qt would press the first button with it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def decision(self) -> Decision:
        """What was typed."""
        return Decision(self.by.text(), self.reason.text())
