"""The page of the bags: a table of all, beneath it the entries of the one that is chosen."""

from operator import is_
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dlicalc.gui.bag_steps import BagSteps
from dlicalc.gui.bag_table import BagTable
from dlicalc.gui.case_fields import PRODUCT
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.fields import Row, in_bag, template_of
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.form import Form
from dlicalc.gui.page import Page
from dlicalc.gui.stock_notice import bags_in
from dlicalc.gui.stock_offer import StockOffer
from dlicalc.services.bag_view import (
    assumed_denominator,
    bag_count,
    bag_lines,
    cd3_question,
    count_parts,
    most_steps,
    working,
)
from dlicalc.services.wording import Words
from dlicalc.services.wording.product_page import BRING_BACK, DUPLICATE, EARLIER, FORM_OF, LATER, REMOVED
from dlicalc.services.wording.window import ADD_BAG, NO_BAG, REMOVE_BAG

_COUNTS: Final = "products.counts"
_SHARES: Final = ("mnc", "cd3", "lymphocytes")
_LINES_FOR_TABLE: Final = 30
"""Lines of text that the page must be high for the table to stay while the entries scroll."""
_LISTED: Final = "products"
_VOLUME: Final = "products.volume"
_MARGINS: Final = (14, 10, 14, 0)


class Removed(QWidget):
    """The quiet line after a bag was taken out, with the button that brings it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self.undo = QPushButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.undo)
        self._number = 0
        self.hide()

    def tell(self, number: int, words: Words) -> None:
        """Say which bag is gone."""
        self._number = number
        self.retranslate(words)
        self.show()

    def text(self) -> str:
        """The words in sight; empty if there are none."""
        return "" if self.isHidden() else self._text.text()

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self._text.setText(words(REMOVED, number=self._number))
        self.undo.setText(words(BRING_BACK))


class ProductPage(Page):
    """Table, buttons and one form, which is turned to the bag that is chosen."""

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._words = Words()
        self._bag = 0
        self._without: object = None
        self._asked_of, self._asked = -1, [object()]
        self._stock_of: object = ()
        self._head = QWidget(self)
        self.table = BagTable(self._head)
        self.add, self.duplicate, self.earlier, self.later, self.remove = (QPushButton(self._head) for _ in range(5))
        self.removed = Removed(self._head)
        self._nothing = QLabel(self._head)
        self._nothing.setWordWrap(True)
        self._of = QLabel(self._head)
        self.stock = StockOffer()
        self.form = Form(PRODUCT, bag=0, parent=self, beneath=self._beneath)
        self.steps = BagSteps(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        buttons = QWidget(self._head)
        flow = FlowLayout(buttons, gap=6)
        for button in (self.add, self.duplicate, self.earlier, self.later, self.remove):
            flow.addWidget(button)
        font = self._of.font()
        font.setBold(True)
        self._of.setFont(font)
        self._head_layout = QVBoxLayout(self._head)
        self._head_layout.setContentsMargins(*_MARGINS)
        for widget in (self._nothing, self.table, buttons, self.removed, self._of):
            self._head_layout.addWidget(widget)
        self.form.add_block(self.steps, above="content")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self.form, 1)

    def _beneath(self, row: Row, parent: QWidget) -> QWidget | None:
        """What the records know stands beneath the volume."""
        if row.label != _VOLUME:
            return None
        self.stock.setParent(parent)
        return self.stock

    def _connect(self) -> None:
        self.form.edited.connect(self.edited)
        self.stock.taken.connect(self._take_left)
        self.table.chosen.connect(self._turn_to)
        self.table.activated.connect(lambda _index: self.form.focus(f"{_LISTED}.{self._bag}"))
        self.add.clicked.connect(self._add)
        self.duplicate.clicked.connect(self._duplicate)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._remove)
        self.removed.undo.clicked.connect(self.undo_asked)

    def _take_left(self, millilitres: str) -> None:
        """Enter what the records say is left, as if it had been typed."""
        path = in_bag(_VOLUME, self._bag)
        self._view_model.leave_entry()
        self.edited.emit(f"{path}.unit", "mL")
        self.edited.emit(f"{path}.value", millilitres)
        self._view_model.leave_entry()
        self.form.fill(self._view_model.text)
        self.form.focus(path)

    @property
    def bag(self) -> int:
        """The place of the bag whose entries are shown."""
        return self._bag

    def _turn_to(self, place: int) -> None:
        """Show the entries of the bag at ``place``."""
        self._bag = place
        self.form.retarget(place)
        self._show_entries(self._view_model.text, self._view_model.snapshot)

    def _show_entries(self, text_at: TextAt, snapshot: Snapshot) -> None:
        self.form.fill(text_at)
        self._show_bag(snapshot)

    def _show_bag(self, snapshot: Snapshot) -> None:
        """What follows from the case for the bag that is chosen."""
        count = bag_count(snapshot)
        self.form.show_snapshot(snapshot)
        self._show_counts()
        self._show_stock(snapshot)
        self.steps.make_room(most_steps(snapshot))
        self.steps.show_working(working(snapshot, self._bag, self._words))
        self._of.setText(self._words(FORM_OF, number=self._bag + 1, count=count))
        self.earlier.setEnabled(self._bag > 0)
        self.later.setEnabled(self._bag + 1 < count)

    def _show_stock(self, snapshot: Snapshot) -> None:
        """What is left of the bag by the records, where they were looked up; at most keys nothing to do."""
        rests_on = bags_in(snapshot), self._bag, self._words
        if rests_on == self._stock_of:
            return
        self._stock_of = rests_on
        if rests_on[0] is None:
            self.stock.show_line(None)
            return
        from dlicalc.services.recorded_words import stock_line  # noqa: PLC0415  few cases have a bag that was used before

        self.stock.show_line(stock_line(snapshot, self._bag, self._words))

    def _show_counts(self) -> None:
        """Ask of each count what its unit leaves open; nothing to do where nothing has changed in them."""
        document = self._view_model.snapshot.document
        counts = (document[_LISTED][self._bag] or {}).get("counts") or {}
        asked = [self._words, *(counts.get(name) for name in _SHARES)]
        if self._asked_of == self._bag and all(map(is_, asked, self._asked)):
            return
        self._asked_of, self._asked = self._bag, asked
        for name in _SHARES:
            self._show_count(in_bag(f"{_COUNTS}.{name}", self._bag), is_cd3=name == "cd3")

    def _show_count(self, path: str, *, is_cd3: bool) -> None:
        text = self._view_model.text
        unit, of, dilution = text(f"{path}.unit"), text(f"{path}.of"), text(f"{path}.multiply_by")
        parts = count_parts(unit, of, dilution)
        row = self.form.row_at(path)
        row.entry_at(f"{path}.multiply_by").setVisible(parts.dilution)
        if is_cd3:
            self._ask(path, cd3_question(text(f"{path}.value"), unit, self._words), wanted=parts.of)
        else:
            row.entry_at(f"{path}.of").setVisible(parts.of)
            row.show_note(assumed_denominator(unit, of, self._words))

    def _ask(self, path: str, question: str, *, wanted: bool) -> None:
        row = self.form.row_at(f"{path}.of")
        row.setVisible(wanted)
        if row.label() != question:
            row.word(self._words, question)

    def _add(self) -> None:
        self._aim(self._view_model.add_product())
        self.form.focus(f"{_LISTED}.{self._bag}")

    def _duplicate(self) -> None:
        self._aim(self._view_model.duplicate_product(self._bag))
        self.form.focus(f"{_LISTED}.{self._bag}")

    def _move(self, by: int) -> None:
        # The form goes with the bag before anything is filled, so that cursor and half-typed words stay.
        self._bag += by
        self.form.retarget(self._bag)
        self._view_model.move_product(self._bag - by, by)
        self._aim(self._bag)

    def _remove(self) -> None:
        place = self._bag
        self._view_model.remove_product(place)
        self._without = self._view_model.snapshot.document
        self.removed.tell(place + 1, self._words)
        self._aim(place)
        if not self._view_model.products:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _aim(self, place: int) -> None:
        """Show the case as it is now, with the bag at ``place`` chosen."""
        self._bag = place
        self.fill(self._view_model.text)
        self.show_snapshot(self._view_model.snapshot, self._words)

    def fill(self, text_at: TextAt) -> None:
        """Put what was typed for the chosen bag into its form."""
        self._bag = max(0, min(self._bag, self._view_model.products - 1))
        self.form.retarget(self._bag)
        self.form.fill(text_at)

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show all bags, and what follows for the chosen one."""
        self._words = words
        any_bag = bool(bag_count(snapshot))
        if self._bag >= max(1, bag_count(snapshot)):
            self.fill(self._view_model.text)
        self.removed.setVisible(self._without is not None and snapshot.document is self._without)
        self.table.blockSignals(True)
        self.table.show_lines(bag_lines(snapshot, words))
        if any_bag:
            self.table.choose(self._bag)
        self.table.blockSignals(False)
        self._place_head()
        self._nothing.setVisible(not any_bag)
        for widget in (self.table, self.duplicate, self.earlier, self.later, self.remove, self._of, self.form):
            widget.setVisible(any_bag)
        if any_bag:
            self._show_bag(snapshot)

    def focus(self, path: str) -> bool:
        """Choose the bag that ``path`` speaks of and go to its entry; false if the path is of another page."""
        template, place = template_of(path)
        if template.partition(".")[0] != _LISTED:
            return False
        count = self._view_model.products
        if place is None:
            (self.table if count else self.add).setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if place >= count:
            return False
        self.table.choose(place)
        return self.form.focus(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in reach."""
        super().resizeEvent(event)
        self._place_head()

    def _place_head(self) -> None:
        """On a low page the table scrolls with the entries; on a high one it stays above them."""
        low = self.height() < self.fontMetrics().height() * _LINES_FOR_TABLE
        inside = low and self._view_model.products > 0
        if inside == self.form.isAncestorOf(self._head):
            return
        focused = QApplication.focusWidget()
        inner = focused if focused is not None and self._head.isAncestorOf(focused) else None
        if inside:
            self._head_layout.setContentsMargins(0, 0, 0, 0)
            self.form.add_block(self._head, above="identity")
        else:
            self._head_layout.setContentsMargins(*_MARGINS)
            self._layout.insertWidget(0, self._head)
        # Qt hides what changes its parent, and shows it only later.
        self._head.show()
        if inner is not None:
            inner.setFocus()

    def retranslate(self, words: Words) -> None:
        """Word everything anew; what was typed stays."""
        self._words = words
        self._asked_of = -1
        self._nothing.setText(words(NO_BAG))
        for button, sentence in (
            (self.add, ADD_BAG), (self.duplicate, DUPLICATE), (self.earlier, EARLIER), (self.later, LATER),
            (self.remove, REMOVE_BAG),
        ):  # fmt: skip
            button.setText(words(sentence))
        for part in (self.table, self.form, self.steps, self.removed, self.stock):
            part.retranslate(words)
        self.show_snapshot(self._view_model.snapshot, words)
