"""After File → New nothing of the former patient is left anywhere in the window."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QClipboard
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from dlicalc.gui.answers import Leaving
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.new_patient import forget_copied
from dlicalc.services.pages import Page
from tests.cases import every_field_case
from tests.gui.conftest import Answers

ROLES = [Qt.ItemDataRole(role) for role in (0, 3, 4, 5, 11, 12, *range(256, 262))]
"""What is displayed, tipped, told to a screen reader, and held for the program."""
_TEXT_PROPERTIES = (
    "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle", "text",
    "placeholderText", "plainText", "title", "prefix", "suffix",
)  # fmt: skip


def texts_of(window: MainWindow) -> list[str]:
    """Every text that any widget of the window holds, shown or hidden, and the texts of its menus and models."""
    found = [window.statusBar().currentMessage()]
    for part in (window, *window.findChildren(QWidget), *window.findChildren(QAction)):
        found += [str(part.property(name) or "") for name in _TEXT_PROPERTIES]
        if isinstance(part, QComboBox):
            found += [part.itemText(place) for place in range(part.count())]
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            model = part.model()
            cells = [model.index(row, 0) for row in range(model.rowCount())]
            found += [str(model.data(cell, role)) for cell in cells for role in ROLES]
        text = getattr(part, "text", None)
        if callable(text) and not isinstance(part, (QLineEdit, QLabel, QAction)):
            found += [str(text())] if _needs_nothing(text) else []
    return [text for text in found if text]


def _needs_nothing(call: Any) -> bool:
    try:
        call()
    except TypeError:
        return False
    return True


def distinct(case: dict[str, Any]) -> dict[str, Any]:
    """The case with texts of this patient that could stand nowhere by chance."""
    case["recipient"] |= {
        "name": "Zweig Vielsagend",
        "mrn": "7391842",
        "trial_subject": "S-6172",
        "allergies": "kiwifruit",
    }
    case["recipient"]["weight"]["value"] = "73.19"
    case["donor"]["id"] = "D-5182734"
    return case


TRACES = ("Vielsagend", "7391842", "S-6172", "kiwifruit", "73.19", "5182734")


def test_no_widget_holds_a_trace(window: MainWindow, answers: Answers, qtbot: Any) -> None:
    case = distinct(every_field_case())
    window.view_model.open(case)
    for page in Page:
        window.pages.show_page(page)
    name = next(line for line in window.findChildren(QLineEdit) if line.text() == "Zweig Vielsagend")
    name.setFocus()
    name.selectAll()
    name.insert("Zweig Vielsagend X")
    answers.path = "/folder/case-7391842.json"
    window.files.save()
    window.view_model.edit("recipient.allergies", "kiwifruit, nuts")
    qtbot.waitUntil(lambda: window.pages.page(Page.ORDER).preview.shows_something, timeout=10_000)
    before = "\n".join(texts_of(window))
    assert all(trace in before for trace in TRACES), [trace for trace in TRACES if trace not in before]
    answers.leaving = Leaving.GIVE_UP
    window.menus.new.trigger()
    QApplication.processEvents()
    after = texts_of(window)
    assert [(trace, text) for trace in TRACES for text in after if trace in text] == []
    assert not any(
        line.text() or line.isUndoAvailable() or line.isRedoAvailable() for line in window.findChildren(QLineEdit)
    )
    assert not window.view_model.can_undo
    assert not window.view_model.can_redo
    assert not window.pages.page(Page.ORDER).preview.shows_something
    assert window.orders.prepared.evaluation is None
    assert window.files.name == ""
    window.menus.save.trigger()
    assert answers.suggested == "case-261118-0800.json"
    assert not any(line.completer() for line in window.findChildren(QLineEdit))


class Board:
    """A clipboard that says whose its content is."""

    def __init__(self, clipboard: bool, selection: bool) -> None:
        self._ours = clipboard, selection
        self.cleared: list[QClipboard.Mode] = []

    def ownsClipboard(self) -> bool:
        return self._ours[0]

    def ownsSelection(self) -> bool:
        return self._ours[1]

    def clear(self, mode: QClipboard.Mode) -> None:
        self.cleared.append(mode)


@pytest.mark.parametrize(
    ("ours", "cleared"),
    [
        ((True, True), [QClipboard.Mode.Clipboard, QClipboard.Mode.Selection]),
        ((True, False), [QClipboard.Mode.Clipboard]),
        ((False, False), []),
    ],
)
def test_the_clipboard_is_emptied_of_what_was_copied_here(ours: tuple[bool, bool], cleared: list[Any]) -> None:
    board = Board(*ours)
    forget_copied(board)  # type: ignore[arg-type]
    assert board.cleared == cleared


COPYING = """
from PySide6.QtWidgets import QApplication, QLineEdit
from dlicalc.gui.new_patient import forget_copied
application = QApplication([])
line = QLineEdit("7391842")
line.show()
line.selectAll()
line.copy()
application.processEvents()
board = application.clipboard()
before = board.text()
forget_copied(board)
application.processEvents()
print(before, repr(board.text()), repr(board.text(board.Mode.Selection)))
"""


@pytest.mark.skipif(not (shutil.which("xvfb-run") and shutil.which("xauth")), reason="there is no X server to copy on")
def test_on_a_real_clipboard() -> None:
    """Qt's offscreen platform does not know whose a clipboard is; an X server does."""
    call = ["xvfb-run", "-a", "env", "QT_QPA_PLATFORM=xcb", sys.executable, "-c", COPYING]
    done = subprocess.run(call, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "7391842 '' ''\n", done.stderr
