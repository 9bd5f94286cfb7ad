"""The bags as a table: a line each, the one chosen by arrow up and down, signs beside what asks for a look."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from dlicalc.gui.signs import Sign, paint_sign
from dlicalc.services.bag_view import COLUMNS, BagLine, Mark, Marked
from dlicalc.services.wording import Words
from dlicalc.services.wording.product_page import TABLE, TABLE_HELP

Index = QModelIndex | QPersistentModelIndex
_SIGNS: Final = {mark: Sign[mark.name] for mark in Mark}
_ROOT: Final = QModelIndex()
_WIDEST: Final = {0: 4, 1: 17, 2: 14, 6: 13, 7: 21}
"""Characters after which the text of a column goes on in its second line."""
_FINDING: Final = len(COLUMNS) - 1
_FINDING_WIDTH: Final = 26
_ROWS: Final = 4
"""Bags in sight without scrolling."""
_PADDING: Final = 12


@lru_cache(maxsize=32)
def chip(sign: Sign, size: int, ratio: float) -> QPixmap:
    """``sign`` on its own ground, so that it is readable on any row."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(sign.value.ground))
    painter = QPainter(pixmap)
    inset = size * 0.14
    box = QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
    paint_sign(painter, sign, box, QColor(sign.value.ink), QColor(sign.value.ground))
    painter.end()
    return pixmap


def _text(cell: str | Marked) -> str:
    return cell.text if isinstance(cell, Marked) else cell


class BagModel(QAbstractTableModel):
    """The lines as Qt asks for them."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._headings: tuple[str, ...] = ()
        self.lines: tuple[BagLine, ...] = ()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """A row for each bag."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As many columns as a line has parts."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the sign of one that has a mark."""
        cell: str | Marked = self.lines[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {_text(cell)}"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _text(cell)
        if role == Qt.ItemDataRole.DecorationRole and isinstance(cell, Marked):
            return chip(_SIGNS[cell.mark], self._view.fontMetrics().height(), self._view.devicePixelRatioF())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._headings[section] if self._headings else None

    def word(self, headings: Sequence[str]) -> None:
        """Word the headings."""
        self._headings = tuple(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def show_lines(self, lines: tuple[BagLine, ...]) -> list[BagLine]:
        """Show ``lines``, telling the view of no more than has changed; returns the lines that are new."""
        before, common = self.lines, min(len(self.lines), len(lines))
        if len(lines) < len(before):
            self.beginRemoveRows(_ROOT, len(lines), len(before) - 1)
            self.lines = before[: len(lines)]
            self.endRemoveRows()
        elif len(lines) > len(before):
            self.beginInsertRows(_ROOT, len(before), len(lines) - 1)
            self.lines = lines
            self.endInsertRows()
        self.lines = lines
        changed = [row for row in range(common) if lines[row] != before[row]]
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))
        return [*(lines[row] for row in changed), *lines[common:]]


class BagTable(QTableView):
    """All bags; ``chosen`` carries the place of the one that somebody goes to."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bags = BagModel(self)
        self.setModel(self.bags)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(2 * self.fontMetrics().height() + _PADDING // 2)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("n") * 3)
        header.setStretchLastSection(True)
        self._widths = [0] * len(COLUMNS)

    def sizeHint(self) -> QSize:
        """Room for some bags; more of them scroll."""
        return self._size(_ROWS)

    def minimumSizeHint(self) -> QSize:
        """Room for one bag."""
        return self._size(1)

    def _size(self, most: int) -> QSize:
        rows = max(1, min(most, self.bags.rowCount()))
        bar = self.horizontalScrollBar().sizeHint().height()
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        return QSize(self.fontMetrics().horizontalAdvance("n") * 30, height + bar + 2 * self.frameWidth())

    def current(self) -> int:
        """The place of the bag that is chosen; -1 if there is none."""
        return self.currentIndex().row()

    def choose(self, place: int) -> None:
        """Make the bag at ``place`` the chosen one."""
        if place != self.current():
            self.setCurrentIndex(self.bags.index(place, max(0, self.currentIndex().column())))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell that another bag is chosen."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.chosen.emit(current.row())

    def show_lines(self, lines: tuple[BagLine, ...]) -> None:
        """Show the bags; columns grow with their words and do not shrink while somebody types."""
        count = self.bags.rowCount()
        fresh = self.bags.show_lines(lines)
        self._fit([[_text(cell) for cell in line] for line in fresh])
        if count != len(lines):
            self.updateGeometry()

    def _fit(self, lines: Sequence[Sequence[str]]) -> None:
        for column in range(len(COLUMNS)):
            wanted = max((self._width(column, line[column]) for line in lines), default=0)
            if wanted > self._widths[column]:
                self._widths[column] = wanted
                self.setColumnWidth(column, wanted)

    def _width(self, column: int, text: str) -> int:
        metrics = self.fontMetrics()
        most = metrics.horizontalAdvance("n") * (_FINDING_WIDTH if column == _FINDING else _WIDEST.get(column, 20))
        sign = metrics.height() + 4 if isinstance(self._cell(column), Marked) else 0
        return min(metrics.horizontalAdvance(text), most) + sign + _PADDING

    def _cell(self, column: int) -> object:
        return self.bags.lines[0][column] if self.bags.lines else None

    def retranslate(self, words: Words) -> None:
        """Word the headings; the columns are measured anew."""
        headings = [words(heading) for heading in COLUMNS]
        self.bags.word(headings)
        self.setAccessibleName(words(TABLE))
        self.setAccessibleDescription(words(TABLE_HELP))
        metrics = self.fontMetrics()
        for column, heading in enumerate(headings):
            longest = max(metrics.horizontalAdvance(part) for part in heading.split())
            self._widths[column] = longest + 2 * _PADDING
            self.setColumnWidth(column, self._widths[column])
        self._fit([[_text(cell) for cell in line] for line in self.bags.lines])
