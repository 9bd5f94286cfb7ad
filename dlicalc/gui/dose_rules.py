"""The rules side by side with what each would give; one of them is chosen here."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QRadioButton, QWidget

from dlicalc.gui.choice import Choice
from dlicalc.gui.fields import Cell
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.dose_view import RuleLine
from dlicalc.services.wording import Words
from dlicalc.services.wording.dose_page import (
    COLUMN_CD3,
    COLUMN_MNC,
    COLUMN_PER_KG,
    COLUMN_VOLUME,
    IN_USE,
    OWN_RULE,
    RULE_FIGURES,
)
from dlicalc.services.wording.site import USUAL

_COLUMNS: Final = (COLUMN_VOLUME, COLUMN_MNC, COLUMN_CD3, COLUMN_PER_KG)
_WIDE: Final = 80
"""Characters that the table needs for its columns."""
_LINES: Final = 4
_SPAN: Final = len(_COLUMNS) + 1
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Row:
    """The words about one rule beside its button."""

    def __init__(self, button: QRadioButton, parent: QWidget) -> None:
        self.button = button
        self.figures = [QLabel(parent) for _ in _COLUMNS]
        self.mark, self.sentence = QLabel(parent), QLabel(parent)
        self.sentence.setWordWrap(True)
        self.remark = Strip(parent)
        for figure in self.figures:
            figure.setAlignment(_RIGHT)

    def show_line(self, line: RuleLine, words: Words) -> None:
        """Show what the rule would give."""
        figures = (line.ordered, line.mnc, line.cd3, line.cd3_per_kg)
        sentence = words.translate(RULE_FIGURES).format(
            volume=line.ordered, mnc=line.mnc, cd3=line.cd3, per_kg=line.cd3_per_kg
        )
        mark = _mark(line, words)
        for label, text in zip((*self.figures, self.sentence, self.mark), (*figures, sentence, mark), strict=True):
            if label.text() != unbroken(text):
                label.setText(unbroken(text))
            font = label.font()
            if font.bold() != line.chosen:
                font.setBold(line.chosen)
                label.setFont(font)
        self.mark.setVisible(bool(mark))
        self.button.setAccessibleDescription(" ".join(filter(None, (f"{sentence}.", mark, line.remark))))
        if line.remark:
            self.remark.show_state(Sign.STOP if line.at_ceiling else Sign.NOTE, line.remark)
        self.remark.setVisible(bool(line.remark))


def _mark(line: RuleLine, words: Words) -> str:
    """Words beneath a rule, with a sign that is no colour."""
    parts = [f"✓ {words(IN_USE)}"] if line.chosen else []
    parts += [words(OWN_RULE)] if line.own else []
    return " · ".join([*parts, *([words(USUAL)] if line.usual else [])])


class RuleTable(Choice):
    """The question for the rule, each answer with its figures; what is in use is marked, chosen or not."""

    def __init__(self, cell: Cell, parent: QWidget | None = None) -> None:
        super().__init__(cell, cell.path, parent)
        self.rows = {code: _Row(button, self) for code, button in self._buttons.items()}
        self._heads = [QLabel(self) for _ in range(_SPAN)]
        self._lay_out()
        self.make_room(self.fontMetrics().horizontalAdvance("n") * _WIDE)

    def make_line(self) -> QLayout:
        """A table instead of a line."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        return self._grid

    def _lay_out(self) -> None:
        while self._grid.count():
            self._grid.takeAt(0)
        for column, head in enumerate(self._heads):
            head.setWordWrap(True)
            head.setAlignment(_RIGHT if column else Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 1 if column else 2)
        for number, row in enumerate(self.rows.values()):
            at = 1 + number * _LINES
            self._grid.addWidget(row.button, at, 0)
            for column, figure in enumerate(row.figures, start=1):
                self._grid.addWidget(figure, at, column)
            for line, label in enumerate((row.mark, row.sentence, row.remark), start=1):
                self._grid.addWidget(label, at + line, 0, 1, _SPAN)
            for label in (row.mark, row.sentence):
                label.setContentsMargins(row.button.iconSize().width() + 8, 0, 0, 0)
        self._grid.addWidget(self._clear, 1, _SPAN, len(self.rows) * _LINES, 1, Qt.AlignmentFlag.AlignTop)

    def make_room(self, width: int) -> None:
        """Figures in columns if ``width`` is enough for them, else as a sentence beneath their rule."""
        wide = width >= self.fontMetrics().horizontalAdvance("n") * _WIDE
        for row in self.rows.values():
            row.sentence.setVisible(not wide)
            for figure in row.figures:
                figure.setVisible(wide)
        for head in self._heads[1:]:
            head.setVisible(wide)

    def show_lines(self, lines: tuple[RuleLine, ...], words: Words) -> None:
        """Show all rules."""
        for line in lines:
            self.rows[line.rule].show_line(line, words)

    def name_controls(self, words: Words, name: str) -> None:
        """Word answers and columns."""
        super().name_controls(words, name)
        for head, text in zip(self._heads, (name, *map(words, _COLUMNS)), strict=True):
            head.setText(text)
