"""Where the program keeps what it must remember, and when that is nowhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs
import pytest

from dlicalc.storage.data_folder import OVERRIDE, data_folder, program_folder


def test_the_system_says_where_for_this_user_on_this_machine(tmp_path: Path) -> None:
    """platformdirs is asked here for the same; training lies apart."""
    expected = Path(platformdirs.user_data_dir("dlicalc", appauthor=False, roaming=False))
    assert data_folder(tmp_path, {}, training=False).path == expected
    assert data_folder(tmp_path, {}, training=True).path == expected / "training"


def test_a_portable_program_keeps_its_data_beside_itself(tmp_path: Path) -> None:
    (tmp_path / "portable.ini").touch()
    folder = data_folder(tmp_path, {}, training=False)
    assert folder.path == tmp_path / "dlicalc-data"
    assert folder.make("drafts") == tmp_path / "dlicalc-data" / "drafts"
    assert folder.make("drafts").is_dir()


def test_the_environment_comes_first(tmp_path: Path) -> None:
    (tmp_path / "portable.ini").touch()
    environment = {OVERRIDE: str(tmp_path / "elsewhere")}
    assert data_folder(tmp_path, environment, training=False).path == tmp_path / "elsewhere"
    assert data_folder(tmp_path, environment, training=True).path == tmp_path / "elsewhere" / "training"


def test_nothing_is_made_where_a_drive_is_missing(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, {OVERRIDE: str(tmp_path / "drive" / "data")}, training=False)
    with pytest.raises(FileNotFoundError):
        folder.make("drafts")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
def test_others_on_this_machine_cannot_look_in(tmp_path: Path) -> None:
    folder = data_folder(tmp_path, {OVERRIDE: str(tmp_path / "data")}, training=False)
    assert folder.make("drafts").stat().st_mode & 0o077 == 0


def test_the_folder_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program_folder(tmp_path / "resources") == tmp_path
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", os.fspath(tmp_path / "dlicalc.exe"))
    assert program_folder(tmp_path / "_internal" / "resources") == tmp_path
