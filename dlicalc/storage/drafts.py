"""Autosaved drafts in the data folder, one for each running window, guarded by a lock against the other windows."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from dlicalc.services.drafts import Draft, LeftOver, draft_content, read_draft
from dlicalc.services.entry import Document
from dlicalc.services.ports import Clock
from dlicalc.services.problem import Problem, Refused
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.case_files import parse_document, read_file
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.lock import Lock

_FOLDER: Final = "drafts"
_ASIDE: Final = ".damaged"
_FIRST: Final = "draft-"

_T = TypeVar("_T")


class _Claim(NamedTuple):
    """A draft's file (which need not be there) and the lock that says whose it is."""

    path: Path
    lock: Lock

    def forget(self) -> None:
        """Remove the draft and let go of it."""
        _remove(self.path)
        self.lock.release(remove=True)


class FolderDrafts:
    """The draft of one window, and those that ended windows have left in the same folder.

    Names of files hold no word of the case. Everything here raises :class:`Refused` where the folder cannot be used.
    """

    def __init__(self, folder: DataFolder, clock: Clock, software: str) -> None:
        self._folder = folder
        self._clock = clock
        self._software = software
        self._own: _Claim | None = None
        self._offered: dict[str, _Claim] = {}

    @property
    def folder(self) -> str:
        """The data folder, for people."""
        return str(self._folder.path)

    def keep(self, document: Document, *, has_file: bool) -> None:
        """Write ``document`` in place of what was kept before."""
        if self._own is None:
            self._own = self._attempt(self._claim_new)
        content = draft_content(document, kept_at=self._clock().isoformat(), software=self._software, has_file=has_file)
        write_atomically(str(self._own.path), json.dumps(content, ensure_ascii=False).encode() + b"\n")

    def drop(self) -> None:
        """Forget what was kept: it was saved, or given up."""
        if self._own is not None:
            _remove(self._own.path)

    def left_over(self) -> LeftOver:
        """The drafts of windows that have ended; they are held back from other windows until they are let go."""
        self.let_go()
        return self._attempt(self._look)

    def take(self, key: str) -> None:
        """Make a draft that was left over the one of this window; it stays on the disk meanwhile."""
        if self._own is not None:
            self._own.forget()
        self._own = self._offered.pop(key)

    def discard(self, key: str) -> None:
        """Remove a draft that was left over."""
        self._offered.pop(key).forget()

    def let_go(self) -> None:
        """Leave what was left over for another time, or another window."""
        for claim in self._offered.values():
            claim.lock.release(remove=False)
        self._offered.clear()

    def close(self) -> None:
        """The window ends, and nothing in it is worth keeping."""
        self.let_go()
        if self._own is not None:
            self._own.forget()
            self._own = None

    def _claim_new(self) -> _Claim:
        path = self._folder.make(_FOLDER) / f"{_FIRST}{os.getpid()}-{os.urandom(6).hex()}.json"
        return _Claim(path, Lock(_lock_of(path)))

    def _look(self) -> LeftOver:
        drafts: list[Draft] = []
        damaged: list[str] = []
        for claim in _claimed(self._folder.make(_FOLDER)):
            _remove_parts(claim.path)
            try:
                drafts.append(read_draft(claim.path.name, parse_document(read_file(str(claim.path)), str(claim.path))))
                self._offered[claim.path.name] = claim
            except Refused:
                damaged.append(str(claim.path.rename(claim.path.with_suffix(_ASIDE))))
                claim.lock.release(remove=True)
        return LeftOver(tuple(sorted(drafts, key=lambda draft: draft.kept_at, reverse=True)), tuple(damaged))

    def _attempt(self, act: Callable[[], _T]) -> _T:
        try:
            return act()
        except OSError as error:
            reason = error.strerror or str(error)
            raise Refused(Problem(self.folder, "output_unwritable", {"text": reason})) from error


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _claimed(folder: Path) -> Iterator[_Claim]:
    """The drafts that no running window holds."""
    for lock_path in sorted(folder.glob(f"{_FIRST}*.lock")):
        path = lock_path.with_suffix(".json")
        try:
            lock = Lock(lock_path)
        except OSError:
            continue
        # Its window may have removed it between our finding the lock and getting it.
        if path.is_file():
            yield _Claim(path, lock)
        else:
            _remove_parts(path)
            lock.release(remove=True)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _remove_parts(path: Path) -> None:
    """Remove what a write that was broken off has left beside the draft."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        _remove(part)
