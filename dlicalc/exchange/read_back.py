"""A PDF read as its readers read it: the text as it would be copied, the codes as a scanner sees them on the page.

Import this at first use only: PDFium and the decoder are large libraries.
"""

import ctypes
from collections.abc import Callable, Iterable, Sequence, Set
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


def read_pdf(data: bytes, place: str, enough: Callable[[Set[str]], bool]) -> PrintedOrder:
    """What stands in the PDF ``data``; raises :class:`Refused` naming ``place`` if it cannot be read.

    Pages are looked at for codes, at need as a whole and in several resolutions, until those found are ``enough``.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused(Problem(place, "pdf_unreadable")) from error
    try:
        if len(document) > MOST_PAGES:
            raise Refused(Problem(place, "pdf_long", {"most": str(MOST_PAGES)}))
        # Each page is taken apart once.
        pages = [document[number] for number in range(len(document))]
        codes = _all_codes(pages, enough)
        read = tuple(_page(page, found, with_sizes=page is pages[0]) for page, found in zip(pages, codes, strict=True))
        return PrintedOrder(read, document.get_metadata_value("Title"))
    except pypdfium2.PdfiumError as error:
        raise Refused(Problem(place, "pdf_unreadable")) from error
    finally:
        document.close()


def _all_codes(pages: Sequence[pypdfium2.PdfPage], enough: Callable[[Set[str]], bool]) -> list[dict[str, None]]:
    """The codes of each page, each once: first where an order of our own draws them, then wherever they are seen."""
    found: list[dict[str, None]] = [{} for _ in pages]
    for dots_per_inch, in_places in [(RESOLUTIONS[0], True), *((resolution, False) for resolution in RESOLUTIONS)]:
        for page, codes in zip(pages, found, strict=True):
            for place in _places(page) if in_places else [_WHOLE_PAGE]:
                codes.update(dict.fromkeys(_codes(page, dots_per_inch, place)))
        if enough({code for page_codes in found for code in page_codes}):
            break
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


def _page(page: pypdfium2.PdfPage, codes: Iterable[str], *, with_sizes: bool) -> PrintedPage:
    text = page.get_textpage()
    try:
        plain = text.get_text_range().replace(_HYPHEN, "-")
        return PrintedPage(plain, _largest(page, text) if with_sizes else "", tuple(codes))
    finally:
        text.close()


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
