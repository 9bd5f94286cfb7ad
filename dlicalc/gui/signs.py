"""Signs of state: a drawn shape, a colour that brings its own background, and never colour alone."""

from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget


class Colours(NamedTuple):
    """A background and what is readable on it."""

    ground: str
    ink: str


class Sign(Enum):
    """The states that are shown by a sign."""

    STOP = Colours("#9B1C1C", "#FFFFFF")
    REVIEW = Colours("#F2C14E", "#1F1600")
    NOTE = Colours("#DCE6F0", "#14304A")
    GOOD = Colours("#1D6B38", "#FFFFFF")
    EMPTY = Colours("#E4E6E9", "#2B3138")


MALFORMED: Final = Colours("#FDE8E6", "#5A0E0E")
"""Ground and ink of a field whose text cannot be read."""

_OCTAGON: Final = ((0.3, 0), (0.7, 0), (1, 0.3), (1, 0.7), (0.7, 1), (0.3, 1), (0, 0.7), (0, 0.3))
_TRIANGLE: Final = ((0.5, 0.02), (1, 0.95), (0, 0.95))
_TICK: Final = ((0.08, 0.55), (0.38, 0.85), (0.95, 0.15))


def fill(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Fill ``box``. For ``fillRect`` PySide loads all of Qt's gradients, to see whether the colour is one of them."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(box)


def paint_sign(painter: QPainter, sign: Sign, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Draw ``sign`` into ``box``: octagon, triangle, disc, tick or dash, so that shapes differ without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    if sign in (Sign.GOOD, Sign.EMPTY):
        painter.setPen(QPen(ink, 0.16, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(_polygon(_TICK if sign is Sign.GOOD else ((0.15, 0.5), (0.85, 0.5))))
    else:
        _paint_filled(painter, sign, ink, ground)
    painter.restore()


def _paint_filled(painter: QPainter, sign: Sign, ink: QColor, ground: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if sign is Sign.NOTE:
        painter.drawEllipse(QRectF(0, 0, 1, 1))
    else:
        painter.drawPolygon(_polygon(_OCTAGON if sign is Sign.STOP else _TRIANGLE))
    painter.setBrush(ground)
    if sign is Sign.STOP:
        painter.drawRect(QRectF(0.2, 0.42, 0.6, 0.16))
        return
    stem, dot = (QRectF(0.44, 0.36, 0.12, 0.3), 0.75) if sign is Sign.REVIEW else (QRectF(0.44, 0.42, 0.12, 0.38), 0.22)
    painter.drawRect(stem)
    painter.drawEllipse(QRectF(0.43, dot, 0.14, 0.13))


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


@lru_cache(maxsize=64)
def _sign_pixmap(sign: Sign, size: int, ratio: float, ink: str, ground: str) -> QPixmap:
    """The same picture is wanted at many keys."""
    return sign_pixmap(sign, size, ratio, QColor(ink), QColor(ground))


def sign_pixmap(sign: Sign, size: int, ratio: float, ink: QColor, ground: QColor) -> QPixmap:
    """``sign`` as a picture of ``size`` points at the screen's pixel ``ratio``."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_sign(painter, sign, QRectF(0, 0, size, size), ink, ground)
    painter.end()
    return pixmap


def set_colours(widget: QWidget, colours: Colours | None) -> None:
    """Give ``widget`` a ground and an ink together, or the system's back."""
    if colours is None:
        widget.setPalette(QPalette())
        return
    palette = QPalette(widget.palette())
    ground, ink = QColor(colours.ground), QColor(colours.ink)
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, ground)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
        palette.setColor(role, ink)
    widget.setPalette(palette)


class Strip(QFrame):
    """A line of words on coloured ground, led by its sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._state: tuple[Sign, str, Colours] | None = None
        self._sign = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(8)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)

    def show_state(self, sign: Sign, text: str, colours: Colours | None = None) -> None:
        """Show ``text`` under ``sign``, on its own ground or a quieter one."""
        colours = colours or sign.value
        state = sign, text, colours
        if state == self._state:
            return
        self._state = state
        set_colours(self, colours)
        size = self.fontMetrics().height()
        self._sign.setPixmap(_sign_pixmap(sign, size, self.devicePixelRatioF(), colours.ink, colours.ground))
        self._text.setText(text)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The words shown."""
        return self._text.text()
