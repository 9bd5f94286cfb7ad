"""The installed command `dlicalc` of this Python environment, run as a person or a script runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

Result = subprocess.CompletedProcess[bytes]


def executable() -> str:
    """The command beside the Python that runs the tests."""
    found = shutil.which("dlicalc", path=str(Path(sys.executable).parent))
    assert found, "dlicalc is not installed beside this Python"
    return found


def dlicalc(
    *arguments: str | Path,
    timeout: float = 100,
    env: dict[str, str] | None = None,
    lead: Sequence[str] = (),
    **options: Any,
) -> Result:
    """Run the command, after ``lead``, to its end; whatever happens, no traceback may reach a person."""
    call = [*lead, executable(), *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    result: Any = subprocess.run(call, timeout=timeout, env=os.environ | (env or {}), check=False, **streams)
    assert b"Traceback" not in result.stderr, result.stderr[-4000:].decode(errors="replace")
    return result


def reading_only(*arguments: str | Path, folder: Path) -> Result:
    """Run the command while nothing below ``folder`` can be written, also where it is run as root."""
    places = [folder, *folder.rglob("*")]
    modes = [place.stat().st_mode for place in places]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    # Root writes everywhere, unless it is run without what lets it.
    lead = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    try:
        return dlicalc(*arguments, lead=lead)
    finally:
        for place, mode in zip(places, modes, strict=True):
            place.chmod(mode)


def evaluate_lines(lines: Iterable[str], as_of: str) -> Result:
    """`dlicalc evaluate --lines -` on texts of one line each."""
    text = "".join(f"{line}\n" for line in lines)
    return dlicalc("evaluate", "--lines", "-", "--as-of", as_of, input=text.encode())


def documents(stdout: bytes) -> list[dict[str, Any]]:
    """The JSON documents on stdout, one after the other, with nothing between them but white space."""
    return list(_documents(stdout.decode("utf-8")))


def problems_at(refusal: dict[str, Any], path: str) -> list[str]:
    """The problems of a refused line that stand at a path or below it, as text; all of them for an empty path."""
    return [json.dumps(problem) for problem in refusal["problems"] if is_at(_path(problem), path)]


def is_at(path: str, prefix: str) -> bool:
    """Whether a path is a given one or below it."""
    return not prefix or path == prefix or path.startswith(f"{prefix}.")


def written(folder: Path, case: dict[str, Any], name: str = "case.json") -> Path:
    """A case as a file."""
    file = folder / name
    file.write_text(json.dumps(case), encoding="utf-8")
    return file


def _path(problem: Any) -> str:
    """A problem is an object with a path, or the text `path: what is wrong` of stderr."""
    return problem["path"] if isinstance(problem, dict) else problem.partition(":")[0]


def _documents(text: str) -> Iterator[dict[str, Any]]:
    decoder, position, text = json.JSONDecoder(), 0, text.strip()
    while position < len(text):
        document, position = decoder.raw_decode(text, position)
        yield document
        while position < len(text) and text[position].isspace():
            position += 1
