"""Write or check the list of the program's own files with their digests (resources/manifest.json).

Usage: python tools/manifest.py [--check]

The last line is the digest of all others, so that a damaged list names itself. How a copy is held against it is in
dlicalc/storage/integrity.py; this tool stands alone.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "resources" / "manifest.json"


NAME = "resources/manifest.json"


def digest(content: bytes) -> str:
    """SHA-256 of ``content``."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def entries() -> dict[str, str]:
    """Path from the project's root → digest, for all data files and all program files."""
    data = (path for path in (ROOT / "resources").rglob("*") if path.is_file() and path != MANIFEST)
    program = (ROOT / "dlicalc").rglob("*.py")
    return {path.relative_to(ROOT).as_posix(): digest(path.read_bytes()) for path in sorted([*data, *program])}


def text(found: dict[str, str]) -> str:
    """What the manifest of these files holds; names are as seen from the folder that the package lies in."""
    body = json.dumps(found, indent=1).removesuffix("\n}")
    return f'{body},\n "{NAME}": "{digest(body.encode())}"\n}}\n'


def main(arguments: list[str]) -> int:
    """Write the manifest, or with ``--check`` say what it misses."""
    found = entries()
    if "--check" not in arguments:
        MANIFEST.write_text(text(found), encoding="utf-8")
        return 0
    written = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else {}
    differing = sorted({name for name, _ in set(written.items()) ^ set(json.loads(text(found)).items())})
    for name in differing:
        sys.stderr.write(f"{name}: not as in resources/manifest.json; run 'make manifest'\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
