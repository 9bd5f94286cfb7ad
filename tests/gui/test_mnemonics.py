"""On no page do two things answer to the same Alt letter, in either language of the shipped catalogue."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu

from dlicalc.app.parts import Parts
from dlicalc.gui.main_window import MainWindow
from dlicalc.services.pages import Page
from tests.cases import changed, full_case

LETTER = re.compile(r"&([^&\s])")


def letters(window: MainWindow) -> Counter[str]:
    texts = [
        menu.title() for menu in window.menuBar().findChildren(QMenu) if menu.menuAction() in window.menuBar().actions()
    ]
    texts += [window.steps.tabText(index) for index in range(window.steps.count())]
    for kind in (QAbstractButton, QLabel):
        texts += [widget.text() for widget in window.findChildren(kind) if widget.isVisible()]
    return Counter(match.group(1).upper() for text in texts if (match := LETTER.search(text)))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("page", Page)
def test_every_alt_letter_means_one_thing(window: MainWindow, page: Page, language: str) -> None:
    parts = Parts()
    window._services = window._services._replace(words=parts.words)
    window.set_language(language)
    window.view_model.open(changed(full_case(), organs__dialysis="yes"))
    window.pages.show_page(page)
    twice = {letter: count for letter, count in letters(window).items() if count > 1}
    assert twice == {}
