"""One key in a count field of a case with four bags, to the repainted result panel and to the whole window repainted;
beside it the same texts on bare labels.

Prints milliseconds: median and 99th percentile of the panel, the same of the window, median of the labels; and how many
texts change.
``--memory EDITS`` prints the resident memory after the window has opened and after so many random edits instead.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dlicalc.app import window as program
from dlicalc.app.parts import Parts
from tests.cases import AS_OF, changed, full_case

COUNT = "products.0.counts.wbc"
KEYS = 400
WARM = 40


def four_bags() -> dict[str, object]:
    """The full case with its bag four times, each with its own number."""
    case = full_case()
    bags = [changed(case["products"][0], din=f"A99992600012{n}", din_check=None) for n in range(4)]
    return {**case, "products": bags}


parts = program.window_parts(Parts())._replace(clock=lambda: datetime.fromisoformat(AS_OF))

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QMainWindow, QWidget

from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.result_panel import ResultPanel
from dlicalc.gui.start import make_application, make_window
from dlicalc.services.pages import Page


def open_window(application: QApplication) -> MainWindow:
    """The window with the case, on the product page."""
    window = make_window(parts)
    window.resize(1366, 768)
    window.show()
    window.view_model.open(four_bags())
    window.pages.show_page(Page.PRODUCT)
    settle(application)
    return window


def settle(application: QApplication) -> None:
    """Let everything that waits be done."""
    for _ in range(5):
        application.processEvents()


def in_milliseconds(application: QApplication, press: Callable[[int], float]) -> tuple[list[float], list[float]]:
    """How long each key takes until what ``press`` waits for, and until everything is painted."""
    first, taken = [], []
    for number in range(KEYS + WARM):
        begun = time.perf_counter()
        shown = press(number)
        application.processEvents()
        if number >= WARM:
            first.append((shown - begun) * 1e3)
            taken.append((time.perf_counter() - begun) * 1e3)
    return sorted(first), sorted(taken)


def moments_after(panel: ResultPanel) -> list[float]:
    """A list that takes the moment at which the panel is painted, at each key."""
    moments: list[float] = []
    show_now = panel.show_now

    def watched() -> None:
        show_now()
        moments.append(time.perf_counter())

    panel.show_now = watched  # type: ignore[method-assign]
    return moments


def high(taken: list[float]) -> float:
    """The 99th percentile of sorted times."""
    return taken[int(len(taken) * 0.99)]


def count_field(window: MainWindow) -> QLineEdit:
    """The line of the white cells of the bag in front."""
    lines = window.pages.page(Page.PRODUCT).findChildren(QLineEdit)
    return next(line for line in lines if line.accessibleName() == "White cells (WBC)" and line.isVisible())


def texts_of(window: MainWindow) -> list[str]:
    """What the labels of the window say."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def keys(application: QApplication) -> None:
    """Measure keys in the window, then the labels whose texts had changed on bare ones in the same window."""
    window = open_window(application)
    line = count_field(window)
    window.focus_path(COUNT)
    line.end(False)
    settle(application)
    gc.freeze()  # as the program does once its window stands

    painted = moments_after(window.panel)

    def press(number: int) -> float:
        QTest.keyClick(line, Qt.Key.Key_5 if number % 2 == 0 else Qt.Key.Key_Backspace)
        return painted[-1]

    before = texts_of(window)
    press(0)
    settle(application)
    after = texts_of(window)
    press(1)
    settle(application)
    panel, taken = in_milliseconds(application, press)
    pairs = [(one, other) for one, other in zip(before, after, strict=False) if one != other]
    _, floor = in_milliseconds(application, on_bare_labels(window, pairs))
    figures = (statistics.median(panel), high(panel), statistics.median(taken), high(taken), statistics.median(floor))
    print(*(f"{figure:.3f}" for figure in figures), len(pairs))


def on_bare_labels(window: QMainWindow, pairs: list[tuple[str, str]]) -> Callable[[int], float]:
    """The same window with a line and bare labels in it: a key sets the same texts."""
    bare = QWidget()
    grid = QGridLayout(bare)
    line = QLineEdit()
    labels = [QLabel(one) for one, _ in pairs]
    for place, widget in enumerate((line, *labels)):
        grid.addWidget(widget, place, 0)
    window.setCentralWidget(bare)
    line.setFocus()
    settle(QApplication.instance())  # type: ignore[arg-type]

    def press(number: int) -> float:
        QTest.keyClick(line, Qt.Key.Key_5 if number % 2 == 0 else Qt.Key.Key_Backspace)
        for label, pair in zip(labels, pairs, strict=True):
            label.setText(pair[1 - number % 2])
        return time.perf_counter()

    return press


def memory(application: QApplication, edits: int) -> None:
    """Resident MiB after opening, and after random edits on every page."""
    window = open_window(application)
    for page in Page:
        window.pages.show_page(page)
    settle(application)
    chance = random.Random(1)
    lines = window.findChildren(QLineEdit)

    def type_on(number: int) -> None:
        line = chance.choice(lines)
        text = str(chance.randrange(1000))
        line.setText(text)
        line.textEdited.emit(text)
        if number % 20 == 0:
            application.processEvents()

    for number in range(1500):
        type_on(number)
    opened = resident()
    for number in range(edits):
        type_on(number)
    print(f"{opened:.1f} {resident():.1f}")


def resident() -> float:
    """MiB of memory this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Do what the command line asks for."""
    application = make_application(parts, ["dlicalc"])
    if "--memory" in sys.argv:
        memory(application, int(sys.argv[sys.argv.index("--memory") + 1]))
    else:
        keys(application)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
