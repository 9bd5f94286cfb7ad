"""Entering a case as a nurse does: go to the field, press keys, choose by keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QRadioButton, QWidget

from dlicalc.gui.main_window import MainWindow
from dlicalc.services.pages import Page
from tests.gui.conftest import named


def show_page_of(window: MainWindow, widget: QWidget) -> None:
    for page in Page:
        if window.pages.page(page).isAncestorOf(widget):
            window.pages.show_page(page)


def focus(window: MainWindow, name: str, kind: type[QWidget]) -> Any:
    control = named(window, name, kind)
    show_page_of(window, control)
    control.setFocus()
    assert control.hasFocus(), f"{name} does not take the keyboard"
    return control


def type_text(window: MainWindow, name: str, text: str) -> None:
    """Replace the text of a line, key by key."""
    line = focus(window, name, QLineEdit)
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, text)


def choose(window: MainWindow, name: str, word: str) -> None:
    """Choose from a list with the arrow keys."""
    combo = focus(window, name, QComboBox)
    wanted = combo.findText(word)
    assert wanted >= 0, f"{name} does not offer {word}"
    while combo.currentIndex() != wanted:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < wanted else Qt.Key.Key_Up)


def answer(window: MainWindow, name: str, word: str) -> None:
    """Press the round button of an answer with the space bar."""
    button = focus(window, f"{name}, {word}", QRadioButton)
    QTest.keyClick(button, Qt.Key.Key_Space)


def type_moment(window: MainWindow, name: str, day: str, time: str, offset: str) -> None:
    type_text(window, f"{name}, date", day)
    type_text(window, f"{name}, time", time)
    type_text(window, f"{name}, UTC", offset)


def type_dose(window: MainWindow, *, weight: str, wbc: str, mnc: str, cd3: str, volume: str) -> None:
    """The entries that a volume needs."""
    type_text(window, "Weight", weight)
    choose(window, "Weight, unit", "kg")
    if not window.view_model.products:
        window.pages.show_page(Page.PRODUCT)
        products = window.pages.page(Page.PRODUCT)
        products.add.setFocus()
        QTest.keyClick(products.add, Qt.Key.Key_Space)
    type_text(window, "Volume in the bag", volume)
    type_text(window, "White cells (WBC)", wbc)
    choose(window, "White cells (WBC), unit", "× 10⁹/L")
    for name, share in (("MNC", mnc), ("CD3⁺", cd3)):
        type_text(window, name, share)
        choose(window, f"{name}, unit", "%")
    answer(window, "MNC", "of the white cells")
    answer(window, f"CD3⁺: {cd3} % of what?", "of all white cells (WBC)")
