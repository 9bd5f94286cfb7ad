"""What stands on every page: title, status, page number and recipient above, where the page comes from below."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from dlicalc.report.codes import CORNER, draw_corner
from dlicalc.report.columns import share
from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import HAIR, THICK, THIN, Pen, height_of
from dlicalc.report.tables import LABEL, LABEL_GRAY
from dlicalc.services.sheet import OR_LINE, Field, Sheet

MARGIN: Final = 36.0
TOP_MARGIN: Final = 28.0
BOTTOM_MARGIN: Final = 26.0
_TITLES: Final = (11.0, 10.5, 10.0, 9.5, 9.0)
"""Sizes of the title: as large as one line a language allows."""
_STATUS: Final = 12.5
_NOTE: Final = 7.5
_PAGE: Final = 9.0
_SIZES: Final = (16.0, 13.0, 11.0, 9.0, 8.0, 7.5, 6.5)
"""Of the name, which comes first, the other identifiers and the details: as large as few lines allow."""
_IDENTIFIERS_FROM: Final = 1
_DETAILS_FROM: Final = 3
_MOST_LINES: Final = 2
_FOOTER: Final = 6.6
_INSET: Final = 7.0
_BETWEEN: Final = 10.0
_TITLE_SHARE: Final = 0.46
_PAGE_SHARE: Final = 0.16
_NAME_SHARE: Final = 0.44
_WATERMARK_ANGLE: Final = (0.6, 0.8)
_WATERMARK_SHARES: Final = (0.66, 0.5)
"""Of the page's diagonal, for one word behind the page and for each of two."""
_WATERMARK_SIZES: Final = (140.0, 100.0)
_BESIDE: Final = 24.0
"""Of a mark on an order that may be acted on: it runs up both margins, where it hides no number."""
_UPWARD: Final = (0.0, 1.0)
_APART: Final = 0.15
"""From the middle of the page to each of two words, as a share of its height."""
_BELOW_BANNER: Final = 5.0
_ABOVE_FOOTER: Final = 5.5
_OUT: Final = 5.0
_BAND: Final = 9.5
_BAND_TOP: Final = 11.0


class Cell(NamedTuple):
    """A label above a value."""

    left: float
    label: tuple[Line, ...]
    value: tuple[Line, ...]
    size: float

    @property
    def height(self) -> float:
        """Points of both."""
        return height_of(self.label, LABEL) + height_of(self.value, self.size)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw both."""
        below = pen.lines(x + self.left, top, self.label, LABEL, LABEL_GRAY)
        pen.lines(x + self.left, below, self.value, self.size)


class Frame:
    """The recurring parts of the pages of one sheet."""

    def __init__(self, fonts: Fonts, sheet: Sheet, width: float, height: float) -> None:
        self._fonts = fonts
        self._sheet = sheet
        self._page_width, self._page_height = width, height
        self.width = width - 2 * MARGIN
        self._beside_code = self.width - CORNER
        middle = self._beside_code * (1 - _TITLE_SHARE - _PAGE_SHARE)
        room = self._beside_code * _TITLE_SHARE - 12
        widest = fonts.width(sheet.title, Face.BOLD)
        self._title_size = next((size for size in _TITLES if widest * size <= room), _TITLES[0])
        self._title = fonts.lines(sheet.title, Face.BOLD, self._title_size, room)
        self._status = fonts.lines(sheet.status, Face.BOLD, _STATUS, middle - 12)
        self._note = fonts.lines(sheet.status_note, Face.REGULAR, _NOTE, middle - 12)
        self._identity = self._identity_cells(sheet.recipient.identifiers)
        self._identity_later = self._identity_cells((*sheet.recipient.identifiers, sheet.number))
        whole = _Place(0.0, self._beside_code - 2 * _INSET)
        self._details = _abreast(
            fonts, (*sheet.recipient.details, sheet.number), _SIZES[_DETAILS_FROM:], whole, Face.BOLD
        )
        footer = " · ".join(text.replace("\n", " ") for text in sheet.footer)
        self._footer = fonts.lines(footer, Face.REGULAR, _FOOTER, self.width)

    def _identity_cells(self, identifiers: Sequence[Field]) -> list[Cell]:
        recipient, room = self._sheet.recipient, self._beside_code * _NAME_SHARE - _INSET
        label = self._fonts.lines(recipient.label, Face.REGULAR, LABEL, room)
        cells = (Cell(0.0, label, self._fonts.lines(recipient.name, Face.BOLD, size, room), size) for size in _SIZES)
        left = self._beside_code * _NAME_SHARE
        rest = _Place(left, self._beside_code - 2 * _INSET - left)
        abreast = _abreast(self._fonts, identifiers, _SIZES[_IDENTIFIERS_FROM:], rest, Face.BOLD)
        return [*_largest([cell] for cell in cells), *abreast]

    def top(self, *, first: bool) -> float:
        """Where the content of page 1, or of a later page, begins."""
        return TOP_MARGIN + self._head_height + self._banner_height(first=first) + _BELOW_BANNER

    def room(self, *, first: bool) -> float:
        """Points between banner and footer."""
        below = BOTTOM_MARGIN + height_of(self._footer, _FOOTER) + _ABOVE_FOOTER
        return self._page_height - self.top(first=first) - below

    @property
    def _head_height(self) -> float:
        status = height_of(self._status, _STATUS) + height_of(self._note, _NOTE) + 4
        return max(height_of(self._title, self._title_size), status) + 3

    def _banner_height(self, *, first: bool) -> float:
        if not first:
            return _highest(self._identity_later) + _INSET
        return _highest(self._identity) + _highest(self._details) + _INSET * 1.6

    def draw(self, pen: Pen) -> None:
        """What surrounds the content of all pages in the same way."""
        self._draw_marks(pen)
        self._draw_head(pen)
        # Its quiet zone may reach into the margin, where nothing is.
        draw_corner(pen, self._page_width - MARGIN - CORNER + _OUT, TOP_MARGIN - _OUT, self._sheet.codes.short.text)
        top = self._page_height - BOTTOM_MARGIN - height_of(self._footer, _FOOTER)
        pen.rule(MARGIN, top - 3, self.width, HAIR)
        pen.lines(MARGIN, top, self._footer, _FOOTER, LABEL_GRAY)

    def draw_banner(self, pen: Pen, *, first: bool) -> None:
        """Who is to receive the cells: on page 1 with weight and the rest, later by who it is and the order."""
        top = TOP_MARGIN + self._head_height
        pen.box(MARGIN, top, self._beside_code, self._banner_height(first=first), THIN)
        for cell in self._identity if first else self._identity_later:
            cell.draw(pen, MARGIN + _INSET, top + _INSET * 0.5)
        if first:
            below = top + _highest(self._identity) + _INSET * 0.8
            pen.rule(MARGIN, below, self._beside_code, HAIR)
            for cell in self._details:
                cell.draw(pen, MARGIN + _INSET, below + _INSET * 0.3)

    def draw_number(self, pen: Pen, number: int, count: int) -> None:
        """That this is page ``number`` of ``count``."""
        page = self._sheet.page_label.format(page=number, pages=count)
        lines = self._fonts.lines(page, Face.BOLD, _PAGE, self._beside_code * _PAGE_SHARE)
        for place, line in enumerate(lines):
            right = MARGIN + self._beside_code - 6 - line.width * _PAGE
            pen.lines(right, TOP_MARGIN + 1 + place * height_of(lines[:1], _PAGE), (line,), _PAGE)

    def _draw_head(self, pen: Pen) -> None:
        pen.lines(MARGIN, TOP_MARGIN, self._title, self._title_size)
        width = max(line.width for line in self._status) * _STATUS + 12
        left = MARGIN + self._beside_code * _TITLE_SHARE
        height = height_of(self._status, _STATUS)
        loud = bool(self._sheet.watermark)
        if loud:
            pen.shade(left, TOP_MARGIN, width, height + 1, 0.0)
        pen.box(left, TOP_MARGIN, width, height + 1, THICK * 0.75)
        pen.lines(left + 6, TOP_MARGIN + 0.5, self._status, _STATUS, 1.0 if loud else 0.0)
        pen.lines(left, TOP_MARGIN + height + 2, self._note, _NOTE)

    def _draw_band(self, pen: Pen, text: str) -> None:
        """A line in a heavy box above the head, for printers and copiers that lose what is grey."""
        (line,) = self._fonts.lines(" ".join(text.splitlines()), Face.BOLD, _BAND, float("inf"))
        size = min(_BAND, self.width / line.width)
        pen.box(MARGIN, _BAND_TOP, self.width, height_of((line,), _BAND) + 1, THICK * 0.75)
        pen.lines(MARGIN + (self.width - line.width * size) / 2, _BAND_TOP + 0.5, (line,), size)

    def _draw_marks(self, pen: Pen) -> None:
        """DRAFT, TRAINING, or both, behind everything."""
        training = self._sheet.training
        own = "" if self._sheet.discreet else self._sheet.watermark
        marks = [mark for mark in (own, training.watermark if training else "") if mark]
        for place, mark in enumerate(marks):
            self._draw_watermark(pen, mark, len(marks) - 1, (2 * place - len(marks) + 1) * _APART)
        if self._sheet.discreet:
            self._draw_beside(pen, self._sheet.watermark)
        if training is not None:
            self._draw_band(pen, training.band)

    def _draw_beside(self, pen: Pen, mark: str) -> None:
        """The mark three times up each margin, black."""
        (line,) = self._fonts.lines(mark.replace("\n", " ").replace(OR_LINE, " "), Face.BOLD, 1.0, float("inf"))
        for x in (MARGIN * 0.78, self._page_width - MARGIN * 0.32):
            for place in (0.25, 0.5, 0.75):
                pen.slanted(line, (x, self._page_height * place), _BESIDE, _UPWARD, black=True)

    def _draw_watermark(self, pen: Pen, mark: str, others: int, lower: float) -> None:
        (line,) = self._fonts.lines(mark, Face.BOLD, 1.0, float("inf"))
        diagonal = (self._page_width**2 + self._page_height**2) ** 0.5
        size = min(_WATERMARK_SIZES[others], diagonal * _WATERMARK_SHARES[others] / line.width)
        pen.slanted(line, (self._page_width / 2, self._page_height * (0.5 + lower)), size, _WATERMARK_ANGLE)


def _highest(cells: Sequence[Cell]) -> float:
    return max(cell.height for cell in cells)


def _largest(settings: Iterable[list[Cell]]) -> list[Cell]:
    """The first of these settings that needs few lines, or the last."""
    cells: list[Cell] = []
    for cells in settings:
        if all(len(cell.value) <= _MOST_LINES for cell in cells):
            break
    return cells


class _Place(NamedTuple):
    """Where fields may stand."""

    left: float
    width: float


def _abreast(fonts: Fonts, fields: Sequence[Field], sizes: Sequence[float], place: _Place, face: Face) -> list[Cell]:
    """Fields side by side, each as wide as its text asks, in the largest size of few lines and no torn word."""
    settings = [_abreast_in(fonts, fields, size, place, face) for size in sizes]
    unbroken = (cells for cells, _ in settings if all(len(cell.label) == len(cell.value) == 1 for cell in cells))
    whole = [cells for cells, torn in settings if not torn]
    return next(unbroken, None) or _largest(whole or [cells for cells, _ in settings])


def _abreast_in(
    fonts: Fonts, fields: Sequence[Field], size: float, place: _Place, face: Face
) -> tuple[list[Cell], bool]:
    """The fields in one size, and whether a word had to be torn."""
    values, labels = [field.value for field in fields], [field.label for field in fields]
    natural = _both_widths(fonts.width, values, labels, size, face)
    least = _both_widths(fonts.longest_word, values, labels, size, face)
    cells, left = [], place.left
    for value, label, column in zip(values, labels, share(natural, least, place.width), strict=True):
        room = column - _BETWEEN * 0.99
        value_lines = fonts.lines(value, face, size, room)
        cells.append(Cell(left, fonts.lines(label, Face.REGULAR, LABEL, room), value_lines, size))
        left += column
    return cells, sum(least) > place.width


def _both_widths(
    measure: Callable[[str, Face], float], values: Sequence[str], labels: Sequence[str], size: float, face: Face
) -> list[float]:
    pairs = zip(values, labels, strict=True)
    return [max(measure(value, face) * size, measure(label, Face.REGULAR) * LABEL) + _BETWEEN for value, label in pairs]
