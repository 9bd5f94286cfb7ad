"""What the volume gives of one kind of cell, as a bar against its target; the figure stands beside it in digits."""

from fractions import Fraction
from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

_FULL: Final = Fraction(125)
"""Per cent of the target at the right end; a larger dose fills the bar and ends in a cut."""


class DoseBar(QWidget):
    """A bar from 0 to 125 % with a line at the target."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._percent: Fraction | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_percent(self, percent: Fraction | None, description: str) -> None:
        """Show ``percent`` of the target, or an empty bar if it is unknown."""
        self._percent = percent
        self.setAccessibleName(description)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of small print."""
        return QSize(120, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, filling, target line, and the cut where the filling goes beyond the end."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(0.5, 2.5, self.width() - 1.0, self.height() - 5.0)
        palette = self.palette()
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRect(track)
        if self._percent is not None and self._percent > 0:
            self._fill(painter, track, self._percent)
        target = track.left() + track.width() * float(100 / _FULL)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.WindowText), 2))
        painter.drawLine(round(target), 0, round(target), self.height())
        painter.end()

    def _fill(self, painter: QPainter, track: QRectF, percent: Fraction) -> None:
        filled = QRectF(track)
        filled.setWidth(track.width() * float(min(percent, _FULL) / _FULL))
        colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        painter.fillRect(filled.adjusted(0.5, 0.5, -0.5, -0.5), colour)
        if percent > _FULL:
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Base), 2))
            for back in (14, 8):
                end = round(track.right())
                painter.drawLine(end - back - 4, self.height(), end - back + 4, 0)
