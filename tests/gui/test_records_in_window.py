"""Orders in the window are recorded, in a real store; without one there are none. Expected: docs/records.md."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.order_dialogs import PassphraseDialog, Voiding
from dlicalc.gui.order_page import OrderPage
from dlicalc.services.order_state import State
from dlicalc.services.pages import Page
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recording import Ledger, Recorder
from dlicalc.services.wording import Words
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import AS_OF, full_case
from tests.gui.conftest import Answers, Disk
from tests.program import case_from

NOW = datetime.fromisoformat(AS_OF)
NO_KEY = Qt.KeyboardModifier.NoModifier


def store_in(folder: Path, passphrase: str | None = None) -> SqliteRecords:
    return open_records(DataFolder(folder / "data", folder), folder / "program", lambda: NOW, passphrase)


@pytest.fixture
def recorded(window: MainWindow, tmp_path: Path) -> Callable[..., MainWindow]:
    """The window on records in a folder, on the page of the order of the good case."""

    def on(opened: Callable[[str | None], Any] = lambda passphrase: store_in(tmp_path, passphrase)) -> MainWindow:
        window.keeper._ledger_of = lambda _training: Ledger(opened, Recorder("dlicalc 0.1.0", "ward7"))
        window.keeper.use()
        window.view_model.open(full_case())
        window.view_model.edit("infusion.filter", "170-260-um")
        window.view_model.mark_saved()
        window.pages.show_page(Page.RECIPIENT)
        window.pages.show_page(Page.ORDER)
        return window

    return on


def page(window: MainWindow) -> OrderPage:
    found = window.pages.page(Page.ORDER)
    assert isinstance(found, OrderPage)
    return found


def check(window: MainWindow, answers: Answers) -> None:
    """A second person enters what the first did."""
    answers.checking = lambda _model, compare: compare("Anna Berg", case_from(full_case())) and ""
    page(window).life.check.click()


def kinds(tmp_path: Path) -> list[str]:
    store = store_in(tmp_path)
    try:
        return [entry.stamp.kind for entry in reversed(store.newest(100))]
    finally:
        store.close()


def test_from_preparing_to_voiding(
    qtbot: Any, recorded: Callable[..., MainWindow], answers: Answers, disk: Disk, tmp_path: Path
) -> None:
    window = recorded()
    order = page(window)
    order.life.prepare.click()
    check(window, answers)
    assert window.view_model.snapshot.order.state is State.CHECKED
    answers.path = "order.pdf"
    order.save_order()
    order.save_order()
    answers.voiding = Voiding("Anna Berg", "fever")
    order.life.void.click()
    window.keeper.close()
    assert kinds(tmp_path) == ["prepared", "checked", "printed", "reprinted", "voided"]
    assert len(disk.files) == 1
    store = store_in(tmp_path)
    sheets = [bool(entry.event and "sheet" in entry.event.details) for entry in reversed(store.newest(100))]
    store.close()
    assert sheets == [False, False, True, False, False]  # the words of the original, not of its copies


def test_nothing_is_saved_that_cannot_be_recorded(
    recorded: Callable[..., MainWindow], answers: Answers, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = recorded()
    order = page(window)
    order.life.prepare.click()
    check(window, answers)

    def full(_store: SqliteRecords, _events: object) -> None:
        raise Refused(Problem("records", "records_refused", {"text": "disk full"}))

    monkeypatch.setattr(SqliteRecords, "append_all", full)
    answers.path = "order.pdf"
    order.save_order()
    assert disk.files == {}
    assert answers.asked[-1] == "refused"
    assert "the event was not recorded (disk full)" in answers.texts[0]
    assert window.view_model.snapshot.order.state is State.CHECKED


def test_an_order_that_is_not_recorded_is_not_prepared(
    recorded: Callable[..., MainWindow], answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = recorded()

    def full(_store: SqliteRecords, _events: object) -> None:
        raise Refused(Problem("records", "records_refused", {"text": "disk full"}))

    monkeypatch.setattr(SqliteRecords, "append_all", full)
    page(window).life.prepare.click()
    assert answers.asked[-1] == "refused"
    assert window.view_model.snapshot.desk.order is None


def test_records_that_are_not_to_be_had_are_said_on_the_page(
    qtbot: Any, recorded: Callable[..., MainWindow], volume: Callable[[], str]
) -> None:
    def refused(_passphrase: str | None) -> SqliteRecords:
        raise Refused(Problem("records", "records_network", {"text": "cifs"}))

    window = recorded(refused)
    qtbot.waitUntil(lambda: window.view_model.snapshot.unrecorded is not None)
    life = page(window).life
    assert "Orders are not available: the folder lies on a network drive (cifs)" in life.state.text()
    assert not life.prepare.isEnabled()
    assert volume() == "35 mL"  # worked example of the contract: calculating goes on


def test_they_are_tried_again_whenever_the_page_comes_to_the_front(
    qtbot: Any, recorded: Callable[..., MainWindow], tmp_path: Path
) -> None:
    mended: list[bool] = []

    def opened(passphrase: str | None) -> SqliteRecords:
        if not mended:
            raise Refused(Problem("records", "records_folder", {"text": "read-only"}))
        return store_in(tmp_path, passphrase)

    window = recorded(opened)
    qtbot.waitUntil(lambda: window.view_model.snapshot.unrecorded is not None)
    mended.append(True)
    window.pages.show_page(Page.DOSE)
    window.pages.show_page(Page.ORDER)
    qtbot.waitUntil(lambda: window.view_model.snapshot.unrecorded is None)
    assert page(window).life.prepare.isEnabled()


def test_another_order_of_the_day_is_asked_about(recorded: Callable[..., MainWindow], answers: Answers) -> None:
    window = recorded()
    page(window).life.prepare.click()
    first = window.view_model.snapshot.order.number
    document = {name: part for name, part in window.view_model.document.items() if name != "order"}
    window.view_model.open(document)
    page(window).life.prepare.click()
    assert answers.asked[-2:] == ["prepare", "duplicate"]
    assert answers.texts == [f"Order {first}: prepared"]
    assert window.view_model.snapshot.desk.order is None
    answers.wants_duplicate = True
    page(window).life.prepare.click()
    assert window.view_model.snapshot.desk.order is not None


def test_a_locked_store_asks_until_the_passphrase_is_right_or_given_up(
    qtbot: Any, recorded: Callable[..., MainWindow], answers: Answers, tmp_path: Path
) -> None:
    store_in(tmp_path, "seven cranes").close()
    answers.passphrases = ["six cranes", "seven cranes"]
    window = recorded()
    qtbot.waitUntil(lambda: "passphrase again" in answers.asked)
    assert answers.asked[-2:] == ["passphrase", "passphrase again"]
    qtbot.waitUntil(lambda: window.keeper.ledger is not None and window.keeper.ledger.trouble is None)
    window.keeper.use()
    window.pages.show_page(Page.DOSE)
    window.pages.show_page(Page.ORDER)
    qtbot.waitUntil(lambda: window.view_model.snapshot.unrecorded is not None)
    assert "the records are locked" in page(window).life.state.text()


def test_the_passphrase_is_not_shown(qtbot: Any, window: MainWindow) -> None:
    dialog = PassphraseDialog(Words(), window, wrong=True)
    qtbot.addWidget(dialog)
    assert not dialog.act.isEnabled()
    qtbot.keyClicks(dialog._line, "seven cranes")
    assert dialog.act.isEnabled()
    assert (dialog.text(), dialog._line.displayText()) == ("seven cranes", "●" * 12)


def test_what_is_open_when_the_folder_becomes_known_is_not_called_unsaved(
    window: MainWindow, recorded: Callable[..., MainWindow]
) -> None:
    window = recorded()
    page(window).life.prepare.click()
    saved = window.view_model.written_document
    window.view_model.open(saved)
    window.keeper.use()
    assert not window.view_model.dirty


def test_an_idle_window_hides_the_case_until_a_key_which_does_nothing_else(
    qtbot: Any, recorded: Callable[..., MainWindow]
) -> None:
    window = recorded()
    window.idle.watch(5)
    assert (window.idle.timer.isActive(), window.idle.timer.interval()) == (True, 300_000)
    before, handle = window.view_model.document, window.windowHandle()
    window.idle.hide()
    assert window.cover.hides
    assert window.windowTitle() == "dlicalc[*]"
    assert not page(window).isVisible()
    assert window.idle.eventFilter(handle, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_7, NO_KEY, "7"))
    qtbot.waitUntil(lambda: not window.cover.hides)
    assert page(window).isVisible()
    assert window.view_model.document == before


def test_a_window_whose_records_were_unlocked_asks_for_the_passphrase_again(
    qtbot: Any, recorded: Callable[..., MainWindow], answers: Answers, tmp_path: Path
) -> None:
    store_in(tmp_path, "seven cranes").close()
    answers.passphrases = ["seven cranes"]
    window = recorded()
    qtbot.waitUntil(lambda: "passphrase" in answers.asked and window.view_model.snapshot.unrecorded is None)
    window.idle.hide()
    window.idle.show_again()
    assert window.cover.hides
    answers.passphrases = ["six cranes", "seven cranes"]
    window.idle.show_again()
    assert not window.cover.hides
