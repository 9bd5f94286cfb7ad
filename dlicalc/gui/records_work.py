"""Work on the records that takes a while: done beside the window, with its progress, and what came of it."""

import threading
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.mnemonic import plain
from dlicalc.gui.row_edit import problem_words
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording import records_care as say
from dlicalc.services.wording.window import CLOSE

_WHOLE: Final = 1000
_LOOK: Final = 50
"""Milliseconds between two looks at how far it is."""
_WIDE, _HIGH = 80, 26
"""Letters and lines of the dialog, where the screen has room."""


class Outcome(NamedTuple):
    """What came of it: a sign, a verdict, and what is to be read."""

    sign: Sign
    verdict: str
    lines: Sequence[str] = ()


Tell = Callable[[float], object]
Work = Callable[[Tell], Outcome]
"""Is told whom to tell how much is done; raises ``Refused``."""


class _Stopped(Exception):  # noqa: N818  what happened
    """Somebody did not want to wait."""


class WorkDialog(QDialog):
    """Begins when it is shown. Stop is offered where stopping leaves everything as it was."""

    def __init__(
        self, title: str, lead: str, work: Work, words: Words, parent: QWidget | None = None, *, may_stop: bool = True
    ) -> None:
        super().__init__(parent)
        self._words, self._work = words, work
        self.outcome: Outcome | None = None
        self._problems: tuple[Problem, ...] = ()
        self._share, self._stop_wanted = 0.0, False
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self.setWindowTitle(title)
        lead_label = QLabel(lead, self)
        lead_label.setWordWrap(True)
        self.progress, self.verdict, self.found = QProgressBar(self), Strip(self), QPlainTextEdit(self)
        self.progress.setRange(0, _WHOLE)
        self.progress.setAccessibleName(words(say.PROGRESS))
        self.found.setReadOnly(True)
        self.found.setTabChangesFocus(True)
        self.found.setAccessibleName(words(say.FOUND))
        self.verdict.hide()
        self.found.hide()
        self.stop, self.leave = QPushButton(words(say.STOP), self), QPushButton(plain(words(CLOSE)), self)
        buttons = FlowLayout(gap=6)
        for button, slot in ((self.stop, self._stop), (self.leave, self.reject)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        self.stop.setVisible(may_stop)
        self.leave.setEnabled(False)
        layout = QVBoxLayout(self)
        for part in (lead_label, self.progress, self.verdict):
            layout.addWidget(part)
        layout.addWidget(self.found, 1)
        layout.addStretch(0)
        layout.addLayout(buttons)
        em, room = self.fontMetrics(), self.screen().availableSize()
        self.resize(
            min(em.horizontalAdvance("n") * _WIDE, room.width() - 16), min(em.height() * _HIGH, room.height() - 48)
        )
        self.begin()

    def begin(self) -> None:
        """Start."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._timer.start(_LOOK)
        self.stop.setFocus()

    def _run(self) -> None:
        """Beside the window; touches nothing of it."""
        try:
            self.outcome = self._work(self._tell)
        except Refused as refused:
            self._problems = refused.problems
        except _Stopped:
            pass

    def _tell(self, share: float) -> None:
        self._share = share
        if self._stop_wanted:
            raise _Stopped

    def _stop(self) -> None:
        self._stop_wanted = True

    def _look(self) -> None:
        self.progress.setValue(round(self._share * _WHOLE))
        assert self._thread is not None
        if self._thread.is_alive():
            return
        self._timer.stop()
        self._show(self.outcome or self._not_done())

    def _not_done(self) -> Outcome:
        words = self._words
        if self._problems:
            return Outcome(Sign.STOP, words(say.NOT_DONE), [problem_words(one, words) for one in self._problems])
        if self._stop_wanted:
            return Outcome(Sign.REVIEW, words(say.STOPPED))
        return Outcome(Sign.STOP, words(say.NOT_DONE))

    def _show(self, outcome: Outcome) -> None:
        if self.outcome is not None:
            self.progress.setValue(_WHOLE)
        self.verdict.show_state(outcome.sign, outcome.verdict)
        self.verdict.show()
        self.found.setPlainText("\n".join(outcome.lines))
        self.found.setVisible(bool(outcome.lines))
        self.stop.setEnabled(False)
        self.leave.setEnabled(True)
        (self.found if outcome.lines else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Not while something is being done; Escape asks to stop it."""
        if self.leave.isEnabled():
            super().reject()
        elif self.stop.isVisible():
            self._stop()
