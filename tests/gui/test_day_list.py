"""The day list over a real store: what it shows, what is done from it by keyboard, what is said if records refuse.

Orders are those of worked example E1; what the rows say is what was recorded.
"""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from dlicalc.app.parts import Parts
from dlicalc.app.recorded_papers import RecordedPapers
from dlicalc.gui.answers import Leaving
from dlicalc.gui.day_acts import DayActs
from dlicalc.gui.day_dialogs import CopyDialog, CopyWanted, PaperDialog, SupersedeDialog
from dlicalc.gui.day_list import DayList
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_dialogs import Voiding
from dlicalc.gui.order_model import PAGE, OrderModel
from dlicalc.services.order_state import State
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import NO_RECORDS, Event, EventKind
from dlicalc.services.wording import Words
from tests.gui.conftest import Answers, program_parts
from tests.recorded import OLD, case, day_of, opened, order_printed, prepared
from tests.report.orders import pages


@pytest.fixture(scope="module")
def parts() -> Parts:
    return program_parts()


@pytest.fixture
def store(tmp_path):
    records = opened(tmp_path / "d")
    yield records
    records.close()


class Answering(Answers):
    """Also answers what the day list asks."""

    def __init__(self) -> None:
        super().__init__()
        self.copy: CopyWanted | None = CopyWanted("Li Wei", "")

    def supersede(self, words: Words, number: str) -> Voiding | None:
        self.asked.append("supersede")
        return self.voiding

    def copy_wanted(self, words: Words, number: str) -> CopyWanted | None:
        self.asked.append("copy")
        return self.copy


@pytest.fixture
def answers() -> Answering:
    return Answering()


class Desk:
    """The window, its acts, the list, and the papers that were shown."""

    def __init__(self, window: MainWindow, store: Any, parts: Parts, qtbot: Any) -> None:
        self.window, self.store, self.qtbot = window, store, qtbot
        window.use_records(store)
        self.answers: Answering = window.dialogs  # type: ignore[assignment]
        services = window._services._replace(papers=RecordedPapers(parts))
        window._services = window.errands._services = services
        self.acts = DayActs(window, window.view_model, services, window.files)
        self.papers: list[PaperDialog] = []
        self.acts.show_paper = self._keep  # type: ignore[method-assign]
        self.list = self._opened()

    def _keep(self, dialog: PaperDialog) -> None:
        self.qtbot.addWidget(dialog)
        self.papers.append(dialog)

    def _opened(self) -> DayList:
        made = self.acts.make_list()
        assert made is not None
        self.qtbot.addWidget(made)
        made.show()
        return made

    def rows(self) -> list[tuple[str, str]]:
        model = self.list.model
        return [(model.row(place).cells[0], model.order(place)) for place in range(model.rowCount())]

    def choose(self, number: str) -> None:
        places = [place for place in range(self.list.model.rowCount()) if self.list.model.order(place) == number]
        self.list.table.selectRow(places[0])

    def press(self, button: QPushButton) -> None:
        assert button.isEnabled()
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)

    def look_for(self, text: str) -> None:
        self.list.search.setFocus()
        self.list.search.clear()
        QTest.keyClicks(self.list.search, text)
        QTest.keyClick(self.list.search, Qt.Key.Key_Return)


@pytest.fixture
def make_desk(window, store, parts, qtbot):
    return lambda: Desk(window, store, parts, qtbot)


def ended(store, number, kind=EventKind.SUPERSEDED):
    store.append(Event(kind, "Li Wei", OLD, order=number, day=day_of(case()), why="weight"))


def test_unchecked_come_first_and_what_is_over_last(store, parts, make_desk):
    over = order_printed(store, case("1"), parts)
    ended(store, over)
    printed = order_printed(store, case("2"), parts)
    new = prepared(store, case("3"), parts)
    assert make_desk().rows() == [("not checked", new), ("checked, printed 1 ×", printed), ("superseded", over)]


def test_tomorrow_is_there_and_the_day_after_is_not(store, parts, make_desk):
    numbers = []
    for mrn, day in (("1", "2026-11-19"), ("2", "2026-11-20"), ("3", "2026-11-17")):
        document = case(mrn)
        document["infusion"]["planned_start"] = f"{day}T10:00+08:00"
        numbers.append(prepared(store, document, parts))
    desk = make_desk()
    assert [number for _, number in desk.rows()] == numbers[:1]
    assert "2026-11-18" in desk.list.lead.text()
    assert "2026-11-19" in desk.list.lead.text()
    desk.press(desk.list.every)
    assert [number for _, number in desk.rows()] == [numbers[2], numbers[1], numbers[0]]


def test_search_by_every_number(store, parts, make_desk):
    number = order_printed(store, case("0042177", din="A999926000123"), parts)
    prepared(store, case("0042178", din="A999926000124", din_check="N"), parts)
    desk = make_desk()
    for text in ("0042177", "=A99992600012300", number, number.replace("-", "").lower()):
        desk.look_for(text)
        assert [found for _, found in desk.rows()] == [number], text
    desk.look_for("004217")
    assert desk.rows() == [], "a part of a number finds nothing"
    assert "whole" in desk.list.lead.text()
    QTest.keyClick(desk.list.search, Qt.Key.Key_Escape)
    assert (desk.list.search.text(), len(desk.rows()), desk.list.isVisible()) == ("", 2, True)


def test_cut_off_scan_is_said(store, parts, make_desk):
    desk = make_desk()
    desk.look_for("DLI1*2611207KQ4M2")
    assert desk.list.notice.isVisible()
    assert "cut off" in desk.list.notice.text()


def test_enter_opens_the_case_with_its_prints(store, parts, make_desk, window):
    number = order_printed(store, case("0042177"), parts)
    desk = make_desk()
    QTest.keyClick(desk.list.search, Qt.Key.Key_Down)
    QTest.keyClick(desk.list.table, Qt.Key.Key_Return)
    assert not desk.list.isVisible()
    assert window.view_model.text("recipient.mrn") == "0042177"
    order = window.view_model.snapshot.order
    assert (order.number, order.state, order.copy) == (number, State.COPY, 1)
    assert not window.view_model.dirty


def test_unsaved_work_is_asked_about_first(store, parts, make_desk, window):
    prepared(store, case("0042177"), parts)
    window.view_model.edit("recipient.mrn", "typed")
    desk = make_desk()
    desk.press(desk.list.open_case)
    assert "leave" in desk.answers.asked
    assert window.view_model.text("recipient.mrn") == "typed"
    assert desk.list.isVisible()
    desk.answers.leaving = Leaving.GIVE_UP
    desk.press(desk.list.open_case)
    assert window.view_model.text("recipient.mrn") == "0042177"


def test_case_of_an_ended_order_opens_without_its_order(store, parts, make_desk, window):
    number = order_printed(store, case("0042177"), parts)
    ended(store, number)
    desk = make_desk()
    assert not desk.list.supersede.isEnabled()
    desk.press(desk.list.open_case)
    assert window.view_model.snapshot.desk.live is None
    assert not window.view_model.snapshot.order.valid


def test_supersede_needs_name_and_reason_and_opens_the_case(store, parts, make_desk, window):
    number = order_printed(store, case("0042177"), parts)
    desk = make_desk()
    desk.press(desk.list.supersede)
    assert [entry.stamp.kind for entry in store.entries(number)][-1] == "printed", "nobody said who"
    desk.answers.voiding = Voiding("Zhang Min", "another weight")
    desk.press(desk.list.supersede)
    last = store.entries(number)[-1]
    assert (last.stamp.kind, last.event.who, last.event.why) == ("superseded", "Zhang Min", "another weight")
    assert last.stamp.day == "2026-11-18"
    assert window.view_model.text("recipient.mrn") == "0042177"
    window.view_model.prepare_order("Li Wei")
    assert window.view_model.snapshot.order.replaces == number


def test_superseded_elsewhere_while_the_question_stood_is_superseded_once(store, parts, make_desk, monkeypatch):
    number = order_printed(store, case(), parts)
    desk = make_desk()

    def meanwhile(_words, _number):
        ended(store, number)
        return Voiding("Zhang Min", "another weight")

    monkeypatch.setattr(desk.answers, "supersede", meanwhile)
    desk.choose(number)
    desk.press(desk.list.supersede)
    assert "has meanwhile been printed or ended elsewhere" in desk.answers.texts[0]
    assert [entry.stamp.kind for entry in store.entries(number)].count("superseded") == 1


def test_given_order_is_not_superseded(store, parts, make_desk):
    number = order_printed(store, case(), parts)
    desk = make_desk()
    ended(store, number, EventKind.GIVEN)
    desk.answers.voiding = Voiding("Zhang Min", "x")
    desk.press(desk.list.supersede)
    assert "given" in desk.answers.texts[0]
    assert store.entries(number)[-1].stamp.kind == "given"


def test_copy_is_recorded_before_it_is_saved_and_only_once(store, parts, make_desk, disk):
    number = order_printed(store, case(), parts)
    desk = make_desk()
    desk.press(desk.list.reprint)
    (paper,) = desk.papers
    assert store.entries(number)[-1].stamp.kind == "printed", "shown is not released"
    desk.answers.path = "copy.pdf"
    desk.press(paper.save)
    assert store.entries(number)[-1].stamp.kind == "reprinted"
    assert "COPY 1" in pages(disk.files["copy.pdf"])[0]
    assert desk.answers.suggested == f"copy-{number}.pdf"
    assert not paper.save.isEnabled()
    assert not paper.print.isEnabled()
    assert "copy.pdf" in paper.preview.state.text()


def test_nobody_named_or_nowhere_to_save_leaves_no_copy(store, parts, make_desk, disk):
    number = order_printed(store, case(), parts)
    desk = make_desk()
    desk.answers.copy = None
    desk.press(desk.list.reprint)
    assert desk.papers == []
    desk.answers.copy = CopyWanted("Li Wei", "")
    desk.press(desk.list.reprint)
    desk.press(desk.papers[0].save)
    desk.press(desk.papers[0].print)
    assert (disk.files, store.entries(number)[-1].stamp.kind) == ({}, "printed")


def test_list_is_printed_with_what_it_shows(store, parts, make_desk, disk):
    numbers = [prepared(store, case(f"{100 + place}"), parts) for place in range(30)]
    desk = make_desk()
    desk.press(desk.list.print)
    desk.answers.path = "list.pdf"
    desk.press(desk.papers[0].save)
    printed = pages(disk.files["list.pdf"])
    assert len(printed) == 1, "30 orders on one page"
    assert "PATIENT DATA" in printed[0]
    assert all(number in printed[0] for number in numbers)


def test_all_orders_are_fetched_as_they_are_scrolled_to(store, qtbot):
    for place in range(PAGE + 20):
        store.append(Event(EventKind.PREPARED, "A", OLD, order=f"O{place:04}"))
    model = OrderModel(store, Words())
    model.show_every()
    assert (model.rowCount(), model.order(0)) == (PAGE, f"O{PAGE + 19:04}")
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert (model.rowCount(), model.order(PAGE + 19)) == (PAGE + 20, "O0000")
    assert not model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert model.rowCount() == PAGE + 20


def test_no_records_are_said_and_nothing_opens(window, qtbot):
    window.menus.day_list.trigger()
    assert window.records is NO_RECORDS
    assert "opened without records" in window.dialogs.texts[0]


class Faulty:
    """A store of which one call says no."""

    def __init__(self, store: Any) -> None:
        self._store, self.fails = store, ""

    def __getattr__(self, name: str) -> Any:
        def refuse(*_arguments: object) -> None:
            raise Refused(Problem("records", "records_refused", {"text": "disk I/O error"}))

        return refuse if name == self.fails else getattr(self._store, name)


@pytest.mark.parametrize("call", ["orders_of", "search", "orders", "entries", "append"])
def test_every_refusal_of_the_store_is_said(store, parts, window, qtbot, disk, call):  # noqa: PLR0917
    number = order_printed(store, case(), parts)
    faulty = Faulty(store)
    desk = Desk(window, faulty, parts, qtbot)
    desk.answers.voiding, desk.answers.path = Voiding("Zhang Min", "x"), "copy.pdf"
    acts = {
        "orders_of": lambda: desk.press(desk.list.days),
        "search": lambda: desk.look_for("0042177"),
        "orders": lambda: desk.press(desk.list.every),
        "entries": lambda: desk.press(desk.list.open_case),
        "append": lambda: desk.press(desk.list.supersede),
    }
    faulty.fails = call
    acts[call]()
    said = [*desk.answers.texts, desk.list.notice.text()]
    assert any("was not recorded (disk I/O error)" in text for text in said)
    assert desk.list.isVisible()
    assert disk.files == {}
    faulty.fails = ""
    assert store.entries(number)[-1].stamp.kind == "printed"


def test_copy_that_cannot_be_recorded_is_not_written(store, parts, window, qtbot, disk):
    order_printed(store, case(), parts)
    faulty = Faulty(store)
    desk = Desk(window, faulty, parts, qtbot)
    desk.press(desk.list.reprint)
    faulty.fails, desk.answers.path = "append", "copy.pdf"
    desk.press(desk.papers[0].save)
    assert "was not recorded" in desk.answers.texts[0]
    assert disk.files == {}
    assert desk.papers[0].save.isEnabled()


def test_more_orders_that_the_store_refuses(store, qtbot):
    for place in range(PAGE + 1):
        store.append(Event(EventKind.PREPARED, "A", OLD, order=f"O{place:04}"))
    faulty = Faulty(store)
    model, refused = OrderModel(faulty, Words()), []
    model.refused.connect(refused.append)
    model.show_every()
    faulty.fails = "orders"
    model.fetchMore(QModelIndex())
    assert (len(refused), model.canFetchMore(QModelIndex()), model.rowCount()) == (1, False, PAGE)
    faulty.fails = "entries"
    assert "cannot be read" in model.row(0).cells[0]


def test_old_content_is_said_where_the_site_sets_years(store, parts, window, qtbot):
    number = prepared(store, case(), parts)
    settings = parts.site.settings.model_copy(update={"keep_years": 1})
    changed = Parts()
    changed.site = parts.site.model_copy(update={"settings": settings})
    window.view_model._open_case._clock = lambda: day_of_years(2)
    desk = Desk(window, store, changed, qtbot)
    assert "1 entries of 1 orders" in desk.list.notice.text()
    assert "dlicalc records retain" in desk.list.notice.text()
    assert store.entries(number)[0].event is not None


def day_of_years(years: int):
    from datetime import datetime

    from tests.cases import AS_OF

    moment = datetime.fromisoformat(AS_OF)
    return moment.replace(year=moment.year + years)


def test_every_control_has_a_name_and_a_place_in_the_tab_order(store, parts, make_desk):
    order_printed(store, case(), parts)
    desk = make_desk()
    dialogs = [desk.list, CopyDialog(Words(), "X"), SupersedeDialog(Words(), "X")]
    for dialog in dialogs:
        for control in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPushButton)):
            assert control.accessibleName() or (isinstance(control, QPushButton) and control.text())
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert desk.list.table.accessibleName() == "Orders"
    index = desk.list.model.index(0, 0)
    assert "Example Recipient" in desk.list.model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    seen, start = [], desk.list.focusWidget()
    for _ in range(12):
        desk.list.focusNextChild()
        seen.append(desk.list.focusWidget())
    assert desk.list.table in seen
    assert start in seen


def test_enter_never_supersedes_or_prints(store, parts, make_desk):
    number = order_printed(store, case(), parts)
    desk = make_desk()
    for button in (desk.list.supersede, desk.list.print, desk.list.reprint):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert desk.answers.asked == []
    assert store.entries(number)[-1].stamp.kind == "printed"


@pytest.mark.parametrize("size", [(1366, 700), (667, 336)])
def test_fits_the_smallest_screens(store, parts, make_desk, size):
    order_printed(store, case(), parts)
    desk = make_desk()
    desk.list.resize(*size)
    assert desk.list.width() <= size[0], "nothing asks for more room"
    assert desk.list.height() <= size[1]


def test_copy_that_is_printed_is_recorded_first(store, parts, make_desk, tmp_path):
    from PySide6.QtPrintSupport import QPrinter

    number = order_printed(store, case(), parts)
    desk = make_desk()

    def to_file() -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        printer.setFullPage(True)
        return printer

    desk.answers.chosen_printer, desk.answers.wants_scaled = to_file, True
    desk.press(desk.list.reprint)
    desk.press(desk.papers[0].print)
    assert store.entries(number)[-1].stamp.kind == "reprinted"
    assert (tmp_path / "out.pdf").stat().st_size > 0
    assert not desk.papers[0].print.isEnabled()
