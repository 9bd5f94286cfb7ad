"""F1: the place of the field with the keyboard, the way through the manual, and Esc gives the keyboard back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit

from dlicalc.app.manual import topics
from dlicalc.domain.protocol import Protocol
from dlicalc.gui.across import path_with_keyboard
from dlicalc.gui.case_fields import PAGES
from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.fields import rows
from dlicalc.gui.help import FINDINGS, place_of, topic_of
from dlicalc.gui.help_window import HelpWindow
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.row_edit import RowEdit
from dlicalc.services.manual import Manual
from dlicalc.services.manual_entries import whole_manual
from dlicalc.services.manual_place import Place
from dlicalc.services.pages import Page
from dlicalc.services.ports import HelpSheet
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELDS
from tests.cases import full_case
from tests.gui.conftest import Answers, other_language
from tests.gui.keyboard import focus
from tests.gui.test_contrast import LEAST, PALETTES, contrast
from tests.program import parts


def shipped(language: str) -> tuple[Any, ...]:
    return topics(parts(), language)


def manual() -> Manual:
    from dlicalc.gui.help import page_entries

    return whole_manual(shipped("en"), page_entries(Words()), Words(), parts().protocol)


@pytest.fixture
def help_window(qtbot: Any, window: MainWindow) -> HelpWindow:
    dialog = HelpWindow(shipped, window)
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def opened(help_window: HelpWindow, protocol: Protocol) -> HelpWindow:
    help_window.show_place(Place("volume"), Words(), protocol)
    return help_window


def first_line(dialog: HelpWindow) -> str:
    """What stands at the top of what is seen."""
    cursor = dialog.browser.cursorForPosition(dialog.browser.viewport().rect().topLeft())
    return cursor.block().text()


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("labs.creatinine.upper_limit", "labs.creatinine"),
        ("recipient.weight.measured_on", "recipient.weight"),
        ("products.3.counts.cd3.of", "products.counts.cd3.of"),
        ("products.0.volume.tare", "products.volume.gross"),
        ("products.0.volume", "products.volume"),
        ("infusion.gvhd_prophylaxis_weeks.from", "infusion.gvhd_prophylaxis_weeks"),
        ("decisions.0", ""),
        ("", ""),
    ],
)
def test_every_entry_belongs_to_a_topic(path: str, topic: str) -> None:
    assert topic_of(path) == topic
    assert {topic_of(field) for field in FIELDS} == set(FIELDS)


def test_every_cell_of_every_page_has_its_place_in_the_manual() -> None:
    whole = manual()
    cells = [
        (page, cell.path) for page, part in zip(Page, PAGES, strict=False) for row in rows(part) for cell in row.cells
    ]
    assert len(cells) > 100
    for page, path in cells:
        place = place_of(path, page)
        assert place.anchor in FIELDS
        assert place.topic == f"entries-{page.name.lower()}"
        assert whole.has(place), path
    assert all(whole.has(place_of("", page)) for page in Page)
    assert whole.has(FINDINGS)


def test_every_row_on_the_screen_opens_the_manual_at_itself(window: MainWindow) -> None:
    window.view_model.open(full_case())
    whole, seen = manual(), set()
    for page in list(Page)[:-1]:
        window.pages.show_page(page)
        for row in window.pages.page(page).findChildren(RowEdit):
            for path in row.places():
                place = place_of(path, page)
                assert whole.has(place), path
                assert place.anchor == topic_of(path) != "", path
                seen.add(place.anchor)
    # Everything that has a label is on some page; the rest are cells of the table of bags or come with an answer.
    assert len(seen) > 60


def test_help_opens_at_the_entry_with_the_keyboard_and_esc_returns(
    qtbot: Any, window: MainWindow, help_window: HelpWindow, protocol: Protocol
) -> None:
    line = focus(window, "Creatinine, upper limit", QLineEdit)
    assert path_with_keyboard() == "labs.creatinine.upper_limit"
    help_window.show_place(place_of(path_with_keyboard(), Page.ELIGIBILITY), Words(), protocol)
    assert help_window.isModal() is False
    assert first_line(help_window) == "Creatinine"
    qtbot.waitUntil(help_window.browser.hasFocus)
    assert "from day" not in help_window.browser.toPlainText().split("Creatinine")[0]
    assert help_window.contents.currentItem().text(0) == "Creatinine"
    QTest.keyClick(help_window.browser, Qt.Key.Key_Escape)
    assert not help_window.isVisible()
    qtbot.waitUntil(line.hasFocus)


def test_help_is_worded_anew_and_stays_at_its_place(help_window: HelpWindow, protocol: Protocol) -> None:
    help_window.show_place(place_of("labs.alt", Page.ELIGIBILITY), Words(), protocol)
    help_window.retranslate(Words(other_language), protocol)
    assert help_window.windowTitle() == "译Manual"
    assert first_line(help_window) == "译ALT"
    assert help_window.back.text() == "译&Back"


def test_the_shipped_chinese_manual_opens_at_the_same_place(help_window: HelpWindow, protocol: Protocol) -> None:
    help_window.resize(500, 220)
    help_window.show_place(Place("counts", "share"), Words(), protocol)
    assert first_line(help_window) == "A share of what?"
    help_window.retranslate(parts().words("zh_CN"), protocol)
    assert first_line(help_window) == "占什么的百分比？"


def test_links_lead_on_and_the_keys_back(opened: HelpWindow) -> None:
    assert not opened.back.isEnabled()
    opened.browser.anchorClicked.emit(QUrl("counts#share"))
    assert opened.place == Place("counts", "share")
    opened.browser.anchorClicked.emit(QUrl("#viability"))
    assert opened.place == Place("counts", "viability")
    QTest.keyClick(opened.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(opened.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.place == Place("volume")
    assert first_line(opened) == "How the volume is computed"
    QTest.keyClick(opened.browser, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.place == Place("volume")
    opened.forward.click()
    assert opened.place == Place("counts", "share")


def test_a_link_is_followed_by_tab_and_enter(opened: HelpWindow) -> None:
    QTest.keyClick(opened.browser, Qt.Key.Key_Tab)
    QTest.keyClick(opened.browser, Qt.Key.Key_Return)
    assert opened.place == Place("counts")


@pytest.mark.parametrize("address", ["https://example.org", "file:///etc/passwd", "counts#nowhere", "nowhere", ""])
def test_no_link_leads_out_of_the_manual(opened: HelpWindow, address: str) -> None:
    before = opened.browser.toPlainText()
    opened.browser.anchorClicked.emit(QUrl(address))
    assert opened.browser.toPlainText() == before
    assert opened.browser.loadResource(2, QUrl("file:///etc/passwd")) is None
    assert not opened.browser.openExternalLinks()


def test_search_by_keyboard(opened: HelpWindow) -> None:
    QTest.keyClick(opened.browser, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.search.hasFocus()
    QTest.keyClicks(opened.search, "viability recovery")
    assert opened.found.text().startswith("Places found: ")
    assert opened.contents.topLevelItem(0).text(0).startswith("Viability and recovery\n")
    QTest.keyClick(opened.search, Qt.Key.Key_Return)
    assert opened.isVisible()
    assert opened.place == Place("counts", "viability")
    opened.search.setText("zzz")
    assert opened.found.text() == "Nothing was found. Try fewer or other words."
    assert opened.contents.topLevelItemCount() == 0
    QTest.keyClick(opened.search, Qt.Key.Key_Return)
    assert opened.place == Place("counts", "viability")
    opened.search.clear()
    assert opened.found.isHidden()
    assert opened.contents.topLevelItemCount() == len(manual().topics)


def test_the_contents_lead_to_every_place(opened: HelpWindow) -> None:
    item = opened.contents.topLevelItem(1).child(2)
    opened.contents.itemActivated.emit(item, 0)
    assert first_line(opened) == item.text(0) == "3 Product"
    assert opened.browser.hasFocus()


@pytest.mark.parametrize("name", PALETTES)
def test_words_links_and_table_rules_can_be_read(opened: HelpWindow, name: str) -> None:
    opened.browser.setPalette(PALETTES[name])
    QApplication.processEvents()
    image = opened.browser.viewport().grab().toImage()
    assert contrast(image, image.rect()) >= LEAST
    ground = opened.browser.palette().base().color()
    for text in ("counts and units", "How the volume is computed"):
        cursor = opened.browser.document().find(text)
        colour = (
            cursor.charFormat().foreground().color() if "counts" in text else opened.browser.palette().text().color()
        )
        assert colour == opened.browser.palette().text().color() != ground
        assert ("counts" not in text) or cursor.charFormat().fontUnderline()


def test_f1_closes_what_f1_opened_also_when_the_entry_is_gone(
    qtbot: Any, window: MainWindow, help_window: HelpWindow, protocol: Protocol
) -> None:
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    assert path_with_keyboard() == ""
    help_window.show_place(place_of("", Page.ORDER), Words(), protocol)
    line.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    qtbot.waitUntil(help_window.isActiveWindow)
    QTest.keyClick(help_window.browser, Qt.Key.Key_F1)
    assert not help_window.isVisible()


def visible(window: MainWindow) -> HelpWindow:
    [opened] = [dialog for dialog in window.findChildren(HelpWindow) if dialog.isVisible()]
    return opened


def test_f1_in_the_window_opens_help_at_the_field(window: MainWindow) -> None:
    line = focus(window, "ALT", QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_F1)
    opened = visible(window)
    assert first_line(opened) == "ALT"
    opened.close()
    window.panel.findings.list.setFocus()
    QTest.keyClick(window.panel.findings.list, Qt.Key.Key_F1)
    assert opened.place == FINDINGS
    opened.close()
    window.set_language("zh_CN")
    assert opened.windowTitle() == "译Manual"


def test_f1_in_a_dialog_that_keeps_the_keyboard(qtbot: Any, window: MainWindow) -> None:
    window.help._services = window._services._replace(manual=shipped)
    dialog = QDialog(window)
    line = QLineEdit(dialog)
    window.help.over(dialog, Place("order", "checked"))
    dialog.setModal(True)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_F1)
    [opened] = dialog.findChildren(HelpWindow)
    assert opened.place == Place("order", "checked")
    qtbot.waitUntil(opened.browser.hasFocus)
    QTest.keyClick(opened.browser, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.findChildren(HelpWindow) == [])
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("ask", "place"),
    [
        (lambda dialogs: dialogs.prepare(Words()), Place("order", "prepared")),
        (lambda dialogs: dialogs.void(Words(), "1"), Place("order", "void")),
        (lambda dialogs: dialogs.decision(Words(), "Stop."), Place("eligibility", "decisions")),
    ],
)
def test_every_question_about_an_order_has_its_place(window: MainWindow, ask: Any, place: Place) -> None:
    seen: list[Place] = []

    def explain(dialog: Any, where: Place) -> None:
        seen.append(where)
        QTimer.singleShot(0, dialog.reject)

    assert ask(Dialogs(window, explain)) in ("", None)
    assert seen == [place]
    assert manual().has(place)


def test_the_manual_opens_from_its_beginning(window: MainWindow) -> None:
    window._services = window.help._services = window._services._replace(manual=shipped)
    window.menus.manual.trigger()
    opened = visible(window)
    assert opened.place == Place("what-it-is")
    opened.close()


def test_a_damaged_manual_is_said_in_words(window: MainWindow, answers: Answers) -> None:
    def damaged(_language: str) -> Any:
        raise Refused(Problem("help/en/order.md", "damaged", {"text": "not as released"}))

    window.help._services = window._services._replace(manual=damaged)
    window.menus.manual.trigger()
    assert answers.asked == ["refused"]
    assert answers.texts[0].startswith("help/en/order.md: ")


@pytest.mark.parametrize(("action", "sheet"), [("card", HelpSheet.CARD), ("worksheet", HelpSheet.WORKSHEET)])
def test_the_sheets_are_saved_from_the_menu(
    window: MainWindow, answers: Answers, action: str, sheet: HelpSheet
) -> None:
    saved: dict[str, bytes] = {}
    services = window._services._replace(
        help_sheet=lambda kind, language: f"{kind.value} {language}".encode(),
        save_bytes=lambda path, pdf, _before: saved.__setitem__(path, pdf),
    )
    window.help._services = services
    getattr(window.menus, action).trigger()
    assert saved == {}
    answers.path = "/tmp/sheet.pdf"
    getattr(window.menus, action).trigger()
    assert saved == {"/tmp/sheet.pdf": f"{sheet.value} en".encode()}
    assert answers.suggested == f"dlicalc-{sheet.value}-en.pdf"
    assert answers.texts == [getattr(window.menus, action).text()]
