"""What the records say is left of a bag, beneath its volume; entered only by somebody's Enter or click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.recorded_words import StockLine, Weight
from dlicalc.services.wording import Words
from dlicalc.services.wording.given import TAKE_LEFT


class OfferButton(QPushButton):
    """Enter presses it too, as it takes a unit that is offered."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click, where the keyboard is on this very button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class StockOffer(QWidget):
    """A line, and the button that enters the volume; hidden where the records know nothing of the bag."""

    taken = Signal(str)
    """Somebody wants this number of mL to be entered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: StockLine | None = None
        self._strip, self.take = Strip(self), OfferButton(self)
        self.take.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._strip)
        column.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_line(self, line: StockLine | None) -> None:
        """Show ``line``, if it is another than before."""
        if line == self._shown:
            return
        self._shown = line
        self.setVisible(line is not None)
        if line is not None:
            self._strip.show_state(Sign.REVIEW if line.line.weight is Weight.REVIEW else Sign.NOTE, line.line.text)
            self.take.setText(line.act)
            self.take.setAccessibleDescription(line.line.text)
            self.take.setVisible(bool(line.act))

    def retranslate(self, words: Words) -> None:
        """Name the button anew; its words come with the line."""
        self.take.setAccessibleName(words(TAKE_LEFT))

    def text(self) -> str:
        """The words in sight; empty if there are none."""
        return "" if self.isHidden() else self._strip.text()

    def _take(self) -> None:
        if self._shown is not None and self._shown.offer:
            self.taken.emit(self._shown.offer)
