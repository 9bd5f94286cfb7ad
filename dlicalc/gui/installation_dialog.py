"""Help → Verify this installation: every file, every reference case, and a report that two people sign."""

import time
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dlicalc.domain.entered import LONGEST_TEXT
from dlicalc.gui.mnemonic import without_mnemonic
from dlicalc.gui.parts import InstallationTest
from dlicalc.gui.row_edit import problem_words
from dlicalc.gui.save_path import path_to_save
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.problem import Refused
from dlicalc.services.self_report import lines
from dlicalc.services.wording import Words
from dlicalc.services.wording import selftest as say
from dlicalc.services.wording.window import CLOSE, PDF_FILES

_SLICE: Final = 0.01
"""Seconds of work between two looks at what people do."""
_WHOLE: Final = 1000
_LONGEST: Final = 80
_MOST: Final = 40
"""Lines that are shown; all of them are in the report."""
_PAPER: Final = "A4"


class InstallationDialog(QDialog):
    """Works in slices of the event loop, so that it can be watched and stopped."""

    def __init__(
        self,
        make_test: Callable[[str], InstallationTest],
        save_bytes: Callable[[str, bytes], None],
        words: Words,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_test, self._save_bytes, self._words = make_test, save_bytes, words
        self.test: InstallationTest | None = None
        self._steps: Iterator[tuple[float, str]] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._slice)
        self.site_line, self.chosen_language = QLineEdit(self), QComboBox(self)
        self.progress, self.doing, self.verdict = QProgressBar(self), QLabel(self), Strip(self)
        self.found = QLabel(self)
        self._make_fields(language)
        self._lay_out()
        self.verdict.hide()

    def _make_fields(self, language: str) -> None:
        words = self._words
        self.setWindowTitle(words(say.WINDOW_TITLE))
        self.site_line.setMaxLength(min(_LONGEST, LONGEST_TEXT))
        for field, name, about in (
            (self.site_line, say.SITE_LINE, say.SITE_LINE_HELP),
            (self.chosen_language, say.LANGUAGE, say.LANGUAGE),
            (self.progress, say.PROGRESS, say.PROGRESS),
        ):
            field.setAccessibleName(words(name))
            field.setAccessibleDescription(words(about))
            field.setToolTip(words(about))
        for code, name in (("en", "English"), ("zh_CN", "简体中文"), ("both", words(say.BOTH))):
            self.chosen_language.addItem(name, code)
        self.chosen_language.setCurrentIndex(self.chosen_language.findData(language))
        self.progress.setRange(0, _WHOLE)
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        by = Qt.TextInteractionFlag
        self.found.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self.begin, self.stop, self.save = (QPushButton(words(text), self) for text in (say.START, say.STOP, say.SAVE))
        for button, slot in ((self.begin, self.start), (self.stop, self.cancel), (self.save, self.save_report)):
            button.clicked.connect(slot)
            button.setAutoDefault(False)
        self.begin.setDefault(True)
        self._enable(running=False)

    def _lay_out(self) -> None:
        words = self._words
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        lead = QLabel(words(say.LEAD), inside)
        lead.setWordWrap(True)
        column.addWidget(lead)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(words(say.SITE_LINE), self.site_line)
        form.addRow(words(say.LANGUAGE), self.chosen_language)
        column.addLayout(form)
        for part in (self.progress, self.doing, self.verdict, self.found):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        for button in (self.begin, self.stop, self.save):
            buttons.addButton(button, role)
        close = buttons.addButton(without_mnemonic(words(CLOSE)), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        outside = QVBoxLayout(self)
        outside.addWidget(area, 1)
        outside.addWidget(buttons)
        em = self.fontMetrics().horizontalAdvance("n")
        self.resize(self.screen().availableSize().boundedTo(self.sizeHint().expandedTo(self.size())))
        self.resize(
            min(em * 90, self.screen().availableSize().width()), min(em * 60, self.screen().availableSize().height())
        )

    def _enable(self, *, running: bool) -> None:
        self.begin.setEnabled(not running)
        self.site_line.setEnabled(not running)
        self.stop.setEnabled(running)
        self.save.setEnabled(not running and self.test is not None and self.test.result.done)

    def start(self) -> None:
        """Begin anew."""
        self.test = self._make_test(self.site_line.text().strip())
        self._steps = self.test.steps()
        self.verdict.hide()
        self.found.clear()
        self._enable(running=True)
        self.stop.setFocus()
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop; what was found is shown, and proves nothing."""
        self._timer.stop()
        self._steps = iter(())
        self._show_result()

    def done(self, result: int) -> None:
        """Stop before closing."""
        self._timer.stop()
        super().done(result)

    def _slice(self) -> None:
        until = time.perf_counter() + _SLICE
        for share, doing in self._steps:
            if time.perf_counter() > until:
                self.progress.setValue(round(share * _WHOLE))
                self.doing.setText(self._words(doing))
                return
        self._timer.stop()
        self.progress.setValue(_WHOLE)
        self._show_result()

    def _show_result(self) -> None:
        if self.test is None:
            return
        result, words = self.test.result, self._words
        self.doing.clear()
        sign = Sign.GOOD if result.passed else Sign.STOP if result.done else Sign.REVIEW
        self.verdict.show_state(sign, words(result.verdict))
        self.verdict.show()
        self.found.setText("\n".join([*lines(result, words)][:_MOST]))
        self._enable(running=False)
        (self.save if result.done else self.begin).setFocus()

    def save_report(self) -> None:
        """Ask where, and write the report there."""
        if self.test is None:
            return
        words = self._words
        suggested = f"dlicalc-installation-{self.test.result.at:%Y-%m-%d}.pdf"
        path = path_to_save(self, words(say.SAVE), suggested, words(PDF_FILES), ".pdf")
        if not path:
            return
        try:
            self._save_bytes(path, self.test.report(self.chosen_language.currentData(), _PAPER))
        except Refused as refused:
            self.doing.setText("\n".join(problem_words(problem, words) for problem in refused.problems))
        else:
            self.doing.setText(words(say.SAVED, path=path))
