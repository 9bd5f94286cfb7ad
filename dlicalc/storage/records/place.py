"""Where the records and their key lie, and where they must not."""

import sys
from pathlib import Path
from typing import Final, NamedTuple

from dlicalc.services.problem import Problem, Refused
from dlicalc.storage.data_folder import DataFolder

_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre", "davfs", "beegfs"}
)
_NETWORK_FUSE: Final = ("fuse.sshfs", "fuse.davfs", "fuse.glusterfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.s3fs")
_TYPE_AFTER: Final = " - "


def log_of(database: Path) -> Path:
    """Where SQLite keeps the write-ahead log of ``database``."""
    return database.with_name(f"{database.name}-wal")


class Place(NamedTuple):
    """The store in one folder, what protects it in another."""

    store: Path
    keys: Path

    @property
    def database(self) -> Path:
        """The store."""
        return self.store / "records.db"

    @property
    def log(self) -> Path:
        """Its write-ahead log: there while the store is in use, or was not closed."""
        return log_of(self.database)

    @property
    def key(self) -> Path:
        """The protected key."""
        return self.keys / "records.key"

    @property
    def on_paper(self) -> Path:
        """That the recovery key of this key is on paper."""
        return self.keys / "records.paper"

    @property
    def head(self) -> Path:
        """The mark of the newest entry."""
        return self.keys / "records.head"

    @property
    def closed(self) -> Path:
        """The digest of the store as it was closed."""
        return self.keys / "records.closed"


def place_in(folder: DataFolder, program: Path) -> Place:
    """The folders of the records, which need not exist; raises :class:`Refused` where records must not lie."""
    path = folder.path.absolute()
    if path.resolve().is_relative_to(program.resolve()):
        raise Refused(Problem("records", "records_program"))
    if kind := network_kind(path):
        raise Refused(Problem("records", "records_network", {"text": kind}))
    return Place(folder.path / "records", folder.path / "keys")


def made(folder: DataFolder, place: Place) -> Place:
    """``place`` with its folders made; raises :class:`Refused`."""
    try:
        for part in (place.store, place.keys):
            folder.make(part.name)
    except OSError as error:
        raise Refused(Problem("records", "records_folder", {"text": error.strerror or str(error)})) from error
    return place


if sys.platform == "win32":
    import ctypes

    _REMOTE: Final = 4

    def network_kind(path: Path) -> str:
        """The kind of network drive that ``path`` lies on; empty if it lies on none."""
        anchor = path.anchor
        if anchor.startswith("\\\\") and not anchor.startswith("\\\\?\\"):
            return anchor
        return anchor if ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE else ""

else:

    def network_kind(path: Path) -> str:
        """The kind of network drive that ``path`` lies on; empty if it lies on none."""
        try:
            mounts = Path("/proc/self/mountinfo").read_text(errors="surrogateescape")
        except OSError:
            return ""
        return network_mount(path.resolve(), mounts)


def network_mount(path: Path, mounts: str) -> str:
    """The type of the network file system that holds ``path``, from the text of Linux' ``mountinfo``; else empty."""
    best, kind = Path(), ""
    for line in mounts.splitlines():
        before, _, after = line.partition(_TYPE_AFTER)
        point = Path(_unescaped(before.split()[4]))
        if path.is_relative_to(point) and len(point.parts) >= len(best.parts):
            best, kind = point, after.split()[0]
    return kind if kind in _NETWORK or kind.startswith(_NETWORK_FUSE) else ""


def _unescaped(text: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, sign)
    return text
