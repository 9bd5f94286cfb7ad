"""What it costs to prove a copy: the files against the manifest, the golden cases, and every result computed twice."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.measuring import Row, in_turns
from dlicalc.app import soundness
from dlicalc.domain.evaluation import evaluate
from dlicalc.services.entry import read_case
from dlicalc.services.reference import GOLDEN, check_golden
from dlicalc.services.two_routes import differing
from dlicalc.storage.integrity import Inspection
from tests.cases import AS_OF, full_case
from tests.program import ROOT, shipped_protocol

ROUNDS = 15


def measure() -> list[Row]:
    """Each beside its floor, all files in the caches of the system."""
    return [_files(), _golden(), _second_route()]


def _files() -> Row:
    place = soundness.here()
    paths = [place.path(name) for name in Inspection(place).entries]

    def bare() -> None:
        for path in paths:
            hashlib.sha256(Path(path).read_bytes()).hexdigest()

    def inspect() -> None:
        inspection = Inspection(place)
        assert sum(1 for _ in inspection.steps()) == len(paths)
        assert not inspection.flaws, inspection.flaws

    floor, ours = in_turns([bare, inspect], ROUNDS)
    return Row(
        f"{len(paths)} files against the manifest", ours * 1e3, floor * 1e3, "ms", "bare hashing", "at most 60 ms"
    )


def _golden() -> Row:
    protocol = shipped_protocol()
    shipped = (ROOT / "resources/reference_cases/worked_doses.json").read_text(encoding="utf-8")
    doses: list[dict[str, Any]] = json.loads(shipped)
    golden = [one for one in doses if one["id"] in GOLDEN]

    def engine() -> None:
        for one in golden:
            case = read_case(one["case"]).case
            assert case is not None
            evaluate(case, protocol, datetime.fromisoformat(one["as_of"]))

    floor, ours = in_turns([engine, lambda: check_golden(doses, protocol)], ROUNDS, repeat=20)
    return Row(f"{len(golden)} golden cases, both routes", ours * 1e3, floor * 1e3, "ms", "the engine alone")


def _second_route() -> Row:
    document, protocol = full_case(), shipped_protocol()
    case = read_case(document).case
    assert case is not None
    evaluation = evaluate(case, protocol, datetime.fromisoformat(AS_OF))
    calls = [
        lambda: evaluate(case, protocol, datetime.fromisoformat(AS_OF)),
        lambda: differing(document, evaluation),
    ]
    floor, ours = in_turns(calls, ROUNDS, repeat=100)
    return Row("second route of a result", ours * 1e3, floor * 1e3, "ms", "the engine")


def main() -> None:
    """Print them."""
    for row in measure():
        print(f"{row.name:34} {row.value:10.3f} {row.floor:10.3f} {row.unit:5} {row.ratio:6.2f}  {row.floor_name}")


if __name__ == "__main__":
    main()
