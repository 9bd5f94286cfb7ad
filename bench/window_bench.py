"""The window: its start, its memory, and one key in it, each in processes of their own, offscreen and under Xvfb."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Row

ROUNDS = 9
KEY_ROUNDS = 3
EDITS = 10_000
_HERE = Path(__file__).resolve().parent


def screens() -> Iterator[tuple[str, str, list[str]]]:
    """Where windows are shown here: name, Qt's name for it, and what goes before the command."""
    yield "offscreen", "offscreen", []
    if shutil.which("xvfb-run"):
        # One screen for all runs, so that its own start is not timed with them.
        yield "Xvfb", "xcb", ["xvfb-run", "-a"]


def measure() -> list[Row]:
    """The rows of every screen that there is; this module is called again inside each."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(_HERE.parent / "dlicalc")], check=False)
    rows = []
    for name, platform, lead in screens():
        environment = {**os.environ, "QT_QPA_PLATFORM": platform}
        command = [*lead, sys.executable, "-m", "bench.window_bench"]
        said = subprocess.run(command, env=environment, cwd=_HERE.parent, check=True, capture_output=True, text=True)
        for line in said.stdout.splitlines():
            what, value, floor, unit, floor_name, goal = line.split("\t")
            rows.append(Row(f"{what}, {name}", float(value), float(floor), unit, floor_name, goal))
    return rows


def run(script: str, *arguments: str, **environment: str) -> str:
    """What a script of this folder prints."""
    command = [sys.executable, str(_HERE / script), *arguments]
    process = subprocess.run(
        command, env={**os.environ, **environment}, check=True, capture_output=True, text=True, cwd=_HERE.parent
    )
    return process.stdout


def seconds(script: str, *arguments: str) -> float:
    """Wall clock of a script from its start to its end."""
    begun = time.perf_counter()
    run(script, *arguments)
    return time.perf_counter() - begun


def rows_here() -> Iterator[Row]:
    """The rows of the screen of this environment."""
    made_of = run("first_paint.py", "--count").split()
    bare, own = zip(
        *((seconds("bare_window.py", *made_of), seconds("first_paint.py")) for _ in range(ROUNDS)), strict=True
    )
    yield Row("first paint", min(own) * 1e3, min(bare) * 1e3, "ms", "bare window, ten models", "at most 1.2 ×")
    for line in run("first_paint.py", "--imports").splitlines():
        what, taken = line.split("\t")
        yield Row(f"  {what}", float(taken), min(own) * 1e3, "ms", "of the first paint", "")
    held, bare_held = (
        float(run(script, *given, PRINT_MEMORY="1"))
        for script, given in (("first_paint.py", ()), ("bare_window.py", made_of))
    )
    yield Row("memory after opening", held, bare_held, "MiB", "bare window", "at most 1.4 ×")
    yield from keys()


def keys() -> Iterator[Row]:
    """One key, and the memory after many of them."""
    runs = [list(map(float, run("keystrokes.py").split())) for _ in range(KEY_ROUNDS)]
    panel, panel_high, window, window_high, floor, _ = map(statistics.median, zip(*runs, strict=True))
    yield Row("key to repainted panel, median", panel, floor, "ms", "same texts on bare labels", "at most 3 ×")
    yield Row("key to repainted panel, 99th percentile", panel_high, floor, "ms", "as above", "at most 8 ms")
    yield Row("key to the whole window repainted, median", window, floor, "ms", "as above")
    yield Row("key to the whole window repainted, 99th percentile", window_high, floor, "ms", "as above")
    before, after = map(float, run("keystrokes.py", "--memory", str(EDITS)).split())
    yield Row(f"memory after {EDITS} edits", after, before, "MiB", "after 1500 edits", "flat")


if __name__ == "__main__":
    for row in rows_here():
        print("\t".join((row.name, str(row.value), str(row.floor), row.unit, row.floor_name, row.goal)), flush=True)
