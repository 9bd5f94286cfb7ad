"""The real questions: Enter and Escape do the harmless thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from dlicalc.gui.answers import Leaving
from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.mnemonic import plain
from dlicalc.services.wording import Words

HARMLESS = (Qt.Key.Key_Return, Qt.Key.Key_Escape)


def test_title_has_no_shortcut() -> None:
    assert [plain(text) for text in ("&Open…", "打开(&O)…", "打开 (&O) …")] == ["Open", "打开", "打开"]


def soon(act: Callable[[QMessageBox], None]) -> None:
    """Do something to the question once it is asked."""

    def when_asked() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        act(box)

    QTimer.singleShot(50, when_asked)


def press(key: Qt.Key) -> Callable[[QMessageBox], None]:
    return lambda box: QTest.keyClick(box, key)


def click(text: str) -> Callable[[QMessageBox], None]:
    return lambda box: next(button for button in box.buttons() if button.text() == text).click()


@pytest.mark.parametrize("key", HARMLESS)
def test_leaving_and_a_draft_are_never_what_a_key_does(window: MainWindow, key: Qt.Key) -> None:
    dialogs = Dialogs(window)
    soon(press(key))
    assert dialogs.leave(Words()) is Leaving.STAY
    soon(press(key))
    assert dialogs.draft(Words(), ["a stop"]) is False


def test_each_button_does_what_it_says(window: MainWindow) -> None:
    dialogs = Dialogs(window)
    soon(click("Save"))
    assert dialogs.leave(Words()) is Leaving.SAVE
    soon(click("Give up the changes"))
    assert dialogs.leave(Words()) is Leaving.GIVE_UP
    soon(click("Save a DRAFT …"))
    assert dialogs.draft(Words(), ["a stop"]) is True


def test_a_long_list_of_stops_is_counted(window: MainWindow) -> None:
    seen: list[str] = []

    def look(box: QMessageBox) -> None:
        seen.append(box.informativeText())
        box.reject()

    soon(look)
    Dialogs(window).draft(Words(), [f"stop {n}" for n in range(30)])
    assert "• stop 11\n• and 18 more" in seen[0]
