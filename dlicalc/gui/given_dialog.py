"""After the infusion: which order, what was given of each bag, and one entry for the records."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dlicalc.domain.finding import Severity
from dlicalc.gui.fields import best
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.given_entries import BagRows, text_row
from dlicalc.gui.given_result import GivenResult
from dlicalc.gui.in_sight import give_keyboard
from dlicalc.gui.page_stack import EnterMovesOn
from dlicalc.gui.row_edit import RowEdit, problem_words
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.typed_line import TypedLine
from dlicalc.services.given import Reading, texts_of
from dlicalc.services.given_desk import GivenDesk
from dlicalc.services.given_order import Source
from dlicalc.services.given_words import earlier_line, finding_words, order_line
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Entry
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say
from dlicalc.services.wording.window import CLOSE

_NUMBER = 30
"""Layouts within each other that pass on what was shown a moment ago."""


class GivenDialog(QDialog):
    """Accepted once an entry is in the records: ``entry``. Enter moves on and records nothing by itself.

    It begins with the order ``number``, else with the one in hand.
    """

    def __init__(
        self,
        words: Words,
        desk: GivenDesk,
        may_leave: Callable[[], bool],
        number: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._desk, self._may_leave = words, desk, may_leave
        self._texts: dict[str, str] = {}
        self._as_found: dict[str, str] = {}
        self._count = 0
        self._reading: Reading | None = None
        self.source: Source | None = None
        self.entry: Entry | None = None
        self.bags: list[BagRows] = []
        self.setWindowTitle(words(say.TITLE))
        self.number, self.finder = TypedLine(_NUMBER, self), QPushButton(words(say.FIND), self)
        self.head, self.earlier, self.message = Strip(self), Strip(self), Strip(self)
        self.outcome = GivenResult(words, self)
        self.by, self.remark = text_row("by", words(say.BY), words), text_row("remark", words(say.REMARK), words)
        self.more, self.fewer = QPushButton(words(say.ANOTHER), self), QPushButton(words(say.FEWER), self)
        self.record, self.close_button = QPushButton(words(say.RECORD), self), QPushButton(words(CLOSE), self)
        self._lay_out()
        self._connect()
        self._show_source()
        self.number.setFocus()
        if wanted := number or desk.number_in_hand():
            self.number.type_text(wanted)
            self.look_up()

    def _lay_out(self) -> None:
        words = self._words
        lead, label = QLabel(words(say.LEAD), self), QLabel(words(say.ORDER), self)
        lead.setWordWrap(True)
        label.setBuddy(self.number)
        self.number.setAccessibleName(words(say.ORDER))
        self.number.setToolTip(words(say.ORDER_HELP))
        line = QHBoxLayout()
        for widget in (label, self.number, self.finder):
            line.addWidget(widget)
        line.addStretch(1)
        self._work = QWidget(self)
        self._column = QVBoxLayout(self._work)
        self._column.setContentsMargins(0, 0, 0, 0)
        extra = FlowLayout(gap=6)
        for button in (self.more, self.fewer):
            extra.addWidget(button)
        self._column.addLayout(extra)
        for part in (self.outcome, self.by, self.remark):
            self._column.addWidget(part)
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.addWidget(lead)
        column.addLayout(line)
        for below in (self.head, self.earlier, self._work):
            column.addWidget(below)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        buttons = FlowLayout(gap=6)
        for button in (self.record, self.close_button):
            buttons.addWidget(button)
        for button in (self.finder, self.more, self.fewer, self.record, self.close_button):
            button.setAutoDefault(False)
        self.message.hide()
        outer = QVBoxLayout(self)
        outer.addWidget(self.area, 1)
        outer.addWidget(self.message)
        outer.addLayout(buttons)
        letter, room = self.fontMetrics(), self.screen().availableSize()
        self.resize(
            min(letter.horizontalAdvance("n") * 104, room.width() - 16), min(letter.height() * 44, room.height() - 48)
        )

    def _connect(self) -> None:
        self._enter = EnterMovesOn(self._work)
        self._enter.at_end.connect(self.record.setFocus)
        self.number.returnPressed.connect(self.look_up)
        for button, act in (
            (self.finder, self.look_up),
            (self.more, self._add_bag),
            (self.fewer, self._remove_bag),
            (self.record, self._record),
            (self.close_button, self.reject),
        ):
            button.clicked.connect(lambda _checked, act=act: act())
        for row in (self.by, self.remark):
            row.edited.connect(self._edited)

    @property
    def entered(self) -> bool:
        """Whether something is typed that is not in the records."""
        typed = {path: text for path, text in self._texts.items() if text}
        return self.entry is None and typed != self._as_found

    def look_up(self) -> None:
        """Show the order whose number stands in the line; what is typed for another one stays in the way."""
        if self.source is not None and self.entered:
            self._say(Sign.STOP, self._words(say.STILL_TYPED, number=self.source.ordered.number))
            return
        self.message.hide()
        self.source = None
        try:
            self.source = self._desk.find(self.number.text())
        except Refused as refusal:
            self._say(Sign.STOP, self._reasons(refusal.problems))
        self._show_source()
        if self.source is not None:
            self._focus(self.bags[0].rows["given"])

    def _show_source(self) -> None:
        source, words = self.source, self._words
        for bag in self.bags:
            bag.hide()
            bag.deleteLater()
        self.bags, self._texts, self._count = [], {}, 0
        self._work.setVisible(source is not None)
        self.record.setEnabled(source is not None)
        self.earlier.setVisible(source is not None and source.earlier is not None)
        if source is None:
            self.head.show_state(Sign.EMPTY, words(say.NOT_FOUND_YET))
            return
        self.head.show_state(Sign.NOTE, order_line(source, words))
        self.earlier.show_state(Sign.REVIEW, earlier_line(source, words))
        self._texts, self._count = texts_of(source)
        self._as_found = dict(self._texts)
        for place in range(self._count):
            self._append(place)
        self._settle()

    def _append(self, place: int) -> None:
        assert self.source is not None
        bag = BagRows(self.source, place, self._words, self._work)
        bag.edited.connect(self._edited)
        for row in bag.all_rows():
            row.fill(self._text)
        self._column.insertWidget(len(self.bags), bag)
        self.bags.append(bag)
        bag.show()

    def _text(self, path: str) -> str:
        return self._texts.get(path, "")

    def _add_bag(self) -> None:
        self._count += 1
        self._append(self._count - 1)
        self._settle()
        self._focus(self.bags[-1].rows["din"])

    def _remove_bag(self) -> None:
        bag = self.bags.pop()
        self._count -= 1
        for path in [path for path in self._texts if path.startswith(f"{bag.path}.")]:
            del self._texts[path]
        bag.hide()
        bag.deleteLater()
        self._settle()
        self.more.setFocus()

    def _settle(self) -> None:
        """After rows have come or gone: Enter and Tab in their order."""
        assert self.source is not None
        self.fewer.setVisible(self._count > len(self.source.ordered.bags))
        for row in (self.by, self.remark):
            row.fill(self._text)
        self._enter.watch()
        order: list[QWidget] = [self.number, self.finder]
        for row in (row for bag in self.bags for row in bag.all_rows()):
            order += [control for entry in row.entries for control in entry.controls()]
        order += [self.more, self.fewer]
        for row in (self.by, self.remark):
            order += row.entries[0].controls()
        for before, after in pairwise([*order, self.record, self.close_button]):
            QWidget.setTabOrder(before, after)
        self._show()

    def _edited(self, path: str, text: str) -> None:
        self._texts[path] = text
        self.message.hide()
        self._show()

    def _show(self) -> None:
        """Everything that follows from what is typed now."""
        assert self.source is not None
        self._reading = self._desk.read(self._texts, self._count, self.source)
        for bag in self.bags:
            bag.show_wanted(self._text)
            bag.show_reading(self._reading)
        for row in (self.by, self.remark):
            row.show_problems([], self._words)
        self.outcome.show_reading(self.source, self._reading)

    def _record(self) -> None:
        """Append the entry, or say what stands in the way; what is typed stays."""
        assert self.source is not None
        reading = self._desk.read(self._texts, self._count, self.source)
        by, remark = self._text("by"), self._text("remark")
        stops = [finding for finding in reading.findings if finding.severity is Severity.STOP]
        if reading.problems:
            self._point_at(reading.problems[0].path, self._reasons(reading.problems[:1]))
        elif stops:
            self._point_at(stops[0].path, finding_words(stops[0], self._words))
        elif missing := self._desk.missing(reading, self.source, by, remark):
            self._show_missing(missing)
        else:
            self._append_entry(by, remark)

    def _append_entry(self, by: str, remark: str) -> None:
        assert self.source is not None
        try:
            self.entry = self._desk.record(self._texts, self._count, self.source, by, remark)
        except Refused as refusal:
            reason = self._reasons(refusal.problems)
            self._say(Sign.STOP, self._words(say.NOT_RECORDED, reason=reason))
            return
        self.accept()

    def _show_missing(self, missing: Sequence[Problem]) -> None:
        for row in (self.by, self.remark):
            row.show_problems([problem for problem in missing if problem.path in row.places()], self._words)
        self._point_at(missing[0].path, self._reasons(missing))

    def _point_at(self, path: str, sentence: str) -> None:
        """Say what is the matter, and go there."""
        self._say(Sign.STOP, self._words(say.NOT_YET, what=sentence))
        every = [row for bag in self.bags for row in bag.all_rows()] + [self.by, self.remark]
        places = {place: position for position, row in enumerate(every) for place in row.places()}
        position = best(path, places)
        if position is not None:
            self._focus(every[position])

    def _reasons(self, problems: Sequence[Problem]) -> str:
        return " ".join(problem_words(problem, self._words) for problem in problems)

    def _say(self, sign: Sign, text: str) -> None:
        self.message.show_state(sign, text)
        self.message.show()

    def _focus(self, row: RowEdit) -> None:
        give_keyboard(row.entries[0].controls()[0])

    def reject(self) -> None:
        """Leave; what is typed and not recorded only after a question."""
        if not self.entered or self._may_leave():
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records nothing by itself, except on a button that has the keyboard."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
