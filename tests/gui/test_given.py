"""After the infusion, in the real dialog over real records, by keyboard; doses by hand from E1 (35 mL: 75 and 30)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton, QWidget

from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.given_dialog import GivenDialog
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.row_edit import RowEdit
from dlicalc.gui.signs import Sign
from dlicalc.services.order_view import headline
from dlicalc.services.pages import Page
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Event, EventKind, Unavailable
from dlicalc.services.wording import Words
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import changed, full_case
from tests.gui.test_second_check import in_dialog, keys, press, real
from tests.program import case_from
from tests.services.given_life import NUMBER, given_event, prepared, records_in

Key = Qt.Key


@pytest.fixture
def records(tmp_path: Path) -> SqliteRecords:
    return records_in(tmp_path)


@pytest.fixture
def ward(window: MainWindow, records: SqliteRecords) -> MainWindow:
    """The window over these records, with the good case prepared and checked in it."""
    window.use_records(records)
    window.view_model.open(full_case())
    window.view_model.prepare_order("Li Wei")
    window.view_model.check_order("Anna Berg", case_from(full_case()))
    return window


def after(window: MainWindow, act: Any) -> None:
    """Choose the menu, carry out ``act`` in the dialog."""
    finish = in_dialog(GivenDialog, act)
    window.menus.given.trigger()
    finish()


def moment(dialog: GivenDialog, time: str) -> None:
    """Day, time, offset; Enter goes on after each, and what the computer put in is typed over."""
    for text in ("2026-11-18", time, "+08:00"):
        focused = dialog.focusWidget()
        assert isinstance(focused, QLineEdit)
        focused.selectAll()
        keys(dialog, text)
        press(dialog, Key.Key_Return)


def type_all(dialog: GivenDialog, volume: str = "28") -> None:
    """From the volume to the button that records, all by keyboard."""
    keys(dialog, volume)
    press(dialog, Key.Key_Return)
    moment(dialog, "07:05")
    moment(dialog, "07:40")
    keys(dialog, "n")  # no reaction
    press(dialog, Key.Key_Return)
    keys(dialog, "3")  # returned to the laboratory
    press(dialog, Key.Key_Return, 3)
    keys(dialog, "Chen Jing")
    press(dialog, Key.Key_Return, 2)


def test_what_was_given_is_recorded_by_keyboard(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = real(ward, monkeypatch)
    number = ward.view_model.snapshot.order.number

    def act(dialog: GivenDialog) -> None:
        assert (dialog.number.text(), dialog.focusWidget()) == (
            number,
            dialog.bags[0].rows["given"].entries[0].controls()[0],
        )
        type_all(dialog)
        assert dialog.focusWidget() is dialog.record
        assert "CD3⁺, per kg | 30 × 10⁶/kg | 24 × 10⁶/kg | 6 × 10⁶/kg less, 20 % less" in dialog.outcome.text()
        assert "Bag 1: 115 mL left" in dialog.outcome.text()
        press(dialog, Key.Key_Return)
        assert dialog.entry is not None

    after(ward, act)
    [entry] = records.entries(number)
    assert entry.event is not None
    assert (entry.event.kind, entry.event.who) == (EventKind.GIVEN, "Chen Jing")
    assert (entry.event.details["mnc_per_kg"], entry.event.details["cd3_per_kg"]) == ("60000000", "24000000")
    assert told == [f"Recorded as entry 1: what was given of order {number}."]


def test_a_second_entry_corrects_the_first(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = real(ward, monkeypatch)
    after(ward, lambda dialog: (type_all(dialog), dialog.record.click()))

    def correct(dialog: GivenDialog) -> None:
        assert "by Chen Jing" in dialog.earlier.accessibleName()
        assert not dialog.entered
        line = dialog.focusWidget()
        assert isinstance(line, QLineEdit)
        assert line.text() == "28"
        line.selectAll()
        keys(dialog, "21")
        dialog.by.entries[0].controls()[0].setFocus()
        keys(dialog, "Chen Jing")
        dialog.record.click()
        assert "accepted: a remark that says why" in dialog.message.accessibleName()
        assert dialog.focusWidget() is dialog.remark.entries[0].controls()[0]
        keys(dialog, "misread")
        dialog.record.click()

    after(ward, correct)
    number = ward.view_model.snapshot.order.number
    assert told[1] == f"Recorded as entry 2: it corrects entry 1 about order {number}."
    assert [entry.event.details["cd3_per_kg"] for entry in records.entries(number) if entry.event] == [
        "24000000",
        "18000000",
    ]


class Full:
    """Records on a full disk: everything can be read, nothing is kept."""

    def __init__(self, records: SqliteRecords) -> None:
        self._records = records

    def __getattr__(self, name: str) -> Any:
        return getattr(self._records, name)

    def append(self, event: Event) -> Any:
        raise Refused(Problem("records", "records_refused", {"text": "disk full"}))


def test_nothing_typed_is_lost_when_the_records_refuse(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = real(ward, monkeypatch)
    ward.use_records(Full(records))  # type: ignore[arg-type]
    asked: list[bool] = []

    def act(dialog: GivenDialog) -> None:
        dialog._may_leave = lambda: bool(asked.append(True))  # type: ignore[func-returns-value]
        type_all(dialog)
        press(dialog, Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.message.accessibleName().startswith(
            "Nothing was recorded, and everything typed is still here. the event was not recorded (disk full)"
        )
        dialog.reject()
        press(dialog, Key.Key_Escape)
        assert dialog.isVisible()
        assert asked == [True, True]
        lines = [line.text() for line in dialog.findChildren(QLineEdit) if line.text()]
        assert {"28", "07:05", "07:40", "Chen Jing"} <= set(lines)
        dialog._may_leave = lambda: True

    after(ward, act)
    assert told == []
    assert records.head().sequence == 0


def test_without_records_it_says_so(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told = real(ward, monkeypatch)
    ward.use_records(Unavailable("records_program"))
    ward.menus.given.trigger()
    assert told[0].startswith("Records are not available, so nothing can be recorded here: records are not kept in the")


def test_an_order_of_another_day_is_found_by_its_number_or_its_code(
    window: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    real(window, monkeypatch)
    window.use_records(records)
    prepared(records)

    def act(dialog: GivenDialog) -> None:
        assert dialog.focusWidget() is dialog.number
        assert not dialog.record.isEnabled()
        keys(dialog, "261118-AAAAAA")
        press(dialog, Key.Key_Return)
        assert dialog.message.accessibleName().startswith("no order “261118-AAAAAA” is recorded here")
        dialog.number.selectAll()
        keys(dialog, NUMBER.lower())
        press(dialog, Key.Key_Return)
        assert dialog.head.accessibleName() == f"Order {NUMBER}: Example Recipient, MRN 0042177, 70 kg, ordered 35 mL"
        assert not dialog.message.isVisible()
        keys(dialog, "28")
        dialog.number.setFocus()
        press(dialog, Key.Key_Return)
        assert "not recorded yet" in dialog.message.accessibleName()
        assert dialog.bags[0].rows["given"].entries[0].controls()[0].text() == "28"  # type: ignore[attr-defined]
        dialog._may_leave = lambda: True

    after(window, act)


def test_the_day_list_can_name_the_order(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    real(ward, monkeypatch)
    prepared(records)
    shown: list[str] = []
    finish = in_dialog(GivenDialog, lambda dialog: shown.append(dialog.head.accessibleName()))
    ward.errands.after_infusion(NUMBER)
    finish()
    assert shown[0].startswith(f"Order {NUMBER}:")


def test_what_is_wrong_stands_beside_its_entry(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real(ward, monkeypatch)

    def act(dialog: GivenDialog) -> None:
        dialog._may_leave = lambda: True
        keys(dialog, "2 8")
        given = dialog.bags[0].rows["given"]
        assert given.problem_text().startswith("“2 8” is not a number")
        dialog.record.click()
        assert dialog.message.accessibleName().startswith("Not recorded. First: “2 8” is not a number")
        line = given.entries[0].controls()[0]
        assert isinstance(line, QLineEdit)
        line.selectAll()
        keys(dialog, "151")
        assert "151 mL is more than the 150 mL in the bag." in _strip(given)
        dialog.record.click()
        assert "151 mL is more than the 150 mL" in dialog.message.accessibleName()
        assert dialog.focusWidget() is line
        line.selectAll()
        keys(dialog, "36")
        assert _strip(given) == "36 mL is more than the 35 mL ordered from this bag."
        assert not dialog.message.isVisible()

    after(ward, act)


def _strip(row: RowEdit) -> str:
    return row._problem.text() if row._problem.isVisible() else ""


def test_a_bag_outside_the_order_can_be_told_and_taken_back(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real(ward, monkeypatch)

    def act(dialog: GivenDialog) -> None:
        dialog._may_leave = lambda: True
        keys(dialog, "28")
        assert not dialog.fewer.isVisible()
        dialog.more.click()
        assert dialog.focusWidget() is dialog.bags[1].rows["din"].entries[0].controls()[0]
        keys(dialog, "A999926000123")
        assert "stands above already" in dialog.bags[1].rows["din"].problem_text()
        dialog.fewer.click()
        assert len(dialog.bags) == 1
        assert "24 × 10⁶/kg" in dialog.outcome.text()
        assert dialog.bags[0].rows["given"].entries[0].controls()[0].text() == "28"  # type: ignore[attr-defined]

    after(ward, act)


def test_every_entry_has_a_name_and_a_place_in_the_tab_order(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real(ward, monkeypatch)

    def act(dialog: GivenDialog) -> None:
        seen: list[QWidget] = []
        start = dialog.focusWidget()
        for _ in range(60):
            focused = dialog.focusWidget()
            assert focused is not None
            if seen and focused is start:
                break
            seen.append(focused)
            QTest.keyClick(focused, Key.Key_Tab)
        wanted = {
            widget
            for kind in (QLineEdit, QPushButton)
            for widget in dialog.findChildren(kind)
            if widget.isVisible() and widget.isEnabled()
        }
        assert wanted <= set(seen)
        for widget in seen:
            if not isinstance(widget, QPushButton):
                assert widget.accessibleName()
        assert any(isinstance(widget, QRadioButton) for widget in seen)

    after(ward, act)


def test_closing_asks_only_if_something_is_typed(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real(ward, monkeypatch)
    asked: list[str] = []
    monkeypatch.setattr(Dialogs, "_leave_given", lambda _self, _words: bool(asked.append("asked")) or True)
    after(ward, lambda dialog: dialog.close_button.click())
    assert asked == []
    after(ward, lambda dialog: (keys(dialog, "2"), dialog.close_button.click()))
    assert asked == ["asked"]


def test_leaving_is_never_what_enter_does(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtWidgets import QMessageBox

    boxes: list[QMessageBox] = []

    def opened(box: QMessageBox) -> None:
        boxes.append(box)

    monkeypatch.setattr(QMessageBox, "exec", opened)
    assert Dialogs(ward)._leave_given(ward.words) is False
    default = boxes[0].defaultButton()
    assert default is not None
    assert default.text().replace("&", "") == "Cancel"


# --- What the records know while the next case is typed --------------------------------------------------------------


class Counting(Full):
    """Records that count how often they are asked."""

    def __init__(self, records: SqliteRecords) -> None:
        super().__init__(records)
        self.asked: list[str] = []

    def given_to(self, mrn: str) -> Any:
        self.asked.append(mrn)
        return self._records.given_to(mrn)

    def given_from(self, din: str) -> Any:
        self.asked.append(din)
        return self._records.given_from(din)


def test_earlier_infusions_are_shown_once_the_mrn_is_typed_and_left(window: MainWindow, records: SqliteRecords) -> None:
    records.append(given_event("A", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    counting = Counting(records)
    window.use_records(counting)  # type: ignore[arg-type]
    row = window.pages.page(window.pages.current)
    assert row.focus("recipient.mrn")
    for key in "0042177":
        QTest.keyClicks(window.focusWidget(), key)
    assert counting.asked == []
    QTest.keyClick(window.focusWidget(), Key.Key_Return)
    assert counting.asked == ["0042177"]
    assert window.banner.text("before") == "1 × · CD3⁺ 20 × 10⁶/kg"
    assert row.focus("recipient.mrn")
    QTest.keyClicks(window.focusWidget(), "8")
    assert window.banner.text("before") == "—"
    QTest.keyClick(window.focusWidget(), Key.Key_Backspace)
    QTest.keyClick(window.focusWidget(), Key.Key_Return)
    assert window.banner.text("before") == "1 × · CD3⁺ 20 × 10⁶/kg"
    assert counting.asked.count("0042177") == 1


def test_opening_a_case_shows_them_and_changes_no_number(window: MainWindow, records: SqliteRecords) -> None:
    from dlicalc.gui.dose_page import DosePage
    from dlicalc.services.pages import Page

    window.view_model.open(full_case())
    before = window.view_model.snapshot.evaluation
    records.append(given_event("A", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    window.use_records(records)
    assert window.view_model.snapshot.evaluation == before
    window.pages.show_page(Page.DOSE)
    page = window.pages.page(Page.DOSE)
    assert isinstance(page, DosePage)
    assert page.before.isVisible()
    assert "With this order: MNC 125 × 10⁶/kg, CD3⁺ 50 × 10⁶/kg." in page.before.text()
    window.set_language("zh_CN")
    assert page.before.text().startswith("译Infusions given before")
    window.view_model.open(changed(full_case(), recipient__mrn="0042178"))
    assert page.before.text() == "译No earlier infusion is recorded here under this MRN."


def test_records_that_cannot_be_read_are_not_taken_for_nothing_given(
    window: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dlicalc.services.pages import Page

    def broken(_mrn: str) -> Any:
        raise Refused(Problem("records", "records_altered", {"text": "7"}))

    monkeypatch.setattr(records, "given_to", broken)
    window.use_records(records)
    window.view_model.open(full_case())
    window.pages.show_page(Page.DOSE)
    told = window.pages.page(Page.DOSE).before.text()  # type: ignore[attr-defined]
    assert told.startswith("What this recipient was given before is not known: entry 7 has been altered")


def product(window: MainWindow) -> Any:
    from dlicalc.services.pages import Page

    window.pages.show_page(Page.PRODUCT)
    return window.pages.page(Page.PRODUCT)


def test_what_is_left_enters_the_case_only_by_an_act(window: MainWindow, records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="12.5", remainder="stored"))
    window.use_records(records)
    window.view_model.open(changed(full_case(), products__0__volume=None))
    page = product(window)
    assert page.stock.text() == "12.5 mL left after 2026-10-01 (order A): kept for a later infusion."
    assert page.focus("products.0.volume")
    QTest.keyClick(window.focusWidget(), Key.Key_Return)
    assert window.view_model.text("products.0.volume.value") == ""
    assert page.focus("products.0.volume")
    QTest.keyClick(window.focusWidget(), Key.Key_Tab)
    assert window.focusWidget() is page.stock.take
    QTest.keyClick(page.stock.take, Key.Key_Return)
    assert window.view_model.text("products.0.volume.value") == "12.5"
    assert window.view_model.text("products.0.volume.unit") == "mL"
    assert not page.stock.take.isVisible()
    assert page.form.row_at("products.0.volume").entries[0].number.text() == "12.5"
    window.view_model.undo()
    assert window.view_model.text("products.0.volume.value") == ""


def test_more_than_is_left_is_told_over_all_pages(window: MainWindow, records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="0", remainder="discarded"))
    window.use_records(records)
    window.view_model.open(full_case())
    assert window.stock.isVisible()
    assert window.stock.text() == (
        "Bag 1: By the records nothing is left of this bag: discarded, 2026-10-01 (order A)."
    )
    window.stock.button.click()
    window.set_language("zh_CN")
    assert not window.stock.isVisible()
    window.view_model.open(changed(full_case(), products__0__din="A999926000999"))
    window.view_model.open(full_case())
    assert window.stock.isVisible()
    assert window.stock.button.text() == "译Close this message"
    window.view_model.new()
    assert not window.stock.isVisible()


def test_what_is_recorded_here_is_known_at_once(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    real(ward, monkeypatch)
    after(ward, lambda dialog: (type_all(dialog), dialog.record.click()))
    assert ward.banner.text("before") == "—"  # it is this very order
    ward.view_model.edit("recipient.weight.value", "71")
    assert ward.banner.text("before") == "1 × · CD3⁺ 24 × 10⁶/kg"


def test_an_order_that_was_given_says_so_and_cannot_be_withdrawn(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch, disk: Any
) -> None:
    from dlicalc.gui.prepared_order import Form

    page = ward.pages.page(Page.ORDER)
    ward.pages.show_page(Page.ORDER)
    assert (page.life.weigh.isEnabled(), page.life.void.isEnabled()) == (True, True)
    real(ward, monkeypatch)
    after(ward, lambda dialog: (type_all(dialog), dialog.record.click()))
    assert (page.life.weigh.isEnabled(), page.life.void.isEnabled()) == (False, False)
    words = Words()
    assert "Recorded as given" in headline(ward.view_model.snapshot, words)
    paper = ward.orders.prepared.pdf(ward.view_model.snapshot, Form("en", "A4", False))
    first = PdfReader(BytesIO(paper)).pages[0].extract_text()
    assert "not to be given again by this paper" in " ".join(first.split())


def test_a_withdrawn_order_that_was_given_counts_as_given_before(
    ward: MainWindow, records: SqliteRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    real(ward, monkeypatch)
    after(ward, lambda dialog: (type_all(dialog), dialog.record.click()))
    ward.view_model.void_order("Li Wei", "other donor")
    assert ward.banner.text("before") == "1 × · CD3⁺ 24 × 10⁶/kg"
    assert "Recorded as given" in headline(ward.view_model.snapshot, Words())


def test_the_order_that_is_shown_and_saved_says_it(window: MainWindow, records: SqliteRecords, disk: Any) -> None:
    from dlicalc.gui.prepared_order import Form

    window.use_records(records)
    window.view_model.open(full_case())
    form = Form("en", "A4", False)
    first = window.orders.prepared.pdf(window.view_model.snapshot, form)
    records.append(given_event("A", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    window.look.again()
    second = window.orders.prepared.pdf(window.view_model.snapshot, form)
    assert first != second
    assert [bool(made["recorded"].given_to["0042177"]) for made in disk.made] == [False, True]


def test_signs_are_not_by_colour_alone(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real(ward, monkeypatch)

    def act(dialog: GivenDialog) -> None:
        dialog.outcome.findings.show_lines([(Sign.REVIEW, "odd", False)])
        labels = dialog.outcome.findings.strips[0].findChildren(QLabel)
        assert any(not label.pixmap().isNull() for label in labels)

    after(ward, act)
