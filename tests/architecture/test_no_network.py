"""What the kernel is asked for: no command and no window opens an internet socket, or loads Qt's network library.

DLICALC_COMMAND names another program to be watched, such as the one in a finished folder.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cases import AS_OF, full_case
from tests.command import written
from tests.program import ROOT

PROGRAM = shlex.split(os.environ.get("DLICALC_COMMAND", "")) or [sys.executable, "-m", "dlicalc"]
INTERNET = re.compile(r"AF_INET6?\b|AF_PACKET|AF_NETLINK")

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")


def traced(log: Path, command: Sequence[str]) -> list[str]:
    """The command under a watch of every socket that is made and of every place that is connected to."""
    return ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(log), *command]


def sockets(log: Path) -> list[str]:
    return [line for line in log.read_text("utf-8").splitlines() if INTERNET.search(line)]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DLICALC_DATA_FOLDER": str(folder / "data")}


def run(folder: Path, *arguments: str) -> list[str]:
    log = folder / "trace"
    done = subprocess.run(
        traced(log, [*PROGRAM, *arguments]),
        env=environment(folder), cwd=ROOT, check=False, capture_output=True, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:].decode()
    return sockets(log)


def test_the_watch_sees_a_socket(tmp_path: Path) -> None:
    log = tmp_path / "trace"
    program = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
    subprocess.run(traced(log, [sys.executable, "-c", program]), check=True)
    assert len(sockets(log)) == 1


def test_a_case_is_evaluated(tmp_path: Path) -> None:
    assert run(tmp_path, "evaluate", str(written(tmp_path, full_case())), "--as-of", AS_OF) == []


def test_an_order_is_written_and_verified(tmp_path: Path) -> None:
    case, pdf = str(written(tmp_path, full_case())), str(tmp_path / "order.pdf")
    assert run(tmp_path, "order", case, "-o", pdf, "--as-of", AS_OF, "--language", "both") == []
    assert run(tmp_path, "verify", pdf) == []


def test_the_window_is_open_and_no_network_library_is_loaded(tmp_path: Path) -> None:
    log = tmp_path / "trace"
    command = traced(log, [*PROGRAM, "window", str(written(tmp_path, full_case()))])
    watched = subprocess.Popen(command, env=environment(tmp_path), cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        mapped = _loaded(watched.pid)
        assert "libQt6Widgets" in mapped
        time.sleep(2)  # the window stands and does what it leaves for later
        mapped = _loaded(watched.pid)
        assert "Network" not in mapped
        assert watched.poll() is None
    finally:
        for process in _children(watched.pid):
            os.kill(process, signal.SIGTERM)
        watched.wait(timeout=20)
    assert sockets(log) == []


def _children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(child) for child in text.split()]


def _loaded(watched: int) -> str:
    """What the watched program has mapped, once Qt's window library is among it."""
    mapped = ""
    for _ in range(300):
        mapped = "".join(Path(f"/proc/{child}/maps").read_text("utf-8") for child in _children(watched))
        if "libQt6Widgets" in mapped:
            break
        time.sleep(0.05)
    return mapped
