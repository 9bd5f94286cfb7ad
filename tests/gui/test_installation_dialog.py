"""Help → Verify this installation: it can be watched, stopped and filed; and the page of a copy that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dlicalc.app.selftest import SelfTestRun
from dlicalc.gui import installation_dialog
from dlicalc.gui.installation_dialog import InstallationDialog
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.refusal import RefusalPage
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.reference import Check
from dlicalc.services.self_report import Installed, SelfTest
from dlicalc.services.wording import Words
from dlicalc.services.wording import selftest as say
from dlicalc.storage.atomic import write_atomically
from tests.cases import AS_OF
from tests.program import parts

AT = datetime.fromisoformat(AS_OF)
WRONG = Check("E2", "ordered_volume_ml", "a bag", "hand", "41.6", "41.7", agrees=False)


def real_test(site_line: str) -> SelfTestRun:
    return SelfTestRun(parts(), AT, site_line)


class Endless:
    """A test that never ends, or ends with a value that differs."""

    def __init__(self, checks: tuple[Check, ...] | None = None) -> None:
        self._checks = checks

    def steps(self) -> Iterator[tuple[float, str]]:
        while self._checks is None:
            yield 0.25, say.AT_CASES

    @property
    def result(self) -> SelfTest:
        checks = self._checks or ()
        return SelfTest(Installed("dlicalc 0", "", ()), AT, 1, (), checks, done=self._checks is not None)

    def report(self, language: str, paper: str) -> bytes:
        return f"{language} {paper}".encode()


def dialog_of(qtbot: Any, test: Any, save: Any = write_atomically, words: Words | None = None) -> InstallationDialog:
    dialog = InstallationDialog(test, save, words or Words(), "en")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_whole_test_and_its_report(qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = dialog_of(qtbot, real_test)
    assert not dialog.save.isEnabled()
    QTest.keyClicks(dialog.site_line, "Cell lab 3")
    QTest.keyClick(dialog.begin, Qt.Key.Key_Space)
    assert dialog.stop.isEnabled()
    qtbot.waitUntil(dialog.save.isEnabled, timeout=60_000)
    assert dialog.verdict.text() == say.AGREES
    assert "Site: Cell lab 3" in dialog.found.text()
    assert dialog.progress.value() == dialog.progress.maximum()
    path = str(tmp_path / "report.pdf")
    monkeypatch.setattr(installation_dialog, "path_to_save", lambda *_: path)
    dialog.chosen_language.setCurrentIndex(dialog.chosen_language.findData("both"))
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert Path(path).read_bytes().startswith(b"%PDF")
    assert dialog.doing.text() == f"Saved as {path}"


def test_window_goes_on_meanwhile_and_it_can_be_stopped(qtbot: Any) -> None:
    dialog = dialog_of(qtbot, lambda _site: Endless())
    dialog.start()
    ticks: list[int] = []
    ticking = QTimer(dialog)
    ticking.timeout.connect(lambda: ticks.append(1))
    ticking.start(5)
    qtbot.waitUntil(lambda: len(ticks) > 5)
    assert dialog.doing.text() == "Recomputing cases"
    assert dialog.progress.value() == 250
    QTest.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    assert dialog.verdict.text() == say.UNFINISHED
    assert not dialog.save.isEnabled()
    assert dialog.begin.isEnabled()


def test_closing_stops_it(qtbot: Any) -> None:
    dialog = dialog_of(qtbot, lambda _site: Endless())
    dialog.start()
    dialog.reject()
    assert not dialog._timer.isActive()


def test_value_that_differs_is_said_first(qtbot: Any) -> None:
    dialog = dialog_of(qtbot, lambda _site: Endless((WRONG,)))
    dialog.start()
    qtbot.waitUntil(lambda: not dialog.verdict.isHidden())
    assert dialog.verdict.text() == say.DIFFERS
    assert dialog.found.text().startswith("E2, mL to infuse: Expected 41.6, Obtained 41.7")


def test_report_that_cannot_be_written(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, _content: bytes) -> None:
        raise Refused(Problem(path, "output_is_input"))

    dialog = dialog_of(qtbot, lambda _site: Endless((WRONG,)), refuse)
    dialog.save_report()
    dialog.start()
    qtbot.waitUntil(dialog.save.isEnabled)
    monkeypatch.setattr(installation_dialog, "path_to_save", lambda *_: "")
    dialog.save_report()
    assert dialog.doing.text() == ""
    monkeypatch.setattr(installation_dialog, "path_to_save", lambda *_: "a.pdf")
    dialog.save_report()
    assert "another path" in dialog.doing.text()


def test_every_entry_has_a_name(qtbot: Any) -> None:
    dialog = dialog_of(qtbot, real_test, words=parts().words("zh_CN"))
    for field in (dialog.site_line, dialog.chosen_language, dialog.progress):
        assert field.accessibleName()
        assert field.accessibleDescription()


def test_help_menu_opens_it(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.errands._services = window.errands._services._replace(installation=lambda _site: Endless())
    opened: list[Any] = []

    def opening(dialog: InstallationDialog) -> None:
        opened.append(dialog)

    monkeypatch.setattr(InstallationDialog, "exec", opening)
    window.menus.installation.trigger()
    assert [type(dialog) for dialog in opened] == [InstallationDialog]


def test_refusal_is_read_copied_and_closed(qtbot: Any) -> None:
    page = RefusalPage(["dlicalc does not start", "无法启动", "a.py: changed"])
    qtbot.addWidget(page)
    page.show()
    assert page.text.text().split("\n\n") == ["dlicalc does not start", "无法启动", "a.py: changed"]
    assert page.text.accessibleName() == page.text.text()
    QTest.keyClick(QApplication.focusWidget() or page.focusWidget(), Qt.Key.Key_Space)
    assert not page.isVisible()
