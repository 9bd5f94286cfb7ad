"""The page of the dose: both target volumes and the ordered one, the rules, the picture, the worked sum."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dlicalc.domain.dose import Dose
from dlicalc.domain.protocol import Protocol
from dlicalc.gui.before_line import BeforeLine
from dlicalc.gui.case_fields import DOSE
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.dose_figures import Figures, Hindrances, WorkedSum
from dlicalc.gui.dose_picture import DosePicture
from dlicalc.gui.dose_rules import RuleTable
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.fields import lies_in, rows
from dlicalc.gui.page import Page
from dlicalc.gui.row_edit import RowEdit, problem_words
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.dose_curve import dose_curve
from dlicalc.services.dose_view import (
    RuleState,
    figures,
    hindrances,
    picture_sentences,
    rule_lines,
    rule_state,
)
from dlicalc.services.wording import Words
from dlicalc.services.wording.dose_page import (
    BACK_TO_OWN,
    NO_CURVE,
    PICTURE_HEADING,
    PICTURE_HELP,
    RULE_DECIDED,
    RULE_LEFT_OVER,
    RULE_OPEN,
    RULES_HEADING,
    SHOW_ALL,
    STEPS_HEADING,
)
from dlicalc.services.wording.window import FIELDS

_RULE: Final = "infusion.dose_rule"
_CHOICE: Final = f"{_RULE}.rule"
_STANDS_FOR_IT: Final = (f"{_RULE}.set_by", f"{_RULE}.reason")


class DosePage(Page):
    """Everything about the dose, one below the other, to be scrolled."""

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._words = Words()
        self._shown: tuple[Dose | None, Protocol, Words] | None = None
        self._content = QWidget(self)
        self.figures = Figures(self._content)
        self.hindrances = Hindrances(self._content)
        self.before = BeforeLine(self._content)
        self.rules = RuleTable(
            next(cell for row in rows(DOSE) for cell in row.cells if cell.path == _CHOICE), self._content
        )
        self.state = Strip(self._content)
        entries = {row.label: row for row in rows(DOSE)}
        self.entries = {path: RowEdit(entries[path], None, self._content) for path in _STANDS_FOR_IT}
        self.back = QPushButton(self._content)
        self.picture = DosePicture(self._content)
        self.readout, self.sentence = QLabel(self._content), QLabel(self._content)
        self.show_all = QCheckBox(self._content)
        self.steps = WorkedSum(self._content)
        self._headings = {
            sentence: QLabel(self._content) for sentence in (RULES_HEADING, PICTURE_HEADING, STEPS_HEADING)
        }
        self._scroll = QScrollArea(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        rules, picture, steps = self._headings.values()
        for label in (rules, picture, steps, self.readout):
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        for label in (self.readout, self.sentence):
            label.setWordWrap(True)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(14, 10, 14, 14)
        column.setSpacing(6)
        for widget in (
            self.hindrances, self.figures, self.before, rules, self.rules, self.state, *self.entries.values(),
            self.back, picture, self.picture, self.readout, self.sentence, self.show_all, steps, self.steps,
        ):  # fmt: skip
            column.addWidget(widget)
        column.setAlignment(self.back, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self.rules.make_room(self.width())

    def _connect(self) -> None:
        self.rules.edited.connect(self.edited)
        self.back.clicked.connect(self._go_back)
        self.hindrances.path_asked.connect(self.path_asked)
        self.picture.pointed.connect(self._read_out)
        self.show_all.toggled.connect(self._show_picture)
        for entry in self.entries.values():
            entry.edited.connect(self.edited)

    def _go_back(self) -> None:
        self.edited.emit(_RULE, "")
        self.fill(self._view_model.text)
        self.rules.controls()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, text_at: TextAt) -> None:
        """Put rule, name and reason into their entries."""
        self.rules.fill(text_at)
        self.steps.catch_up()
        for entry in self.entries.values():
            entry.fill(text_at)

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show what follows from the case; what depends on the dose only when the dose is another."""
        self._words = words
        evaluation = snapshot.evaluation
        shown = evaluation.dose, evaluation.protocol, words
        if evaluation.dose is None or self._shown != shown:
            self._shown = shown
            self.figures.show_figures(figures(evaluation.dose, words))
            self.rules.show_lines(rule_lines(snapshot, words), words)
            self._show_picture()
        self.before.show_snapshot(snapshot, words)
        self.hindrances.show_findings(hindrances(evaluation), words)
        self._show_rule(snapshot)
        self.steps.show_evaluation(evaluation, words)

    def _show_rule(self, snapshot: Snapshot) -> None:
        """Ask for name and reason where another rule than the protocol's is chosen."""
        state = rule_state(snapshot.evaluation)
        typed = any(self._view_model.text(path) for path in _STANDS_FOR_IT)
        problems = [problem for problem in snapshot.problems if lies_in(problem.path, _RULE)]
        asked = state is not RuleState.OWN or typed or bool(problems)
        for widget in (self.state, self.back, *self.entries.values()):
            widget.setVisible(asked)
        for path, entry in self.entries.items():
            own = [problem for problem in problems if lies_in(problem.path, path)]
            entry.show_problems(own, self._words)
        unreadable = [problem for problem in problems if lies_in(problem.path, _CHOICE)]
        if unreadable:
            self.state.show_state(Sign.STOP, problem_words(unreadable[0], self._words))
        elif state is RuleState.OPEN:
            self.state.show_state(Sign.STOP, self._words(RULE_OPEN))
        elif state is RuleState.DECIDED:
            self.state.show_state(Sign.REVIEW, self._words(RULE_DECIDED))
        else:
            self.state.show_state(Sign.NOTE, self._words(RULE_LEFT_OVER))

    def _show_picture(self, _checked: bool = False) -> None:
        """Draw the curve of the dose that is shown, and say what the picture shows."""
        assert self._shown is not None  # connected to what can only be touched afterwards
        dose, protocol, words = self._shown
        curve = None if dose is None else dose_curve(dose, protocol)
        self.picture.show_curve(curve, whole=self.show_all.isChecked())
        scale = self.picture.scale
        text = "" if curve is None or scale is None else " ".join(picture_sentences(curve, scale, words))
        self.sentence.setText(unbroken(text) or words(NO_CURVE))
        cut = curve is not None and curve.scale().end < curve.total
        self.show_all.setVisible(cut)
        self.readout.setVisible(curve is not None)
        self._read_out(self.picture.readout())

    def _read_out(self, text: str) -> None:
        self.readout.setText(unbroken(text))

    def focus(self, path: str) -> bool:
        """Go to the rule, or to the name or reason; false if the path is of another page."""
        if not lies_in(path, _RULE):
            return False
        if path == _RULE:  # said of the whole: what is missing is what to go to
            shown = [name for name, entry in self.entries.items() if not entry.isHidden()]
            path = next((name for name in shown if not self._view_model.text(name)), path)
        if path in self.entries and not self.entries[path].isHidden():
            control = self.entries[path].entries[0].controls()[0]
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self.entries[path])
        else:
            self.rules.controls()[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(self.rules)
        return True

    def retranslate(self, words: Words) -> None:
        """Word everything anew; what was typed stays."""
        self._words = words
        for sentence, label in self._headings.items():
            label.setText(words(sentence))
        self.back.setText(words(BACK_TO_OWN))
        self.show_all.setText(words(SHOW_ALL))
        self.picture.setWhatsThis(words(PICTURE_HELP))
        self.rules.retranslate(words, words(FIELDS[_CHOICE]))
        self.picture.retranslate(words)
        for entry in self.entries.values():
            entry.retranslate(words)
        self._shown = None
        self.show_snapshot(self._view_model.snapshot, words)
