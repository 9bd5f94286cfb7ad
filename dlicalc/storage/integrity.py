"""Whether the program's own files are the released ones: none changed, none missing, none that was never released.

It is the first thing that runs, before anything that might be damaged, and needs nothing but the standard library.
"""

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterator
from enum import StrEnum
from threading import Thread
from typing import Final, NamedTuple

MANIFEST: Final = "resources/manifest.json"
LARGE: Final = 2**16
"""Bytes from which a file is hashed beside the other work; the interpreter is free meanwhile. A larger buffer would
come fresh from the system for each file, which takes longer than to read and hash it."""
_AT_ONCE: Final = 2**23
_BESIDE: Final = 2
"""Threads that hash large files; the smallest computers have two processors."""
_PART: Final = 2**22
"""Bytes of a library that are looked at in one step."""
_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})
"""Files that systems leave in folders that somebody looks into."""
_DATA: Final = "resources/"
_MODULES: Final = "dlicalc/"
_AROUND: Final = "../"
_LIBRARIES: Final = (
    *("PySide6/", "shiboken6/", "licences/", "libX", "libxcb", "libxkb", "libGL", "libEGL", "libfontconfig"),
    *("libfreetype", "libpng", "libbrotli", "libbsd", "libcap", "libdbus", "libexpat", "libgcrypt", "libglib"),
    *("libgpg", "libgthread", "liblz4", "libmd", "libpcre2", "libsystemd"),
    *("pypdfium2", "zxingcpp/", "cryptography/", "_cffi_backend", "libsqlite3", "sqlite3", "libstdc++"),
)
"""How names begin, in a frozen program, of what only shows, prints, reads paper and keeps records. Everything else
computes: the window looks at it before its first number, at these afterwards. A command looks at all before."""
_LOADED: Final = (".py", ".pyc", ".pyd", ".so", ".dll", ".exe", ".zip", ".pth")
"""What a program could be made to load. Anything else may lie around a frozen program: the site file, a saved order."""
_BINARY: Final = getattr(os, "O_BINARY", 0)
"""Windows would else read text."""
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
    """Where the program lies: its data, what its modules lie in, and for a frozen program the folder around that."""

    resources: str
    base: str
    folder: str | None = None

    def path(self, name: str) -> str:
        """The file that the manifest calls ``name``: as seen from ``base``, but for the data."""
        return f"{self.resources}/{name[len(_DATA) :]}" if name.startswith(_DATA) else f"{self.base}/{name}"


def digest(content: bytes) -> str:
    """SHA-256 of ``content`` as ``sha256:…``."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def read_manifest(content: bytes) -> dict[str, str] | None:
    """Names and digests in a manifest; ``None`` unless its last line is the digest of all before it."""
    body, _, last = content.rpartition(f',\n "{MANIFEST}": '.encode())
    if last.rstrip() != f'"{digest(body)}"\n}}'.encode():
        return None
    entries: dict[str, str] = json.loads(content)
    del entries[MANIFEST]
    return entries


class Inspection:
    """Holds the files of a copy against its manifest; ``flaws`` grows while the steps go on.

    ``own`` are the names of what computes: the program, its data, Python and what reads cases; ``libraries`` of what a
    frozen program shows, prints and keeps with.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self.flaws: list[Flaw] = []
        self.entries = self._read()
        self.own = [name for name in self.entries if not name.startswith(_LIBRARIES)]
        self.libraries = [name for name in self.entries if name.startswith(_LIBRARIES)]
        self._threads: list[Thread] = []
        self._left: dict[str, None] = {}

    def _read(self) -> dict[str, str]:
        try:
            with open(self._place.path(MANIFEST), "rb") as file:  # noqa: PTH123
                content = file.read()
        except OSError as error:
            self.flaws.append(Flaw(MANIFEST, _kind(error)))
            return {}
        self.manifest_digest = digest(content)
        entries = read_manifest(content)
        if entries is None:
            self.flaws.append(Flaw(MANIFEST, Kind.CHANGED))
        return entries or {}

    manifest_digest = ""
    """Of the list itself, which stands for all files."""

    def begin(self) -> None:
        """Look at all small files now, and at the large ones beside what comes next, until :meth:`finish`."""
        self._look_for_more()
        large = [name for name in (*self.own, *self.libraries) if not self._look(name, whole=False)]
        self._left, waiting = dict.fromkeys(large), deque(large)
        self._threads = [Thread(target=self._look_at_waiting, args=(waiting,), daemon=True) for _ in range(_BESIDE)]
        for thread in self._threads:
            thread.start()

    def _look_at_waiting(self, waiting: deque[str]) -> None:
        room = bytearray(_AT_ONCE)
        while waiting:
            try:
                name = waiting.popleft()
            except IndexError:  # another thread took the last one
                return
            self._look(name, room=room)
            del self._left[name]

    def finish(self) -> None:
        """Wait for what :meth:`begin` left."""
        for thread in self._threads:
            thread.join()
        # Whatever kept a thread from its end: what was not looked at counts as changed.
        self.flaws += [Flaw(name, Kind.CHANGED) for name in self._left]

    def steps(self) -> Iterator[str]:
        """Look at one own file after another; each name after its file was looked at."""
        self._look_for_more()
        for name in self.own:
            self._look(name)
            yield name

    def library_steps(self) -> Iterator[str]:
        """Look at the libraries, a part of a file at a step."""
        for name in self.libraries:
            found = hashlib.sha256()
            try:
                with open(self._place.path(name), "rb", buffering=0) as file:  # noqa: PTH123
                    while part := file.read(_PART):
                        found.update(part)
                        yield name
            except OSError as error:
                self.flaws.append(Flaw(name, _kind(error)))
                continue
            if f"sha256:{found.hexdigest()}" != self.entries[name]:
                self.flaws.append(Flaw(name, Kind.CHANGED))

    def _look(self, name: str, *, whole: bool = True, room: bytearray | None = None) -> bool:
        """Whether ``name`` was looked at; unless it is wanted ``whole``, a large file is left for later.

        ``room`` is where a large one is read to.
        """
        try:
            file = os.open(self._place.path(name), os.O_RDONLY | _BINARY)
            try:
                content = os.read(file, LARGE)
                if len(content) == LARGE and not whole:
                    return False
                found = digest(content) if len(content) < LARGE else _digest_of_large(content, file, room)
            finally:
                os.close(file)
        except OSError as error:
            self.flaws.append(Flaw(name, _kind(error)))
            return True
        if found != self.entries[name]:
            self.flaws.append(Flaw(name, Kind.CHANGED))
        return True

    def _look_for_more(self) -> None:
        """Files that nobody released: a module could take the place of another, a data file be taken for one."""
        if not self.entries:
            return
        place = self._place
        self._added(_DATA, place.resources)
        if place.folder is None:
            self._added(_MODULES, f"{place.base}/dlicalc")
        else:
            self._added("", place.base)
            self._added(_AROUND, place.folder)

    def _added(self, prefix: str, folder: str) -> None:
        try:
            found = list(os.scandir(folder))
        except OSError:
            return
        for entry in found:
            name = f"{prefix}{entry.name}"
            if name in self.entries or name == MANIFEST or entry.name.startswith("."):
                continue
            if entry.is_dir():
                if entry.name != "__pycache__" and not self._looked_into(entry.path):
                    self._added(f"{name}/", entry.path)
            elif entry.name.lower() not in _OF_SYSTEMS and not _kept_beside(name):
                self.flaws.append(Flaw(name, Kind.ADDED))

    def _looked_into(self, folder: str) -> bool:
        """Whether ``folder`` is looked into by itself."""
        place = self._place
        return _same(folder, place.resources) or (place.folder is not None and _same(folder, place.base))

    def compiled_steps(self) -> Iterator[str]:
        """Hold what was compiled from each module, where Python would run it, against the module."""
        for name in self.entries:
            if name.endswith(".py"):
                if not _runs_as_written(self._place.path(name)):
                    self.flaws.append(Flaw(name.removesuffix(".py") + ".pyc", Kind.CHANGED))
                yield name


def _digest_of_large(begun: bytes, file: int, room: bytearray | None) -> str:
    """Of a file whose beginning has been read; in large parts, since each waits for the interpreter."""
    found, room = hashlib.sha256(begun), room or bytearray(_AT_ONCE)
    with open(file, "rb", buffering=0, closefd=False) as rest:
        while count := rest.readinto(room):
            found.update(memoryview(room)[:count])
    return f"sha256:{found.hexdigest()}"


def _kept_beside(name: str) -> bool:
    return name.startswith(_AROUND) and not name.lower().endswith(_LOADED)


def _kind(error: OSError) -> Kind:
    return Kind.MISSING if isinstance(error, FileNotFoundError) else Kind.CHANGED


def _same(one: str, other: str) -> bool:
    return os.path.normcase(os.path.normpath(one)) == os.path.normcase(os.path.normpath(other))


def _runs_as_written(name: str) -> bool:
    """Whether the compiled file of the source ``name`` says what it says, or is none that Python would run."""
    import importlib.util  # noqa: PLC0415  no start waits for these
    import marshal  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415
    from types import CodeType  # noqa: PLC0415

    source = Path(name)
    try:
        compiled = Path(importlib.util.cache_from_source(name)).read_bytes()
        stat, content = source.stat(), source.read_bytes()
    except OSError:
        return True
    written = int(stat.st_mtime).to_bytes(8, "little")[:4] + stat.st_size.to_bytes(8, "little")[:4]
    if compiled[:_HEADER] != importlib.util.MAGIC_NUMBER + bytes(4) + written:
        return True  # Python compiles it anew
    try:
        code = marshal.loads(compiled[_HEADER:])
    except (ValueError, EOFError, TypeError):
        return False
    return isinstance(code, CodeType) and code == compile(content, name, "exec", dont_inherit=True)
