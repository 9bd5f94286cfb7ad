"""A finished folder (``make bundle``), named by DLICALC_BUNDLE, and a room with nothing else to run it in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program import ROOT

Result = subprocess.CompletedProcess[bytes]
EMPTY_ROOT = ROOT / "tools" / "bundle" / "empty-root.sh"


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder as it would be carried to another computer."""
    named = os.environ.get("DLICALC_BUNDLE")
    if not named:
        pytest.skip("DLICALC_BUNDLE names no finished folder: make bundle")
    return Path(named).resolve()


class Room:
    """An empty root: of this system only the C library, zlib and one folder for what goes in and comes out."""

    def __init__(self, program: Path, place: Path) -> None:
        self.program, self.place = program, place

    def command(self, *arguments: str | Path) -> list[str]:
        return [str(EMPTY_ROOT), str(self.program), "dlicalc", *map(str, arguments)]

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
        return {**kept, "ROOM": str(self.place), **more}

    def run(self, *arguments: str | Path) -> Result:
        return subprocess.run(
            self.command(*arguments), env=self.environment(), check=False, capture_output=True, timeout=100
        )


@pytest.fixture
def room(folder: Path, tmp_path: Path) -> Room:
    if not shutil.which("bwrap"):
        pytest.skip("an empty root is made by bubblewrap, which is not here")
    return Room(folder, tmp_path)
