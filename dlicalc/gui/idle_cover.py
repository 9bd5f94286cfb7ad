"""Hides the case when nobody has worked at the window for a while, until a key or a click."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from dlicalc.gui.cover import Cover

_MINUTE: Final = 60_000
_WORK: Final = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)
_ANSWER: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)


class IdleCover(QObject):
    """Watches what comes to the window from outside; the key or click that brings the case back does nothing else.

    ``may_show`` is asked before the case is shown again. A dialog that is open stays: it waits for an answer.
    """

    def __init__(
        self, window: QMainWindow, cover: Cover, sentence: Callable[[], str], may_show: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._cover = cover
        self._sentence = sentence
        self._may_show = may_show
        self.hides = False
        self._asking = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.hide)

    def watch(self, minutes: int) -> None:
        """Hide the case after ``minutes`` without a key, a click or a move of the pointer."""
        handle = self._window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self.timer.start(minutes * _MINUTE)

    def hide(self) -> None:
        """Hide the case now, unless a question is open over it."""
        if QApplication.activeModalWidget() is not None or self._cover.hides:
            self.timer.start()
            return
        self._cover.put_on(self._sentence())
        self._window.menuBar().setEnabled(False)
        self.hides = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to wait anew; while the case is hidden, nothing reaches the window."""
        if event.type() not in _WORK:
            return False
        if not self.hides:
            self.timer.start()
            return False
        if event.type() in _ANSWER and not self._asking:
            # Not within the event: a question may have to be asked first.
            self._asking = True
            QTimer.singleShot(0, self, self.show_again)
        return True

    def show_again(self) -> None:
        """Show the case, to whoever may see it."""
        try:
            if self.hides and self._may_show():
                self.hides = False
                self._window.menuBar().setEnabled(True)
                self._cover.take_off()
                self.timer.start()
        finally:
            self._asking = False
