"""What blocks of a page have in common, and two of them side by side."""

from dlicalc.report.flow import Block
from dlicalc.report.pen import Pen


class Whole:
    """A block that is never divided."""

    def split(self, room: float, *, at_top: bool) -> None:
        """It stays whole."""


class Beside(Whole):
    """Two blocks of one height, the other one beginning ``indent`` points to the right of the first."""

    def __init__(self, first: Block, other: Block, indent: float) -> None:
        self._first = first
        self._other = other
        self._indent = indent

    @property
    def height(self) -> float:
        """Points of the higher one."""
        return max(self._first.height, self._other.height)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Both from the same height."""
        self._first.draw(pen, x, top)
        self._other.draw(pen, x + self._indent, top)
