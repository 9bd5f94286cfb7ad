"""A lock that the operating system takes back when its process ends, however it ends."""

import contextlib
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Held from its making until it is released; raises :class:`OSError` if somebody else holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("ab")
        try:
            _take(self._file.fileno())
        except OSError:
            self._file.close()
            raise

    def release(self, *, remove: bool) -> None:
        """Let go; ``remove``: what it guarded is gone, and so may its file."""
        self._file.close()
        if remove:
            with contextlib.suppress(OSError):  # another window is just looking whether it is held
                self._path.unlink()
