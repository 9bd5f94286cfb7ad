"""The stops of a case that are no criteria: each a way to its entry, decided here or with the reason why nobody can."""

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionFocusRect,
    QVBoxLayout,
    QWidget,
)

from dlicalc.domain.finding import Finding
from dlicalc.gui.findings_list import Line
from dlicalc.gui.row_edit import label_width
from dlicalc.gui.verdict_line import Chip, column, narrow_button
from dlicalc.services.wording import Words
from dlicalc.services.wording.eligibility_page import DECIDE, OTHER, WITHDRAW
from dlicalc.services.wording.window import FIELD_NAME

_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_MARGIN: Final = 2


class WayThere(QAbstractButton):
    """Words that lead to an entry by click, Enter or the space bar; they wrap where the page is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _height(self, width: int) -> int:
        box = QFontMetrics(self.font()).boundingRect(QRect(0, 0, width - 2 * _MARGIN, 10**4), _WRAPPED, self.text())
        return box.height() + 2 * _MARGIN

    def heightForWidth(self, width: int) -> int:
        """The narrower, the higher."""
        return self._height(max(width, self.minimumSizeHint().width()))

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def sizeHint(self) -> QSize:
        """All words in a line of moderate length."""
        width = QFontMetrics(self.font()).horizontalAdvance("n") * 40
        return QSize(width, self._height(width))

    def minimumSizeHint(self) -> QSize:
        """A few words in each line."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("n") * 12, metrics.height() + 2 * _MARGIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, underlined under the mouse, and the frame of the keyboard."""
        painter = QPainter(self)
        font = QFont(self.font())
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), _WRAPPED, self.text())
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
        painter.end()


class StopView(NamedTuple):
    """A stop as it is shown; ``reason`` says why nobody can decide it."""

    line: Line
    reason: str
    withdrawable: bool


class StopLine(QWidget):
    """One stop."""

    path_asked = Signal(str)
    decide_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[StopView, Words] | None = None
        self.chip, self.way = Chip(self), WayThere(self)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        self.reason.setContentsMargins(_MARGIN, 0, 0, 0)
        self.decide, self.withdraw = narrow_button(self), narrow_button(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(12)
        layout.addLayout(column(self.chip, self.decide, self.withdraw))
        layout.addLayout(column(self.way, self.reason), 1)
        self.way.clicked.connect(self._go)
        self.decide.clicked.connect(lambda: self.decide_asked.emit(self.finding()))
        self.withdraw.clicked.connect(lambda: self.withdraw_asked.emit(self.finding()))

    def _go(self) -> None:
        finding = self.finding()
        if finding is not None:
            self.path_asked.emit(finding.path)

    def finding(self) -> Finding | None:
        """The stop shown."""
        return self._shown[0].line.finding if self._shown is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign in the column of the labels."""
        super().resizeEvent(event)
        self.chip.setFixedWidth(max(label_width(self), self.chip.sizeHint().width()))

    def show_view(self, view: StopView, words: Words) -> None:
        """Show ``view``; texts that stay are left alone."""
        if (view, words) == self._shown:
            return
        self._shown = view, words
        line = view.line
        self.chip.show_state(line.sign, line.word)
        self.way.setText(f"{line.label}: {line.sentence}" if line.label else line.sentence)
        self.way.updateGeometry()
        self.reason.setText(view.reason)
        self.reason.setVisible(bool(view.reason))
        self.decide.setVisible(line.finding.decidable and line.finding.blocks)
        self.withdraw.setVisible(view.withdrawable)
        for button, sentence in ((self.decide, DECIDE), (self.withdraw, WITHDRAW)):
            button.setText(words(sentence))
            name = words.translate(FIELD_NAME).format(label=self.way.text(), part=button.text())
            button.setAccessibleName(name)


class StopLines(QWidget):
    """All of them under one heading; lines are kept and used again."""

    path_asked = Signal(str)
    decide_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[StopLine] = []
        self.heading = QLabel(self)
        font = QFont(self.heading.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.1)
        self.heading.setFont(font)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.addWidget(self.heading)

    def show_views(self, views: tuple[StopView, ...], words: Words) -> None:
        """Show ``views``, in this order."""
        while len(self.lines) < len(views):
            self._add_line()
        for line, view in zip(self.lines, views, strict=False):
            line.show_view(view, words)
        for position, line in enumerate(self.lines):
            line.setVisible(position < len(views))
        self.setVisible(bool(views))

    def _add_line(self) -> None:
        line = StopLine(self)
        line.path_asked.connect(self.path_asked)
        line.decide_asked.connect(self.decide_asked)
        line.withdraw_asked.connect(self.withdraw_asked)
        self._layout.addWidget(line)
        if self.lines:
            QWidget.setTabOrder(self.lines[-1].withdraw, line.way)
        self.lines.append(line)

    def line_at(self, path: str) -> StopLine | None:
        """The line that is shown for a finding at ``path``."""
        shown = (line for line in self.lines if not line.isHidden())
        return next((line for line in shown if (finding := line.finding()) and finding.path == path), None)

    def retranslate(self, words: Words) -> None:
        """Word the heading; the lines are worded when they are shown."""
        self.heading.setText(words(OTHER))
