"""Timing two things in turns, so that what else the machine does falls on both."""

from __future__ import annotations

import gc
import os
import shlex
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


def process(command: str, stdin: str = os.devnull) -> Run:
    """Run ``command`` to its end with its output thrown away; it must succeed."""
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    ]
    argv = shlex.split(command)
    start = time.perf_counter()
    child = os.posix_spawnp(argv[0], argv, os.environ, file_actions=streams)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{command}: status {status}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def least_seconds(commands: Sequence[str], rounds: int) -> list[float]:
    """The least wall clock of each process, run in turns."""
    runs = [[process(command).seconds for command in commands] for _ in range(rounds)]
    return [min(column) for column in zip(*runs, strict=True)]
