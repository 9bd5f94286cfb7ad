"""Recorded orders as the rows of a table; a row is read from the store when it is first looked at."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QPalette

from dlicalc.gui.signs import Sign, sign_pixmap
from dlicalc.services.day_view import DayRow, RowState, day_row, found_orders, unreadable_row
from dlicalc.services.problem import Refused
from dlicalc.services.records import RecordStore, Standing
from dlicalc.services.wording import Words
from dlicalc.services.wording import day_list as say

PAGE: Final = 400
"""Orders that are fetched at once; their rows are read one by one as they are shown."""
_REMEMBERED: Final = 2000
_LINES: Final = 2
"""Lines of a cell; the rest of them is counted."""
SIGNS: Final = {
    RowState.UNCHECKED: Sign.REVIEW,
    RowState.CHECKED: Sign.NOTE,
    RowState.PRINTED: Sign.GOOD,
    RowState.GIVEN: Sign.GOOD,
    RowState.SUPERSEDED: Sign.STOP,
    RowState.VOIDED: Sign.STOP,
    RowState.REMOVED: Sign.EMPTY,
}
Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class OrderModel(QAbstractTableModel):
    """The orders of some days, those found, or all of them, which are fetched as far as they are scrolled to."""

    refused = Signal(object)
    """The store would not give more; carries the ``Refused``."""

    def __init__(self, store: RecordStore, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._words = store, words
        self._orders: list[str] = []
        self._known: set[str] = set()
        self._rows: dict[str, DayRow] = {}
        self._before: int | None = None
        """Entry number to go on from in a list of all orders; ``None`` if nothing is to be fetched."""

    def show_days(self, days: Sequence[date]) -> tuple[Standing, ...]:
        """The orders whose infusion is on one of ``days``, unchecked first; raises ``Refused``, as all that follow."""
        standings = self._store.orders_of(days)
        self._put(standing.order for standing in standings)
        return standings

    def show_every(self) -> int:
        """All orders, newest first; returns how many are fetched."""
        first = self._store.orders(PAGE)
        self._put(order for _, order in first)
        self._before = first[-1][0] if len(first) == PAGE else None
        return len(self._orders)

    def show_found(self, terms: Iterable[str]) -> int:
        """The orders that any of ``terms`` finds, newest first; returns how many."""
        self._put(found_orders([self._store.search(term) for term in terms]))
        return len(self._orders)

    def _put(self, orders: Iterable[str]) -> None:
        taken = list(dict.fromkeys(orders))
        self.beginResetModel()
        self._orders, self._known, self._before = taken, set(taken), None
        self._rows.clear()
        self.endResetModel()

    def order(self, place: int) -> str:
        """The number of the order in a row."""
        return self._orders[place]

    def row(self, place: int) -> DayRow:
        """The words of a row."""
        order = self._orders[place]
        if order not in self._rows:
            if len(self._rows) >= _REMEMBERED:
                self._rows.clear()
            self._rows[order] = self._read(order)
        return self._rows[order]

    def _read(self, order: str) -> DayRow:
        try:
            return day_row(order, self._store.entries(order), self._words)
        except Refused as refused:
            why = "; ".join(self._words.problem(problem) for problem in refused.problems)
            return unreadable_row(order, why, self._words)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many orders have been fetched."""
        return 0 if parent.isValid() else len(self._orders)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """How many cells an order has."""
        return 0 if parent.isValid() else len(say.COLUMNS)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are older orders."""
        return not parent.isValid() and self._before is not None

    def fetchMore(self, parent: Index) -> None:
        """The next older orders; an order that was prepared twice under one number stands where it is newest."""
        if self._before is None:
            return
        try:
            page = self._store.orders(PAGE, self._before)
        except Refused as refused:
            self._before = None
            self.refused.emit(refused)
            return
        self._before = page[-1][0] if len(page) == PAGE else None
        more = [order for order in dict.fromkeys(order for _, order in page) if order not in self._known]
        if more:
            self.beginInsertRows(_ROOT, len(self._orders), len(self._orders) + len(more) - 1)
            self._orders += more
            self._known.update(more)
            self.endInsertRows()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The heads of the columns; rows have none."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._words(say.COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell: its words, the whole of them for those who hover or listen, and the sign of the state."""
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in texts:
            text = self.row(index.row()).cells[index.column()]
            return _short(text) if role == Qt.ItemDataRole.DisplayRole else text
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.row(index.row()).spoken()
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._sign(SIGNS[self.row(index.row()).state])
        return None

    def _sign(self, sign: Sign) -> Any:
        """The shape in its colour; where that would not be seen on the ground of the table, in the ink of the table."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        palette, size = application.palette(), QFontMetrics(application.font()).height()
        ground = palette.color(QPalette.ColorRole.Base)
        ink = QColor(sign.value.ground)
        if sign in (Sign.EMPTY, Sign.NOTE) or abs(ink.lightness() - ground.lightness()) < _APART:
            ink = palette.color(QPalette.ColorRole.Text)
        return sign_pixmap(sign, size, application.devicePixelRatio(), ink, ground)


_APART: Final = 90
"""Difference of lightness, of 255, below which a sign is not seen well."""


def _short(text: str) -> str:
    lines = text.split("\n")
    return text if len(lines) <= _LINES else f"{lines[0]}\n+ {len(lines) - 1}"
