"""Parts of the page of the dose: the figures side by side, what hinders a dose, the worked sum."""

from html import escape
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.signs import Sign, Strip
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.dose_view import Figure, worked
from dlicalc.services.wording import Words
from dlicalc.services.wording.dose_page import NO_DOSE, NO_STEPS
from dlicalc.services.wording.window import A_BAG

_LARGE: Final = 1.5
_LARGEST: Final = 2.2
_PAUSE: Final = 80
"""Milliseconds without a change after which the worked sum is worded."""


class FigureBox(QFrame):
    """One volume: caption, value in large type, remark."""

    def __init__(self, factor: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._caption, self.value, self.remark = (QLabel(self) for _ in range(3))
        font = self.value.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        font.setBold(True)
        self.value.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 6)
        layout.setSpacing(0)
        for label in (self._caption, self.value, self.remark):
            layout.addWidget(label)

    def show_figure(self, figure: Figure) -> None:
        """Show the volume; the target that ends the filling has a mark."""
        remark = f"◀ {figure.remark}" if figure.limits else figure.remark
        for label, text in ((self._caption, figure.caption), (self.value, figure.value), (self.remark, remark)):
            if label.text() != unbroken(text):
                label.setText(unbroken(text))
        self.setAccessibleName(f"{figure.caption}: {figure.value}. {figure.remark}".rstrip(". "))


class Figures(QWidget):
    """The volume for each target and the ordered one, beneath each other where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=8, line_gap=6)
        self.boxes = [FigureBox(factor, self) for factor in (_LARGE, _LARGE, _LARGEST)]
        for box in self.boxes:
            flow.addWidget(box)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Show all three."""
        for box, figure in zip(self.boxes, figures, strict=True):
            box.show_figure(figure)


class Hindrances(QWidget):
    """Why there is no dose: for each entry a button that leads to it, and what is wrong with it."""

    path_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = Strip(self)
        self.lines: list[tuple[QPushButton, QLabel]] = []
        self._paths: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._lead, 0, 0, 1, 2)

    def show_findings(self, findings: tuple[Finding, ...], words: Words) -> None:
        """One line for each; hidden if there is none."""
        self.setVisible(bool(findings))
        if findings:
            self._lead.show_state(Sign.EMPTY, words(NO_DOSE))
        while len(self.lines) < len(findings):
            self._add()
        self._paths = [finding.path for finding in findings]
        for (link, reason), finding in zip(self.lines, findings, strict=False):
            entry, sentence = label_of(finding.path, words) or words(A_BAG), words.finding(finding)
            if (link.accessibleName(), reason.text()) != (entry, sentence):
                link.setText(entry.replace("&", "&&"))
                link.setAccessibleName(entry)
                link.setAccessibleDescription(sentence)
                reason.setText(sentence)
        for number, line in enumerate(self.lines):
            for widget in line:
                widget.setVisible(number < len(findings))

    def _add(self) -> None:
        link, reason, place = QPushButton(self), QLabel(self), len(self.lines)
        reason.setWordWrap(True)
        reason.setTextFormat(Qt.TextFormat.PlainText)
        link.clicked.connect(lambda: self.path_asked.emit(self._paths[place]))
        self._grid.addWidget(link, place + 1, 0)
        self._grid.addWidget(reason, place + 1, 1)
        self.lines.append((link, reason))


class WorkedSum(QLabel):
    """Every step in words with its result, to be read, selected and copied; worded when the typing pauses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._evaluation: Evaluation | None = None
        self._words = Words()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._word)

    def show_evaluation(self, evaluation: Evaluation, words: Words) -> None:
        """Show the steps of ``evaluation``, soon."""
        before = self._evaluation
        self._evaluation = evaluation
        if before is None or words is not self._words or not self.isVisible():
            self._words = words
            self._word()
        elif before.steps != evaluation.steps:
            self._timer.start()

    def catch_up(self) -> None:
        """Show now what would be shown soon."""
        if self._timer.isActive():
            self._word()

    def _word(self) -> None:
        self._timer.stop()
        assert self._evaluation is not None  # started only with one
        self.setText(_listed(worked(self._evaluation, self._words)) or escape(self._words(NO_STEPS)))


def _listed(steps: tuple[tuple[str, str], ...]) -> str:
    """The steps as a numbered list."""
    lines = (f"<li>{_joined(sentence, result)}</li>" for sentence, result in steps)
    return f'<ol style="margin-left: 0; -qt-list-indent: 1">{"".join(lines)}</ol>' if steps else ""


def _joined(sentence: str, result: str) -> str:
    sign = "" if result.startswith("≈") else "= "
    return f"{escape(unbroken(sentence))} <b>{escape(unbroken(sign + result))}</b>"
