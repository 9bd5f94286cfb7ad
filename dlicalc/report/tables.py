"""The two forms in which the basis of the order is set: tables with repeated heads, and fields side by side."""

from collections.abc import Iterator
from math import ceil
from typing import Final, NamedTuple

from dlicalc.report.columns import column_widths
from dlicalc.report.flow import Block
from dlicalc.report.fonts import Face, Fonts, Line, has_han
from dlicalc.report.pen import ASCENT, THIN, Pen, height_of
from dlicalc.services.sheet import OR_LINE, Field, Fields, Table

HEADING: Final = 10.5
BODY: Final = 7.5
LABEL: Final = 6.6
PADDING: Final = 8.0
_ROW_SPACE: Final = 1.6
_HEADING_SPACE: Final = 3.0
_RULE_GRAY: Final = 0.7
LABEL_GRAY: Final = 0.0
"""Black: a copier loses small type that is grey."""
_FEWEST_ROWS: Final = 3
"""Rows that stand at least under a head, and that at least go over to the next page."""
_FEWEST_ROWS_HEIGHT: Final = 60.0
"""Points that fewer, but higher rows must have for the same."""
_FEWEST_FIELD_ROWS: Final = 2
_BY_HAND: Final = 15.0
"""Height of a row to write in."""
_FIELDS_ABREAST: Final = 8
_LABELS_BESIDE: Final = (1, 2)
"""Of these columns, those of a label that stands beside its value."""
_ABREAST_FROM: Final = 0.85
"""Two languages stand beside each other if the table then needs at most this share of its height."""


class Row(NamedTuple):
    """Cells broken to lines."""

    cells: tuple[tuple[Line, ...], ...]
    height: float


class TableBlock(NamedTuple):
    """A table, or a part of one, with its heading and column heads."""

    heading: tuple[Line, ...]
    head: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]

    @property
    def height(self) -> float:
        """Points with everything."""
        return self._head_height + sum(row.height for row in self.rows)

    @property
    def _head_height(self) -> float:
        space = _HEADING_SPACE if self.heading else 0.0
        return height_of(self.heading, HEADING) + space + self.head.height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Heading, column heads and rows with a rule under each."""
        total = sum(self.widths)
        if self.heading:
            top = pen.lines(x, top, self.heading, HEADING) + _HEADING_SPACE
        top = self._draw_row(pen, x, top, self.head)
        pen.rule(x, top, total, THIN)
        for row in self.rows:
            top = self._draw_row(pen, x, top, row)
            pen.rule(x, top, total, gray=_RULE_GRAY)

    def _draw_row(self, pen: Pen, x: float, top: float, row: Row) -> float:
        for lines, width in zip(row.cells, self.widths, strict=True):
            pen.lines(x, top + _ROW_SPACE / 2, lines, BODY)
            x += width
        return top + row.height

    def split(self, room: float, *, at_top: bool) -> "tuple[TableBlock, TableBlock] | None":
        """As many rows as fit, if they are not too few, and the rest under the same heads."""
        used, count = self._head_height, 0
        while count < len(self.rows) and used + self.rows[count].height <= room:
            used += self.rows[count].height
            count += 1
        if not at_top:
            while count and not _enough(self.rows[count:]):
                count -= 1
            if not _enough(self.rows[:count]):
                return None
        count = max(count, 1)
        return self._replace(rows=self.rows[:count]), self._replace(rows=self.rows[count:])


def _enough(rows: tuple[Row, ...]) -> bool:
    """Whether so many rows may stand alone under their heads."""
    return len(rows) >= _FEWEST_ROWS or sum(row.height for row in rows) >= _FEWEST_ROWS_HEIGHT


def table_block(fonts: Fonts, table: Table, width: float) -> TableBlock:
    """``table`` set to ``width`` points; of two languages beside or below each other, what needs less height."""
    stacked = _set_table(fonts, table, width)
    abreast = [_set_table(fonts, setting, width) for setting in _languages_abreast(table)]
    low = [block for block in abreast if block.height <= stacked.height * _ABREAST_FROM]
    return min(low, key=lambda block: block.height, default=stacked)


def _languages_abreast(table: Table) -> Iterator[Table]:
    """``table`` with two columns for one in which a second language stands below the first, for each such column."""
    rows = (table.columns, *table.rows)
    for place in range(len(table.columns)):
        cells = [row[place].replace(OR_LINE, "\n").split("\n") for row in rows]
        if any("\n" in row[place] for row in rows) and all(len(cell) == 1 or _translated(cell) for cell in cells):
            columns, *body = (
                (*row[:place], *(cell if len(cell) > 1 else (*cell, "")), *row[place + 1 :])
                for row, cell in zip(rows, cells, strict=True)
            )
            yield table._replace(columns=columns, rows=tuple(body))


def _translated(cell: list[str]) -> bool:
    """Whether the second of two lines says in Chinese what the first one says."""
    return [has_han(line) for line in cell] == [False, True]


def _set_table(fonts: Fonts, table: Table, width: float) -> TableBlock:
    rows = (table.columns, *table.rows)
    faces = tuple(
        Face.BOLD if number == 0 or number - 1 in table.strong else Face.REGULAR for number in range(len(rows))
    )
    widths = column_widths(fonts, rows, faces, BODY, total=width, padding=PADDING)
    head, *body = (_row(fonts, row, face, widths) for row, face in zip(rows, faces, strict=True))
    if table.by_hand:
        body = [row._replace(height=max(row.height, _BY_HAND)) for row in body]
    heading = fonts.lines(table.heading, Face.BOLD, HEADING, width) if table.heading else ()
    return TableBlock(heading, head, tuple(body), widths)


def _row(fonts: Fonts, cells: tuple[str, ...], face: Face, widths: tuple[float, ...]) -> Row:
    broken = tuple(
        fonts.lines(text, face, BODY, width - PADDING * 0.99) for text, width in zip(cells, widths, strict=True)
    )
    return Row(broken, height_of(max(broken, key=len), BODY) + _ROW_SPACE)


class FieldCell(NamedTuple):
    """One label, beginning at ``column``, with its value below it or, where that is ``beside``, at another column."""

    column: int
    label: tuple[Line, ...]
    value: tuple[Line, ...]
    beside: int = 0

    @property
    def height(self) -> float:
        """Points of both."""
        heights = height_of(self.label, LABEL), height_of(self.value, BODY)
        return max(heights) if self.beside else sum(heights)

    @property
    def lowered(self) -> float:
        """Points by which a label beside a value stands lower, so that both are on one line."""
        return (BODY - LABEL) * ASCENT if self.beside else 0.0


FieldRow = tuple[FieldCell, ...]


class FieldsBlock(NamedTuple):
    """Fields in rows under a heading."""

    heading: tuple[Line, ...]
    rows: tuple[FieldRow, ...]
    column: float
    width: float

    @property
    def height(self) -> float:
        """Points with everything."""
        return self._head_height + sum(_row_height(row) for row in self.rows)

    @property
    def _head_height(self) -> float:
        return height_of(self.heading, HEADING) + _HEADING_SPACE

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Heading with a rule under it, then labels above values."""
        top = pen.lines(x, top, self.heading, HEADING)
        pen.rule(x, top + 1, self.width, THIN)
        top += _HEADING_SPACE
        for row in self.rows:
            for cell in row:
                left, value_left = (x + place * self.column for place in (cell.column, cell.beside or cell.column))
                below = pen.lines(left, top + cell.lowered, cell.label, LABEL, LABEL_GRAY)
                pen.lines(value_left, top if cell.beside else below, cell.value, BODY)
            top += _row_height(row)

    def split(self, room: float, *, at_top: bool) -> "tuple[FieldsBlock, FieldsBlock] | None":
        """Whole rows that fit, at least two, and the rest under the same heading."""
        used, count = self._head_height, 0
        while count < len(self.rows) and used + _row_height(self.rows[count]) <= room:
            used += _row_height(self.rows[count])
            count += 1
        if count < _FEWEST_FIELD_ROWS and not at_top:
            return None
        count = max(count, 1)
        return self._replace(rows=self.rows[:count]), self._replace(rows=self.rows[count:])


def _row_height(row: FieldRow) -> float:
    return max(cell.height for cell in row) + _ROW_SPACE


def fields_block(fonts: Fonts, fields: Fields, width: float) -> FieldsBlock:
    """``fields`` set to ``width`` points; a long value takes the room of several columns."""
    column = width / _FIELDS_ABREAST
    rows: list[list[_Span]] = [[]]
    place = 0
    for field in fields.fields:
        across = _columns_needed(fonts, field, column)
        if place + across > _FIELDS_ABREAST:
            rows.append([])
            place = 0
        rows[-1].append(_Span(field, place, across))
        place += across
    heading = fonts.lines(fields.heading, Face.BOLD, HEADING, width)
    return FieldsBlock(heading, tuple(_field_row(fonts, row, column) for row in rows if row), column, width)


class _Span(NamedTuple):
    """A field, the column at which it begins, and how many it takes."""

    field: Field
    place: int
    across: int


def _field_row(fonts: Fonts, spans: list[_Span], column: float) -> FieldRow:
    """Labels above values; of a field alone in its row beside it, if that needs less height."""
    above = tuple(_above(fonts, span, column) for span in spans)
    if len(spans) > 1:
        return above
    beside = (_beside(fonts, spans[0].field, column, label) for label in _LABELS_BESIDE)
    return min((above, *((cell,) for cell in beside if cell is not None)), key=_row_height)


def _above(fonts: Fonts, span: _Span, column: float) -> FieldCell:
    room = span.across * column - PADDING
    label = fonts.lines(span.field.label, Face.REGULAR, LABEL, room)
    return FieldCell(span.place, label, fonts.lines(span.field.value, Face.REGULAR, BODY, room))


def _beside(fonts: Fonts, field: Field, column: float, columns: int) -> FieldCell | None:
    """The label in the first ``columns``, the value in the others; nothing if a word of the label would be torn."""
    room, value_room = columns * column - PADDING, (_FIELDS_ABREAST - columns) * column - PADDING
    if fonts.longest_word(field.label, Face.REGULAR) * LABEL > room:
        return None
    label = fonts.lines(field.label, Face.REGULAR, LABEL, room)
    return FieldCell(0, label, fonts.lines(field.value, Face.REGULAR, BODY, value_room), columns)


def _columns_needed(fonts: Fonts, field: Field, column: float) -> int:
    wanted = max(fonts.width(field.value, Face.REGULAR) * BODY, fonts.width(field.label, Face.REGULAR) * LABEL)
    return min(_FIELDS_ABREAST, max(1, ceil((wanted + PADDING) / column)))


def section_block(fonts: Fonts, section: Fields | Table, width: float) -> Block:
    """A section of the basis as a block."""
    if isinstance(section, Table):
        return table_block(fonts, section, width)
    return fields_block(fonts, section, width)
