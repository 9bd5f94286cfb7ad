"""F1: the topic of the field with the keyboard, and Esc gives the keyboard back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.help import HelpWindow, path_with_keyboard, topic_of
from dlicalc.gui.main_window import MainWindow
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELDS
from tests.gui.conftest import other_language
from tests.gui.keyboard import focus


@pytest.fixture
def help_window(qtbot: Any, window: MainWindow) -> HelpWindow:
    dialog = HelpWindow(window)
    qtbot.addWidget(dialog)
    return dialog


def first_line(dialog: HelpWindow) -> str:
    """What stands at the top of what is seen."""
    cursor = dialog.browser.cursorForPosition(dialog.browser.viewport().rect().topLeft())
    return cursor.block().text()


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("labs.creatinine.upper_limit", "labs.creatinine"),
        ("recipient.weight.measured_on", "recipient.weight"),
        ("products.3.counts.cd3.of", "products.counts.cd3.of"),
        ("products.0.volume.tare", "products.volume.gross"),
        ("products.0.volume", "products.volume"),
        ("infusion.gvhd_prophylaxis_weeks.from", "infusion.gvhd_prophylaxis_weeks"),
        ("decisions.0", ""),
        ("", ""),
    ],
)
def test_every_entry_belongs_to_a_topic(path: str, topic: str) -> None:
    assert topic_of(path) == topic
    assert {topic_of(field) for field in FIELDS} == set(FIELDS)


def test_help_opens_at_the_entry_with_the_keyboard_and_esc_returns(
    qtbot: Any, window: MainWindow, help_window: HelpWindow, protocol: Protocol
) -> None:
    line = focus(window, "Creatinine, upper limit", QLineEdit)
    assert path_with_keyboard() == "labs.creatinine.upper_limit"
    help_window.show_topic(path_with_keyboard(), Words(), protocol)
    assert help_window.isModal() is False
    assert first_line(help_window) == "Creatinine"
    qtbot.waitUntil(help_window.browser.hasFocus)
    text = help_window.browser.toPlainText()
    # Every topic is there, each page under its headings, and the record's 45 to 60 days are filled in.
    assert all(label in text for label in FIELDS.values())
    assert "from day +45 to day +60" in text
    assert text.index("Recipient") < text.index("Laboratory") < text.index("Bag label")
    QTest.keyClick(help_window.browser, Qt.Key.Key_Escape)
    assert not help_window.isVisible()
    qtbot.waitUntil(line.hasFocus)


def test_help_is_worded_anew_and_stays_at_its_topic(
    window: MainWindow, help_window: HelpWindow, protocol: Protocol
) -> None:
    focus(window, "ALT", QLineEdit)
    help_window.show_topic("labs.alt", Words(), protocol)
    help_window.retranslate(Words(other_language), protocol)
    assert help_window.windowTitle() == "译Help on the entries"
    assert first_line(help_window) == "译ALT"
    help_window.show_topic("labs.ast", Words(other_language), protocol)
    assert first_line(help_window) == "译AST"


def test_f1_closes_what_f1_opened_also_when_the_entry_is_gone(
    window: MainWindow, help_window: HelpWindow, protocol: Protocol
) -> None:
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    assert path_with_keyboard() == ""
    help_window.show_topic("", Words(), protocol)
    line.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    QTest.keyClick(help_window.browser, Qt.Key.Key_F1)
    assert not help_window.isVisible()
