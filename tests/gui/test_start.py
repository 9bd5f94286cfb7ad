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
    save_bytes=lambda path, data: None,
    about=(Field("Version", "0"),),
    version="0",
)
parts = Parts(Protocol.model_validate(data), lambda: datetime.fromisoformat(AS_OF), services, "en", fonts)

def look():
    windows = [widget for widget in QApplication.topLevelWidgets() if hasattr(widget, "panel")]
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
