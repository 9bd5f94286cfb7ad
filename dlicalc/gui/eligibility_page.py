"""The criteria of the trial: entries, beneath them the verdict, and what a prescriber decides."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from dlicalc.domain.finding import Finding
from dlicalc.domain.protocol import Protocol
from dlicalc.gui.case_fields import ELIGIBILITY
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.fields import Row, lies_in
from dlicalc.gui.findings_list import line_of
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.form import Form
from dlicalc.gui.page import Page
from dlicalc.gui.row_edit import problem_words
from dlicalc.gui.stop_lines import StopLines, StopView
from dlicalc.gui.unbroken import unbroken
from dlicalc.gui.verdict_line import VerdictLine, narrow_button
from dlicalc.services.eligibility_view import (
    ELSEWHERE,
    FED_BY,
    criteria_views,
    other_stops,
    summary_text,
    why_nobody,
)
from dlicalc.services.site_words import terms_line
from dlicalc.services.wording import Words
from dlicalc.services.wording.eligibility_page import ALL_PASSED, FILTER
from dlicalc.services.wording.site import TERMS_COUNT
from dlicalc.services.wording.window import FIELDS


class EligibilityPage(Page):
    """One verdict line beneath the last entry of each criterion; the other stops of the case at the end."""

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._snapshot = view_model.snapshot
        self.verdicts: dict[str, VerdictLine] = {}
        self.summary = QLabel(self)
        font = QFont(self.summary.font())
        font.setBold(True)
        self.summary.setFont(font)
        self.site, self.site_terms = QLabel(self), QLabel(self)
        for label in (self.site, self.site_terms):
            label.setWordWrap(True)
            label.hide()
        self.site.setContentsMargins(14, 0, 14, 4)
        self.filter = QCheckBox(self)
        self.filter.toggled.connect(lambda _on: self._show_wanted(afresh=True))
        self.form = Form(ELIGIBILITY, parent=self, beneath=self._verdict_beneath)
        self.form.edited.connect(self.edited)
        self.way_to_person = self._add_way_to_person()
        self.nothing = QLabel(self)
        self.stops = StopLines(self)
        self.form.add_last(self.nothing)
        self.form.add_last(self.stops)
        self.form.add_last(self.site_terms)
        self.stops.path_asked.connect(self.path_asked)
        self.stops.decide_asked.connect(self.decide_asked)
        self.stops.withdraw_asked.connect(self._withdraw)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QWidget(self)
        head.setContentsMargins(14, 8, 14, 4)
        line = FlowLayout(head)
        line.setContentsMargins(14, 6, 14, 4)
        line.addWidget(self.summary)
        line.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.site)
        layout.addWidget(self.form, 1)

    def _verdict_beneath(self, row: Row, page: QWidget) -> QWidget | None:
        name = next((name for name, fed_by in FED_BY.items() if fed_by[-1] == row.label), None)
        if name is None:
            return None
        line = VerdictLine(page)
        line.decide_asked.connect(self.decide_asked)
        line.withdraw_asked.connect(self._withdraw)
        self.verdicts[name] = line
        return line

    def _add_way_to_person(self) -> QPushButton:
        """The eGFR needs birth date and sex, which stand on another page."""
        line = self.verdicts["renal.egfr"]
        button = narrow_button(line)
        button.clicked.connect(lambda: self.path_asked.emit(self._missing_of_person()))
        line.texts.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _missing_of_person(self) -> str:
        return next((path for path in ELSEWHERE if not self._view_model.text(path)), ELSEWHERE[0])

    def _withdraw(self, finding: Finding) -> None:
        place = self._view_model.decision_on(finding.code, finding.path)
        if place is not None:
            self.withdrawn.emit(place)

    def fill(self, text_at: TextAt) -> None:
        """Fill the entries; what the filter hides is found out anew."""
        self.form.fill(text_at)
        self._show_wanted(afresh=True)

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show problems, verdicts and stops."""
        self._snapshot = snapshot
        self.form.show_snapshot(snapshot)
        for view in criteria_views(snapshot, words):
            self.verdicts[view.id].show_view(view)
        self.way_to_person.setVisible(snapshot.evaluation.renal.governing(snapshot.evaluation.protocol.renal) is None)
        self.summary.setText(summary_text(snapshot.evaluation, words))
        if snapshot.evaluation.protocol.terms:
            self._show_site(snapshot.evaluation.protocol, words)
        self.stops.show_views(tuple(self._stop_views(snapshot, words)), words)
        self._show_wanted(afresh=False)

    def _show_site(self, protocol: Protocol, words: Words) -> None:
        """That the site differs above the entries, in what at their end, where there is room for it."""
        self.site.setText(words(TERMS_COUNT, count=len(protocol.terms)))
        self.site_terms.setText(unbroken(terms_line(protocol, words)))
        for label in (self.site, self.site_terms):
            label.show()

    def _stop_views(self, snapshot: Snapshot, words: Words) -> Iterator[StopView]:
        slips = {problem.path: problem_words(problem, words) for problem in snapshot.problems}
        for finding in other_stops(snapshot.evaluation):
            of_decision = finding.ruling is not None or finding.path.startswith("decisions.")
            yield StopView(line_of(finding, words, slips), why_nobody(finding, words), of_decision)

    def _show_wanted(self, *, afresh: bool) -> None:
        """Show what the filter leaves; while the keyboard is among the entries nothing vanishes under the hand."""
        names = [name for name, line in self.verdicts.items() if self._wanted(name, line)]
        if not afresh and self._keyboard_inside():
            names += [name for name, line in self.verdicts.items() if not line.isHidden()]
        elif afresh:
            names += [name for name, line in self.verdicts.items() if self._holds_keyboard(name, line)]
        self._show_only(names)
        self.nothing.setVisible(not names)

    def _show_only(self, names: Iterable[str]) -> None:
        """Show the criteria ``names``, their entries, and what else these entries decide."""
        shown = {row for name in names for row in FED_BY[name]}
        for name, line in self.verdicts.items():
            line.setVisible(FED_BY[name][-1] in shown)
        self.form.show_rows(shown)

    def _wanted(self, name: str, line: VerdictLine) -> bool:
        if not self.filter.isChecked() or not line.passed():
            return True
        return any(lies_in(problem.path, row) for problem in self._snapshot.problems for row in FED_BY[name])

    def _keyboard_inside(self) -> bool:
        return self.form.isAncestorOf(self.window().focusWidget())

    def _holds_keyboard(self, name: str, line: VerdictLine) -> bool:
        focused = self.window().focusWidget()
        holders = [line, *(self.form.row_at(row) for row in FED_BY[name])]
        return any(holder.isAncestorOf(focused) for holder in holders)

    def focus(self, path: str) -> bool:
        """Go to the entry that ``path`` speaks of, also where the filter hid it, or to what is said of a decision."""
        line = self.stops.line_at(path) if path.startswith("decisions") else None
        if line is not None:
            self.form.ensureWidgetVisible(line)
            line.way.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        self._reveal(path)
        return self.form.focus(path)

    def _reveal(self, path: str) -> None:
        """Show the entry that ``path`` speaks of where the filter hid it, laid out at once to be scrolled to."""
        asked = {name for name, rows in FED_BY.items() if any(lies_in(path, row) or lies_in(row, path) for row in rows)}
        if any(self.verdicts[name].isHidden() for name in asked):
            self._show_only({*asked, *(name for name, line in self.verdicts.items() if not line.isHidden())})
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def retranslate(self, words: Words) -> None:
        """Word everything anew; what was typed stays."""
        self.form.retranslate(words)
        self.stops.retranslate(words)
        self.filter.setText(words(FILTER))
        self.nothing.setText(words(ALL_PASSED))
        for name, line in self.verdicts.items():
            line.retranslate(words, words.criterion(name))
        self.way_to_person.setText(f"{', '.join(words(FIELDS[path]) for path in ELSEWHERE)} …")
