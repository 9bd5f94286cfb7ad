"""A page of entries, built from the field list: rows with label, controls, and the problem in words beneath."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.choice import Choice
from dlicalc.gui.date_edit import DateEdit, DayEdit, MomentEdit
from dlicalc.gui.entry_edit import EntryEdit, Pick, QuietCombo, TextAt, TextEdit, TypedLine
from dlicalc.gui.fields import Kind, Row, Section, best, in_bag
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.quantity_edit import QuantityEdit
from dlicalc.gui.signs import MALFORMED, Sign, Strip
from dlicalc.gui.small_words import SmallWords
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.equivalents import equivalents, inputs
from dlicalc.services.ports import UnitMemory
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELDS, HEADINGS, SLIPS

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
_UNFINISHED: Final = frozenset({"date_form", "moment_form", "unit_missing", "denominator_missing", "weeks_incomplete"})


def problem_words(problem: Problem, words: Words) -> str:
    """What is wrong with an entry, in the words of the window."""
    own = SLIPS.get(problem.code)
    return words.translate(own).format(**problem.params) if own else words.problem(problem)


def _may_go_on(problem: Problem) -> bool:
    """Whether what is typed may simply not be finished, such as a number that ends in its decimal comma."""
    text = problem.params.get("text", "")
    return problem.code in _UNFINISHED or (problem.code == "number_comma" and text.endswith((",", "，")))


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
        place = row.label if bag is None else in_bag(row.label, bag)
        self._places = {entry.path: position for position, entry in enumerate(self.entries)}
        self._places.setdefault(place, 0)
        self._place = place
        self._numbers = tuple(entry.value_path for entry in self.entries if isinstance(entry, QuantityEdit))
        self._rests_on: tuple[object, ...] | None = None
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
        self._problem_text = ""
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All labels equally wide, and never so wide that they crowd out the controls."""
        super().resizeEvent(event)
        widest = self.fontMetrics().horizontalAdvance("n") * _LABEL_CHARACTERS
        self._label.setFixedWidth(min(widest, round(self.width() * _LABEL_SHARE)))
        self._label.setMinimumHeight(self.entries[0].sizeHint().height())

    def _typed(self, path: str, text: str) -> None:
        self._typing = True
        self.edited.emit(path, text)

    def places(self) -> Iterable[str]:
        """The paths that this row answers for."""
        return self._places

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        self._typing = False
        for entry in self.entries:
            entry.fill(text_at)

    def entry_at(self, path: str) -> EntryEdit:
        """The control that a problem or finding at ``path`` speaks of."""
        return self.entries[best(path, self._places) or 0]

    def show_problems(self, problems: list[Problem], words: Words) -> None:
        """Mark the controls and say beneath them what is wrong."""
        marked = {id(self.entry_at(problem.path)): problem for problem in reversed(problems)}
        for entry in self.entries:
            problem = marked.get(id(entry))
            entry.show_problem(problem.path if problem else "", self._sentence(problem, words) if problem else "")
        sentences = dict.fromkeys(self._sentence(problem, words) for problem in problems)
        self._problem_text = " ".join(sentences)
        self._unfinished = all(_may_go_on(problem) for problem in problems)
        if problems:
            self._problem.show_state(Sign.STOP, self._problem_text, MALFORMED)
        self._show_words()

    def _sentence(self, problem: Problem, words: Words) -> str:
        """What is wrong; a missing unit may be one that is offered."""
        entry = self.entry_at(problem.path)
        offered = problem.code == "unit_missing" and isinstance(entry, QuantityEdit) and entry.offered(words)
        return offered or problem_words(problem, words)

    def _show_words(self) -> None:
        """A row that may simply not be finished gets its words when the keyboard leaves it; other slips at once.

        An offer is explained as soon as the keyboard is where it can be taken.
        """
        here = next((edit for entry in self.entries for edit in entry.controls() if edit.hasFocus()), None)
        self._typing = self._typing and here is not None
        offer = isinstance(here, QuietCombo) and here.offers
        self._problem.setVisible(bool(self._problem_text) and not (self._unfinished and self._typing and not offer))
        self._meaning.setVisible(bool(self._meaning.text()) or (self._meaning.isVisibleTo(self) and here is not None))

    def show_equivalents(self, snapshot: Snapshot, words: Words) -> None:
        """Say beneath the controls what is typed in other words, if anything has changed that they rest on."""
        rests_on = inputs(self._place, snapshot)
        if rests_on == self._rests_on:
            return
        self._rests_on = rests_on
        for entry in self.entries:
            if isinstance(entry, DayEdit):
                entry.show_today(snapshot.evaluation.as_of.date())
        text = unbroken(" · ".join(equivalents(self._place, self._numbers, snapshot, words)))
        if text != self._meaning.text():
            self._meaning.set_text(text)
            self._show_words()

    def meaning(self) -> str:
        """The words beneath the controls that say what is typed in other words."""
        return self._meaning.text()

    def use_units(self, units: UnitMemory) -> None:
        """Offer the units last used."""
        for entry in self.entries:
            if isinstance(entry, QuantityEdit):
                entry.use_units(units)

    def problem_text(self) -> str:
        """The words beneath the row; empty if nothing is wrong."""
        return self._problem_text if self._problem.isVisibleTo(self) else ""

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self._rests_on = None
        label = words(FIELDS[self._row.label])
        self._label.setText(label)
        for entry in self.entries:
            entry.retranslate(words, label)


class Form(QScrollArea):
    """Sections of rows that scroll; ``bag`` says which bag they speak of."""

    edited = Signal(str, str)

    def __init__(self, sections: tuple[Section, ...], bag: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(14, 8, 14, 14)
        layout.setSpacing(6)
        self._headings: list[tuple[QLabel, str]] = []
        self.rows: list[RowEdit] = []
        for section in sections:
            self._add_section(section, bag, layout, page)
        layout.addStretch(1)
        self.setWidget(page)
        self._places = {place: position for position, row in enumerate(self.rows) for place in row.places()}

    def _add_section(self, section: Section, bag: int | None, layout: QVBoxLayout, page: QWidget) -> None:
        heading = QLabel(page)
        font = QFont(heading.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.1)
        heading.setFont(font)
        heading.setContentsMargins(0, 8 if self.rows else 0, 0, 0)
        layout.addWidget(heading)
        rule = QFrame(page)
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Sunken)
        layout.addWidget(rule)
        self._headings.append((heading, section.heading))
        for row in section.rows:
            edit = RowEdit(row, bag, page)
            edit.edited.connect(self.edited)
            layout.addWidget(edit)
            self.rows.append(edit)

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed, in every row."""
        for row in self.rows:
            row.fill(text_at)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show each problem at its row, and none elsewhere."""
        by_row: dict[int, list[Problem]] = {}
        for problem in problems:
            position = best(problem.path, self._places)
            if position is not None:
                by_row.setdefault(position, []).append(problem)
        for position, row in enumerate(self.rows):
            row.show_problems(by_row.get(position, []), self._words)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show at each row its problems, and what is typed in other words."""
        self.show_problems(snapshot.problems)
        for row in self.rows:
            row.show_equivalents(snapshot, self._words)

    def use_units(self, units: UnitMemory) -> None:
        """Offer the units last used at this site, and remember those that are chosen."""
        for row in self.rows:
            row.use_units(units)

    def focus(self, path: str) -> bool:
        """Bring the control that ``path`` speaks of into sight and give it the keyboard; false if none is here."""
        position = best(path, self._places)
        if position is None:
            return False
        entry = self.rows[position].entry_at(path)
        self.ensureWidgetVisible(self.rows[position])
        control = entry.controls()[-1] if path.endswith(".unit") else entry.controls()[0]
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def row_at(self, path: str) -> RowEdit:
        """The row that ``path`` speaks of."""
        position = best(path, self._places)
        if position is None:
            raise KeyError(path)
        return self.rows[position]

    def retranslate(self, words: Words) -> None:
        """Word everything anew; what was typed stays."""
        self._words = words
        for heading, key in self._headings:
            heading.setText(words(HEADINGS[key]))
        for row in self.rows:
            row.retranslate(words)
