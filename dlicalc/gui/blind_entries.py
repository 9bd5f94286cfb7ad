"""Entries made without sight of the open case: a case of their own, rows that scroll, nothing to paste."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dlicalc.gui.case_fields import PRODUCT
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.fields import Cell, Kind, Row, best, rows
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.in_sight import give_keyboard
from dlicalc.gui.page_stack import EnterMovesOn
from dlicalc.gui.row_edit import RowEdit
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words
from dlicalc.services.wording.check import ANOTHER_BAG, ONE_BAG_LESS
from dlicalc.services.wording.order import BAG

WEIGHT: Final = Row("recipient.weight", (Cell("recipient.weight", Kind.QUANTITY, ("kg", "g", "[lb_av]")),))
_DIN: Final = Row("products.din", (Cell("products.din", Kind.TEXT, width=20),))
_OF_A_BAG: Final = (
    "products.local_id",
    "products.volume",
    "products.volume.gross",
    "products.counts.wbc",
    "products.counts.mnc",
    "products.counts.cd3",
    "products.counts.cd3.of",
)
BAG_ROWS: Final = (_DIN, *(row for row in rows(PRODUCT) if row.label in _OF_A_BAG))
"""What is entered again of each bag; the rows are those of the product page, without offers."""


class NoPaste(QObject):
    """Takes from lines of text every way to bring in what was copied elsewhere."""

    def guard(self, line: QLineEdit) -> None:
        """Let ``line`` be typed into, and nothing else."""
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        line.setAcceptDrops(False)
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop the keys of pasting, and the middle button, which pastes where X11 is."""
        if isinstance(event, QKeyEvent):
            return event.matches(QKeySequence.StandardKey.Paste)
        return isinstance(event, QMouseEvent) and event.button() is Qt.MouseButton.MiddleButton


class BlindEntries(QScrollArea):
    """``above``, the weight and, where wanted, the bags; the case that they make is ``model``."""

    left = Signal()
    """Enter was pressed in the last entry."""
    touched = Signal()

    def __init__(self, model: CaseViewModel, words: Words, above: Iterable[QWidget], *, bags: bool) -> None:
        super().__init__()
        self.model = model
        self._words = words
        self._no_paste = NoPaste(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget(self)
        self._layout = QVBoxLayout(content)
        for widget in above:
            self._layout.addWidget(widget)
        self._weight = self._row(WEIGHT, None)
        self._layout.addWidget(self._weight)
        self._bags: list[list[RowEdit]] = []
        self._blocks: list[QWidget] = []
        self.more, self.fewer = QPushButton(words(ANOTHER_BAG), self), QPushButton(words(ONE_BAG_LESS), self)
        buttons = FlowLayout(gap=6)
        for button in (self.more, self.fewer):
            button.setAutoDefault(False)
            button.setVisible(bags)
            buttons.addWidget(button)
        self._layout.addLayout(buttons)
        self._layout.addStretch(1)
        self.setWidget(content)
        self._enter = EnterMovesOn(self)
        self._enter.at_end.connect(self.left)
        self.more.clicked.connect(self.add_bag)
        self.fewer.clicked.connect(self._remove_bag)
        model.changed.connect(self._show)
        if bags:
            self._append_bag()
        self._settle()

    def _row(self, row: Row, bag: int | None) -> RowEdit:
        edit = RowEdit(row, bag)
        edit.retranslate(self._words)
        edit.edited.connect(self._edited)
        return edit

    def _edited(self, path: str, text: str) -> None:
        self.model.edit(path, text)
        self.touched.emit()

    def all_rows(self) -> Iterator[RowEdit]:
        """All rows, in order."""
        yield self._weight
        for bag in self._bags:
            yield from bag

    def add_bag(self) -> None:
        """Rows for one more bag; its first entry gets the keyboard."""
        self._append_bag()
        self._settle()
        self.focus(f"products.{len(self._bags) - 1}.din")

    def _append_bag(self) -> None:
        index = self.model.add_product()
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 10, 0, 0)
        heading = QLabel(self._words(BAG, bag=index + 1), block)
        font = QFont(heading.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.1)
        heading.setFont(font)
        column.addWidget(heading)
        bag = [self._row(row, index) for row in BAG_ROWS]
        for edit in bag:
            column.addWidget(edit)
        self._bags.append(bag)
        self._blocks.append(block)
        self._layout.insertWidget(self._layout.count() - 2, block)
        block.show()

    def _remove_bag(self) -> None:
        self._bags.pop()
        block = self._blocks.pop()
        self.model.remove_product(len(self._bags))
        block.hide()
        block.deleteLater()
        self._settle()
        self.more.setFocus()

    def _settle(self) -> None:
        """After bags have come or gone: Enter and Tab in the order of the rows, pasting nowhere."""
        self.fewer.setEnabled(len(self._bags) > 1)
        self._enter.watch()
        for line in self.findChildren(QLineEdit):
            self._no_paste.guard(line)
        order: list[QWidget] = [control for row in self.all_rows() for e in row.entries for control in e.controls()]
        order += [self.more, self.fewer]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._show()

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show each problem at its row, and none elsewhere."""
        every = list(self.all_rows())
        places = {place: position for position, row in enumerate(every) for place in row.places()}
        found: dict[int | None, list[Problem]] = {}
        for problem in problems:
            found.setdefault(best(problem.path, places), []).append(problem)
        for position, row in enumerate(every):
            row.show_problems(found.get(position, []), self._words)

    def _show(self) -> None:
        self.show_problems(self.model.snapshot.problems)
        for row in self.all_rows():
            row.show_equivalents(self.model.snapshot, self._words)

    def forget(self, paths: Iterable[str]) -> None:
        """Empty the entries at ``paths``."""
        for path in paths:
            self.model.edit(path, "")
        for row in self.all_rows():
            row.fill(self.model.text)
        self._show()

    def focus(self, path: str) -> None:
        """Bring the entry at ``path`` into sight and give it the keyboard; the button for bags if there is none."""
        every = list(self.all_rows())
        places = {place: position for position, row in enumerate(every) for place in row.places()}
        position = best(path, places)
        control: QWidget = self.more if position is None else every[position].entry_at(path).controls()[0]
        give_keyboard(control)
