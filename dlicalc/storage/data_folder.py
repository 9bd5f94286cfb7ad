"""The folder in which the program keeps what it must remember by itself: of this user, of this machine."""

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

# Costs 20 ms; this module is imported only once a window stands.
from platformdirs import user_data_path

OVERRIDE: Final = "DLICALC_DATA_FOLDER"
PORTABLE: Final = "portable.ini"
_PORTABLE_FOLDER: Final = "dlicalc-data"
_TRAINING: Final = "training"
_PRIVATE: Final = 0o700


class DataFolder(NamedTuple):
    """A folder that need not exist yet, and the one that must exist for it to be made."""

    path: Path
    root: Path

    def make(self, name: str) -> Path:
        """The folder ``name`` in it, made if it is missing; raises :class:`OSError`.

        Where the root has gone, as a drive that is not mounted, nothing is made in its place.
        """
        if not self.root.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.root))
        folder = self.path / name
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        return folder


def data_folder(program: Path, environment: Mapping[str, str], *, training: bool) -> DataFolder:
    """Where data go: to the folder that the environment names, or beside a portable program, or where the system says.

    ``program`` is the folder in which ``portable.ini`` would lie. Training has a folder of its own in each of them.
    """
    home, root = _home(program, environment)
    return DataFolder(home / _TRAINING if training else home, root)


def _home(program: Path, environment: Mapping[str, str]) -> tuple[Path, Path]:
    if chosen := environment.get(OVERRIDE):
        path = Path(chosen).absolute()
        return path, path.parent
    if (program / PORTABLE).is_file():
        return program / _PORTABLE_FOLDER, program
    # Local, not roaming: a roaming copy would offer a draft on two machines.
    path = user_data_path("dlicalc", appauthor=False, roaming=False)
    return path, Path(path.anchor)


def program_folder(resources: Path) -> Path:
    """The folder of the program: of its executable where it was frozen, else the one that holds ``resources``."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else resources.parent
