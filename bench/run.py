"""All measurements, each beside its floor in the same run, as a table (``make bench``)."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import engine_bench, order_bench, process_bench, proof_bench, records_bench, window_bench
from bench.measuring import Row


def order_rows() -> list[Row]:
    """Orders, warm, beside the same drawing in bare ReportLab."""
    return [
        Row(name, value, floor, "ms", "same drawing in bare ReportLab", "at most 1.5 ×")
        for name, value, floor in order_bench.measure()
    ]


def main() -> None:
    """Measure and print."""
    print(
        f"Python {platform.python_version()} ({platform.python_compiler()}), {platform.system()} {platform.machine()}"
    )
    print(f"{'what':34} {'value':>10} {'floor':>10}       {'ratio':>6}  {'floor is':34} goal")
    for rows in (
        engine_bench.measure,
        proof_bench.measure,
        order_rows,
        process_bench.measure,
        records_bench.measure,
        window_bench.measure,
    ):
        for row in rows():
            print(
                f"{row.name:34} {row.value:10.3f} {row.floor:10.3f} {row.unit:5} {row.ratio:6.2f}  "
                f"{row.floor_name:34} {row.goal}",
                flush=True,
            )


if __name__ == "__main__":
    main()
