"""The codes of the order: the short one at the head of each page, the whole case with what it is for at the end."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dlicalc.report.blocks import Whole
from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import Pen, height_of
from dlicalc.report.qr import QUIET, Matrix, matrix
from dlicalc.services.sheet import Code

CORNER: Final = 66.0
"""Points of the short code with its quiet zone, 23 mm."""
_MODULE: Final = 1.25
"""Points of a module of the others, 0.44 mm: read from a page of 150 dots per inch."""
_CAPTION: Final = 7.5
_NARROWEST: Final = 150.0
"""Points of a caption under a small code."""
_GAP: Final = 12.0


class CodeBlock(NamedTuple):
    """A code of ``module`` points a module, and its caption broken to lines."""

    matrix: Matrix
    module: float
    caption: tuple[Line, ...]

    @property
    def side(self) -> float:
        """Points of the code with its quiet zone."""
        return (self.matrix.side + 2 * QUIET) * self.module

    @property
    def width(self) -> float:
        """Points of code and caption."""
        return max(self.side, _NARROWEST)

    @property
    def height(self) -> float:
        """Points of code and caption."""
        return self.side + height_of(self.caption, _CAPTION)

    def split(self, room: float, *, at_top: bool) -> None:
        """It stays whole."""

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The code, and the caption below it."""
        _draw(pen, x, top, self.matrix, self.module)
        pen.lines(x, top + self.side, self.caption, _CAPTION)


def _draw(pen: Pen, x: float, top: float, drawn: Matrix, module: float) -> None:
    quiet = QUIET * module
    # White, because the word behind a draft would spoil the code.
    pen.shade(x, top, drawn.side * module + 2 * quiet, drawn.side * module + 2 * quiet, 1.0)
    pen.modules(x + quiet, top + quiet, drawn.side, drawn.dark, module)


def draw_corner(pen: Pen, x: float, top: float, text: str) -> None:
    """The short code in a square of ``CORNER`` points."""
    drawn = matrix(text)
    _draw(pen, x, top, drawn, CORNER / (drawn.side + 2 * QUIET))


class CodesBlock(Whole):
    """Codes in a row, a new row where the width ends; above them what the code at the head of the pages is for."""

    def __init__(self, fonts: Fonts, codes: Sequence[Code], corner: str, width: float) -> None:
        self._corner = fonts.lines(corner, Face.REGULAR, _CAPTION, width)
        self._rows: list[list[CodeBlock]] = [[]]
        used = 0.0
        for code in codes:
            drawn = code_block(fonts, code)
            if used and used + drawn.width > width:
                self._rows.append([])
                used = 0.0
            self._rows[-1].append(drawn)
            used += drawn.width + _GAP

    @property
    def height(self) -> float:
        """Points of all rows."""
        rows = sum(max(drawn.height for drawn in row) for row in self._rows) + _GAP * (len(self._rows) - 1)
        return height_of(self._corner, _CAPTION) + rows

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Row after row."""
        top = pen.lines(x, top, self._corner, _CAPTION)
        for row in self._rows:
            left = x
            for drawn in row:
                drawn.draw(pen, left, top)
                left += drawn.width + _GAP
            top += max(drawn.height for drawn in row) + _GAP


def code_block(fonts: Fonts, code: Code, corner: str = "") -> CodeBlock:
    """One code with its caption, and below it what the code at the head of the pages is for."""
    caption = f"{code.caption}\n{corner}" if corner else code.caption
    dark = matrix(code.text)
    width = max((dark.side + 2 * QUIET) * _MODULE, _NARROWEST)
    return CodeBlock(dark, _MODULE, fonts.lines(caption, Face.REGULAR, _CAPTION, width))
