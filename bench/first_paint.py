"""Opens the window as the command does, and leaves after its first paint; ``--count`` prints what it is made of.

``--imports`` prints how long each group of imports took, in ms; with PRINT_MEMORY=1 it prints the MiB it holds.
"""

from __future__ import annotations

import gc

gc.disable()

import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

IMPORTS: list[tuple[str, float]] = []


def main() -> None:
    """Open, paint, leave."""
    begun = time.perf_counter()
    from dlicalc.app.unplugged import refuse_plugins

    refuse_plugins()
    from dlicalc.app import main as program
    from dlicalc.app import window

    IMPORTS.append(("program, pydantic, case model", time.perf_counter() - begun))
    make_parts = window.window_parts

    def parts_then_qt(*given: Any) -> Any:
        start = time.perf_counter()
        parts = make_parts(*given)
        IMPORTS.append(("protocol and catalogue read", time.perf_counter() - start))
        start = time.perf_counter()
        import PySide6.QtWidgets

        IMPORTS.append(("PySide6", time.perf_counter() - start))
        start = time.perf_counter()
        from dlicalc.gui import start as gui

        IMPORTS.append(("window modules", time.perf_counter() - start))
        opened = time.perf_counter()
        PySide6.QtWidgets.QApplication.exec = staticmethod(lambda: leave(opened))  # type: ignore[method-assign]
        assert gui.QApplication is PySide6.QtWidgets.QApplication
        return parts

    window.window_parts = parts_then_qt
    sys.argv = ["dlicalc"]
    gc.freeze()
    gc.enable()
    program.run([])


def leave(opened: float) -> int:
    """Wait for the first paint, say what was asked for, and end the process without tidying."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication.instance()
    [window] = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow)]

    class FirstPaint(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() is QEvent.Type.Paint
            return False

    watch = FirstPaint()
    window.centralWidget().installEventFilter(watch)
    while not watch.seen:
        application.processEvents()  # type: ignore[union-attr]
    IMPORTS.append(("window built and painted", time.perf_counter() - opened))
    if "--count" in COMMAND:
        print(" ".join(f"{kind}={number}" for kind, number in sorted(made_of(window).items())))
    if "--imports" in COMMAND:
        print("\n".join(f"{name}\t{seconds * 1e3:.1f}" for name, seconds in IMPORTS))
    if "PRINT_MEMORY" in os.environ:
        print(resident())
    sys.stdout.flush()
    os._exit(0)


def resident() -> float:
    """MiB of memory this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def made_of(window: Any) -> Counter[str]:
    """How many widgets of each of Qt's own classes the window has."""
    from PySide6 import QtWidgets

    kinds: Counter[str] = Counter()
    for widget in window.findChildren(QtWidgets.QWidget):
        kinds[next(base.__name__ for base in type(widget).__mro__ if base.__module__ == "PySide6.QtWidgets")] += 1
    return kinds


COMMAND = sys.argv[1:]
if __name__ == "__main__":
    main()
