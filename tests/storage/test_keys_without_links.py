"""The key of the records on a stick whose file system knows no links. Expected: docs/records.md; portable data."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from dlicalc.storage.records.keys import load_keys, new_keys, save_keys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no links are made there")


@pytest.fixture(autouse=True)
def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Linux answers on FAT."""

    def refuse(_self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted", str(target))

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def test_a_key_is_kept(tmp_path: Path) -> None:
    keys = new_keys()
    assert save_keys(tmp_path / "records.key", keys) == keys
    assert load_keys(tmp_path / "records.key") == keys
    assert [path.name for path in tmp_path.iterdir()] == ["records.key"]


def test_the_key_of_another_window_stays(tmp_path: Path) -> None:
    first = save_keys(tmp_path / "records.key", new_keys())
    assert save_keys(tmp_path / "records.key", new_keys()) == first
    assert [path.name for path in tmp_path.iterdir()] == ["records.key"]
