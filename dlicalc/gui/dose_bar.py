"""What the volume gives of one kind of cell, as a bar against its target; the figure stands beside it in digits."""

from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from dlicalc.gui.signs import fill

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
        if percent != self._percent:
            self._percent = percent
            self.update()
        self.setAccessibleName(description)

    def sizeHint(self) -> QSize:
        """As high as a line of small print."""
        return QSize(120, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, filling, target line, and the cut where the filling goes beyond the end."""
        palette, size = self.palette(), self.size()
        mid, base = palette.color(QPalette.ColorRole.Mid), palette.color(QPalette.ColorRole.Base)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, _track(size.toTuple(), self.devicePixelRatioF(), mid.rgba(), base.rgba()))
        wide = size.width() - 1.0
        if self._percent is not None and self._percent > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            filled = wide * float(min(self._percent, _FULL) / _FULL)
            highlight = palette.color(QPalette.ColorRole.Highlight)
            fill(painter, QRectF(1, 3, filled - 1, size.height() - 6), highlight)
            if self._percent > _FULL:
                self._cut(painter, round(0.5 + wide), base)
        target = round(0.5 + wide * float(100 / _FULL))
        fill(painter, QRectF(target - 1, 0, 2, size.height()), palette.color(QPalette.ColorRole.WindowText))
        painter.end()

    def _cut(self, painter: QPainter, end: int, base: QColor) -> None:
        painter.setPen(QPen(base, 2))
        for back in (14, 8):
            painter.drawLine(end - back - 4, self.height(), end - back + 4, 0)


@lru_cache(maxsize=8)
def _track(size: tuple[int, int], ratio: float, mid: int, base: int) -> QPixmap:
    """An empty bar, which looks the same at every key."""
    width, height = size
    picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor.fromRgba(mid), 1))
    painter.setBrush(QColor.fromRgba(base))
    painter.drawRect(QRectF(0.5, 2.5, width - 1.0, height - 5.0))
    painter.end()
    return picture
