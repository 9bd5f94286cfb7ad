"""Autosaved drafts on the disk: whose they are, what a crash leaves, what a damaged one does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dlicalc.services.problem import Refused
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.drafts import FolderDrafts
from tests.cases import AS_OF, full_case

NAMES = ("Example", "0042177")
"""Texts of the case that no file name may hold."""


made: list[FolderDrafts] = []


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    """All windows end with the test."""
    yield
    for drafts in made:
        end(drafts)
    made.clear()


def store(folder: Path) -> FolderDrafts:
    """The store of one window."""
    drafts = FolderDrafts(DataFolder(folder, folder.parent), lambda: datetime.fromisoformat(AS_OF), "dlicalc 0")
    made.append(drafts)
    return drafts


def end(drafts: FolderDrafts) -> None:
    """What the system does for a window that ends without a goodbye: its locks are released, its files stay."""
    drafts.let_go()
    if drafts._own is not None:
        drafts._own.lock.release(remove=False)
        drafts._own = None


def files(folder: Path, kind: str = "*") -> list[Path]:
    return sorted((folder / "drafts").glob(kind))


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.storage.test_drafts import store
from tests.cases import full_case
drafts = store(Path(sys.argv[1]))
drafts.keep(full_case(), has_file=True)
print("kept", flush=True)
os.kill(os.getpid(), signal.SIGKILL) if sys.argv[2] == "die" else sys.stdin.read()
"""


def window(folder: Path, fate: str) -> subprocess.Popen[bytes]:
    """Another process that has kept a draft; it dies, or lives until its input ends."""
    root = Path(__file__).parents[2]
    call = [sys.executable, "-c", KILLED, str(folder), fate]
    process = subprocess.Popen(call, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"kept\n"
    return process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_what_a_killed_process_kept_is_left_over(tmp_path: Path) -> None:
    with window(tmp_path / "data", "die") as process:
        assert process.wait(30) == -signal.SIGKILL
    left = store(tmp_path / "data").left_over()
    (draft,) = left.drafts
    assert draft.document == full_case()
    assert (draft.kept_at, draft.software, draft.has_file) == (AS_OF.replace("08:00+", "08:00:00+"), "dlicalc 0", True)
    assert left.damaged == ()


def test_the_draft_of_a_running_window_is_nobody_elses(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with window(folder, "live") as process:
        mine = store(folder)
        assert mine.left_over().drafts == ()
        mine.keep({"format": "x"}, has_file=False)
        mine.close()
        assert len(files(folder, "*.json")) == 1
        process.communicate(b"")
    assert len(store(folder).left_over().drafts) == 1


def test_file_names_tell_nothing(tmp_path: Path) -> None:
    drafts = store(tmp_path / "data")
    drafts.keep(full_case(), has_file=False)
    paths = files(tmp_path / "data")
    assert paths
    assert not any(text in path.name for text in NAMES for path in paths)


def test_the_last_state_is_kept_and_dropped(tmp_path: Path) -> None:
    drafts = store(tmp_path / "data")
    drafts.drop()
    drafts.keep(full_case(), has_file=False)
    drafts.keep(full_case() | {"donor": {"id": "later"}}, has_file=False)
    (path,) = files(tmp_path / "data", "*.json")
    assert json.loads(path.read_text("utf-8"))["case"]["donor"] == {"id": "later"}
    drafts.drop()
    assert files(tmp_path / "data", "*.json") == []
    drafts.keep(full_case(), has_file=False)
    assert len(files(tmp_path / "data", "*.json")) == 1
    drafts.close()
    assert files(tmp_path / "data") == []


def left_behind(folder: Path, **changes: Any) -> None:
    """A draft whose window has gone."""
    drafts = store(folder)
    drafts.keep(full_case() | changes, has_file=False)
    end(drafts)


def test_offered_drafts_are_held_back_from_other_windows_until_let_go(tmp_path: Path) -> None:
    left_behind(tmp_path)
    one, other = store(tmp_path), store(tmp_path)
    assert len(one.left_over().drafts) == 1
    assert other.left_over().drafts == ()
    one.let_go()
    assert len(other.left_over().drafts) == 1


def test_a_taken_draft_stays_on_the_disk_and_goes_with_its_new_window(tmp_path: Path) -> None:
    left_behind(tmp_path)
    drafts = store(tmp_path)
    drafts.keep(full_case(), has_file=False)
    (draft,) = drafts.left_over().drafts
    drafts.take(draft.key)
    assert [path.name for path in files(tmp_path, "*.json")] == [draft.key]
    assert store(tmp_path).left_over().drafts == ()
    drafts.close()
    assert files(tmp_path) == []


def test_a_discarded_draft_is_gone(tmp_path: Path) -> None:
    left_behind(tmp_path)
    drafts = store(tmp_path)
    drafts.discard(drafts.left_over().drafts[0].key)
    assert files(tmp_path) == []


def test_what_a_broken_off_write_left_is_cleared_away(tmp_path: Path) -> None:
    left_behind(tmp_path)
    (path,) = files(tmp_path, "*.json")
    (path.parent / f".{path.name}.99.part").write_text("half a ca", "utf-8")
    path.unlink()
    assert store(tmp_path).left_over().drafts == ()
    assert files(tmp_path, ".*") + files(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"format": "dlicalc-draft/2", "kept_at": "x", "software": "y", "case": {}}',
        b'{"format": "dlicalc-draft/1", "kept_at": 7, "software": "y", "case": {}}',
        b'{"format": "dlicalc-draft/1", "kept_at": "x", "software": "y", "case": null}',
        b'{"format": "dlicalc-draft/1", "kept_at": "x", "software": "y", "case": {"products": "none"}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_draft_is_put_aside_whole_and_told(tmp_path: Path, content: bytes) -> None:
    left_behind(tmp_path)
    (path,) = files(tmp_path, "*.json")
    path.write_bytes(content)
    left_behind(tmp_path)
    left = store(tmp_path).left_over()
    assert len(left.drafts) == 1
    assert [Path(place).read_bytes() for place in left.damaged] == [content]
    assert store(tmp_path).left_over().damaged == ()


def test_a_folder_that_cannot_be_used_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "missing" / "data", tmp_path / "file"):
        drafts = store(folder)
        for act in (drafts.left_over, lambda drafts=drafts: drafts.keep(full_case(), has_file=False)):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.problems[0].params["text"]
        drafts.drop()
        drafts.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_read_only_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refused):
        store(tmp_path / "data").keep(full_case(), has_file=False)
