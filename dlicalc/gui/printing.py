"""A PDF onto paper, at its own size or not without asking. Import this at first use only."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Final, NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from dlicalc.gui.pdf_pages import POINTS_PER_INCH, PdfPages
from dlicalc.services.wording.order_page import NO_PRINTER, PAPER_DIFFERS, PRINTER_REFUSED, PRINTER_STOPPED

RESOLUTION: Final = 300
_PAPERS: Final = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
_SAME: Final = 2.0
"""Points by which two papers of one size may differ."""
_MM: Final = 25.4 / POINTS_PER_INCH


class NotPrinted(Exception):  # noqa: N818  what happened
    """The order did not come onto paper as a whole; ``sentence`` filled with ``params`` says why."""

    def __init__(self, sentence: str, **params: str | int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.params = params


class Fit(NamedTuple):
    """Where a page comes to lie on the paper, in points; ``cut`` is what its own size would have lost, in mm."""

    place: QRectF
    scale: float
    cut: float


def choose_printer(parent: QWidget, paper: str, title: str) -> QPrinter | None:
    """The printer that somebody chooses, set to ``paper``; ``None`` if nobody does."""
    if not QPrinterInfo.availablePrinterNames():
        raise NotPrinted(NO_PRINTER)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(RESOLUTION)
    printer.setPageSize(QPageSize(_PAPERS[paper]))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    # The whole order or none of it: pages that belong together are not chosen from.
    dialog.setOptions(QPrintDialog.PrintDialogOption.PrintCollateCopies)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pdf(data: bytes, printer: QPrinter, title: str, may_scale: Callable[[Fit], bool]) -> bool:
    """Print all pages; false if somebody does not want them scaled. Raises :class:`NotPrinted`."""
    pages = PdfPages(data)
    try:
        _compare_papers(pages.size(0), printer)
        fit = fit_on(pages.size(0), _ink(pages), _printable(printer))
        if fit.scale < 1 and not may_scale(fit):
            return False
        printer.setFullPage(True)
        printer.setDocName(title)
        _draw(pages, printer, fit)
    finally:
        pages.close()
    return True


def _compare_papers(size: QSizeF, printer: QPrinter) -> None:
    loaded = printer.pageLayout().pageSize()
    there = loaded.size(QPageSize.Unit.Point)
    upright = printer.pageLayout().orientation() is QPageLayout.Orientation.Portrait
    if upright and abs(there.width() - size.width()) <= _SAME and abs(there.height() - size.height()) <= _SAME:
        return
    order = next((name for name, code in _PAPERS.items() if _alike(QPageSize(code), size)), "")
    name = loaded.name() if upright else f"{loaded.name()} ↔"
    raise NotPrinted(PAPER_DIFFERS, order=order, printer=printer.printerName(), loaded=name)


def _alike(paper: QPageSize, size: QSizeF) -> bool:
    points = paper.size(QPageSize.Unit.Point)
    return abs(points.width() - size.width()) <= _SAME and abs(points.height() - size.height()) <= _SAME


def _printable(printer: QPrinter) -> QRectF:
    """The part of the paper that the printer reaches, in points."""
    layout = QPageLayout(printer.pageLayout())
    layout.setUnits(QPageLayout.Unit.Point)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    margins: QMarginsF = layout.minimumMargins()
    return layout.fullRect().marginsRemoved(margins)


def fit_on(page: QSizeF, ink: QRectF, printable: QRectF) -> Fit:
    """At its own size if the printer reaches all of ``ink``; else as large as the whole page can be."""
    whole = QRectF(0, 0, page.width(), page.height())
    cut = max(
        printable.left() - ink.left(),
        printable.top() - ink.top(),
        ink.right() - printable.right(),
        ink.bottom() - printable.bottom(),
    )
    if cut <= 0:
        return Fit(whole, 1.0, 0.0)
    scale = min(printable.width() / page.width(), printable.height() / page.height())
    whole.setSize(page * scale)
    whole.moveCenter(printable.center())
    return Fit(whole, scale, cut * _MM)


def _ink(pages: PdfPages) -> QRectF:
    """The smallest rectangle that holds everything printed on any page, in points."""
    boxes = [_dark(pages.image(number, 1.0)) for number in range(pages.count)]
    united = QRectF()
    for box in boxes:
        united = united.united(box)
    return united


def _dark(image: QImage) -> QRectF:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, stride = grey.width(), grey.bytesPerLine()
    data = bytes(grey.constBits())
    rows = [data[top : top + width] for top in range(0, stride * grey.height(), stride)]
    inked = [(number, row) for number, row in enumerate(rows) if row.strip(b"\xff")]
    if not inked:
        return QRectF()
    left = min(width - len(row.lstrip(b"\xff")) for _, row in inked)
    right = max(len(row.rstrip(b"\xff")) for _, row in inked)
    top, bottom = inked[0][0], inked[-1][0] + 1
    return QRectF(left, top, right - left, bottom - top)


def _draw(pages: PdfPages, printer: QPrinter, fit: Fit) -> None:
    name = printer.printerName()
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrinted(PRINTER_REFUSED, printer=name)
    sheets = list(_sheets(pages.count, printer))
    try:
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        dots = printer.resolution() / POINTS_PER_INCH
        place = QRectF(fit.place.topLeft() * dots, fit.place.size() * dots)
        for done, page in enumerate(sheets):
            if done and not printer.newPage():
                raise NotPrinted(PRINTER_STOPPED, printer=name, pages=len(sheets))
            painter.drawImage(place, pages.image(page, RESOLUTION / POINTS_PER_INCH * fit.scale))
    finally:
        painter.end()
    if printer.printerState() in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error):
        raise NotPrinted(PRINTER_STOPPED, printer=name, pages=len(sheets))


def _sheets(count: int, printer: QPrinter) -> Iterator[int]:
    """The pages in the order of printing, again for each copy that the printer does not make itself."""
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return (page for _, page in product(range(copies), range(count)))
