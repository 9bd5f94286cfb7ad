"""The second person's dialog: empty entries, one comparison, and the differences side by side."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from dlicalc.domain.case import Case
from dlicalc.domain.comparison import Difference
from dlicalc.gui.blind_entries import BlindEntries, NoPaste
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.difference_list import DifferenceList, place_of
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.row_edit import problem_words
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.typed_line import Reading, TypedLine
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.second_check import missing, problems_of, read_entries, texts_of
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as say
from dlicalc.services.wording.window import AND_MORE, CANCEL

Compare = Callable[[str, Case], tuple[int, Sequence[Difference]]]
"""Name and entries of the second person → which attempt this was, and in what the two differ; raises ``Refused``."""
_NAME_WIDTH: Final = 30


class CheckDialog(QDialog):
    """Accepted if both people entered the same; ``go_to`` is the entry that somebody left it for."""

    def __init__(self, words: Words, model: CaseViewModel, compare: Compare, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._model = model
        self._compare = compare
        self._differences: Sequence[Difference] = ()
        self.go_to = ""
        self.setWindowTitle(words(say.CHECK_TITLE))
        self.name = TypedLine(_NAME_WIDTH, self)
        self._name_problem, self._message = Strip(self), Strip(self)
        self.entries = BlindEntries(model, words, self._above(), bags=True)
        self.list = DifferenceList(self)
        self._head, self._lead = Strip(self), QLabel(self)
        self._lead.setWordWrap(True)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._entry_page())
        self._pages.addWidget(self._difference_page())
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        self.entries.left.connect(self.compare.setFocus)
        self.entries.touched.connect(self._message.hide)
        self.name.returnPressed.connect(lambda: self.entries.focus("recipient.weight"))
        self.name.textEdited.connect(lambda _text: self._show_name(""))
        # A bag without anything in it is nothing that could be lost.
        model.mark_saved()
        self.name.setFocus()

    def _above(self) -> list[QWidget]:
        lead, label = QLabel(self._words(say.CHECK_LEAD), self), QLabel(self._words(say.SECOND_NAME), self)
        lead.setWordWrap(True)
        label.setBuddy(self.name)
        self.name.setAccessibleName(label.text())
        NoPaste(self).guard(self.name)
        self._name_problem.hide()
        self._message.hide()
        return [lead, label, self.name, self._name_problem]

    def _entry_page(self) -> QWidget:
        page = QWidget(self)
        self.compare = self._button(say.COMPARE, self._finish)
        self.cancel = self._button(CANCEL, self.reject)
        return _column(page, (self.entries, self._message), (self.compare, self.cancel))

    def _difference_page(self) -> QWidget:
        page = QWidget(self)
        self.again = self._button(say.ENTER_AGAIN, self._enter_again)
        self.leave = self._button(say.LEAVE_AND_CORRECT, self._leave)
        self.give_up = self._button(CANCEL, self.reject)
        return _column(page, (self._head, self._lead, self.list), (self.again, self.leave, self.give_up))

    def _button(self, sentence: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(self._words(sentence), self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: act())
        return button

    def _finish(self) -> None:
        """Compare, once everything is there and can be read."""
        self._message.hide()
        snapshot = self._model.snapshot
        wrong = problems_of(snapshot)
        self.entries.show_problems(wrong)
        if not self.name.text().strip():
            self._show_name(self._words(say.MISSING, what=self._words(say.SECOND_NAME)))
        elif wrong:
            self._point_at(say.UNREADABLE_LEFT, [problem.path for problem in wrong])
        elif empty := missing(snapshot.case):
            self._point_at(say.MISSING, empty)
        else:
            self._hold_against_first(read_entries(snapshot))

    def _hold_against_first(self, second: Case) -> None:
        try:
            attempt, self._differences = self._compare(self.name.text(), second)
        except Refused as refusal:
            self._say_refused(refusal.problems[0])
            return
        if not self._differences:
            self.accept()
            return
        self._head.show_state(Sign.STOP, self._words(say.DIFFER, count=len(self._differences)))
        self._lead.setText(self._words(say.DIFFER_LEAD, attempt=attempt))
        self.list.show_differences(self._differences, self._words)
        self._pages.setCurrentIndex(1)
        self.list.setFocus()

    def _say_refused(self, problem: Problem) -> None:
        """A refusal is about the person, or about the records."""
        sentence = problem_words(problem, self._words)
        if problem.path == "records":
            self._message.show_state(Sign.STOP, self._words(say.UNRECORDED, reason=sentence))
            self._message.show()
        else:
            self._show_name(sentence)

    def _show_name(self, sentence: str) -> None:
        self.name.show_reading(Reading.MALFORMED if sentence else Reading.EMPTY, sentence)
        self._name_problem.setVisible(bool(sentence))
        if sentence:
            self._name_problem.show_state(Sign.STOP, sentence)
            self.entries.ensureWidgetVisible(self.name)
            self.name.setFocus()

    def _point_at(self, sentence: str, paths: Sequence[str]) -> None:
        """Say what is the matter, and go to the first of it."""
        what = place_of(paths[0], self._words)
        more = f" {self._words(AND_MORE, count=len(paths) - 1)}" if len(paths) > 1 else ""
        self._message.show_state(Sign.REVIEW, self._words(sentence, what=what) + more)
        self._message.show()
        self.entries.focus(paths[0])

    def _enter_again(self) -> None:
        """Empty what differs; the rest stays, and what the first person entered is hidden again."""
        paths = [difference.path for difference in self._differences]
        self.list.setRowCount(0)
        self.entries.forget(text for path in paths if path != "products" for text in texts_of(path))
        self._pages.setCurrentIndex(0)
        self.entries.focus(paths[0])

    def _leave(self) -> None:
        self.go_to = self.list.chosen()
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter compares nothing by itself, and Esc throws nothing away that was typed."""
        entered = self._model.dirty or bool(self.name.text())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (event.key() == Qt.Key.Key_Escape and entered):
            return
        super().keyPressEvent(event)


def _column(page: QWidget, parts: Sequence[QWidget], buttons: Sequence[QPushButton]) -> QWidget:
    """The first part that can grow gets the room; the buttons stay in sight below."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        layout.addWidget(part, 1 if isinstance(part, BlindEntries | DifferenceList) else 0)
    flow = FlowLayout(gap=6)
    for button in buttons:
        flow.addWidget(button)
    layout.addLayout(flow)
    return page
