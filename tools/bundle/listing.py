"""The list of what lies in a finished folder, with digests: inside it for the program, beside it for those who copy.

``listing.py FOLDER`` prints it as ``sha256sum -c`` reads it.
"""

import hashlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import manifest

INSIDE = "_internal"
MANIFEST = "resources/manifest.json"


def files(folder: Path) -> list[Path]:
    """Every file in ``folder``, by its name."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def digest(path: Path) -> str:
    """SHA-256 of the file at ``path``, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(name: str, inside: str = INSIDE) -> None:
    """Put the list into the folder ``name``: paths as seen from ``inside``, where the program's modules lie."""
    folder = Path(name)
    place = folder / inside / MANIFEST
    entries = {
        Path(os.path.relpath(path, folder / inside)).as_posix(): f"sha256:{digest(path)}"
        for path in files(folder)
        if path != place
    }
    place.write_text(manifest.text(entries), encoding="utf-8", newline="\n")


def checksums(folder: Path) -> str:
    """Lines as ``sha256sum -c`` reads them."""
    return "".join(f"{digest(path)}  {path.relative_to(folder.parent).as_posix()}\n" for path in files(folder))


if __name__ == "__main__":
    sys.stdout.write(checksums(Path(sys.argv[1])))
