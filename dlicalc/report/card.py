"""Draws the quick-start card: the work across the page, below it two columns."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import HAIR, THIN, Pen, height_of
from dlicalc.report.single import Content, Origin, Single, write_singles
from dlicalc.services.quick_card import Card, Listing

SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_HEADING: Final = 1.2
"""Size of headings in sizes of the type."""
_LABEL: Final = 0.2
_NARROW_LABEL: Final = 0.36
"""Share of a line that its label has, across the page and in a column."""
_APART: Final = 14.0
_BETWEEN: Final = 0.35
"""Space between lines in sizes of the type."""
_PAD: Final = 4.0


def write_card(card: Card, fonts: Fonts, paper: str, origin: Origin) -> bytes:
    """The PDF of ``card``."""
    single = Single(card.title, card.footer)
    return write_singles(
        [(single, lambda size, width: _content(card, fonts, size, width))], fonts, paper, origin, SIZES
    )


class _Set(NamedTuple):
    """A listing broken to lines."""

    heading: tuple[Line, ...]
    lines: tuple[tuple[tuple[Line, ...], tuple[Line, ...]], ...]
    size: float
    indent: float
    width: float

    @property
    def height(self) -> float:
        """Points of all of it."""
        return height_of(self.heading, self.size * _HEADING) + _PAD + sum(map(self._line, self.lines)) + _APART

    def _line(self, line: tuple[tuple[Line, ...], tuple[Line, ...]]) -> float:
        return max(height_of(part, self.size) for part in line) + self.size * _BETWEEN

    def draw(self, pen: Pen, x: float, top: float) -> float:
        """Draw it; returns where the next thing may begin."""
        top = pen.lines(x, top, self.heading, self.size * _HEADING)
        pen.rule(x, top + 1, self.width, THIN)
        top += _PAD
        for line in self.lines:
            pen.lines(x, top, line[0], self.size)
            pen.lines(x + self.indent, top, line[1], self.size)
            top += self._line(line)
            pen.rule(x, top - self.size * _BETWEEN / 2, self.width, HAIR, 0.7)
        return top + _APART


def _set(listing: Listing, fonts: Fonts, size: float, width: float, share: float) -> _Set:
    indent = width * share
    lines = tuple(
        (
            fonts.lines(
                f"{number}  {field.label}" if listing.numbered else field.label, Face.BOLD, size, indent - _PAD
            ),
            fonts.lines(field.value, Face.REGULAR, size, width - indent),
        )
        for number, field in enumerate(listing.lines, start=1)
    )
    return _Set(fonts.lines(listing.heading, Face.BOLD, size * _HEADING, width), lines, size, indent, width)


def _content(card: Card, fonts: Fonts, size: float, width: float) -> Content:
    lead = fonts.lines(card.lead, Face.REGULAR, size, width)
    work = _set(card.work, fonts, size, width, _LABEL)
    column = (width - _APART) / 2
    sides = [[_set(part, fonts, size, column, _NARROW_LABEL) for part in side] for side in (card.left, card.right)]
    height = height_of(lead, size) + _APART + work.height + max(map(_height, sides))

    def draw(pen: Pen, x: float, top: float, _bottom: float) -> None:
        top = pen.lines(x, top, lead, size) + _APART
        top = work.draw(pen, x, top)
        for number, side in enumerate(sides):
            below = top
            for part in side:
                below = part.draw(pen, x + number * (column + _APART), below)

    return Content(height, draw)


def _height(side: Sequence[_Set]) -> float:
    return sum(part.height for part in side)
