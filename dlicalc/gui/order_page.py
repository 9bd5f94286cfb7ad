"""The last page: what is still in the way, the order as it will lie on paper, saving and printing."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dlicalc.gui import page
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.menus import LANGUAGES
from dlicalc.gui.mnemonic import without_mnemonic
from dlicalc.gui.order_acts import OrderActs
from dlicalc.gui.order_checklist import OrderChecklist
from dlicalc.gui.order_files import OrderFiles, Saved
from dlicalc.gui.order_steps import OrderSteps, sign_of
from dlicalc.gui.pick import Pick
from dlicalc.gui.prepared_order import Form
from dlicalc.gui.preview import Preview
from dlicalc.gui.signs import Sign
from dlicalc.services.problem import Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording.order import STATUS
from dlicalc.services.wording.order_page import (
    BOTH,
    IN_THE_MAKING,
    NOT_MADE,
    ORDER_LANGUAGE,
    PAPER,
    PREVIEW,
    PRINT,
    PRINT_BLOCKED,
    PRINT_READY,
    SENT,
    SHORTCUT,
    SHOWN_AS_IS,
    SHOWN_MARKED,
)
from dlicalc.services.wording.window import ORDER, SAVE_DRAFT, SAVED
from dlicalc.services.wording.words import moment_shown

PRINT_KEYS: Final = "Ctrl+P"
SAVE_KEYS: Final = "Ctrl+Shift+P"
PAUSE: Final = 300
"""Milliseconds after the last change before the preview is made."""
_PAPERS: Final = ("A4", "Letter")
_COLUMN: Final = 40
_TWO_COLUMNS: Final = 90
"""Widths in letters: of the column beside the preview, and of a page that has room for both."""


class OrderPage(page.Page):
    """Checklist, choices and buttons beside or above the preview."""

    def __init__(
        self, view_model: CaseViewModel, orders: OrderFiles, acts: OrderActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._orders = orders
        self._words = Words()
        self._language_picked = False
        self.life = OrderSteps(acts, self)
        self.checklist = OrderChecklist(self)
        self.languages = Pick([*(code for code, _ in LANGUAGES), "both"], self)
        self.papers = Pick(_PAPERS, self)
        self.save, self.print, self.look = (QPushButton(self) for _ in range(3))
        self.why = QLabel(self)
        self.outcome = QLabel(self)
        self.preview = Preview(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._show_preview)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QWidget(self)
        self._column = column
        under = QVBoxLayout(column)
        under.setContentsMargins(0, 0, 0, 0)
        buttons = FlowLayout(gap=6)
        for button in (self.save, self.print, self.look):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        for label in (self.why, self.outcome):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        under.addWidget(self.life)
        under.addWidget(self.checklist)
        under.addWidget(self.languages)
        under.addWidget(self.papers)
        under.addLayout(buttons)
        under.addWidget(self.why)
        under.addWidget(self.outcome)
        under.addStretch(1)
        content = QWidget(self)
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom, content)
        self._sides.setContentsMargins(14, 10, 14, 10)
        self._sides.setSpacing(14)
        self._sides.addWidget(column)
        self._sides.addWidget(self.preview, 1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def _connect(self) -> None:
        self.checklist.page_asked.connect(self.page_asked)
        self.checklist.path_asked.connect(self.path_asked)
        self.languages.picked.connect(self._pick_language)
        self.papers.picked.connect(lambda _code: self._changed())
        self.save.clicked.connect(self.save_order)
        self.print.clicked.connect(self.print_order)
        self.look.clicked.connect(self._look)
        # At once and also behind another page: there is no moment at which a stopped order can be printed.
        self._view_model.changed.connect(self._allow_printing)
        self._allow_printing(self._view_model.snapshot)

    @property
    def order_language(self) -> str:
        """The language, or ``both``, in which orders are written."""
        return self.languages.code

    @property
    def paper(self) -> str:
        """The paper that orders are made for."""
        return self.papers.code

    @property
    def form(self) -> Form:
        """How the order is written."""
        return Form(self.order_language, self.paper, self._orders.training)

    def _pick_language(self, _code: str) -> None:
        self._language_picked = True
        self._changed()

    def fill(self, text_at: TextAt) -> None:
        """Another case: nothing of the last one stays."""
        self._orders.prepared.drop()
        self.preview.drop()
        self._say_outcome("")
        self._changed()

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show how far the case has come; the preview follows when the typing has paused."""
        self._words = words
        self.life.show_snapshot(snapshot, words)
        self.checklist.show_snapshot(snapshot, words)
        self._offer(snapshot, words)
        self._changed()

    def _allow_printing(self, snapshot: Snapshot) -> None:
        self.print.setEnabled(snapshot.evaluation.releasable)

    def _offer(self, snapshot: Snapshot, words: Words) -> None:
        evaluation = snapshot.evaluation
        stops = sum(finding.blocks for finding in evaluation.findings)
        why = words(PRINT_BLOCKED, count=stops) if stops else words(PRINT_READY)
        self.why.setText(why)
        self.save.setText(without_mnemonic(words(SAVE_DRAFT if stops else ORDER)))
        for button, keys in ((self.print, PRINT_KEYS), (self.save, SAVE_KEYS)):
            about = why if button is self.print else button.text()
            button.setToolTip(words.translate(SHORTCUT).format(text=about, keys=keys))
            button.setAccessibleDescription(button.toolTip())

    def _changed(self) -> None:
        """Look again soon whether the preview still holds; a page that nobody sees waits until it is seen."""
        if self.isVisible():
            self._pause.start(PAUSE)

    def _show_preview(self) -> None:
        snapshot, prepared = self._view_model.snapshot, self._orders.prepared
        if self.preview.shows_something and prepared.holds(snapshot, self.form):
            self._say_shown()
            return
        try:
            pdf = prepared.pdf(snapshot, self.form)
        except Refused:
            self.preview.drop()
            self.preview.say(Sign.STOP, self._words(NOT_MADE))
            return
        # PDFium, only now.
        from dlicalc.gui.pdf_pages import PdfPages  # noqa: PLC0415

        self._say_shown()
        self.preview.show_pages(PdfPages(pdf))

    def _say_shown(self) -> None:
        evaluation, order = self._orders.prepared.evaluation, self._orders.prepared.order
        if evaluation is not None and order is not None:
            moment = moment_shown(evaluation.as_of.isoformat(timespec="minutes"))
            state = self._words(STATUS[order.state], number=order.copy)
            sentence = SHOWN_AS_IS if order.valid else SHOWN_MARKED
            text = self._words.translate(sentence).format(moment=moment, state=state)
            self.preview.say(Sign.NOTE if order.valid else sign_of(order), text)

    def _look(self) -> None:
        self._view_model.refresh()
        self._pause.stop()
        self._show_preview()
        self._scroll.ensureWidgetVisible(self.preview)
        self.preview.area.setFocus()

    def save_order(self) -> None:
        """Save the order as a file, or a DRAFT where a stop stands."""
        self._tell(self._orders.save(self.form))

    def print_order(self) -> None:
        """Save the order, then print it; nothing happens while a stop stands."""
        printer, saved = self._orders.print(self.form)
        self._tell(saved, printer)

    def _tell(self, saved: Saved | None, printer: str = "") -> None:
        sentence = SENT if printer else SAVED
        self._say_outcome(self._words.translate(sentence).format(printer=printer, path=saved.path) if saved else "")

    def _say_outcome(self, text: str) -> None:
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))

    def retranslate(self, words: Words) -> None:
        """Word everything anew; the order follows the language of the window until another is chosen."""
        self._words = words
        if not self._language_picked:
            self.languages.choose(self._orders.language)
        names = [*(name for _, name in LANGUAGES), words(BOTH)]
        self.languages.name(words(ORDER_LANGUAGE), names, words)
        self.papers.name(words(PAPER), _PAPERS, words)
        self.print.setText(without_mnemonic(words(PRINT)))
        self.look.setText(words(PREVIEW))
        self._offer(self._view_model.snapshot, words)
        self._say_outcome("")
        self.life.retranslate(words)
        self.checklist.retranslate(words)
        self.preview.retranslate(words)

    def showEvent(self, event: QShowEvent) -> None:
        """Make the preview as soon as the page itself is painted."""
        super().showEvent(event)
        self.preview.say(Sign.EMPTY, self._words(IN_THE_MAKING))
        self._pause.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold no pictures that nobody sees."""
        super().hideEvent(event)
        self._pause.stop()
        self.preview.drop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview beside the column where there is room, else below it."""
        super().resizeEvent(event)
        em = self.fontMetrics().horizontalAdvance("n")
        beside = self.width() >= em * _TWO_COLUMNS
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._column.setMaximumWidth(em * _COLUMN if beside else 16777215)
