"""Write or check the list of the program's own files with their digests (resources/manifest.json)."""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "resources" / "manifest.json"


def entries() -> dict[str, str]:
    """Path from the project's root → digest, for all data files and all program files."""
    data = (path for path in (ROOT / "resources").rglob("*") if path.is_file() and path != MANIFEST)
    program = (ROOT / "dlicalc").rglob("*.py")
    return {
        path.relative_to(ROOT).as_posix(): f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted([*data, *program])
    }


def main() -> int:
    """Write the manifest, or with ``--check`` say what it misses."""
    text = json.dumps(entries(), indent=1) + "\n"
    if "--check" not in sys.argv:
        MANIFEST.write_text(text, encoding="utf-8")
        return 0
    written = json.loads(MANIFEST.read_text(encoding="utf-8")) if MANIFEST.is_file() else {}
    differing = sorted(name for name, _ in set(written.items()) ^ set(entries().items()))
    for name in differing:
        sys.stderr.write(f"{name}: not as in resources/manifest.json; run 'make manifest'\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
