"""How the concentrations of one bag are computed: each step of the sum in words, with its result."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.bag_view import Working
from dlicalc.services.wording import Words
from dlicalc.services.wording.product_page import STEPS_HEADING


class BagSteps(QWidget):
    """The steps, in the words of the order; labels are made once and used again for every bag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(self)
        font = QFont(self._heading.font())
        font.setBold(True)
        self._heading.setFont(font)
        self.remark = Strip(self)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 10, 0, 4)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._heading, 0, 0, 1, 2)
        self._grid.addWidget(self.remark, 1, 0, 1, 2)

    def make_room(self, steps: int) -> None:
        """Labels for ``steps`` lines."""
        while len(self.lines) < steps:
            sentence, result = QLabel(self), QLabel(self)
            sentence.setWordWrap(True)
            sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            for label in (sentence, result):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.hide()
            row = len(self.lines) + 2
            self._grid.addWidget(sentence, row, 0)
            self._grid.addWidget(result, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            self.lines.append((sentence, result))

    def show_working(self, working: Working) -> None:
        """Show the steps of a bag."""
        self.make_room(len(working.steps))
        for number, (sentence, result) in enumerate(self.lines):
            used = number < len(working.steps)
            if used:
                text, outcome = working.steps[number]
                _say(sentence, unbroken(text))
                _say(result, unbroken(outcome if outcome.startswith("≈") else f"= {outcome}"))
            for label in (sentence, result):
                label.setVisible(used)
        remark = working.remark
        if remark is not None:
            self.remark.show_state(Sign[remark.mark.name], remark.text)
        self.remark.setVisible(remark is not None)

    def shown(self) -> list[str]:
        """The lines in sight, as they are read."""
        return [f"{sentence.text()} {result.text()}" for sentence, result in self.lines if not sentence.isHidden()]

    def retranslate(self, words: Words) -> None:
        """Word the heading."""
        self._heading.setText(words(STEPS_HEADING))


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
