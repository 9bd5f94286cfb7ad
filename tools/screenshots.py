"""Pictures of every page, in both languages, at 1366×768 and at twice the size of text on the same screen.

They are of the shipped example case at a fixed time, drawn off the screen, so that a change of a picture is a change
of the program. ``make screenshots`` writes them into ``docs/pages`` and the one of the README beside them.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "pages"
CASE: Final = ROOT / "resources" / "examples" / "prophylactic.json"
AS_OF: Final = "2026-11-18T08:00+08:00"
SIZE: Final = 1366, 768
README_PICTURE: Final = "product-en.png"
COLOURS: Final = 96


def main() -> None:
    """Draw with each scale in a process of its own: Qt reads it once."""
    if len(sys.argv) > 1:
        draw(int(sys.argv[1]))
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for scale in (1, 2):
        with tempfile.TemporaryDirectory() as folder:  # with records that hold nothing yet
            own = {"DLICALC_DATA_FOLDER": folder, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
            subprocess.run([sys.executable, __file__, str(scale)], check=True, env=os.environ | own, cwd=ROOT)
    (ROOT / "docs" / "window.png").write_bytes((FOLDER / README_PICTURE).read_bytes())


def draw(scale: int) -> None:
    """Open the window at ``scale`` and save every page in both languages."""
    from dlicalc.app.parts import Parts
    from dlicalc.app.window import window_parts

    parts = window_parts(Parts())._replace(clock=lambda: datetime.fromisoformat(AS_OF))

    from dlicalc.gui.start import make_application, make_window
    from dlicalc.services.pages import Page

    application = make_application(parts, ["dlicalc"])
    window = make_window(parts)
    window.resize(SIZE[0] // scale, SIZE[1] // scale)
    window.show()
    window.keeper.use()
    window.keeper.look()
    assert parts.services.care is not None
    care = parts.services.care(False)
    care.on_paper(care.recovery_key(None))  # no strip that reminds of it
    window.files.open_path(str(CASE))
    for language in ("en", "zh_CN"):
        window.set_language(language)
        for page in Page:
            window.pages.show_page(page)
            settle(application, seconds=1.5 if page is Page.ORDER else 0.2)
            size = "" if scale == 1 else "-200"
            save(window.grab(), FOLDER / f"{page.name.lower()}-{language}{size}.png")
    window.view_model.mark_saved()
    application.quit()


def settle(application: "QApplication", seconds: float) -> None:
    """Let everything be laid out, and the preview be made."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        application.processEvents()


def save(picture: "QPixmap", path: Path) -> None:
    """Write ``picture`` with few colours, so that it stays small beside the source."""
    whole = picture.toImage().convertToFormat(picture.toImage().Format.Format_RGB888)
    pixels = bytes(whole.constBits()), "raw", "RGB", whole.bytesPerLine()
    image = Image.frombytes("RGB", (whole.width(), whole.height()), *pixels)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
