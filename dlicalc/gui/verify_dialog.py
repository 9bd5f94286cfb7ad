"""A printed order held against the program: scan or paste its codes, type its mL, read what came of it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dlicalc.gui.parts import Verify
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.entry import Document
from dlicalc.services.problem import Refused
from dlicalc.services.verification import Outcome, Report, begins_as_code
from dlicalc.services.wording import Words
from dlicalc.services.wording import verify as say
from dlicalc.services.wording.window import CLOSE, PDF_FILES

_PAUSE: Final = 200
"""Milliseconds without a key after which a scan is taken to be whole."""
_CODE_LINES: Final = 4
_SIGNS: Final = {
    Outcome.SAME: Sign.GOOD,
    Outcome.DIFFERS: Sign.STOP,
    Outcome.UNKNOWN: Sign.REVIEW,
    Outcome.NOTE: Sign.NOTE,
}


class Results(QWidget):
    """What came of it, line under line, each with its sign and a word for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.strips: list[Strip] = []

    def show_lines(self, lines: list[tuple[Sign, str, bool]]) -> None:
        """Signs and texts; the loud ones on the ground of their sign, the others on a quiet one."""
        while len(self.strips) < len(lines):
            strip = Strip(self)
            self.strips.append(strip)
            self._layout.addWidget(strip)
        for strip in self.strips[len(lines) :]:
            strip.hide()
        for strip, (sign, text, loud) in zip(self.strips, lines, strict=False):
            strip.show_state(sign, text, sign.value if loud else Sign.EMPTY.value)
            strip.show()

    def text(self) -> str:
        """All that is shown."""
        return "\n".join(strip.text() for strip in self.strips if not strip.isHidden())


class VerifyDialog(QDialog):
    """Enter never closes it, for scanners end with Enter; whatever is scanned into either field is taken as a code."""

    def __init__(
        self,
        verify: Verify,
        words: Words,
        open_case: Callable[[Document], bool],
        parent: QWidget | None = None,
        *,
        training: bool = False,
    ) -> None:
        super().__init__(parent)
        self._verify, self._words, self._open_case, self._training = verify, words, open_case, training
        self._pdf = ""
        self._report: Report | None = None
        self.setWindowTitle(words(say.TITLE))
        self.code, self.volume, self.results = QPlainTextEdit(self), QLineEdit(self), Results(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.compare)
        self._make_fields()
        self._lay_out()
        self._show()
        self.code.setFocus()

    def _make_fields(self) -> None:
        words, hints = self._words, Qt.InputMethodHint
        for field, name, about in (
            (self.code, say.CODE_FIELD, say.CODE_HELP),
            (self.volume, say.VOLUME_FIELD, say.VOLUME_HELP),
        ):
            field.setAccessibleName(words(name))
            field.setAccessibleDescription(words(about))
            field.setToolTip(words(about))
            field.setInputMethodHints(hints.ImhLatinOnly | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase)
        self.code.setTabChangesFocus(True)
        self.code.setFixedHeight(self.fontMetrics().lineSpacing() * _CODE_LINES + 12)
        self.volume.setMaximumWidth(self.fontMetrics().horizontalAdvance("0") * 20)
        self.code.textChanged.connect(self._code_typed)
        self.volume.textChanged.connect(self._wait)
        self.volume.returnPressed.connect(self.compare)

    def _lay_out(self) -> None:
        words = self._words
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        lead = QLabel(words(say.LEAD), inside)
        lead.setTextFormat(Qt.TextFormat.PlainText)
        lead.setWordWrap(True)
        column.addWidget(lead)
        for field, name in ((self.code, say.CODE_FIELD), (self.volume, say.VOLUME_FIELD)):
            label = QLabel(words(name), inside)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(self.results)
        column.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(words(say.RESULT))
        layout = QVBoxLayout(self)
        layout.addWidget(self.area, 1)
        layout.addWidget(self._buttons())
        for first, second in ((self.code, self.volume), (self.volume, self.area), (self.area, self.read_pdf)):
            QWidget.setTabOrder(first, second)
        letter = self.fontMetrics()
        wanted = letter.horizontalAdvance("n") * 84, letter.height() * 34
        room = self.screen().availableSize()
        self.resize(min(wanted[0], room.width() - 16), min(wanted[1], room.height() - 48))

    def _buttons(self) -> QDialogButtonBox:
        words, buttons = self._words, QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.read_pdf = buttons.addButton(words(say.OPEN_PDF), role.ActionRole)
        self.open_case = buttons.addButton(words(say.OPEN_CASE), role.ActionRole)
        self.clear = buttons.addButton(words(say.CLEAR), role.ActionRole)
        self.close_button = buttons.addButton(words(CLOSE), role.RejectRole)
        for button in (self.read_pdf, self.open_case, self.clear, self.close_button):
            assert isinstance(button, QPushButton)
            button.setAutoDefault(False)
            button.setDefault(False)
        self.read_pdf.clicked.connect(self._choose_pdf)
        self.open_case.clicked.connect(self._open)
        self.clear.clicked.connect(self._clear)
        buttons.rejected.connect(self.reject)
        return buttons

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the end of a scan, not an answer."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def ask_path(self) -> str:
        """The PDF to read; empty if none."""
        return QFileDialog.getOpenFileName(self, self._words(say.TITLE), "", self._words(PDF_FILES))[0]

    def _choose_pdf(self) -> None:
        path = self.ask_path()
        if path:
            self.code.clear()
            self._pdf = path
            self.compare()

    def _code_typed(self) -> None:
        self._pdf = ""
        self._wait()

    def _wait(self) -> None:
        """Nothing is said of another paper while this one is scanned."""
        self._report = None
        self._tell([(Sign.EMPTY, self._words(say.COMPARING), True)])
        self._pause.start()

    def compare(self) -> None:
        """Say what came of what stands in the fields now."""
        self._pause.stop()
        if begins_as_code(self.volume.text()):
            self._take_from_volume()
        self._report = None
        text, volume = self.code.toPlainText(), self.volume.text()
        try:
            if self._pdf:
                self._report = self._verify.file(self._pdf, volume, self._words)
            elif text.strip():
                self._report = self._verify.codes(text, volume, self._words)
        except Refused as refused:
            self._show([self._words.problem(problem) for problem in refused.problems])
            return
        self._show()

    def _take_from_volume(self) -> None:
        """A code that was scanned while the keyboard was on the volume."""
        scanned = self.volume.text()
        self.volume.clear()
        before = self.code.toPlainText().rstrip()
        self.code.setPlainText(f"{before}\n{scanned}".lstrip())
        self._pause.stop()

    def _show(self, problems: list[str] | None = None) -> None:
        self._tell(self._lines(problems or []))

    def _tell(self, lines: list[tuple[Sign, str, bool]]) -> None:
        self.results.show_lines(lines)
        self.open_case.setEnabled(self._document() is not None)
        self.area.setAccessibleDescription(self.results.text())

    def _lines(self, problems: list[str]) -> list[tuple[Sign, str, bool]]:
        report, words = self._report, self._words
        if problems:
            return [(Sign.STOP, problem, True) for problem in problems]
        if report is None:
            return [(Sign.EMPTY, words(say.NOTHING_YET), True)]
        verdict = _SIGNS[report.outcome] if report.fine or report.outcome is not Outcome.SAME else Sign.STOP
        name = self._pdf.replace("\\", "/").rpartition("/")[2]
        source = [(Sign.NOTE, words.translate(say.PDF_READ).format(name=name), False)] if name else []
        states = [(Sign.NOTE if report.valid else Sign.STOP, text, not report.valid) for text in report.state[:-1]]
        compared = [
            (_SIGNS[line.outcome], f"{words(say.LABELS[line.outcome])}: {line.text}", line.outcome is Outcome.DIFFERS)
            for line in report.lines
        ]
        order = (Sign.NOTE, report.state[-1], False)
        if report.training and not self._training and report.document is not None:
            states.append((Sign.STOP, words(say.TRAINING_CASE), True))
        return [*source, *states, (verdict, report.verdict, True), order, *compared]

    def _document(self) -> Document | None:
        """The case that may be opened here: one made for practice never becomes that of a patient."""
        report = self._report
        return None if report is None or (report.training and not self._training) else report.document

    def _open(self) -> None:
        document = self._document()
        if document is not None and self._open_case(document):
            self.accept()

    def _clear(self) -> None:
        self._pdf = ""
        self.volume.clear()
        self.code.clear()
        self.compare()
        self.code.setFocus()
