"""Draws the recovery key: in large letters, as a code, and how it is used."""

from typing import Final

from dlicalc.report.fonts import Face, Fonts, Line
from dlicalc.report.pen import LEADING, THIN, Pen, height_of
from dlicalc.report.qr import QUIET, matrix
from dlicalc.report.single import Content, Origin, Single, write_singles
from dlicalc.services.recovery_sheet import RecoverySheet

_SIZES: Final = (11.0, 10.0, 9.0, 8.0, 7.0)
_LARGE: Final = 1.9
_HEADING: Final = 1.2
_COLUMNS: Final = 4
_SIDE: Final = 110.0
"""Points of a side of the code."""
_APART: Final = 14.0
_NUMBER: Final = 20.0
"""Width of what stands before a line of a list."""


def write_recovery_key(sheet: RecoverySheet, fonts: Fonts, paper: str, origin: Origin) -> bytes:
    """The PDF of the key."""
    single = Single(sheet.title, sheet.footer)
    return write_singles(
        [(single, lambda size, width: _content(sheet, fonts, size, width))], fonts, paper, origin, _SIZES
    )


def _content(sheet: RecoverySheet, fonts: Fonts, size: float, width: float) -> Content:
    lead = fonts.lines(sheet.lead, Face.BOLD, size, width)
    heading = fonts.lines(sheet.heading, Face.REGULAR, size, width)
    after = fonts.lines(sheet.after, Face.BOLD, size, width)
    lists = [
        (
            fonts.lines(title, Face.BOLD, size * _HEADING, width),
            [fonts.lines(line, Face.REGULAR, size, width - _NUMBER) for line in lines],
        )
        for title, lines in sheet.listings
    ]
    rows = -(-len(sheet.groups) // _COLUMNS)
    key_height = max(rows * size * _LARGE * LEADING * 1.3, _SIDE)
    height = height_of(lead, size) + height_of(heading, size) + key_height + height_of(after, size) + 4 * _APART
    for title, lines in lists:
        height += height_of(title, size * _HEADING) + sum(height_of(line, size) for line in lines) + _APART

    def draw(pen: Pen, left: float, top: float, _bottom: float) -> None:
        top = pen.lines(left, top, lead, size) + _APART
        top = pen.lines(left, top, heading, size) + _APART / 2
        _key(pen, fonts, sheet, (left, top, width, size * _LARGE))
        top += key_height + _APART
        for title, lines in lists:
            top = pen.lines(left, top, title, size * _HEADING)
            top = _listed(pen, fonts, lines, (left, top, size)) + _APART
        pen.lines(left, top, after, size)

    return Content(height, draw)


def _key(pen: Pen, fonts: Fonts, sheet: RecoverySheet, place: tuple[float, float, float, float]) -> None:
    left, top, width, size = place
    code = matrix(sheet.code)
    module = _SIDE / (code.side + 2 * QUIET)
    pen.modules(left + width - _SIDE + QUIET * module, top + QUIET * module, code.side, code.dark, module)
    column = (width - _SIDE - _APART) / _COLUMNS
    for number, group in enumerate(sheet.groups):
        row, across = divmod(number, _COLUMNS)
        x, y = left + across * column, top + row * size * LEADING * 1.3
        pen.lines(x, y, fonts.lines(f"{number + 1}", Face.REGULAR, size / 2.6, _NUMBER), size / 2.6)
        pen.lines(x + 16, y, fonts.lines(group, Face.BOLD, size, column), size)
        pen.rule(x, y + size * LEADING * 1.12, column - 8, THIN, 0.6)


def _listed(pen: Pen, fonts: Fonts, lines: list[tuple[Line, ...]], place: tuple[float, float, float]) -> float:
    left, top, size = place
    for number, line in enumerate(lines, start=1):
        pen.lines(left, top, fonts.lines(f"{number}", Face.BOLD, size, _NUMBER), size)
        top = pen.lines(left + _NUMBER, top, line, size)
    return top
