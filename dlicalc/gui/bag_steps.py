"""How the concentrations of one bag are computed: each step of the sum in words, with its result."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.text_grid import TextGrid
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.bag_view import Working
from dlicalc.services.wording import Words
from dlicalc.services.wording.product_page import STEPS_HEADING


class BagSteps(TextGrid):
    """The steps, in the words of the order; labels are made once and used again for every bag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=14, line_gap=4, above=10, below=4)
        self._heading = QLabel(self)
        font = QFont(self._heading.font())
        font.setBold(True)
        self._heading.setFont(font)
        self.remark = Strip(self)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self.add(self._heading)
        self.add(self.remark)

    def make_room(self, steps: int) -> None:
        """Labels for ``steps`` lines."""
        while len(self.lines) < steps:
            sentence, result = QLabel(self), QLabel(self)
            sentence.setWordWrap(True)
            sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            for label in (sentence, result):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.hide()
            self.add(sentence, result)
            self.lines.append((sentence, result))

    def show_working(self, working: Working) -> None:
        """Show the steps of a bag."""
        self.make_room(len(working.steps))
        for number, (sentence, result) in enumerate(self.lines):
            used = number < len(working.steps)
            if used:
                text, outcome = working.steps[number]
                self.say(sentence, unbroken(text))
                self.say(result, unbroken(outcome if outcome.startswith("≈") else f"= {outcome}"))
            self.show_items((sentence, result), used)
        remark = working.remark
        if remark is not None:
            self.remark.show_state(Sign[remark.mark.name], remark.text)
            self.check(self.remark)
        self.show_items((self.remark,), remark is not None)
        self.settle()

    def shown(self) -> list[str]:
        """The lines in sight, as they are read."""
        return [f"{sentence.text()} {result.text()}" for sentence, result in self.lines if not sentence.isHidden()]

    def retranslate(self, words: Words) -> None:
        """Word the heading."""
        self.say(self._heading, words(STEPS_HEADING))
        self.settle()
