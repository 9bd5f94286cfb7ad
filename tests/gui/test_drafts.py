"""Unsaved work is kept: what is on the disk when, and what is offered at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.answers import Choice, Leaving
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.draft_keeper import DELAY
from dlicalc.gui.draft_offer import DraftOffer
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.parts import Services
from dlicalc.services.drafts import Draft, draft_content, read_draft
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.drafts import FolderDrafts
from tests.cases import AS_OF, changed, full_case
from tests.gui.conftest import Answers, Disk, other_language
from tests.gui.keyboard import type_text

Open = Callable[[], MainWindow]
ROOT = Path(__file__).parents[2]


def clock() -> datetime:
    return datetime.fromisoformat(AS_OF)


def store(folder: Path, training: bool = False) -> FolderDrafts:
    return FolderDrafts(DataFolder(folder / "training" if training else folder, folder.parent), clock, "dlicalc 0")


@pytest.fixture
def start(qtbot: Any, protocol: Protocol, disk: Disk, answers: Answers, tmp_path: Path) -> Open:
    """A start of the program, up to its question about what was left over."""

    def opened() -> MainWindow:
        services = Services(
            words=lambda code: Words(other_language) if code == "zh_CN" else Words(),
            load_case=disk.load,
            save_case=disk.save,
            make_order=disk.make_order,
            digest=document_digest,
            save_bytes=disk.save_bytes,
            about=tuple,
            version="0",
            drafts=lambda training: store(tmp_path / "data", training),
        )
        window = MainWindow(CaseViewModel(protocol, clock, document_digest), services, dialogs=answers)  # type: ignore[arg-type]
        qtbot.addWidget(window, before_close_func=lambda w: w.view_model.mark_saved())
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.habits.begin()
        return window

    return opened


def kept(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("data/**/draft-*.json"))


def flushed(window: MainWindow) -> None:
    window.habits.keeper.flush()
    QApplication.processEvents()


def left_behind(tmp_path: Path, case: dict[str, Any], training: bool = False) -> None:
    """What a window that was killed leaves: its draft, and a lock that nobody holds."""
    drafts = store(tmp_path / "data", training)
    drafts.keep(case, has_file=False)
    assert drafts._own is not None
    drafts._own.lock.release(remove=False)


def test_an_edit_is_on_the_disk_within_two_seconds_and_not_in_the_keystroke(
    start: Open, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers: list[threading.Thread] = []
    keep = FolderDrafts.keep
    monkeypatch.setattr(
        FolderDrafts,
        "keep",
        lambda self, document, *, has_file: (
            writers.append(threading.current_thread()),
            keep(self, document, has_file=has_file),
        ),
    )
    window = start()
    type_text(window, "Medical record number", "0042177")
    assert kept(tmp_path) == []
    assert DELAY < 2_000
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1, timeout=2_000)
    assert threading.main_thread() not in writers
    assert '"mrn": "0042177"' in kept(tmp_path)[0].read_text("utf-8")


def test_long_typing_does_not_put_the_draft_off(start: Open, tmp_path: Path, qtbot: Any) -> None:
    """A key every 0.1 s for 2.5 s: the draft is there before the typing ends."""
    window = start()
    seen = []
    for number in range(25):
        window.view_model.edit("recipient.mrn", "4" * (number + 1))
        qtbot.wait(100)
        seen.append(bool(kept(tmp_path)))
    assert any(seen)


def test_at_once_when_the_window_is_left(start: Open, tmp_path: Path, qtbot: Any) -> None:
    window = start()
    window.view_model.edit("recipient.mrn", "0042177")
    window.habits.keeper._state_changed(Qt.ApplicationState.ApplicationInactive)
    qtbot.waitUntil(lambda: len(kept(tmp_path)) == 1, timeout=1_000)


def test_nothing_is_kept_of_what_is_saved_new_or_given_up(start: Open, tmp_path: Path, answers: Answers) -> None:
    window = start()
    answers.path, answers.leaving = "a.json", Leaving.GIVE_UP
    for leave in (window.files.save, window.files.new, window.view_model.undo):
        window.files.forget()
        window.view_model.edit("recipient.mrn", "0042177")
        flushed(window)
        assert len(kept(tmp_path)) == 1
        leave()
        flushed(window)
        assert kept(tmp_path) == []
    window.view_model.edit("recipient.mrn", "0042177")
    flushed(window)
    window.close()
    assert list(tmp_path.glob("data/drafts/*")) == []


def test_a_close_that_was_refused_keeps_the_draft(start: Open, tmp_path: Path, answers: Answers) -> None:
    window = start()
    window.view_model.edit("recipient.mrn", "0042177")
    answers.leaving = Leaving.STAY
    window.close()
    flushed(window)
    assert window.isVisible()
    assert len(kept(tmp_path)) == 1


def test_a_second_window_neither_takes_nor_deletes_the_draft_of_the_first(
    start: Open, tmp_path: Path, answers: Answers
) -> None:
    first = start()
    first.view_model.edit("recipient.mrn", "0042177")
    flushed(first)
    second = start()
    assert answers.asked == []
    second.view_model.edit("recipient.mrn", "7")
    flushed(second)
    second.files.forget()
    flushed(second)
    assert len(kept(tmp_path)) == 1
    assert "0042177" in kept(tmp_path)[0].read_text("utf-8")


def test_what_was_left_is_offered_in_words_and_opened_as_unsaved(
    start: Open, tmp_path: Path, answers: Answers, disk: Disk
) -> None:
    decision = {"code": "renal.dialysis", "by": "Dr Zhang", "role": "prescriber", "reason": "once", "at": AS_OF}
    case = changed(full_case(), organs__dialysis="yes", decisions=[decision])
    left_behind(tmp_path, case)
    answers.choices = [Choice.OPEN]
    window = start()
    assert answers.texts == ["2026-11-18 08:00 +08:00 · MRN 0042177 · bags: 1"]
    assert window.view_model.document == case
    assert window.view_model.dirty
    assert window.files.name == ""
    strip = window.habits.restored
    assert strip.isVisible()
    assert "read every entry again" in strip.text()
    assert "Dr Zhang: once" in strip.text()
    window.resize(window.width(), window.minimumSizeHint().height())
    assert "Dr Zhang" not in strip.text()
    assert "Decisions that came back with it: 1" in strip.text()
    window.resize(window.width(), 768)
    assert "Dr Zhang" in strip.text()
    window.view_model.withdraw(0)
    assert "Dr Zhang" not in strip.text()
    window.set_language("zh_CN")
    assert strip.text().startswith("译Restored")
    assert len(kept(tmp_path)) == 1
    QTest.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
    assert strip.text() == ""
    answers.path = "a.json"
    window.files.save()
    flushed(window)
    assert kept(tmp_path) == []


def test_the_strip_goes_with_its_case(start: Open, tmp_path: Path, answers: Answers) -> None:
    left_behind(tmp_path, full_case())
    answers.choices, answers.leaving = [Choice.OPEN], Leaving.GIVE_UP
    window = start()
    window.menus.new.trigger()
    assert not window.habits.restored.isVisible()
    flushed(window)
    assert kept(tmp_path) == []


def test_kept_for_later_is_offered_again_and_discarding_asks_twice(
    start: Open, tmp_path: Path, answers: Answers
) -> None:
    left_behind(tmp_path, full_case())
    answers.choices = [Choice.LATER]
    first = start()
    assert not first.view_model.dirty
    first.close()
    answers.wants_discard, answers.choices = False, [Choice.DISCARD, Choice.LATER]
    start().close()
    assert len(kept(tmp_path)) == 1
    answers.wants_discard, answers.choices = True, [Choice.DISCARD]
    start().close()
    assert kept(tmp_path) == []
    assert answers.asked == ["leftovers", "leftovers", "discard", "leftovers", "leftovers", "discard"]


def test_a_damaged_draft_is_told_and_put_aside(start: Open, tmp_path: Path, answers: Answers) -> None:
    left_behind(tmp_path, full_case())
    kept(tmp_path)[0].write_bytes(b"half a ca")
    window = start()
    assert answers.asked == []
    (aside,) = tmp_path.glob("data/drafts/*.damaged")
    assert window.habits.notice.isVisible()
    assert str(aside) in window.habits.notice.text()
    QTest.mouseClick(window.habits.notice.button, Qt.MouseButton.LeftButton)
    assert not window.habits.notice.isVisible()


def test_a_folder_that_cannot_be_used_is_told_and_stops_nothing(
    start: Open, tmp_path: Path, volume_of: Callable[[MainWindow], str]
) -> None:
    (tmp_path / "data").touch()
    window = start()
    assert window.habits.notice.isVisible()
    assert "Unsaved work is not kept" in window.habits.notice.text()
    assert str(tmp_path / "data") in window.habits.notice.text()
    window.view_model.open(full_case())
    window.view_model.edit("recipient.name", "Another Example")
    flushed(window)
    assert volume_of(window) == "35 mL"
    (tmp_path / "data").unlink()
    window.view_model.edit("recipient.name", "Another Exampl")
    flushed(window)
    assert not window.habits.notice.isVisible()


def test_a_disk_that_fills_up_later_is_told(start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = start()

    def full(*_arguments: Any, **_options: Any) -> None:
        raise Refused(Problem("x", "output_unwritable", {"text": "No space left on device"}))

    monkeypatch.setattr(FolderDrafts, "keep", full)
    window.view_model.edit("recipient.name", "Example")
    flushed(window)
    assert "No space left on device" in window.habits.notice.text()
    assert window.habits.notice.isVisible()


@pytest.fixture
def volume_of() -> Callable[[MainWindow], str]:
    return lambda window: str(window.panel.head.volume.text())


# --- the real question ---


def draft(key: str, **changes: Any) -> Draft:
    content = draft_content(
        changed(full_case(), **changes), kept_at=f"2026-11-18T0{key}:00:00+08:00", software="x", has_file=False
    )
    return read_draft(key, content)


@pytest.fixture
def parent(start: Open) -> MainWindow:
    return start()


def soon(act: Callable[[Any], None]) -> None:
    QTimer.singleShot(50, lambda: act(QApplication.activeModalWidget()))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space])
@pytest.mark.parametrize("in_list", [False, True])
def test_no_careless_key_opens_or_discards(parent: MainWindow, key: Qt.Key, in_list: bool) -> None:
    def press(offer: DraftOffer) -> None:
        if in_list:
            offer.list.setFocus()
        QTest.keyClick(QApplication.focusWidget() or offer, key)
        offer.close()

    soon(press)
    assert Dialogs(parent).leftovers(Words(), [draft("8")]).choice is Choice.LATER


def test_each_button_is_about_the_chosen_line(parent: MainWindow) -> None:
    drafts = [draft("9", recipient__mrn="9"), draft("8", recipient__mrn="8")]

    def second(name: str) -> Callable[[DraftOffer], None]:
        return lambda offer: (offer.list.setCurrentRow(1), getattr(offer, name).click())  # type: ignore[return-value]

    soon(second("take"))
    assert Dialogs(parent).leftovers(Words(), drafts) == (Choice.OPEN, "8")
    soon(second("discard"))
    assert Dialogs(parent).leftovers(Words(), drafts) == (Choice.DISCARD, "8")
    soon(second("keep"))
    assert Dialogs(parent).leftovers(Words(), drafts).choice is Choice.LATER


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_second_question_is_answered_by_its_button_alone(parent: MainWindow, key: Qt.Key) -> None:
    soon(lambda box: QTest.keyClick(box, key))
    assert Dialogs(parent).discard(Words(), "a line") is False

    def click(box: QMessageBox) -> None:
        next(button for button in box.buttons() if button.text() == "Discard").click()

    soon(click)
    assert Dialogs(parent).discard(Words(), "a line") is True


# --- the real program, killed ---

TYPING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from dlicalc.app.main import run
from dlicalc.gui.main_window import MainWindow
from tests.gui.keyboard import type_text

def type_on():
    window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
    type_text(window, "Name", "Example Recipient")
    type_text(window, "Medical record number", "0042177")
    QTimer.singleShot(2000, lambda: print("typed", flush=True))

show = MainWindow.show
MainWindow.show = lambda self: (show(self), QTimer.singleShot(300, type_on))
run([])
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_everything_typed_two_seconds_before_a_kill_is_offered_at_the_next_start(
    start: Open, answers: Answers, tmp_path: Path
) -> None:
    environment = os.environ | {"DLICALC_DATA_FOLDER": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", TYPING]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"typed\n"
        process.send_signal(signal.SIGKILL)
    answers.choices = [Choice.OPEN]
    window = start()
    assert "MRN 0042177" in answers.texts[0]
    texts = {line.accessibleName(): line.text() for line in window.findChildren(QLineEdit)}
    assert (texts["Name"], texts["Medical record number"]) == ("Example Recipient", "0042177")
