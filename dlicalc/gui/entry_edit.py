"""What all controls for an entry share: a path, texts in and out, a name for screen readers, a visible state."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget

from dlicalc.gui.fields import Cell, caption_of
from dlicalc.gui.quiet_combo import QuietCombo
from dlicalc.gui.typed_line import Reading, TypedLine, show_line
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELD_NAME, NO_CHOICE, OPTIONS

__all__ = ["EntryEdit", "Pick", "QuietCombo", "Reading", "TextAt", "TextEdit", "TypedLine", "option_word", "show_line"]

TextAt = Callable[[str], str]
"""What was typed at a path."""


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
