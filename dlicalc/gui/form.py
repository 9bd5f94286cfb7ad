"""A page of entries, built from the field list: sections of rows that scroll."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.fields import Row, Section, best
from dlicalc.gui.in_sight import settle
from dlicalc.gui.row_edit import RowEdit
from dlicalc.services.equivalents import moments
from dlicalc.services.ports import UnitMemory
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import HEADINGS

Beneath = Callable[[Row, QWidget], QWidget | None]
"""Makes what stands beneath a row, as a child of the widget given; nothing beneath most rows."""


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
        self._moments: tuple[object, object] | None = None
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
        page.resize(self.size())  # else it is measured once more, for a size that it does not keep
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

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show at each row its problems, and what is typed in other words."""
        self.show_problems(snapshot.problems)
        now = moments(snapshot)
        if now != self._moments:
            self._moments = now
            for row in self.rows:
                row.forget_equivalents()
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
        settle()
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
