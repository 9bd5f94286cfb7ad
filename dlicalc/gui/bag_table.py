"""The bags as a table: a line each, the one chosen by arrow up and down, signs beside what asks for a look."""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from dlicalc.gui.signs import Sign, paint_sign
from dlicalc.services.bag_view import COLUMNS, BagLine, Mark, Marked
from dlicalc.services.wording import Words
from dlicalc.services.wording.product_page import TABLE, TABLE_HELP

Index = QModelIndex | QPersistentModelIndex
_SIGNS: Final = {mark: Sign[mark.name] for mark in Mark}
_ROOT: Final = QModelIndex()
_PARTS: Final = ((0,), (1, 2), (3, 4), (5, 6), (7, 8), (9,))
"""Which parts of a line stand in a column, one beneath the other."""
_COLUMNS: Final = range(len(_PARTS))
_FINDING: Final = len(_PARTS) - 1
_FINDING_WIDTH: Final = 14
"""Characters of a finding for which there is room anywhere; the panel tells it in full."""
_TALL: Final = "Ag⁺中"
"""Letters of every height that a cell may hold."""
_ROLES: Final = frozenset(
    role.value
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.DecorationRole,
    )
)
_ROWS: Final = 4
"""Bags in sight without scrolling."""
_PADDING: Final = 12


@lru_cache(maxsize=32)
def chip(sign: Sign, size: int, ratio: float) -> QIcon:
    """``sign`` on its own ground, which is the same on a row that is chosen."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(sign.value.ground))
    painter = QPainter(pixmap)
    inset = size * 0.14
    box = QRectF(inset, inset, size - 2 * inset, size - 2 * inset)
    paint_sign(painter, sign, box, QColor(sign.value.ink), QColor(sign.value.ground))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _text(part: str | Marked) -> str:
    return part.text if isinstance(part, Marked) else part


def _sign(line: BagLine, column: int) -> Sign | None:
    """The sign of the marked part of a cell, if it has one."""
    parts = (line[part] for part in _PARTS[column])
    return next((_SIGNS[part.mark] for part in parts if isinstance(part, Marked)), None)


def _changed_columns(line: BagLine, before: BagLine) -> list[int]:
    return [column for column, parts in enumerate(_PARTS) if any(line[part] != before[part] for part in parts)]


def _lines(line: Sequence[str | Marked], column: int) -> list[str]:
    return [_text(line[part]) for part in _PARTS[column]]


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
        """As many columns as there are groups of parts."""
        return 0 if parent.isValid() else len(_PARTS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, and the sign of one that has a mark."""
        if role not in _ROLES:
            return None
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return "\n".join(_lines(line, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(f"{self._headings[part]}: {_text(line[part])}" for part in _PARTS[column])
        sign = _sign(line, column) if role == Qt.ItemDataRole.DecorationRole else None
        return chip(sign, self._view.fontMetrics().height(), self._view.devicePixelRatioF()) if sign else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return "\n".join(_lines(self._headings, section)) if self._headings else None

    def word(self, headings: Sequence[str]) -> None:
        """Word the headings."""
        self._headings = tuple(headings)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(_PARTS) - 1)

    def show_lines(self, lines: tuple[BagLine, ...]) -> list[tuple[BagLine, Sequence[int]]]:
        """Show ``lines``, telling the view of no more than has changed; returns the lines and columns that are new."""
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
        cells = [(row, _changed_columns(lines[row], before[row])) for row in changed]
        for row, columns in cells:
            # Each cell by itself: for a span of cells Qt paints what lies between, and the row beneath.
            for column in columns:
                cell = self.index(row, column)
                self.dataChanged.emit(cell, cell)
        return [*((lines[row], columns) for row, columns in cells), *((line, _COLUMNS) for line in lines[common:])]


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
        self.verticalHeader().setDefaultSectionSize(2 * self._line_height() + _PADDING // 2)
        self.setIconSize(QSize(self.fontMetrics().height(), self.fontMetrics().height()))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("n") * 3)
        header.setStretchLastSection(True)
        self._widths = [0] * len(_PARTS)

    def _line_height(self) -> int:
        """The height of a line; letters of another font may make it higher than the font's own."""
        layout = QTextLayout(_TALL, self.font())
        layout.beginLayout()
        line = layout.createLine()
        layout.endLayout()
        return ceil(line.height())

    def sizeHint(self) -> QSize:
        """Room for some bags; more of them scroll."""
        return self._size(_ROWS)

    def minimumSizeHint(self) -> QSize:
        """Room for one bag."""
        return self._size(1)

    def _size(self, most: int) -> QSize:
        rows = max(1, min(most, self.bags.rowCount()))
        wide = self.horizontalHeader().length() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize()
        return QSize(self.fontMetrics().horizontalAdvance("n") * 30, height + bar + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns that no longer fit side by side need room for the bar beneath them."""
        super().resizeEvent(event)
        self.updateGeometry()

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
        for line, columns in self.bags.show_lines(lines):
            self._fit(line, columns)
        if count != len(lines):
            self.updateGeometry()

    def _fit(self, line: BagLine, columns: Sequence[int]) -> None:
        for column in columns:
            self._widen(column, self._width(line, column))

    def _widen(self, column: int, wanted: int) -> None:
        if wanted > self._widths[column]:
            self._widths[column] = wanted
            self.setColumnWidth(column, wanted)
            self.updateGeometry()

    def _width(self, line: BagLine, column: int) -> int:
        metrics = self.fontMetrics()
        # Of a long finding no more is measured than there is room for.
        texts = [text[: 4 * _FINDING_WIDTH] if column == _FINDING else text for text in _lines(line, column)]
        widest = max(map(metrics.horizontalAdvance, texts))
        if column == _FINDING:
            widest = min(widest, metrics.horizontalAdvance("n") * _FINDING_WIDTH)
        return widest + _PADDING + (metrics.height() + _PADDING // 2 if _sign(line, column) else 0)

    def retranslate(self, words: Words) -> None:
        """Word the headings; the columns are measured anew."""
        headings = [words(heading) for heading in COLUMNS]
        self.bags.word(headings)
        self.setAccessibleName(words(TABLE))
        self.setAccessibleDescription(words(TABLE_HELP))
        metrics = self.fontMetrics()
        self._widths = [0] * len(_PARTS)
        for column in range(len(_PARTS)):
            self._widen(column, max(map(metrics.horizontalAdvance, _lines(headings, column))) + 2 * _PADDING)
        for line in self.bags.lines:
            self._fit(line, _COLUMNS)
