"""The pages in the order of the work, each with how far it has come, as a sign and a word."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPixmap, QWheelEvent
from PySide6.QtWidgets import QStyleOptionTab, QTabBar, QWidget

from dlicalc.gui.mnemonic import without_mnemonic
from dlicalc.gui.signs import Sign, fill, paint_sign
from dlicalc.services.pages import Page, PageState
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELD_NAME

PAGES: Final = tuple(Page)
STATE_SIGNS: Final = {
    PageState.EMPTY: Sign.EMPTY,
    PageState.INCOMPLETE: Sign.EMPTY,
    PageState.DOUBT: Sign.REVIEW,
    PageState.STOP: Sign.STOP,
    PageState.DONE: Sign.GOOD,
}
_SMALL: Final = 0.88
_PAD: Final = 12
_GAP: Final = 5


class QuietTabBar(QTabBar):
    """Tabs that the mouse wheel does not turn."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone."""
        event.ignore()


class StepBar(QuietTabBar):
    """One tab per page: its name, and beneath it sign and word of its state."""

    page_chosen = Signal(Page)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._boxes: list[QRect] = []
        self._sizes: dict[str, QSize] = {}
        self._states: Mapping[Page, PageState] = dict.fromkeys(PAGES, PageState.EMPTY)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        for _ in PAGES:
            self.addTab("")
        self.currentChanged.connect(lambda index: self.page_chosen.emit(PAGES[index]))

    def show_states(self, states: Mapping[Page, PageState]) -> None:
        """Show how far each page has come."""
        changed = [index for index, page in enumerate(PAGES) if states[page] is not self._states[page]]
        self._states = states
        for index in changed:
            self._name_tab(index)
            self.update(self._state_box(index))

    def state_text(self, page: Page) -> str:
        """The word under the name of ``page``."""
        return self._words(self._states[page].value)

    def retranslate(self, words: Words) -> None:
        """Word the names and states anew."""
        self._words = words
        self._sizes.clear()
        self._forget()
        for index, page in enumerate(PAGES):
            self.setTabText(index, words(page.value))
            self._name_tab(index)

    def _name_tab(self, index: int) -> None:
        """A screen reader hears name and state together."""
        page = PAGES[index]
        label = without_mnemonic(self._words(page.value))
        name = self._words.translate(FIELD_NAME).format(label=label, part=self.state_text(page))
        self.setAccessibleTabName(index, name)

    def _small(self) -> QFont:
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * _SMALL)
        return small

    def _words_box(self, index: int) -> QRect:
        return self.tabRect(index).adjusted(_PAD, 4, -_PAD, -4)

    def _state_box(self, index: int) -> QRect:
        """Where sign and word of a state stand; no other tab reaches into it."""
        box = self._words_box(index)
        box.setTop(box.bottom() - QFontMetrics(self._small()).height() + 1)
        return box

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the name, and for the longest word of any state, so that tabs keep their places."""
        name = self.tabText(index)
        if name not in self._sizes:
            self._sizes[name] = self._size(name)
        return self._sizes[name]

    def _size(self, tab: str) -> QSize:
        names, states = QFontMetrics(_bold(self.font())), QFontMetrics(self._small())
        name = names.horizontalAdvance(tab.replace("&", ""))
        state = max(states.horizontalAdvance(self._words(state.value)) for state in PageState)
        width = max(name, state + states.height() + _GAP) + 2 * _PAD
        return QSize(width, names.height() + states.height() + 10)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never narrower than what it says."""
        return self.tabSizeHint(index)

    def tabLayoutChange(self) -> None:
        """Tabs have other places: states drawn before may lie on another ground."""
        super().tabLayoutChange()
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or palette."""
        super().changeEvent(event)
        self._sizes.clear()
        self._forget()

    def _forget(self) -> None:
        self._pictures.clear()
        self._boxes.clear()

    def initStyleOption(self, option: QStyleOptionTab, index: int) -> None:
        """The style draws a tab without its name, which is painted here with the state beneath it."""
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tabs of the system's style, with two lines in each; only what needs it."""
        chosen, region = self.currentIndex(), event.region()
        boxes = self._boxes = self._boxes or [self._state_box(index) for index in range(self.count())]
        states = [boxes.index(rect) for rect in region if rect in boxes]
        if len(states) == region.rectCount():
            painter = QPainter(self)
            for index in states:
                painter.drawPixmap(boxes[index].topLeft(), self._state_picture(index, boxes[index]))
            return
        super().paintEvent(event)
        painter = QPainter(self)
        stale = [i for i in range(self.count()) if region.intersects(self.tabRect(i).adjusted(-4, -4, 4, 4))]
        for index in sorted(stale, key=lambda index: index == chosen):
            self._paint_name(painter, index, chosen=index == chosen)
            self._paint_state(painter, PAGES[index], boxes[index])
        if self.hasFocus():
            painter.setPen(Qt.PenStyle.DotLine)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.tabRect(chosen).adjusted(3, 3, -3, -3))

    def _state_picture(self, index: int, box: QRect) -> QPixmap:
        """A state on the ground of its tab: there are few, and each comes again."""
        # Qt's words for styles are many, and take long to load: the first paint does without them.
        from PySide6.QtWidgets import QStyle, QStylePainter  # noqa: PLC0415  see above

        ratio, page = self.devicePixelRatioF(), PAGES[index]
        option = QStyleOptionTab()
        self.initStyleOption(option, index)
        key = index, self._states[page], option.state.value, ratio  # type: ignore[attr-defined]
        picture = self._pictures.get(key)
        if picture is None:
            picture = QPixmap(box.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self.palette().color(QPalette.ColorRole.Window))
            painter = QStylePainter(picture, self)
            painter.translate(-box.topLeft())
            painter.drawControl(QStyle.ControlElement.CE_TabBarTabShape, option)
            self._paint_state(painter, page, box)
            painter.end()
            self._pictures[key] = picture
        return picture

    def _paint_name(self, painter: QPainter, index: int, *, chosen: bool) -> None:
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(_bold(self.font()) if chosen else self.font())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        mnemonic = Qt.TextFlag.TextShowMnemonic.value
        painter.drawText(self._words_box(index), int(flags.value) | mnemonic, self.tabText(index))

    def _paint_state(self, painter: QPainter, page: Page, box: QRect) -> None:
        """A sign on a small plate of its own colours, then the word in the colours of the tab."""
        sign, size = STATE_SIGNS[self._states[page]], box.height()
        plate = QRect(box.topLeft(), QSize(size, size))
        fill(painter, QRectF(plate), QColor(sign.value.ground))
        inner = QRectF(plate).adjusted(2.5, 2.5, -2.5, -2.5)
        paint_sign(painter, sign, inner, QColor(sign.value.ink), QColor(sign.value.ground))
        painter.setFont(self._small())
        painter.setPen(self.palette().color(self.foregroundRole()))
        words = box.adjusted(size + _GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.state_text(page))


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
