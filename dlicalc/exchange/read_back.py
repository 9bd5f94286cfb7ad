"""A PDF read as its readers read it: the text as it would be copied, the codes as a scanner sees them on the page.

Import this at first use only: PDFium and the decoder are large libraries.
"""

import ctypes
from collections.abc import Collection, Iterable
from typing import Final

import pypdfium2
import zxingcpp
from pypdfium2 import raw

from dlicalc.services.printed import PrintedOrder, PrintedPage
from dlicalc.services.problem import Problem, Refused

RESOLUTIONS: Final = (200, 300, 150)
"""Dots per inch. A decoder that overlooks a code at one of them, among many others, sees it at the next."""
MOST_PAGES: Final = 60
_POINTS_PER_INCH: Final = 72
_MOST_PIXELS: Final = 30_000_000
_FORMATS: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.QRCode])
_Cut = tuple[float, ...]
_WHOLE_PAGE: Final = (0.0, 0.0, 0.0, 0.0)
_LEAST_SEGMENTS: Final = 60
"""Lines in a drawing that may be a code; nothing else on an order has a tenth of it."""
_WHITE: Final = 12.0
"""Points beside a code that belong to it."""
_HYPHEN: Final = "\ufffe"
"""How PDFium writes a hyphen at the end of a line."""


def read_pdf(data: bytes, place: str, due: Collection[str] = ()) -> PrintedOrder:
    """What stands in the PDF ``data``; raises :class:`Refused` naming ``place`` if it cannot be read.

    Pages are looked at for codes until all that are ``due`` are found, at need in other resolutions; in all of them if
    it is not known which are due.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused(Problem(place, "pdf_unreadable")) from error
    try:
        if len(document) > MOST_PAGES:
            raise Refused(Problem(place, "pdf_long", {"most": str(MOST_PAGES)}))
        codes = _all_codes(document, set(due))
        pages = tuple(_page(document, number, codes[number]) for number in range(len(document)))
        return PrintedOrder(pages, document.get_metadata_value("Title"))
    except pypdfium2.PdfiumError as error:
        raise Refused(Problem(place, "pdf_unreadable")) from error
    finally:
        document.close()


def _all_codes(document: pypdfium2.PdfDocument, due: set[str]) -> list[dict[str, None]]:
    """The codes of each page, each once: in an order of our own where they are drawn, else wherever they are seen."""
    found: list[dict[str, None]] = [{} for _ in range(len(document))]
    for dots_per_inch, in_places in ((RESOLUTIONS[0], True), *((resolution, False) for resolution in RESOLUTIONS)):
        if in_places and not due:
            continue
        for number, codes in enumerate(found):
            page = document[number]
            try:
                for place in _places(page) if in_places else [_WHOLE_PAGE]:
                    codes.update(dict.fromkeys(_codes(page, dots_per_inch, place)))
            finally:
                page.close()
            if due and all(any(code in page_codes for page_codes in found) for code in due):
                return found
    return found


def _places(page: pypdfium2.PdfPage) -> list[_Cut]:
    """What to cut off the page to be left with each picture or drawing of many parts and some white around it."""
    width, height = page.get_size()
    cuts = []
    for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]):
        if part.type == raw.FPDF_PAGEOBJ_IMAGE or raw.FPDFPath_CountSegments(part) >= _LEAST_SEGMENTS:
            left, bottom, right, top = part.get_bounds()
            sides = (left, bottom, width - right, height - top)
            cuts.append(tuple(max(side - _WHITE, 0.0) for side in sides))
    return cuts


def _page(document: pypdfium2.PdfDocument, number: int, codes: Iterable[str]) -> PrintedPage:
    page = document[number]
    text = page.get_textpage()
    try:
        plain = text.get_text_range().replace(_HYPHEN, "-")
        return PrintedPage(plain, _largest(page, text) if number == 0 else "", tuple(codes))
    finally:
        text.close()
        page.close()


def _largest(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> str:
    """What stands in the largest type of the page; words across it, as DRAFT, do not count."""
    by_size: dict[float, list[str]] = {}
    for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        matrix = part.get_matrix()
        if matrix.b == 0:
            size = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(part, size)
            by_size.setdefault(round(size.value * matrix.a, 2), []).append(_words(part, text))
    return "".join(by_size[max(by_size)]) if by_size else ""


def _words(part: pypdfium2.PdfObject, text: pypdfium2.PdfTextPage) -> str:
    length = raw.FPDFTextObj_GetText(part, text, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(part, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")


def _codes(page: pypdfium2.PdfPage, dots_per_inch: int, cut: _Cut) -> tuple[str, ...]:
    """What is read from a page, or from what is left of it."""
    width, height = page.get_size()
    scale = min(dots_per_inch / _POINTS_PER_INCH, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, crop=cut, grayscale=True)
    try:
        # A bare buffer of rows, so that neither Pillow nor NumPy is needed.
        rows = memoryview(bitmap.buffer).cast("B").cast("B", (bitmap.height, bitmap.stride))
        return tuple(found.text for found in zxingcpp.read_barcodes(rows, formats=_FORMATS, try_invert=False))
    finally:
        bitmap.close()
