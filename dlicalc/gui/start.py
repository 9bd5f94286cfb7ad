"""Opens the window. Import this last: once Qt is loaded its import hook makes every further import dearer."""

import gc
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSize, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.parts import Parts
from dlicalc.services.entry import make_ready

_PREFERRED = QSize(1366, 768)
REFUSED: Final = 2
_SLICE: Final = 0.008
_QUIET: Final = 1500
_PAUSE: Final = 2
"""Milliseconds before, and between the steps of, what no number waits for."""
_PAINTED = 100
"""Milliseconds after which the window stands; what costs time and is not seen waits for it."""


def make_application(parts: Parts, argv: Sequence[str]) -> QApplication:
    """The application, with the look of its system; where Linux has none, Fusion and the fonts brought along."""
    on_linux = sys.platform.startswith("linux")
    # Named here and not by setStyle, which answers with the style, for which PySide loads all of Qt's words for styles.
    application = QApplication([*argv, "-style", "Fusion"] if on_linux else list(argv))
    application.setApplicationName("dlicalc")
    application.setApplicationDisplayName("dlicalc")
    if on_linux:
        _use_fonts(application, parts.fonts)
    return application


def _use_fonts(application: QApplication, paths: Sequence[str]) -> None:
    """All fonts in their order, so that a sign or a Chinese name missing in one comes from the next."""
    families: list[str] = []
    for path in paths:
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(path))
    if families:
        font = QFont(application.font())
        font.setFamilies(list(dict.fromkeys(families)))
        application.setFont(font)


def make_window(parts: Parts) -> MainWindow:
    """The window with an empty case, as large as the screen allows."""
    services = parts.services
    model = CaseViewModel(parts.protocol, parts.clock, services.digest, services.site_filter)
    window = MainWindow(model, services, parts.language)
    window.resize(window.screen().availableSize().boundedTo(_PREFERRED))
    return window


def _be_ready() -> None:
    """Make what the first key would have to wait for; all that is there then stays, and garbage is collected again."""
    make_ready()
    gc.freeze()
    gc.enable()


class _Opening(QObject):
    """What follows on the first paint: the proof, then all that needs one; a copy that fails it shows only that."""

    def __init__(self, parts: Parts, window: MainWindow, path: str | None) -> None:
        super().__init__(window)
        self._proof, self._window, self._path = parts.proof, window, path
        self._later: Iterator[object] = iter(())
        self._page: QWidget | None = None
        window.centralWidget().installEventFilter(self)

    @property
    def refused(self) -> bool:
        """Whether this copy may not be used."""
        return self._page is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint, and look no longer."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._prove)
        return False

    def _prove(self) -> None:
        if self._proof is not None:
            _let_paint(self._proof.steps())
        if self._refuse():
            return
        if self._path is not None:
            self._window.files.open_path(self._path)
        QTimer.singleShot(_PAINTED, _be_ready)
        QTimer.singleShot(_PAINTED, self._window.habits.begin)
        if self._proof is not None:
            self._later = self._proof.later_steps()
            QTimer.singleShot(_QUIET, self._go_on)

    def _go_on(self) -> None:
        """One more step of what no number waits for."""
        if next(self._later, self) is not self:
            QTimer.singleShot(_PAUSE, self._go_on)
        else:
            self._refuse()

    def _refuse(self) -> bool:
        lines = () if self._proof is None else self._proof.refusal
        if lines:
            from dlicalc.gui.refusal import RefusalPage  # noqa: PLC0415  hardly anybody sees it

            self._window.habits.keeper.flush()
            self._page = RefusalPage(lines)
            self._page.show()
            self._window.hide()
        return bool(lines)


def _let_paint(steps: Iterable[object]) -> None:
    """Take all steps at once; the window is painted meanwhile, and what is typed waits."""
    until = time.perf_counter() + _SLICE
    for _ in steps:
        if time.perf_counter() > until:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            until = time.perf_counter() + _SLICE


def run_window(parts: Parts, argv: Sequence[str]) -> int:
    """Open the window, with the case file named in ``argv[1]`` if there is one; returns the exit code."""
    application = make_application(parts, argv)
    window = make_window(parts)
    if parts.training:
        window.habits.start_in_training()
    opening = _Opening(parts, window, argv[1] if len(argv) > 1 else None)
    window.show()
    window.go_to_first_entry()
    code = application.exec()
    return REFUSED if opening.refused else code
