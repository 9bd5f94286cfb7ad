"""Every word on the screen can be read: contrast measured from rendered pixels, in light, dark and high contrast.

The ratio is that of WCAG 2.1 (relative luminance of sRGB); 4.5 is its bound for text. Disabled controls are exempt
there, and here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QTabBar, QWidget

from dlicalc.gui.main_window import MainWindow
from dlicalc.services.pages import Page
from tests.cases import changed, full_case

LEAST = 4.5
WITH_WORDS = (QLabel, QLineEdit, QAbstractButton, QComboBox, QListWidget, QTabBar)
Role = QPalette.ColorRole


def palette(*, ground: str, base: str, ink: str, button: str, highlight: str, quiet: str) -> QPalette:
    """A palette of six colours; what is highlighted is written in black."""
    made = QPalette(QColor(button), QColor(ground))
    for role, colour in (
        (Role.Window, ground), (Role.Base, base), (Role.AlternateBase, ground), (Role.WindowText, ink),
        (Role.Text, ink), (Role.ButtonText, ink), (Role.Button, button), (Role.Highlight, highlight),
        (Role.HighlightedText, "#000000"), (Role.PlaceholderText, quiet), (Role.Mid, quiet),
    ):  # fmt: skip
        made.setColor(role, QColor(colour))
    return made


PALETTES = {
    "light": palette(
        ground="#efefef", base="#ffffff", ink="#000000", button="#efefef", highlight="#308cc6", quiet="#5f5f5f"
    ),
    "dark": palette(
        ground="#202326", base="#141618", ink="#fcfcfc", button="#292c30", highlight="#3daee9", quiet="#a1a9b1"
    ),
    "high contrast": palette(
        ground="#000000", base="#000000", ink="#ffffff", button="#000000", highlight="#ffff00", quiet="#ffffff"
    ),
}


def luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.1)."""
    parts = [value / 255 for value in colour]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_guideline() -> None:
    # The extremes by definition; #767676 on white is the guideline's well-known grey that just passes.
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.005)


def contrast(image: QImage, box: QRect) -> float:
    """The best contrast of any pixel in ``box`` against the colour that most of it has."""
    box = box.intersected(image.rect())
    colours = Counter(
        image.pixelColor(x, y).getRgb()[:3]
        for y in range(box.top(), box.bottom() + 1)
        for x in range(box.left(), box.right() + 1)
    )
    (ground, _), *_ = colours.most_common(1)
    return max(ratio(ground, ink) for ink in colours)


def words_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    return str(widget.text()) if isinstance(widget, QLabel | QAbstractButton) else ""


def shown_words(window: MainWindow) -> Iterator[tuple[QWidget, QRect]]:
    for kind in WITH_WORDS:
        for widget in window.findChildren(kind):
            box = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
            visible = widget.visibleRegion().boundingRect()
            if widget.isVisible() and widget.isEnabled() and visible == widget.rect() and words_of(widget).strip():
                yield widget, box.adjusted(3, 3, -3, -3)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("page", Page)
def test_words_can_be_read(window: MainWindow, name: str, page: Page) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette()
    application.setPalette(PALETTES[name])
    try:
        case = changed(full_case(), recipient__weight__value="7O", labs__alt__value="130", organs__dialysis=None)
        window.view_model.open(case)
        window.pages.show_page(page)
        application.processEvents()
        image = window.grab().toImage()
        poor = [
            f"{type(widget).__name__} {words_of(widget)!r}: {found:.2f}"
            for widget, box in shown_words(window)
            if (found := contrast(image, box)) < LEAST
        ]
    finally:
        application.setPalette(before)
    assert not poor
