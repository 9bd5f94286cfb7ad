"""The life of an order in the real window and its real dialogs: blind, by keyboard, told where it matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTableWidget,
    QWidget,
)

from dlicalc.domain.recipient import Weight
from dlicalc.gui.check_dialog import CheckDialog
from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_dialogs import PrepareDialog, VoidDialog, Voiding, WeighDialog, Weighed
from dlicalc.gui.order_page import OrderPage
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.small_words import SmallWords
from dlicalc.services.order_state import Held, State
from dlicalc.services.pages import Page
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from tests.cases import changed, full_case
from tests.gui.conftest import Answers, Disk, named
from tests.gui.test_order_page import text_of

Key = Qt.Key
TELLING = {
    "recipient__weight__value": "71.37",
    "products__0__volume__value": "151.3",
    "products__0__counts__wbc__value": "203.9",
    "products__0__counts__mnc__value": "74.11",
    "products__0__counts__cd3__value": "31.77",
}
"""Numbers that stand nowhere by chance."""
FIRST_ENTRY = ("71.37", "151.3", "203.9", "74.11", "31.77", "A9999", "26000123", "A9999 26 000123", "000123")


@pytest.fixture
def order(window: MainWindow) -> OrderPage:
    """The page of a case that may be released, with the window's real dialogs."""
    window.view_model.open(changed(full_case(), **TELLING))
    window.pages.show_page(Page.ORDER)
    page = window.pages.page(Page.ORDER)
    assert isinstance(page, OrderPage)
    QTest.qWait(400)
    return page


def texts_of(widget: QWidget) -> Iterator[str]:
    """Everything that a widget says, to eyes, to a mouse that rests on it, and to a screen reader."""
    yield from (widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(index) for index in range(widget.count()))
    if isinstance(widget, QListWidget):
        yield from (widget.item(row).data(Qt.ItemDataRole.AccessibleTextRole) or "" for row in range(widget.count()))
    if isinstance(widget, QTableWidget):
        items = (widget.item(row, column) for row in range(widget.rowCount()) for column in range(3))
        yield from (item.text() for item in items)
    if isinstance(widget, SmallWords):
        yield widget.text()
    if widget.isWindow():
        yield widget.windowTitle()


def on_screen() -> list[str]:
    """Every text of every widget that is visible now."""
    return [text for widget in QApplication.allWidgets() if widget.isVisible() for text in texts_of(widget) if text]


def in_dialog(kind: type[QDialog], act: Callable[[Any], None]) -> Callable[[], None]:
    """Carries out ``act`` in the dialog as soon as it is open, and closes it whatever happens."""
    from PySide6.QtCore import QTimer

    failed: list[BaseException] = []

    def carry_out() -> None:
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
        try:
            act(dialog)
        except BaseException as error:
            failed.append(error)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(150, carry_out)

    def finish() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        window.activateWindow()
        QTest.qWait(20)
        if failed:
            raise failed[0]

    return finish


def real(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The window's own dialogs; what is only told is written down."""
    told: list[str] = []
    window._dialogs = Dialogs(window)
    monkeypatch.setattr(Dialogs, "tell", lambda _self, _words, _sign, text: told.append(text))
    return told


def keys(dialog: QDialog, text: str) -> None:
    """Type where the keyboard is."""
    focused = dialog.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def press(dialog: QDialog, key: Key, times: int = 1) -> None:
    for _ in range(times):
        focused = dialog.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def type_entries(dialog: CheckDialog, *, name: str = "Anna Berg", weight: str = "71.37", wbc: str = "203.9") -> None:
    """Everything by keyboard, the donation number as a scanner sends it; ends on the button that compares."""
    keys(dialog, name)
    press(dialog, Key.Key_Return)
    keys(dialog, weight)
    press(dialog, Key.Key_Return)
    press(dialog, Key.Key_Down)  # kg
    press(dialog, Key.Key_Return)
    keys(dialog, "=A99992600012300")
    press(dialog, Key.Key_Return, 2)
    keys(dialog, "151,3")  # a decimal comma, as elsewhere
    press(dialog, Key.Key_Return, 4)
    keys(dialog, wbc)
    press(dialog, Key.Key_Return)
    press(dialog, Key.Key_Down)  # x 10^9/L
    press(dialog, Key.Key_Return, 2)
    for share in ("74.11", "31.77"):
        keys(dialog, share)
        press(dialog, Key.Key_Return)
        press(dialog, Key.Key_Down)  # %
        press(dialog, Key.Key_Return)
        if share == "74.11":
            keys(dialog, "1")
            press(dialog, Key.Key_Return, 2)
        else:
            press(dialog, Key.Key_Return)
            keys(dialog, "1")
            press(dialog, Key.Key_Return)


def prepare(window: MainWindow, order: OrderPage) -> str:
    order.life.prepare.click()
    number = window.view_model.snapshot.order.number
    assert number
    return number


def check_blind(window: MainWindow, order: OrderPage) -> None:
    def act(dialog: CheckDialog) -> None:
        type_entries(dialog)
        assert dialog.focusWidget() is dialog.compare
        press(dialog, Key.Key_Space)

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()


def test_from_draft_to_checked_by_keyboard(
    window: MainWindow, order: OrderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = prepare(window, order)
    assert order.life.state.text() == f"DRAFT – order {number}\nNot for use: no second person has checked it"
    told = real(window, monkeypatch)
    check_blind(window, order)
    state = window.view_model.snapshot.order
    assert (state.state, state.number) == (State.CHECKED, number)
    assert told == [f"Both people entered the same: order {number} is checked."]
    assert order.life.state.text().startswith(f"CHECKED – order {number}")
    assert window.banner.text("order") == "CHECKED"


def test_nothing_of_the_first_entry_is_on_the_screen_meanwhile(window: MainWindow, order: OrderPage) -> None:
    window.files._path = "case-71.37-203.9.json"
    window.menus.field_help.trigger()
    window._show(window.view_model.snapshot)
    shown = on_screen()
    assert all(any(secret in text for text in shown) for secret in ("71.37", "A9999")), "the test can see"
    prepare(window, order)
    window.tell_saved("71.37")
    seen: list[str] = []

    def act(dialog: CheckDialog) -> None:
        QTest.qWait(300)
        window.view_model.refresh()
        seen.extend(on_screen())
        assert not any(entry.text() for entry in dialog.findChildren(QLineEdit))
        assert not any(combo.currentData() for combo in dialog.findChildren(QComboBox))
        assert not any(combo.offers for combo in dialog.findChildren(QComboBox))  # type: ignore[attr-defined]

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()
    assert seen
    assert [text for text in seen if any(secret in text for secret in FIRST_ENTRY)] == []
    assert "71.37" in window.windowTitle(), "afterwards everything is there again"
    assert window.banner.isVisible()


def test_nothing_can_be_pasted(window: MainWindow, order: OrderPage) -> None:
    prepare(window, order)

    def act(dialog: CheckDialog) -> None:
        for entry in dialog.findChildren(QLineEdit):
            if not entry.isVisible():
                continue
            QGuiApplication.clipboard().setText("71.37")
            entry.setFocus()
            QTest.keyClick(entry, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(entry, Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
            QTest.mouseClick(entry, Qt.MouseButton.MiddleButton, pos=QPoint(5, 5))
            assert entry.text() == "", entry.accessibleName()
            assert entry.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
            assert entry.completer() is None

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()


def test_differences_are_shown_side_by_side_and_can_only_be_entered_again(
    window: MainWindow, order: OrderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(window, order)
    real(window, monkeypatch)

    def act(dialog: CheckDialog) -> None:
        type_entries(dialog, weight="77.37", wbc="20.39")
        press(dialog, Key.Key_Space)
        table = dialog.list
        rows = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
        assert rows == [
            ["Weight", "71.37 kg", "77.37 kg"],
            ["Bag 1: White cells (WBC)", "203.9 × 10⁹/L × 1", "20.39 × 10⁹/L"],
        ]
        assert "Attempt 1" in " ".join(label.text() for label in dialog.findChildren(QLabel))
        labels = {button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()}
        assert labels == {"&Enter these again", "Leave and &go to this entry", "Cancel"}, "nobody can accept"
        assert window.view_model.snapshot.order.held == (Held.CHECK_DIFFERS,)
        dialog.again.click()
        assert not any("71.37" in text or "203.9" in text for text in on_screen()), "hidden again"
        assert dialog.focusWidget().accessibleName() == "Weight"
        weight, wbc = (named(dialog, name, QLineEdit) for name in ("Weight", "White cells (WBC)"))
        assert [weight.text(), wbc.text()] == ["", ""]  # type: ignore[attr-defined]
        assert named(dialog, "Volume in the bag", QLineEdit).text() == "151,3"  # type: ignore[attr-defined]
        for entry, text in ((weight, "71.37"), (wbc, "203.9")):
            entry.setFocus()
            keys(dialog, text)
            press(dialog, Key.Key_Return)
            press(dialog, Key.Key_Down)
        dialog.compare.click()
        assert dialog.result() == QDialog.DialogCode.Accepted

    finish = in_dialog(CheckDialog, act)
    order.life.check.click()
    finish()
    assert window.view_model.snapshot.order.state is State.CHECKED
    assert "Attempts so far: 2" in " ".join(label.text() for label in order.life.findChildren(QLabel))


def test_leaving_for_a_field_goes_there_and_the_order_stays_a_draft(window: MainWindow, order: OrderPage) -> None:
    prepare(window, order)

    def act(dialog: CheckDialog) -> None:
        type_entries(dialog, wbc="20.39")
        press(dialog, Key.Key_Space)
        dialog.list.selectRow(0)
        dialog.leave.click()

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()
    assert window.pages.current is Page.PRODUCT
    assert QApplication.focusWidget().accessibleName() == "White cells (WBC)"
    assert window.view_model.snapshot.order.state is State.DRAFT


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "wei LI"}, "is the person who prepared the order"),
        ({"name": "L. Wei"}, "may be the person who prepared the order"),
        ({"name": " "}, "Still to be entered: Name of the second person"),
        ({"weight": "7l.37"}, "Cannot be read yet: Weight"),
        ({"weight": ""}, "Still to be entered: Weight"),
    ],
)
def test_what_stands_in_the_way_is_said_in_words_before_anything_is_compared(
    window: MainWindow, order: OrderPage, typed: dict[str, str], says: str
) -> None:
    prepare(window, order)

    def act(dialog: CheckDialog) -> None:
        type_entries(dialog, **typed)
        press(dialog, Key.Key_Space)
        said = [strip.text() for strip in dialog.findChildren(Strip) if strip.isVisible()]
        assert any(says in text for text in said), said
        assert not dialog.list.isVisible()

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()
    order_now = window.view_model.snapshot.desk.order
    assert order_now is not None
    assert order_now.attempts == ()


def test_a_bad_scan_is_refused_by_name_and_bags_are_said_one_by_one(window: MainWindow, order: OrderPage) -> None:
    prepare(window, order)

    def act(dialog: CheckDialog) -> None:
        type_entries(dialog)
        dialog.entries.more.click()
        assert not dialog.entries.fewer.isHidden()
        assert dialog.focusWidget().accessibleName() == "Donation number (DIN)"
        keys(dialog, "=A99992600012X00")
        dialog.compare.click()
        said = [strip.text() for strip in dialog.findChildren(Strip) if strip.isVisible()]
        assert any("is not a donation number" in text for text in said), said
        press(dialog, Key.Key_Backspace, 20)
        dialog.compare.click()
        said = [strip.text() for strip in dialog.findChildren(Strip) if strip.isVisible()]
        assert any("Bag 2: Donation number (DIN)" in text for text in said), said
        dialog.entries.fewer.click()
        assert dialog._model.products == 1
        dialog.compare.click()
        assert dialog.result() == QDialog.DialogCode.Accepted

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    window.dialogs.tell = lambda *_: None  # type: ignore[method-assign]
    order.life.check.click()
    finish()


def test_escape_and_enter_lose_and_compare_nothing(window: MainWindow, order: OrderPage) -> None:
    prepare(window, order)

    def act(dialog: CheckDialog) -> None:
        keys(dialog, "A")
        press(dialog, Key.Key_Escape)
        assert dialog.isVisible()
        dialog.compare.setFocus()
        press(dialog, Key.Key_Return)
        assert dialog.isVisible()
        dialog.cancel.click()
        assert not dialog.isVisible()

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()
    assert window.view_model.snapshot.order.held == (Held.UNCHECKED,)


def test_every_entry_of_the_dialog_has_a_name(window: MainWindow, order: OrderPage) -> None:
    prepare(window, order)

    def act(dialog: CheckDialog) -> None:
        for kind in (QLineEdit, QComboBox, QAbstractButton):
            for widget in dialog.findChildren(kind):
                if widget.isVisible():
                    assert QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)

    finish = in_dialog(CheckDialog, act)
    window._dialogs = Dialogs(window)
    order.life.check.click()
    finish()


def test_records_that_refuse_are_said_where_the_second_person_looks(
    window: MainWindow, order: OrderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(window, order)
    real(window, monkeypatch)

    def refuse(*_given: Any) -> Any:
        raise Refused(Problem("records", "records_refused", {"text": "disk full"}))

    monkeypatch.setattr(window.view_model, "check_order", refuse)

    def act(dialog: CheckDialog) -> None:
        type_entries(dialog)
        press(dialog, Key.Key_Space)
        assert dialog.isVisible()
        assert any("disk full" in text for text in on_screen())

    finish = in_dialog(CheckDialog, act)
    order.life.check.click()
    finish()


def checked(window: MainWindow, order: OrderPage, monkeypatch: pytest.MonkeyPatch) -> str:
    number = prepare(window, order)
    dialogs = window.dialogs
    real(window, monkeypatch)
    check_blind(window, order)
    window._dialogs = dialogs
    return number


def test_a_change_is_told_where_it_is_made_and_undo_does_not_bring_the_check_back(
    window: MainWindow, order: OrderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = checked(window, order, monkeypatch)
    window.pages.show_page(Page.RECIPIENT)
    line = named(window, "Name", QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "xy")
    assert line.text().endswith("xy")  # type: ignore[attr-defined]
    assert line.hasFocus()
    assert window.ended.isVisible()
    assert f"Order {number} is superseded by this change" in window.ended.text()
    assert window.banner.text("order") == "DRAFT"
    QTest.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.view_model.document == changed(full_case(), **TELLING)
    assert window.view_model.snapshot.order.state is State.SUPERSEDED
    assert not order.life.check.isEnabled()
    order.life.prepare.click()
    assert not window.ended.isVisible(), "a new order is prepared"
    assert window.view_model.snapshot.order.replaces == number


def test_the_notice_goes_with_another_case(
    window: MainWindow, order: OrderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(window, order, monkeypatch)
    window.view_model.edit("recipient.allergies", "nuts")
    assert window.ended.isVisible()
    window.view_model.new()
    assert not window.ended.isVisible()
    assert not any(part.isVisible() for part in window.banner._if_any.values())


def test_first_paper_original_then_copies_and_each_is_asked_about(
    window: MainWindow, order: OrderPage, answers: Answers, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = checked(window, order, monkeypatch)
    answers.asked.clear()
    for copy, path in enumerate(("o.pdf", "c1.pdf", "c2.pdf")):
        answers.path = path
        order.save.click()
        assert answers.suggested == f"{'copy' if copy else 'order'}-{number}.pdf"
        text = text_of(disk.files[path])
        assert ("CHECKED" in text) is (copy == 0)
        assert (f"COPY {copy}" in text) is (copy > 0)
    assert answers.asked == ["reprint 1", "reprint 2"]
    answers.wants_copy, answers.path = False, "c3.pdf"
    order.save.click()
    assert "c3.pdf" not in disk.files
    assert "Original:" in " ".join(label.text() for label in order.life.findChildren(QLabel))
    answers.path = "case.json"
    window.menus.save_as.trigger()
    assert disk.cases["case.json"]["order"]["number"] == number
    assert len(disk.cases["case.json"]["order"]["prints"]) == 3


def test_a_case_file_brings_the_check_back_only_while_it_fits(
    window: MainWindow, order: OrderPage, answers: Answers, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = checked(window, order, monkeypatch)
    assert window.view_model.dirty
    answers.path = "case.json"
    window.menus.save.trigger()
    assert not window.view_model.dirty
    window.view_model.new()
    window.files.open_path("case.json")
    assert (window.view_model.snapshot.order.state, window.view_model.snapshot.order.number) == (State.CHECKED, number)
    assert not window.view_model.dirty
    disk.cases["case.json"]["recipient"]["weight"]["value"] = "80"
    window.files.open_path("case.json")
    assert window.view_model.snapshot.order.held == (Held.CHECK_OUTDATED,)
    window.pages.show_page(Page.ORDER)
    assert f"Order {number} is no longer valid" in order.life.state.text()


def test_weighing_again_is_told_either_way(
    window: MainWindow, order: OrderPage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = checked(window, order, monkeypatch)
    for value, state, says in (
        ("72", State.CHECKED, "within 5 %"),
        ("80", State.SUPERSEDED, f"order {number} is superseded"),
    ):
        answers.weighed = Weighed("Li Wei", Weight.model_validate({"value": value, "unit": "kg"}))
        order.life.weigh.click()
        assert window.view_model.snapshot.order.state is state
        assert says in answers.texts[0]
    answers.weighed = None
    assert not order.life.weigh.isEnabled()


def test_void_is_final_and_printed_as_such(
    window: MainWindow, order: OrderPage, answers: Answers, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = checked(window, order, monkeypatch)
    answers.voiding = None
    order.life.void.click()
    assert window.view_model.snapshot.order.state is State.CHECKED
    answers.voiding = Voiding("Li Wei", "other donor")
    order.life.void.click()
    assert window.view_model.snapshot.order.state is State.VOID
    assert [button.isEnabled() for button in (order.life.check, order.life.weigh, order.life.void)] == [False] * 3
    answers.path = "v.pdf"
    order.save.click()
    assert answers.suggested == f"void-{number}.pdf"
    assert "VOID" in text_of(disk.files["v.pdf"])
    assert "CHECKED" not in text_of(disk.files["v.pdf"])


def test_a_stop_keeps_the_order_from_being_prepared(window: MainWindow, order: OrderPage) -> None:
    assert order.life.prepare.isEnabled()
    window.view_model.edit("organs.dialysis", "yes")
    assert not order.life.prepare.isEnabled()
    assert "Not while a stop stands." in " ".join(label.text() for label in order.life.findChildren(QLabel))


def test_nobody_prepares_when_no_name_is_given(window: MainWindow, order: OrderPage, answers: Answers) -> None:
    answers.preparer = ""
    order.life.prepare.click()
    assert window.view_model.snapshot.order.number == ""
    answers.preparer = "--"
    order.life.prepare.click()
    assert answers.asked[-1] == "refused"
    assert "there is no name" in answers.texts[0]


def test_small_dialogs_act_only_when_everything_is_there(qtbot: Any, window: MainWindow) -> None:
    prepare_dialog, void = PrepareDialog(Words()), VoidDialog(Words(), "261118-7KQ4M2")
    weigh = WeighDialog(Words(), window.view_model.blind())
    for dialog in (prepare_dialog, void, weigh):
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.act.isEnabled()
    QTest.keyClicks(prepare_dialog.name, "Li Wei")
    QTest.keyClick(prepare_dialog.name, Key.Key_Return)
    assert prepare_dialog.isVisible(), "Enter goes on and prepares nothing"
    assert prepare_dialog.act.isEnabled()
    QTest.keyClicks(void.name, "Li Wei")
    assert not void.act.isEnabled()
    QTest.keyClicks(void.reason, "other donor")
    assert void.act.isEnabled()
    assert void.voiding() == Voiding("Li Wei", "other donor")
    QTest.keyClicks(weigh.name, "Li Wei")
    assert weigh.weighed() is None
    entry = named(weigh, "Weight", QLineEdit)
    QTest.keyClicks(entry, "71,5")
    assert not weigh.act.isEnabled(), "no unit yet"
    QTest.keyClick(named(weigh, "Weight, unit", QComboBox), Key.Key_Down)
    assert weigh.act.isEnabled()
    made = weigh.weighed()
    assert made is not None
    assert (made.by, made.weight.as_entered) == ("Li Wei", "71.5 kg")


def test_the_real_questions_are_asked(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    dialogs, words = Dialogs(window), Words()

    def prepare_it(dialog: PrepareDialog) -> None:
        assert dialog.focusWidget() is dialog.name
        keys(dialog, "Li Wei")
        press(dialog, Key.Key_Return)
        assert dialog.focusWidget() is dialog.act
        press(dialog, Key.Key_Space)

    finish = in_dialog(PrepareDialog, prepare_it)
    assert dialogs.prepare(words) == "Li Wei"
    finish()
    finish = in_dialog(VoidDialog, lambda dialog: dialog.cancel.click())
    assert dialogs.void(words, "261118-7KQ4M2") is None
    finish()
    finish = in_dialog(WeighDialog, lambda dialog: dialog.cancel.click())
    assert dialogs.weigh_again(words, window.view_model.blind()) is None
    finish()
    from PySide6.QtWidgets import QMessageBox

    seen: list[str] = []

    def look(box: QMessageBox) -> None:
        seen.append(box.text())

    finish = in_dialog(QMessageBox, look)
    order = window.view_model.snapshot.order._replace(number="261118-7KQ4M2", copy=2)
    assert dialogs.reprint(words, order, "2026-11-18T08:10:00+08:00") is False
    finish()
    finish = in_dialog(QMessageBox, look)
    dialogs.tell(words, Sign.GOOD, "well")
    finish()
    assert seen == ["This will be COPY 2 of order 261118-7KQ4M2.", "well"]
