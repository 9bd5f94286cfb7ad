"""The drawing of the dose picture: where things lie, and how they are drawn. Floats begin here."""

from fractions import Fraction
from typing import Final, NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPalette, QPen, QPolygonF

from dlicalc.services.dose_curve import WHOLE, DoseCurve, Point, Scale
from dlicalc.services.dose_view import ceiling_text
from dlicalc.services.numbers import percent_shown, shown
from dlicalc.services.wording import Words
from dlicalc.services.wording.dose_page import (
    AXIS_PERCENT,
    AXIS_VOLUME,
    BAG_BAND,
    BAGS_END,
    CEILING_HIGHER,
    CEILING_LINE,
    NO_CURVE,
    ORDERED_LINE,
)

EMPTY: Final = Scale(Fraction(100), Fraction(150), Fraction(20), Fraction(50))
"""The axes of a picture without a dose."""
_GAP: Final = 5.0
_FAINT: Final = 0.3
_QUIET: Final = 0.6
_CELLS: Final = ("mnc", "cd3")
_STYLES: Final = {"mnc": Qt.PenStyle.SolidLine, "cd3": Qt.PenStyle.DashLine}


class Look(NamedTuple):
    """What the drawing is worded and coloured with."""

    palette: QPalette
    font: QFont
    words: Words

    def ink(self, strength: float = 1.0) -> QColor:
        """The colour of text, or a fainter one."""
        ink = QColor(self.palette.color(QPalette.ColorRole.Text))
        ink.setAlphaF(strength)
        return ink

    def line(self, cells: str) -> QPen:
        """The line of a dose: lines differ in pattern, and besides in colour."""
        role = QPalette.ColorRole.Highlight if cells == "cd3" else QPalette.ColorRole.Text
        pen = QPen(self.palette.color(role), 2.4, _STYLES[cells])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


class Plot(NamedTuple):
    """The area between the axes, and the scale on them."""

    area: QRectF
    scale: Scale
    width: float

    @classmethod
    def inside(cls, size: QSize, metrics: QFontMetrics, words: Words, scale: Scale | None) -> "Plot":
        """The area that leaves room for the words around it."""
        shown_scale = scale or EMPTY
        line = metrics.height()
        left = metrics.horizontalAdvance(f"{shown(shown_scale.top)} %") + 2 * _GAP
        right = max(metrics.horizontalAdvance(words.term(cells)) for cells in _CELLS) + 2 * _GAP
        top, bottom = 3 * line + 2 * _GAP, 2 * line + 2 * _GAP
        area = QRectF(left, top, size.width() - left - right, size.height() - top - bottom)
        return cls(area, shown_scale, size.width())

    def x(self, volume: Fraction) -> float:
        """Where a volume lies."""
        return self.area.left() + self.area.width() * float(volume / self.scale.end)

    def y(self, percent: Fraction) -> float:
        """Where a percentage lies."""
        return self.area.bottom() - self.area.height() * float(percent / self.scale.top)

    def volume_of(self, pixels: int) -> Fraction:
        """The mL that so many pixels stand for."""
        return self.scale.end * pixels / max(1, round(self.area.width()))

    def volume_at(self, x: int) -> Fraction:
        """The volume at a pixel."""
        return self.volume_of(x - round(self.area.left()))


class _Pencil(NamedTuple):
    """What every part of the drawing is drawn with."""

    painter: QPainter
    plot: Plot
    look: Look

    def upright(self, x: float, pen: QPen) -> None:
        self.painter.setPen(pen)
        self.painter.drawLine(QLineF(x, self.plot.area.top(), x, self.plot.area.bottom()))

    def level(self, y: float, pen: QPen) -> None:
        self.painter.setPen(pen)
        self.painter.drawLine(QLineF(self.plot.area.left(), y, self.plot.area.right(), y))

    def width(self, text: str) -> float:
        return QFontMetricsF(self.painter.font()).horizontalAdvance(text)

    def write(self, text: str, x: float, row: int, *, strength: float = 1.0) -> None:
        """Write ``text`` around ``x`` into a row above the area (0 is the topmost), moved as far as it must be."""
        width, height = self.width(text), QFontMetricsF(self.painter.font()).height()
        left = min(max(x - width / 2, _GAP), self.plot.width - width - _GAP)
        self.painter.setPen(self.look.ink(strength))
        self.painter.drawText(QRectF(left, _GAP + row * height, width + 1, height), Qt.AlignmentFlag.AlignLeft, text)


def draw(painter: QPainter, plot: Plot, curve: DoseCurve | None, look: Look) -> None:
    """Draw axes and, if there is one, the curve with all that belongs to it."""
    painter.setFont(look.font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pencil = _Pencil(painter, plot, look)
    _axes(pencil)
    if curve is None:
        painter.setPen(look.ink())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(plot.area, flags.value, look.words(NO_CURVE))
        return
    _ceiling(pencil, curve)
    _bags(pencil, curve)
    for cells in _CELLS:
        _dose(pencil, curve, cells)
    _names(pencil, curve)
    _ordered(pencil, curve)


def _axes(pencil: _Pencil) -> None:
    """Frame, marks with their numbers, a fine line at each mark and a clear one at the target."""
    painter, plot, look = pencil.painter, pencil.plot, pencil.look
    area, height = plot.area, QFontMetricsF(painter.font()).height()
    percent = Fraction(0)
    while percent <= plot.scale.top:
        y = plot.y(percent)
        pencil.level(y, QPen(look.ink(_QUIET if percent == WHOLE else _FAINT), 1.5 if percent == WHOLE else 1))
        painter.setPen(look.ink())
        box = QRectF(0, y - height / 2, area.left() - _GAP, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{shown(percent)} %")
        percent += plot.scale.percent_tick
    _volumes(pencil, height)
    painter.setPen(look.ink(_QUIET))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
    painter.setPen(look.ink())
    painter.drawText(
        QRectF(area.left(), area.bottom() + height + _GAP, area.width(), height), Qt.AlignmentFlag.AlignHCenter,
        look.words(AXIS_VOLUME),
    )  # fmt: skip
    pencil.write(look.words(AXIS_PERCENT), 0, 0)


def _volumes(pencil: _Pencil, height: float) -> None:
    """The numbers beneath the area; where they would run together, only some of them."""
    painter, plot = pencil.painter, pencil.plot
    widest = pencil.width(shown(plot.scale.end)) + 2 * _GAP
    distance = plot.x(plot.scale.volume_tick) - plot.x(Fraction(0))
    every = 1 + int(widest // distance)
    for number in range(int(plot.scale.end / plot.scale.volume_tick) + 1):
        volume = number * plot.scale.volume_tick
        x = plot.x(volume)
        painter.setPen(pencil.look.ink(_QUIET))
        painter.drawLine(QLineF(x, plot.area.bottom(), x, plot.area.bottom() + _GAP - 1))
        if number % every == 0:
            painter.setPen(pencil.look.ink())
            box = QRectF(x - widest, plot.area.bottom() + _GAP - 1, 2 * widest, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, shown(volume))


def _ceiling(pencil: _Pencil, curve: DoseCurve) -> None:
    """What lies at or above the ceiling of CD3⁺, hatched; where it lies higher than the picture, words say so."""
    painter, plot, look = pencil.painter, pencil.plot, pencil.look
    if curve.ceiling > plot.scale.top:
        text = look.words.translate(CEILING_HIGHER).format(percent=percent_shown(curve.ceiling))
        if pencil.width(text) < plot.area.width():
            pencil.write(text, plot.area.right(), 0)
        return
    y = plot.y(curve.ceiling)
    zone = QRectF(plot.area.topLeft(), QPointF(plot.area.right(), y))
    painter.fillRect(zone, look.palette.color(QPalette.ColorRole.Base))
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    brush = painter.brush()
    brush.setStyle(Qt.BrushStyle.BDiagPattern)
    brush.setColor(look.ink(_QUIET))
    painter.setBrush(brush)
    painter.drawRect(zone)
    painter.restore()
    pencil.level(y, QPen(look.ink(), 1.5))
    text = look.words.translate(CEILING_LINE).format(ceiling=ceiling_text(curve))
    pencil.write(text, plot.area.right(), 0)


def _bags(pencil: _Pencil, curve: DoseCurve) -> None:
    """A line where a bag ends, its number above its part, and where all are empty."""
    plot, look = pencil.plot, pencil.look
    for stretch in curve.stretches:
        if stretch.start >= plot.scale.end:
            break
        end = min(stretch.end, plot.scale.end)
        x, width = plot.x(stretch.start), plot.x(end) - plot.x(stretch.start)
        texts = (look.words.translate(BAG_BAND).format(bag=stretch.bag), str(stretch.bag))
        text = next((text for text in texts if pencil.width(text) + _GAP < width), "")
        pencil.write(text, x + width / 2, 2)
        if stretch.end <= plot.scale.end:
            last = stretch.end == curve.total
            pencil.upright(plot.x(stretch.end), QPen(look.ink(_QUIET), 2 if last else 1))
    text, room = look.words(BAGS_END), plot.area.right() - plot.x(min(curve.total, plot.scale.end))
    if pencil.width(text) + _GAP < room:
        pencil.write(text, plot.area.right() - room / 2, 2)


def _dose(pencil: _Pencil, curve: DoseCurve, cells: str) -> None:
    """The line of one dose, cut off where the picture ends."""
    painter, plot = pencil.painter, pencil.plot
    painter.save()
    painter.setClipRect(plot.area)
    painter.setPen(pencil.look.line(cells))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([_place(plot, point, cells) for point in curve.points]))
    painter.restore()


def _place(plot: Plot, point: Point, cells: str) -> QPointF:
    return QPointF(plot.x(point.volume), plot.y(getattr(point, cells)))


def _names(pencil: _Pencil, curve: DoseCurve) -> None:
    """The name of each dose where its line leaves the picture or ends: beside it, never one upon the other."""
    plot, painter = pencil.plot, pencil.painter
    height = QFontMetricsF(painter.font()).height()
    ends = {cells: _end(curve, plot, cells) for cells in _CELLS}
    first, second = sorted(_CELLS, key=lambda cells: (ends[cells].x(), ends[cells].y()))
    boxes = {}
    for cells, end in ends.items():
        width = pencil.width(pencil.look.words.term(cells))
        top = min(max(end.y() - height / 2, plot.area.top() + 1), plot.area.bottom() - height)
        boxes[cells] = QRectF(end.x() + _GAP, top, width + 1, height)
    if ends[second].y() <= plot.area.top():
        boxes[first].moveRight(_left_of(curve, plot, first, boxes[first].bottom()))
    elif boxes[first].intersects(boxes[second]):
        boxes[second].moveTop(boxes[first].bottom())
    painter.setPen(pencil.look.ink())
    for cells, box in boxes.items():
        painter.drawText(box, 0, pencil.look.words.term(cells))


def _left_of(curve: DoseCurve, plot: Plot, cells: str, y: float) -> float:
    """Where the line of a dose is at the height ``y``, less a gap."""
    percent = plot.scale.top * Fraction(round(plot.area.bottom() - y), round(plot.area.height()))
    return plot.x(curve.volume_at(cells, percent) or Fraction(0)) - _GAP


def _end(curve: DoseCurve, plot: Plot, cells: str) -> QPointF:
    """Where the line of a dose leaves the picture or ends."""
    above = curve.volume_at(cells, plot.scale.top)
    last = min(curve.total, plot.scale.end)
    if above is not None and above < last:
        return QPointF(plot.x(above), plot.area.top())
    readout = curve.readout(last)
    return QPointF(plot.x(last), plot.y(readout.mnc_percent if cells == "mnc" else readout.cd3_percent))


def _ordered(pencil: _Pencil, curve: DoseCurve) -> None:
    """The ordered volume, the strongest line, with its label."""
    plot, look, painter = pencil.plot, pencil.look, pencil.painter
    x = plot.x(curve.ordered)
    pencil.upright(x, QPen(look.ink(), 3))
    font = QFont(look.font)
    font.setBold(True)
    painter.setFont(font)
    pencil.write(look.words.translate(ORDERED_LINE).format(volume=shown(curve.ordered)), x, 1)
    painter.setFont(look.font)
