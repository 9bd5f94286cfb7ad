"""The pages of a PDF as pictures. Import this at first use only: PDFium is a large library."""

from typing import Final

import pypdfium2
from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage

POINTS_PER_INCH: Final = 72
_COARSE: Final = 2.0
"""Pixels per point below which a page is drawn twice as large for the screen."""


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

    def screen_image(self, number: int, scale: float) -> QImage:
        """A page as :meth:`image` has it, but fine where it is small.

        PDFium draws no stroke thinner than a pixel, which would blot bold hanzi.
        """
        if scale >= _COARSE:
            return self.image(number, scale)
        large = self.image(number, 2 * scale)
        size = QSize(round(large.width() / 2), round(large.height() / 2))
        return large.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
