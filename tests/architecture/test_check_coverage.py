"""The coverage check names every file of the core that is not wholly covered, and passes only if there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.program import ROOT

Shortfalls = Callable[[dict[str, Any], Path], Iterator[str]]
COVERED: dict[str, Any] = {"missing_lines": [], "missing_branches": []}


@pytest.fixture
def shortfalls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shortfalls]:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import check_coverage

    yield check_coverage.shortfalls
    sys.modules.pop("check_coverage")


def report(**files: dict[str, Any]) -> dict[str, Any]:
    named = {f"dlicalc/domain/{name}.py": data for name, data in files.items()}
    return {"meta": {"branch_coverage": True}, "files": named}


def test_shortfalls_are_named(shortfalls: Shortfalls, tmp_path: Path) -> None:
    (tmp_path / "dlicalc/domain").mkdir(parents=True)
    for name in ("dose", "bags", "renal"):
        (tmp_path / f"dlicalc/domain/{name}.py").touch()
    missing = {"missing_lines": [7], "missing_branches": [[6, 7], [9, -1]]}
    assert list(shortfalls(report(dose=COVERED, bags=COVERED, renal=COVERED), tmp_path)) == []
    assert list(shortfalls(report(dose=COVERED, renal=missing), tmp_path)) == [
        "dlicalc/domain/bags.py: not in the report",
        "dlicalc/domain/renal.py: line 7, branch 6 to 7, branch 9 to exit",
    ]


def test_report_without_branches_proves_nothing(shortfalls: Shortfalls, tmp_path: Path) -> None:
    assert list(shortfalls({"meta": {"branch_coverage": False}, "files": {}}, tmp_path)) != []
