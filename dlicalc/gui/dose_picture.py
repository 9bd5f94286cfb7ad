"""Both doses in per cent of their targets over the mL given, with a pointer that reads out any volume."""

from fractions import Fraction
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from dlicalc.gui.dose_plot import Look, Plot, draw
from dlicalc.services.dose_curve import DoseCurve, Scale
from dlicalc.services.dose_view import readout_sentence
from dlicalc.services.wording import Words
from dlicalc.services.wording.dose_page import NO_CURVE, PICTURE_HEADING, PICTURE_HELP

_LINES_HIGH: Final = 15
_CHARACTERS_WIDE: Final = 30
_REACH: Final = 2
"""Pixels within which the mouse finds the ordered volume or the end of a bag."""
_KNOB: Final = 4.0
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}


class _Drawn(NamedTuple):
    """What the kept drawing was made for; another one is due when any of it differs."""

    curve: DoseCurve | None
    scale: Scale | None
    size: QSize
    ratio: float
    palette: int
    font: str


class DosePicture(QWidget):
    """The drawing is kept and painted again as it is; only the pointer is drawn anew."""

    pointed = Signal(str)
    """What the pointer reads out now, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._curve: DoseCurve | None = None
        self._scale: Scale | None = None
        self._whole = False
        self._pointer = Fraction(0)
        self._drawn: _Drawn | None = None
        self._drawing = QPixmap()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def curve(self) -> DoseCurve | None:
        """What is drawn; ``None`` without a dose."""
        return self._curve

    @property
    def scale(self) -> Scale | None:
        """The part that is drawn."""
        return self._scale

    @property
    def pointer(self) -> Fraction:
        """The volume that is read out, in mL."""
        return self._pointer

    def show_curve(self, curve: DoseCurve | None, *, whole: bool = False) -> None:
        """Draw ``curve``, all of it or the part around the order; the pointer begins at the ordered volume."""
        if curve == self._curve and whole == self._whole:
            return
        moved = curve != self._curve
        self._curve, self._whole = curve, whole
        self._scale = None if curve is None else curve.scale(whole=whole)
        if curve is not None:
            self._point_to(curve.ordered if moved else min(self._pointer, self._last()))
        else:
            self._tell()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if curve is None else Qt.FocusPolicy.StrongFocus)
        self.update()

    def readout(self) -> str:
        """What the pointer reads out, in words; without a dose, that there is none."""
        if self._curve is None:
            return self._words(NO_CURVE)
        return readout_sentence(self._curve.readout(self._pointer), self._words)

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self._words = words
        self._drawn = None
        self.setAccessibleName(words(PICTURE_HEADING))
        self.setToolTip(words(PICTURE_HELP))
        self._tell()
        self.update()

    def _last(self) -> Fraction:
        """The last volume in the picture."""
        if self._curve is None or self._scale is None:
            return Fraction(0)
        return min(self._curve.total, self._scale.end)

    def _point_to(self, volume: Fraction) -> None:
        self._pointer = min(volume, self._last())
        self._tell()
        self.update()

    def _tell(self) -> None:
        text = self.readout()
        self.setAccessibleDescription(text)
        self.pointed.emit(text)

    def plot(self) -> Plot:
        """Where the volumes and percentages lie in the widget."""
        return Plot.inside(self.size(), self.fontMetrics(), self._words, self._scale)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the pointer."""
        key = Qt.Key(event.key())
        if self._curve is None or (key not in _STEPS and key not in (Qt.Key.Key_Home, Qt.Key.Key_End)):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._point_to(self._curve.moved(self._pointer, _STEPS[key]))
        else:
            self._point_to(Fraction(0) if key is Qt.Key.Key_Home else self._last())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer follows the mouse."""
        self._follow(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pointer comes to the mouse."""
        super().mousePressEvent(event)
        self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        if self._curve is not None:
            plot = self.plot()
            volume = min(plot.volume_at(round(event.position().x())), self._last())
            self._point_to(self._curve.nearest(volume, plot.volume_of(_REACH)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Without mouse and keyboard the words speak of what is ordered again."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._back_to_order()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard has gone, and the pointer with it."""
        super().focusOutEvent(event)
        self._back_to_order()

    def _back_to_order(self) -> None:
        if self._curve is not None:
            self._point_to(self._curve.ordered)
        self.update()

    def sizeHint(self) -> QSize:
        """High enough to read per cent, and as wide as there is room."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("n") * _CHARACTERS_WIDE, metrics.height() * _LINES_HIGH)

    def minimumSizeHint(self) -> QSize:
        """The same: a smaller picture could not be read."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The kept drawing, and over it the pointer."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept())
        if self._curve is not None:
            self._paint_pointer(painter, self._curve)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _kept(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        wanted = _Drawn(self._curve, self._scale, self.size(), ratio, self.palette().cacheKey(), self.font().toString())
        if wanted != self._drawn:
            self._drawing = QPixmap(self.size() * ratio)
            self._drawing.setDevicePixelRatio(ratio)
            self._drawing.fill(self.palette().color(QPalette.ColorRole.Base))
            painter = QPainter(self._drawing)
            draw(painter, self.plot(), self._curve, Look(self.palette(), self.font(), self._words))
            painter.end()
            self._drawn = wanted
        return self._drawing

    def _paint_pointer(self, painter: QPainter, curve: DoseCurve) -> None:
        plot, readout = self.plot(), curve.readout(self._pointer)
        x, area = plot.x(self._pointer), plot.area
        ink = self.palette().color(QPalette.ColorRole.Text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        painter.setPen(QPen(ink, 1))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        for percent in (readout.mnc_percent, readout.cd3_percent):
            if percent <= plot.scale.top:
                y = plot.y(percent)
                painter.drawEllipse(QRectF(x - _KNOB, y - _KNOB, 2 * _KNOB, 2 * _KNOB))
