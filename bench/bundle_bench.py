"""The folder that runs without Python: its size, start and memory beside their floors (``make bench-bundle``).

Needs dist/dlicalc (``make bundle``); builds the folders it is held against into build/bench.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.measuring import Row, in_turns, least_seconds
from dlicalc.storage.integrity import Inspection, Place
from tests.cases import full_case
from tests.command import written

FOLDER = ROOT / "dist" / "dlicalc"
BENCH = ROOT / "build" / "bench"
PAINTED = str(ROOT / "bench" / "first_paint.py")
BARE = str(ROOT / "bench" / "bare_window.py")
ROUNDS = 15


def build() -> None:
    """The bare folder and the timing one."""
    options = ["--noconfirm", "--clean", "--log-level", "ERROR"]
    places = ["--distpath", str(BENCH), "--workpath", str(ROOT / "build" / "work")]
    command = [str(ROOT / "build" / "venv" / "bin" / "pyinstaller"), *options, *places, "bench/bundle_bench.spec"]
    as_make = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0", "PYTHONNODEBUGRANGES": "1"}
    as_make["PYTHONPYCACHEPREFIX"] = str(ROOT / "build" / "pycache")
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **as_make})


def size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def tables(place: Path) -> list[int]:
    """Bytes of ICU's tables for all languages."""
    return [path.stat().st_size for path in place.rglob("libicudata.so*")]


def rows() -> Iterator[Row]:
    """Each measurement beside its floor."""
    page = BENCH / "page.pdf"
    for folder, script, named, goal in (
        ("bare", "bare_page", "smallest with window and page", "1.10 ×"),
        ("preview", "bare_preview", "the same, and shows the page", ""),
    ):
        page.unlink(missing_ok=True)
        said([str(BENCH / folder / script), str(page)])
        assert page.read_bytes().startswith(b"%PDF-")
        yield Row("size", size(FOLDER) / 1e6, size(BENCH / folder) / 1e6, "MB", named, goal)
    whole = size(BENCH / "bare") + sum(tables(ROOT / "build" / "venv")) - sum(tables(BENCH / "bare"))
    yield Row("size", size(FOLDER) / 1e6, whole / 1e6, "MB", "smallest, ICU as Qt brings it")
    yield from checks()
    first, bare = str(BENCH / "timing" / "first_paint"), str(BENCH / "window" / "bare_window")
    widgets = said([sys.executable, PAINTED, "--count"])
    here, frozen, bare_here, bare_frozen, least = least_seconds(
        [f"{sys.executable} {PAINTED}", first, f"{sys.executable} {BARE} {widgets}", f"{bare} {widgets}", bare], ROUNDS
    )
    yield Row("first paint, frozen", frozen * 1e3, here * 1e3, "ms", "the same, not frozen", "1.15 ×")
    yield Row("bare window, frozen", bare_frozen * 1e3, bare_here * 1e3, "ms", "the same, not frozen")
    yield Row("first paint, frozen", frozen * 1e3, bare_frozen * 1e3, "ms", "bare frozen, as many widgets", "1.3 ×")
    yield Row("first paint, frozen", frozen * 1e3, least * 1e3, "ms", "bare frozen, no widgets")
    memory = [float(said([*command], PRINT_MEMORY="1")) for command in ([first], [bare, *widgets.split()], [bare])]
    yield Row("memory after opening, frozen", memory[0], memory[1], "MiB", "bare frozen, as many widgets", "1.3 ×")
    yield Row("memory after opening, frozen", memory[0], memory[2], "MiB", "bare frozen, no widgets")
    case = written(BENCH, full_case())
    command, program = Path(sys.executable).parent / "dlicalc", FOLDER / "dlicalc"
    here, frozen = least_seconds([f"{command} evaluate {case}", f"{program} evaluate {case}"], ROUNDS)
    yield Row("evaluate, frozen", frozen * 1e3, here * 1e3, "ms", "the same, not frozen", "1.15 ×")


def checks() -> Iterator[Row]:
    """The folder's files against its manifest: all, as before each command; and the own, before the first number."""
    inside = FOLDER / "_internal"
    place = Place(str(inside / "resources"), str(inside), str(FOLDER))
    found = Inspection(place)

    def before_a_command() -> None:
        inspection = Inspection(place)
        inspection.begin()
        inspection.finish()
        assert not inspection.flaws

    def before_a_number() -> None:
        inspection = Inspection(place)
        assert list(inspection.steps())
        assert not inspection.flaws

    def bare(names: Iterable[str]) -> None:
        for name in names:
            hashlib.sha256(Path(place.path(name)).read_bytes()).hexdigest()

    jobs = [before_a_number, lambda: bare(found.own), before_a_command, lambda: bare(found.entries)]
    ours, floor, every, all_floor = (1e3 * seconds for seconds in in_turns(jobs, ROUNDS))
    yield Row(f"{len(found.own)} own files checked", ours, floor, "ms", "bare hashing of the same", "at most 60 ms")
    yield Row(f"all {len(found.entries)} files checked", every, all_floor, "ms", "bare hashing of the same")


def said(command: list[str], **environment: str) -> str:
    """What a command prints."""
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment}
    )
    return done.stdout.strip()


def parts(folder: Path) -> Iterator[str]:
    """The largest parts of a folder, by what is directly inside it."""
    sizes = {
        path.name: size(path) if path.is_dir() else path.stat().st_size for path in (folder / "_internal").iterdir()
    }
    for name, number in sorted(sizes.items(), key=lambda item: -item[1])[:16]:
        yield f"  {number / 1e6:8.1f} MB  {name}"


def main() -> None:
    """Measure and print."""
    if not FOLDER.is_dir():
        raise SystemExit("dist/dlicalc is not there: make bundle")
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(ROOT / "dlicalc")], check=False)
    build()
    for row in rows():
        figures = f"{row.value:9.1f} {row.floor:9.1f} {row.unit:4} {row.ratio:6.2f}"
        print(f"{row.name:30} {figures}  {row.floor_name:30} {row.goal}", flush=True)
    for name, folder in (
        ("dist/dlicalc", FOLDER),
        ("the bare one", BENCH / "bare"),
        ("with preview", BENCH / "preview"),
    ):
        print(f"{name}, largest parts:", *parts(folder), sep="\n")


if __name__ == "__main__":
    main()
