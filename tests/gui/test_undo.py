"""One stack of edits over everything: fields, answers, bags, decisions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from dlicalc.gui.main_window import MainWindow
from dlicalc.services.pages import Page
from tests.cases import full_case
from tests.gui.conftest import named, products
from tests.gui.keyboard import answer, type_dose, type_text


def test_ctrl_z_takes_back_entry_by_entry_and_goes_there(window: MainWindow) -> None:
    type_text(window, "Name", "Anna")
    type_text(window, "Medical record number", "42")
    answer(window, "Severe cirrhosis?", "no")
    window.menus.undo.trigger()
    assert window.view_model.text("organs.severe_cirrhosis") == ""
    assert window.pages.current is Page.ELIGIBILITY
    window.menus.undo.trigger()
    assert window.pages.current is Page.RECIPIENT
    assert named(window, "Medical record number", QLineEdit).text() == ""
    assert QApplication.focusWidget().accessibleName() == "Medical record number"
    assert named(window, "Name", QLineEdit).text() == "Anna"
    window.menus.redo.trigger()
    assert named(window, "Medical record number", QLineEdit).text() == "42"


def test_what_was_typed_at_two_visits_is_taken_back_in_two_steps(window: MainWindow) -> None:
    type_text(window, "Name", "Anna")
    named(window, "Medical record number", QLineEdit).setFocus()
    name = named(window, "Name", QLineEdit)
    name.setFocus()
    QTest.keyClick(name, Qt.Key.Key_End)
    QTest.keyClicks(name, "bel")
    window.menus.undo.trigger()
    assert name.text() == "Anna"
    window.menus.undo.trigger()
    assert name.text() == ""
    assert not window.menus.undo.isEnabled()


def test_a_bag_removed_comes_back_with_all_that_was_typed(window: MainWindow, volume: Callable[[], str]) -> None:
    type_dose(window, weight="70", wbc="200", mnc="75", cd3="30", volume="150")
    before = window.view_model.document
    products(window).remove.click()
    assert volume() == "—"
    window.menus.undo.trigger()
    assert volume() == "35 mL"
    assert window.view_model.document == before


def test_another_patient_leaves_nothing_to_undo(window: MainWindow) -> None:
    type_text(window, "Name", "Anna")
    window.view_model.open(full_case())
    assert not window.menus.undo.isEnabled()
    window.menus.undo.trigger()
    assert window.view_model.text("recipient.name") == "Example Recipient"
