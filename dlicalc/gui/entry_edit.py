"""What all controls for an entry share: a path, texts in and out, a name for screen readers, a visible state."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLayout, QLineEdit, QSizePolicy, QWidget

from dlicalc.gui.fields import Cell, caption_of
from dlicalc.gui.signs import MALFORMED, Sign, paint_sign, set_colours
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELD_NAME, NO_CHOICE, NOT_READ, OPTIONS, READ

TextAt = Callable[[str], str]
"""What was typed at a path."""
_FEWEST: Final = 11
"""Characters to which a long line may shrink where the page is narrow."""


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


class QuietCombo(QComboBox):
    """A list to choose from, with an empty first line; the mouse wheel scrolls the page instead of choosing."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, codes: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The words change with the language, and their width with them.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code in ("", *codes):
            self.addItem(code, code)
        self._offered = self.count()
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def code(self) -> str:
        """What is chosen; empty if nothing is."""
        return str(self.currentData() or "")

    def fill(self, code: str) -> None:
        """Show ``code`` as chosen, also one that a file holds and nobody offers."""
        if self.count() > self._offered:
            self.removeItem(self._offered)
        if self.findData(code) < 0:
            self.addItem(code, code)
        self.setCurrentIndex(self.findData(code))

    def name_items(self, name: Callable[[str], str], nothing: str) -> None:
        """Word the choices; ``nothing`` stands in the empty line."""
        for index in range(self.count()):
            code = self.itemData(index)
            self.setItemText(index, name(code) if code else nothing)

    def show_missing(self, missing: bool) -> None:
        """Show that a choice is due here."""
        set_colours(self, MALFORMED if missing else None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard has gone."""
        super().focusOutEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class EntryEdit(QWidget):
    """Base of the controls: ``edited`` carries path and text, and nothing but the user causes it."""

    edited = Signal(str, str)

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = cell
        self.path = path
        self._caption = QLabel(self)
        self._caption.setVisible(bool(cell.caption))
        self.line = self.make_line()
        self.line.addWidget(self._caption)

    def make_line(self) -> QLayout:
        """The layout in which caption and controls stand."""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        return line

    def retarget(self, path: str) -> None:
        """Speak of ``path`` from now on; filled afterwards."""
        self.path = path

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        raise NotImplementedError

    def controls(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        raise NotImplementedError

    def show_problem(self, path: str, sentence: str) -> None:
        """Show that the text at ``path`` cannot be read and why; with an empty sentence, that it can."""

    def retranslate(self, words: Words, label: str) -> None:
        """Word everything anew; ``label`` is the row's."""
        caption = caption_of(self.cell, words)
        self._caption.setText(caption)
        self.name_controls(words, words.translate(FIELD_NAME).format(label=label, part=caption) if caption else label)

    def name_controls(self, words: Words, name: str) -> None:
        """Give the controls their names for screen readers."""
        for control in self.controls():
            control.setAccessibleName(name)


def show_line(line: TypedLine, sentence: str, words: Words) -> None:
    """Show the state of ``line``: empty, read, or not readable for the reason in ``sentence``."""
    if not line.text() and not sentence:
        line.show_reading(Reading.EMPTY)
    elif sentence:
        line.show_reading(Reading.MALFORMED, f"{words(NOT_READ)}: {sentence}")
    else:
        line.show_reading(Reading.VALID, words(READ))


def option_word(cell: Cell, code: str, words: Words) -> str:
    """The word for a choice."""
    sentence = OPTIONS.get(f"{cell.group}:{code}")
    return words(sentence) if sentence else words.term(code)


class Pick(EntryEdit):
    """A choice among many: a closed list."""

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self._combo = QuietCombo(cell.options, self)
        self._combo.chosen.connect(lambda code: self.edited.emit(self.path, code))
        self.line.addWidget(self._combo)

    def fill(self, text_at: TextAt) -> None:
        """Show what was chosen."""
        self._combo.fill(text_at(self.path))

    def controls(self) -> list[QWidget]:
        """The list."""
        return [self._combo]

    def show_problem(self, path: str, sentence: str) -> None:
        """Show that a choice is due."""
        self._combo.show_missing(bool(sentence))
        self._combo.setAccessibleDescription(sentence)

    def name_controls(self, words: Words, name: str) -> None:
        """Name the list and word its choices."""
        super().name_controls(words, name)
        self._combo.name_items(lambda code: option_word(self.cell, code, words), NO_CHOICE)


class TextEdit(EntryEdit):
    """Words as they are typed."""

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self._edit = TypedLine(cell.width, self)
        self._edit.textEdited.connect(lambda text: self.edited.emit(self.path, text))
        self.line.addWidget(self._edit)

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        self._edit.fill(text_at(self.path))

    def controls(self) -> list[QWidget]:
        """The line."""
        return [self._edit]

    def show_problem(self, path: str, sentence: str) -> None:
        """Mark the line only where its text cannot be taken: words need no tick."""
        if sentence:
            self._edit.show_reading(Reading.MALFORMED, sentence)
        else:
            self._edit.show_reading(Reading.EMPTY)
