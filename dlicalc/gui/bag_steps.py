"""How the concentrations of one bag are computed: each step of the sum in words, with its result."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.bag_view import Working
from dlicalc.services.wording import Words
from dlicalc.services.wording.product_page import STEPS_HEADING


class BagSteps(QWidget):
    """The steps, in the words of the order; labels are made once and used again for every bag.

    The labels stand in a body that this widget places itself: a layout would pass every change of a text on, and all
    rows of the form would be laid out anew at every key.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._body = QWidget(self)
        self._height = 0
        self._heading = QLabel(self._body)
        font = QFont(self._heading.font())
        font.setBold(True)
        self._heading.setFont(font)
        self.remark = Strip(self._body)
        self.lines: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 10, 0, 4)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._heading, 0, 0, 1, 2)
        self._grid.addWidget(self.remark, 1, 0, 1, 2)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at ``width``."""
        return self._grid.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """The lines at the width that there is."""
        return QSize(self._grid.totalMinimumSize().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the results."""
        return QSize(self._grid.totalMinimumSize().width(), 0)

    def event(self, event: QEvent) -> bool:
        """Place the body anew; the rows around it move only if its height has changed."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            height = self.heightForWidth(self.width())
            self._body.setGeometry(0, 0, self.width(), height)
            if height != self._height:
                self._height = height
                self.updateGeometry()
        return handled

    def make_room(self, steps: int) -> None:
        """Labels for ``steps`` lines."""
        while len(self.lines) < steps:
            sentence, result = QLabel(self._body), QLabel(self._body)
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
