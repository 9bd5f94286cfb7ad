"""What hides the case while a second person enters everything again."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QWidget

from dlicalc.services.wording import Words
from dlicalc.services.wording.check import HIDDEN


class Cover(QStackedWidget):
    """The work of the window, or one sentence in its place: nothing of the case is left on the screen."""

    def __init__(self, window: QMainWindow, work: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._work, self._sentence = work, QLabel(self)
        self._before: tuple[str, QWidget | None] = ("", None)
        self._sentence.setWordWrap(True)
        self._sentence.setMargin(24)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = QFont(self._sentence.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        self._sentence.setFont(font)
        self.addWidget(work)
        self.addWidget(self._sentence)

    @property
    def hides(self) -> bool:
        """Whether the case is hidden."""
        return self.currentWidget() is self._sentence

    @contextmanager
    def over(self, words: Words) -> Iterator[None]:
        """Hide the case, the name of its file and what the window last said, until the block is left."""
        self.put_on(words(HIDDEN))
        try:
            yield
        finally:
            self.take_off()

    def put_on(self, sentence: str) -> None:
        """Show ``sentence`` instead of the case."""
        self._before = (self._window.windowTitle(), self._window.focusWidget())
        self._sentence.setText(sentence)
        self.setCurrentWidget(self._sentence)
        self._window.setWindowTitle("dlicalc[*]")
        self._window.statusBar().hide()

    def take_off(self) -> None:
        """Show the case again, with the keyboard where it was."""
        title, focused = self._before
        self.setCurrentWidget(self._work)
        self._window.setWindowTitle(title)
        self._window.statusBar().show()
        if focused is not None:
            focused.setFocus()
