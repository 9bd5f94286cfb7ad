"""How long an order takes, beside the same drawing in bare ReportLab.

The floor draws exactly what the order draws: same texts at the same places in the same fonts, same rules, boxes and
barcodes, by ReportLab's own calls, without anything of ours. Both are timed in turns, and the least counts, because
the machine has other things to do.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.bare_order import Call, bare_order
from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.report import order as order_report
from dlicalc.report.fonts import Fonts
from dlicalc.report.order import write_order
from dlicalc.report.pen import Pen
from dlicalc.services.entry import read_case
from dlicalc.services.order_codes import CodeTexts
from dlicalc.services.order_sheet import order_sheet
from dlicalc.services.order_state import OrderState, State
from dlicalc.services.wording import Words
from dlicalc.services.wording.bilingual import bilingual
from dlicalc.storage.site_files import read_site
from tests.cases import AS_OF, changed, full_case
from tests.program import shipped_protocol
from tests.worked_doses import bag, recipient_of

ROOT = Path(__file__).parent.parent
SITE = read_site((ROOT / "resources" / "site.toml").read_bytes(), "site.toml")
ROUNDS = 15
ENGLISH = Words()


def measure() -> list[tuple[str, float, float]]:
    """Name, milliseconds of the order from case to bytes, milliseconds of the same drawing in bare ReportLab."""
    fonts = Fonts(ROOT / "resources" / "fonts")
    many = recipient_of("74", *[bag("20", "78", "31", "30") for _ in range(12)])
    return [
        ("order, 1 bag", *_against_floor(full_case(), fonts)),
        ("order, 12 bags", *_against_floor(many, fonts)),
        ("order, 1 bag, English and Chinese", *_against_floor(full_case(), fonts, bilingual(_chinese))),
    ]


def _chinese(_: str) -> str:
    """As good as any translation for the time that drawing takes."""
    return "供者淋巴细胞输注医嘱核对"


def _against_floor(document: dict[str, Any], fonts: Fonts, words: Words = ENGLISH) -> tuple[float, float]:
    """Every round has another patient of another weight, so that nothing but the labels is known from before."""
    ours, floor = [], []
    write_order(sheet_of(*evaluated(document, 0), words), fonts, "A4")
    for number in range(1, ROUNDS + 1):
        case, evaluation = evaluated(document, number)
        calls = recorded(case, evaluation, words)
        ours.append(_milliseconds(lambda: write_order(sheet_of(case, evaluation, words), fonts, "A4")))  # noqa: B023
        floor.append(_milliseconds(lambda: bare_order(calls)))  # noqa: B023
    return min(ours), min(floor)


def _milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def evaluated(document: dict[str, Any], number: int) -> tuple[Case, Evaluation]:
    """The case with another patient of another weight, read and evaluated."""
    named = changed(
        document,
        recipient__name=f"Example Recipient {number}",
        recipient__mrn=f"{42177 + number:07}",
        recipient__weight__value=f"{60 + number}.{number}",
    )
    case = read_case(named).case
    assert case is not None
    return case, evaluate(case, shipped_protocol(), datetime.fromisoformat(AS_OF))


def sheet_of(case: Case, evaluation: Evaluation, words: Words) -> Any:
    """The sheet of a checked order."""
    return order_sheet(
        case,
        evaluation,
        words,
        order=OrderState("261120-7KQ4M2", State.CHECKED),
        site=SITE,
        language="en",
        software="dlicalc",
        case_digest="sha256:" + "0" * 64,
        printed_at=evaluation.as_of,
        codes=CodeTexts("DLI1*2611207KQ4M2*0042177*35*00000000*CHECKED*AAAAA", ("DLC1" + "A7K2MQ" * 90,)),
    )


class _Recorder(Pen):
    """A pen that also writes down what it draws."""

    calls: list[Call]

    def _line(self, x: float, base: float, line: Any, size: float) -> None:
        left = x
        for run in line.runs:
            self.calls.append(("text", run.font, size, self._ink, (left, base), run.text))
            left += run.width * size
        super()._line(x, base, line, size)

    def rule(self, x: float, top: float, width: float, weight: float = 0.4, gray: float = 0.0) -> None:
        base = self._height - top
        self.calls.append(("line", weight, gray, x, base, x + width, base))
        super().rule(x, top, width, weight, gray)

    def upright(self, x: float, top: float, height: float, weight: float = 0.4, gray: float = 0.0) -> None:
        base = self._height - top
        self.calls.append(("line", weight, gray, x, base, x, base - height))
        super().upright(x, top, height, weight, gray)

    def box(self, x: float, top: float, width: float, height: float, weight: float = 0.7) -> None:
        self.calls.append(("box", weight, x, self._height - top - height, width, height))
        super().box(x, top, width, height, weight)

    def cross(self, x: float, top: float, side: float) -> None:
        base = self._height - top
        self.calls.append(("line", 2.0, 0.0, x, base, x + side, base - side))
        self.calls.append(("line", 2.0, 0.0, x, base - side, x + side, base))
        super().cross(x, top, side)

    def bars(self, x: float, top: float, widths: Any, module: float, height: float) -> None:
        self.calls.append(("bars", (x, self._height - top - height), module, height))
        super().bars(x, top, widths, module, height)

    def modules(self, x: float, top: float, side: int, dark: str, module: float) -> None:
        self.calls.append(("code", (x, self._height - top - side * module), side, dark, module))
        super().modules(x, top, side, dark, module)

    def finish(self) -> None:
        self.calls.append(("page",))
        super().finish()


def recorded(case: Case, evaluation: Evaluation, words: Words) -> list[Call]:
    calls: list[Call] = []
    order_report.Pen = type("Recorder", (_Recorder,), {"calls": calls})  # type: ignore[misc]
    try:
        write_order(sheet_of(case, evaluation, words), Fonts(ROOT / "resources" / "fonts"), "A4")
    finally:
        order_report.Pen = Pen  # type: ignore[misc]
    dins = [product.din for product in case.products]
    return [(*call, dins.pop(0)) if call[0] == "bars" else call for call in calls]


if __name__ == "__main__":
    for name, value, floor in measure():
        print(f"{name}: {value:.1f} ms, floor {floor:.1f} ms, {value / floor:.2f} times")
