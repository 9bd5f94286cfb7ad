"""Whether the program's own files are the released ones: none changed, none missing, none that was never released.

It is the first thing that runs, before anything that might be damaged, and so it needs nothing but the standard library.
"""

import hashlib
import importlib.util
import json
import marshal
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from threading import Thread
from types import CodeType
from typing import Final, NamedTuple

MANIFEST: Final = "resources/manifest.json"
LARGE: Final = 200_000
"""Bytes from which a file is hashed beside the other work; the interpreter is free meanwhile."""
_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})
"""Files that systems leave in folders that somebody looks into."""
_HEADER: Final = 16
"""Bytes before the code in a compiled file."""


class Kind(StrEnum):
    """What is the matter with a file."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"


class Flaw(NamedTuple):
    """A file that is not as released."""

    name: str
    kind: Kind


class Place(NamedTuple):
    """Where the program lies: its modules, its data; a frozen program has no ``package`` but a whole folder of its own."""

    resources: Path
    package: Path | None
    folder: Path | None = None

    def path(self, name: str) -> Path:
        """The file that the manifest calls ``name``."""
        top, _, rest = name.partition("/")
        if top == "resources":
            return self.resources / rest
        if self.package is not None and top == "dlicalc":
            return self.package / rest
        return (self.folder or self.resources.parent) / name


def manifest_text(entries: dict[str, str]) -> str:
    """The manifest of ``entries``, the last line of which is the digest of all others."""
    body = json.dumps(entries, indent=1)
    return json.dumps({**entries, MANIFEST: digest(body.encode())}, indent=1) + "\n"


def digest(content: bytes) -> str:
    """SHA-256 of ``content`` as ``sha256:…``."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


class Inspection:
    """Holds the files of a copy against its manifest; ``flaws`` grows while :meth:`steps` goes on."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.flaws: list[Flaw] = []
        self.manifest_digest = ""
        self.entries = self._read()
        self._thread: Thread | None = None

    def _read(self) -> dict[str, str]:
        try:
            content = self._place.path(MANIFEST).read_bytes()
            entries = json.loads(content)
        except FileNotFoundError:
            self.flaws.append(Flaw(MANIFEST, Kind.MISSING))
            return {}
        except (OSError, ValueError):
            self.flaws.append(Flaw(MANIFEST, Kind.CHANGED))
            return {}
        self.manifest_digest = digest(content)
        if isinstance(entries, dict):
            entries.pop(MANIFEST, None)
            if manifest_text(entries).encode() == content:
                return entries
        self.flaws.append(Flaw(MANIFEST, Kind.CHANGED))
        return {}

    def begin(self) -> None:
        """Look at all small files now, and at the large ones beside what comes next, until :meth:`finish`."""
        large: list[str] = []
        if not self.entries:
            return
        self._look_for_more()
        for name in self.entries:
            if not self._look(name, LARGE):
                large.append(name)
        self._thread = Thread(target=lambda: [self._look(name) for name in large], daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait for what :meth:`begin` left."""
        if self._thread is not None:
            self._thread.join()

    def steps(self) -> Iterator[str]:
        """Look at one file after another; each name after its file was looked at."""
        if self.entries:
            self._look_for_more()
        for name in self.entries:
            self._look(name)
            yield name

    def _look(self, name: str, most: int | None = None) -> bool:
        """Whether ``name`` was looked at: a file of ``most`` bytes and more is left for later."""
        try:
            with self._place.path(name).open("rb", buffering=0) as file:
                if most is not None and os.fstat(file.fileno()).st_size >= most:
                    return False
                content = file.read()
        except FileNotFoundError:
            self.flaws.append(Flaw(name, Kind.MISSING))
            return True
        except OSError:
            self.flaws.append(Flaw(name, Kind.CHANGED))
            return True
        if digest(content) != self.entries[name]:
            self.flaws.append(Flaw(name, Kind.CHANGED))
        return True

    def _look_for_more(self) -> None:
        """Files that nobody released: a module could take the place of another, a data file be taken for one."""
        place = self._place
        known = {MANIFEST, *self.entries}
        self._added("resources/", place.resources, known)
        if place.package is not None:
            self._added("dlicalc/", place.package, known, but=place.resources)
        if place.folder is not None:
            self._added("", place.folder, known, but=place.resources)

    def _added(self, prefix: str, folder: Path, known: set[str], but: Path | None = None) -> None:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            return
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.name.startswith(".") or entry.name.lower() in _OF_SYSTEMS:
                continue
            if entry.is_dir():
                if entry.name != "__pycache__" and Path(entry.path) != but:
                    self._added(f"{name}/", Path(entry.path), known, but)
            elif name not in known:
                self.flaws.append(Flaw(name, Kind.ADDED))

    def compiled_steps(self) -> Iterator[str]:
        """Hold what was compiled from each module, where Python would run it, against the module."""
        for name in self.entries:
            if name.endswith(".py"):
                if not _runs_as_written(self._place.path(name)):
                    self.flaws.append(Flaw(name.removesuffix(".py") + ".pyc", Kind.CHANGED))
                yield name


def _runs_as_written(source: Path) -> bool:
    """Whether the compiled file beside ``source`` says what it says, or is none that Python would run."""
    try:
        compiled = Path(importlib.util.cache_from_source(str(source))).read_bytes()
        stat, content = source.stat(), source.read_bytes()
    except OSError:
        return True
    written = int(stat.st_mtime).to_bytes(8, "little")[:4] + stat.st_size.to_bytes(8, "little")[:4]
    if compiled[:_HEADER] != importlib.util.MAGIC_NUMBER + bytes(4) + written:
        return True  # Python compiles it anew
    try:
        code = marshal.loads(compiled[_HEADER:])  # noqa: S302  Python has run the same bytes
    except (ValueError, EOFError, TypeError):
        return False
    return isinstance(code, CodeType) and code == compile(content, str(source), "exec", dont_inherit=True)
