"""The folder of data files beside the program, and the manifest that says what should be in it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dlicalc.services.problem import Problem, Refused

MANIFEST: Final = "manifest.json"


def digest(content: bytes) -> str:
    """SHA-256 of ``content`` as ``sha256:…``."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


class Damaged(Refused):
    """A file of the program is missing or is not the one it was released with."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(Problem(name, "damaged", {"text": reason}))


class Resources:
    """Read access to the data folder; every file is held against the manifest when it is read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest: dict[str, str] | None = None

    @property
    def manifest(self) -> dict[str, str]:
        """Path of each file below the program's folder → its digest."""
        if self._manifest is None:
            try:
                entries = json.loads((self.folder / MANIFEST).read_bytes())
            except (OSError, ValueError) as error:
                raise Damaged(MANIFEST, str(error)) from error
            if not isinstance(entries, dict):
                raise Damaged(MANIFEST, "not a list of files")
            self._manifest = {str(name): str(value) for name, value in entries.items()}
        return self._manifest

    def read(self, name: str) -> bytes:
        """The bytes of the data file ``name``; raises :class:`Damaged` unless they are the released ones."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise Damaged(name, error.strerror or str(error)) from error
        if self.manifest.get(f"resources/{name}") != digest(content):
            raise Damaged(name, "not as released")
        return content

    def damaged_files(self, package: Path) -> Iterator[str]:
        """Names of all files, data and program, that are missing or differ from the manifest."""
        for name, expected in self.manifest.items():
            place = self.folder / name.removeprefix("resources/") if name.startswith("resources/") else None
            path = place or package.parent / name
            if not path.is_file() or digest(path.read_bytes()) != expected:
                yield name
