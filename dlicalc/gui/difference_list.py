"""What two people entered differently, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from dlicalc.domain.comparison import Difference
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.signs import Sign, sign_pixmap
from dlicalc.services.second_check import difference_texts
from dlicalc.services.wording import Words
from dlicalc.services.wording.check import BAG_COUNT, DIFFERS, ENTRY, FIRST, SECOND


def place_of(path: str, words: Words) -> str:
    """What the entry at ``path`` is called."""
    return words(BAG_COUNT) if path == "products" else label_of(path, words)


class DifferenceList(QTableWidget):
    """Entry, first person, second person: one row for each difference, one of them chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        # Rows are measured once their columns have their widths; by contents they would be before, far too high.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self._paths: list[str] = []

    def show_differences(self, differences: Sequence[Difference], words: Words) -> None:
        """Show these, the first chosen."""
        self.setHorizontalHeaderLabels([words(ENTRY), words(FIRST), words(SECOND)])
        self._paths = [difference.path for difference in differences]
        self.setRowCount(len(differences))
        size = self.fontMetrics().height()
        self.setIconSize(QSize(size, size))
        base, ink = self.palette().base().color(), self.palette().text().color()
        sign = QIcon(sign_pixmap(Sign.STOP, size, self.devicePixelRatioF(), ink, base))
        for row, difference in enumerate(differences):
            first, second = difference_texts(difference, words)
            place = place_of(difference.path, words)
            for column, text in enumerate((place, first, second)):
                item = QTableWidgetItem(text)
                said = f"{place} {words(DIFFERS)}: {words(FIRST)} {first}, {words(SECOND)} {second}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
                if column == 0:
                    item.setIcon(sign)
                self.setItem(row, column, item)
        self.setAccessibleName(words(DIFFERS))
        self._fit_rows()
        self.selectRow(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns of another width need rows of another height."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Each row as high as its words need at the width that the columns have."""
        for row in range(self.rowCount()):
            self.setRowHeight(row, self.sizeHintForRow(row))

    def chosen(self) -> str:
        """The path of the difference that is chosen."""
        return self._paths[max(self.currentRow(), 0)]
