"""What a release depends on: the pinned toolkit and the list of the program's own files."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.program import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_window_toolkit_is_pinned_everywhere() -> None:
    """Later ones lose references on Python 3.11 or lack a system library."""
    assert "PySide6_Essentials==6.9.3" in PROJECT["dependencies"]
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8").lower()
        assert re.findall(r"^(?:pyside6-essentials|shiboken6)==(\S+)", text, re.MULTILINE) == ["6.9.3", "6.9.3"]
    assert importlib.metadata.version("PySide6_Essentials") == "6.9.3"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_its_digest(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line)]
    assert packages
    assert [line.split()[0] for line in packages if "--hash=sha256:" not in line or "==" not in line] == []


def test_manifest_names_every_file_as_it_is() -> None:
    call = [sys.executable, "tools/manifest.py", "--check"]
    result = subprocess.run(call, capture_output=True, check=False, cwd=ROOT, timeout=100, text=True)
    assert (result.returncode, result.stderr) == (0, "")


def test_manifest_check_finds_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    for name in ("resources", "dlicalc"):
        (tmp_path / name).mkdir()
    (tmp_path / "tools/manifest.py").write_bytes((ROOT / "tools/manifest.py").read_bytes())
    (tmp_path / "resources/a.txt").write_text("a", encoding="utf-8")
    call = [sys.executable, "tools/manifest.py"]
    assert subprocess.run(call, check=False, cwd=tmp_path, timeout=100).returncode == 0
    assert subprocess.run([*call, "--check"], check=False, cwd=tmp_path, timeout=100).returncode == 0
    (tmp_path / "resources/a.txt").write_text("b", encoding="utf-8")
    changed = subprocess.run([*call, "--check"], capture_output=True, check=False, cwd=tmp_path, timeout=100, text=True)
    assert changed.returncode == 1
    assert changed.stderr.startswith("resources/a.txt: ")
