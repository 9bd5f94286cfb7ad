"""One thread that does what may take long, in order, so that a slow disk never holds up a keystroke."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread

Job = Callable[[], object]


class Background:
    """Jobs are done one after the other; the thread is made with the first."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: Thread | None = None

    def do(self, job: Job) -> None:
        """Do ``job`` after all before it; it must not raise."""
        if self._thread is None:
            self._thread = Thread(target=self._work, daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def wait(self) -> None:
        """Return once everything asked for so far is done."""
        if self._thread is not None:
            done = Event()
            self._jobs.put(done.set)
            done.wait()

    def close(self) -> None:
        """Do what was asked for, then end the thread."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
