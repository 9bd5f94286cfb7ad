"""The core knows no toolkit, and evaluating a case loads none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import AS_OF, full_case
from tests.command import written
from tests.exchange.made import made
from tests.program import ROOT

TOOLKITS = ("PySide6", "reportlab", "pypdfium2", "zxingcpp")
LOADED = f"import sys; print(sorted({{name.partition('.')[0] for name in sys.modules}} & set({TOOLKITS!r})))"
CORE = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for layer in ("domain", "services", "storage")
    for path in (ROOT / "dlicalc" / layer).rglob("*.py")
)


def fresh(program: str, *arguments: str) -> str:
    """What a fresh interpreter prints to standard output last."""
    call = [sys.executable, "-c", program, *arguments]
    result = subprocess.run(call, capture_output=True, check=False, cwd=ROOT, timeout=100, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout.splitlines()[-1]


def test_core_needs_no_toolkit() -> None:
    assert len(CORE) > 40
    assert fresh(f"import {', '.join(CORE)}\n{LOADED}") == "[]"


def command(*arguments: str) -> str:
    """A program that runs one command in its own process and then says which toolkits it loaded."""
    return f"from dlicalc.app.main import run\nassert run({list(arguments)!r}) == 0\n{LOADED}"


def test_evaluate_loads_no_toolkit(tmp_path: Path) -> None:
    assert fresh(command("evaluate", str(written(tmp_path, full_case())), "--as-of", AS_OF)) == "[]"


@pytest.mark.parametrize("name", ["template", "schema"])
def test_contract_loads_no_toolkit(name: str) -> None:
    assert fresh(command(name)) == "[]"


def test_evaluate_in_chinese_loads_no_toolkit(tmp_path: Path) -> None:
    case = str(written(tmp_path, full_case()))
    assert fresh(command("evaluate", case, "--as-of", AS_OF, "--language", "zh_CN")) == "[]"


def test_verify_of_a_code_loads_no_toolkit() -> None:
    """A code is read on any machine at once; what reads pages comes with the first PDF."""
    assert fresh(command("verify", made(full_case()).codes.whole[0])) == "[]"


def test_order_loads_no_window(tmp_path: Path) -> None:
    case, pdf = str(written(tmp_path, full_case())), str(tmp_path / "order.pdf")
    assert "PySide6" not in fresh(command("order", case, "-o", pdf, "--as-of", AS_OF))
