"""The entries about what was given: a block of rows for each bag, and what stands beside them."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dlicalc.domain.finding import Finding, Severity
from dlicalc.gui.fields import Cell, Kind, Row, best
from dlicalc.gui.row_edit import RowEdit
from dlicalc.gui.signs import Sign
from dlicalc.services.given import FATES, Reading
from dlicalc.services.given_order import Source
from dlicalc.services.given_words import bag_heading, finding_words
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say

_WIDE: Final = 34
_DEEP: Final = 2
"""Points in the path of an entry of a bag."""
_DIN: Final = Cell("din", Kind.TEXT, width=20)
_CELLS: Final = (
    Cell("given", Kind.QUANTITY, ("mL",)),
    Cell("started_at", Kind.MOMENT),
    Cell("ended_at", Kind.MOMENT),
    Cell("reaction", Kind.CHOICE, ("yes", "no", "unknown")),
    Cell("reaction_text", Kind.TEXT, width=_WIDE),
    Cell("fate", Kind.CHOICE, FATES),
    Cell("lost", Kind.QUANTITY, ("mL",)),
    Cell("fate_text", Kind.TEXT, width=_WIDE),
)
_OF_REST: Final = ("fate", "lost", "fate_text")
_KEPT: Final = ("returned", "stored", "refrozen", "other")
_SIGNS: Final = {Severity.STOP: Sign.STOP, Severity.REVIEW: Sign.REVIEW, Severity.NOTE: Sign.NOTE}
_UNTYPED: Final = "-unknown"
"""Findings about what nobody has typed end so."""


def untyped(finding: Finding) -> bool:
    """Whether it is told at the end, and not beside an entry: one is empty, or it is about no single one."""
    return finding.code.endswith(_UNTYPED) or finding.path.count(".") < _DEEP


def sign_of(finding: Finding) -> Sign:
    """The sign of a finding."""
    return _SIGNS[finding.severity]


def text_row(path: str, label: str, words: Words) -> RowEdit:
    """A line of words under ``label``."""
    row = RowEdit(Row(path, (Cell(path, Kind.TEXT, width=_WIDE),)), None)
    row.word(words, label)
    return row


class BagRows(QWidget):
    """The rows of one bag; one that the order does not name begins with its number, and has no rest to account for."""

    edited = Signal(str, str)

    def __init__(self, source: Source, place: int, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.path = f"bags.{place}"
        other = place >= len(source.ordered.bags)
        cells = (_DIN, *(cell for cell in _CELLS if cell.path not in _OF_REST)) if other else _CELLS
        self.rows: dict[str, RowEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        heading = QLabel(bag_heading(source, place, words), self)
        font = QFont(heading.font())
        font.setBold(True)
        heading.setFont(font)
        heading.setWordWrap(True)
        column.addWidget(heading)
        for cell in cells:
            path = f"{self.path}.{cell.path}"
            row = RowEdit(Row(path, (cell._replace(path=path),)), None, self)
            row.word(words, words(say.LABELS[cell.path]))
            row.edited.connect(self.edited)
            self.rows[cell.path] = row
            column.addWidget(row)
        self.heading = heading.text()

    def all_rows(self) -> Iterator[RowEdit]:
        """All rows, in their order."""
        yield from self.rows.values()

    def show_wanted(self, text_at: Callable[[str], str]) -> None:
        """Ask only for what can be said; what was typed is never hidden."""
        at = {name: text_at(f"{self.path}.{name}") for name in ("reaction", "reaction_text", "fate", "fate_text")}
        lost = text_at(f"{self.path}.lost.value")
        self.rows["reaction_text"].setVisible(at["reaction"] == "yes" or bool(at["reaction_text"]))
        if "fate" in self.rows:
            kept = at["fate"] in _KEPT
            self.rows["lost"].setVisible(kept or bool(lost))
            self.rows["fate_text"].setVisible(kept or at["fate"] == "discarded" or bool(at["fate_text"]))

    def show_reading(self, reading: Reading) -> None:
        """Say beside each entry what is wrong or odd about it."""
        places = {row_path: position for position, row in enumerate(self.all_rows()) for row_path in row.places()}
        problems: dict[int, list[Problem]] = {}
        notes: dict[int, list[Finding]] = {}
        for problem in reading.problems:
            if problem.path.startswith(f"{self.path}.") and (position := best(problem.path, places)) is not None:
                problems.setdefault(position, []).append(problem)
        for finding in reading.findings:
            if finding.path.startswith(f"{self.path}.") and not untyped(finding):
                notes.setdefault(best(finding.path, places) or 0, []).append(finding)
        for position, row in enumerate(self.all_rows()):
            row.show_problems(problems.get(position, []), self._words)
            odd = notes.get(position, [])
            text = " ".join(finding_words(finding, self._words) for finding in odd)
            row.show_note(text, sign_of(odd[0]) if odd else Sign.NOTE)
