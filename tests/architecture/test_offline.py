"""No command opens a socket or starts another program; none writes anywhere but where it was told to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import AS_OF, full_case
from tests.command import written
from tests.program import ROOT

WATCHED = """
import os, sys
seen = []

def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system", "os.exec",
                         "os.posix_spawn", "webbrowser.")):
        seen.append(event)
    elif event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        seen.append(f"writes {arguments[0]}")

sys.dont_write_bytecode = True
sys.addaudithook(watch)
from dlicalc.app.main import run
code = run(sys.argv[1:])
sys.stdout.flush()
sys.stderr.write("\\n".join(["--", *map(str, seen)]))
sys.exit(code)
"""


def watched(*arguments: str) -> list[str]:
    """What a command did that is watched; it must succeed."""
    call = [sys.executable, "-c", WATCHED, *arguments]
    result = subprocess.run(call, capture_output=True, check=False, cwd=ROOT, timeout=100, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stderr.partition("--\n")[2].splitlines()


def test_the_watch_sees_a_socket() -> None:
    program = WATCHED.replace("from dlicalc.app.main import run", "import socket\nsocket.socket()\nrun = len")
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, text=True, timeout=100)
    assert "socket.__new__" in result.stderr


def test_evaluate(tmp_path: Path) -> None:
    assert watched("evaluate", str(written(tmp_path, full_case())), "--as-of", AS_OF) == []


@pytest.mark.parametrize("language", ["en", "both"])
def test_order_writes_its_file_alone(tmp_path: Path, language: str) -> None:
    case, pdf = str(written(tmp_path, full_case())), tmp_path / "order.pdf"
    seen = watched("order", case, "-o", str(pdf), "--as-of", AS_OF, "--language", language)
    assert pdf.is_file()
    assert [event for event in seen if not event.startswith(f"writes {tmp_path}")] == []


def test_verify_writes_nothing(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    watched("order", str(written(tmp_path, full_case())), "-o", str(pdf), "--as-of", AS_OF, "--draft")
    assert watched("verify", str(pdf)) == []


def test_schema() -> None:
    assert watched("schema") == []
