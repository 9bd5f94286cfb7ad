"""``write_order``: a sheet becomes the bytes of a PDF, the same bytes for the same sheet."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Final, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from dlicalc.report.bags import BagsBlock, bags_block
from dlicalc.report.bedside import (
    DoNotBlock,
    NoteBlock,
    RemarksBlock,
    SignatureBlock,
    VolumeBlock,
    notice_block,
)
from dlicalc.report.blocks import Beside
from dlicalc.report.codes import CodesBlock, code_block
from dlicalc.report.flow import Block, Page, filled, flow
from dlicalc.report.fonts import Fonts
from dlicalc.report.frame import MARGIN, Frame
from dlicalc.report.giving import AdministrationBlock
from dlicalc.report.packed import packed
from dlicalc.report.pdf import PAPERS, Properties, open_pdf
from dlicalc.report.pen import Pen
from dlicalc.report.tables import section_block
from dlicalc.services.sheet import Fields, Notice, Sheet


class _Air(NamedTuple):
    """How far apart the blocks of page 1 are, how large what, how many checks are told, and whether all is told.

    Without ``all_notes`` the volume is explained in fewer words, without ``all_giving`` the block of the administration
    has only what is needed while the cells run; both stand in full in the basis.
    """

    gap: float
    signature_row: float
    bar_height: float
    volume: float
    giving: float
    rates: float
    checks: int | None = None
    all_notes: bool = True
    all_giving: bool = True


_AIRY: Final = _Air(9.0, 24.0, bar_height=26.0, volume=54.0, giving=8.5, rates=11.0)
_TIGHT: Final = _Air(6.0, 20.0, bar_height=22.0, volume=54.0, giving=8.0, rates=11.0)
_TERSE: Final = _Air(5.0, 19.0, bar_height=20.0, volume=44.0, giving=7.5, rates=10.0, checks=2, all_notes=False)
_TERSER: Final = _TERSE._replace(signature_row=18.0, bar_height=18.0, volume=40.0, checks=0)
_TERSEST: Final = _TERSER._replace(
    gap=3.0, signature_row=16.5, bar_height=12.0, volume=36.0, giving=7.0, rates=9.0, all_giving=False
)
_LEVELS: Final = (_AIRY, _TIGHT, _TERSE, _TERSER, _TERSEST)
_HIGHEST_SIGNATURE: Final = 30.0
_LOWEST_REMARKS: Final = 30.0
_BESIDE: Final = 14.0
_BASIS_GAP: Final = 6.5
_FRAME: Final = "frame"
_BANNER: Final = "banner"
_LEAST_FILLED: Final = 0.5
"""Share of the last page below which a section is brought over to it."""


def write_order(sheet: Sheet, fonts: Fonts, paper: str) -> bytes:
    """The PDF of ``sheet`` on ``paper``, a key of :data:`PAPERS`.

    Raises :class:`~dlicalc.services.sheet.CannotBePrinted` if a character is in none of the fonts.
    """
    width, height = PAPERS[paper]
    frame = Frame(fonts, sheet, width, height)
    pages = _pages(fonts, sheet, frame)
    out = BytesIO()
    canvas = open_pdf(out, _properties(sheet), fonts, (width, height))
    # What pages have in common is one object of the file; for twelve bags that is a sixth of its bytes.
    _draw_form(canvas, _FRAME, height, frame.draw)
    if len(pages) > 1:
        _draw_form(canvas, _BANNER, height, partial(frame.draw_banner, first=False))
    for number, page in enumerate(pages, start=1):
        first = number == 1
        pen = Pen(canvas, height)
        canvas.doForm(_FRAME)
        if first:
            frame.draw_banner(pen, first=True)
        else:
            canvas.doForm(_BANNER)
        frame.draw_number(pen, number, len(pages))
        for placed in page:
            placed.block.draw(pen, MARGIN, frame.top(first=first) + placed.top)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return packed(out.getvalue())


def _draw_form(canvas: Canvas, name: str, height: float, draw: Callable[[Pen], None]) -> None:
    canvas.beginForm(name)
    pen = Pen(canvas, height)
    draw(pen)
    pen.finish()
    canvas.endForm()


def _pages(fonts: Fonts, sheet: Sheet, frame: Frame) -> list[Page]:
    """Page 1 closed in itself, at need with less air and fewer words, the last bags on page 2; else one flow."""
    room, later, width = frame.room(first=True), frame.room(first=False), frame.width
    sections = _sections(fonts, sheet, width)
    full = [*_giving_elsewhere(fonts, sheet, width), *sections]
    for air in _LEVELS:
        bedside = _bedside(fonts, sheet, width, air)
        spare = room - _total(bedside, air.gap)
        if spare >= 0:
            signing = _signing(fonts, sheet, width, spare, air)
            rest = sections if air.all_giving else full
            return flow([*bedside[:-1], *signing], room, air.gap) + _even([], rest, later)
    for air in (_TERSER, _TERSEST):
        parted = _bags_parted(fonts, sheet, frame, air)
        if parted is not None:
            first, others = parted
            rest = sections if air.all_giving else full
            return flow(first, room, air.gap) + _even([others], rest, later)
    return _even(_bedside(fonts, sheet, width, _TERSEST), full, room)


def _sections(fonts: Fonts, sheet: Sheet, width: float) -> list[Block]:
    """The basis; the last section says where the order comes from, and has the code beside it if that is one."""
    if len(sheet.codes.whole) > 1 or not sheet.sections:
        codes = CodesBlock(fonts, sheet.codes.whole, sheet.codes.short.caption, width)
        return [*(section_block(fonts, section, width) for section in sheet.sections), codes]
    *others, last = sheet.sections
    code = code_block(fonts, sheet.codes.whole[0], sheet.codes.short.caption)
    room = width - code.width - _BESIDE
    blocks: list[Block] = [section_block(fonts, section, width) for section in others]
    return [*blocks, Beside(section_block(fonts, last, room), code, room + _BESIDE)]


def _giving_elsewhere(fonts: Fonts, sheet: Sheet, width: float) -> list[Block]:
    giving = sheet.administration
    return [section_block(fonts, Fields(giving.heading, giving.rest), width)]


def _bags_parted(fonts: Fonts, sheet: Sheet, frame: Frame, air: _Air) -> tuple[list[Block], Block] | None:
    """The blocks of page 1 with as many bags as fit, and the other bags; nothing if no bag fits."""
    bedside = _bedside(fonts, sheet, frame.width, air)
    place = next((place for place, block in enumerate(bedside) if isinstance(block, BagsBlock)), None)
    if place is None or sheet.bags is None:
        return None
    note = NoteBlock(fonts, sheet.bags.continued, frame.width)
    others = [*bedside[:place], note, *bedside[place + 1 :]]
    parts = bedside[place].split(frame.room(first=True) - _total(others, air.gap) - air.gap, at_top=False)
    if parts is None:
        return None
    return [*bedside[:place], parts[0], note, *bedside[place + 1 :]], parts[1]


def _even(first: list[Block], sections: list[Block], room: float) -> list[Page]:
    """Pages whose last one is no mere remainder: where it is, sections go over to it until both ends are full alike."""
    pages = flow([*first, *sections], room, _BASIS_GAP)
    if len(pages) == 1 or _worth_a_page(pages, room):
        return pages
    ends = ((kept, flow(sections[kept:], room, _BASIS_GAP)) for kept in range(1, len(sections)))
    parted = (flow([*first, *sections[:kept]], room, _BASIS_GAP) + end for kept, end in ends if len(end) == 1)
    same = [other for other in parted if len(other) == len(pages)]
    return max([pages, *same], key=lambda pages: min(filled(page) for page in pages[-2:]))


def _worth_a_page(pages: list[Page], room: float) -> bool:
    return filled(pages[-1]) >= room * _LEAST_FILLED


def _bedside(fonts: Fonts, sheet: Sheet, width: float, air: _Air) -> list[Block]:
    blocks: list[Block] = []
    if sheet.reprint is not None:
        blocks.append(notice_block(fonts, sheet.reprint.notice, width, loud=sheet.reprint.loud))
    if sheet.ended is not None:
        blocks.append(notice_block(fonts, sheet.ended, width, loud=True))
    if sheet.stops is not None:
        blocks.append(notice_block(fonts, sheet.stops, width, loud=True))
    blocks.append(VolumeBlock(fonts, sheet.volume, sheet.doses, width, air.volume, short=not air.all_notes))
    if sheet.deviations is not None:
        blocks.append(notice_block(fonts, sheet.deviations, width, loud=True))
    if sheet.bags is not None:
        blocks.append(bags_block(fonts, sheet.bags, width, air.bar_height))
    giving = sheet.administration
    blocks.append(AdministrationBlock(fonts, giving, width, air.giving, largest=air.rates, whole=air.all_giving))
    blocks.append(DoNotBlock(fonts, sheet.do_not, width, air.rates))
    if sheet.checks is not None and air.checks == 0:
        blocks.append(NoteBlock(fonts, sheet.checks_elsewhere, width))
    elif sheet.checks is not None:
        blocks.append(notice_block(fonts, _told(sheet.checks, sheet.checks_elsewhere, air.checks), width, loud=False))
    return [*blocks, SignatureBlock(fonts, sheet.signatures, width, air.signature_row)]


def _told(checks: Notice, elsewhere: str, most: int | None) -> Notice:
    """All checks, or as many of them under the heading that says how many there are."""
    if most is None or len(checks.items) <= most:
        return checks
    return Notice(elsewhere, checks.items[:most])


def _signing(fonts: Fonts, sheet: Sheet, width: float, spare: float, air: _Air) -> list[Block]:
    """Signatures with the room that page 1 has to spare: higher rows to sign in, then a box for remarks."""
    rows = len(sheet.signatures.roles)
    higher = min(_HIGHEST_SIGNATURE - air.signature_row, spare / rows * 0.99) if rows else 0.0
    signatures = SignatureBlock(fonts, sheet.signatures, width, air.signature_row + higher)
    left = spare - higher * rows - air.gap
    if not rows or left < _LOWEST_REMARKS:
        return [signatures]
    return [signatures, RemarksBlock(fonts, sheet.remarks, width, left)]


def _total(blocks: list[Block], gap: float) -> float:
    return sum(block.height for block in blocks) + gap * (len(blocks) - 1)


def _properties(sheet: Sheet) -> Properties:
    practice = f"{sheet.training.watermark} · " if sheet.training else ""
    return Properties(
        title=f"{practice}{sheet.title} · {sheet.recipient.name}",
        subject=sheet.status,
        keywords=sheet.number.value,
        software=sheet.software,
        made_at=sheet.made_at,
        language=sheet.language,
    )
