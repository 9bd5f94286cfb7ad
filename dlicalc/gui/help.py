"""F1: what each entry means, in a window of its own that does not stand in the way."""

from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser, QVBoxLayout, QWidget
from shiboken6 import isValid

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.case_fields import PAGES
from dlicalc.gui.entry_edit import EntryEdit
from dlicalc.gui.fields import best, rows, template_of
from dlicalc.services.help_text import help_text
from dlicalc.services.wording import Words
from dlicalc.services.wording.help import KEYS, TITLE
from dlicalc.services.wording.window import FIELDS, HEADINGS

_TOPICS: Final = tuple(row.label for page in PAGES for row in rows(page))
_PLACES: Final = {
    place: position
    for position, row in enumerate(row for page in PAGES for row in rows(page))
    for place in (*(cell.path for cell in row.cells), row.label)
}


def path_with_keyboard() -> str:
    """The path of the entry that has the keyboard; empty if none has it."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, EntryEdit):
        widget = widget.parentWidget()
    return "" if widget is None else widget.path


def topic_of(path: str) -> str:
    """The topic that speaks of the entry at ``path``; empty if none does."""
    position = best(template_of(path)[0], _PLACES) if path else None
    return "" if position is None else _TOPICS[position]


class HelpWindow(QDialog):
    """All topics, page by page; opens at the one that is asked for, and Esc gives the keyboard back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, str] | None = None
        self._topic = ""
        self._came_from: QWidget | None = None
        self.browser = QTextBrowser(self)
        self.browser.setOpenLinks(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)
        letter = self.fontMetrics()
        self.resize(letter.horizontalAdvance("n") * 64, letter.height() * 30)
        self.finished.connect(self._give_back)

    def show_topic(self, path: str, words: Words, protocol: Protocol) -> None:
        """Open, or come to the front, at the topic of the entry at ``path``."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._came_from = focused
        self._topic = topic_of(path)
        self.retranslate(words, protocol)
        self._fit_screen()
        self.show()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)
        self._go_to_topic()

    def retranslate(self, words: Words, protocol: Protocol) -> None:
        """Word everything anew, and stay at the topic."""
        title = words(TITLE)
        if self._shown == (title, protocol.digest):
            return
        self._shown = title, protocol.digest
        self.setWindowTitle(title)
        self.browser.setAccessibleName(title)
        self.browser.setHtml(_page(words, protocol))
        self._go_to_topic()

    def _go_to_topic(self) -> None:
        if self._topic:
            self.browser.scrollToAnchor(self._topic)

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


def _page(words: Words, protocol: Protocol) -> str:
    """All topics as HTML, in the order of the entries."""
    parts = [f"<p>{escape(words(KEYS))}</p>"]
    for page in PAGES:
        for section in page:
            parts.append(f"<h2>{escape(words(HEADINGS[section.heading]))}</h2>")
            for row in section.rows:
                text = escape(help_text(row.label, words, protocol))
                parts.append(f'<h4><a name="{row.label}">{escape(words(FIELDS[row.label]))}</a></h4><p>{text}</p>')
    return "".join(parts)
