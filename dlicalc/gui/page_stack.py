"""The pages behind the step bar: made when first needed, told of changes only while in front."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QStackedWidget, QWidget

from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.in_sight import give_keyboard
from dlicalc.gui.page import Page as PageWidget
from dlicalc.gui.quiet_combo import QuietCombo
from dlicalc.services.pages import Page, page_of_path
from dlicalc.services.wording import Words

_ENTRIES: Final = (QLineEdit, QComboBox, QRadioButton)
Makers = Mapping[Page, Callable[[], PageWidget]]


def entries(page: QWidget) -> Iterator[QWidget]:
    """The entries of ``page`` that take the keyboard now, in the order of the tab key; one for each question."""
    candidate = page.nextInFocusChain()
    while candidate is not None and candidate is not page:
        if page.isAncestorOf(candidate) and _takes_keyboard(candidate):
            yield candidate
        candidate = candidate.nextInFocusChain()


def _takes_keyboard(widget: QWidget) -> bool:
    if not isinstance(widget, _ENTRIES) or not widget.isEnabled() or not widget.isVisible():
        return False
    if isinstance(widget, QRadioButton):
        return widget is _entry_of(widget)
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _entry_of(widget: QWidget) -> QWidget:
    """Of the answers to one question the one at which the keyboard enters; any other widget itself."""
    question = widget.parentWidget()
    if not isinstance(widget, QRadioButton) or question is None:
        return widget
    answers = [button for button in question.findChildren(QRadioButton) if button.isVisible()]
    return next((button for button in answers if button.isChecked()), answers[0])


def entry_after(widget: QWidget, page: QWidget) -> QWidget | None:
    """The entry that follows ``widget`` on ``page``; ``None`` after the last."""
    order = iter(entries(page))
    here = _entry_of(widget)
    return next(order, None) if any(entry is here for entry in order) else None


class EnterMovesOn(QObject):
    """Enter, and the one that a scanner sends, goes to the next entry and triggers nothing."""

    at_end = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter from entries; a unit that is offered is taken with it."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(watched, _ENTRIES):
            return False
        if isinstance(watched, QuietCombo):
            watched.take_offer()
        following = entry_after(watched, self._page)
        if following is None:
            self.at_end.emit()
        else:
            give_keyboard(following, Qt.FocusReason.TabFocusReason)
        return True

    def watch(self) -> None:
        """Watch all entries that the page has now."""
        for kind in _ENTRIES:
            for entry in self._page.findChildren(kind):
                entry.removeEventFilter(self)
                entry.installEventFilter(self)


def focus_first(page: PageWidget) -> bool:
    """Give the keyboard to the first entry of ``page``; false if it has none."""
    first = page.first_entry()
    # Only where it must the tab order is followed: at the first strange widget PySide loads every kind there is.
    if first is None or not _takes_keyboard(first):
        first = next(entries(page), None)
    if first is not None:
        give_keyboard(first, Qt.FocusReason.TabFocusReason)
    return first is not None


class PageStack(QStackedWidget):
    """Keeps the pages; whoever shows one gets it filled and up to date."""

    made = Signal(PageWidget)
    shown = Signal(Page)

    def __init__(self, makers: Makers, view_model: CaseViewModel, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers = makers
        self._view_model = view_model
        self._words = words
        self._pages: dict[Page, PageWidget] = {}
        self._enter: dict[Page, EnterMovesOn] = {}
        self.current = Page.RECIPIENT

    def page(self, page: Page) -> PageWidget:
        """The widget of ``page``, made now if nobody needed it before."""
        if page not in self._pages:
            widget = self._makers[page]()
            self._pages[page] = widget
            self.addWidget(widget)
            self._enter[page] = EnterMovesOn(widget)
            self._enter[page].at_end.connect(lambda: self._go_on_from(page))
            widget.retranslate(self._words)
            widget.fill(self._view_model.text)
            widget.show_snapshot(self._view_model.snapshot, self._words)
            self._enter[page].watch()
            self.made.emit(widget)
        return self._pages[page]

    def all_made(self) -> Iterable[PageWidget]:
        """The pages that exist."""
        return self._pages.values()

    def show_page(self, page: Page) -> None:
        """Bring ``page`` to the front, up to date."""
        widget = self.page(page)
        self.current = page
        widget.show_snapshot(self._view_model.snapshot, self._words)
        self.setCurrentWidget(widget)
        self.keep_keyboard_in_sight()
        self.shown.emit(page)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Tell the page in front; the others are told when they come to the front."""
        self.page(self.current).show_snapshot(snapshot, self._words)
        self.keep_keyboard_in_sight()

    def keep_keyboard_in_sight(self) -> None:
        """Take the keyboard from an entry that was hidden: Qt leaves it there, and keys would still reach it."""
        focused = QApplication.focusWidget()
        if focused is not None and not focused.isVisible() and not focus_first(self.page(self.current)):
            focused.clearFocus()

    def fill(self) -> None:
        """Fill every page anew, after another case was opened or an edit undone; none keeps what was there before."""
        for page, widget in self._pages.items():
            widget.fill(self._view_model.text)
            widget.show_snapshot(self._view_model.snapshot, self._words)
            self._enter[page].watch()
        self.keep_keyboard_in_sight()

    def focus_path(self, path: str) -> bool:
        """Go to the entry that ``path`` speaks of; false if no page has it."""
        page = page_of_path(path)
        self.show_page(page)
        found = self.page(page).focus(path)
        self.keep_keyboard_in_sight()
        return found

    def _go_on_from(self, page: Page) -> None:
        """After the last entry of a page comes the first of the next."""
        order = list(Page)
        following = order[min(order.index(page) + 1, len(order) - 1)]
        if following is page:
            return
        self.show_page(following)
        focus_first(self.page(following))

    def retranslate(self, words: Words) -> None:
        """Word every page anew."""
        self._words = words
        for widget in self._pages.values():
            widget.retranslate(words)
