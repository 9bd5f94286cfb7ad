"""Say which files of the core are not wholly covered, from coverage's JSON report (default .coverage.json)."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / ".coverage.json"
CORE = ("dlicalc/domain", "dlicalc/services")


def shortfalls(report: dict[str, Any], root: Path = ROOT) -> Iterator[str]:
    """One line for each file of the core that the report misses or that has an uncovered line or branch."""
    files = {Path(name).as_posix(): data for name, data in report["files"].items()}
    if not report["meta"].get("branch_coverage"):
        yield "the report has no branches: run pytest with --cov-branch"
        return
    for path in sorted(file for folder in CORE for file in (root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        data = files.get(name)
        if data is None:
            yield f"{name}: not in the report"
        elif data["missing_lines"] or data["missing_branches"]:
            yield f"{name}: {_missing(data)}"


def _missing(data: dict[str, Any]) -> str:
    lines = [f"line {line}" for line in data["missing_lines"]]
    branches = [f"branch {start} to {end if end > 0 else 'exit'}" for start, end in data["missing_branches"]]
    return ", ".join([*lines, *branches])


def main() -> int:
    """0 if every file of the core is covered, 1 with the others named."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT
    found = list(shortfalls(json.loads(place.read_text(encoding="utf-8"))))
    for line in found:
        sys.stderr.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
