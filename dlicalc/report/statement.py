"""A plain report of headed sections, as the self-test writes one: title and page number above, origin below."""

from io import BytesIO
from typing import Final

from dlicalc.report.flow import flow
from dlicalc.report.fonts import Face, Fonts
from dlicalc.report.frame import BOTTOM_MARGIN, MARGIN, TOP_MARGIN
from dlicalc.report.packed import packed
from dlicalc.report.pdf import PAPERS, Properties, open_pdf
from dlicalc.report.pen import HAIR, Pen, height_of
from dlicalc.report.tables import LABEL_GRAY, section_block
from dlicalc.services.sheet import Statement

_TITLE: Final = 13.0
_PAGE: Final = 9.0
_FOOTER: Final = 6.6
_GAP: Final = 11.0


def write_statement(statement: Statement, fonts: Fonts, paper: str) -> bytes:
    """The PDF of ``statement`` on ``paper``, a key of :data:`~dlicalc.report.pdf.PAPERS`."""
    width, height = PAPERS[paper]
    room = width - 2 * MARGIN
    title = fonts.lines(statement.title, Face.BOLD, _TITLE, room * 0.8)
    footer = fonts.lines(statement.footer, Face.REGULAR, _FOOTER, room)
    top = TOP_MARGIN + height_of(title, _TITLE) + _GAP
    bottom = height - BOTTOM_MARGIN - height_of(footer, _FOOTER)
    pages = flow([section_block(fonts, section, room) for section in statement.sections], bottom - top - _GAP, _GAP)
    out = BytesIO()
    canvas = open_pdf(out, _properties(statement), fonts, (width, height))
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, height)
        pen.lines(MARGIN, TOP_MARGIN, title, _TITLE)
        _label(pen, fonts, statement.page_label.format(page=number, pages=len(pages)), width)
        for placed in page:
            placed.block.draw(pen, MARGIN, top + placed.top)
        pen.rule(MARGIN, bottom - 3, room, HAIR)
        pen.lines(MARGIN, bottom, footer, _FOOTER, LABEL_GRAY)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return packed(out.getvalue())


def _label(pen: Pen, fonts: Fonts, text: str, width: float) -> None:
    """The number of the page at the right margin, in as many lines as there are languages."""
    top = TOP_MARGIN
    for line in fonts.lines(text, Face.BOLD, _PAGE, width):
        top = pen.lines(width - MARGIN - line.width * _PAGE, top, (line,), _PAGE)


def _properties(statement: Statement) -> Properties:
    return Properties(
        title=statement.title,
        subject="",
        keywords=statement.footer,
        software=statement.software,
        made_at=statement.made_at,
        language=statement.language,
    )
