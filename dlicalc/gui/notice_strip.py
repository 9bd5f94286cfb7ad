"""A strip that stays until somebody closes it by a named button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from dlicalc.gui.signs import Sign, Strip, set_colours

_WIDE = 60
"""Letters; in less width the button goes below the words."""


class NoticeStrip(QWidget):
    """Words with their sign and the button that takes them away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        set_colours(self, Sign.REVIEW.value)
        self._strip = Strip(self)
        self.button = QPushButton(self)
        self.button.clicked.connect(self._close)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 8, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._strip, 1)
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say this; it does not show the strip."""
        self._strip.show_state(Sign.REVIEW, text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The words shown."""
        return self._strip.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button beside the words, or below them."""
        narrow = self.width() < _WIDE * self.fontMetrics().horizontalAdvance("n")
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        self._row.setContentsMargins(0, 0, 8, 6 if narrow else 0)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
