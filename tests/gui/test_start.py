"""Opening the window as the program does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import tomllib
from datetime import datetime
from pathlib import Path

from dlicalc.domain.protocol import Protocol
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from tests.cases import AS_OF, full_case
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.parts import Parts, Services
from dlicalc.gui.start import run_window
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

data = tomllib.loads(Path("resources/protocols/nct07319793.toml").read_text("utf-8")) | {"digest": "sha256:00"}
fonts = tuple(f"resources/fonts/{name}.ttf" for name in ("DejaVuSans", "DejaVuSans-Bold", "NotoSansSC-Regular"))
services = Services(
    words=lambda code: Words(),
    load_case=lambda path: full_case(),
    save_case=lambda path, document: None,
    make_order=lambda document, **_: b"",
    digest=lambda document: "",
    save_bytes=lambda path, data, before: None,
    about=lambda: (Field("Version", "0"),),
    version="0",
)
parts = Parts(Protocol.model_validate(data), lambda: datetime.fromisoformat(AS_OF), services, "en", fonts)

def look():
    windows = [widget for widget in QApplication.topLevelWidgets() if hasattr(widget, "panel")]
    if windows[0].panel.head.volume.text() == "—":  # the case is opened after the first paint
        QTimer.singleShot(50, look)
        return
    print(windows[0].panel.head.volume.text(), QApplication.font().families())
    QApplication.exit(7)

show = MainWindow.show
MainWindow.show = lambda self: (show(self), QTimer.singleShot(50, look))
raise SystemExit(run_window(parts, ["dlicalc", "case.json"]))
"""


def test_the_window_opens_with_the_case_named_on_the_command_line() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 7, done.stderr
    assert done.stdout.startswith("35 mL")
    if sys.platform.startswith("linux"):
        assert "Noto Sans SC" in done.stdout


FIRST_PAINT = """
import sys

from dlicalc.app import window
from dlicalc.app.parts import Parts
from dlicalc.domain.case import Case
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from dlicalc.gui import start
from dlicalc.gui.parts import no_drafts

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print([name for name in ("reportlab", "pypdfium2", "dlicalc.gui.dialogs") if name in sys.modules])
            print(Case.__pydantic_complete__, opened[0].panel.head.volume.text())
            QTimer.singleShot(400, lambda: (print(Case.__pydantic_complete__), QApplication.exit(7)))
        return False

opened, watch, make = [], FirstPaint(), start.make_window
def watched(parts):
    opened.append(make(parts))
    opened[0].centralWidget().installEventFilter(watch)
    return opened[0]
start.make_window = watched
parts = window.window_parts(Parts())
parts = parts._replace(services=parts.services._replace(drafts=no_drafts, units=None))
raise SystemExit(start.run_window(parts, ["dlicalc"]))
"""


def test_the_first_paint_waits_for_nothing_that_can_come_after_it() -> None:
    """Paper, preview, questions and the reader of cases; what is shown is what an evaluation of nothing says."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 7, done.stderr
    assert done.stdout.splitlines() == ["[]", "False —", "True"]
