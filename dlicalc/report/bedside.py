"""The blocks of page 1: what is given from which bag, what must not be done, who signs."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from dlicalc.report.blocks import Whole
from dlicalc.report.columns import share
from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import HAIR, THICK, THIN, Pen, height_of
from dlicalc.report.tables import LABEL, LABEL_GRAY
from dlicalc.services.sheet import OR_LINE, Notice, Signatures, Table, Volume

TEXT: Final = 9.0
INSET: Final = 8.0
_HEADING: Final = 10.5
_SMALLEST_AMOUNT: Final = 24.0
_MODEST: Final = 40.0
"""Largest type of the volume where page 1 is short of room."""
_VOLUME_SHARE: Final = 0.44
"""Share of the width that the volume has; the doses have the rest."""
_SHORT_SHARE: Final = 0.4
"""The same where page 1 is short of room."""
_AIR_ABOVE: Final = 0.1
_AIR_BELOW: Final = 0.12
"""Of the empty part of a line above and below its figures, in sizes, so much is taken from the largest type."""
_SIGNATURE_SHARES: Final = (0.39, 0.22, 0.2, 0.19)
_DOSE_PADDING: Final = 5.0


class NoticeBlock(NamedTuple):
    """A framed list; ``loud`` ones have a black bar for their heading."""

    heading: tuple[Line, ...]
    items: tuple[tuple[Line, ...], ...]
    width: float
    loud: bool

    @property
    def height(self) -> float:
        """Points of the frame."""
        return self._bar + sum(self._item_height(item) for item in self.items) + INSET / 2

    @property
    def _bar(self) -> float:
        return height_of(self.heading, _HEADING) + INSET / 2

    @staticmethod
    def _item_height(item: tuple[Line, ...]) -> float:
        return height_of(item, TEXT) + 3

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Frame, heading, items."""
        if self.loud:
            pen.shade(x, top, self.width, self._bar, 0.0)
        pen.box(x, top, self.width, self.height, THICK if self.loud else THIN)
        pen.lines(x + INSET, top + INSET / 4, self.heading, _HEADING, 1.0 if self.loud else 0.0)
        below = top + self._bar + INSET / 4
        for item in self.items:
            pen.shade(x + INSET, below + TEXT * 0.42, 3.4, 3.4, 0.0)
            pen.lines(x + INSET * 2, below, item, TEXT)
            below += self._item_height(item)

    def split(self, room: float, *, at_top: bool) -> "tuple[NoticeBlock, NoticeBlock] | None":
        """The items that fit, and the rest in a frame of its own."""
        used, count = self._bar + INSET / 2, 0
        while count < len(self.items) and used + self._item_height(self.items[count]) <= room:
            used += self._item_height(self.items[count])
            count += 1
        if count == 0 and not at_top:
            return None
        count = max(count, 1)
        return self._replace(items=self.items[:count]), self._replace(items=self.items[count:])


def notice_block(fonts: Fonts, notice: Notice, width: float, *, loud: bool) -> NoticeBlock:
    """``notice`` in a frame of ``width`` points."""
    heading = fonts.lines(notice.heading, Face.BOLD, _HEADING, width - 2 * INSET)
    items = tuple(fonts.lines(item, Face.REGULAR, TEXT, width - 3 * INSET) for item in notice.items)
    return NoticeBlock(heading, items, width, loud)


class Paragraph(NamedTuple):
    """Lines in one size, and the space below them."""

    lines: tuple[Line, ...]
    size: float
    below: float = 0.0
    gray: float = 0.0


def _stack_height(paragraphs: Sequence[Paragraph]) -> float:
    return sum(height_of(part.lines, part.size) + part.below for part in paragraphs)


def _draw_stack(pen: Pen, x: float, top: float, paragraphs: Sequence[Paragraph]) -> None:
    for part in paragraphs:
        top = pen.lines(x, top, part.lines, part.size, part.gray) + part.below


class VolumeBlock(Whole):
    """The volume in the largest type, and beside it both doses against their targets."""

    def __init__(
        self, fonts: Fonts, volume: Volume, doses: Table, width: float, largest: float, *, short: bool
    ) -> None:
        self._width = width
        self._left = width * (_SHORT_SHARE if short else _VOLUME_SHARE)
        self._doses = _DoseTable(fonts, doses, width - self._left - 2 * INSET)
        self._volume = _amount(fonts, volume, self._left - 2 * INSET, largest, short=short)
        self._amount = self._volume
        notes = volume.short if short else volume.notes
        self._beside = _notes(fonts, notes, width - self._left - 2 * INSET)
        self._even(fonts, notes)

    def _even(self, fonts: Fonts, notes: Sequence[str]) -> None:
        """Move the last notes below the volume as long as that makes the frame lower."""
        for kept in range(len(notes) - 1, 0, -1):
            before, settings = self.height, (self._amount, self._beside)
            below = _notes(fonts, notes[kept:], self._left - 2 * INSET)
            self._amount, self._beside = [*self._volume, *below], settings[1][:kept]
            if self.height >= before:
                self._amount, self._beside = settings
                return

    @property
    def height(self) -> float:
        """Points of the frame."""
        beside = self._doses.height + INSET / 2 + _stack_height(self._beside)
        return max(_stack_height(self._amount), beside) + INSET * 1.2

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Frame, volume at the left, doses at the right."""
        pen.box(x, top, self._width, self.height, THICK)
        pen.upright(x + self._left, top, self.height, THIN)
        _draw_stack(pen, x + INSET, top + INSET * 0.6, self._amount)
        right = x + self._left + INSET
        self._doses.draw(pen, right, top + INSET * 0.6)
        _draw_stack(pen, right, top + INSET * 1.1 + self._doses.height, self._beside)


def _amount(fonts: Fonts, volume: Volume, width: float, largest: float, *, short: bool) -> list[Paragraph]:
    size = max(_SMALLEST_AMOUNT, min(largest, width / fonts.width(volume.amount, Face.BOLD)))
    label, value = volume.start
    size_below = 11.0 if largest > _MODEST else 9.5
    return [
        Paragraph(fonts.lines(volume.label, Face.BOLD, 11, width), 11, -size * _AIR_ABOVE),
        Paragraph(fonts.lines(volume.amount, Face.BOLD, size, width + 1), size, -size * _AIR_BELOW),
        Paragraph(
            fonts.lines(volume.briefly if short else volume.explained, Face.BOLD, size_below, width), size_below, 4
        ),
        Paragraph(fonts.lines(label, Face.REGULAR, LABEL, width), LABEL, gray=LABEL_GRAY),
        Paragraph(fonts.lines(value, Face.REGULAR, TEXT, width), TEXT, 2),
    ]


def _notes(fonts: Fonts, notes: Sequence[str], width: float) -> list[Paragraph]:
    return [Paragraph(fonts.lines(note, Face.REGULAR, TEXT, width), TEXT, 2) for note in notes]


class _DoseTable:
    """Target, given, per cent: larger than the tables of the basis, figures bold."""

    _SIZES: Final = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
    _HEAD: Final = 7.5

    def __init__(self, fonts: Fonts, table: Table, width: float) -> None:
        sizes = (size for size in self._SIZES if sum(self._asked(fonts.width, table, size)) <= width)
        self._size = next(sizes, self._SIZES[-1])
        natural = self._asked(fonts.width, table, self._size)
        self._widths = share(natural, self._asked(fonts.longest_word, table, self._size), width)
        self._head = self._set(fonts, table.columns, self._HEAD, Face.REGULAR)
        self._rows = [self._set(fonts, row, self._size, Face.BOLD) for row in table.rows]
        self._head_height = max(height_of(cell, self._HEAD) for cell in self._head) + 2

    def _asked(self, measure: Callable[[str, Face], float], table: Table, size: float) -> list[float]:
        heads = [measure(text, Face.REGULAR) * self._HEAD for text in table.columns]
        bodies = [max(measure(text, Face.BOLD) for text in cells) * size for cells in zip(*table.rows, strict=True)]
        return [max(head, body) + _DOSE_PADDING for head, body in zip(heads, bodies, strict=True)]

    def _set(self, fonts: Fonts, cells: Sequence[str], size: float, face: Face) -> list[tuple[Line, ...]]:
        pairs = zip(cells, self._widths, strict=True)
        return [fonts.lines(text, face, size, width - _DOSE_PADDING + 0.1) for text, width in pairs]

    def _row_height(self, row: Sequence[tuple[Line, ...]]) -> float:
        return max(height_of(cell, self._size) for cell in row) + 4

    @property
    def height(self) -> float:
        return self._head_height + sum(self._row_height(row) for row in self._rows)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        self._draw_row(pen, x, top, self._head, self._HEAD)
        top += self._head_height
        for row in self._rows:
            pen.rule(x, top, sum(self._widths))
            self._draw_row(pen, x, top + 2, row, self._size)
            top += self._row_height(row)
        pen.rule(x, top, sum(self._widths))

    def _draw_row(self, pen: Pen, x: float, top: float, row: Sequence[tuple[Line, ...]], size: float) -> None:
        for cell, width in zip(row, self._widths, strict=True):
            pen.lines(x, top, cell, size)
            x += width


class DoNotBlock(Whole):
    """What must not be done, each in a box of its own with a cross before it."""

    _SIZES: Final = (10.0, 9.5, 9.0, 8.5)
    _CROSS: Final = 8.0

    def __init__(self, fonts: Fonts, statements: Sequence[str], width: float, largest: float) -> None:
        around = self._CROSS + 2.2 * INSET
        free = width - (len(statements) - 1) * INSET / 2 - len(statements) * around
        natural = [fonts.width(text.replace("\u2028", "\n"), Face.BOLD) for text in statements]
        fitting = (size for size in self._SIZES if size <= largest and sum(natural) * size <= free)
        self._size = next(fitting, self._SIZES[-1])
        rooms = share([wide * self._size for wide in natural], [0.0] * len(natural), free)
        self._boxes = [room + around for room in rooms]
        pairs = zip(statements, rooms, strict=True)
        self._statements = [fonts.lines(text, Face.BOLD, self._size, room + 0.1) for text, room in pairs]

    @property
    def height(self) -> float:
        """Points of the boxes."""
        return max(height_of(lines, self._size) for lines in self._statements) + INSET * 0.75

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """All boxes in a row, of one height."""
        for lines, box in zip(self._statements, self._boxes, strict=True):
            pen.box(x, top, box, self.height, THICK * 0.75)
            pen.cross(x + INSET * 0.8, top + (self.height - self._CROSS) / 2, self._CROSS)
            text_top = top + (self.height - height_of(lines, self._size)) / 2
            pen.lines(x + self._CROSS + 1.6 * INSET, text_top, lines, self._size)
            x += box + INSET / 2


class SignatureBlock(Whole):
    """Who signs; every row at least ``row_height`` points high."""

    _HEAD: Final = 7.5
    _NOTE: Final = 8.5
    _ROLE: Final = 8.0

    def __init__(self, fonts: Fonts, signatures: Signatures, width: float, row_height: float) -> None:
        self._widths = [width * share for share in _SIGNATURE_SHARES]
        self._row_height = row_height
        self._heading = fonts.lines(signatures.heading, Face.BOLD, _HEADING, width)
        pairs = zip(signatures.columns, self._widths, strict=False)  # a draft has no columns
        self._head = [fonts.lines(text, Face.REGULAR, self._HEAD, column - INSET) for text, column in pairs]
        room = self._widths[0] - INSET
        self._roles = [fonts.lines(role, Face.REGULAR, self._ROLE, room) for role in signatures.roles]
        self._beside = max(line.width for line in self._heading) * _HEADING + INSET
        first, *others = signatures.notes
        self._first = fonts.lines(first.replace("\n", OR_LINE), Face.BOLD, self._NOTE, width - self._beside)
        self._notes = [fonts.lines(note, Face.REGULAR, self._HEAD, width) for note in others]

    @property
    def height(self) -> float:
        """Points with the heading."""
        head = self._heading_height + sum(height_of(note, self._HEAD) for note in self._notes)
        if not self._roles:
            return head
        return head + self._head_height + sum(self._height_of(role) for role in self._roles)

    @property
    def _heading_height(self) -> float:
        return max(height_of(self._heading, _HEADING), height_of(self._first, self._NOTE) + 2) + 2

    @property
    def _head_height(self) -> float:
        return max(height_of(cell, self._HEAD) for cell in self._head) + 2

    def _height_of(self, role: tuple[Line, ...]) -> float:
        return max(self._row_height, height_of(role, self._ROLE) + 3)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """A ruled table with empty cells to write in."""
        pen.lines(x, top, self._heading, _HEADING)
        pen.lines(x + self._beside, top + 2, self._first, self._NOTE)
        top += self._heading_height
        for note in self._notes:
            top = pen.lines(x, top, note, self._HEAD)
        if not self._roles:
            return
        start = top
        left = x
        for cell, width in zip(self._head, self._widths, strict=True):
            pen.lines(left + INSET / 2, top + 1, cell, self._HEAD, LABEL_GRAY)
            left += width
        top += self._head_height
        for role in self._roles:
            pen.rule(x, top, sum(self._widths), HAIR)
            height = self._height_of(role)
            pen.lines(x + INSET / 2, top + (height - height_of(role, self._ROLE)) / 2, role, self._ROLE)
            top += height
        pen.box(x, start, sum(self._widths), top - start, THIN)
        for width in self._widths[:-1]:
            x += width
            pen.upright(x, start, top - start, HAIR)


class NoteBlock(Whole):
    """One bold sentence."""

    def __init__(self, fonts: Fonts, text: str, width: float) -> None:
        self._lines = fonts.lines(text.replace("\n", OR_LINE), Face.BOLD, TEXT, width)

    @property
    def height(self) -> float:
        """Points of its lines."""
        return height_of(self._lines, TEXT)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it."""
        pen.lines(x, top, self._lines, TEXT)


class RemarksBlock(Whole):
    """An empty box to write in, ``height`` points high."""

    _SIZE: Final = 7.5

    def __init__(self, fonts: Fonts, label: str, width: float, height: float) -> None:
        self._label = fonts.lines(label, Face.REGULAR, self._SIZE, width - INSET)
        self._width = width
        self.height = height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The box and what belongs into it."""
        pen.box(x, top, self._width, self.height, THIN)
        pen.lines(x + INSET / 2, top + 2, self._label, self._SIZE, LABEL_GRAY)
