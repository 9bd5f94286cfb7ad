"""Puts lines of type, rules, boxes and bars on one page; all positions are points from the upper left corner."""

from collections.abc import Sequence
from typing import Final

from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from dlicalc.report.embedded import PaperFont
from dlicalc.report.fonts import Line, Run

HAIR: Final = 0.6
THIN: Final = 0.8
THICK: Final = 2.0
WATERMARK_GRAY: Final = 0.95
"""Inside of the letters behind a page."""
WATERMARK_EDGE: Final = 0.4
"""Their outline, which a copier does not lose."""
WATERMARK_PEN: Final = 1.0
LEADING: Final = 1.32
"""Distance of base lines in sizes of the type; hanzi need this much."""
HEAVY: Final = 0.035
"""Width of the pen that makes hanzi bold, in sizes of the type."""
ASCENT: Final = 0.98
"""From the top of a line to its base line, in sizes of the type."""


def height_of(lines: Sequence[Line], size: float) -> float:
    """Height of these lines, in points."""
    return len(lines) * size * LEADING


class Pen:
    """Draws on the current page of ``canvas``; type is put on the page last, so it is never covered."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas = canvas
        self._height = height
        self._text: list[str] = []
        self._at = (0.0, 0.0)
        self._ink = 0.0
        self._type: tuple[str, float] | None = None
        self._heavy = False
        self._line_style: tuple[float, float] | None = None

    def lines(self, x: float, top: float, lines: Sequence[Line], size: float, gray: float = 0.0) -> float:
        """Draw lines below each other from ``top``; returns where the next thing may begin."""
        if gray != self._ink:
            self._text.append(f"{gray:g} g {gray:g} G")
            self._ink = gray
        for number, line in enumerate(lines):
            self._line(x, self._height - top - (number * LEADING + ASCENT) * size, line, size)
        return top + height_of(lines, size)

    def _line(self, x: float, base: float, line: Line, size: float) -> None:
        y = round(base, 1)
        for run in line.runs:
            self._set_type(run, size)
            left = round(x, 1)
            self._text.append(f"{left - self._at[0]:.4g} {y - self._at[1]:.4g} Td ({self._codes(run)}) Tj")
            self._at = (left, y)
            x += run.width * size

    def _set_type(self, run: Run, size: float) -> None:
        if self._type != (run.font, size):
            self._text.append(f"{self._font(run).name_in(self._canvas)} {size:.4g} Tf")
            self._type = (run.font, size)
            if run.heavy:
                self._text.append(f"{size * HEAVY:.2g} w")
        if self._heavy != run.heavy:
            self._text.append("2 Tr" if run.heavy else "0 Tr")
            self._heavy = run.heavy

    @staticmethod
    def _font(run: Run) -> PaperFont:
        font: PaperFont = getFont(run.font)  # type: ignore[assignment]
        return font

    def _codes(self, run: Run) -> str:
        return self._font(run).codes_in(self._canvas, run.text)

    def rule(self, x: float, top: float, width: float, weight: float = HAIR, gray: float = 0.0) -> None:
        """A horizontal rule."""
        self._stroke(weight, gray)
        self._line_from(x, top, x + width, top)

    def upright(self, x: float, top: float, height: float, weight: float = HAIR, gray: float = 0.0) -> None:
        """A vertical rule."""
        self._stroke(weight, gray)
        self._line_from(x, top, x, top + height)

    def box(self, x: float, top: float, width: float, height: float, weight: float = THIN) -> None:
        """An empty box."""
        self._stroke(weight, 0.0)
        self._rect(x, top, width, height, filled=False)

    def cross(self, x: float, top: float, side: float) -> None:
        """A heavy cross in a square of ``side`` points."""
        self._stroke(THICK, 0.0)
        base = self._height - top
        self._canvas.line(x, base, x + side, base - side)
        self._canvas.line(x, base - side, x + side, base)

    def shade(self, x: float, top: float, width: float, height: float, gray: float) -> None:
        """A filled area; it must be drawn before anything that lies on it."""
        self._canvas.setFillGray(gray)
        self._rect(x, top, width, height, filled=True)

    def bars(self, x: float, top: float, widths: Sequence[int], module: float, height: float) -> None:
        """A barcode: widths of bar, space, bar … in modules of ``module`` points."""
        path = self._canvas.beginPath()
        for place, width in enumerate(widths):
            if place % 2 == 0:
                path.rect(round(x, 2), round(self._height - top - height, 1), width * module, height)
            x += width * module
        self._canvas.setFillGray(0.0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def modules(self, x: float, top: float, side: int, dark: str, module: float) -> None:
        """Squares of ``module`` points, ``side`` in a row; ``dark`` is a picture of one bit each in hexadecimal."""
        points = side * module
        self._canvas.addLiteral(
            f"q 0 g {points:.2f} 0 0 {points:.2f} {x:.2f} {self._height - top - points:.2f} cm\n"
            f"BI /W {side} /H {side} /IM true /D [1 0] /F /AHx ID {dark}> EI Q"
        )

    def slanted(
        self, line: Line, middle: tuple[float, float], size: float, angle: tuple[float, float], *, black: bool = False
    ) -> None:
        """One large line through ``middle``, as an outline behind everything; ``angle`` is its cosine and sine."""
        cosine, sine = angle
        x, y = middle[0] - cosine * line.width * size / 2, self._height - middle[1] - sine * line.width * size / 2
        outlined = f"q BT {WATERMARK_GRAY:g} g {WATERMARK_EDGE:g} G {WATERMARK_PEN:g} w 2 Tr"
        text = ["q BT 0 g 0 Tr" if black else outlined]
        for run in line.runs:
            text.append(f"{self._font(run).name_in(self._canvas)} {size:.4g} Tf")
            text.append(f"{cosine:g} {sine:g} {-sine:g} {cosine:g} {x:.1f} {y:.1f} Tm ({self._codes(run)}) Tj")
            x, y = x + cosine * run.width * size, y + sine * run.width * size
        self._canvas.addLiteral(" ".join([*text, "ET Q"]))

    def finish(self) -> None:
        """Put the type on the page."""
        self._canvas.addLiteral("\n".join(["BT 0 g 0 G", *self._text, "ET"]))

    def _line_from(self, x: float, top: float, right: float, below: float) -> None:
        ends = (x, self._height - top, right, self._height - below)
        self._canvas.line(*(round(end, 1) for end in ends))

    def _rect(self, x: float, top: float, width: float, height: float, *, filled: bool) -> None:
        left, base = round(x, 1), round(self._height - top - height, 1)
        corner = (round(x + width, 1), round(self._height - top, 1))
        self._canvas.rect(left, base, corner[0] - left, corner[1] - base, stroke=not filled, fill=filled)

    def _stroke(self, weight: float, gray: float) -> None:
        if self._line_style != (weight, gray):
            self._canvas.setLineWidth(weight)
            self._canvas.setStrokeGray(gray)
            self._line_style = (weight, gray)
