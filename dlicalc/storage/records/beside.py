"""What lies beside the key and not in the store: the mark of the newest entry.

Who takes entries off the end, or puts an older store in place, does not change these; who has the key can.
"""

import hmac
import os
from pathlib import Path
from typing import Final

from dlicalc.services.records import Head
from dlicalc.storage.atomic import write_atomically

_NUMBER: Final = 8
_HASH: Final = 32
_BODY: Final = _NUMBER + _HASH


class HeadMark:
    """The newest entry that was acknowledged. Never ahead of the store: it is written after the commit."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._handle: int | None = None

    def read(self) -> Head | None:
        """The mark; ``None`` if it is missing or damaged."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return None
        body, mac = content[:_BODY], content[_BODY:]
        if not hmac.compare_digest(mac, hmac.digest(self._key, body, "sha256")):
            return None
        return Head(int.from_bytes(body[:_NUMBER], "big"), body[_NUMBER:].hex())

    def begin(self, head: Head) -> None:
        """Make the mark anew, on the disk; raises :class:`Refused`."""
        self.close()
        write_atomically(str(self._path), self._content(head))

    def move(self, head: Head) -> None:
        """Move the mark on. Not flushed: that it stays behind after a power cut does no harm; failing neither."""
        try:
            if self._handle is None:
                self._handle = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, self._content(head))
        except OSError:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _content(self, head: Head) -> bytes:
        body = head.sequence.to_bytes(_NUMBER, "big") + bytes.fromhex(head.hash)
        return body + hmac.digest(self._key, body, "sha256")
