"""Beneath the entries of a criterion: its verdict in sign and word, value against limit, and the record's wording."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dlicalc.domain.eligibility import Status
from dlicalc.domain.finding import Finding, Severity
from dlicalc.gui.row_edit import label_width
from dlicalc.gui.signs import Sign, Strip, paint_sign
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.eligibility_view import CriterionView
from dlicalc.services.wording import Words
from dlicalc.services.wording.eligibility_page import DECIDE, WITHDRAW
from dlicalc.services.wording.window import FIELD_NAME

VERDICT_SIGNS: Final = {
    Status.EXCLUDED: Sign.STOP,
    Status.NOT_EVALUABLE: Sign.EMPTY,
    Status.NOT_EXCLUDED: Sign.GOOD,
}
SEVERITY_SIGNS: Final[Mapping[Severity, Sign]] = {
    Severity.STOP: Sign.STOP,
    Severity.REVIEW: Sign.REVIEW,
    Severity.NOTE: Sign.NOTE,
}
_SMALL: Final = 0.85


class Chip(QWidget):
    """Sign and word on their ground; what is good stays quiet, on the ground of the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._sign, self._word = Sign.EMPTY, ""

    def show_state(self, sign: Sign, word: str) -> None:
        """Show ``word`` under ``sign``."""
        if (sign, word) != (self._sign, self._word):
            self._sign, self._word = sign, word
            self.setAccessibleName(word)
            self.updateGeometry()
            self.update()

    def state(self) -> tuple[Sign, str]:
        """What is shown."""
        return self._sign, self._word

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(_bold(self.font()))

    def sizeHint(self) -> QSize:
        """Room for sign and word."""
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._word) + metrics.height() + 14, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Sign and word stay whole."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the sign and the word."""
        painter = QPainter(self)
        palette, quiet = self.palette(), self._sign is Sign.GOOD
        ground = palette.color(QPalette.ColorRole.Window) if quiet else QColor(self._sign.value.ground)
        ink = palette.color(QPalette.ColorRole.WindowText) if quiet else QColor(self._sign.value.ink)
        box = QRectF(0, 0, self.sizeHint().width(), self.height())
        if not quiet:
            painter.fillRect(box, ground)
        if self._sign is Sign.EMPTY:  # its ground alone would hardly stand out from the page
            painter.setPen(ink)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        size = self._metrics().height() - 4.0
        paint_sign(painter, self._sign, QRectF(5, (self.height() - size) / 2, size, size), ink, ground)
        painter.setFont(self.font() if quiet else _bold(self.font()))
        painter.setPen(ink)
        painter.drawText(box.adjusted(size + 10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


class VerdictLine(QWidget):
    """The verdict on one criterion, and the buttons by which a prescriber decides it or takes that back."""

    decide_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CriterionView | None = None
        self.chip = Chip(self)
        self.measure, self.details, self.record = (_wrapped(self) for _ in range(3))
        font = QFont(self.record.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        self.record.setFont(font)
        self.remark, self.decided = Strip(self), Strip(self)
        self.decide, self.withdraw = narrow_button(self), narrow_button(self)
        self._line, self.texts = QHBoxLayout(self), QVBoxLayout()
        self._lay_out()
        self.decide.clicked.connect(lambda: self.decide_asked.emit(self.finding()))
        self.withdraw.clicked.connect(lambda: self.withdraw_asked.emit(self.finding()))

    def _lay_out(self) -> None:
        for part in (self.measure, self.details, self.remark, self.decided, self.record):
            self.texts.addWidget(part)
        self.texts.addStretch(1)
        self.texts.setSpacing(2)
        self._line.setContentsMargins(0, 0, 0, 8)
        self._line.setSpacing(12)
        self._line.addLayout(column(self.chip, self.decide, self.withdraw))
        self._line.addLayout(self.texts, 1)
        for widget in (self.details, self.remark, self.decided, self.withdraw, self.decide):
            widget.hide()

    def finding(self) -> Finding | None:
        """The stop of the criterion, if it has one."""
        return self._view.finding if self._view is not None else None

    def passed(self) -> bool:
        """Whether nothing is left to do here."""
        return self._view is not None and self._view.passed

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sign in the column of the labels."""
        super().resizeEvent(event)
        self.chip.setFixedWidth(max(label_width(self), self.chip.sizeHint().width()))

    def show_view(self, view: CriterionView) -> None:
        """Show ``view``; texts that stay are left alone."""
        if view == self._view:
            return
        self._view = view
        sign = Sign.REVIEW if view.decided else VERDICT_SIGNS[view.status]
        self.chip.show_state(sign, view.word)
        short = len(view.details) == 1
        self.measure.setText(unbroken(" · ".join((view.measure, *view.details)) if short else view.measure))
        self.details.setText("" if short else unbroken("\n".join(view.details)))
        self.details.setVisible(bool(self.details.text()))
        self.record.setText(f"“{view.record}”")
        self.record.setToolTip(view.source)
        if view.remarks:
            self.remark.show_state(SEVERITY_SIGNS[view.urgency], unbroken(" ".join(view.remarks)))
        self.remark.setVisible(bool(view.remarks))
        if view.decided:
            self.decided.show_state(Sign.REVIEW, view.decided)
        self.decided.setVisible(bool(view.decided))
        self.withdraw.setVisible(bool(view.decided))
        self.decide.setVisible(view.finding is not None and view.finding.blocks)
        self.setAccessibleName(f"{view.name}: {view.word}. {view.measure}")

    def retranslate(self, words: Words, name: str) -> None:
        """Word the buttons; ``name`` is the criterion's."""
        for button, sentence in ((self.decide, DECIDE), (self.withdraw, WITHDRAW)):
            button.setText(words(sentence))
            button.setAccessibleName(words.translate(FIELD_NAME).format(label=name, part=button.text()))


def narrow_button(parent: QWidget) -> QPushButton:
    """A button no wider than its word."""
    button = QPushButton(parent)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def column(*widgets: QWidget) -> QVBoxLayout:
    """The widgets beneath each other, at the top."""
    layout = QVBoxLayout()
    layout.setSpacing(4)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def _wrapped(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
