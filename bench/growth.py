"""How cost grows with bags, cases in a stream, and orders in the records, as tables and pictures (``make growth``).

It takes a quarter of an hour; ``--most 10000`` leaves out what is larger.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import process_bench, records_bench
from bench.curves import Curve, Growth
from bench.engine_bench import BAGS, with_bags
from bench.measuring import in_turns, process
from bench.order_bench import ENGLISH, ROOT, evaluated, sheet_of
from dlicalc.app.cases import case_from, moment
from dlicalc.domain.evaluation import evaluate
from dlicalc.report.fonts import Fonts
from dlicalc.report.order import write_order
from tests.cases import AS_OF
from tests.program import shipped_protocol

CASES = (1_000, 10_000, 100_000, 1_000_000)
ORDERS = (100, 1_000, 10_000, 100_000)
ROUNDS = 15
REPEAT = 10
ONE_FILE = 100_000
"""Lines of the file that is read again and again for more: it has 270 MB."""


def bags() -> Growth:
    """One case with many bags, in process: evaluated, and drawn as an order."""
    protocol, as_of, fonts = shipped_protocol(), moment(AS_OF), Fonts(ROOT / "resources" / "fonts")
    cases = [case_from(with_bags(count)) for count in BAGS]
    sheets = [sheet_of(*evaluated(with_bags(count), 0), ENGLISH) for count in BAGS]
    computed = in_turns([partial(evaluate, case, protocol, as_of) for case in cases], ROUNDS, REPEAT)
    drawn = in_turns([partial(write_order, sheet, fonts, "A4") for sheet in sheets], ROUNDS)
    return Growth(
        "One case, by its number of bags",
        "bags",
        [_curve("evaluated", "ms", BAGS, computed, 1e3), _curve("drawn as an order", "ms", BAGS, drawn, 1e3)],
    )


def cases(most: int, folder: Path) -> Growth:
    """``dlicalc evaluate --lines`` as a whole process."""
    command = shutil.which("dlicalc", path=str(Path(sys.executable).parent))
    counts = [count for count in CASES if count <= most]
    runs = [
        process(f"{command} evaluate --lines - --as-of {AS_OF}", _stream(folder / f"cases-{count}", count))
        for count in counts
    ]
    return Growth(
        "dlicalc evaluate --lines, by the number of cases",
        "cases",
        [
            _curve("whole process", "s", counts, [run.seconds for run in runs]),
            _curve("most memory held", "MiB", counts, [run.memory for run in runs]),
        ],
    )


def _stream(place: Path, count: int) -> str:
    """A pipe with a name, into which that many lines are written; a file of a million would have 2.7 GB."""
    lines = Path(process_bench.file_of(place.with_suffix(".jsonl"), min(count, ONE_FILE))).read_bytes()
    os.mkfifo(place)

    def pour() -> None:
        with place.open("wb") as pipe:
            for _ in range(count // min(count, ONE_FILE)):
                pipe.write(lines)

    threading.Thread(target=pour, daemon=True).start()
    return str(place)


def records(most: int, folder: Path) -> Growth:
    """The store with two entries an order."""
    counts = [count for count in ORDERS if count <= most]
    rows = [list(_of_records(folder / str(count), count)) for count in counts]
    names = (
        ("every entry verified", "ms"),
        ("one more, durable", "ms"),
        ("search by MRN", "ms"),
        ("day list", "ms"),
        ("on disk", "MB"),
    )
    columns = zip(names, zip(*rows, strict=True), strict=True)
    return Growth(
        "The records, by the number of orders",
        "orders",
        [_curve(name, unit, counts, column) for (name, unit), column in columns],
    )


def _of_records(folder: Path, count: int) -> Iterator[float]:
    store = records_bench.filled(folder, count)
    yield _least(store.verify, 1) * 1e3
    store._connection.execute("PRAGMA synchronous = FULL")
    yield _least(lambda: store.append(records_bench.of_order(count)), 30) * 1e3
    yield _least(lambda: store.search(f"M{count // 6}"), 20) * 1e3
    day = records_bench.FIRST + timedelta(days=count // 2 // records_bench.A_DAY)
    yield _least(lambda: store.orders_of([day, day + timedelta(days=1)]), 20) * 1e3
    store.close()
    yield sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _least(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def _curve(name: str, unit: str, sizes: Sequence[int], values: Sequence[float], scale: float = 1) -> Curve:
    return Curve(name, unit, [(size, value * scale) for size, value in zip(sizes, values, strict=True)])


def main() -> None:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1_000_000, help="leave out larger numbers of cases and orders")
    parser.add_argument("--pictures", type=Path, default=ROOT / "docs" / "growth", help="folder for the pictures")
    options = parser.parse_args()
    options.pictures.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="dlicalc-bench-"))
    try:
        for name, measured in (
            ("bags", bags),
            ("cases", partial(cases, options.most, folder)),
            ("records", partial(records, options.most, folder)),
        ):
            growth = measured()
            growth.picture(options.pictures / f"{name}.svg")
            print(growth.table(), flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
