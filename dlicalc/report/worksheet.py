"""Draws the downtime worksheet: boxes large enough to write in, and the example beside them."""

from collections.abc import Callable, Sequence
from typing import Final

from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import HAIR, THICK, THIN, Pen, height_of
from dlicalc.report.single import Content, Origin, Setting, Single, write_singles
from dlicalc.report.tables import LABEL_GRAY
from dlicalc.services.worksheet import Row, Worksheet

SIZES: Final = (8.0, 7.5, 7.0, 6.6, 6.2, 5.8)
_SHARES: Final = (0.05, 0.375, 0.205, 0.1, 0.135, 0.135)
"""Of the width: box, what, arithmetic, example, and a column for each bag."""
_BAGS_FROM: Final = 4
_PAD: Final = 3.0
_TALLEST: Final = 19.0
_LEAST: Final = 1.75
"""Height of a row in sizes of the type, so that a hand can write in it."""
_SIGNED: Final = (0.22, 0.3, 0.26, 0.22)
_SIGN: Final = 20.0
_IDENTITY: Final = 27.0
_IDENTITY_SHARES: Final = (0.32, 0.19, 0.15, 0.34)
_SHADE: Final = 0.9


def write_worksheets(sheets: Sequence[Worksheet], fonts: Fonts, paper: str, origin: Origin) -> bytes:
    """The PDF of ``sheets``, a page for each: two languages are the two sides of one paper."""
    pages = [(Single(sheet.title, sheet.footer), _setting(sheet, fonts)) for sheet in sheets]
    return write_singles(pages, fonts, paper, origin, SIZES)


def _setting(sheet: Worksheet, fonts: Fonts) -> Setting:
    return lambda size, width: _Setting(sheet, fonts, size, width).content


class _Setting:
    """The sheet in one size of type."""

    def __init__(self, sheet: Worksheet, fonts: Fonts, size: float, width: float) -> None:
        self._sheet, self._fonts, self._size, self._width = sheet, fonts, size, width
        self._columns = tuple(share * width for share in _SHARES)
        self._lead = self._broken(sheet.lead, width)
        self._head = [
            self._broken(text, column - _PAD, Face.BOLD)
            for text, column in zip(sheet.columns, self._columns, strict=True)
        ]
        self._parts = [
            (self._broken(heading, width, Face.BOLD), [(row, self._cells(row)) for row in rows])
            for heading, rows in sheet.parts
        ]
        stops = f"{sheet.stops[0]}: {sheet.stops[1]}"
        self._stops = self._broken(stops, width - 2 * _PAD, Face.BOLD)
        self._rule = self._broken(sheet.rule, width)
        self._signatures = self._broken(sheet.signatures, width, Face.BOLD)

    def _broken(self, text: str, width: float, face: Face = Face.REGULAR) -> tuple[Line, ...]:
        return self._fonts.lines(text, face, self._size, width)

    def _cells(self, row: Row) -> list[tuple[Line, ...]]:
        faces = (Face.BOLD, Face.BOLD if row.strong else Face.REGULAR, Face.REGULAR, Face.REGULAR)
        texts = (row.name, row.what, row.how, row.example)
        return [
            self._broken(text, column - _PAD, face)
            for text, face, column in zip(texts, faces, self._columns, strict=False)
        ]

    @property
    def content(self) -> Content:
        """All of it; what is left of the page goes to the rows."""
        rows = [cells for _, listed in self._parts for _, cells in listed]
        fixed = self._above + self._below + sum(self._text(heading) + 2 for heading, _ in self._parts)
        least = sum(self._row(cells, 0.0) for cells in rows)

        def draw(pen: Pen, x: float, top: float, bottom: float) -> None:
            spare = bottom - top - fixed
            self._draw(pen, x, top, _common_height(lambda height: sum(self._row(c, height) for c in rows) <= spare))

        return Content(fixed + least, draw)

    def _text(self, lines: tuple[Line, ...]) -> float:
        return height_of(lines, self._size)

    def _row(self, cells: list[tuple[Line, ...]], least: float) -> float:
        return max(least, self._size * _LEAST, max(map(self._text, cells)) + 1.5)

    @property
    def _above(self) -> float:
        return self._text(self._lead) + 2 + _IDENTITY + 4 + max(map(self._text, self._head)) + 2

    @property
    def _below(self) -> float:
        texts = self._text(self._stops) + 2 * _PAD + self._text(self._rule) + self._text(self._signatures)
        return 4 + _IDENTITY + 4 + texts + 6 + self._size * 1.4 + 2 * _SIGN

    def _draw(self, pen: Pen, x: float, top: float, least: float) -> None:
        top = pen.lines(x, top, self._lead, self._size) + 2
        top = self._draw_identity(pen, x, top) + 4
        left = x
        for lines, column in zip(self._head, self._columns, strict=True):
            pen.lines(left + _PAD / 2, top, lines, self._size)
            left += column
        top += max(map(self._text, self._head)) + 2
        for heading, rows in self._parts:
            height = self._text(heading)
            top += 1
            pen.shade(x, top, self._width, height, _SHADE)
            pen.lines(x + _PAD / 2, top, heading, self._size)
            top += height + 1
            for row, cells in rows:
                height = self._row(cells, least)
                self._draw_row(pen, (x, top, height), row, cells)
                top += height
        self._draw_end(pen, x, top + 4)

    def _draw_identity(self, pen: Pen, x: float, top: float) -> float:
        left = x
        for label, share in zip(self._sheet.identity, _IDENTITY_SHARES, strict=True):
            width = share * self._width
            pen.box(left, top, width, _IDENTITY, THIN)
            pen.lines(left + _PAD, top + 1, self._broken(label, width - 2 * _PAD), self._size, LABEL_GRAY)
            left += width
        return top + _IDENTITY

    def _draw_row(self, pen: Pen, place: tuple[float, float, float], row: Row, cells: list[tuple[Line, ...]]) -> None:
        left, top, height = place
        pen.rule(left, top + height, self._width, HAIR, 0.6)
        for lines, column in zip(cells, self._columns, strict=False):
            pen.lines(left + _PAD / 2, top + (height - self._text(lines)) / 2, lines, self._size)
            left += column
        boxes = self._columns[_BAGS_FROM:]
        for width in (sum(boxes),) if row.once else boxes:
            pen.box(left, top, width, height, THICK if row.strong else THIN)
            left += width

    def _draw_end(self, pen: Pen, x: float, top: float) -> None:
        pen.box(x, top, self._width, _IDENTITY, THICK)
        label = self._fonts.lines(self._sheet.in_all, Face.BOLD, self._size * 1.3, self._width / 2)
        middle = (_IDENTITY - height_of(label, self._size * 1.3)) / 2
        pen.lines(x + _PAD * 2, top + middle, label, self._size * 1.3)
        top += _IDENTITY + 4
        height = self._text(self._stops) + 2 * _PAD
        pen.box(x, top, self._width, height, THIN)
        pen.lines(x + _PAD, top + _PAD, self._stops, self._size)
        top = pen.lines(x, top + height + 2, self._rule, self._size) + 2
        top = pen.lines(x, top, self._signatures, self._size) + 2
        self._draw_signatures(pen, x, top)

    def _draw_signatures(self, pen: Pen, x: float, top: float) -> None:
        widths = [share * self._width for share in _SIGNED]
        head = top + self._size * 1.4
        left = x + widths[0]
        for text, width in zip(self._sheet.signed, widths[1:], strict=True):
            pen.lines(left + _PAD, top, self._broken(text.replace("\n", " "), width), self._size, LABEL_GRAY)
            left += width
        for number, role in enumerate(self._sheet.roles):
            below = head + number * _SIGN
            pen.lines(x, below + 3, self._broken(role, widths[0]), self._size)
            left = x + widths[0]
            for width in widths[1:]:
                pen.box(left, below, width, _SIGN, THIN)
                left += width


def _common_height(fits: Callable[[float], bool]) -> float:
    """The tallest rows for which everything still fits, to half a point."""
    height = 0.0
    while height < _TALLEST and fits(height + 0.5):
        height += 0.5
    return height
