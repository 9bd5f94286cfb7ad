"""The questions of the Records menu: the recovery key, another passphrase, a backup to be restored."""

from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dlicalc.domain.entered import LONGEST_TEXT
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.mnemonic import plain
from dlicalc.gui.order_dialogs import Question, named
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.records import SHORTEST_PASSPHRASE
from dlicalc.services.recovery_sheet import has_last_groups
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as check_words
from dlicalc.services.wording import records_care as say
from dlicalc.services.wording.window import CLOSE, DECIDE_REASON

_COLUMNS: Final = 4
_LEAD: Final = 64
"""Letters in a line of a lead."""


class NewPassphrase(NamedTuple):
    """The passphrase that locks the records now, and the one that is to; ``None`` for none."""

    present: str | None
    new: str | None


class PassphraseChange(Question):
    """Asks for the present passphrase, and twice for the new one; nothing of it is shown."""

    def __init__(self, words: Words, parent: QWidget | None = None, *, locked: bool) -> None:
        lead = "\n\n".join((words(say.PASS_LEAD, least=SHORTEST_PASSPHRASE), words(say.PASS_NO_KEY)))
        super().__init__(words(say.PASS_TITLE), lead, words(say.PASS_DO), words, parent)
        self.present = self.line(words(say.PASS_NOW), bool) if locked else None
        self.new, self.again = (self.line(words(label), self._fits) for label in (say.PASS_NEW, say.PASS_AGAIN))
        for line in (self.present, self.new, self.again):
            if line is not None:
                line.setEchoMode(QLineEdit.EchoMode.Password)

    def _fits(self, _text: str) -> bool:
        if not hasattr(self, "again"):
            return False
        new = self.new.text()
        long_enough = len(new) >= SHORTEST_PASSPHRASE or (not new and self.present is not None)
        return long_enough and new == self.again.text()

    def change(self) -> NewPassphrase:
        """What was typed."""
        return NewPassphrase(None if self.present is None else self.present.text(), self.new.text() or None)


class Restoring(NamedTuple):
    """Who restores, why, and the recovery key if it is needed."""

    who: str
    why: str
    key: str


class RestoreDialog(Question):
    """Asks who restores a backup, and why."""

    def __init__(self, words: Words, path: str, parent: QWidget | None = None) -> None:
        lead = words.translate(say.RESTORE_LEAD).format(path=path)
        super().__init__(words(say.RESTORE_TITLE), lead, words(say.RESTORE_DO), words, parent)
        self.name = self.line(words(check_words.NAME), named)
        self.reason = self.line(words(DECIDE_REASON), lambda text: len(text) <= LONGEST_TEXT)
        self.key = self.line(words(say.RESTORE_KEY), lambda text: len(text) <= LONGEST_TEXT)
        help_text = words(say.RESTORE_KEY_HELP)
        self.key.setAccessibleDescription(help_text)
        self.key.setToolTip(help_text)
        said = QLabel(help_text, self)
        said.setWordWrap(True)
        self.form.addRow(said)

    def restoring(self) -> Restoring:
        """What was typed."""
        return Restoring(self.name.text(), self.reason.text().strip(), self.key.text().strip())


Print = Callable[[], str]
"""Prints the paper; returns the printer, empty if it was not printed."""


class RecoveryKeyDialog(QDialog):
    """The key in groups; it is on paper once it was printed, or its last groups were read back from a paper."""

    def __init__(
        self, key: str, print_key: Print, kept: Callable[[], bool], words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key, self._print, self._kept, self._words = key, print_key, kept, words
        self.setWindowTitle(words(say.KEY_TITLE))
        lead, by_hand = QLabel(words(say.KEY_LEAD), self), QLabel(words(say.KEY_WRITTEN), self)
        for label in (lead, by_hand):
            label.setWordWrap(True)
            label.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * _LEAD)
        self.said = Strip(self)
        self.said.hide()
        self.typed = QLineEdit(self)
        self.typed.setAccessibleName(words(say.KEY_WRITTEN))
        self.typed.textChanged.connect(self._enable)
        by_hand.setBuddy(self.typed)
        texts = (words(say.KEY_PRINT), words(say.KEY_WRITTEN_DO), plain(words(CLOSE)))
        self.print, self.written, self.leave = (QPushButton(text, self) for text in texts)
        buttons = FlowLayout(gap=6)
        slots = ((self.print, self._printed), (self.written, self._by_hand), (self.leave, self.reject))
        for button, slot in slots:
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(lead)
        layout.addLayout(self._groups(key.split("-")))
        for part in (by_hand, self.typed, self.said):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self._enable()
        self.print.setFocus()

    def _groups(self, groups: list[str]) -> QGridLayout:
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        font.setPointSizeF(self.font().pointSizeF() * 1.5)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for number, group in enumerate(groups):
            label = QLabel(f"{number + 1:2}  {group}", self)
            label.setFont(font)
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, *divmod(number, _COLUMNS))
        self.setAccessibleDescription(f"{self._words(say.KEY_NAME, count=len(groups))}: {' '.join(groups)}")
        return grid

    def _enable(self) -> None:
        self.written.setEnabled(has_last_groups(self.typed.text(), self._key))

    def _printed(self) -> None:
        printer = self._print()
        if printer and self._kept():
            self._say(self._words.translate(say.KEY_PRINTED).format(printer=printer))

    def _by_hand(self) -> None:
        if self._kept():
            self._say(self._words(say.KEY_KEPT))

    def _say(self, text: str) -> None:
        self.said.show_state(Sign.GOOD, text)
        self.said.show()
        self.leave.setFocus()
