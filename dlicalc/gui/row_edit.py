"""One row of a form: label, controls, what is typed in other words, and what is wrong with it in words."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.choice import Choice
from dlicalc.gui.date_edit import DateEdit, DayEdit, MomentEdit
from dlicalc.gui.entry_edit import EntryEdit, Pick, QuietCombo, TextAt, TextEdit, TypedLine
from dlicalc.gui.fields import Kind, Row, best, in_bag
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.quantity_edit import QuantityEdit
from dlicalc.gui.signs import MALFORMED, Sign, Strip
from dlicalc.gui.small_words import SmallWords
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.equivalents import entries_of, equivalents
from dlicalc.services.ports import UnitMemory
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELDS, SLIPS

_CONTROLS: Final[dict[Kind, type[EntryEdit]]] = {
    Kind.TEXT: TextEdit,
    Kind.NUMBER: QuantityEdit,
    Kind.QUANTITY: QuantityEdit,
    Kind.DATE: DateEdit,
    Kind.MOMENT: MomentEdit,
    Kind.CHOICE: Choice,
    Kind.PICK: Pick,
}
_LABEL_CHARACTERS: Final = 27
_LABEL_SHARE: Final = 0.36
_NOT_SHOWN: Final = object()
_UNFINISHED: Final = frozenset({"date_form", "moment_form", "unit_missing", "denominator_missing", "weeks_incomplete"})


def problem_words(problem: Problem, words: Words) -> str:
    """What is wrong with an entry, in the words of the window."""
    own = SLIPS.get(problem.code)
    return words.translate(own).format(**problem.params) if own else words.problem(problem)


def _may_go_on(problem: Problem) -> bool:
    """Whether what is typed may simply not be finished, such as a number that ends in its decimal comma."""
    text = problem.params.get("text", "")
    return problem.code in _UNFINISHED or (problem.code == "number_comma" and text.endswith((",", "，")))


def label_width(row: QWidget) -> int:
    """All labels equally wide, and never so wide that they crowd out the controls."""
    return min(row.fontMetrics().horizontalAdvance("n") * _LABEL_CHARACTERS, round(row.width() * _LABEL_SHARE))


class RowEdit(QWidget):
    """One row: label, controls, and beneath them what is wrong."""

    edited = Signal(str, str)

    def __init__(self, row: Row, bag: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self.entries = [
            _CONTROLS[cell.kind](cell, cell.path if bag is None else in_bag(cell.path, bag), self) for cell in row.cells
        ]
        self._place = row.label if bag is None else in_bag(row.label, bag)
        self._places = self._own_places()
        self._rests_on: object = _NOT_SHOWN
        self._shown_problems: list[Problem] | None = None
        self._meaning = SmallWords(self)
        self._meaning.hide()
        line = QWidget(self)
        flow = FlowLayout(line)
        for entry in self.entries:
            flow.addWidget(entry)
            entry.edited.connect(self._typed)
        self._label.setBuddy(self.entries[0].controls()[0])
        self._problem = Strip(self)
        self._problem.hide()
        self._unfinished = False
        self._typing = False
        self._problem_text, self._problem_shown, self._note = "", "", ""
        self._note_sign = Sign.NOTE
        for control in (control for entry in self.entries for control in entry.controls()):
            if isinstance(control, TypedLine | QuietCombo):
                control.left.connect(self._show_words)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(line)
        right.addWidget(self._meaning)
        right.addWidget(self._problem)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(FlowLayout.GAP)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(right, 1)

    def _own_places(self) -> dict[str, int]:
        places = {entry.path: position for position, entry in enumerate(self.entries)}
        places.setdefault(self._place, 0)
        return places

    def retarget(self, bag: int) -> None:
        """Speak of another bag from now on; filled afterwards."""
        for entry in self.entries:
            entry.retarget(in_bag(entry.cell.path, bag))
        self._place = in_bag(self._row.label, bag)
        self._places = self._own_places()
        self.forget_equivalents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the label in its column."""
        super().resizeEvent(event)
        self._label.setFixedWidth(label_width(self))
        self._label.setMinimumHeight(self.entries[0].sizeHint().height())

    def _typed(self, path: str, text: str) -> None:
        self._typing = True
        self._shown_problems = None
        self.edited.emit(path, text)

    def places(self) -> Iterable[str]:
        """The paths that this row answers for."""
        return self._places

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        self._typing = False
        self._shown_problems = None
        for entry in self.entries:
            entry.fill(text_at)

    def entry_at(self, path: str) -> EntryEdit:
        """The control that a problem or finding at ``path`` speaks of."""
        return self.entries[best(path, self._places) or 0]

    def show_problems(self, problems: list[Problem], words: Words) -> None:
        """Mark the controls and say beneath them what is wrong; nothing to do where nothing has changed."""
        if problems == self._shown_problems:
            return
        self._shown_problems = problems
        marked = {id(self.entry_at(problem.path)): problem for problem in reversed(problems)}
        for entry in self.entries:
            problem = marked.get(id(entry))
            entry.show_problem(problem.path if problem else "", self._sentence(problem, words) if problem else "")
        sentences = dict.fromkeys(self._sentence(problem, words) for problem in problems)
        self._problem_text = " ".join(sentences)
        self._unfinished = all(_may_go_on(problem) for problem in problems)
        self._show_words()

    def _sentence(self, problem: Problem, words: Words) -> str:
        """What is wrong; a missing unit may be one that is offered."""
        entry = self.entry_at(problem.path)
        offered = problem.code == "unit_missing" and isinstance(entry, QuantityEdit) and entry.offered(words)
        return offered or problem_words(problem, words)

    def show_note(self, text: str, sign: Sign = Sign.NOTE) -> None:
        """Say ``text`` beneath the row where nothing is wrong with it; nothing if it is empty."""
        if (text, sign) != (self._note, self._note_sign):
            self._note, self._note_sign = text, sign
            self._show_words()

    def _show_words(self) -> None:
        """A row that may simply not be finished gets its words when the keyboard leaves it; other slips at once.

        An offer is explained as soon as the keyboard is where it can be taken.
        """
        here = next((edit for entry in self.entries for edit in entry.controls() if edit.hasFocus()), None)
        self._typing = self._typing and here is not None
        offer = isinstance(here, QuietCombo) and here.offers
        self._problem_shown = "" if self._unfinished and self._typing and not offer else self._problem_text
        if self._problem_shown:
            self._problem.show_state(Sign.STOP, self._problem_shown, MALFORMED)
        elif self._note:
            self._problem.show_state(self._note_sign, self._note)
        self._problem.setVisible(bool(self._problem_shown or self._note))
        self._meaning.setVisible(bool(self._meaning.text()) or (self._meaning.isVisibleTo(self) and here is not None))

    def show_equivalents(self, snapshot: Snapshot, words: Words) -> None:
        """Say beneath the controls what is typed in other words, if anything has changed in the entries for that."""
        rests_on = entries_of(self._place, snapshot)
        if rests_on is self._rests_on:
            return
        self._rests_on = rests_on
        for entry in self.entries:
            if isinstance(entry, DayEdit):
                entry.show_today(snapshot.evaluation.as_of.date())
        numbers = [entry.value_path for entry in self.entries if isinstance(entry, QuantityEdit)]
        text = unbroken(" · ".join(equivalents(self._place, numbers, snapshot, words)))
        if text != self._meaning.text():
            self._meaning.set_text(text)
            self._show_words()

    def forget_equivalents(self) -> None:
        """Word the equivalents anew, whatever they rest on."""
        self._rests_on = _NOT_SHOWN

    def meaning(self) -> str:
        """The words beneath the controls that say what is typed in other words."""
        return self._meaning.text()

    def use_units(self, units: UnitMemory) -> None:
        """Offer the units last used."""
        self._shown_problems = None
        for entry in self.entries:
            if isinstance(entry, QuantityEdit):
                entry.use_units(units)

    def problem_text(self) -> str:
        """The words beneath the row; empty if nothing is wrong."""
        return self._problem_shown

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self.word(words, words(FIELDS[self._row.label]))

    def word(self, words: Words, label: str) -> None:
        """Word everything anew under a label of the caller's."""
        self._shown_problems = None
        self.forget_equivalents()
        self._label.setText(label)
        for entry in self.entries:
            entry.retranslate(words, label)

    def label(self) -> str:
        """The label shown."""
        return self._label.text()
