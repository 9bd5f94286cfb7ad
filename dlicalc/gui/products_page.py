"""One form per bag, in the order in which the bags are to be given."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from dlicalc.gui.case_fields import PRODUCT
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.fields import template_of
from dlicalc.gui.form import Form
from dlicalc.gui.page import Page
from dlicalc.gui.step_bar import QuietTabBar
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import ADD_BAG, BAG, EARLIER, LATER, NO_BAG, REMOVE_BAG


class ProductsPage(Page):
    """Tabs of bags, the buttons to add, order and remove them, and the form of the bag in front."""

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._words = Words()
        self.tabs = QuietTabBar(self)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.add, self.earlier, self.later, self.remove = (QPushButton(self) for _ in range(4))
        self._nothing = QLabel(self)
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(14, 14, 14, 14)
        self.forms: list[Form] = []
        self._stack = QStackedWidget(self)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_bag)
        self.add.clicked.connect(self._add)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(lambda: self._view_model.remove_product(self.tabs.currentIndex()))
        self.rebuild()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 10, 14, 0)
        buttons.addWidget(self.tabs)
        buttons.addStretch(1)
        for button in (self.earlier, self.later, self.remove, self.add):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self._nothing)
        layout.addWidget(self._stack, 1)

    def fill(self, text_at: TextAt) -> None:
        """Fill the forms."""
        self.rebuild()

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show problems."""
        for form in self.forms:
            form.show_snapshot(snapshot)

    def rebuild(self) -> None:
        """As many forms as there are bags, each filled with what was typed."""
        while len(self.forms) > self._view_model.products:
            form = self.forms.pop()
            self._stack.removeWidget(form)
            form.setParent(None)
            form.deleteLater()
            self.tabs.removeTab(len(self.forms))
        while len(self.forms) < self._view_model.products:
            self._append_form()
        for form in self.forms:
            form.fill(self._view_model.text)
        self._show_bag(self.tabs.currentIndex())

    def _append_form(self) -> None:
        form = Form(PRODUCT, bag=len(self.forms))
        form.edited.connect(self.edited)
        form.retranslate(self._words)
        self.forms.append(form)
        self._stack.addWidget(form)
        self.tabs.addTab(self._words.translate(BAG).format(number=len(self.forms)))

    def _show_bag(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        any_bag = bool(self.forms)
        self._stack.setVisible(any_bag)
        self.tabs.setVisible(any_bag)
        self._nothing.setVisible(not any_bag)
        self.remove.setVisible(any_bag)
        for button, possible in ((self.earlier, index > 0), (self.later, index + 1 < len(self.forms))):
            button.setVisible(len(self.forms) > 1)
            button.setEnabled(possible)

    def _add(self) -> None:
        self._view_model.add_product()
        self.tabs.setCurrentIndex(len(self.forms) - 1)
        self.focus(f"products.{len(self.forms) - 1}")

    def _move(self, by: int) -> None:
        index = self.tabs.currentIndex()
        self._view_model.move_product(index, by)
        self.tabs.setCurrentIndex(index + by)

    def focus(self, path: str) -> bool:
        """Show the bag and the control that ``path`` speaks of; false if the path is of another page."""
        if path == "products" and not self.forms:
            self.add.setFocus()
            return True
        _, bag = template_of(path)
        if not path.startswith("products") or (bag is not None and bag >= len(self.forms)):
            return False
        index = self.tabs.currentIndex() if bag is None else bag
        self.tabs.setCurrentIndex(index)
        return self.forms[index].focus(path)

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self._words = words
        self._nothing.setText(words(NO_BAG))
        for button, sentence in (
            (self.add, ADD_BAG),
            (self.earlier, EARLIER),
            (self.later, LATER),
            (self.remove, REMOVE_BAG),
        ):
            button.setText(words(sentence))
        for index, form in enumerate(self.forms):
            form.retranslate(words)
            self.tabs.setTabText(index, words.translate(BAG).format(number=index + 1))
