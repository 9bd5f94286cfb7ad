"""What becomes of drafts that were left over: opened, kept for later, or discarded; Enter and Escape keep them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from dlicalc.gui.answers import Answer, Choice
from dlicalc.services.drafts import Draft, draft_line
from dlicalc.services.wording import Words
from dlicalc.services.wording import safe_habits as say


class DraftOffer(QDialog):
    """The drafts, one line each, and a button for each choice."""

    def __init__(self, words: Words, drafts: Sequence[Draft], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words(say.DRAFTS_TITLE))
        lead = QLabel(words(say.DRAFTS_LEAD), self)
        lead.setTextFormat(Qt.TextFormat.PlainText)
        lead.setWordWrap(True)
        font = QFont(lead.font())
        font.setBold(True)
        lead.setFont(font)
        self._keys = [draft.key for draft in drafts]
        self.list = QListWidget(self)
        self.list.setAccessibleName(words(say.DRAFTS_LIST))
        self.list.setWordWrap(True)
        for draft in drafts:
            self.list.addItem(draft_line(draft, words))
        self.list.setCurrentRow(0)
        self.list.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * 50)
        self.list.setMinimumHeight(self.fontMetrics().height() * 4)
        layout = QVBoxLayout(self)
        layout.addWidget(lead)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._buttons(words))
        self._choice = Choice.LATER
        self.keep.setFocus()

    def _buttons(self, words: Words) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        self.take = buttons.addButton(words(say.OPEN_DRAFT), QDialogButtonBox.ButtonRole.ActionRole)
        self.discard = buttons.addButton(words(say.DISCARD_DRAFT), QDialogButtonBox.ButtonRole.ActionRole)
        self.keep = buttons.addButton(words(say.KEEP_DRAFT), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.take, self.discard):
            button.setAutoDefault(False)
        self.keep.setDefault(True)
        self.take.clicked.connect(lambda: self._choose(Choice.OPEN))
        self.discard.clicked.connect(lambda: self._choose(Choice.DISCARD))
        buttons.rejected.connect(self.reject)
        return buttons

    def _choose(self, choice: Choice) -> None:
        self._choice = choice
        self.accept()

    def answer(self) -> Answer:
        """What was chosen, about the line that was chosen."""
        return Answer(self._choice, self._keys[self.list.currentRow()])
