"""A file is the old one or the new one, whatever fails in between."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from dlicalc.services.problem import Refused
from dlicalc.storage import atomic
from dlicalc.storage.atomic import is_same_file, write_atomically


def full(*_: Any, **__: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def refused(place: Path, content: bytes = b"new") -> tuple[str, str]:
    """Code and reason of the refusal to write."""
    with pytest.raises(Refused) as caught:
        write_atomically(str(place), content)
    (problem,) = caught.value.problems
    assert problem.path == str(place)
    return problem.code, problem.params.get("text", "")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A file that is there already, and afterwards no rest of an attempt beside it."""
    place = tmp_path / "case.json"
    place.write_bytes(b"old")
    yield place
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_new_file(tmp_path: Path) -> None:
    write_atomically(str(tmp_path / "new.json"), b"content\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"new.json": b"content\n"}


def test_old_file_is_replaced(file: Path) -> None:
    write_atomically(str(file), b"new")
    assert file.read_bytes() == b"new"


def test_permissions_of_the_old_file_are_kept(file: Path) -> None:
    file.chmod(0o640)
    write_atomically(str(file), b"new")
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("fault", ["fsync", "replace", "open", "write"])
def test_full_disk_leaves_the_old_file(fault: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if fault == "fsync":
        monkeypatch.setattr(atomic.os, "fsync", full)
    elif fault == "write":
        monkeypatch.setattr(Path, "open", _opening(_FullFile))
    else:
        monkeypatch.setattr(Path, fault, full)
    assert refused(file) == ("output_unwritable", "No space left on device")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"


class _FullFile:
    """A file that takes no bytes."""

    def __enter__(self) -> _FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    write = staticmethod(full)


def _opening(kind: type[_FullFile]) -> Callable[..., Any]:
    return lambda path, *_, **__: path.touch() or kind()


def test_interruption_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(str(file), b"new")
    monkeypatch.undo()
    assert file.read_bytes() == b"old"


def test_content_is_flushed_before_the_rename_and_the_folder_after(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def renamed(path: Path, target: Path) -> Path:
        order.append("rename")
        return replace(path, target)

    monkeypatch.setattr(atomic.os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", renamed)
    write_atomically(str(file), b"new")
    assert order == ["file", "rename", "folder"]


def test_system_without_folders_to_flush(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(atomic.os, "O_DIRECTORY")
    write_atomically(str(file), b"new")
    assert file.read_bytes() == b"new"


def test_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "case.json").mkdir()
    assert refused(tmp_path / "case.json")[0] in ("output_special", "output_unwritable")
    assert (tmp_path / "case.json").is_dir()


@pytest.mark.parametrize("name", ["missing/case.json", "case\x00.json", "x" * 300 + ".json"])
def test_place_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    code, reason = refused(tmp_path / name)
    assert code == "output_unwritable"
    assert reason
    assert list(tmp_path.iterdir()) == []


def test_device_is_not_replaced_by_a_file() -> None:
    assert refused(Path(os.devnull))[0] == "output_special"
    assert not Path(os.devnull).is_file()


def test_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(Refused):
        write_atomically(str(tmp_path / "a"), b"new")


def test_link_is_followed_and_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(file)
    write_atomically(str(link), b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_same_file_is_known_through_links_and_a_circle_of_links_is_no_file(tmp_path: Path) -> None:
    case, link, first, second = (tmp_path / name for name in ("case.json", "link", "first", "second"))
    case.write_text("{}", encoding="utf-8")
    link.symlink_to(case)
    first.symlink_to(second)
    second.symlink_to(first)
    assert is_same_file(str(link), str(case))
    assert not is_same_file(str(first), str(case))
    assert not is_same_file(str(tmp_path / "new.pdf"), str(case))
