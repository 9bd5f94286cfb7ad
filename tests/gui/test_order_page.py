"""The Order page: what is in the way, the preview, and that the bytes shown are the bytes saved.

Expected pixels and texts come from the saved file, read by PDFium and pypdf, never from the page itself.
"""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_page import OrderPage
from dlicalc.services.pages import Page
from tests.cases import AS_OF, changed, full_case
from tests.gui.conftest import Answers, Disk
from tests.gui.keyboard import type_text
from tests.program import ROOT


def stopped_case() -> dict[str, Any]:
    """Two stops, one of which no prescriber can decide."""
    return changed(full_case(), organs__dialysis="yes", recipient__mrn=None)


@pytest.fixture
def order(window: MainWindow) -> OrderPage:
    """The page in front, with a case that may be released."""
    window.view_model.open(full_case())
    window.pages.show_page(Page.ORDER)
    shown(window)
    return page_of(window)


def page_of(window: MainWindow) -> OrderPage:
    page = window.pages.page(Page.ORDER)
    assert isinstance(page, OrderPage)
    return page


def shown(window: MainWindow) -> None:
    """Wait for the preview."""
    QTest.qWait(50)
    deadline = 40
    while not page_of(window).preview.shows_something or page_of(window)._pause.isActive():
        QTest.qWait(25)
        deadline -= 1
        assert deadline, "no preview"


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_the_pages_are_told_with_their_states_and_lead_to_them(window: MainWindow, order: OrderPage) -> None:
    links = {link.page: link for link in order.checklist.links}
    assert list(links) == [Page.RECIPIENT, Page.ELIGIBILITY, Page.PRODUCT, Page.DOSE]
    assert [link.text() for link in links.values()] == [
        "Recipient: done",
        "Eligibility: done",
        "Product: done",
        "Dose: done",
    ]
    links[Page.PRODUCT].setFocus()
    QTest.keyClick(links[Page.PRODUCT], Qt.Key.Key_Space)
    assert window.pages.current is Page.PRODUCT
    window.pages.show_page(Page.ORDER)
    links[Page.DOSE].setFocus()
    QTest.keyClick(links[Page.DOSE], Qt.Key.Key_Return)
    assert window.pages.current is Page.DOSE


def test_print_is_off_with_a_stop_also_behind_another_page(window: MainWindow, order: OrderPage) -> None:
    type_text(window, "Weight", "")
    assert window.pages.current is Page.RECIPIENT
    assert not order.print.isEnabled()
    type_text(window, "Weight", "70")
    assert order.print.isEnabled()


def test_enter_prints_nothing(order: OrderPage, answers: Answers) -> None:
    order.print.setFocus()
    QTest.keyClick(order.print, Qt.Key.Key_Return)
    assert answers.suggested == ""


def test_a_stop_leads_to_its_entry_by_enter(window: MainWindow, order: OrderPage) -> None:
    assert not order.checklist.stops.isVisible()
    window.view_model.open(stopped_case())
    stops = order.checklist.stops
    assert stops.isVisible()
    texts = [stops.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(stops.count())]
    assert len(texts) == 2
    stops.setFocus()
    stops.setCurrentRow(next(row for row, text in enumerate(texts) if "dialysis" in text))
    QTest.keyClick(stops, Qt.Key.Key_Return)
    assert window.pages.current is Page.ELIGIBILITY
    assert "dialysis" in QApplication.focusWidget().accessibleName()


def test_with_a_stop_print_is_off_says_why_and_only_a_draft_can_be_saved(
    window: MainWindow, order: OrderPage, answers: Answers, disk: Disk
) -> None:
    assert order.print.isEnabled()
    assert window.menus.print.isEnabled()
    window.view_model.open(stopped_case())
    assert not order.print.isEnabled()
    assert not window.menus.print.isEnabled()
    for text in (order.why.text(), order.print.toolTip(), order.print.accessibleDescription()):
        assert "stops: 2" in text
    assert order.save.text() == "Save a DRAFT …"
    order.print_order()
    assert answers.asked == []
    answers.wants_draft, answers.path = True, "d.pdf"
    order.save.click()
    assert answers.asked == ["draft"]
    assert "DRAFT" in text_of(disk.files["d.pdf"])
    assert "d.pdf" in order.outcome.text()
    assert "printer" not in answers.asked


def test_what_is_saved_is_what_is_shown(window: MainWindow, order: OrderPage, answers: Answers, disk: Disk) -> None:
    window.view_model._open_case._clock = lambda: datetime.fromisoformat(AS_OF) + timedelta(minutes=7)
    assert len(disk.made) == 1
    answers.path = "o.pdf"
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert len(disk.made) == 1
    assert disk.made[0]["as_of"] == datetime.fromisoformat(AS_OF)
    assert "08:00" in order.preview.state.text()
    document = pypdfium2.PdfDocument(disk.files["o.pdf"])
    page = document[0]
    picture = order.preview.picture.pixmap().toImage()
    bitmap = page.render(scale=2 * order.preview.area.viewport().width() / page.get_width(), prefer_bgrx=True)
    large = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
    drawn = large.scaled(picture.size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert picture.width() == pytest.approx(large.width() / 2, abs=1)
    assert picture == drawn.convertToFormat(picture.format())
    page.close()
    document.close()


def test_an_edit_makes_another_preview_after_a_pause(window: MainWindow, order: OrderPage, disk: Disk) -> None:
    before = order.preview.picture.pixmap().toImage()
    window.view_model.edit("recipient.weight.value", "7")
    window.view_model.edit("recipient.weight.value", "74")
    assert len(disk.made) == 1
    QTest.qWait(100)
    assert len(disk.made) == 1
    shown(window)
    assert len(disk.made) == 2
    assert order.preview.picture.pixmap().toImage() != before


def test_a_draft_is_previewed_as_a_draft(window: MainWindow, order: OrderPage) -> None:
    window.view_model.open(stopped_case())
    shown(window)
    assert order.preview.state.text().startswith("DRAFT")
    assert order.preview.area.accessibleDescription().startswith("DRAFT")


def test_what_cannot_be_read_makes_no_order_and_says_so(window: MainWindow, order: OrderPage) -> None:
    window.view_model.edit("recipient.birth_date", "2.5.1984")
    QTest.qWait(500)
    assert not order.preview.shows_something
    assert order.preview.picture.pixmap().isNull()
    assert "cannot be made" in order.preview.state.text()


def test_time_that_changes_the_order_is_said_and_nothing_is_written(
    window: MainWindow, order: OrderPage, answers: Answers, disk: Disk
) -> None:
    """The bag expires at 14:00 the next day: what was a good order in the preview is none any more."""
    window.view_model._open_case._clock = lambda: datetime.fromisoformat("2026-11-19T15:00+08:00")
    answers.path = "o.pdf"
    order.save.click()
    assert disk.files == {}
    assert (answers.asked, answers.lead) == (["refused"], "The order was not saved.")
    shown(window)
    assert "2026-11-19 15:00" in order.preview.state.text()
    order.save.click()
    assert "has expired" in text_of(disk.files["o.pdf"])


def test_time_that_passes_while_a_question_is_open_counts_too(
    window: MainWindow, order: OrderPage, answers: Answers, disk: Disk
) -> None:
    def late(words: Any, suggested: str) -> str:
        window.view_model._open_case._clock = lambda: datetime.fromisoformat("2026-11-19T15:00+08:00")
        return "o.pdf"

    answers.order_path = late  # type: ignore[method-assign]
    order.save.click()
    assert disk.files == {}
    assert answers.asked == ["refused"]


def test_a_file_that_cannot_be_written_is_said(order: OrderPage, answers: Answers, disk: Disk) -> None:
    answers.path = "full/o.pdf"
    order.save.click()
    assert disk.files == {}
    assert answers.asked == ["refused"]
    assert not order.outcome.isVisible()


def test_language_and_paper_are_choices_of_the_page(window: MainWindow, order: OrderPage, disk: Disk) -> None:
    assert (order.order_language, order.paper) == ("en", "A4")
    window.menus.languages["zh_CN"].trigger()
    assert order.order_language == "zh_CN"
    order.languages.buttons["both"].click()
    order.papers.buttons["Letter"].click()
    window.menus.languages["en"].trigger()
    assert (order.order_language, order.paper) == ("both", "Letter")
    shown(window)
    assert (disk.made[-1]["language"], disk.made[-1]["paper"]) == ("both", "Letter")
    size = order.preview._pages.size(0)
    assert (size.width(), size.height()) == (612, 792)


def test_pages_are_turned_and_enlarged_by_keys(order: OrderPage) -> None:
    preview, area = order.preview, order.preview.area
    area.setFocus()
    narrow = preview.picture.width()
    QTest.keyClick(area, Qt.Key.Key_Plus)
    assert preview.picture.width() == pytest.approx(1.25 * narrow, abs=2)
    QTest.keyClick(area, Qt.Key.Key_Minus)
    assert preview.picture.width() == narrow
    assert preview.place.text() == "Page 1 of 3"
    for _ in range(20):
        QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert preview.place.text() == "Page 3 of 3"
    assert not preview.next.isEnabled()
    assert area.accessibleName() == "Preview of the order, page 3 of 3"
    for _ in range(20):
        QTest.keyClick(area, Qt.Key.Key_PageUp)
    assert preview.page == 0


def test_the_preview_button_brings_the_preview_to_the_keyboard(window: MainWindow, order: OrderPage) -> None:
    window.resize(683, 384)
    order.look.setFocus()
    QTest.keyClick(order.look, Qt.Key.Key_Space)
    assert order.preview.area.hasFocus()
    assert not order.preview.area.visibleRegion().isEmpty()


def test_another_case_leaves_nothing_of_the_last_one(window: MainWindow, order: OrderPage) -> None:
    window.view_model.new()
    assert order.preview.picture.pixmap().isNull()
    assert order._orders.prepared.evaluation is None
    assert not order.outcome.isVisible()


def test_no_order_is_made_while_the_page_is_not_seen(window: MainWindow, order: OrderPage, disk: Disk) -> None:
    type_text(window, "Name", "Another")
    QTest.qWait(400)
    assert len(disk.made) == 1
    assert order.preview.picture.pixmap().isNull()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_two_hundred_previews_leave_no_memory_behind(window: MainWindow, order: OrderPage) -> None:
    def preview(times: int) -> None:
        for number in range(times):
            order.preview.turn(1 if number % 2 else -1)
            order.preview.enlarge(1 if number % 2 else -1)
            if number % 20 == 0:
                window.pages.show_page(Page.RECIPIENT)
                window.pages.show_page(Page.ORDER)
                shown(window)

    preview(20)
    tracemalloc.start()
    before, resident = tracemalloc.get_traced_memory()[0], resident_kib()
    preview(200)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 300_000
    # One picture is 2 MB: had each been kept, this would be 400 MB.
    assert resident_kib() - resident < 30_000


def resident_kib() -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


FRESH = """
import sys
from PySide6.QtWidgets import QApplication
from dlicalc.app.parts import Parts
from dlicalc.app.window import window_parts
from dlicalc.gui.start import make_application
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.main_window import MainWindow
parts = window_parts(Parts())
application = make_application(parts, ["dlicalc"])
window = MainWindow(CaseViewModel(parts.protocol, parts.clock, parts.services.digest), parts.services)
window.show()
application.processEvents()
heavy = ("reportlab", "pypdfium2", "PySide6.QtPrintSupport")
print([name for name in heavy if name in sys.modules])
"""


def test_the_open_window_has_loaded_neither_paper_nor_printing() -> None:
    done = subprocess.run([sys.executable, "-c", FRESH], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
