"""The floor of the start: pydantic with ten models, and a bare window with as many widgets of the same classes.

Called with ``QLineEdit=20 QLabel=60 …``; leaves after its first paint.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Base of the ten."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


for number in range(10):
    fields = {f"field{field}": (str | None) for field in range(6)}
    type(f"Model{number}", (Model,), {"__annotations__": fields, **dict.fromkeys(fields)})

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject

SKIPPED = ("QMenuBar", "QStatusBar", "QAbstractScrollArea", "QSplitterHandle")


def main() -> None:
    """Build, paint, leave."""
    application = QtWidgets.QApplication(sys.argv[:1])
    if sys.platform.startswith("linux"):
        application.setStyle("Fusion")
    window = QtWidgets.QMainWindow()
    window.menuBar().addMenu("File").addAction("Open")
    window.statusBar()
    centre = QtWidgets.QWidget()
    page = QtWidgets.QGridLayout(centre)
    place = 0
    for argument in sys.argv[1:]:
        kind, _, number = argument.partition("=")
        if kind in SKIPPED:
            continue
        for _ in range(int(number)):
            widget = getattr(QtWidgets, kind)(centre)
            if hasattr(widget, "setText"):
                widget.setText("Weight")
            if isinstance(widget, QtWidgets.QComboBox):
                widget.addItems(["unit?", "kg", "g", "lb"])
            page.addWidget(widget, place // 6, place % 6)
            place += 1
    window.setCentralWidget(centre)

    class FirstPaint(QObject):
        seen = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() is QEvent.Type.Paint
            return False

    watch = FirstPaint()
    centre.installEventFilter(watch)
    window.resize(1366, 768)
    window.show()
    while not watch.seen:
        application.processEvents()
    if "PRINT_MEMORY" in os.environ:
        print(resident())
        sys.stdout.flush()
    os._exit(0)


def resident() -> float:
    """MiB of memory this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


main()
