"""Curves of cost as pictures: both axes logarithmic, so that a straight line of one in one is cost in proportion."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal, NamedTuple

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor, black, white

WIDTH: Final = 640
HEIGHT: Final = 400
_LEFT, _RIGHT, _BASE, _TOP = 62, 452, 52, 340
_INKS: Final = ("#0b6e4f", "#1f5fa8", "#a23b1e", "#6a3d9a", "#7a5c00")
_FONT: Final = "Helvetica"
_PALE: Final = Color(0.85, 0.85, 0.85)

Anchor = Literal["start", "middle", "end"]


class Curve(NamedTuple):
    """What was measured at each size, and in which unit."""

    name: str
    unit: str
    points: Sequence[tuple[int, float]]


class Growth(NamedTuple):
    """Curves over the same sizes."""

    title: str
    sizes: str
    curves: Sequence[Curve]

    def table(self) -> str:
        """The same figures as a table of a document."""
        heads = [f"{curve.name}, {curve.unit}" for curve in self.curves]
        rows = [[self.sizes, *heads], ["---"] * (len(heads) + 1)]
        for place, (size, _) in enumerate(self.curves[0].points):
            rows.append([f"{size:,}", *(_shown(curve.points[place][1]) for curve in self.curves)])
        return "\n".join([self.title, "", *(f"| {' | '.join(row)} |" for row in rows), ""])

    def picture(self, path: Path) -> None:
        """Draw the curves into an SVG file."""
        drawn = renderSVG.drawToString(_Chart(self).drawing)
        path.write_text(drawn.replace("<title>...<", f"<title>{self.title}<", 1), encoding="utf-8")


class _Chart:
    """A drawing of the curves, their axes and their names."""

    def __init__(self, growth: Growth) -> None:
        self.drawing = Drawing(WIDTH, HEIGHT)
        paper = Rect(0, 0, WIDTH, HEIGHT)
        paper.fillColor = paper.strokeColor = white
        self.drawing.add(paper)
        sizes = [size for curve in growth.curves for size, _ in curve.points]
        values = [value for curve in growth.curves for _, value in curve.points]
        self._sizes = _decades(sizes)
        self._values = _decades(values)
        self._text((_LEFT, HEIGHT - 24), growth.title, 15)
        self._text(((_LEFT + _RIGHT) / 2, 12), growth.sizes, 12, "middle")
        self._axes()
        names = sorted(enumerate(growth.curves), key=lambda one: -one[1].points[-1][1])
        place = float(HEIGHT)
        for number, curve in names:
            place = min(place - 34, self._curve(number, curve) + 4)
            self._name(number, curve, max(place, _BASE))

    def _axes(self) -> None:
        for decade in range(self._sizes[0], self._sizes[1] + 1):
            x = self._x(10.0**decade)
            self._line(x, _BASE, x, _TOP)
            self._text((x, _BASE - 18), f"{10**decade:,}", 11, "middle")
        for decade in range(self._values[0], self._values[1] + 1):
            y = self._y(10.0**decade)
            self._line(_LEFT, y, _RIGHT, y)
            self._text((_LEFT - 6, y - 4), f"{10.0**decade:,.{max(-decade, 0)}f}", 11, "end")

    def _curve(self, number: int, curve: Curve) -> float:
        """Draw it; returns how high it ends."""
        ink = HexColor(_INKS[number])
        places = [(self._x(size), self._y(value)) for size, value in curve.points]
        for begin, end in pairwise(places):  # not a PolyLine, which SVG would fill
            self.drawing.add(Line(*begin, *end, strokeColor=ink, strokeWidth=2))
        for x, y in places:
            self.drawing.add(Circle(x, y, 3, fillColor=ink, strokeColor=ink))
        return places[-1][1]

    def _name(self, number: int, curve: Curve, y: float) -> None:
        size, value = curve.points[-1]
        ink = HexColor(_INKS[number])
        self._text((_RIGHT + 10, y), curve.name, 12, ink=ink)
        self._text((_RIGHT + 10, y - 14), f"{_shown(value)} {curve.unit} at {size:,}", 11, ink=ink)

    def _x(self, size: float) -> float:
        return _place(size, self._sizes, _LEFT, _RIGHT)

    def _y(self, value: float) -> float:
        return _place(value, self._values, _BASE, _TOP)

    def _line(self, x: float, y: float, x_end: float, y_end: float) -> None:
        self.drawing.add(Line(x, y, x_end, y_end, strokeColor=_PALE, strokeWidth=1))

    def _text(
        self, place: tuple[float, float], text: str, size: float, anchor: Anchor = "start", ink: Color = black
    ) -> None:
        self.drawing.add(String(*place, text, fontName=_FONT, fontSize=size, textAnchor=anchor, fillColor=ink))


def _decades(numbers: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around all of them."""
    low, high = math.floor(math.log10(min(numbers))), math.ceil(math.log10(max(numbers)))
    return low, max(high, low + 1)


def _place(number: float, decades: tuple[int, int], begin: float, end: float) -> float:
    low, high = decades
    return begin + (math.log10(number) - low) / (high - low) * (end - begin)


def _shown(value: float) -> str:
    return f"{value:,.{max(0, 2 - math.floor(math.log10(value)) - 1) if value < 100 else 0}f}"
