"""A line of text that keeps every character typed, shows whether it could be read, and has no undo of its own."""

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from dlicalc.gui.signs import MALFORMED, Sign, paint_sign, set_colours
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import NOT_READ, READ

_FEWEST: Final = 11
"""Characters to which a long line may shrink where the page is narrow."""
_UNDO_KEYS: Final = (Qt.Key.Key_Z, Qt.Key.Key_Y)
_LETTERS: Final = range(Qt.Key.Key_Space.value, Qt.Key.Key_Escape.value)
"""Keys that type a character."""
_ALONE: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
_OWN_UNDO: Final = frozenset({"edit-undo", "edit-redo"})
"""Names of the entries of Qt's context menu that would undo in one line only."""


def undoes(event: QKeyEvent) -> bool:
    """Whether these keys undo or redo, which is for the window: its one stack holds all edits."""
    if event.key() in _LETTERS and event.modifiers() in _ALONE:
        return False
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control = held in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    standard = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    return standard or (control and event.key() in _UNDO_KEYS)


class Reading(Enum):
    """The three states of a typed entry."""

    EMPTY = auto()
    MALFORMED = auto()
    VALID = auto()


class TypedLine(QLineEdit):
    """A line that keeps every character typed, and shows at its end whether it could be read."""

    left = Signal()

    def __init__(self, characters: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading.EMPTY
        self._characters = characters
        self._mark = self.fontMetrics().height()
        self.setTextMargins(0, 0, self._mark, 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def reading(self) -> Reading:
        """The state shown."""
        return self._reading

    def sizeHint(self) -> QSize:
        """Room for the characters and the mark."""
        return QSize(self._room(self._characters), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Short lines stay whole, long ones may shrink."""
        return QSize(self._room(min(self._characters, _FEWEST)), super().minimumSizeHint().height())

    def _room(self, characters: int) -> int:
        return self.fontMetrics().horizontalAdvance("0") * characters + self._mark + 14

    def fill(self, text: str) -> None:
        """Show ``text``; the cursor stays where the text is the same."""
        if self.text() != text:
            self.setText(text)

    def type_text(self, text: str) -> None:
        """Replace the text as if somebody had typed it."""
        self.setText(text)
        self.textEdited.emit(text)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of undo and redo to the window, which a line would claim for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and undoes(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; undo and redo are the window's."""
        if undoes(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's menu without its undo of one line."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in _OWN_UNDO:
                menu.removeAction(action)
        if menu.actions() and menu.actions()[0].isSeparator():
            menu.removeAction(menu.actions()[0])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def show_reading(self, reading: Reading, description: str = "") -> None:
        """Show and tell screen readers whether the text could be read."""
        if description != self.accessibleDescription():
            self.setAccessibleDescription(description)
        if reading is not self._reading:
            self._reading = reading
            set_colours(self, MALFORMED if reading is Reading.MALFORMED else None)
            self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard has gone."""
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and the mark in the room left for it."""
        super().paintEvent(event)
        if self._reading is Reading.EMPTY:
            return
        size = self._mark - 6.0
        box = QRectF(self.width() - size - 6, (self.height() - size) / 2, size, size)
        malformed = self._reading is Reading.MALFORMED
        ink, ground = (self.palette().color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base))
        if not malformed:
            ink.setAlphaF(0.5)
        painter = QPainter(self)
        paint_sign(painter, Sign.STOP if malformed else Sign.GOOD, box, ink, ground)
        painter.end()


def show_line(line: TypedLine, sentence: str, words: Words) -> None:
    """Show the state of ``line``: empty, read, or not readable for the reason in ``sentence``."""
    if not line.text() and not sentence:
        line.show_reading(Reading.EMPTY)
    elif sentence:
        line.show_reading(Reading.MALFORMED, f"{words(NOT_READ)}: {sentence}")
    else:
        line.show_reading(Reading.VALID, words(READ))
