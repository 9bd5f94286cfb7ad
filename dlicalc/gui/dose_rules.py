"""The rules side by side with what each would give; one of them is chosen here."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QRadioButton, QWidget

from dlicalc.domain.plan import Rule
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.dose_view import RULES, RuleLine
from dlicalc.services.wording import Words
from dlicalc.services.wording.dose_page import (
    COLUMN_CD3,
    COLUMN_MNC,
    COLUMN_PER_KG,
    COLUMN_RULE,
    COLUMN_VOLUME,
    IN_USE,
    OWN_RULE,
    RULE_FIGURES,
    RULE_NAME,
)

_COLUMNS: Final = (COLUMN_RULE, COLUMN_VOLUME, COLUMN_MNC, COLUMN_CD3, COLUMN_PER_KG)
_FIGURES: Final = len(_COLUMNS) - 1
_WIDE: Final = 80
"""Characters that the table needs for its columns."""
_ROWS: Final = 4
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Row:
    """The widgets of one rule."""

    def __init__(self, parent: QWidget) -> None:
        self.button = QRadioButton(parent)
        self.mark = QLabel(parent)
        self.figures = [QLabel(parent) for _ in range(_FIGURES)]
        self.sentence = QLabel(parent)
        self.sentence.setWordWrap(True)
        self.remark = Strip(parent)
        self.remark.hide()
        for figure in self.figures:
            figure.setAlignment(_RIGHT)

    def show_line(self, line: RuleLine, words: Words) -> None:
        """Show what the rule would give."""
        figures = (line.ordered, line.mnc, line.cd3, line.cd3_per_kg)
        for label, text in zip(self.figures, figures, strict=True):
            _say(label, unbroken(text))
        sentence = words.translate(RULE_FIGURES).format(
            volume=line.ordered, mnc=line.mnc, cd3=line.cd3, per_kg=line.cd3_per_kg
        )
        _say(self.sentence, unbroken(sentence))
        _say(self.mark, _mark(line, words))
        self.mark.setVisible(bool(self.mark.text()))
        if self.button.text() != line.name:
            self.button.setText(line.name)
        self.button.setChecked(line.chosen)
        self.button.setAccessibleName(words.translate(RULE_NAME).format(rule=line.name, figures=sentence))
        self.button.setAccessibleDescription(" ".join(filter(None, (self.mark.text(), line.remark))))
        if line.remark:
            self.remark.show_state(Sign.STOP if line.at_ceiling else Sign.NOTE, line.remark)
        self.remark.setVisible(bool(line.remark))
        for label in (*self.figures, self.sentence, self.mark):
            font = label.font()
            if font.bold() != line.chosen:
                font.setBold(line.chosen)
                label.setFont(font)


def _mark(line: RuleLine, words: Words) -> str:
    """Words beside a rule, with a sign that is no colour."""
    parts = [f"✓ {words(IN_USE)}"] if line.chosen else []
    return " · ".join([*parts, *([words(OWN_RULE)] if line.own else [])])


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)


class RuleTable(QWidget):
    """A line for every rule: a round button, what is said of it, and its figures under their columns."""

    chosen = Signal(str)
    """A rule that the user chose."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[Rule, _Row] = {}
        self._heads = [QLabel(self) for _ in _COLUMNS]
        for rule in RULES:
            row = self.rows[rule] = _Row(self)
            row.button.clicked.connect(lambda _checked, rule=rule: self.chosen.emit(rule))
        for head in self._heads[1:]:
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            head.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._lay_out()
        self.make_room(self.fontMetrics().horizontalAdvance("n") * _WIDE)

    def _lay_out(self) -> None:
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 1 if column else 2)
        for number, row in enumerate(self.rows.values()):
            at = 1 + number * _ROWS
            self._grid.addWidget(row.button, at, 0)
            for column, figure in enumerate(row.figures, start=1):
                self._grid.addWidget(figure, at, column)
            for line, label in enumerate((row.mark, row.sentence, row.remark), start=1):
                self._grid.addWidget(label, at + line, 0, 1, len(_COLUMNS))
            indent = row.button.iconSize().width() + 8
            for label in (row.mark, row.sentence):
                label.setContentsMargins(indent, 0, 0, 0)

    def make_room(self, width: int) -> None:
        """Figures in columns if ``width`` is enough for them, else as a sentence beneath their rule."""
        wide = width >= self.fontMetrics().horizontalAdvance("n") * _WIDE
        for row in self.rows.values():
            row.sentence.setVisible(not wide)
            for figure in row.figures:
                figure.setVisible(wide)
        for head in self._heads:
            head.setVisible(wide)

    def show_lines(self, lines: tuple[RuleLine, ...], words: Words) -> None:
        """Show all rules."""
        for line in lines:
            self.rows[line.rule].show_line(line, words)

    def focus_chosen(self) -> None:
        """Give the keyboard to the rule in use."""
        button = next((row.button for row in self.rows.values() if row.button.isChecked()), self.rows[RULES[0]].button)
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self, words: Words) -> None:
        """Word the columns."""
        for head, sentence in zip(self._heads, _COLUMNS, strict=True):
            head.setText(words(sentence))
