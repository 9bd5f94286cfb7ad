"""Whole processes: a case evaluated, many lines evaluated, an order written."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import median

from bench.bare_order import ROOT
from bench.measuring import Row, least_seconds, process
from bench.order_bench import ENGLISH, recorded
from dlicalc.domain.evaluation import evaluate
from dlicalc.services.entry import read_case
from tests.cases import AS_OF, full_case
from tests.program import shipped_protocol

BARE = ROOT / "bench" / "bare_order.py"
ROUNDS = 9
MANY = 200_000
"""Lines over which memory must stay flat."""
SOME = 20_000
"""Lines by which the rate is taken, in turns with the floor."""
FEW = 1_000

TEN_MODELS = "\n".join(
    [
        "from pydantic import BaseModel, ConfigDict",
        "class Model(BaseModel):",
        "    model_config = ConfigDict(strict=True, extra='forbid', frozen=True)",
        *(
            f"class Model{number}(Model):\n" + "\n".join(f"    field{field}: str | None = None" for field in range(6))
            for number in range(10)
        ),
    ]
)
PARSE_AND_PRINT = "import json, sys\nfor line in sys.stdin: print(json.dumps(json.loads(line)))\n"


def measure() -> list[Row]:
    """Start-up, throughput and memory of the command."""
    command = shutil.which("dlicalc", path=str(Path(sys.executable).parent))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        case, models, parse = place / "case.json", place / "models.py", place / "parse.py"
        case.write_text(json.dumps(full_case()), encoding="utf-8")
        models.write_text(TEN_MODELS, encoding="utf-8")
        parse.write_text(PARSE_AND_PRINT, encoding="utf-8")
        floor, evaluated = least_seconds([f"{sys.executable} {models}", f"{command} evaluate {case}"], ROUNDS)
        rows = [
            Row("dlicalc evaluate", evaluated * 1e3, floor * 1e3, "ms", "pydantic and ten models", "at most 1.35 ×")
        ]
        rows.append(_first_order(case, place, command))
        return [*rows, *_lines(f"{command} evaluate --lines - --as-of {AS_OF}", f"{sys.executable} {parse}", place)]


def _first_order(case: Path, folder: Path, command: str | None) -> Row:
    """The first order of a process, beside one that imports as much and draws the same by ReportLab's own calls."""
    document = full_case()
    read = read_case(document).case
    assert read is not None
    calls = recorded(read, evaluate(read, shipped_protocol(), datetime.fromisoformat(AS_OF)), ENGLISH)
    (folder / "calls.json").write_text(json.dumps(calls), encoding="utf-8")
    bare = folder / "bare.py"
    bare.write_text(f"import sys\n{TEN_MODELS}\nimport runpy\nrunpy.run_path({str(BARE)!r}, run_name='__main__')\n")
    floor, ours = least_seconds(
        [
            f"{sys.executable} {bare} {folder / 'calls.json'}",
            f"{command} order {case} -o {folder / 'order.pdf'} --as-of {AS_OF} --paper A4 --language en",
        ],
        ROUNDS,
    )
    return Row(
        "first order of a process", ours * 1e3, floor * 1e3, "ms", "models and the same drawing", "at most 1.3 ×"
    )


def _lines(command: str, floor: str, folder: Path) -> list[Row]:
    few, some, many = (file_of(folder / f"{count}.jsonl", count) for count in (FEW, SOME, MANY))
    small, large = process(command, few), process(command, many)
    rates, bare_rates = zip(*[(_rate(command, few, some), _rate(floor, few, some)) for _ in range(ROUNDS)], strict=True)
    return [
        Row(
            "cases a second, --lines",
            max(rates),
            max(bare_rates),
            "/s",
            "parse and print JSON lines",
            "at least 2500 /s",
        ),
        Row("  median of the rounds", median(rates), median(bare_rates), "/s", "parse and print JSON lines"),
        Row(f"memory, {MANY} lines", large.memory, small.memory, "MiB", f"{FEW} lines", "flat"),
    ]


def _rate(command: str, few: str, some: str) -> float:
    """Lines a second, without what the process takes to start."""
    return (SOME - FEW) / (process(command, some).seconds - process(command, few).seconds)


def file_of(path: Path, count: int) -> str:
    """Lines that all differ, so that nothing can be remembered from one to the next."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            document = full_case()
            document["recipient"]["mrn"] = f"{number:07}"
            document["recipient"]["weight"]["value"] = f"{50 + number % 50}.{number % 10}"
            document["labs"]["creatinine"]["value"] = f"{60 + number % 40}.{number % 97:02}"
            file.write(json.dumps(document) + "\n")
    return str(path)
