"""The Records menu on a real store, and the strip of the recovery key. Expected: docs/records.md."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit

from dlicalc.app.ledger import ledger
from dlicalc.app.parts import Parts
from dlicalc.app.records_care import RecordsCare
from dlicalc.exchange.read_back import read_pdf
from dlicalc.gui.answers import Owed
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.records_dialogs import NewPassphrase, PassphraseChange, RecoveryKeyDialog, RestoreDialog, Restoring
from dlicalc.gui.records_work import Outcome, WorkDialog
from dlicalc.gui.signs import Sign
from dlicalc.services.pages import Page
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recovery_key import recovered_key
from dlicalc.services.wording import Words
from dlicalc.storage.records.place import Place
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import full_case
from tests.gui.conftest import Answers
from tests.storage.records_writer import event

FORM = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}")


@pytest.fixture(scope="module")
def parts() -> Parts:
    return Parts()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "data" / "records", tmp_path / "data" / "keys")


@pytest.fixture
def ward(window: MainWindow, parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window on a data folder of its own, without records in it."""
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    window.care._services = window._services._replace(care=lambda training: RecordsCare(parts, training=training))
    window.keeper._ledger_of = partial(_ledger, parts)
    window.keeper.use()
    window.care.remind()
    return window


def _ledger(parts: Parts, training: bool) -> Any:
    return ledger(parts.resources.folder, training=training)


@pytest.fixture
def recorded(ward: MainWindow) -> MainWindow:
    """With three orders in the records."""
    store = ward.records
    assert isinstance(store, SqliteRecords)
    for number in range(3):
        store.append(event(f"O{number}"))
    return ward


def test_verify_says_what_it_found(recorded: MainWindow, answers: Answers, place: Place) -> None:
    recorded.menus.verify_records.trigger()
    [outcome] = answers.outcomes
    assert (outcome.sign, outcome.verdict) == (Sign.GOOD, "Nothing is wrong with the records.")
    assert outcome.lines[0].startswith("3 entries, all intact.")
    recorded.keeper.use()
    content = place.database.read_bytes()
    assert content.count(b"O1prepared") == 1
    place.database.write_bytes(content.replace(b"O1prepared", b"O7prepared"))
    recorded.menus.verify_records.trigger()
    assert (answers.outcomes[1].sign, answers.outcomes[1].verdict) == (
        Sign.STOP,
        "Something is wrong with the records.",
    )
    assert answers.outcomes[1].lines[0].startswith("Entry 2 of 20")
    place.database.write_bytes(content)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_menu_is_reached_and_used_by_keys(
    recorded: MainWindow, answers: Answers, parts: Parts, language: str, qtbot: Any
) -> None:
    """From the menu before it by the arrow; there each act has a letter of its own."""
    recorded._services = recorded._services._replace(words=parts.words)
    recorded.set_language(language)
    menus = recorded.menus
    qtbot.keyClick(recorded, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(menus._edit.isVisible)
    qtbot.keyClick(menus._edit, Qt.Key.Key_Right)
    qtbot.waitUntil(menus._records.isVisible)
    letters = [action.text().partition("&")[2][:1] for action in menus._records.actions() if action.text()]
    assert len(letters) == len(set(letters)) == 7
    assert all(letters)
    qtbot.keyClick(menus._records, Qt.Key.Key_V)
    assert answers.outcomes[0].sign is Sign.GOOD


def test_without_records_it_is_said(ward: MainWindow, answers: Answers) -> None:
    ward.menus.verify_records.trigger()
    assert answers.outcomes == ["records_absent"]
    ward.menus.recovery_key.trigger()
    assert "there are no records yet" in answers.texts[0]


def test_a_window_that_was_given_none_says_so(window: MainWindow, answers: Answers) -> None:
    for action in ("verify_records", "back_up", "restore", "recovery_key", "passphrase"):
        answers.asked.clear()
        getattr(window.menus, action).trigger()
        assert answers.asked == ["refused"]
        assert "opened without records" in answers.texts[0]


def test_a_backup_is_made_and_restored_and_the_window_goes_on_with_it(
    recorded: MainWindow, answers: Answers, tmp_path: Path, place: Place
) -> None:
    answers.backup = str(tmp_path / "b.dlibackup")
    recorded.menus.back_up.trigger()
    assert answers.suggested.startswith("dlicalc-2026-11-18")
    assert "3 entries" in answers.outcomes[0].lines[1]
    recorded.records.append(event("O9"))  # type: ignore[union-attr]
    answers.restoring = Restoring("Anna Berg", "the disk was changed", "")
    recorded.menus.restore.trigger()
    assert "Restored: 3 entries" in answers.outcomes[1].lines[0]
    newest = recorded.records.newest(9)  # type: ignore[union-attr]
    assert [entry.stamp.order for entry in newest] == ["", "O2", "O1", "O0"]
    assert newest[0].event is not None
    assert (newest[0].event.who, newest[0].event.why.partition(" ")[2]) == ("Anna Berg", "the disk was changed")
    assert len(list(place.store.glob("records.db.aside-*"))) == 1


def test_the_recovery_key_restores_where_the_key_is_lost(
    recorded: MainWindow, answers: Answers, tmp_path: Path, place: Place
) -> None:
    answers.backup = str(tmp_path / "b.dlibackup")
    recorded.menus.back_up.trigger()
    recorded.menus.recovery_key.trigger()
    assert FORM.fullmatch(answers.shown_key)
    recorded.keeper.close()
    place.key.write_bytes(b"damaged")
    answers.restoring = Restoring("Anna Berg", "", answers.shown_key.lower())
    recorded.menus.restore.trigger()
    assert "Restored: 3 entries" in answers.outcomes[-1].lines[0]
    answers.restoring = Restoring("Anna Berg", "", answers.shown_key[:-1])
    recorded.menus.restore.trigger()
    assert answers.outcomes[-1] == "records_recovery_form"
    assert len(recorded.records.newest(9)) == 4  # type: ignore[union-attr]


def test_nothing_is_restored_without_a_file_or_a_name(recorded: MainWindow, answers: Answers, tmp_path: Path) -> None:
    recorded.menus.restore.trigger()
    assert answers.outcomes == []
    answers.backup = str(tmp_path / "b.dlibackup")
    recorded.menus.restore.trigger()
    assert (answers.asked[-1], answers.outcomes) == ("restore", [])


def test_the_passphrase_is_changed_taken_away_and_asked_for(recorded: MainWindow, answers: Answers) -> None:
    answers.new_one = NewPassphrase(None, "seven cranes")
    recorded.menus.passphrase.trigger()
    assert answers.texts == ["The records are now locked by the new passphrase."]
    answers.passphrases = ["six cranes", "seven cranes"]
    recorded.menus.verify_records.trigger()
    assert answers.asked[-3:] == ["passphrase", "passphrase again", "Verify the records"]
    assert answers.outcomes[-1].sign is Sign.GOOD
    recorded.menus.back_up.trigger()  # nobody knows the passphrase
    assert answers.asked[-1] == "passphrase"
    answers.new_one = NewPassphrase("six cranes", "eight cranes")
    recorded.menus.passphrase.trigger()
    assert answers.asked[-2:] == ["new passphrase of locked", "refused"]
    answers.new_one = NewPassphrase("seven cranes", "short")
    recorded.menus.passphrase.trigger()
    assert "too short" in answers.texts[0]
    recorded.idle.hide()
    answers.passphrases = ["seven cranes"]
    recorded.idle.show_again()
    assert not recorded.cover.hides
    answers.new_one = NewPassphrase("seven cranes", None)
    recorded.menus.passphrase.trigger()
    recorded.keeper.use()
    assert isinstance(recorded.records, SqliteRecords)
    assert len(recorded.records.newest(9)) == 3


def test_the_strip_stays_until_the_key_is_on_paper(
    ward: MainWindow, answers: Answers, parts: Parts, place: Place, qtbot: Any
) -> None:
    reminder = ward.care.reminder
    assert not reminder.isVisible()  # no records, no key
    ward.pages.show_page(Page.RECIPIENT)
    ward.pages.show_page(Page.ORDER)
    qtbot.waitUntil(reminder.isVisible)
    assert "not on paper yet" in reminder.text()
    qtbot.mouseClick(reminder.button, Qt.MouseButton.LeftButton)
    assert answers.asked[-1] == "recovery key"
    assert reminder.isVisible()
    answers.with_key = lambda _print, kept: kept()
    reminder.button.setFocus()
    qtbot.keyClick(reminder.button, Qt.Key.Key_Space)
    assert not reminder.isVisible()
    assert FORM.pattern not in place.on_paper.read_text()
    assert answers.shown_key not in place.on_paper.read_text()
    ward.care.remind()
    assert not reminder.isVisible()
    place.on_paper.write_text("of another key", encoding="ascii")
    ward.care.remind()
    assert reminder.isVisible()
    ward.habits.training = True
    ward.care.remind()
    assert not reminder.isVisible()


def test_the_printed_key_is_the_key_in_letters_and_code(
    recorded: MainWindow, answers: Answers, parts: Parts, tmp_path: Path
) -> None:
    pdf = tmp_path / "key.pdf"

    def to_file() -> QPrinter:
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(pdf))
        return printer

    answers.chosen_printer = to_file
    printed: list[str] = []
    answers.with_key = lambda print_key, _kept: printed.append(print_key())
    recorded.menus.recovery_key.trigger()
    assert printed[0]
    assert pdf.stat().st_size > 1000
    answers.chosen_printer = lambda: None
    recorded.menus.recovery_key.trigger()
    assert printed[1] == ""
    for language in ("en", "zh_CN", "both"):
        paper = RecordsCare(parts, training=False).recovery_paper(answers.shown_key, language)
        [page] = read_pdf(paper, "key", bool).pages
        assert {recovered_key(code) for code in page.codes} == {recovered_key(answers.shown_key)}
        assert all(group in page.text for group in answers.shown_key.split("-"))


def test_a_printer_that_refuses_leaves_the_key_off_paper(
    recorded: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, _key: str, _language: str) -> bytes:
        raise Refused(Problem("(sheet)", "page_full"))

    monkeypatch.setattr(RecordsCare, "recovery_paper", refuse)
    printed: list[str] = []
    answers.with_key = lambda print_key, _kept: printed.append(print_key())
    recorded.menus.recovery_key.trigger()
    assert (printed, answers.asked[-1]) == ([""], "refused")


# --- the dialogs themselves ---


def test_the_key_counts_as_on_paper_by_its_last_groups_or_a_print(window: MainWindow, qtbot: Any) -> None:
    key = "-".join(f"{number:04}" for number in range(14))
    done: list[str] = []
    dialog = RecoveryKeyDialog(key, lambda: "Printer 1", lambda: bool(done.append("kept")) or True, Words(), window)
    qtbot.addWidget(dialog)
    assert all(group in dialog.accessibleDescription() for group in key.split("-"))
    assert not dialog.written.isEnabled()
    qtbot.keyClicks(dialog.typed, "0012 001")
    assert not dialog.written.isEnabled()
    qtbot.keyClicks(dialog.typed, "3")
    assert dialog.written.isEnabled()
    dialog.written.click()
    assert (done, dialog.said.text()) == (
        ["kept"],
        "You have it on paper. Seal it, and lock it away from this computer.",
    )
    dialog.print.click()
    assert "Printed on Printer 1." in dialog.said.text()
    assert len(done) == 2


def test_a_new_passphrase_is_typed_twice_and_shown_never(window: MainWindow, qtbot: Any) -> None:
    dialog = PassphraseChange(Words(), window, locked=True)
    qtbot.addWidget(dialog)
    assert dialog.present is not None
    lines = [dialog.present, dialog.new, dialog.again]
    assert {line.echoMode() for line in lines} == {QLineEdit.EchoMode.Password}
    for line, typed in zip(lines, ("old one", "seven cranes", "seven crane"), strict=True):
        qtbot.keyClicks(line, typed)
    assert not dialog.act.isEnabled()
    qtbot.keyClicks(dialog.again, "s")
    assert dialog.act.isEnabled()
    assert dialog.change() == NewPassphrase("old one", "seven cranes")
    for line in (dialog.new, dialog.again):
        line.setText("sevence")  # seven letters
    assert not dialog.act.isEnabled()
    for line in (dialog.new, dialog.again):
        line.clear()
    assert dialog.act.isEnabled()
    assert dialog.change() == NewPassphrase("old one", None)
    unlocked = PassphraseChange(Words(), window, locked=False)
    qtbot.addWidget(unlocked)
    assert not unlocked.act.isEnabled()  # there is none to take away


def test_a_restore_needs_a_name(window: MainWindow, qtbot: Any) -> None:
    dialog = RestoreDialog(Words(), "/media/b.dlibackup", window)
    qtbot.addWidget(dialog)
    assert not dialog.act.isEnabled()
    qtbot.keyClicks(dialog.name, "Anna Berg")
    assert dialog.act.isEnabled()
    assert dialog.restoring() == Restoring("Anna Berg", "", "")


def shown(work: Callable[[Any], Outcome], window: MainWindow, qtbot: Any, **how: bool) -> WorkDialog:
    dialog = WorkDialog("Verify the records", "lead", work, Words(), window, **how)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_work_shows_its_progress_and_what_came_of_it(window: MainWindow, qtbot: Any) -> None:
    go: list[bool] = []

    def work(tell: Any) -> Outcome:
        tell(0.4)
        while not go:
            time.sleep(0.01)
        return Outcome(Sign.GOOD, "fine", ("line 1", "line 2"))

    dialog = shown(work, window, qtbot)
    qtbot.waitUntil(lambda: dialog.progress.value() == 400)
    assert not dialog.leave.isEnabled()
    go.append(True)
    qtbot.waitUntil(dialog.leave.isEnabled)
    assert (dialog.verdict.text(), dialog.found.toPlainText(), dialog.progress.value()) == (
        "fine",
        "line 1\nline 2",
        1000,
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_work_is_stopped_by_escape(window: MainWindow, qtbot: Any) -> None:
    def work(tell: Any) -> Outcome:
        while True:
            tell(0.1)
            time.sleep(0.005)

    dialog = shown(work, window, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(dialog.leave.isEnabled)
    assert dialog.verdict.text() == "Stopped before the end: nothing is proved."


def test_work_that_is_refused_or_breaks_is_said(window: MainWindow, qtbot: Any) -> None:
    def refused(_tell: Any) -> Outcome:
        raise Refused(Problem("records", "records_absent"))

    dialog = shown(refused, window, qtbot, may_stop=False)
    assert not dialog.stop.isVisible()
    qtbot.waitUntil(dialog.leave.isEnabled)
    assert dialog.verdict.text() == "This was not done."
    assert "there are no records yet" in dialog.found.toPlainText()


# --- an end that is owed ---


def ended(ward: MainWindow, monkeypatch: pytest.MonkeyPatch) -> str:
    """An order is changed while the disk refuses; returns its number."""
    ward.view_model.open(full_case())
    ward.view_model.edit("infusion.filter", "170-260-um")
    ward.view_model.prepare_order("Li Wei")
    number = ward.view_model.snapshot.order.number

    def full(_store: SqliteRecords, _events: object) -> None:
        raise Refused(Problem("records", "records_refused", {"text": "SQLITE_FULL"}))

    monkeypatch.setattr(SqliteRecords, "append_all", full)
    ward.view_model.edit("recipient.weight.value", "71")
    ward.view_model.mark_saved()
    return number


def test_a_noted_end_does_not_hold_the_window_and_is_there_at_the_next_start(
    ward: MainWindow, answers: Answers, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as disk:
        number = ended(ward, disk)
        assert ward.close()
        assert not [asked for asked in answers.asked if asked.startswith("owed")]
    again = ledger(parts.resources.folder, training=False)
    kinds = [entry.stamp.kind for entry in again.entries(number)]
    again.close()
    assert kinds == ["prepared", "superseded"]


def test_an_end_that_can_be_noted_nowhere_holds_the_window(
    ward: MainWindow, answers: Answers, tmp_path: Path, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("in the way")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "owed").write_text("in the way")
    with monkeypatch.context() as disk:
        number = ended(ward, disk)
        answers.owing = [Owed.RETRY, Owed.STAY]
        assert not ward.close()
        assert answers.asked[-2:] == [f"owed {number}"] * 2
        assert "the event was not recorded (SQLITE_FULL)" in answers.texts[0]
        answers.owing = [Owed.STAY]
        ward.habits.set_training(True)
        assert not ward.training
    assert ward.close()  # there is room again
    again = ledger(parts.resources.folder, training=False)
    kinds = [entry.stamp.kind for entry in again.entries(number)]
    again.close()
    assert kinds == ["prepared", "superseded"]


def test_somebody_may_close_all_the_same(
    ward: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("in the way")
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "owed").write_text("in the way")
    ended(ward, monkeypatch)
    answers.owing = [Owed.CLOSE]
    assert ward.close()
