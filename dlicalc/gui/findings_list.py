"""All findings, worst first; click or Enter leads to the field a finding speaks of."""

from collections.abc import Mapping
from math import ceil
from typing import Final, NamedTuple, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dlicalc.domain.finding import Finding, Severity
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.row_edit import problem_words
from dlicalc.gui.signs import Sign, paint_sign
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import DECIDE, DECIDED, FINDINGS, NO_FINDING, WITHDRAW

_SIGNS: Final = {Severity.STOP: Sign.STOP, Severity.REVIEW: Sign.REVIEW, Severity.NOTE: Sign.NOTE}
_ENTRY: Final = Qt.ItemDataRole.UserRole
_GAP: Final = 8
_NARROWEST: Final = 60
_KEPT: Final = 64
"""Lines whose height and picture are kept."""
Index = QModelIndex | QPersistentModelIndex
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Line(NamedTuple):
    """A finding as it is shown."""

    finding: Finding
    sign: Sign
    word: str
    label: str
    sentence: str


def line_of(finding: Finding, words: Words, slips: Mapping[str, str]) -> Line:
    """Severity in a word, the field it speaks of, and the sentence; an unreadable entry says what is wrong with it."""
    unreadable = finding.code == "entry.unreadable" and finding.path in slips
    sentence = slips[finding.path] if unreadable else words.finding(finding)
    if finding.ruling is not None:
        decided = words.translate(DECIDED).format(by=finding.ruling.by, reason=finding.ruling.reason)
        sentence = f"{sentence} {decided}"
    word = words.term("decided") if finding.ruling is not None else words.term(finding.severity.label)
    sign = Sign.REVIEW if finding.ruling is not None else _SIGNS[finding.severity]
    return Line(finding, sign, word.upper(), label_of(finding.path, words), unbroken(sentence))


class FindingDelegate(QStyledItemDelegate):
    """Draws a finding: sign and word on their ground, the field in bold, the sentence beneath it."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self._chip = 0
        self._heights: dict[tuple[str, str, int], int] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def forget(self) -> None:
        """Keep no picture and no sentence of what was shown."""
        self._heights.clear()
        self._pictures.clear()

    def fit(self, words: set[str]) -> None:
        """Make room for the widest of the severity words."""
        metrics = QFontMetrics(_bold(self._view.font()))
        self._chip = max((metrics.horizontalAdvance(word) for word in words), default=0) + metrics.height() + 14

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the sentence is at the width of the list."""
        line: Line = index.data(_ENTRY)
        metrics = QFontMetrics(self._view.font())
        whole = self._view.viewport().width()
        width = max(whole - self._chip - 2 * _GAP, _NARROWEST)
        key = line.sentence, self._view.font().key(), width
        if key not in self._heights:
            box = metrics.boundingRect(QRect(0, 0, width, 10**4), Qt.TextFlag.TextWordWrap, line.sentence)
            _bounded(self._heights)[key] = box.height()
        label = metrics.height() if line.label else 0
        return QSize(whole, max(self._heights[key] + label, metrics.height() + 4) + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one finding; a line that stays is not drawn again at every keystroke."""
        line: Line = index.data(_ENTRY)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        selected = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        ratio = self._view.devicePixelRatioF()
        look = palette.cacheKey(), palette.currentColorGroup(), self._view.font().key(), ratio, self._chip, selected
        key = *line[1:], rect.width(), rect.height(), *look
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._picture(line, palette, rect.size(), ratio, selected=selected)
            _bounded(self._pictures)[key] = picture
        painter.drawPixmap(rect.topLeft(), picture)

    def _picture(self, line: Line, palette: QPalette, size: QSize, ratio: float, *, selected: bool) -> QPixmap:
        picture = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base))
        painter = QPainter(picture)
        ink = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        self._draw(painter, line, QRect(QPoint(), size), ink)
        painter.end()
        return picture

    def _draw(self, painter: QPainter, line: Line, rect: QRect, ink: QColor) -> None:
        view = self._view
        box = rect.adjusted(4, 4, -4, -4)
        chip = QRect(box.left(), box.top(), self._chip, QFontMetrics(view.font()).height() + 4)
        self._paint_chip(painter, chip, line, view)
        text = box.adjusted(self._chip + _GAP, 0, 0, 0)
        painter.setPen(ink)
        if line.label:
            painter.setFont(_bold(view.font()))
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line.label)
            text = text.adjusted(0, QFontMetrics(view.font()).height(), 0, 0)
        painter.setFont(view.font())
        painter.drawText(text, Qt.TextFlag.TextWordWrap, line.sentence)

    @staticmethod
    def _paint_chip(painter: QPainter, box: QRect, line: Line, view: QListWidget) -> None:
        ground, ink = QColor(line.sign.value.ground), QColor(line.sign.value.ink)
        painter.fillRect(box, ground)
        size = QFontMetrics(view.font()).height() - 4.0
        sign = QRectF(box.left() + 5, box.top() + (box.height() - size) / 2, size, size)
        paint_sign(painter, line.sign, sign, ink, ground)
        painter.setPen(ink)
        painter.setFont(_bold(view.font()))
        words = box.adjusted(round(size) + 10, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.word)


def _bounded(kept: dict[_Key, _Value]) -> dict[_Key, _Value]:
    """``kept``, emptied when there is much in it."""
    if len(kept) >= _KEPT:
        kept.clear()
    return kept


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


class FindingsList(QWidget):
    """The list, and the buttons by which a prescriber decides a stop or takes a decision back."""

    chosen = Signal(str)
    decide_asked = Signal(object)
    withdrawn = Signal(int)

    def __init__(self, view_model: CaseViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._heading = QLabel(self)
        self._heading.setFont(_bold(self._heading.font()))
        self.list = QListWidget(self)
        self._delegate = FindingDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(150)
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
        self.chosen.emit(item.data(_ENTRY).finding.path)

    def current(self) -> Finding | None:
        """The finding that is selected."""
        row = self.list.currentRow()
        return self._finding(row) if row >= 0 else None

    def _finding(self, row: int) -> Finding:
        line: Line = self.list.item(row).data(_ENTRY)
        return line.finding

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
        slips = {problem.path: problem_words(problem, words) for problem in snapshot.problems}
        lines = [line_of(finding, words, slips) for finding in snapshot.evaluation.findings]
        if lines != [self.list.item(row).data(_ENTRY) for row in range(self.list.count())]:
            self._fill(lines)
            self._select(before)
        self.list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._enable()

    def forget(self) -> None:
        """Another case is about to be shown: keep nothing of the one before."""
        self._delegate.forget()

    def _fill(self, lines: list[Line]) -> None:
        self._delegate.fit({line.word for line in lines})
        self.list.blockSignals(True)
        while self.list.count() > len(lines):
            self.list.takeItem(self.list.count() - 1)
        for row, line in enumerate(lines):
            if row == self.list.count():
                self.list.addItem(QListWidgetItem())
            item = self.list.item(row)
            item.setData(_ENTRY, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{line.word}: {line.label}: {line.sentence}")
        self.list.blockSignals(False)
        self.list.scheduleDelayedItemsLayout()

    def _select(self, finding: Finding | None) -> None:
        wanted = None if finding is None else (finding.code, finding.path)
        rows = range(self.list.count())
        found = (row for row in rows if (self._finding(row).code, self._finding(row).path) == wanted)
        self.list.setCurrentRow(next(found, -1))

    def retranslate(self, words: Words) -> None:
        """Word what does not depend on the case."""
        self._heading.setText(words(FINDINGS))
        self.list.setAccessibleName(words(FINDINGS))
        self._nothing.setText(words(NO_FINDING))
        self.decide.setText(words(DECIDE))
        self.withdraw.setText(words(WITHDRAW))
