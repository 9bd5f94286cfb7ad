"""A strip that stays until somebody closes it by a named button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from dlicalc.gui.signs import Strip


class NoticeStrip(Strip):
    """Words with their sign and the button that takes them away."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self)
        # Enter in an entry moves on; it must never close this.
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._close)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.button)
        self.hide()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
