"""Standard input and output as UTF-8, whatever the machine's locale; problems as lines on standard error."""

import sys
from collections.abc import Iterable

from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words


def put(text: str | bytes) -> None:
    """Write ``text`` and a line end to standard output."""
    sys.stdout.buffer.write((text.encode() if isinstance(text, str) else text) + b"\n")


def complain(problems: Iterable[Problem], words: Words, place: str = "") -> None:
    """One line a problem on standard error: ``path: what is wrong; what is accepted``."""
    for problem in problems:
        line = f"{place}{problem.path}: {words.problem(problem)}\n"
        sys.stderr.buffer.write(line.encode(errors="backslashreplace"))
    sys.stderr.flush()
