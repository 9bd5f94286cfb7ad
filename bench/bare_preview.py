"""The floor of the folder's size if what is printed can also be looked at: the page is read back with PDFium.

Called with the name of the PDF; leaves when its page has been painted.
"""

from __future__ import annotations

import sys

import pypdfium2
from bare_page import leave, show_and_print
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QLabel


def main() -> None:
    """Show, print, read, show."""
    show_and_print()
    with pypdfium2.PdfDocument(sys.argv[1]) as document:
        page = document[0].render()
        image = QImage(page.buffer, page.width, page.height, page.stride, QImage.Format.Format_BGR888)
        label = QLabel()
        label.setPixmap(QPixmap.fromImage(image))
        label.show()
        QApplication.processEvents()
    leave()


main()
