"""The dialog that holds a paper against the program, as a scanner and a keyboard use it.

35 mL are worked example E1.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dlicalc.app.window import window_parts
from dlicalc.gui.dialogs import Leaving
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.verify_dialog import VerifyDialog
from dlicalc.services.order_state import State
from dlicalc.services.wording import Words
from tests.cases import full_case
from tests.exchange.made import made
from tests.gui.conftest import Answers
from tests.program import parts

ORDER = made(full_case())
SHORT, WHOLE = ORDER.codes.short, ORDER.codes.whole[0]
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@pytest.fixture
def opened() -> list[Any]:
    return []


@pytest.fixture
def dialog(qtbot: Any, opened: list[Any]) -> VerifyDialog:
    def take(document: Any) -> bool:
        opened.append(document)
        return True

    verify = window_parts(parts()).services.verify
    assert verify is not None
    dialog = VerifyDialog(verify, Words(), take)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def scan(widget: QWidget, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """As a scanner types: all keys at once, then its end sign."""
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, end)


def says(qtbot: Any, dialog: VerifyDialog, text: str) -> None:
    qtbot.waitUntil(lambda: text in dialog.results.text(), timeout=5000)


def test_at_first_nothing_is_said(dialog: VerifyDialog) -> None:
    assert dialog.results.text() == "Nothing has been scanned yet."
    assert not dialog.open_case.isEnabled()
    assert dialog.code.hasFocus()


def test_one_scan_and_one_number(qtbot: Any, dialog: VerifyDialog) -> None:
    scan(dialog.code, SHORT)
    says(qtbot, dialog, "CANNOT TELL")
    assert not dialog.open_case.isEnabled()
    QTest.keyClick(dialog.code, Qt.Key.Key_Tab)
    assert dialog.volume.hasFocus()
    scan(dialog.volume, "30")
    says(qtbot, dialog, "DIFFERENT: The paper says 30 mL, the order says 35 mL")
    assert dialog.isVisible()
    dialog.volume.selectAll()
    scan(dialog.volume, "35")
    says(qtbot, dialog, "same: mL on the paper: 35 mL, as the order says")
    assert "DIFFERENT" not in dialog.results.text()


@pytest.mark.parametrize("practising", [False, True])
def test_the_case_of_a_training_paper_opens_in_training_only(qtbot: Any, opened: list[Any], practising: bool) -> None:
    """A paper for practice must not become a patient's case unseen."""
    verify = window_parts(parts()).services.verify
    assert verify is not None
    dialog = VerifyDialog(verify, Words(), lambda document: opened.append(document) or True, training=practising)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.code.setPlainText(made(full_case(), training=True).codes.whole[0])
    says(qtbot, dialog, "TRAINING: made for practice")
    assert ("opened in training mode only" in dialog.results.text()) is not practising
    assert dialog.open_case.isEnabled() is practising
    dialog.open_case.click()
    assert len(opened) == practising


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_the_end_of_a_scan_closes_nothing_and_presses_nothing(
    qtbot: Any, dialog: VerifyDialog, opened: list[Any], end: Qt.Key
) -> None:
    scan(dialog.code, SHORT, end)
    field = QApplication.focusWidget()
    assert field is (dialog.volume if end == Qt.Key.Key_Tab else dialog.code)
    scan(field, WHOLE, end)
    dialog.compare()
    says(qtbot, dialog, "SAME: computed again")
    assert dialog.isVisible()
    assert opened == []


def test_enter_on_a_button_closes_nothing(dialog: VerifyDialog, opened: list[Any]) -> None:
    dialog.code.setPlainText(WHOLE)
    dialog.compare()
    for button in (dialog.read_pdf, dialog.open_case, dialog.clear, dialog.close_button):
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        assert dialog.isVisible()
    assert opened == []


def test_a_code_scanned_into_the_volume_is_taken_as_a_code(qtbot: Any, dialog: VerifyDialog) -> None:
    scan(dialog.volume, SHORT)
    scan(dialog.volume, WHOLE)
    scan(dialog.volume, "35")
    says(qtbot, dialog, "same: mL on the paper: 35 mL")
    assert dialog.volume.text() == "35"
    assert dialog.code.toPlainText().split() == [SHORT, WHOLE]


def test_caps_lock_and_an_input_method(qtbot: Any, dialog: VerifyDialog) -> None:
    scan(dialog.code, WHOLE.swapcase())
    says(qtbot, dialog, "SAME")
    dialog.code.clear()
    event = QInputMethodEvent()
    event.setCommitString(SHORT.translate(FULL_WIDTH))
    QApplication.sendEvent(dialog.code, event)
    says(qtbot, dialog, "CANNOT TELL")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (WHOLE[:-3], "cut off"),
        (SHORT[:-1] + ("A" if SHORT[-1] != "A" else "B"), "altered or misread"),
        ("A999926000123", "no code of dlicalc"),
    ],
)
def test_refusals_in_words(qtbot: Any, dialog: VerifyDialog, text: str, words: str) -> None:
    scan(dialog.code, text)
    says(qtbot, dialog, words)
    assert not dialog.open_case.isEnabled()


def test_a_volume_that_is_no_number(qtbot: Any, dialog: VerifyDialog) -> None:
    dialog.code.setPlainText(WHOLE)
    scan(dialog.volume, "1,234")
    says(qtbot, dialog, "“1,234” is not a number")


def test_a_draft_never_sounds_fine(qtbot: Any, dialog: VerifyDialog) -> None:
    dialog.code.setPlainText(made(full_case(), State.DRAFT).codes.whole[0])
    says(qtbot, dialog, "NO CELLS MAY BE GIVEN ON THIS PAPER")
    assert dialog.results.text().startswith("DRAFT: not released.")
    assert "SAME" not in dialog.results.text()


def test_a_pdf(qtbot: Any, dialog: VerifyDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "order.pdf"
    file.write_bytes(ORDER.pdf())
    monkeypatch.setattr(dialog, "ask_path", lambda: str(file))
    dialog.read_pdf.click()
    assert "Read from order.pdf" in dialog.results.text()
    assert "SAME: computed again, the order says the same, and so does the paper." in dialog.results.text()
    scan(dialog.volume, "30")
    says(qtbot, dialog, "The paper says 30 mL")
    scan(dialog.code, SHORT)
    says(qtbot, dialog, "DIFFERENT: The paper says 30 mL")
    assert "Read from" not in dialog.results.text()
    monkeypatch.setattr(dialog, "ask_path", lambda: "")
    dialog.clear.click()
    dialog.read_pdf.click()
    assert dialog.results.text() == "Nothing has been scanned yet."
    assert (dialog.code.toPlainText(), dialog.volume.text()) == ("", "")


def test_a_file_that_is_gone(dialog: VerifyDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialog, "ask_path", lambda: "nowhere.pdf")
    dialog.read_pdf.click()
    assert "no such file" in dialog.results.text()


def test_the_case_is_handed_over_without_the_name(dialog: VerifyDialog, opened: list[Any]) -> None:
    dialog.code.setPlainText(WHOLE)
    dialog.compare()
    dialog.open_case.click()
    (document,) = opened
    assert document["recipient"]["mrn"] == "0042177"
    assert "name" not in document["recipient"]
    assert not dialog.isVisible()


def test_escape_closes(dialog: VerifyDialog) -> None:
    QTest.keyClick(dialog.code, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_every_field_has_a_name_and_the_result_is_read_out(dialog: VerifyDialog) -> None:
    for widget in (dialog.code, dialog.volume, dialog.area):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    dialog.code.setPlainText(WHOLE)
    dialog.compare()
    assert dialog.area.accessibleDescription() == dialog.results.text()


@pytest.mark.parametrize("leaving", [Leaving.STAY, Leaving.GIVE_UP])
def test_from_the_menu_into_the_window(
    window: MainWindow, answers: Answers, leaving: Leaving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not saved is asked for as always; the case that comes has no name and no file."""
    window.errands._services = window.errands._services._replace(verify=window_parts(parts()).services.verify)
    window.view_model.edit("recipient.mrn", "77")
    answers.leaving = leaving
    shown: list[bool] = []

    def use(then: Callable[[], None] = lambda: None) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, VerifyDialog)
        dialog.code.setPlainText(WHOLE)
        dialog.compare()
        dialog.open_case.click()
        shown.append(dialog.isVisible())
        dialog.reject()

    QTimer.singleShot(50, use)
    window.menus.verify.trigger()
    assert answers.asked == ["leave"]
    taken = leaving is Leaving.GIVE_UP
    assert shown == [not taken]
    assert window.view_model.text("recipient.mrn") == ("0042177" if taken else "77")
    if taken:
        assert window.view_model.text("recipient.name") == ""
        assert (window.files.name, window.view_model.dirty) == ("", True)
        assert "Nothing in it counts as checked" in window.statusBar().currentMessage()


def test_without_the_means_nothing_opens(window: MainWindow) -> None:
    window.menus.verify.trigger()
    assert QApplication.activeModalWidget() is None
