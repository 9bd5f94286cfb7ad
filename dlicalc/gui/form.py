"""A page of entries, built from the field list: rows with label, controls, and the problem in words beneath."""

from collections.abc import Callable, Collection, Iterable
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dlicalc.gui.choice import Choice
from dlicalc.gui.date_edit import DateEdit, MomentEdit
from dlicalc.gui.entry_edit import EntryEdit, Pick, QuietCombo, TextAt, TextEdit, TypedLine
from dlicalc.gui.fields import Kind, Row, Section, best, in_bag
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.quantity_edit import QuantityEdit
from dlicalc.gui.signs import MALFORMED, Sign, Strip
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
Beneath = Callable[[Row, QWidget], QWidget | None]
"""Makes what stands beneath a row, as a child of the widget given; nothing beneath most rows."""
_UNFINISHED: Final = frozenset({"date_form", "moment_form", "unit_missing", "denominator_missing", "weeks_incomplete"})


def problem_words(problem: Problem, words: Words) -> str:
    """What is wrong with an entry, in the words of the window."""
    own = SLIPS.get(problem.code)
    return words.translate(own).format(**problem.params) if own else words.problem(problem)


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
        self._places = self._own_places(bag)
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
        for control in (control for entry in self.entries for control in entry.controls()):
            if isinstance(control, TypedLine | QuietCombo):
                control.left.connect(self._show_words)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(line)
        right.addWidget(self._problem)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(FlowLayout.GAP)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(right, 1)

    def _own_places(self, bag: int | None) -> dict[str, int]:
        places = {entry.path: position for position, entry in enumerate(self.entries)}
        places.setdefault(self._row.label if bag is None else in_bag(self._row.label, bag), 0)
        return places

    def retarget(self, bag: int) -> None:
        """Speak of another bag from now on; filled afterwards."""
        for entry in self.entries:
            entry.retarget(in_bag(entry.cell.path, bag))
        self._places = self._own_places(bag)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the label in its column."""
        super().resizeEvent(event)
        self._label.setFixedWidth(label_width(self))
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
            entry.show_problem(problem.path if problem else "", problem_words(problem, words) if problem else "")
        sentences = dict.fromkeys(problem_words(problem, words) for problem in problems)
        self._problem_text = " ".join(sentences)
        self._unfinished = all(problem.code in _UNFINISHED for problem in problems)
        self._show_words()

    def show_note(self, text: str) -> None:
        """Say ``text`` beneath the row where nothing is wrong with it; nothing if it is empty."""
        if text != self._note:
            self._note = text
            self._show_words()

    def _show_words(self) -> None:
        """A row that may simply not be finished gets its words when the keyboard leaves it; other slips at once."""
        self._typing = self._typing and any(edit.hasFocus() for entry in self.entries for edit in entry.controls())
        self._problem_shown = "" if self._unfinished and self._typing else self._problem_text
        if self._problem_shown:
            self._problem.show_state(Sign.STOP, self._problem_shown, MALFORMED)
        elif self._note:
            self._problem.show_state(Sign.NOTE, self._note)
        self._problem.setVisible(bool(self._problem_shown or self._note))

    def problem_text(self) -> str:
        """The words beneath the row; empty if nothing is wrong."""
        return self._problem_shown

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self.word(words, words(FIELDS[self._row.label]))

    def word(self, words: Words, label: str) -> None:
        """Word everything anew under a label of the caller's."""
        self._label.setText(label)
        for entry in self.entries:
            entry.retranslate(words, label)

    def label(self) -> str:
        """The label shown."""
        return self._label.text()


class _Head(NamedTuple):
    """The heading of a section, its rule, and its rows."""

    key: str
    heading: QLabel
    rule: QFrame
    rows: list[RowEdit]


class Form(QScrollArea):
    """Sections of rows that scroll; ``bag`` says which bag they speak of, ``beneath`` what follows a row."""

    edited = Signal(str, str)

    def __init__(
        self,
        sections: tuple[Section, ...],
        bag: int | None = None,
        parent: QWidget | None = None,
        beneath: Beneath | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = Words()
        self._beneath = beneath
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        self._layout = layout = QVBoxLayout(page)
        layout.setContentsMargins(14, 8, 14, 14)
        layout.setSpacing(6)
        self._heads: list[_Head] = []
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
        heading.setWordWrap(True)
        heading.setContentsMargins(0, 8 if self.rows else 0, 0, 0)
        layout.addWidget(heading)
        rule = QFrame(page)
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Sunken)
        layout.addWidget(rule)
        head = _Head(section.heading, heading, rule, [])
        self._heads.append(head)
        for row in section.rows:
            edit = RowEdit(row, bag, page)
            edit.edited.connect(self.edited)
            layout.addWidget(edit)
            head.rows.append(edit)
            self.rows.append(edit)
            below = self._beneath(row, page) if self._beneath is not None else None
            if below is not None:
                layout.addWidget(below)

    def add_last(self, widget: QWidget) -> None:
        """Put ``widget`` beneath everything else."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def show_rows(self, wanted: Collection[str]) -> None:
        """Show the rows that answer for one of the ``wanted`` paths, and the headings over them; hide the others."""
        for head in self._heads:
            for row in head.rows:
                row.setVisible(any(place in wanted for place in row.places()))
            shown = any(not row.isHidden() for row in head.rows)
            head.heading.setVisible(shown)
            head.rule.setVisible(shown)

    def add_block(self, block: QWidget, above: str) -> None:
        """Put ``block`` above the section with this heading, to scroll with the rows."""
        heading = next(head.heading for head in self._heads if head.key == above)
        self._layout.insertWidget(self._layout.indexOf(heading), block)

    def retarget(self, bag: int) -> None:
        """Speak of the bag at place ``bag`` from now on; to be filled afterwards."""
        for row in self.rows:
            row.retarget(bag)
        self._places = {place: position for position, row in enumerate(self.rows) for place in row.places()}

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

    def focus(self, path: str) -> bool:
        """Bring the control that ``path`` speaks of into sight and give it the keyboard; false if none is here."""
        position = best(path, self._places)
        if position is None:
            return False
        entry = self.rows[position].entry_at(path)
        # What was shown or hidden a moment ago has moved the rows, but not until Qt comes round to it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
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
        for head in self._heads:
            head.heading.setText(words(HEADINGS[head.key]))
        for row in self.rows:
            row.retranslate(words)
