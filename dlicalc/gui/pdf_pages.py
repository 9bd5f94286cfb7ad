"""The pages of a PDF as pictures. Import this at first use only: PDFium is a large library."""

from typing import Final

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH: Final = 72


class PdfPages:
    """A PDF held open; close it when its pages are no longer looked at."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._document)

    def size(self, page: int) -> QSizeF:
        """Width and height of a page in points."""
        width, height = self._document.get_page_size(page)
        return QSizeF(width, height)

    def image(self, number: int, scale: float) -> QImage:
        """A page as a picture of ``scale`` pixels per point."""
        page = self._document[number]
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        try:
            # A copy, because the bitmap's memory goes with it.
            return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        finally:
            bitmap.close()
            page.close()
