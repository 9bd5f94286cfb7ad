"""The window: whose case on top, the pages of the work on the left, what follows from them on the right."""

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QWidget

from dlicalc.gui.across import Across
from dlicalc.gui.banner import Banner
from dlicalc.gui.case_files import CaseFiles
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.cover import Cover
from dlicalc.gui.errands import Errands
from dlicalc.gui.form import Form
from dlicalc.gui.help_desk import HelpDesk
from dlicalc.gui.idle_cover import IdleCover
from dlicalc.gui.menus import LANGUAGES, Menus
from dlicalc.gui.order_acts import OrderActs
from dlicalc.gui.order_files import OrderFiles
from dlicalc.gui.order_notice import OrderNotice
from dlicalc.gui.page import Page as PageWidget
from dlicalc.gui.page_makers import makers
from dlicalc.gui.page_stack import PageStack, focus_first
from dlicalc.gui.parts import Services
from dlicalc.gui.qt_words import QtWords
from dlicalc.gui.records_acts import RecordsActs
from dlicalc.gui.records_keeper import RecordsKeeper
from dlicalc.gui.records_look import RecordsLook
from dlicalc.gui.result_panel import ResultPanel
from dlicalc.gui.safe_habits import SafeHabits
from dlicalc.gui.stacking import Still, above_each_other, rule
from dlicalc.gui.status_line import StatusLine
from dlicalc.gui.step_bar import PAGES, StepBar
from dlicalc.gui.stock_notice import StockNotice
from dlicalc.services.pages import Page, page_states
from dlicalc.services.ports import UnitMemory
from dlicalc.services.records import NO_RECORDS, RecordStore, Unavailable
from dlicalc.services.wording.check import IDLE
from dlicalc.services.wording.window import SAVED, TITLE, UNTITLED

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs
    from dlicalc.gui.order_page import OrderPage

_MINUTE: Final = 60_000
_LOW: Final = 36
"""Lines of text below which a window counts as low."""


class MainWindow(QMainWindow):
    """Everything on the screen; gets all it needs handed in."""

    cover: Cover

    def __init__(
        self,
        view_model: CaseViewModel,
        services: Services,
        language: str = "en",
        dialogs: "Dialogs | None" = None,
        records: RecordStore | Unavailable = NO_RECORDS,
    ) -> None:
        super().__init__()
        self.view_model = view_model
        self.look = RecordsLook(view_model)
        self._dialogs = dialogs
        self._services = services
        self.language = language
        self.words = services.words(language)
        self._qt_words = QtWords()
        self.files = CaseFiles(self, view_model, services)
        self.habits = SafeHabits(self, view_model, self.files, services)
        self.orders = OrderFiles(self, view_model, services, self.files)
        self.keeper = RecordsKeeper(self, view_model, services)
        self.use_records(records)
        self.errands = Errands(self, services)
        self.care = RecordsActs(self, services)
        self.ended = OrderNotice(view_model)
        self.stock = StockNotice(view_model)
        self.banner = Banner(self)
        self.steps = StepBar(self)
        self.pages = PageStack(
            makers(view_model, self.orders, OrderActs(self, view_model)), view_model, self.words, self
        )
        self.panel = ResultPanel(view_model)
        self._units: UnitMemory | None = None
        self.status = StatusLine(services.version, self)
        self.menus = Menus(self)
        protocol = view_model.snapshot.evaluation.protocol
        self.help = HelpDesk(self, self, services, protocol, lambda: self.pages.current)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.pages.show_page(Page.RECIPIENT)
        self._show(view_model.snapshot)
        # Expiry and windows depend on the time, which passes while nobody types.
        self._minute = QTimer(self)
        self._minute.timeout.connect(view_model.refresh)
        self._minute.timeout.connect(self.keeper.settle)
        self.idle = IdleCover(self, self.cover, lambda: self.words(IDLE), self.keeper.may_see)
        self._minute.start(_MINUTE)

    def _lay_out(self) -> None:
        em = self.fontMetrics().horizontalAdvance("n")
        self.pages.setMinimumWidth(em * 36)
        self.panel.setMinimumWidth(em * 34)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(
            above_each_other(
                self.habits.restored, self.habits.notice, self.care.reminder, self.ended, self.stock, self.pages
            )
        )
        splitter.addWidget(Still(self.panel))
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([em * 100, em * 60])
        parts = (self.habits.band, self.banner, rule(self), self.steps, rule(self), splitter)
        self.cover = Cover(self, above_each_other(*parts))
        self.setCentralWidget(self.cover)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        model, menus = self.view_model, self.menus
        self.pages.made.connect(self._connect_page)
        self.steps.page_chosen.connect(self.pages.show_page)
        self.pages.shown.connect(self._page_shown)
        model.changed.connect(self._show)
        model.replaced.connect(self.pages.fill)
        model.restored.connect(self.focus_path)
        self.panel.findings.chosen.connect(self.focus_path)
        self.panel.findings.decide_asked.connect(self.errands.decide)
        self.panel.findings.withdrawn.connect(model.withdraw)
        self.habits.folder_known.connect(self._use_folder)
        self.habits.training_changed.connect(self._show_training)
        # Before anything that might take the program down.
        for action in (menus.order, menus.print):
            action.triggered.connect(self.habits.keeper.flush)
        self.help.use(menus, self.panel.findings.list)
        menus.training.triggered.connect(self.habits.set_training)
        for action, slot in (
            (menus.new, self.files.new),
            (menus.open, self.files.open),
            (menus.save, self.files.save),
            (menus.save_as, self.files.save_as),
            (menus.order, self._save_order),
            (menus.print, self._print_order),
            (menus.verify, self.errands.verify),
            (menus.given, self.errands.after_infusion),
            (menus.day_list, self.errands.list_orders),
            (menus.verify_records, self.care.verify),
            (menus.back_up, self.care.back_up),
            (menus.restore, self.care.restore),
            (menus.recovery_key, self.care.recovery_key),
            (menus.passphrase, self.care.change_passphrase),
            (menus.quit, self.close),
            (menus.undo, model.undo),
            (menus.redo, model.redo),
            (menus.copy, self.errands.copy_result),
            (menus.installation, self.errands.verify_installation),
            (menus.about, self.errands.about),
        ):
            action.triggered.connect(partial(_without_argument, slot))
        for code, action in menus.languages.items():
            action.triggered.connect(partial(self._choose_language, code))
        for number, page in enumerate(PAGES, start=1):
            QShortcut(f"Ctrl+{number}", self, partial(self._go_to, page))
        self._across = Across(self.panel.findings.list, lambda: self.pages.current, self.focus_path, self._go_to)
        QShortcut("F6", self, self._across.go)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def _connect_page(self, page: PageWidget) -> None:
        page.edited.connect(self.view_model.edit)
        page.path_asked.connect(self.focus_path)
        page.decide_asked.connect(self.errands.decide)
        page.withdrawn.connect(self.view_model.withdraw)
        page.page_asked.connect(self._go_to)
        page.undo_asked.connect(self.view_model.undo)
        self._offer_units(page)

    def _page_shown(self, page: Page) -> None:
        self.steps.setCurrentIndex(PAGES.index(page))
        if page is Page.ORDER:
            # Once the page is painted: the records take a moment to open.
            QTimer.singleShot(0, self, self._look_at_records)

    def _look_at_records(self) -> None:
        self.keeper.look()
        self.care.remind()
        recorded = self.view_model.recorded
        if recorded is not None and recorded.problem is not None:
            self.look.again()

    def _use_folder(self) -> None:
        """The data folder is known: what lies in it is used from now on."""
        self.status.show_folder(self.habits.folder, self.words)
        self.keeper.use()
        self.care.remind()
        self.look.again()
        if self._services.cover_after is not None:
            self.idle.watch(self._services.cover_after())
        self._units = self._services.units(self.training) if self._services.units is not None else None
        for page in self.pages.all_made():
            self._offer_units(page)

    def use_records(self, records: RecordStore | Unavailable) -> None:
        """Record and look up in ``records`` from now on."""
        self._records = records
        self.look.use(lambda: self.records)

    @property
    def records(self) -> RecordStore | Unavailable:
        """The records of this window, opened now if nobody needed them before."""
        ledger = self.keeper.ledger
        return self._records if ledger is None else ledger.store

    def _offer_units(self, page: PageWidget) -> None:
        if self._units is not None:
            for form in page.findChildren(Form):
                form.use_units(self._units)

    def may_let_go(self) -> bool:
        """Whether the records may be let go of."""
        return self.keeper.may_let_go()

    def _save_order(self) -> None:
        self._order_page().save_order()

    def _print_order(self) -> None:
        self._order_page().print_order()

    def _order_page(self) -> "OrderPage":
        """To save or print from any page: what happens is seen on the page of the order."""
        page = self.pages.page(Page.ORDER)
        self.pages.show_page(Page.ORDER)
        return cast("OrderPage", page)

    def _focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.view_model.leave_entry()
        self.look.follow()

    def _choose_language(self, code: str, _checked: bool = False) -> None:
        self.set_language(code)

    def _go_to(self, page: Page) -> None:
        self.pages.show_page(page)
        focus_first(self.pages.page(page))

    def go_to_first_entry(self) -> None:
        """Where a case begins."""
        self._go_to(PAGES[0])

    def _show(self, snapshot: Snapshot) -> None:
        self.panel.show_snapshot(snapshot, self.words)
        self.banner.show_case(snapshot, self.words)
        self.panel.show_now()  # never with the name of another case above it
        self.steps.show_states(page_states(snapshot))
        self.pages.show_snapshot(snapshot)
        self.menus.print.setEnabled(snapshot.evaluation.releasable)
        self.menus.undo.setEnabled(self.view_model.can_undo)
        self.menus.redo.setEnabled(self.view_model.can_redo)
        if self.isWindowModified() is not self.view_model.dirty:
            self.setWindowModified(self.view_model.dirty)
        if self.cover.hides:
            return
        title = f"{self.files.name or self.words(UNTITLED)}[*] – {self.words(TITLE)}"
        self.setWindowTitle(self.habits.title(title))

    def focus_path(self, path: str) -> None:
        """Show the page and the entry that ``path`` speaks of, and give it the keyboard."""
        self.pages.focus_path(path)

    def set_language(self, code: str) -> None:
        """Word everything in another language; nothing that was typed is touched, also what is still being composed."""
        QGuiApplication.inputMethod().commit()
        self.language = code
        self.words = self._services.words(code)
        self.retranslate()
        self._show(self.view_model.snapshot)

    def retranslate(self) -> None:
        """Word everything anew."""
        words = self.words
        self._qt_words.use(self.language)
        for part in (self.steps, self.pages, self.panel, self.menus, self.habits, self.ended, self.stock, self.care):
            part.retranslate(words)
        self.menus.languages[self.language].setChecked(True)
        protocol = self.view_model.snapshot.evaluation.protocol
        self.help.retranslate(words)
        self.status.show_facts(protocol, dict(LANGUAGES)[self.language], words)
        self.status.show_folder(self.habits.folder, self.words)

    def _show_training(self) -> None:
        self.menus.training.setChecked(self.training)
        self._show(self.view_model.snapshot)

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people; made for the first question."""
        if self._dialogs is None:
            from dlicalc.gui.dialogs import Dialogs  # noqa: PLC0415  the window opens without a question

            self._dialogs = Dialogs(self, self.help.over)
        return self._dialogs

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""
        return self.habits.training

    def begin_case(self) -> None:
        """Another case is about to be shown: forget what is left of the one before."""
        self.status.clearMessage()
        self.go_to_first_entry()
        self.orders.prepared.drop()
        self.panel.findings.forget()
        self.habits.begin_case()

    def tell_saved(self, path: str) -> None:
        """Say for a while where something was saved."""
        self.status.tell(self.words.translate(SAVED).format(path=path))

    def tell(self, text: str) -> None:
        """Say something for a while."""
        self.status.tell(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves its height to the page and the volume."""
        super().resizeEvent(event)
        self.banner.set_compact(self.height() < self.fontMetrics().height() * _LOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, unless somebody wants to keep what is not saved."""
        if self.files.may_leave() and self.may_let_go():
            self.habits.close()
            self.keeper.close()
            event.accept()
        else:
            event.ignore()


def _without_argument(slot: object, *_arguments: object) -> None:
    slot()  # type: ignore[operator]
