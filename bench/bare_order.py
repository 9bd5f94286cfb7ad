"""A drawing that was recorded, by ReportLab's own calls, without anything of ours.

As a program it draws the calls in a file: ``python bench/bare_order.py CALLS.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parent.parent
A4 = (595.28, 841.89)
Call = tuple[Any, ...]


@cache
def _bare_font(name: str) -> str:
    """ReportLab's own font from the same file, under a name of its own."""
    pdfmetrics.registerFont(TTFont(f"bare-{name}", str(ROOT / "resources" / "fonts" / f"{name}.ttf")))
    return f"bare-{name}"


def bare_order(calls: list[Call]) -> bytes:
    """The recorded drawing by ReportLab's own calls."""
    out = BytesIO()
    first = _bare_font("DejaVuSans")
    canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1, initialFontName=first)
    for name, *values in calls:
        _DRAW[name](canvas, *values)
    canvas.save()
    return out.getvalue()


def _text(canvas: Canvas, font: str, size: float, gray: float, *place_and_text: Any) -> None:
    (x, y), text = place_and_text
    canvas.setFont(_bare_font(font), size)
    canvas.setFillGray(gray)
    canvas.drawString(x, y, text)


def _straight(canvas: Canvas, weight: float, gray: float, *ends: float) -> None:
    canvas.setLineWidth(weight)
    canvas.setStrokeGray(gray)
    canvas.line(*ends)


def _box(canvas: Canvas, weight: float, *corners: float) -> None:
    canvas.setLineWidth(weight)
    canvas.setStrokeGray(0)
    canvas.rect(*corners)


def _bars(canvas: Canvas, place: tuple[float, float], module: float, height: float, text: str) -> None:
    Code128(text, barWidth=module, barHeight=height, quiet=0).drawOn(canvas, *place)


def _code(canvas: Canvas, place: tuple[float, float], side: int, dark: str, module: float) -> None:
    """As ReportLab's users draw a code: one rectangle a run of dark modules."""
    size = len(dark) // side
    path = canvas.beginPath()
    for row in range(side):
        bits = f"{int(dark[row * size : (row + 1) * size], 16):0{size * 4}b}"
        start = bits.find("1")
        while start >= 0:
            end = bits.find("0", start) if "0" in bits[start:] else len(bits)
            path.rect(place[0] + start * module, place[1] + (side - row - 1) * module, (end - start) * module, module)
            start = bits.find("1", end)
    canvas.drawPath(path, stroke=0, fill=1)


_DRAW: dict[str, Callable[..., None]] = {
    "text": _text,
    "line": _straight,
    "box": _box,
    "bars": _bars,
    "code": _code,
    "page": lambda canvas: canvas.showPage(),
}

if __name__ == "__main__":
    bare_order([tuple(call) for call in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))])
