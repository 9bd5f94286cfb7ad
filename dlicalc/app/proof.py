"""Proves the window's copy of the program, in small steps: its files first, then the golden cases."""

from collections.abc import Iterator

from dlicalc.app import soundness
from dlicalc.app.parts import Parts
from dlicalc.storage.integrity import Inspection


class StartProof:
    """What the window does between its first paint and its first number."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._inspection: Inspection | None = None
        self._failures: list[str] = []

    def steps(self) -> Iterator[object]:
        """Each file, then the golden cases; the engine is asked nothing while a file is not as released."""
        self._inspection = Inspection(soundness.here())
        yield from self._inspection.steps()
        if not self._inspection.flaws:
            from dlicalc.app.golden import failures

            self._failures = failures(self._parts)
            yield None

    def later_steps(self) -> Iterator[object]:
        """The libraries that came with a frozen program; what Python keeps beside each module of another."""
        if self._inspection is not None:
            yield from self._inspection.library_steps()
            yield from self._inspection.compiled_steps()

    @property
    def refusal(self) -> list[str]:
        """The message, if anything is wrong."""
        flaws = [] if self._inspection is None else self._inspection.flaws
        return soundness.refusal(flaws, self._failures) if flaws or self._failures else []
