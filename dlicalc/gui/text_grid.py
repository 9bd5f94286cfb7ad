"""Lines of words in columns that place themselves: a text that fits where another stood moves nothing.

A layout of Qt's passes every change of a text on, and all that lies around it is laid out anew at every key.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_SLACK: Final = 2
_ROOM: Final = 10_000
_TALL: Final = "\u2e80"
"""The first of the letters that another font brings, with another height of line: Chinese."""
_MEASURED: Final = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class _Letters(dict[str, int]):
    """How wide each letter is in a font."""

    def __init__(self, metrics: QFontMetrics) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, letter: str) -> int:
        self[letter] = width = self._metrics.horizontalAdvance(letter)
        return width


class TextGrid(QWidget):
    """Items beneath each other: a widget over the whole width, or a line of labels of which one takes the rest."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        stretch: int = 0,
        gap: int = 0,
        line_gap: int = 2,
        above: int = 0,
        below: int = 0,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._stretch, self._gap, self._line_gap, self._above, self._below = stretch, gap, line_gap, above, below
        self._items: list[tuple[QWidget, ...]] = []
        self._heights: dict[QWidget, int] = {}
        self._lines: dict[QLabel, tuple[_Letters, bool]] = {}
        self._letters: dict[str, _Letters] = {}
        self._stale = True
        self._height = 0

    def add(self, *widgets: QWidget) -> None:
        """Put a line of labels, or one widget over the whole width, beneath what is there."""
        self._items.append(widgets)
        self._stale = True

    def say(self, label: QLabel, text: str) -> None:
        """Show ``text``; ``settle`` is to follow."""
        if label.text() != text:
            label.setText(text)
            self.check(label)

    def show_items(self, widgets: Sequence[QWidget], shown: bool) -> None:
        """Show or hide some of the items; ``settle`` is to follow."""
        for widget in widgets:
            if widget.isHidden() is shown:
                widget.setVisible(shown)
                self._stale = True

    def _fits_line(self, widget: QWidget) -> bool:
        """Whether ``widget`` is a label of one line before and after; measuring its words takes longer."""
        if not isinstance(widget, QLabel) or widget not in self._lines:
            return False
        letters, tall = self._lines[widget]
        text = widget.text()
        return sum(map(letters.__getitem__, text)) + _SLACK <= widget.width() and _is_tall(text) is tall

    def settle(self) -> None:
        """Place everything, if anything no longer fits."""
        if self._stale and self.isVisible():
            self._arrange()

    def check(self, widget: QWidget) -> None:
        """``widget`` says something else: whether it still fits, and needs no fewer lines."""
        if not self._stale and not self._fits_line(widget):
            hint = None if widget.hasHeightForWidth() else widget.sizeHint()
            height = hint.height() if hint else widget.heightForWidth(widget.width())
            self._stale = height != self._heights.get(widget) or (hint is not None and hint.width() > widget.width())

    def _arrange(self) -> None:
        self._stale = False
        height = self._lay(self.width(), place=True)
        if height != self._height:
            self._height = height
            self.updateGeometry()
        labels = [widget for item in self._items for widget in item if isinstance(widget, QLabel)]
        self._lines = {label: line for label in labels if (line := self._line(label)) is not None}

    def _line(self, label: QLabel) -> tuple[_Letters, bool] | None:
        """The letters of ``label``, and whether they are tall, if it stands in one line."""
        wraps = label.hasHeightForWidth() and self._heights.get(label) != label.heightForWidth(_ROOM)
        if wraps or not label.contentsMargins().isNull():
            return None
        letters = self._letters.setdefault(label.font().key(), _Letters(label.fontMetrics()))
        return letters, _is_tall(label.text())

    def _lay(self, width: int, *, place: bool) -> int:
        """The height at ``width``; ``place``: everything is put there."""
        widths = self._widths(width)
        y = self._above
        for item in self._shown():
            cells = [width] if len(item) == 1 else widths
            heights = [_height(widget, cell) for widget, cell in zip(item, cells, strict=True)]
            height = max(heights)
            if place:
                self._heights.update(zip(item, heights, strict=True))
                x = 0
                for widget, cell in zip(item, cells, strict=True):
                    widget.setGeometry(x, y, cell, height)
                    x += cell + self._gap
            y += height + self._line_gap
        return y - self._line_gap + self._below

    def _shown(self) -> list[tuple[QWidget, ...]]:
        return [item for item in self._items if not item[0].isHidden()]

    def _widths(self, width: int) -> list[int]:
        """The columns at ``width``: as wide as their widest word, and one that takes the rest."""
        lines = [item for item in self._shown() if len(item) > 1]
        widths = [max(label.sizeHint().width() for label in column) for column in zip(*lines, strict=True)]
        if widths:
            widths[self._stretch] = 0
            widths[self._stretch] = max(0, width - sum(widths) - self._gap * (len(widths) - 1))
        return widths

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all items at ``width``."""
        return self._height if width == self.width() and not self._stale else self._lay(width, place=False)

    def sizeHint(self) -> QSize:
        """The items at the width that there is."""
        return QSize(self.minimumSizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest word lets it be."""
        needed = [
            sum(self._least(label, place) for place, label in enumerate(item)) + self._gap * (len(item) - 1)
            for item in self._shown()
        ]
        return QSize(max(needed, default=0), 0)

    def _least(self, widget: QWidget, place: int) -> int:
        ignored = widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
        size = widget.minimumSizeHint() if place == self._stretch else widget.sizeHint()
        return 0 if ignored else size.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything at another width."""
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """What was said while nobody looked is placed now."""
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another font need another place."""
        super().changeEvent(event)
        if event.type() in _MEASURED:
            self._stale = True
            self.settle()


def _height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()


def _is_tall(text: str) -> bool:
    return max(text, default="") >= _TALL
