"""How the cells are given: the rates in large type, below them what else the nurse must know."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dlicalc.report.blocks import Whole
from dlicalc.report.columns import share
from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import HAIR, THIN, Pen, height_of
from dlicalc.report.tables import LABEL, LABEL_GRAY
from dlicalc.services.sheet import OR_LINE, Administration, Field

_HEADING: Final = 10.5
_NOTE: Final = 8.0
_RATES: Final = (11.0, 10.0, 9.0, 8.5, 8.0)
"""Sizes of the rates: as large as few lines allow."""
_MOST_LINES: Final = 2
_INSET: Final = 5.0
_APART: Final = 10.0
_LABEL_SHARE: Final = 0.145
_ROW_SPACE: Final = 1.5
_HALF: Final = 0.5


class _Entry(NamedTuple):
    """A label and its text, side by side from ``left``."""

    left: float
    label: tuple[Line, ...]
    text: tuple[Line, ...]


class AdministrationBlock(Whole):
    """Heading and who vouches for it, rates in a box, then the rest in lines of ``size``."""

    def __init__(
        self, fonts: Fonts, giving: Administration, width: float, size: float, *, largest: float, whole: bool
    ) -> None:
        self._width, self._size = width, size
        self._heading = fonts.lines(giving.heading, Face.BOLD, _HEADING, width * _HALF)
        beside = max(line.width for line in self._heading) * _HEADING + _APART
        self._note_left = beside
        self._note = fonts.lines(giving.vouched.replace("\n", OR_LINE), Face.BOLD, _NOTE, width - beside)
        self._rates = _rates(fonts, giving.rates, width - 2 * _INSET, largest)
        self._label = width * _LABEL_SHARE
        fields = (*giving.first, *giving.rest) if whole else giving.first
        self._rows = _rows(fonts, fields, width, self._label, size)
        self._elsewhere = (
            () if whole else fonts.lines(giving.elsewhere.replace("\n", OR_LINE), Face.REGULAR, size, width)
        )

    @property
    def height(self) -> float:
        """Points with the heading."""
        rows = sum(self._row_height(row) for row in self._rows)
        return self._top_height + self._box_height + 2 + rows + height_of(self._elsewhere, self._size)

    @property
    def _top_height(self) -> float:
        return max(height_of(self._heading, _HEADING), height_of(self._note, _NOTE)) + 2

    @property
    def _box_height(self) -> float:
        return max(height_of(label, LABEL) + height_of(text, size) for _, label, text, size in self._rates) + 5

    def _row_height(self, row: Sequence[_Entry]) -> float:
        return max(max(len(entry.label), len(entry.text)) for entry in row) * height_of([_ANY], self._size) + _ROW_SPACE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Everything from the top."""
        pen.lines(x, top, self._heading, _HEADING)
        pen.lines(x + self._note_left, top + 2, self._note, _NOTE)
        top += self._top_height
        pen.box(x, top, self._width, self._box_height, THIN * 2)
        for left, label, text, size in self._rates:
            below = pen.lines(x + _INSET + left, top + 1.5, label, LABEL, LABEL_GRAY)
            pen.lines(x + _INSET + left, below, text, size)
            if left:
                pen.upright(x + left, top, self._box_height, HAIR)
        top += self._box_height + 2
        for row in self._rows:
            for entry in row:
                pen.lines(x + entry.left, top, entry.label, self._size)
                pen.lines(x + entry.left + self._label, top, entry.text, self._size)
            top += self._row_height(row)
            pen.rule(x, top - _ROW_SPACE / 2, self._width, gray=0.7)
        pen.lines(x, top, self._elsewhere, self._size)


_ANY: Final = Line((), 0.0)
_Rate = tuple[float, tuple[Line, ...], tuple[Line, ...], float]
"""Left edge, label, text, size of the text."""


def _rates(fonts: Fonts, fields: Sequence[Field], width: float, largest: float) -> list[_Rate]:
    made: list[_Rate] = []
    for size in (size for size in _RATES if size <= largest):
        made = _rates_in(fonts, fields, width, size)
        if all(len(text) <= _MOST_LINES for _, _, text, _ in made):
            break
    return made


def _rates_in(fonts: Fonts, fields: Sequence[Field], width: float, size: float) -> list[_Rate]:
    natural = [max(fonts.width(f.value, Face.BOLD) * size, fonts.width(f.label, Face.REGULAR) * LABEL) for f in fields]
    least = [fonts.longest_word(field.value, Face.BOLD) * size + _APART for field in fields]
    widths = share([wide + _APART for wide in natural], least, width)
    made, left = [], 0.0
    for field, column in zip(fields, widths, strict=True):
        room = column - _APART * 0.99
        label = fonts.lines(field.label, Face.REGULAR, LABEL, room)
        made.append((left, label, fonts.lines(field.value, Face.BOLD, size, room), size))
        left += column
    return made


def _rows(fonts: Fonts, fields: Sequence[Field], width: float, label: float, size: float) -> list[list[_Entry]]:
    """One below the other; two short ones side by side."""
    half = width * _HALF
    rows: list[list[_Entry]] = []
    open_half = False
    for field in fields:
        short = fonts.width(field.value, Face.REGULAR) * size <= half - label - _APART
        left = half if short and open_half else 0.0
        room = half - label - _APART * _HALF if short else width - label
        entry = _Entry(
            left,
            fonts.lines(field.label, Face.BOLD, size, label - _APART * _HALF),
            fonts.lines(field.value, Face.REGULAR, size, room),
        )
        if left:
            rows[-1].append(entry)
        else:
            rows.append([entry])
        open_half = short and not left
    return rows
