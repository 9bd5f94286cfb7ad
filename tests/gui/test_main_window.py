"""The window as a whole: language, findings, files, order, decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton

from dlicalc.gui.about_dialog import AboutDialog
from dlicalc.gui.answers import Decision, Leaving
from dlicalc.gui.choice import Choice
from dlicalc.gui.decision_dialog import DecisionDialog
from dlicalc.gui.main_window import MainWindow
from dlicalc.services.order_state import Held
from dlicalc.services.pages import Page
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from tests.cases import changed, full_case
from tests.gui.conftest import Answers, Disk, named, products, row
from tests.gui.keyboard import type_text

Volume = Callable[[], str]
LATE = {"infusion__planned_start": "2026-12-20T10:00+08:00", "products__0__expires_at": "2026-12-31T10:00+08:00"}


def late_case() -> dict[str, Any]:
    """A case whose one stop is about the trial: the day lies outside the window."""
    case = changed(full_case(), **LATE)
    case["recipient"]["weight"]["measured_on"] = "2026-11-17"
    return case


def findings(window: MainWindow) -> list[str]:
    rows = range(window.panel.findings.list.count())
    return [window.panel.findings.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in rows]


def select(window: MainWindow, part: str) -> None:
    window.panel.findings.list.setCurrentRow(next(row for row, text in enumerate(findings(window)) if part in text))


def test_an_empty_case_says_that_nothing_is_entered(window: MainWindow, volume: Volume) -> None:
    assert volume() == "—"
    assert window.panel.head.state.text() == "New case – nothing is entered yet"
    assert "still needed: " in window.panel.head.detail.text()
    assert "Weight" in window.panel.head.detail.text()


def test_another_language_words_everything_and_keeps_every_text(window: MainWindow, volume: Volume) -> None:
    window.view_model.open(full_case())
    type_text(window, "Name", "half typ")
    cursor = named(window, "Name", QLineEdit).cursorPosition()
    texts = [line.text() for line in window.findChildren(QLineEdit)]
    window.menus.languages["zh_CN"].trigger()
    assert [line.text() for line in window.findChildren(QLineEdit)] == texts
    name = QApplication.focusWidget()
    assert (name.accessibleName(), name.cursorPosition()) == ("译Name", cursor)
    assert window.panel.head.detail.text().startswith("译Limited by")
    assert window.steps.tabText(0) == "译&Recipient"
    QTest.keyClicks(name, "ed")
    assert window.view_model.text("recipient.name") == "half typed"
    assert volume() == "35 mL"


def test_no_word_stays_behind_in_the_other_language(window: MainWindow) -> None:
    window.view_model.open(full_case())
    window.set_language("zh_CN")
    for button in window.findChildren(QRadioButton):
        own = ("I", "II", "III", "IV", "English", "简体中文", "A4", "Letter")
        assert button.text().startswith("译") or button.text() in own, button.text()
    for control in (*window.findChildren(QLineEdit), *window.findChildren(QComboBox)):
        assert control.accessibleName().startswith("译"), control.accessibleName()


def test_a_click_on_a_finding_goes_to_its_field(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), labs__alt__upper_limit=None))
    select(window, "ALT")
    rect = window.panel.findings.list.visualItemRect(window.panel.findings.list.currentItem())
    QTest.mouseClick(window.panel.findings.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert window.pages.current is Page.ELIGIBILITY
    assert QApplication.focusWidget().accessibleName() == "ALT"


def test_enter_on_a_finding_goes_to_the_field_of_its_bag(window: MainWindow) -> None:
    case = full_case()
    case["products"].append(changed(case["products"][0], din="A999926000124", din_check=None, expires_at=None))
    window.view_model.open(case)
    select(window, "Bag 2: Expires")
    window.panel.findings.list.setFocus()
    QTest.keyClick(window.panel.findings.list, Qt.Key.Key_Return)
    assert window.pages.current is Page.PRODUCT
    assert products(window).bag == 1
    expires = products(window).form.row_at("products.1.expires_at").entries[0].controls()[0]
    assert expires.hasFocus()


def test_the_worst_comes_first(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), recipient__name=None, organs__dialysis="yes"))
    words = [text.split(":")[0] for text in findings(window)]
    assert words == sorted(words, key=["STOP", "DECIDED", "REVIEW", "NOTE"].index)
    assert words[0] == "STOP"


def test_open_and_new(window: MainWindow, disk: Disk, answers: Answers, volume: Volume) -> None:
    disk.cases["a.json"] = full_case()
    answers.path = "a.json"
    window.menus.open.trigger()
    assert volume() == "35 mL"
    assert named(window, "Weight", QLineEdit).text() == "70"
    assert window.banner.text("name") == "Example Recipient"
    window.menus.new.trigger()
    assert answers.asked == []
    assert not any(line.text() for line in window.findChildren(QLineEdit))
    answers_of_the_case = [button for choice in window.findChildren(Choice) for button in choice.controls()]
    assert not any(button.isChecked() for button in answers_of_the_case)
    assert not any(combo.currentData() for combo in window.findChildren(QComboBox))
    assert products(window).form.isHidden()
    assert volume() == "—"
    assert window.banner.text("name") == "—"


def test_a_refused_file_leaves_the_open_case_alone(window: MainWindow, answers: Answers) -> None:
    window.view_model.open(full_case())
    window.files.open_path("nowhere.json")
    assert answers.asked == ["refused"]
    assert "no such file" in answers.texts[0]
    assert window.banner.text("mrn") == "0042177"


def test_new_open_and_close_ask_before_they_lose_anything(window: MainWindow, answers: Answers) -> None:
    type_text(window, "Name", "A")
    window.menus.new.trigger()
    window.menus.open.trigger()
    assert window.close() is False
    assert answers.asked == ["leave"] * 3
    assert named(window, "Name", QLineEdit).text() == "A"
    answers.leaving = Leaving.GIVE_UP
    window.menus.new.trigger()
    assert named(window, "Name", QLineEdit).text() == ""


def test_saving_before_leaving(window: MainWindow, answers: Answers, disk: Disk) -> None:
    type_text(window, "Name", "A")
    answers.leaving, answers.path = Leaving.SAVE, "a.json"
    window.menus.new.trigger()
    assert disk.cases["a.json"]["recipient"] == {"name": "A"}
    assert window.view_model.dirty is False


def test_save_writes_what_was_typed_and_asks_for_a_file_only_once(
    window: MainWindow, answers: Answers, disk: Disk
) -> None:
    type_text(window, "Medical record number", "00/42")
    answers.path = "b.json"
    window.menus.save.trigger()
    assert answers.suggested == "case-261118-0800.json"  # the moment, nothing of the patient
    answers.path = ""
    type_text(window, "Name", "B")
    assert window.isWindowModified()
    window.menus.save.trigger()
    assert disk.cases["b.json"]["recipient"] == {"mrn": "00/42", "name": "B"}
    assert not window.isWindowModified()


def test_what_cannot_be_read_is_saved_and_opened_as_it_was_typed(
    window: MainWindow, answers: Answers, disk: Disk
) -> None:
    type_text(window, "Birth date", "2.5.1984")
    answers.path = "c.json"
    window.menus.save.trigger()
    assert disk.cases["c.json"]["recipient"] == {"birth_date": "2.5.1984"}
    window.menus.new.trigger()
    window.menus.open.trigger()
    assert named(window, "Birth date", QLineEdit).text() == "2.5.1984"
    assert "is not a date" in row(window, "recipient.birth_date").problem_text()


def test_a_choice_of_a_file_that_nobody_offers_is_shown_and_explained(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), recipient__weight__unit="stone"))
    unit = named(window, "Weight, unit", QComboBox)
    assert unit.currentText() == "stone"
    assert "“stone” is not accepted" in row(window, "recipient.weight").problem_text()
    window.view_model.open(full_case())
    assert [unit.itemText(index) for index in range(unit.count())] == ["unit?", "kg", "g", "lb"]


def test_what_could_not_be_opened_again_is_not_saved(window: MainWindow, answers: Answers, disk: Disk) -> None:
    window.view_model.open({**full_case(), "ward": "12"})
    answers.path = "c.json"
    window.menus.save.trigger()
    assert disk.cases == {}
    assert answers.asked == ["refused"]
    assert answers.texts[0].startswith("ward: ")


def test_an_order_is_saved_in_the_language_of_the_window_or_in_both(
    window: MainWindow, answers: Answers, disk: Disk
) -> None:
    window.view_model.open(full_case())
    answers.path = "o.pdf"
    window.menus.order.trigger()
    english = disk.files["o.pdf"]
    window.pages.page(Page.ORDER).languages.buttons["both"].click()
    window.menus.order.trigger()
    assert disk.files["o.pdf"] != english
    assert [(asked["order"].state, asked["language"]) for asked in disk.made] == [("draft", "en"), ("draft", "both")]
    assert answers.suggested == "draft-261118-0800.pdf"
    assert answers.asked == []


def test_a_stop_about_all_bags_is_led_by_no_entry(window: MainWindow, answers: Answers) -> None:
    window.menus.order.trigger()
    assert answers.texts[0].startswith("No bag is entered")
    assert any(text.startswith("Weight: ") for text in answers.texts)


def test_a_stop_refuses_the_order_and_offers_a_draft(window: MainWindow, answers: Answers, disk: Disk) -> None:
    window.view_model.open(late_case())
    answers.path = "o.pdf"
    window.menus.order.trigger()
    assert disk.files == {}
    assert answers.asked == ["draft"]
    assert any("outside the prophylactic window" in text for text in answers.texts)
    answers.wants_draft = True
    window.menus.order.trigger()
    assert [asked["order"].held for asked in disk.made] == [(Held.STOPS, Held.UNCHECKED)]
    assert disk.files["o.pdf"].startswith(b"%PDF")
    assert answers.suggested == "draft-261118-0800.pdf"


def test_a_prescriber_decides_a_stop_and_takes_it_back(window: MainWindow, answers: Answers) -> None:
    window.view_model.open(late_case())
    panel = window.panel.findings
    select(window, "outside the prophylactic window")
    assert panel.decide.isEnabled()
    assert not panel.withdraw.isEnabled()
    answers.ruling = Decision("Dr Prescriber", "relapse threatens")
    panel.decide.click()
    assert window.view_model.document["decisions"] == [
        {
            "code": "window.prophylactic",
            "by": "Dr Prescriber",
            "role": "prescriber",
            "reason": "relapse threatens",
            "at": "2026-11-18T08:00+08:00",
        }
    ]
    assert any(text.startswith("DECIDED") and "Decided by Dr Prescriber" in text for text in findings(window))
    assert not panel.decide.isEnabled()
    assert panel.withdraw.isEnabled()
    panel.withdraw.click()
    assert window.view_model.document["decisions"] == []
    assert any(text.startswith("STOP") and "prophylactic window" in text for text in findings(window))


def test_what_nobody_can_decide_offers_no_decision(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), recipient__mrn=None))
    select(window, "medical record number")
    assert not window.panel.findings.decide.isEnabled()


def test_a_decision_needs_name_and_reason_and_enter_records_nothing(qtbot: Any) -> None:
    dialog = DecisionDialog(Words(), "Day +80 lies outside the window.")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.by.setFocus()
    assert not dialog.record.isEnabled()
    QTest.keyClicks(dialog.by, "Dr P")
    QTest.keyClick(dialog.by, Qt.Key.Key_Return)
    assert dialog.reason.hasFocus()
    QTest.keyClicks(dialog.reason, "  ")
    assert not dialog.record.isEnabled()
    QTest.keyClicks(dialog.reason, "because")
    assert dialog.record.isEnabled()
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.decision() == Decision("Dr P", "  because")


def test_bags_are_added_ordered_and_removed(window: MainWindow, answers: Answers) -> None:
    case = full_case()
    case["products"].append(changed(case["products"][0], din="A999926000124"))
    window.view_model.open(case)
    page = products(window)
    page.later.click()
    assert [product["din"][-1] for product in window.view_model.document["products"]] == ["4", "3"]
    assert page.bag == 1
    din = page.form.row_at("products.1.din").entries[0].controls()[0]
    assert isinstance(din, QLineEdit)
    assert din.text() == "A999926000123"
    page.remove.click()
    assert [product["din"][-1] for product in window.view_model.document["products"]] == ["4"]
    page.add.click()
    assert window.view_model.products == 2
    assert page.bag == 1


def test_bags_gone_from_the_case_leave_no_field_behind(window: MainWindow) -> None:
    case = full_case()
    case["products"] = [changed(case["products"][0], din=f"A99992600012{n}") for n in range(3)]
    window.view_model.open(case)
    window.view_model.open(full_case())
    window.pages.show_page(Page.PRODUCT)
    assert products(window).table.model().rowCount() == 1
    assert products(window).bag == 0


def test_the_copied_details_say_everything_in_the_about_box(qtbot: Any) -> None:
    dialog = AboutDialog(Words(), (Field("Version", "0.1.0"), Field("Digest", "sha256:00")))
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert QApplication.clipboard().text() == "Version: 0.1.0\nDigest: sha256:00"


def test_the_panel_stays_in_sight_at_small_and_large_sizes(window: MainWindow, qtbot: Any) -> None:
    window.view_model.open(full_case())
    for width, height in ((683, 384), (1366, 768), (1920, 1080)):
        window.resize(width, height)
        qtbot.wait(20)
        volume = window.panel.head.volume
        corner = volume.mapTo(window, volume.rect().bottomRight())
        assert window.rect().contains(corner), (width, height)
        assert volume.width() >= volume.fontMetrics().horizontalAdvance(volume.text())
        assert (window.width(), window.height()) == (width, height)


class WardUnits:
    """The units of a ward, in memory."""

    def __init__(self) -> None:
        self.units = {"recipient.weight.unit": "kg"}

    def last(self, path_template: str) -> str:
        return self.units.get(path_template, "")

    def preferred(self, path_template: str) -> bool:
        return False

    def remember(self, path_template: str, unit: str) -> None:
        self.units[path_template] = unit


def test_the_unit_last_used_is_offered_on_every_page_and_enters_the_case_only_by_enter(
    window: MainWindow, volume: Volume
) -> None:
    window._services = window._services._replace(units=lambda training: WardUnits())
    window.habits.begin()
    type_text(window, "Weight", "70")
    unit = named(window, "Weight, unit", QComboBox)
    assert unit.offers
    assert "unit" not in window.view_model.document["recipient"]["weight"]
    QTest.keyClick(named(window, "Weight", QLineEdit), Qt.Key.Key_Return)
    QTest.keyClick(unit, Qt.Key.Key_Return)
    assert window.view_model.document["recipient"]["weight"] == {"value": "70", "unit": "kg"}
    assert QApplication.focusWidget().accessibleName() == "Weight, weighed on"
