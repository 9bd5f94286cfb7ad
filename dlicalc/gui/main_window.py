"""The window: whose case on top, pages of entries on the left, what follows from them on the right."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMainWindow,
    QRadioButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from dlicalc.domain.finding import Finding
from dlicalc.gui.banner import Banner
from dlicalc.gui.case_fields import DOSE, ELIGIBILITY, RECIPIENT
from dlicalc.gui.case_files import CaseFiles
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.dialogs import Dialogs
from dlicalc.gui.folder_label import FolderLabel
from dlicalc.gui.form import Form
from dlicalc.gui.menus import LANGUAGES, Menus
from dlicalc.gui.parts import Services
from dlicalc.gui.products_page import ProductsPage, QuietTabBar
from dlicalc.gui.qt_words import QtWords
from dlicalc.gui.result_panel import ResultPanel
from dlicalc.gui.safe_habits import SafeHabits
from dlicalc.services.sheet import Field
from dlicalc.services.wording.safe_habits import DATA_FOLDER
from dlicalc.services.wording.window import (
    PAGE_ELIGIBILITY,
    PAGE_PLAN,
    PAGE_PRODUCTS,
    PAGE_RECIPIENT,
    SAVED,
    STATUS,
    TITLE,
    UNTITLED,
)

_MINUTE: Final = 60_000
_WHILE: Final = 10_000
_PAGES: Final = (PAGE_RECIPIENT, PAGE_ELIGIBILITY, PAGE_PRODUCTS, PAGE_PLAN)
_MOVES_ON: Final = (QLineEdit, QComboBox, QRadioButton)


class EnterMovesOn(QObject):
    """Enter, and the one that a scanner sends, goes to the next entry and triggers nothing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter from entries."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not isinstance(watched, _MOVES_ON):
            return False
        watched.focusNextChild()
        return True


class MainWindow(QMainWindow):
    """Everything on the screen; gets all it needs handed in."""

    def __init__(
        self, view_model: CaseViewModel, services: Services, language: str = "en", dialogs: Dialogs | None = None
    ) -> None:
        super().__init__()
        self.view_model = view_model
        self.dialogs = dialogs or Dialogs(self)
        self._services = services
        self.language = language
        self.words = services.words(language)
        self._qt_words = QtWords()
        self.files = CaseFiles(self, view_model, services)
        self.habits = SafeHabits(self, view_model, self.files, services)
        self.banner = Banner(self)
        self.recipient, self.eligibility, self.plan = Form(RECIPIENT), Form(ELIGIBILITY), Form(DOSE)
        self.products = ProductsPage(view_model)
        self.panel = ResultPanel(view_model)
        self.tabs = QTabWidget(self)
        self.tabs.setTabBar(QuietTabBar(self.tabs))
        self._status, self._folder = QLabel(self), FolderLabel(self)
        self.menus = Menus(self)
        self._enter = EnterMovesOn(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._refill()
        # Expiry and windows depend on the time, which passes while nobody types.
        self._minute = QTimer(self)
        self._minute.timeout.connect(view_model.refresh)
        self._minute.start(_MINUTE)

    def _lay_out(self) -> None:
        for page in (self.recipient, self.eligibility, self.products, self.plan):
            self.tabs.addTab(page, "")
        self.tabs.setDocumentMode(True)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.tabs)
        splitter.addWidget(self.panel)
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        em = self.fontMetrics().horizontalAdvance("n")
        self.tabs.setMinimumWidth(em * 36)
        self.panel.setMinimumWidth(em * 34)
        splitter.setSizes([em * 100, em * 60])
        rule = QFrame(self)
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Sunken)
        centre = QWidget(self)
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.habits.top)
        layout.addWidget(self.banner)
        layout.addWidget(rule)
        layout.addWidget(splitter, 1)
        self.setCentralWidget(centre)
        self.statusBar().addWidget(self._status)
        self.statusBar().addWidget(self._folder, 1)

    def _connect(self) -> None:
        for page in (self.recipient, self.eligibility, self.products, self.plan):
            page.edited.connect(self.view_model.edit)
        self.products.removal_asked.connect(self._remove_bag)
        self.view_model.changed.connect(self._show)
        self.view_model.replaced.connect(self._refill)
        self.panel.findings.chosen.connect(self.focus_path)
        self.panel.findings.decide_asked.connect(self._decide)
        self.panel.findings.withdrawn.connect(self.view_model.withdraw)
        self.habits.folder_known.connect(self._show_folder)
        self.habits.training_changed.connect(self._show_training)
        menus = self.menus
        # Before anything that might take the program down.
        menus.order.triggered.connect(self.habits.keeper.flush)
        menus.training.triggered.connect(self.habits.set_training)
        for action, slot in (
            (menus.new, self.files.new),
            (menus.open, self.files.open),
            (menus.save, self.files.save),
            (menus.save_as, self.files.save_as),
            (menus.order, self.files.save_order),
            (menus.quit, self.close),
            (menus.about, self._about),
        ):
            action.triggered.connect(partial(_without_argument, slot))
        for code, action in menus.languages.items():
            action.triggered.connect(partial(self._choose_language, code))

    def _choose_language(self, code: str, _checked: bool = False) -> None:
        self.set_language(code)

    def _watch_enter(self) -> None:
        for kind in _MOVES_ON:
            for entry in self.findChildren(kind):
                entry.installEventFilter(self._enter)

    def _refill(self) -> None:
        for form in (self.recipient, self.eligibility, self.plan):
            form.fill(self.view_model.text)
        self.products.rebuild()
        self._watch_enter()
        self._show(self.view_model.snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        self.panel.show_snapshot(snapshot, self.words)
        self.banner.show_case(snapshot, self.words)
        for form in (self.recipient, self.eligibility, self.plan, *self.products.forms):
            form.show_problems(snapshot.problems)
        self.setWindowModified(self.view_model.dirty)
        title = f"{self.files.name or self.words(UNTITLED)}[*] – {self.words(TITLE)}"
        self.setWindowTitle(self.habits.title(title))

    def focus_path(self, path: str) -> None:
        """Show the page and the entry that ``path`` speaks of, and give it the keyboard."""
        for page in (self.recipient, self.eligibility, self.products, self.plan):
            if page.focus(path):
                self.tabs.setCurrentWidget(page)
                page.focus(path)
                return

    def set_language(self, code: str) -> None:
        """Word everything in another language; nothing that was typed is touched."""
        self.language = code
        self.words = self._services.words(code)
        self.retranslate()
        self._show(self.view_model.snapshot)

    def retranslate(self) -> None:
        """Word everything anew."""
        words = self.words
        self._qt_words.use(self.language)
        for position, sentence in enumerate(_PAGES):
            self.tabs.setTabText(position, words(sentence))
        for part in (self.recipient, self.eligibility, self.plan, self.products, self.panel, self.menus, self.habits):
            part.retranslate(words)
        self.menus.languages[self.language].setChecked(True)
        protocol = self.view_model.snapshot.evaluation.protocol.protocol
        status = words.translate(STATUS).format(
            version=self._services.version, protocol=f"{protocol.id} {protocol.version}"
        )
        self._status.setText(f"{status} · {dict(LANGUAGES)[self.language]}")
        self._show_folder()

    def _show_folder(self) -> None:
        self._folder.set_text(self.habits.folder, self.words(DATA_FOLDER))

    def _show_training(self) -> None:
        self.menus.training.setChecked(self.training)
        self._show(self.view_model.snapshot)

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""
        return self.habits.training

    def begin_case(self) -> None:
        """Another case is about to be shown: forget what is left of the one before."""
        self.statusBar().clearMessage()
        self.habits.begin_case()

    def order_language(self) -> str:
        """The language, or both, in which orders are written."""
        return "both" if self.menus.both.isChecked() else self.language

    def tell_saved(self, path: str) -> None:
        """Say for a while where something was saved."""
        self.statusBar().showMessage(self.words.translate(SAVED).format(path=path), _WHILE)

    def _remove_bag(self, index: int) -> None:
        if self.dialogs.removal(self.words, index + 1):
            self.view_model.remove_product(index)

    def _decide(self, finding: Finding) -> None:
        decision = self.dialogs.decision(self.words, self.words.finding(finding))
        if decision is not None:
            self.view_model.decide(finding.code, decision.by, decision.reason)

    def _about(self) -> None:
        folder = (Field(DATA_FOLDER, self.habits.folder),) if self.habits.folder else ()
        self.dialogs.about(self.words, (*self._services.about, *folder))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless somebody wants to keep what is not saved."""
        if self.files.may_leave():
            self.habits.close()
            event.accept()
        else:
            event.ignore()


def _without_argument(slot: object, *_arguments: object) -> None:
    slot()  # type: ignore[operator]
