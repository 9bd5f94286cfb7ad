"""Printing, onto a printer that writes a file: the paper holds the order, or words say why not.

The paper is read back with PDFium (pixels) and zxing-cpp (barcodes); the expected pixels are PDFium's picture of the
order that was saved, the expected codes are those of the bag label typed into the case (ISBT 128: ``=`` and DIN).
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from dlicalc.gui import printing
from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_page import OrderPage
from dlicalc.gui.printing import Fit, NotPrinted, choose_printer, fit_on, print_pdf
from dlicalc.services.pages import Page
from dlicalc.services.wording import Words
from tests.cases import full_case
from tests.gui.conftest import Answers, Disk
from tests.gui.test_dialogs import HARMLESS, click, press, soon

A4 = QSizeF(595, 842)
PAPERS = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}


def paper_printer(out: Path, paper: str = "A4", margin: float = 0.0, *, wide: bool = False) -> QPrinter:
    """A printer that writes to ``out``; it cannot reach the outer ``margin`` points."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    margins = QMarginsF(margin, margin, margin, margin)
    turned = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    size = QPageSize(PAPERS[paper])
    printer.setPageLayout(QPageLayout(size, turned, margins, QPageLayout.Unit.Point, margins))
    return printer


@pytest.fixture
def order(window: MainWindow, answers: Answers) -> OrderPage:
    """The page with a case that may be released; the order goes to ``o.pdf``."""
    window.view_model.open(full_case())
    answers.path = "o.pdf"
    window.pages.show_page(Page.ORDER)
    page = window.pages.page(Page.ORDER)
    assert isinstance(page, OrderPage)
    return page


def grey(pdf: bytes, page: int = 0, scale: float = 1.0) -> tuple[int, bytes]:
    """Width and pixels of a page, row after row."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=scale, grayscale=True)
        rows = (
            bytes(bitmap.buffer)[top : top + bitmap.width] for top in range(0, len(bytes(bitmap.buffer)), bitmap.stride)
        )
        return bitmap.width, b"".join(rows)
    finally:
        document.close()


def codes(pdf: bytes, page: int = 0) -> set[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {code.text for code in zxingcpp.read_barcodes(document[page].render(scale=300 / 72).to_pil())}
    finally:
        document.close()


def differing(one: bytes, other: bytes) -> float:
    """Share of pixels that are clearly not the same."""
    return sum(abs(a - b) > 96 for a, b in zip(one, other, strict=True)) / len(one)


def test_the_paper_holds_the_order_that_was_saved(
    order: OrderPage, answers: Answers, disk: Disk, tmp_path: Path
) -> None:
    answers.chosen_printer = lambda: paper_printer(tmp_path / "paper.pdf")
    order.print.click()
    saved, paper = disk.files["o.pdf"], (tmp_path / "paper.pdf").read_bytes()
    assert answers.asked == ["printer"]
    assert len(disk.made) == 1
    assert len(pypdf.PdfReader(BytesIO(paper)).pages) == len(pypdf.PdfReader(BytesIO(saved)).pages) == 3
    for page in range(3):
        (width, pixels), (paper_width, paper_pixels) = grey(saved, page, 2), grey(paper, page, 2)
        assert abs(width - paper_width) <= 2
        if width == paper_width and len(pixels) == len(paper_pixels):
            assert differing(pixels, paper_pixels) < 0.02
    assert codes(paper) == codes(saved)
    assert any("A999926000123" in code for code in codes(paper))
    assert "o.pdf" in order.outcome.text()
    assert "Sent to the printer" in order.outcome.text()


def test_ctrl_p_prints(window: MainWindow, order: OrderPage, answers: Answers, disk: Disk, tmp_path: Path) -> None:
    answers.chosen_printer = lambda: paper_printer(tmp_path / "paper.pdf")
    window.pages.show_page(Page.RECIPIENT)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current is Page.ORDER
    assert (tmp_path / "paper.pdf").is_file()
    assert list(disk.files) == ["o.pdf"]


def test_where_to_save_is_asked_first_and_without_a_file_nothing_is_printed(
    order: OrderPage, answers: Answers, disk: Disk
) -> None:
    answers.path = ""
    order.print.click()
    answers.path = "full/o.pdf"
    order.print.click()
    assert disk.files == {}
    assert "printer" not in answers.asked


def test_no_printer_chosen_is_no_error_and_the_order_is_kept(order: OrderPage, answers: Answers, disk: Disk) -> None:
    order.print.click()
    assert answers.asked == ["printer"]
    assert list(disk.files) == ["o.pdf"]
    assert order.outcome.text() == "Saved: o.pdf"


def test_without_any_printer_the_reason_is_said_and_the_order_kept(
    order: OrderPage, answers: Answers, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    answers.chosen_printer = lambda: choose_printer(order, "A4", "Print")
    order.print.click()
    assert answers.lead == "The order was not printed."
    assert "No printer is installed" in answers.texts[0]
    assert answers.texts[1] == "It is kept as a file: o.pdf"
    assert list(disk.files) == ["o.pdf"]


def test_a_printer_that_refuses_is_said(order: OrderPage, answers: Answers, tmp_path: Path, disk: Disk) -> None:
    answers.chosen_printer = lambda: paper_printer(tmp_path / "no-such-folder" / "paper.pdf")
    order.print.click()
    assert "did not accept the order" in answers.texts[0]
    assert list(disk.files) == ["o.pdf"]


def test_a_printer_that_stops_in_the_middle_is_said(order: OrderPage, answers: Answers, tmp_path: Path) -> None:
    class Jammed(QPrinter):
        def newPage(self) -> bool:
            return False

    def jammed() -> QPrinter:
        printer = Jammed(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        return printer

    answers.chosen_printer = jammed
    order.print.click()
    assert "stopped before all 3 pages" in answers.texts[0]


@pytest.mark.parametrize(("paper", "wide"), [("Letter", False), ("A4", True)])
def test_other_paper_is_said_and_nothing_printed(
    order: OrderPage, answers: Answers, tmp_path: Path, paper: str, wide: bool
) -> None:
    answers.chosen_printer = lambda: paper_printer(tmp_path / "paper.pdf", paper, wide=wide)
    order.print.click()
    assert "made for A4" in answers.texts[0]
    assert paper in answers.texts[0]
    assert not (tmp_path / "paper.pdf").exists()


def test_margins_that_would_cut_are_asked_about(order: OrderPage, answers: Answers, tmp_path: Path, disk: Disk) -> None:
    answers.chosen_printer = lambda: paper_printer(tmp_path / "paper.pdf", margin=60)
    order.print.click()
    assert answers.asked == ["printer", "scaled"]
    assert not (tmp_path / "paper.pdf").exists()
    answers.wants_scaled = True
    order.print.click()
    paper = (tmp_path / "paper.pdf").read_bytes()
    assert codes(paper) == codes(disk.files["o.pdf"])
    width, pixels = grey(paper)
    rows = [pixels[top : top + width] for top in range(0, len(pixels), width)]
    assert all(row[:60] == b"\xff" * 60 for row in rows)
    assert not b"".join(rows[:60]).strip(b"\xff")


def test_narrow_margins_that_cut_nothing_change_nothing(order: OrderPage, answers: Answers, tmp_path: Path) -> None:
    answers.chosen_printer = lambda: paper_printer(tmp_path / "paper.pdf", margin=12)
    order.print.click()
    assert answers.asked == ["printer"]


def test_fit_by_hand() -> None:
    """Ink from 20 pt to 575 pt; a printer that loses 30 pt all around leaves 535 of 595 pt: 89.9 %, and cuts 10 pt."""
    ink = QRectF(20, 40, 555, 760)
    assert fit_on(A4, ink, QRectF(20, 20, 555, 802)) == Fit(QRectF(0, 0, 595, 842), 1.0, 0.0)
    fit = fit_on(A4, ink, QRectF(30, 30, 535, 782))
    assert fit.scale == pytest.approx(535 / 595)
    assert fit.cut == pytest.approx(10 * 25.4 / 72)
    assert fit.place.left() == pytest.approx(30)
    assert fit.place.center().y() == pytest.approx(421)


def test_copies_that_the_printer_does_not_make_are_made(order: OrderPage, answers: Answers, tmp_path: Path) -> None:
    def twice() -> QPrinter:
        printer = paper_printer(tmp_path / "paper.pdf")
        printer.setCopyCount(2)
        return printer

    answers.chosen_printer = twice
    order.print.click()
    assert len(pypdf.PdfReader(BytesIO((tmp_path / "paper.pdf").read_bytes())).pages) == 6


def test_the_dialog_is_set_to_the_paper_of_the_order(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Ward"])
    accepted = []

    def accept(dialog: QPrintDialog) -> int:
        accepted.append(dialog)
        return 1

    monkeypatch.setattr(printing, "QPrintDialog", _dialog(accept))
    printer = choose_printer(parent, "Letter", "Print")
    assert printer is not None
    assert printer.pageLayout().pageSize().id() is QPageSize.PageSizeId.Letter
    monkeypatch.setattr(printing, "QPrintDialog", _dialog(lambda _: 0))
    assert choose_printer(parent, "A4", "Print") is None


def _dialog(answer: Any) -> Any:
    class Dialog(QPrintDialog):
        def exec(self) -> int:
            return int(answer(self))

    return Dialog


@pytest.mark.parametrize("key", HARMLESS)
def test_printing_smaller_is_never_what_a_key_does(window: MainWindow, key: Any) -> None:
    fit = Fit(QRectF(), 0.96, 3.21)
    soon(press(key))
    assert Dialogs(window).print_scaled(Words(), fit) is False


def test_printing_smaller_says_how_much(window: MainWindow) -> None:
    seen = []

    def look(box: Any) -> None:
        seen.append(f"{box.text()} {box.informativeText()}")
        click("Print smaller")(box)

    soon(look)
    assert Dialogs(window).print_scaled(Words(), Fit(QRectF(), 0.96, 3.21)) is True
    assert "3.2 mm" in seen[0]
    assert "96 %" in seen[0]


def test_print_pdf_asks_nothing_when_all_fits(tmp_path: Path, disk: Disk, order: OrderPage, answers: Answers) -> None:
    order.save.click()
    printer = paper_printer(tmp_path / "paper.pdf")
    assert print_pdf(disk.files["o.pdf"], printer, "o.pdf", lambda fit: pytest.fail("asked"))
    with pytest.raises(NotPrinted):
        print_pdf(disk.files["o.pdf"], paper_printer(tmp_path / "p.pdf", "Letter"), "o.pdf", lambda fit: True)
