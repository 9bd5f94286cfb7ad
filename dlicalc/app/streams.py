"""Standard input and output as UTF-8, whatever the machine's locale; problems as lines on standard error."""

import errno
import os
import sys
from collections.abc import Iterable
from io import BufferedIOBase
from typing import TextIO, cast

from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words


def put(text: str | bytes) -> None:
    """Write ``text`` and a line end to standard output; raises :class:`OSError` if there is none."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    sys.stdout.buffer.write((text.encode() if isinstance(text, str) else text) + b"\n")


def show_now() -> None:
    """Hand on what was put so far, to a reader who waits for it."""
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Write ``text`` and a line end to standard error, if there is one; if it is full, the exit code tells."""
    if sys.stderr is not None:
        try:
            sys.stderr.buffer.write(text.encode(errors="backslashreplace") + b"\n")
            sys.stderr.flush()
        except OSError:
            forget(sys.stderr)


def forget(stream: TextIO | None) -> None:
    """Let what is still unwritten go nowhere; otherwise Python complains about it when it ends."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def standard_input() -> BufferedIOBase:
    """Standard input as bytes; raises :class:`Refused` if it is closed."""
    if sys.stdin is None:
        raise Refused(Problem("(stdin)", "stream_closed"))
    return cast(BufferedIOBase, sys.stdin.buffer)


def complain(problems: Iterable[Problem], words: Words, place: str = "") -> None:
    """One line a problem on standard error: ``path: what is wrong; what is accepted``."""
    for problem in problems:
        say(f"{place}{problem.path}: {words.problem(problem)}")
