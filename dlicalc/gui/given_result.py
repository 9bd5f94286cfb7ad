"""The dose that was given beside the one ordered, what is left, and what is said at no entry."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from dlicalc.domain.finding import Severity
from dlicalc.gui.given_entries import sign_of, untyped
from dlicalc.gui.signs import Sign
from dlicalc.gui.verify_dialog import Results
from dlicalc.services.given import Reading
from dlicalc.services.given_order import Source
from dlicalc.services.given_words import dose_rows, finding_words, rest_lines
from dlicalc.services.order_text import NOTHING
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say
from dlicalc.services.wording.order import BAG

_ROWS = 3


class GivenResult(QWidget):
    """Follows every key; nothing in it takes the keyboard."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._head = [QLabel(words(text), self) for text in ("", *say.COMPARED) if text]
        self._cells = [[QLabel(self) for _ in range(4)] for _ in range(_ROWS)]
        self._rest = QLabel(self)
        self._rest.setWordWrap(True)
        self.findings = Results(self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(3, 1)
        for column, label in enumerate(self._head, start=1):
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignBottom)
        for line, cells in enumerate(self._cells, start=1):
            for column, label in enumerate(cells):
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(True)
                grid.addWidget(label, line, column, Qt.AlignmentFlag.AlignTop)
            _make_bold(cells[2])
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 8, 0, 8)
        column_layout.addLayout(grid)
        column_layout.addWidget(self._rest)
        column_layout.addWidget(self.findings)

    def show_reading(self, source: Source, reading: Reading) -> None:
        """Show what follows from what is typed now."""
        words = self._words
        for cells, row in zip(self._cells, dose_rows(source, reading, words), strict=True):
            for label, text in zip(cells, row, strict=True):
                label.setText(text)
            cells[2].setAccessibleName(f"{row.what}, {words(say.COMPARED[1])}: {row.given} {row.difference}")
        self._rest.setText(" · ".join(rest_lines(source, reading, words)))
        lines = [] if reading.dose is not None else [(Sign.REVIEW, words(say.NO_DOSE), True)]
        for finding in filter(untyped, reading.findings):
            text = _placed(finding.path, finding_words(finding, words), len(reading.bags) > 1, words)
            lines.append((sign_of(finding), text, finding.severity is Severity.STOP))
        self.findings.show_lines(lines)

    def text(self) -> str:
        """All that is shown, for tests and screen readers."""
        table = "\n".join(" | ".join(label.text() or NOTHING for label in cells) for cells in self._cells)
        return f"{table}\n{self._rest.text()}\n{self.findings.text()}"


def _placed(path: str, sentence: str, several: bool, words: Words) -> str:
    """The sentence, with its bag where there are several."""
    parts = path.split(".")
    if not several or parts[0] != "bags" or len(parts) == 1:
        return sentence
    return f"{words(BAG, bag=int(parts[1]) + 1)}: {sentence}"


def _make_bold(label: QLabel) -> None:
    font = QFont(label.font())
    font.setBold(True)
    label.setFont(font)
