"""The day list: today's and tomorrow's orders, all orders, or those found; what can be done with the chosen one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeVar
from typing import Protocol as Port

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.order_model import OrderModel
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.day_view import DayRow, search_terms
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import RecordStore
from dlicalc.services.wording import Words
from dlicalc.services.wording import day_list as say
from dlicalc.services.wording.window import CLOSE

_T = TypeVar("_T")
_WIDE, _HIGH = 130, 36
"""Letters and lines of the window, where the screen has room."""
_MOST_PRINTED: Final = 500
_MEASURED: Final = 30
"""Rows that the widths of the columns are taken from."""


class Acts(Port):
    """What can be done with orders; what comes of it is said by whoever does it."""

    def open_case(self, number: str) -> bool:
        """Show the case of an order; true if it is shown."""

    def reprint(self, number: str) -> None:
        """A copy of an order."""

    def supersede(self, number: str) -> bool:
        """Put an end to an order; true if its case is shown to be ordered anew."""

    def print_list(self, lead: str, rows: list[DayRow]) -> None:
        """The list on paper."""


class Shown(NamedTuple):
    """What the list shows, to be shown again after an act."""

    lead: str
    again: Callable[[], None]


class DayList(QDialog):
    """Enter in the table opens the chosen order; in the search it searches; nothing else is done by Enter."""

    def __init__(
        self, store: RecordStore, acts: Acts, today: date, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._acts, self._today, self._words = acts, today, words
        self.setWindowTitle(words(say.TITLE))
        self.model = OrderModel(store, words, self)
        self.model.refused.connect(lambda refused: self._tell_problems(refused.problems))
        self.search, self.table = QLineEdit(self), QTableView(self)
        self.lead, self.notice = QLabel(self), Strip(self)
        self.days, self.every, self.open_case, self.reprint, self.supersede, self.print, self.leave = (
            QPushButton(words(sentence), self)
            for sentence in (
                *(say.SHOW_DAYS, say.SHOW_EVERY, say.OPEN, say.REPRINT, say.SUPERSEDE, say.PRINT_LIST),
                CLOSE,
            )
        )
        self._shown = Shown("", self.show_days)
        self._lay_out()
        self._make_table()
        self._connect()
        self._be_large()
        self.notice.hide()
        self.show_days()
        self.search.setFocus()

    def _lay_out(self) -> None:
        words = self._words
        label = QLabel(words(say.SEARCH), self)
        label.setBuddy(self.search)
        self.search.setAccessibleName(label.text().replace("&", ""))
        self.search.setAccessibleDescription(words(say.SEARCH_HELP))
        self.search.setToolTip(words(say.SEARCH_HELP))
        self.search.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 26)
        above, below = FlowLayout(gap=6), FlowLayout(gap=6)
        for widget in (label, self.search, self.days, self.every):
            above.addWidget(widget)
        for button in (self.open_case, self.reprint, self.supersede, self.print, self.leave):
            below.addWidget(button)
        for button in self._buttons():
            button.setAutoDefault(False)
        self.lead.setWordWrap(True)
        self.lead.setTextFormat(Qt.TextFormat.PlainText)
        layout = QVBoxLayout(self)
        layout.addLayout(above)
        layout.addWidget(self.notice)
        layout.addWidget(self.lead)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.days, self.every, self.open_case, self.reprint, self.supersede, self.print, self.leave

    def _make_table(self) -> None:
        table, words = self.table, self._words
        table.setModel(self.model)
        table.setAccessibleName(words(say.TABLE))
        table.setAccessibleDescription(words(say.TABLE_HELP))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setMinimumHeight(self.fontMetrics().height() * 6)
        rows, heads = table.verticalHeader(), table.horizontalHeader()
        rows.hide()
        # One height for all rows, else Qt would read each of them to measure it.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().lineSpacing() * 2 + 8)
        heads.setResizeContentsPrecision(_MEASURED)
        heads.setStretchLastSection(True)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self.search.returnPressed.connect(self.look_up)
        self.table.activated.connect(lambda _index: self._open())
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(lambda _new, _old: self._enable())
        for button, slot in (
            (self.days, self.show_days),
            (self.every, self.show_every),
            (self.open_case, self._open),
            (self.reprint, self._reprint),
            (self.supersede, self._supersede),
            (self.print, self._print),
            (self.leave, self.reject),
        ):
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
        QShortcut("Ctrl+F", self, self._go_to_search)

    def _be_large(self) -> None:
        letter, room = self.fontMetrics(), self.screen().availableSize()
        wanted = letter.horizontalAdvance("n") * _WIDE, letter.height() * _HIGH
        self.resize(min(wanted[0], room.width() - 16), min(wanted[1], room.height() - 48))

    def show_days(self) -> None:
        """Today's and tomorrow's orders, unchecked first."""
        days = self._today, self._today + timedelta(days=1)
        standings = self._attempt(lambda: self.model.show_days(days))
        if standings is None:
            return
        words = self._words
        lead = words(say.DAYS, today=days[0].isoformat(), tomorrow=days[1].isoformat())
        unchecked = sum(not (one.checked or one.ended) for one in standings)
        told = words.translate(say.COUNTED if standings else say.NO_ORDERS)
        self._show(told.format(lead=lead, count=len(standings), unchecked=unchecked), self.show_days)

    def show_every(self) -> None:
        """All orders, newest first, fetched as they are scrolled to."""
        if self._attempt(self.model.show_every) is not None:
            sentence = say.EVERY if self.model.rowCount() else say.NONE_AT_ALL
            self._show(self._words(sentence), self.show_every)

    def look_up(self) -> None:
        """The orders of the number in the search; nothing in it is no search."""
        text = self.search.text()
        terms = self._attempt(lambda: search_terms(text))
        if terms is None:
            return
        if not terms:
            self.show_days()
            return
        found = terms
        count = self._attempt(lambda: self.model.show_found(found))
        if count is None:
            return
        sentence = self._words.translate(say.FOUND if count else say.NOTHING_FOUND)
        self._show(sentence.format(text=text.strip(), count=count), self.look_up)
        if count:
            self.table.setFocus()
        else:
            self.search.selectAll()

    def _show(self, lead: str, again: Callable[[], None]) -> None:
        self._shown = Shown(lead, again)
        self.lead.setText(lead)
        self.table.setAccessibleDescription(f"{lead} {self._words(say.TABLE_HELP)}")
        self.table.resizeColumnsToContents()
        if self.model.rowCount():
            self.table.selectRow(0)
        self._enable()

    def _attempt(self, read: Callable[[], _T]) -> _T | None:
        """What was read; ``None`` if the records refuse, which is said."""
        try:
            read_now = read()
        except Refused as refused:
            self._tell_problems(refused.problems)
            return None
        self.notice.hide()
        return read_now

    def _tell_problems(self, problems: tuple[Problem, ...]) -> None:
        self.tell(Sign.STOP, "\n".join(self._words.problem(problem) for problem in problems))

    def tell(self, sign: Sign, text: str) -> None:
        """Say something above the list until the next is shown."""
        self.notice.show_state(sign, text)
        self.notice.show()

    @property
    def chosen(self) -> str:
        """The number of the order that is chosen; empty if none is."""
        index: QModelIndex = self.table.currentIndex()
        return self.model.order(index.row()) if index.isValid() else ""

    def _enable(self) -> None:
        index = self.table.currentIndex()
        row = self.model.row(index.row()) if index.isValid() else None
        for button in (self.open_case, self.reprint):
            button.setEnabled(row is not None)
        self.supersede.setEnabled(row is not None and not row.state.ended)
        self.print.setEnabled(self.model.rowCount() > 0)

    def _open(self) -> None:
        if self.chosen and self._acts.open_case(self.chosen):
            self.accept()

    def _reprint(self) -> None:
        self._acts.reprint(self.chosen)
        self._again()

    def _supersede(self) -> None:
        if self._acts.supersede(self.chosen):
            self.accept()
        else:
            self._again()

    def _again(self) -> None:
        """The same list as it is now, with the same order chosen."""
        chosen = self.chosen
        self._shown.again()
        for place in range(min(self.model.rowCount(), _MOST_PRINTED)):
            if self.model.order(place) == chosen:
                self.table.selectRow(place)
        self.table.setFocus()

    def _print(self) -> None:
        count = min(self.model.rowCount(), _MOST_PRINTED)
        lead = self._shown.lead
        if count < self.model.rowCount() or self.model.canFetchMore(QModelIndex()):
            lead = self._words.translate(say.FIRST_OF).format(lead=lead, count=count)
        self._acts.print_list(lead, [self.model.row(place) for place in range(count)])

    def _go_to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape in a search ends the search; down goes on to the table; Enter presses no button."""
        key, searching = event.key(), self.focusWidget() is self.search
        if searching and key == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.show_days()
        elif searching and key == Qt.Key.Key_Down:
            self.table.setFocus()
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
