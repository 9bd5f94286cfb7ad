"""The manual in a window of its own that does not stand in the way: contents, search, way back, links."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.help import page_entries
from dlicalc.gui.help_browser import HelpBrowser
from dlicalc.gui.help_contents import HelpContents
from dlicalc.services.manual import Manual, Topic, Trail, target
from dlicalc.services.manual_entries import whole_manual
from dlicalc.services.manual_place import Place
from dlicalc.services.wording import Words
from dlicalc.services.wording import manual as say

TopicsOf = Callable[[str], Sequence[Topic]]
"""The topics of a language that are files; raises ``Refused`` where one is damaged."""


class HelpWindow(QDialog):
    """Opens at the place that is asked for; Esc or F1 gives the keyboard back."""

    def __init__(self, topics: TopicsOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics = topics
        self._shown: tuple[str, str] | None = None
        self._words = Words()
        self._manual = Manual(())
        self._trail = Trail()
        self._place = Place("")
        self._came_from: QWidget | None = None
        self.back, self.forward = QPushButton(self), QPushButton(self)
        self.search, self._search_label = QLineEdit(self), QLabel(self)
        self.contents, self.browser = HelpContents(self), HelpBrowser(self)
        self.found = QLabel(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        letter = self.fontMetrics()
        em = letter.horizontalAdvance("n")
        top = QHBoxLayout()
        for part in (self.back, self.forward, self._search_label, self.search):
            top.addWidget(part)
        self._search_label.setBuddy(self.search)
        beside = QSplitter(Qt.Orientation.Horizontal, self)
        beside.addWidget(self.contents)
        beside.addWidget(self.browser)
        beside.setChildrenCollapsible(False)
        beside.setStretchFactor(1, 1)
        beside.setSizes([em * 30, em * 70])
        self.found.hide()
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.found)
        layout.addWidget(beside, 1)
        for button in (self.back, self.forward):
            button.setAutoDefault(False)
        self.resize(em * 104, letter.height() * 36)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self._travel(-1))
        self.forward.clicked.connect(lambda: self._travel(1))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.contents.choose_current)
        self.contents.chosen.connect(self._choose)
        self.browser.anchorClicked.connect(self._follow)
        self.finished.connect(self._give_back)
        for keys, slot in (
            (QKeySequence.StandardKey.Back, lambda: self._travel(-1)),
            (QKeySequence.StandardKey.Forward, lambda: self._travel(1)),
            (QKeySequence.StandardKey.Find, self._begin_search),
            (QKeySequence.StandardKey.ZoomIn, self.browser.zoomIn),
            (QKeySequence.StandardKey.ZoomOut, self.browser.zoomOut),
        ):
            QShortcut(QKeySequence(keys), self, slot)

    @property
    def place(self) -> Place:
        """What is being read."""
        return self._place

    def show_place(self, place: Place, words: Words, protocol: Protocol) -> None:
        """Open, or come to the front, at ``place``; raises ``Refused`` where the manual is damaged."""
        focused = QApplication.focusWidget()
        self.retranslate(words, protocol)
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        self._fit_screen()
        self.show()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.clear()
        self._go(place)

    def retranslate(self, words: Words, protocol: Protocol) -> None:
        """Word everything anew, and stay at the place; raises ``Refused`` where the manual is damaged."""
        title = words(say.TITLE)
        if self._shown == (title, protocol.digest):
            return
        self._manual = whole_manual(self._topics(words.language), page_entries(words), words, protocol)
        self._shown, self._words = (title, protocol.digest), words
        self.setWindowTitle(title)
        self.back.setText(words(say.BACK))
        self.forward.setText(words(say.FORWARD))
        self._search_label.setText(words(say.SEARCH))
        self.contents.setAccessibleName(words(say.CONTENTS))
        self._list()
        self._read()

    def _list(self) -> None:
        hits = self._manual.find(self.search.text())
        searching = bool(self.search.text().strip())
        self.found.setVisible(searching)
        if searching:
            words = self._words
            self.found.setText(words(say.FOUND, count=len(hits)) if hits else words(say.NOTHING_FOUND))
            self.contents.show_hits(hits)
        else:
            self.contents.show_manual(self._manual)
            self.contents.mark(self._place)

    def _search(self) -> None:
        self._list()

    def _begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _choose(self, place: Place) -> None:
        self._go(place)
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, address: QUrl) -> None:
        """Go where a link leads, if that is a place of the manual; nothing else is ever opened."""
        place = target(self._place.topic, address.toString())
        if self._manual.has(place):
            self._go(place)

    def _go(self, place: Place) -> None:
        self._trail.visit(place)
        self._place = place
        self._read()

    def _travel(self, steps: int) -> None:
        if self._trail.can_go_back if steps < 0 else self._trail.can_go_on:
            self._place = self._trail.go(steps)
            self._read()

    def _read(self) -> None:
        """Show what is being read, if the manual has it."""
        self.back.setEnabled(self._trail.can_go_back)
        self.forward.setEnabled(self._trail.can_go_on)
        if self._manual.has(self._place):
            topic = self._manual.topic(self._place.topic)
            self.browser.setAccessibleName(topic.title)
            self.browser.show_topic(topic, self._place.anchor)
            if not self.search.text().strip():
                self.contents.mark(self._place)

    def _fit_screen(self) -> None:
        self.resize(self.size().boundedTo(self.screen().availableSize()))

    def _give_back(self) -> None:
        if self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.activateWindow()
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 closes what F1 has opened; Esc does so in every dialog."""
        if event.key() == Qt.Key.Key_F1:
            self.reject()
        else:
            super().keyPressEvent(event)
