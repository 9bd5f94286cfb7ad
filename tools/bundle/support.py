"""What Qt for Python explains calls with, as bytecode:  support.py FOLDER.

Shiboken carries these modules as a zip of sources inside its library and compiles them at every start, which takes a
hundredth of a second. It looks first for a folder of this name beside itself: there it unpacks them if it is asked to.
"""

import py_compile
import subprocess
import sys
from pathlib import Path
from typing import Final

PLACE: Final = "shiboken6/files.dir"
_PACKAGE: Final = "shibokensupport"


def entries(work: Path) -> list[tuple[str, str, str]]:
    """The modules as PyInstaller lists files; they are made in ``work``, by a process of its own, as that loads Qt."""
    folder = work / "support"
    subprocess.run([sys.executable, __file__, str(folder)], check=True)
    return [(f"{PLACE}/{path.relative_to(folder).as_posix()}", str(path), "DATA") for path in folder.rglob("*.pyc")]


def write(folder: Path) -> None:
    """Compile each module; the bytecode names no place of this machine and is never held against a source."""
    import PySide6.QtCore  # noqa: F401  unpacks them in memory

    carried = sys.modules[_PACKAGE].__loader__.zfile
    for name in carried.namelist():
        if name.startswith(f"{_PACKAGE}/") and name.endswith(".py") and Path(name).stem.isidentifier():
            source = folder / name
            source.parent.mkdir(parents=True, exist_ok=True)
            source.write_bytes(carried.read(name))
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            py_compile.compile(
                str(source), f"{source}c", dfile=name, doraise=True, optimize=0, invalidation_mode=unchecked
            )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
