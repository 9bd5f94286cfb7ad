"""Entries as people use them: what is read is said, a unit is offered and never assumed, dates have a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeySequence, QShortcut, QTextFormat, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QRadioButton

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.case_fields import PRODUCT, RECIPIENT
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.date_edit import DateEdit, MomentEdit
from dlicalc.gui.form import Form
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.page_stack import EnterMovesOn
from dlicalc.gui.quantity_edit import QuantityEdit
from dlicalc.gui.row_edit import RowEdit
from dlicalc.gui.typed_line import TypedLine
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, full_case
from tests.gui.conftest import Answers, Disk, named, other_language, row
from tests.gui.keyboard import focus, type_text

Volume = Callable[[], str]


class Units(dict[str, str]):
    """Units remembered for the length of a test."""

    def last(self, path_template: str) -> str:
        return self.get(path_template, "")

    def preferred(self, path_template: str) -> bool:
        return False

    def remember(self, path_template: str, unit: str) -> None:
        self[path_template] = unit


class Sheet:
    """One form over a case, with Enter moving on as in the window."""

    def __init__(self, qtbot: Any, protocol: Protocol, form: Form, case: dict[str, Any], units: Units) -> None:
        self.model = CaseViewModel(protocol, lambda: datetime.fromisoformat(AS_OF), document_digest)
        self.form = form
        qtbot.addWidget(form)
        form.use_units(units)
        form.edited.connect(self.model.edit)
        self.model.changed.connect(form.show_snapshot)
        form.retranslate(Words())
        self.model.open(case)
        form.fill(self.model.text)
        self.enter = EnterMovesOn(form)
        self.enter.watch()
        form.show()
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)

    def entry(self, path: str) -> Any:
        return self.form.row_at(path).entry_at(path)

    def row(self, path: str) -> RowEdit:
        return self.form.row_at(path)


@pytest.fixture
def sheet(qtbot: Any, protocol: Protocol) -> Callable[..., Sheet]:
    def make(case: dict[str, Any] | None = None, units: Units | None = None, bag: int | None = None) -> Sheet:
        form = Form(RECIPIENT) if bag is None else Form(PRODUCT, bag=bag)
        return Sheet(qtbot, protocol, form, case or full_case(), Units() if units is None else units)

    return make


def compose(line: QLineEdit, preedit: str = "", commit: str = "") -> None:
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


def said(row_edit: RowEdit) -> str:
    return row_edit.meaning().replace("\N{NO-BREAK SPACE}", " ")


# --- Decimal comma and full-width digits


def test_a_decimal_comma_is_read_said_kept_and_saved_as_a_point(
    window: MainWindow, volume: Volume, disk: Disk, answers: Answers
) -> None:
    window.view_model.open(full_case())
    type_text(window, "Weight", "70,4")
    # 0.5 mL/kg (worked example E1) × 70.4 kg = 35.2 mL
    assert volume() == "35.2 mL"
    assert named(window, "Weight", QLineEdit).text() == "70,4"
    assert said(row(window, "recipient.weight")) == "read as 70.4 · 1 day before the infusion"
    answers.path = "case.json"
    assert window.files.save()
    assert disk.cases["case.json"]["recipient"]["weight"]["value"] == "70.4"
    window.menus.order.trigger()
    # The order is made by the program from a case file's text, which refuses a comma.
    assert disk.files["case.json"].startswith(b"%PDF")
    assert window.view_model.document["recipient"]["weight"]["value"] == "70,4"
    assert window.view_model.dirty is False


def test_full_width_digits_are_read_too(window: MainWindow, volume: Volume) -> None:
    window.view_model.open(changed(full_case(), **{"recipient.weight.value": None}))
    weight = focus(window, "Weight", QLineEdit)
    compose(weight, commit="７０，４")
    assert (weight.text(), volume()) == ("７０，４", "35.2 mL")
    assert "read as 70.4" in said(row(window, "recipient.weight"))


def test_a_comma_that_may_go_on_is_not_scolded_before_the_keyboard_leaves(window: MainWindow) -> None:
    window.view_model.open(full_case())
    type_text(window, "Weight", "70,")
    assert row(window, "recipient.weight").problem_text() == ""
    type_text(window, "Weight", "70,123")
    assert "two ways" in row(window, "recipient.weight").problem_text()
    type_text(window, "Weight", "70,")
    named(window, "Name", QLineEdit).setFocus()
    assert "two ways" in row(window, "recipient.weight").problem_text()


# --- Equivalents


def test_what_is_typed_is_told_in_other_words_at_each_key(sheet: Callable[..., Sheet]) -> None:
    page = sheet(bag=0)
    line = page.entry("products.0.counts.wbc").number
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert said(page.row("products.0.counts.wbc")) == "= 20 × 10⁶/mL = 20,000/µL"
    assert said(page.row("products.0.counts.mnc")) == "75 % of 20 × 10⁶/mL = 15 × 10⁶/mL"
    QTest.keyClicks(line, "x")
    assert said(page.row("products.0.counts.wbc")) == ""
    assert said(page.row("products.0.counts.mnc")) == ""
    assert line.text() == "20x"


def test_the_row_does_not_jump_while_its_text_is_typed(sheet: Callable[..., Sheet]) -> None:
    page = sheet()
    row_edit = page.row("recipient.birth_date")
    day = page.entry("recipient.birth_date").day
    day.setFocus()
    height = row_edit.height()
    QTest.keyClick(day, Qt.Key.Key_Backspace)
    QApplication.processEvents()
    assert (said(row_edit), row_edit.height()) == ("", height)
    QTest.keyClicks(day, "3")
    assert said(row_edit) == "age on the day of the infusion: 42"
    day.selectAll()
    QTest.keyClick(day, Qt.Key.Key_Delete)
    page.entry("recipient.name").controls()[0].setFocus()
    QApplication.processEvents()
    assert row_edit.height() < height


def test_equivalents_are_in_the_language_of_the_window(window: MainWindow) -> None:
    window.view_model.open(full_case())
    window.set_language("zh_CN")
    assert said(row(window, "recipient.birth_date")) == "译age on the day of the infusion: 42"


# --- Units


def without_units() -> dict[str, Any]:
    return changed(full_case(), **{"recipient.weight": None, "recipient.height": None})


def test_the_first_time_no_unit_is_offered_and_one_must_be_chosen(sheet: Callable[..., Sheet]) -> None:
    page = sheet(without_units())
    weight: QuantityEdit = page.entry("recipient.weight")
    weight.number.setFocus()
    QTest.keyClicks(weight.number, "70")
    QTest.keyClick(weight.number, Qt.Key.Key_Return)
    assert weight.unit is not None
    assert weight.unit.hasFocus()
    QTest.keyClick(weight.unit, Qt.Key.Key_Return)
    assert weight.unit.currentText() == "unit?"
    assert page.model.text("recipient.weight.unit") == ""
    page.entry("recipient.name").controls()[0].setFocus()
    assert page.row("recipient.weight").problem_text() == "Choose the unit of this number."


def test_a_unit_chosen_is_remembered_when_the_keyboard_leaves(sheet: Callable[..., Sheet]) -> None:
    units = Units()
    page = sheet(without_units(), units)
    weight: QuantityEdit = page.entry("recipient.weight")
    assert weight.unit is not None
    weight.unit.setFocus()
    QTest.keyClick(weight.unit, Qt.Key.Key_Down)
    QTest.keyClick(weight.unit, Qt.Key.Key_Down)
    page.entry("recipient.name").controls()[0].setFocus()
    assert units == {"recipient.weight.unit": "g"}


def test_units_of_a_file_are_not_remembered(sheet: Callable[..., Sheet]) -> None:
    units = Units()
    page = sheet(full_case(), units)
    for name in ("recipient.weight", "recipient.height"):
        page.entry(name).unit.setFocus()
    page.entry("recipient.name").controls()[0].setFocus()
    assert units == {}


def test_the_unit_last_used_is_offered_and_enter_takes_it(sheet: Callable[..., Sheet]) -> None:
    page = sheet(without_units(), Units({"recipient.weight.unit": "kg"}))
    weight: QuantityEdit = page.entry("recipient.weight")
    assert weight.unit is not None
    assert weight.unit.offers
    weight.number.setFocus()
    QTest.keyClicks(weight.number, "70")
    # The offer is no unit: the case has none, and no volume comes of it.
    assert page.model.text("recipient.weight.unit") == ""
    assert page.model.snapshot.case.recipient.weight is None
    QTest.keyClick(weight.number, Qt.Key.Key_Return)
    assert page.row("recipient.weight").problem_text() == "Choose the unit; last used here: kg – Enter takes it."
    assert weight.unit.accessibleDescription() == "Choose the unit; last used here: kg – Enter takes it."
    QTest.keyClick(weight.unit, Qt.Key.Key_Return)
    assert page.model.text("recipient.weight.unit") == "kg"
    assert (weight.unit.code(), weight.unit.offers) == ("kg", False)
    assert page.row("recipient.weight").problem_text() == ""
    assert page.entry("recipient.weight.measured_on").day.hasFocus()


def test_tab_and_the_mouse_wheel_do_not_take_the_offer(sheet: Callable[..., Sheet]) -> None:
    page = sheet(without_units(), Units({"recipient.height.unit": "cm"}))
    unit = page.entry("recipient.height").unit
    unit.setFocus()
    wheel(unit)
    QTest.keyClick(unit, Qt.Key.Key_Tab)
    assert page.model.text("recipient.height.unit") == ""
    assert unit.offers


def test_a_unit_that_the_field_does_not_have_is_not_offered(sheet: Callable[..., Sheet]) -> None:
    page = sheet(without_units(), Units({"recipient.weight.unit": "stone"}))
    assert page.entry("recipient.weight").unit.offers is False


def test_the_offer_is_wider_than_the_list_and_drawn_in_italics(sheet: Callable[..., Sheet]) -> None:
    page = sheet(without_units(), Units({"recipient.weight.unit": "kg"}))
    unit = page.entry("recipient.weight").unit
    assert unit.sizeHint().width() > page.entry("recipient.height").unit.sizeHint().width()
    offered = unit.grab().toImage()
    unit.offer("", "")
    assert unit.grab().toImage() != offered


# --- Calendar


def wheel(widget: Any) -> None:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre, QPointF(widget.mapToGlobal(widget.rect().center())), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize(
    ("key", "held"),
    [(Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)],
)
def test_the_calendar_opens_by_key_at_the_day_typed_and_writes_the_day_chosen(
    sheet: Callable[..., Sheet], key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    page = sheet()
    date: DateEdit = page.entry("transplant.day_0")
    date.day.setFocus()
    QTest.keyClick(date.day, key, held)
    popup = date.calendar.popup
    assert popup is not None
    assert popup.calendar.selectedDate() == QDate(2026, 10, 1)
    days = popup.focusWidget()
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert date.day.text() == "2026-10-02"
    assert page.model.text("transplant.day_0") == "2026-10-02"
    assert page.model.can_undo
    QApplication.sendPostedEvents(None, 52)
    assert date.calendar.popup is None


def test_the_calendar_marks_the_day_of_the_programs_clock(sheet: Callable[..., Sheet]) -> None:
    page = sheet(changed(full_case(), **{"transplant.day_0": None}))
    date: DateEdit = page.entry("transplant.day_0")
    date.calendar.open()
    assert date.calendar.popup is not None
    calendar = date.calendar.popup.calendar
    # AS_OF is 2026-11-18.
    assert calendar.selectedDate() == QDate(2026, 11, 18)
    mark = calendar.dateTextFormat(QDate(2026, 11, 18))
    assert mark.fontUnderline()
    assert mark.hasProperty(QTextFormat.Property.FontWeight)
    QTest.keyClick(date.calendar.popup, Qt.Key.Key_Escape)
    assert page.model.text("transplant.day_0") == ""


def test_the_date_of_a_moment_keeps_its_time_and_gets_its_offset(sheet: Callable[..., Sheet]) -> None:
    page = sheet(bag=0)
    moment: MomentEdit = page.entry("products.0.expires_at")
    moment.calendar.open()
    assert moment.calendar.popup is not None
    moment.calendar.popup.calendar.clicked.emit(QDate(2026, 11, 20))
    assert page.model.text("products.0.expires_at") == "2026-11-20T14:00+08:00"


def test_the_calendar_speaks_the_language_of_the_window(qtbot: Any, protocol: Protocol) -> None:
    form = Form(RECIPIENT)
    qtbot.addWidget(form)
    form.retranslate(Words(lambda sentence: "zh_CN" if sentence == "en_GB" else sentence))
    date = form.row_at("transplant.day_0").entry_at("transplant.day_0")
    assert isinstance(date, DateEdit)
    date.calendar.open()
    assert date.calendar.popup is not None
    assert date.calendar.popup.calendar.locale().language() == QLocale.Language.Chinese
    date.calendar.popup.close()


def test_the_closed_calendar_is_named_and_inert(sheet: Callable[..., Sheet]) -> None:
    page = sheet()
    button = page.entry("transplant.day_0").calendar
    assert button.accessibleName() == "Day of transplant (day 0), calendar"
    before = page.model.document
    wheel(button)
    assert (page.model.document, button.popup) == (before, None)


# --- Yes, no, unknown


@pytest.mark.parametrize(
    ("key", "answer"),
    [("1", "yes"), ("2", "no"), ("3", "unknown"), ("y", "yes"), ("N", "no"), ("u", "unknown"),
     ("4", ""), ("x", ""), ("0", "")],
)  # fmt: skip
def test_an_answer_by_number_or_letter(sheet: Callable[..., Sheet], key: str, answer: str) -> None:
    page = sheet(changed(full_case(), **{"infusion.mrd_positive": None}))
    button = page.entry("infusion.mrd_positive").controls()[2]
    button.setFocus()
    QTest.keyClicks(button, key)
    assert page.model.text("infusion.mrd_positive") == answer
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert page.model.text("infusion.mrd_positive") == ""


def test_a_letter_that_two_answers_begin_with_chooses_none(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), **{"organs.nyha_class": None}))
    button = focus(window, "NYHA class, I", QRadioButton)
    QTest.keyClicks(button, "IV")
    assert window.view_model.text("organs.nyha_class") == ""
    QTest.keyClicks(QApplication.focusWidget(), "4")
    assert window.view_model.text("organs.nyha_class") == "IV"
    assert named(window, "NYHA class, IV", QRadioButton).hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert window.view_model.text("organs.nyha_class") == "III"


# --- Lines of text


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_the_keys_of_undo_are_left_to_the_window(
    sheet: Callable[..., Sheet], key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    page = sheet()
    asked: list[str] = []
    shortcut = QShortcut(QKeySequence(held.value | key), page.form)
    shortcut.activated.connect(lambda: asked.append("window"))
    line: TypedLine = page.entry("recipient.name").controls()[0]
    line.setFocus()
    QTest.keyClicks(line, " A")
    QTest.keyClick(line, key, held)
    assert (asked, line.text()) == (["window"], "Example Recipient A")
    shortcut.setEnabled(False)
    QTest.keyClick(line, key, held)
    assert line.text() == "Example Recipient A"


def test_undo_in_a_line_goes_over_all_entries(window: MainWindow) -> None:
    window.view_model.open(full_case())
    QTest.keyClicks(focus(window, "Name", QLineEdit), " A")
    QTest.keyClicks(focus(window, "Allergies", QLineEdit), "!")
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.view_model.document == full_case()
    assert named(window, "Name", QLineEdit).text() == "Example Recipient"


def test_the_menu_of_a_line_has_no_undo_of_its_own(sheet: Callable[..., Sheet]) -> None:
    page = sheet()
    line: TypedLine = page.entry("recipient.name").controls()[0]
    QTest.keyClicks(line, "A")
    line.contextMenuEvent(_context_event(line))
    menu = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible())
    names = {action.objectName() for action in menu.actions()}
    assert {"edit-copy", "edit-paste"} <= names
    assert not names & {"edit-undo", "edit-redo"}
    assert not menu.actions()[0].isSeparator()
    menu.close()


def _context_event(line: TypedLine) -> QContextMenuEvent:
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), line.mapToGlobal(QPoint(1, 1)))


def test_chinese_is_composed_and_kept_over_a_change_of_language(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), **{"recipient.name": None}))
    name = focus(window, "Name", QLineEdit)
    compose(name, commit="王")
    compose(name, preedit="xiao")
    window.set_language("zh_CN")
    assert name.text() == "王"
    compose(name, commit="小明")
    assert name.text() == "王小明"
    assert window.view_model.text("recipient.name") == "王小明"


def test_pasted_lines_lose_no_character_unseen(window: MainWindow) -> None:
    window.view_model.open(full_case())
    for name, pasted in (("Name", "Example\nRecipient"), ("Weight", "70\r\n80"), ("Allergies", "a\tb")):
        line = focus(window, name, QLineEdit)
        line.selectAll()
        QApplication.clipboard().setText(pasted)
        QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        text = line.text()
        assert "".join(text.split()) == "".join(pasted.split())
        path = {"Name": "recipient.name", "Weight": "recipient.weight", "Allergies": "recipient.allergies"}[name]
        assert (line.displayText() == text) or row(window, path).problem_text()


def test_another_language_is_used_for_keys_and_buttons(qtbot: Any) -> None:
    form = Form(RECIPIENT)
    qtbot.addWidget(form)
    form.retranslate(Words(other_language))
    entry = form.row_at("infusion.mrd_positive").entry_at("infusion.mrd_positive")
    assert entry.controls()[0].toolTip().startswith("译Keys: 1 to 3")
