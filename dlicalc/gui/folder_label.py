"""A path in the status bar: shortened in its middle, whole in its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FolderLabel(QWidget):
    """Takes what room there is; a path loses its middle, because its ends tell it apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._shown = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_text(self, text: str, name: str) -> None:
        """Show the path ``text``, called ``name``."""
        self._text = text
        self._shown = f"{name}: {text}" if text else ""
        self.setToolTip(self._shown)
        self.setAccessibleName(self._shown)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The whole path."""
        return self._text

    def sizeHint(self) -> QSize:
        """The name and the whole path in one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._shown), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(self.fontMetrics().horizontalAdvance("n") * 6, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """What fits."""
        painter = QPainter(self)
        fitting = self.fontMetrics().elidedText(self._shown, Qt.TextElideMode.ElideMiddle, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
