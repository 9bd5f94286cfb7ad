"""The window: whose case on top, pages of entries on the left, what follows from them on the right."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMainWindow,
    QRadioButton,
    QSplitter,
    QTabBar,
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
from dlicalc.gui.form import Form
from dlicalc.gui.menus import LANGUAGES, Menus
from dlicalc.gui.parts import Services
from dlicalc.gui.product_page import ProductPage
from dlicalc.gui.qt_words import QtWords
from dlicalc.gui.result_panel import ResultPanel
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


class QuietTabBar(QTabBar):
    """Tabs that the mouse wheel does not turn."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone."""
        event.ignore()


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
        self.banner = Banner(self)
        self.recipient, self.eligibility, self.plan = Form(RECIPIENT), Form(ELIGIBILITY), Form(DOSE)
        self.products = ProductPage(view_model)
        self.panel = ResultPanel(view_model)
        self.tabs = QTabWidget(self)
        self.tabs.setTabBar(QuietTabBar(self.tabs))
        self._status = QLabel(self)
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
        layout.addWidget(self.banner)
        layout.addWidget(rule)
        layout.addWidget(splitter, 1)
        self.setCentralWidget(centre)
        self.statusBar().addWidget(self._status)

    def _connect(self) -> None:
        for page in (self.recipient, self.eligibility, self.products, self.plan):
            page.edited.connect(self.view_model.edit)
        self.products.undo_asked.connect(self.view_model.undo)
        self.view_model.changed.connect(self._show)
        self.view_model.replaced.connect(self._refill)
        self.panel.findings.chosen.connect(self.focus_path)
        self.panel.findings.decide_asked.connect(self._decide)
        self.panel.findings.withdrawn.connect(self.view_model.withdraw)
        menus = self.menus
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
        self.products.fill(self.view_model.text)
        self._watch_enter()
        self._show(self.view_model.snapshot)

    def _show(self, snapshot: Snapshot) -> None:
        self.panel.show_snapshot(snapshot, self.words)
        self.banner.show_case(snapshot, self.words)
        for form in (self.recipient, self.eligibility, self.plan):
            form.show_problems(snapshot.problems)
        self.products.show_snapshot(snapshot, self.words)
        self.setWindowModified(self.view_model.dirty)
        self.setWindowTitle(f"{self.files.name or self.words(UNTITLED)}[*] – {self.words(TITLE)}")

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
        for part in (self.recipient, self.eligibility, self.plan, self.products, self.panel, self.menus):
            part.retranslate(words)
        self.menus.languages[self.language].setChecked(True)
        protocol = self.view_model.snapshot.evaluation.protocol.protocol
        status = words.translate(STATUS).format(
            version=self._services.version, protocol=f"{protocol.id} {protocol.version}"
        )
        self._status.setText(f"{status} · {dict(LANGUAGES)[self.language]}")

    def order_language(self) -> str:
        """The language, or both, in which orders are written."""
        return "both" if self.menus.both.isChecked() else self.language

    def tell_saved(self, path: str) -> None:
        """Say for a while where something was saved."""
        self.statusBar().showMessage(self.words.translate(SAVED).format(path=path), _WHILE)

    def _decide(self, finding: Finding) -> None:
        decision = self.dialogs.decision(self.words, self.words.finding(finding))
        if decision is not None:
            self.view_model.decide(finding.code, decision.by, decision.reason)

    def _about(self) -> None:
        self.dialogs.about(self.words, self._services.about)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless somebody wants to keep what is not saved."""
        if self.files.may_leave():
            event.accept()
        else:
            event.ignore()


def _without_argument(slot: object, *_arguments: object) -> None:
    slot()  # type: ignore[operator]
