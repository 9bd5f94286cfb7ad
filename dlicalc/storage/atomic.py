"""Writing a file so that a reader sees the old one or the new one, never a part."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from dlicalc.services.problem import Problem, Refused


def is_same_file(one: str, other: str) -> bool:
    """Whether both paths lead to one existing file, through whatever links."""
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):  # one of them leads nowhere
        return False


def _nothing() -> None:
    """Nothing is to be done before a file gets its name."""


def write_atomically(place: str, content: bytes, before: Callable[[], object] = _nothing) -> None:
    """Write ``content`` beside ``place``, flush it to the disk, then rename; raises :class:`Refused`.

    ``before`` is called when only the name is still missing; if it raises, there is no file.
    """
    try:
        target = Path(place).resolve()
        if target.exists() and not target.is_file():
            raise Refused(Problem(place, "output_special"))
        _write(target, content, before)
    except (OSError, ValueError, RuntimeError) as error:  # a circle of links is a RuntimeError
        raise Refused(
            Problem(place, "output_unwritable", {"text": getattr(error, "strerror", None) or str(error)})
        ) from error


def _write(target: Path, content: bytes, before: Callable[[], object]) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(mode)
        before()
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable where the system lets a folder be flushed; Windows does not."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
