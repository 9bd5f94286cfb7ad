"""``write_order``: a sheet becomes the bytes of a PDF, the same bytes for the same sheet."""

from io import BytesIO
from typing import Final, NamedTuple

from dlicalc.report.bags import bags_block
from dlicalc.report.bedside import (
    DoNotBlock,
    RemarksBlock,
    SignatureBlock,
    VolumeBlock,
    notice_block,
)
from dlicalc.report.codes import MODULE, SHORT_MODULE, CodesBlock
from dlicalc.report.flow import Block, Page, filled, flow
from dlicalc.report.fonts import Fonts
from dlicalc.report.frame import MARGIN, Frame
from dlicalc.report.pdf import PAPERS, Properties, open_pdf
from dlicalc.report.pen import Pen
from dlicalc.report.tables import section_block
from dlicalc.services.sheet import Notice, Sheet


class _Air(NamedTuple):
    """How far apart the blocks of page 1 are, how high signatures and barcodes, and how many checks are told."""

    gap: float
    signature_row: float
    bar_height: float
    checks: int | None


_AIRY: Final = _Air(11.0, 24.0, bar_height=26.0, checks=None)
_TIGHT: Final = _Air(6.0, 20.0, bar_height=22.0, checks=None)
_TERSE: Final = _Air(6.0, 20.0, bar_height=20.0, checks=2)
_TERSEST: Final = _TERSE._replace(checks=0)
_HIGHEST_SIGNATURE: Final = 32.0
_LOWEST_REMARKS: Final = 36.0
_LEAST_FILLED: Final = 0.3
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
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, height)
        frame.draw(pen, number, len(pages))
        for placed in page:
            placed.block.draw(pen, MARGIN, frame.content_top + placed.top)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pages(fonts: Fonts, sheet: Sheet, frame: Frame) -> list[Page]:
    """Page 1 closed in itself if its blocks fit, at need with less air and fewer words; else everything in one flow."""
    sections: list[Block] = [section_block(fonts, section, frame.width) for section in sheet.sections]
    sections.append(CodesBlock(fonts, (sheet.codes.short,), frame.width, SHORT_MODULE))
    sections.append(CodesBlock(fonts, sheet.codes.whole, frame.width, MODULE))
    room = frame.content_height
    for air in (_AIRY, _TIGHT, _TERSE, _TERSEST):
        bedside = _bedside(fonts, sheet, frame.width, air)
        spare = room - _total(bedside, air.gap)
        if spare >= 0:
            signing = _signing(fonts, sheet, frame.width, spare, air)
            return flow([*bedside[:-1], *signing], room, air.gap) + _even([], sections, room)
    return _even(_bedside(fonts, sheet, frame.width, _TIGHT), sections, room)


def _even(first: list[Block], sections: list[Block], room: float) -> list[Page]:
    """Pages whose last one is no mere remainder: sections go over to it until it is worth a page."""
    pages = flow([*first, *sections], room, _AIRY.gap)
    if len(pages) == 1 or _worth_a_page(pages, room):
        return pages
    for kept in range(len(sections) - 1, 0, -1):
        parted = flow([*first, *sections[:kept]], room, _AIRY.gap) + flow(sections[kept:], room, _AIRY.gap)
        if len(parted) == len(pages) and _worth_a_page(parted, room):
            return parted
    return pages


def _worth_a_page(pages: list[Page], room: float) -> bool:
    return filled(pages[-1]) >= room * _LEAST_FILLED


def _bedside(fonts: Fonts, sheet: Sheet, width: float, air: _Air) -> list[Block]:
    blocks: list[Block] = []
    if sheet.stops is not None:
        blocks.append(notice_block(fonts, sheet.stops, width, loud=True))
    blocks.append(VolumeBlock(fonts, sheet.volume, sheet.doses, width))
    if sheet.deviations is not None:
        blocks.append(notice_block(fonts, sheet.deviations, width, loud=True))
    if sheet.bags is not None:
        blocks.append(bags_block(fonts, sheet.bags, width, air.bar_height))
    blocks.append(DoNotBlock(fonts, sheet.do_not, width))
    if sheet.checks is not None:
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
        keywords=", ".join(sheet.footer),
        software=sheet.software,
        made_at=sheet.made_at,
        language=sheet.language,
    )
