"""A question with few answers, all of them visible; an answer can be taken back."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLayout, QRadioButton, QToolButton, QWidget

from dlicalc.gui.entry_edit import EntryEdit, TextAt, option_word
from dlicalc.gui.fields import Cell
from dlicalc.gui.flow import FlowLayout
from dlicalc.services.wording import Words
from dlicalc.services.wording.entry import CHOICE_KEYS
from dlicalc.services.wording.window import CLEAR, FIELD_NAME

_TAKE_BACK: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)

_PLAIN: Final = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
"""Held keys that leave a letter a letter."""


class Choice(EntryEdit):
    """One round button per answer, chosen by its number or its first letter too.

    Delete, or the button at the end, takes the answer back.
    """

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self._buttons = {code: QRadioButton(self) for code in cell.options}
        self._group = QButtonGroup(self)
        for code, button in self._buttons.items():
            self._group.addButton(button)
            self.line.addWidget(button)
            button.clicked.connect(lambda _checked, code=code: self._answer(code))
        self._clear = QToolButton(self)
        self._clear.setText("×")
        self._clear.setAutoRaise(True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(lambda: self._answer(""))
        policy = self._clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(policy)
        self.line.addWidget(self._clear)
        self._show("")

    def make_line(self) -> QLayout:
        """Answers that do not fit beside the others go beneath them."""
        return FlowLayout(self, gap=6)

    def _answer(self, code: str) -> None:
        self._show(code)
        self.edited.emit(self.path, code)

    def _show(self, code: str) -> None:
        # An exclusive group never lets go of its last checked button.
        self._group.setExclusive(False)
        for own, button in self._buttons.items():
            button.setChecked(own == code)
        self._group.setExclusive(True)
        self._clear.setVisible(bool(code))

    def answer(self) -> str:
        """The code chosen; empty if there is none."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), "")

    def fill(self, text_at: TextAt) -> None:
        """Show what was chosen."""
        self._show(text_at(self.path))

    def controls(self) -> list[QWidget]:
        """The buttons; the one that is chosen first, because the keyboard enters there."""
        chosen_first = sorted(self._buttons.values(), key=lambda button: not button.isChecked())
        return [*chosen_first]

    def name_controls(self, words: Words, name: str) -> None:
        """Word the answers; a screen reader hears question and answer together."""
        keys = words.translate(CHOICE_KEYS).format(count=len(self._buttons))
        for code, button in self._buttons.items():
            button.setText(option_word(self.cell, code, words))
            button.setToolTip(keys)
            button.setAccessibleName(words.translate(FIELD_NAME).format(label=name, part=button.text()))
        self._clear.setToolTip(words(CLEAR))
        self._clear.setAccessibleName(words.translate(FIELD_NAME).format(label=name, part=words(CLEAR)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the answer back; a number or a letter that only one answer begins with chooses it."""
        code = "" if event.modifiers() & ~_PLAIN else self._meant(event.text())
        if event.key() in _TAKE_BACK:
            self._answer("")
        elif code:
            self._answer(code)
            self._buttons[code].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _meant(self, key: str) -> str:
        """The answer that a key chooses; empty if it is none, or could be several."""
        if key.isascii() and key.isdigit():
            return dict(enumerate(self._buttons, start=1)).get(int(key), "")
        begun = [code for code, button in self._buttons.items() if key.strip() and _begins(button.text(), key)]
        return begun[0] if len(begun) == 1 else ""


def _begins(word: str, key: str) -> bool:
    return word.casefold().startswith(key.casefold())
