"""The floor of the folder's size: a Qt Widgets window with the same fonts, and a page printed with them.

Called with the name of the PDF; leaves when it is written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel

TEXT = "To infuse 35 mL · 30 × 10⁶ CD3⁺/kg · 供者淋巴细胞输注"


def show_and_print() -> None:
    """A window, then a page with the same text in the same fonts."""
    application = QApplication([*sys.argv, "-style", "Fusion"])
    fonts = Path(__file__).parent / "resources" / "fonts"
    families = []
    for path in sorted(fonts.glob("*.ttf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    font = QFont(application.font())
    font.setFamilies(families)
    application.setFont(font)
    label = QLabel(TEXT)
    label.show()
    application.processEvents()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(sys.argv[1])
    painter = QPainter(printer)
    painter.drawText(500, 500, TEXT)
    painter.end()


def leave() -> None:
    """End without tidying."""
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    show_and_print()
    leave()
