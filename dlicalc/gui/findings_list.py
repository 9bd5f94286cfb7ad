"""All findings, worst first; click or Enter leads to the field a finding speaks of."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from dlicalc.domain.finding import Finding
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.finding_lines import ENTRY, FindingDelegate, Line, LineDelegate, line_of
from dlicalc.gui.row_edit import problem_words
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import DECIDE, FINDINGS, NO_FINDING, WITHDRAW

__all__ = ["FindingDelegate", "FindingsList", "Line", "line_of"]

_UNREADABLE = "entry.unreadable"


class LineList(QListWidget):
    """The lines; of those that stay nothing is asked or told again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # When it meets a viewport made by Qt, PySide loads every kind of widget to see which it is.
        viewport = QWidget(self)
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
        viewport.setAutoFillBackground(True)
        self.setViewport(viewport)
        self.lines: list[Line] = []
        self._room: tuple[int, str] | None = None
        self._delegate = LineDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(150)

    def show_lines(self, lines: list[Line]) -> None:
        """Show ``lines``; items are taken out and put in where they differ from those before."""
        first, last = _difference(self.lines, lines)
        old, new = self.lines[first : len(self.lines) - last], lines[first : len(lines) - last]
        self.lines = lines
        self._delegate.lines.fit({line.word for line in lines})
        for _ in range(len(old) - len(new)):
            self.takeItem(first + len(new))
        for place, line in enumerate(new, start=first):
            if place - first >= len(old):
                self.insertItem(place, QListWidgetItem())
            item = self.item(place)
            item.setData(ENTRY, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.word}: {line.label}: {line.sentence}")
        self._measure(range(first, first + len(new)))

    def _measure(self, rows: Iterable[int] = ()) -> None:
        """Tell the items of ``rows`` how high they are, and all if there is other room for them."""
        room = self._delegate.lines.room()
        for row in rows if room == self._room else range(len(self.lines)):
            self.item(row).setSizeHint(QSize(1, self._delegate.lines.height(self.lines[row])))
        self._room = room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower sentences are higher."""
        self._measure()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another font have other heights."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()

    def forget(self) -> None:
        """Keep no picture and no sentence of what was shown."""
        self._delegate.lines.forget()


def _difference(before: Sequence[Line], lines: Sequence[Line]) -> tuple[int, int]:
    """How many lines at the beginning, and of the rest how many at the end, are the same."""
    most = min(len(before), len(lines))
    first = next((place for place in range(most) if before[place] is not lines[place]), most)
    rest = range(most - first)
    last = next((place for place in rest if before[-1 - place] is not lines[-1 - place]), most - first)
    return first, last


class FindingsList(QWidget):
    """The list, and the buttons by which a prescriber decides a stop or takes a decision back."""

    chosen = Signal(str)
    decide_asked = Signal(object)
    withdrawn = Signal(int)

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._heading = QLabel(self)
        font = QFont(self._heading.font())
        font.setBold(True)
        self._heading.setFont(font)
        self.list = LineList(self)
        self._words = Words()
        self._nothing = QLabel(self)
        self.decide, self.withdraw = QPushButton(self), QPushButton(self)
        buttons = QHBoxLayout()
        buttons.addWidget(self.decide)
        buttons.addWidget(self.withdraw)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self._heading.setBuddy(self.list)
        self._connect()

    def _connect(self) -> None:
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self.list.currentRowChanged.connect(lambda _row: self._enable())
        self.decide.clicked.connect(self._ask)
        self.withdraw.clicked.connect(self._withdraw)

    def _choose(self, item: QListWidgetItem) -> None:
        line: Line = item.data(ENTRY)
        self.chosen.emit(line.finding.path)

    def current(self) -> Finding | None:
        """The finding that is selected."""
        row = self.list.currentRow()
        return self.list.lines[row].finding if row >= 0 else None

    def _ask(self) -> None:
        finding = self.current()
        if finding is not None:
            self.decide_asked.emit(finding)

    def _decision(self) -> int | None:
        finding = self.current()
        return None if finding is None else self._view_model.decision_on(finding.code, finding.path)

    def _withdraw(self) -> None:
        place = self._decision()
        if place is not None:
            self.withdrawn.emit(place)

    def _enable(self) -> None:
        finding = self.current()
        self.decide.setEnabled(finding is not None and finding.decidable and finding.blocks)
        self.withdraw.setEnabled(self._decision() is not None)

    def show_findings(self, snapshot: Snapshot, words: Words) -> None:
        """Show the findings of ``snapshot``; the one selected stays so as long as it stands."""
        before = self.current()
        lines = self._lines(snapshot, words)
        if lines != self.list.lines:
            self.list.blockSignals(True)
            self.list.show_lines(lines)
            self.list.blockSignals(False)
            self._select(before)
        self.list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._enable()

    def _lines(self, snapshot: Snapshot, words: Words) -> list[Line]:
        """The lines of all findings; one that stands as it stood is the same as before."""
        kept = self.list.lines if words is self._words else []
        self._words = words
        known = {(line.finding.code, line.finding.path): line for line in kept if line.finding.code != _UNREADABLE}
        slips = {problem.path: problem_words(problem, words) for problem in snapshot.problems}
        lines = []
        for finding in snapshot.evaluation.findings:
            line = known.get((finding.code, finding.path))
            lines.append(line if line is not None and line.finding == finding else line_of(finding, words, slips))
        return lines

    def forget(self) -> None:
        """Another case is about to be shown: keep nothing of the one before."""
        self.list.forget()

    def _select(self, finding: Finding | None) -> None:
        wanted = None if finding is None else (finding.code, finding.path)
        rows = (row for row, line in enumerate(self.list.lines) if (line.finding.code, line.finding.path) == wanted)
        self.list.setCurrentRow(next(rows, -1))

    def retranslate(self, words: Words) -> None:
        """Word what does not depend on the case."""
        self._heading.setText(words(FINDINGS))
        self.list.setAccessibleName(words(FINDINGS))
        self._nothing.setText(words(NO_FINDING))
        self.decide.setText(words(DECIDE))
        self.withdraw.setText(words(WITHDRAW))
