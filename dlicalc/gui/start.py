"""Opens the window. Import this last: once Qt is loaded its import hook makes every further import dearer."""

import gc
import sys
from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.parts import Parts
from dlicalc.services.entry import make_ready

_PREFERRED = QSize(1366, 768)
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


def run_window(parts: Parts, argv: Sequence[str]) -> int:
    """Open the window, with the case file named in ``argv[1]`` if there is one; returns the exit code."""
    application = make_application(parts, argv)
    window = make_window(parts)
    if parts.training:
        window.habits.start_in_training()
    window.show()
    window.go_to_first_entry()
    if len(argv) > 1:
        QTimer.singleShot(0, lambda: window.files.open_path(argv[1]))
    QTimer.singleShot(_PAINTED, _be_ready)
    QTimer.singleShot(_PAINTED, window.habits.begin)
    return application.exec()
