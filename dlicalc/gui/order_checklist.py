"""What stands between the case and the paper: the other pages, and the stops."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.findings_list import FindingDelegate, Line, line_of
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.mnemonic import without_mnemonic
from dlicalc.gui.result_panel import release_state
from dlicalc.gui.row_edit import problem_words
from dlicalc.gui.signs import Sign, Strip, paint_sign
from dlicalc.gui.step_bar import STATE_SIGNS
from dlicalc.services.pages import Page, PageState, page_states
from dlicalc.services.wording import Words
from dlicalc.services.wording.order_page import BLOCKING, CHECKLIST, GO_TO_PAGE, PAGE_STATE

_ENTRY: Final = Qt.ItemDataRole.UserRole
_LINES: Final = 8
"""Height of the list of stops in lines of text, before it scrolls."""


class PageLink(QPushButton):
    """The state of a page in sign and word; pressing it goes there."""

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = page
        # Enter follows a link.
        self.setAutoDefault(True)
        self._shown: tuple[PageState, str] | None = None

    def show_state(self, state: PageState, words: Words) -> None:
        """Say how far the page has come."""
        name = without_mnemonic(words(self.page.value))
        text = words.translate(PAGE_STATE).format(page=name, state=words(state.value))
        if self._shown == (state, text):
            return
        self._shown = state, text
        self.setText(text)
        self.setIcon(self._chip(STATE_SIGNS[state]))
        self.setAccessibleName(words.translate(GO_TO_PAGE).format(page=name, state=words(state.value)))

    def _chip(self, sign: Sign) -> QIcon:
        """The sign on its own ground, so that it can be told on any button."""
        size, ratio = self.iconSize().width(), self.devicePixelRatioF()
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        ground, ink = QColor(sign.value.ground), QColor(sign.value.ink)
        pixmap.fill(ground)
        painter = QPainter(pixmap)
        inset = size * 0.18
        paint_sign(painter, sign, QRectF(inset, inset, size - 2 * inset, size - 2 * inset), ink, ground)
        painter.end()
        return QIcon(pixmap)


class StopsList(QListWidget):
    """The stops that block; click or Enter leads to the entry."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._delegate = FindingDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def _choose(self, item: QListWidgetItem) -> None:
        line: Line = item.data(_ENTRY)
        self.chosen.emit(line.finding.path)

    def show_lines(self, lines: list[Line]) -> None:
        """Show these stops; nothing moves if they are the same."""
        if lines == [self.item(row).data(_ENTRY) for row in range(self.count())]:
            return
        self._delegate.fit({line.word for line in lines})
        self.clear()
        for line in lines:
            item = QListWidgetItem(self)
            item.setData(_ENTRY, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.word}: {line.label}: {line.sentence}")
        self._fit_height()

    def _fit_height(self) -> None:
        """As high as the stops are, up to a few of them."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        needed = rows + 4 * self.frameWidth()
        self.setFixedHeight(min(needed, self.fontMetrics().height() * _LINES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower sentences are higher."""
        super().resizeEvent(event)
        self._fit_height()


class OrderChecklist(QWidget):
    """Release state, a link to each other page, and the stops."""

    page_asked = Signal(Page)
    path_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = Strip(self)
        self._pages_heading, self._stops_heading = QLabel(self), QLabel(self)
        self.links = [PageLink(page, self) for page in Page if page is not Page.ORDER]
        self.stops = StopsList(self)
        flow = FlowLayout(gap=6)
        for link in self.links:
            flow.addWidget(link)
            link.clicked.connect(lambda _checked, page=link.page: self.page_asked.emit(page))
        self.stops.chosen.connect(self.path_asked)
        self._stops_heading.setBuddy(self.stops)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.state)
        layout.addWidget(self._pages_heading)
        layout.addLayout(flow)
        layout.addWidget(self._stops_heading)
        layout.addWidget(self.stops)

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show how far the case has come."""
        states = page_states(snapshot)
        empty = states[Page.ORDER] is PageState.EMPTY
        self.state.show_state(*release_state(snapshot.evaluation, words, nothing_typed=empty))
        for link in self.links:
            link.show_state(states[link.page], words)
        slips = {problem.path: problem_words(problem, words) for problem in snapshot.problems}
        lines = [line_of(finding, words, slips) for finding in snapshot.evaluation.findings if finding.blocks]
        self.stops.show_lines(lines)
        self._name_stops(words)
        self._stops_heading.setVisible(bool(lines))
        self.stops.setVisible(bool(lines))

    def _name_stops(self, words: Words) -> None:
        heading = words(BLOCKING, count=self.stops.count())
        self._stops_heading.setText(heading)
        self.stops.setAccessibleName(heading)

    def retranslate(self, words: Words) -> None:
        """Word what does not depend on the case."""
        self._pages_heading.setText(words(CHECKLIST))
        self._name_stops(words)
        for link in self.links:
            link.setAccessibleName(without_mnemonic(words(link.page.value)))
