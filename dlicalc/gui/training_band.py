"""The band that says on every screen that nothing here is for a patient: words, a pattern and a colour of its own."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GROUND: Final = "#4A1D7A"
INK: Final = "#FFFFFF"
STRIPES: Final = "#C9A6F5"


class TrainingBand(QWidget):
    """As wide as the window; slanted stripes to the left and right of the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show ``text``, which says it all."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """One line."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text), round(metrics.height() * 1.4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Stripes over the whole band, then the words on plain ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(GROUND))
        painter.fillRect(self.rect(), QBrush(QColor(STRIPES), Qt.BrushStyle.BDiagPattern))
        metrics = self.fontMetrics()
        width = min(self.width(), metrics.horizontalAdvance(self._text) + 2 * metrics.height())
        plain = QRect((self.width() - width) // 2, 0, width, self.height())
        painter.fillRect(plain, QColor(GROUND))
        painter.setPen(QColor(INK))
        painter.drawText(plain, Qt.AlignmentFlag.AlignCenter, self._text)
