"""The Windows folder once more, started by the signed Python itself:  portable.py FOLDER PYTHON TARGET.

Hospitals that let no unsigned program start may let this one: ``pythonw.exe`` and its library carry the signature of
the Python Software Foundation. FOLDER is the finished Windows folder, PYTHON the signed one it was built with. The
``._pth`` file fixes where modules come from: no variable, no registry key and no file elsewhere can add any.
"""

import importlib.util
import marshal
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Final

from listing import write_manifest
from PyInstaller.archive.readers import CArchiveReader

INSIDE: Final = "lib"
INTERPRETER: Final = ("python.exe", "pythonw.exe", "python311.dll", "python3.dll")
SEARCHED: Final = ("VCRUNTIME", "MSVCP")
"""What programs look for beside themselves."""
STARTS: Final = {
    "dlicalc.cmd": '@start "" "%~dp0pythonw.exe" -m dlicalc %*\r\n',
    "dlicalc-console.cmd": '@"%~dp0python.exe" -m dlicalc %*\r\n',
    "python311._pth": f"{INSIDE}\r\n",
}


def main() -> None:
    folder, python, target = map(Path, sys.argv[1:])
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder / "_internal", target / INSIDE)
    for name in INTERPRETER:
        (target / INSIDE / name).unlink(missing_ok=True)
        shutil.copyfile(python / name, target / name)
    for path in sorted((target / INSIDE).glob("*.dll")):
        if path.name.upper().startswith(SEARCHED):
            path.rename(target / path.name)
    for name, text in STARTS.items():
        (target / name).write_text(text, "ascii", newline="")
    write_modules(folder / "dlicalc-console.exe", target / INSIDE)
    write_manifest(str(target), INSIDE)


def write_modules(program: Path, target: Path) -> None:
    """The modules inside the executable as files, and the one it starts with."""
    archive = CArchiveReader(str(program))
    (name,) = [name for name in archive.toc if name.endswith(".pyz")]
    modules = archive.open_embedded_archive(name)
    for module, (kind, *_) in modules.toc.items():
        code = modules.extract(module)
        if code is not None:
            place = target.joinpath(*module.split("."))
            write_code(code, (place / "__init__.pyc") if kind == 1 else place.with_name(f"{place.name}.pyc"))
    with zipfile.ZipFile(target / "base_library.zip") as library:
        library.extractall(target)
    (target / "base_library.zip").unlink()
    # PyInstaller carries this one apart, for itself.
    write_code(marshal.loads(archive.extract("struct")), target / "struct.pyc")
    write_code(marshal.loads(archive.extract("__main__")), target / "dlicalc" / "__main__.pyc")


def write_code(code: object, place: Path) -> None:
    """Bytecode that is never held against a source."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unchecked = b"\1\0\0\0" + bytes(8)
    place.write_bytes(importlib.util.MAGIC_NUMBER + unchecked + marshal.dumps(code))


if __name__ == "__main__":
    main()
