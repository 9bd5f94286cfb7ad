"""The pages of an order as they will lie on paper, one at a time, turned and enlarged by keys."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.wording import Words
from dlicalc.services.wording.order_page import (
    FIT_WIDTH,
    LARGER,
    NEXT_PAGE,
    PAGE_OF,
    PICTURE,
    PREVIOUS_PAGE,
    SMALLER,
)

if TYPE_CHECKING:
    from dlicalc.gui.pdf_pages import PdfPages

_SIZES: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Widths of the page against the width that is there."""
_FINEST: Final = 3.0
"""Pixels per point beyond which a picture is enlarged, not drawn finer: drawing must not be felt."""
_PAUSE: Final = 30


class PaperArea(QScrollArea):
    """Shows the picture; keys that find nothing left to scroll turn the page."""

    turned = Signal(int)
    sized = Signal(int)
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys scroll, then turn; plus and minus enlarge."""
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
        elif key == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turned.emit(-1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.sized.emit(1 if key == Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is another width."""
        super().resizeEvent(event)
        self.resized.emit()


class Preview(QWidget):
    """A line that says what is shown, the buttons to turn and enlarge, the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._pages: PdfPages | None = None
        self._page = 0
        self._size = _SIZES.index(1.0)
        self.state = Strip(self)
        self.previous, self.next, self.smaller, self.fit, self.larger = (QToolButton(self) for _ in range(5))
        self.place = QLabel(self)
        self.picture = QLabel(self)
        self.area = PaperArea(self)
        self.area.setWidget(self.picture)
        self._bar = QWidget(self)
        self._lay_out()
        self._connect()
        # A window edge that is dragged asks for many widths; the last one counts.
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_PAUSE)
        self._redraw.timeout.connect(self._draw)
        self.drop()

    def _lay_out(self) -> None:
        for button, text in ((self.previous, "◀"), (self.next, "▶"), (self.smaller, "−"), (self.larger, "+")):
            button.setText(text)
        for button in (self.previous, self.next, self.smaller, self.fit, self.larger):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        groups = FlowLayout(self._bar, gap=24)
        for widgets in ((self.previous, self.place, self.next), (self.smaller, self.fit, self.larger)):
            group = QWidget(self._bar)
            line = QHBoxLayout(group)
            line.setContentsMargins(0, 0, 0, 0)
            for widget in widgets:
                line.addWidget(widget)
            groups.addWidget(group)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.state)
        layout.addWidget(self._bar)
        layout.addWidget(self.area, 1)
        self.area.setMinimumHeight(self.fontMetrics().height() * 10)

    def _connect(self) -> None:
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.enlarge(-1))
        self.larger.clicked.connect(lambda: self.enlarge(1))
        self.fit.clicked.connect(self.fit_width)
        self.area.turned.connect(self.turn)
        self.area.sized.connect(self.enlarge)
        self.area.resized.connect(self._resized)

    def show_pages(self, pages: "PdfPages") -> None:
        """Show these pages, closed by this preview in the end; the page in front stays in front if it is there."""
        self._close()
        self._pages = pages
        self._page = min(self._page, pages.count - 1)
        self._bar.show()
        self.area.show()
        self._draw()

    def drop(self) -> None:
        """Show nothing, and hold nothing in memory."""
        self._close()
        self.picture.setPixmap(QPixmap())
        self._bar.hide()
        self.area.hide()

    def _close(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None

    @property
    def shows_something(self) -> bool:
        """Whether there is a page in front."""
        return self._pages is not None

    @property
    def page(self) -> int:
        """The page in front, from 0."""
        return self._page

    def turn(self, by: int) -> None:
        """Go to another page: forwards to its top, backwards to its end."""
        if self._pages is None or not 0 <= self._page + by < self._pages.count:
            return
        self._page += by
        self._draw()
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.minimum() if by > 0 else bar.maximum())

    def enlarge(self, by: int) -> None:
        """One size larger or smaller."""
        self._size = min(max(self._size + by, 0), len(_SIZES) - 1)
        self._draw()

    def fit_width(self) -> None:
        """The page as wide as there is room."""
        self._size = _SIZES.index(1.0)
        self._draw()

    def _resized(self) -> None:
        if self._pages is not None:
            self._redraw.start()

    def _draw(self) -> None:
        if self._pages is None:
            return
        ratio = self.devicePixelRatioF()
        wanted = self.area.viewport().width() * _SIZES[self._size] * ratio / self._pages.size(self._page).width()
        drawn = min(wanted, _FINEST)
        pixmap = QPixmap.fromImage(self._pages.screen_image(self._page, drawn))
        pixmap.setDevicePixelRatio(ratio * drawn / wanted)
        self.picture.setPixmap(pixmap)
        self.picture.adjustSize()
        self._say_place(self._pages.count)

    def _say_place(self, count: int) -> None:
        words = self._words
        for button, possible in (
            (self.previous, self._page > 0),
            (self.next, self._page + 1 < count),
            (self.smaller, self._size > 0),
            (self.larger, self._size + 1 < len(_SIZES)),
        ):
            button.setEnabled(possible)
        self.place.setText(words(PAGE_OF, page=self._page + 1, pages=count))
        spoken = words(PICTURE, page=self._page + 1, pages=count)
        for widget in (self.area, self.picture):
            widget.setAccessibleName(spoken)
            widget.setAccessibleDescription(self.state.text())

    def say(self, sign: Sign, text: str) -> None:
        """What is shown, or why nothing is."""
        self.state.show_state(sign, text)

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self._words = words
        for button, sentence in (
            (self.previous, PREVIOUS_PAGE),
            (self.next, NEXT_PAGE),
            (self.smaller, SMALLER),
            (self.larger, LARGER),
            (self.fit, FIT_WIDTH),
        ):
            button.setToolTip(words(sentence))
            button.setAccessibleName(words(sentence))
        self.fit.setText(words(FIT_WIDTH))
        if self._pages is not None:
            self._say_place(self._pages.count)
