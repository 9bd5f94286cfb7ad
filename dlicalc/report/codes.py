"""The codes of the order with what they are for, side by side as the width allows."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dlicalc.report.bedside import Whole
from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import Pen, height_of
from dlicalc.report.qr import QUIET, Matrix, matrix
from dlicalc.services.sheet import Code

MODULE: Final = 1.25
"""Points of a module, 0.44 mm: read from a page of 150 dots per inch."""
SHORT_MODULE: Final = 1.7
_CAPTION: Final = 7.5
_NARROWEST: Final = 90.0
"""Points of a caption under a small code."""
_GAP: Final = 12.0


class _Drawn(NamedTuple):
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

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The code, and the caption below it."""
        quiet = QUIET * self.module
        pen.modules(x + quiet, top + quiet, self.matrix.runs, self.module)
        pen.lines(x, top + self.side, self.caption, _CAPTION)


class CodesBlock(Whole):
    """Codes in a row, a new row where the width ends."""

    def __init__(self, fonts: Fonts, codes: Sequence[Code], width: float, module: float) -> None:
        self._rows: list[list[_Drawn]] = [[]]
        used = 0.0
        for code in codes:
            drawn = _drawn(fonts, code, module)
            if used and used + drawn.width > width:
                self._rows.append([])
                used = 0.0
            self._rows[-1].append(drawn)
            used += drawn.width + _GAP

    @property
    def height(self) -> float:
        """Points of all rows."""
        return sum(max(drawn.height for drawn in row) for row in self._rows) + _GAP * (len(self._rows) - 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Row after row."""
        for row in self._rows:
            left = x
            for drawn in row:
                drawn.draw(pen, left, top)
                left += drawn.width + _GAP
            top += max(drawn.height for drawn in row) + _GAP


def _drawn(fonts: Fonts, code: Code, module: float) -> _Drawn:
    dark = matrix(code.text)
    width = max((dark.side + 2 * QUIET) * module, _NARROWEST)
    return _Drawn(dark, module, fonts.lines(code.caption, Face.REGULAR, _CAPTION, width))
