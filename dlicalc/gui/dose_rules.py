"""The rules side by side with what each would give; one of them is chosen here."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
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
    RULE_NAME,
)

_COLUMNS: Final = (COLUMN_RULE, COLUMN_VOLUME, COLUMN_MNC, COLUMN_CD3, COLUMN_PER_KG)
_FIGURES: Final = len(_COLUMNS) - 1
_WIDE: Final = 80
"""Characters that the table needs for a rule and its figures to stand in one line."""
_ROWS: Final = 3
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Row:
    """The widgets of one rule."""

    def __init__(self, parent: QWidget) -> None:
        self.button = QRadioButton(parent)
        self.mark = QLabel(parent)
        self.figures = [QLabel(parent) for _ in range(_FIGURES)]
        self.remark = Strip(parent)
        self.remark.hide()
        for figure in self.figures:
            figure.setAlignment(_RIGHT)

    def show_line(self, line: RuleLine, words: Words) -> None:
        """Show what the rule would give."""
        figures = (line.ordered, line.mnc, line.cd3, line.cd3_per_kg)
        for label, text in zip(self.figures, figures, strict=True):
            _say(label, unbroken(text))
        _say(self.mark, _mark(line, words))
        self.mark.setVisible(bool(self.mark.text()))
        if self.button.text() != line.name:
            self.button.setText(line.name)
        self.button.setChecked(line.chosen)
        spoken = words.translate(RULE_NAME).format(
            rule=line.name, volume=line.ordered, mnc=line.mnc, cd3=line.cd3, per_kg=line.cd3_per_kg
        )
        self.button.setAccessibleName(spoken)
        self.button.setAccessibleDescription(" ".join(filter(None, (self.mark.text(), line.remark))))
        if line.remark:
            self.remark.show_state(Sign.STOP if line.at_ceiling else Sign.NOTE, line.remark)
        self.remark.setVisible(bool(line.remark))
        for label in (*self.figures, self.mark):
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
        self._wide: bool | None = None
        self._place(wide=True)

    def _place(self, *, wide: bool) -> None:
        """Lay out with the figures beside the rules, or beneath them where there is no room."""
        if wide is self._wide:
            return
        self._wide = wide
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
            self._grid.setColumnStretch(column, 2 if wide and column == 0 else 1)
        for number, row in enumerate(self.rows.values()):
            at = 1 + number * _ROWS
            beneath = 0 if wide else 1
            self._grid.addWidget(row.button, at, 0, 1, 1 if wide else len(_COLUMNS))
            self._grid.addWidget(row.mark, at + 1, 0, 1, len(_COLUMNS) if wide else 1)
            for column, figure in enumerate(row.figures, start=1):
                self._grid.addWidget(figure, at + beneath, column)
            self._grid.addWidget(row.remark, at + 2, 0, 1, len(_COLUMNS))
            row.mark.setWordWrap(not wide)
            row.mark.setContentsMargins(row.button.iconSize().width() + 8, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._place(wide=self.width() >= self.fontMetrics().horizontalAdvance("n") * _WIDE)

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
