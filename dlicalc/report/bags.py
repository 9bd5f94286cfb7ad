"""The table of the bags: number and barcode, what to give from each, and what the nurse fills in."""

from typing import Final, NamedTuple

from dlicalc.report.code128 import QUIET, bar_widths
from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import HAIR, THIN, Pen, height_of
from dlicalc.report.tables import LABEL_GRAY
from dlicalc.services.sheet import BagLine, Bags

_HEADING: Final = 10.5
_HEAD: Final = 7.5
_NUMBER: Final = 12.0
_LONG_NUMBER: Final = 8.0
"""Size of a number of the site's own that needs more than two lines."""
_AMOUNT: Final = 17.0
_NOTHING_GIVEN: Final = 9.0
_DETAIL: Final = 7.5
_BELOW: Final = 7.0
_AROUND: Final = 4.0
"""Points that a row is higher than what stands in it."""
_INSET: Final = 4.0
_MODULE: Final = 1.08
"""Points of the narrowest bar, 0.38 mm: still read from a copy of 100 dots per inch."""
_TICK: Final = 15.0
_DASH: Final = 12.0
"""Stands in every cell of a bag that is not to be given."""
_BY_HAND: Final = (32.0, 50.0, 44.0, 44.0, 46.0)
"""Columns that are filled in: done, actual mL, start, end, initials; a draft has none of them."""
_POSITION: Final = 24.0
_GIVE: Final = 84.0
_GIVE_ALONE: Final = 150.0
_PRINTED: Final = 3
"""Columns that are not filled in by hand."""


class BagRow(NamedTuple):
    """One bag, broken to lines."""

    line: BagLine
    position: tuple[Line, ...]
    number: tuple[Line, ...]
    number_size: float
    check: tuple[Line, ...]
    bars: tuple[int, ...]
    details: tuple[tuple[Line, ...], ...]
    amount: tuple[Line, ...]
    amount_size: float
    below: tuple[Line, ...]
    bar_height: float

    @property
    def height(self) -> float:
        """Points of the higher of its two columns of text."""
        bars = self.bar_height + _INSET if self.bars else 0.0
        details = sum(height_of(lines, _DETAIL) for lines in self.details)
        return max(height_of(self.number, self.number_size) + bars + details, self.amount_height) + _AROUND

    @property
    def amount_height(self) -> float:
        """Points of the amount and what stands below it."""
        return height_of(self.amount, self.amount_size) + height_of(self.below, _BELOW)


class BagsBlock(NamedTuple):
    """All bags, or those of one page, under the column heads."""

    heading: tuple[Line, ...]
    head: tuple[tuple[Line, ...], ...]
    rows: tuple[BagRow, ...]
    widths: tuple[float, ...]

    @property
    def height(self) -> float:
        """Points with the heads."""
        return self._top_height + sum(row.height for row in self.rows)

    @property
    def _head_height(self) -> float:
        return max(height_of(cell, _HEAD) for cell in self.head) + 3

    @property
    def _top_height(self) -> float:
        return height_of(self.heading, _HEADING) + 2 + self._head_height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """A ruled table; the cells to be filled in are empty."""
        top = pen.lines(x, top, self.heading, _HEADING) + 2
        start, left = top, x
        for cell, width in zip(self.head, self.widths, strict=True):
            pen.lines(left + _INSET, top + 1, cell, _HEAD, LABEL_GRAY)
            left += width
        top += self._head_height
        for row in self.rows:
            pen.rule(x, top, sum(self.widths), THIN)
            self._draw_row(pen, x, top, row)
            top += row.height
        pen.box(x, start, sum(self.widths), top - start, THIN)
        for width in self.widths[:-1]:
            x += width
            pen.upright(x, start, top - start, HAIR)

    def _draw_row(self, pen: Pen, x: float, top: float, row: BagRow) -> None:
        position, bag, give, *by_hand = self.widths
        pen.lines(x + _INSET, top + _AROUND / 2, row.position, _NUMBER)
        _draw_bag(pen, x + position + _INSET, top + _AROUND / 2, row)
        amount_top = top + (row.height - row.amount_height) / 2
        below = pen.lines(x + position + bag + _INSET, amount_top, row.amount, row.amount_size)
        pen.lines(x + position + bag + _INSET, below, row.below, _BELOW)
        left = x + position + bag + give
        if row.line.used:
            for tick in by_hand[:1]:
                pen.box(left + (tick - _TICK) / 2, top + (row.height - _TICK) / 2, _TICK, _TICK)
            return
        for width in by_hand:
            pen.rule(left + (width - _DASH) / 2, top + row.height / 2, _DASH, THIN)
            left += width

    def split(self, room: float, *, at_top: bool) -> "tuple[BagsBlock, BagsBlock] | None":
        """The bags that fit, and the rest under the same heads."""
        used, count = self._top_height, 0
        while count < len(self.rows) and used + self.rows[count].height <= room:
            used += self.rows[count].height
            count += 1
        if count == 0 and not at_top:
            return None
        count = max(count, 1)
        return self._replace(rows=self.rows[:count]), self._replace(rows=self.rows[count:])


def _draw_bag(pen: Pen, x: float, top: float, row: BagRow) -> None:
    below = pen.lines(x, top, row.number, row.number_size)
    if row.check:
        left = x + row.number[-1].width * _NUMBER + 6
        width = row.check[0].width * _NUMBER + 5
        box_top = below - height_of(row.number[-1:], _NUMBER)
        pen.box(left, box_top, width, height_of(row.check, _NUMBER))
        pen.lines(left + 2.5, box_top, row.check, _NUMBER)
    if row.bars:
        below += 2
        # White, because the word behind a draft would spoil the bars.
        pen.shade(x, below, (sum(row.bars) + 2 * QUIET) * _MODULE, row.bar_height, 1.0)
        pen.bars(x + QUIET * _MODULE, below, row.bars, _MODULE, row.bar_height)
        below += row.bar_height + _INSET - 2
    for lines in row.details:
        below = pen.lines(x, below, lines, _DETAIL)


def bags_block(fonts: Fonts, bags: Bags, width: float, bar_height: float) -> BagsBlock:
    """The table of ``bags`` set to ``width`` points, its barcodes ``bar_height`` points high."""
    by_hand = _BY_HAND[: len(bags.columns) - _PRINTED]
    give = _GIVE if by_hand else _GIVE_ALONE
    widths = (_POSITION, width - _POSITION - give - sum(by_hand), give, *by_hand)
    pairs = zip(bags.columns, widths, strict=True)
    head = tuple(fonts.lines(text, Face.REGULAR, _HEAD, column - 2 * _INSET) for text, column in pairs)
    rows = tuple(_row(fonts, line, widths, bar_height) for line in bags.lines)
    return BagsBlock(fonts.lines(bags.heading, Face.BOLD, _HEADING, width), head, rows, widths)


def _row(fonts: Fonts, line: BagLine, widths: tuple[float, ...], bar_height: float) -> BagRow:
    room, give = widths[1] - 2 * _INSET, widths[2] - 2 * _INSET
    size = min(_AMOUNT, give / fonts.width(line.amount, Face.BOLD)) if line.used else _NOTHING_GIVEN
    expiry, product = line.details
    # A site's own number may hold O and 0; in the type of one width a zero has a dot.
    face = Face.BOLD if line.check else Face.MONO
    number = fonts.lines(line.number, face, _NUMBER, room - 2 * _NUMBER)
    fits = len(number) <= 2
    return BagRow(
        line,
        position=fonts.lines(line.position, Face.BOLD, _NUMBER, _POSITION),
        number=number if fits else fonts.lines(line.number, face, _LONG_NUMBER, room),
        number_size=_NUMBER if fits else _LONG_NUMBER,
        check=fonts.lines(line.check, face, _NUMBER, 2 * _NUMBER) if line.check else (),
        bars=bar_widths(line.barcode) if line.barcode else (),
        details=tuple(fonts.lines(text, Face.BOLD, _DETAIL, room) for text in (expiry, *line.warnings)),
        amount=fonts.lines(line.amount, Face.BOLD, size, give + 0.1),
        amount_size=size,
        below=fonts.lines(product, Face.REGULAR, _BELOW, give),
        bar_height=bar_height,
    )
