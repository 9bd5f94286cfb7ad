"""Long work goes on in processes of its own while the other tests run; the tests that wait for it come last.

``@pytest.mark.long_work(function, arguments)`` has each argument given to the function there; what came of them, in the
order of the arguments, is the fixture ``outcomes``.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any

import pytest

_POOL = pytest.StashKey[ProcessPoolExecutor]()
_WORK = pytest.StashKey[list["Future[Any]"]]()
_KINDNESS = 10
"""Before the tests beside it, some of which look at the clock, long work steps back."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that wait come after those that do not; all else stays in its order."""
    items.sort(key=lambda item: item.get_closest_marker("long_work") is not None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin the work of all tests that were chosen."""
    waiting = [(item, marker) for item in session.items if (marker := item.get_closest_marker("long_work"))]
    if not waiting or session.config.option.collectonly:
        return
    # Started afresh, not forked: a process that may come to hold Qt's threads must not be copied.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(os.cpu_count(), context, initializer=os.nice, initargs=(_KINDNESS,))
    session.config.stash[_POOL] = pool
    for item, marker in waiting:
        function, arguments = marker.args
        item.stash[_WORK] = [pool.submit(function, argument) for argument in arguments]


@pytest.fixture
def outcomes(request: pytest.FixtureRequest) -> list[Any]:
    """What came of the long work of this test, when all of it is done."""
    return [future.result() for future in request.node.stash[_WORK]]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no work behind when the tests were stopped."""
    pool = config.stash.get(_POOL, None)
    if pool is not None:
        pool.shutdown(wait=False, cancel_futures=True)
