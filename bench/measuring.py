"""Timing two things in turns, so that what else the machine does falls on both."""

from __future__ import annotations

import gc
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement beside its floor; ``most`` is the largest ratio or value that was asked for, if any was."""

    name: str
    value: float
    floor: float
    unit: str
    floor_name: str
    goal: str = ""

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor


def in_turns(calls: Sequence[Callable[[], object]], rounds: int, repeat: int = 1) -> list[float]:
    """The least seconds of one call of each, over ``rounds`` rounds of ``repeat`` calls."""
    least = [float("inf")] * len(calls)
    for _ in range(rounds):
        for place, call in enumerate(calls):
            gc.collect()
            gc.disable()
            start = time.perf_counter()
            for _ in range(repeat):
                call()
            least[place] = min(least[place], (time.perf_counter() - start) / repeat)
            gc.enable()
    return least


class Run(NamedTuple):
    """A finished process: seconds of wall clock, and the most memory it held in MiB."""

    seconds: float
    memory: float


# A child's peak memory begins with that of the process that starts it, so a small one must.
_STARTER = """
import os, resource, sys, time
argv = sys.argv[2:]
streams = [(os.POSIX_SPAWN_OPEN, 0, sys.argv[1], os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawnp(argv[0], argv, os.environ, file_actions=streams), 0)
print(time.perf_counter() - start, usage.ru_maxrss / 1024)
sys.exit(bool(status))
"""


def process(command: str, stdin: str = os.devnull) -> Run:
    """Run ``command`` to its end with its output thrown away; it must succeed."""
    starter = [sys.executable, "-S", "-c", _STARTER, stdin, *shlex.split(command)]
    seconds, memory = subprocess.run(starter, check=True, capture_output=True, text=True).stdout.split()
    return Run(float(seconds), float(memory))


def least_seconds(commands: Sequence[str], rounds: int) -> list[float]:
    """The least wall clock of each process, run in turns."""
    runs = [[process(command).seconds for command in commands] for _ in range(rounds)]
    return [min(column) for column in zip(*runs, strict=True)]
