"""Whoever goes on by Enter sees what is typed: the entry with the keyboard is never scrolled away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.page_stack import entries, focus_first
from dlicalc.services.pages import Page
from tests.cases import full_case


def whole(control: QWidget) -> bool:
    """Whether nothing of ``control`` is clipped by what it lies in."""
    return control.visibleRegion().boundingRect() == control.rect()


@pytest.mark.parametrize("page", [Page.RECIPIENT, Page.ELIGIBILITY, Page.PRODUCT])
def test_enter_keeps_the_entry_in_sight(window: MainWindow, page: Page) -> None:
    window.resize(1366, 560)
    window.view_model.open(full_case())
    window.pages.show_page(page)
    shown = window.pages.page(page)
    focus_first(shown)
    QApplication.processEvents()
    passed = 0
    while window.pages.current is page:
        focused = QApplication.focusWidget()
        assert focused is not None
        assert whole(focused), (passed, focused.accessibleName())
        passed += 1
        QTest.keyClick(focused, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert passed >= sum(1 for _ in entries(shown))


def test_f6_goes_to_the_findings_and_back_to_the_entry_that_was_left(window: MainWindow) -> None:
    window.view_model.open(full_case())
    window.pages.show_page(Page.RECIPIENT)
    for path in ("recipient.weight", "recipient.allergies", "labs.alt"):
        window.focus_path(path)
        before = QApplication.focusWidget()
        QTest.keyClick(window, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is window.panel.findings.list
        QTest.keyClick(window, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is before


def test_the_first_entry_comes_back_into_sight(window: MainWindow) -> None:
    window.resize(1366, 560)
    page = window.pages.page(Page.RECIPIENT)
    last = list(entries(page))[-1]
    last.setFocus()
    page.form.ensureWidgetVisible(last)  # type: ignore[attr-defined]
    assert focus_first(page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert whole(focused)
