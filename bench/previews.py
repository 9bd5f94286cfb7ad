"""The preview of an order: first visit of its page, each page of each kind of order, and a page at 300 dpi for paper.

``python bench/previews.py`` prints milliseconds; the goal is at most 60 for a page on the screen.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dlicalc.app import window as program
from dlicalc.app.parts import Parts
from tests.cases import AS_OF
from tests.report.orders import ORDERS

parts = program.window_parts(Parts())._replace(clock=lambda: datetime.fromisoformat(AS_OF))

from dlicalc.gui.order_page import OrderPage
from dlicalc.gui.start import make_application, make_window
from dlicalc.services.pages import Page

TURNS = 5
LARGER = 6
"""More often than there are sizes: the largest."""


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def pages_of(order: OrderPage) -> list[float]:
    """How long each page takes to draw, in the size that is set."""
    preview, taken = order.preview, []
    for by in (-1, 1) * TURNS:
        for _ in range(20):
            page = preview.page
            spent = milliseconds(lambda by=by: preview.turn(by))
            if preview.page == page:
                break
            taken.append(spent)
    return taken


def main() -> None:
    """Measure and print."""
    application = make_application(parts, ["dlicalc"])
    window = make_window(parts)
    window.resize(1366, 768)
    window.show()
    window.view_model.open(ORDERS["three bags"])
    order = window.pages.page(Page.ORDER)
    assert isinstance(order, OrderPage)
    window.pages.show_page(Page.ORDER)
    application.processEvents()
    order._pause.stop()
    print(f"first visit, libraries and the order included: {milliseconds(order._show_preview):.0f} ms")
    for name in ("one bag", "three bags", "twelve bags", "unhappy"):
        window.view_model.open(ORDERS[name])
        made = milliseconds(order._show_preview)
        at_width = pages_of(order)
        for _ in range(LARGER):
            order.preview.enlarge(1)
        largest = pages_of(order)
        order.preview.fit_width()
        print(
            f"{name}: made and shown {made:.0f} ms; a page at the width: median {median(at_width):.1f}, most "
            f"{max(at_width):.1f} ms; at its largest: median {median(largest):.1f}, most {max(largest):.1f} ms"
        )
    pages = order.preview._pages
    assert pages is not None
    print(f"a page at 300 dpi: {median(milliseconds(lambda: pages.image(0, 300 / 72)) for _ in range(TURNS)):.1f} ms")
    window.view_model.mark_saved()


if __name__ == "__main__":
    main()
