"""Sheets of one page: title above, origin below, and between them what is drawn in the largest type that fits."""

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final, NamedTuple

from dlicalc.report.fonts import Face, Fonts
from dlicalc.report.frame import BOTTOM_MARGIN, MARGIN, TOP_MARGIN
from dlicalc.report.packed import packed
from dlicalc.report.pdf import PAPERS, Properties, open_pdf
from dlicalc.report.pen import HAIR, Pen, height_of
from dlicalc.report.tables import LABEL_GRAY
from dlicalc.services.problem import Problem
from dlicalc.services.sheet import CannotBePrinted

_TITLE: Final = 13.0
_FOOTER: Final = 6.6
_GAP: Final = 5.0


class Single(NamedTuple):
    """What surrounds the content of one page."""

    title: str
    footer: str


class Content(NamedTuple):
    """What is drawn: its height, and how: from a left edge, a top, and a bottom that it may reach."""

    height: float
    draw: Callable[[Pen, float, float, float], None]


Setting = Callable[[float, float], Content]
"""From a size of type and a width the content."""


class Origin(NamedTuple):
    """What the file says of itself; ``language`` is a BCP 47 tag."""

    software: str
    language: str
    made_at: datetime


def write_singles(
    pages: Sequence[tuple[Single, Setting]], fonts: Fonts, paper: str, origin: Origin, sizes: Sequence[float]
) -> bytes:
    """The PDF of pages, each in the first of ``sizes`` that fits; raises ``CannotBePrinted`` if none does."""
    size = PAPERS[paper]
    first = pages[0][0]
    properties = Properties(first.title, "", first.footer, origin.software, origin.made_at, origin.language)
    out = BytesIO()
    canvas = open_pdf(out, properties, fonts, size)
    for single, setting in pages:
        pen = Pen(canvas, size[1])
        _draw(pen, single, setting, fonts, (*size, sizes))
        pen.finish()
        canvas.showPage()
    canvas.save()
    return packed(out.getvalue())


def _draw(pen: Pen, single: Single, setting: Setting, fonts: Fonts, room: tuple[float, float, Sequence[float]]) -> None:
    page_width, page_height, sizes = room
    width = page_width - 2 * MARGIN
    title = fonts.lines(single.title, Face.BOLD, _TITLE, width)
    footer = fonts.lines(single.footer, Face.REGULAR, _FOOTER, width)
    top = TOP_MARGIN + height_of(title, _TITLE) + _GAP
    bottom = page_height - BOTTOM_MARGIN - height_of(footer, _FOOTER) - _GAP
    content = _largest(setting, sizes, width, bottom - top)
    pen.lines(MARGIN, TOP_MARGIN, title, _TITLE)
    content.draw(pen, MARGIN, top, bottom)
    pen.rule(MARGIN, bottom + 2, width, HAIR)
    pen.lines(MARGIN, bottom + _GAP, footer, _FOOTER, LABEL_GRAY)


def _largest(setting: Setting, sizes: Sequence[float], width: float, room: float) -> Content:
    for size in sizes:
        content = setting(size, width)
        if content.height <= room:
            return content
    raise CannotBePrinted(Problem("(sheet)", "page_full"))
