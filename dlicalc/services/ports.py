"""What the program needs from outside, as the services see it; ``app`` says who provides it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol as Port

from dlicalc.services.entry import Document
from dlicalc.services.sheet import Sheet

Clock = Callable[[], datetime]
"""The present moment with its offset."""


class CaseStore(Port):
    """Case files; both raise :class:`dlicalc.services.entry.Refused` with the problems."""

    def load(self, place: str) -> Document:
        """The document in the file at ``place``."""

    def save(self, place: str, document: Document) -> None:
        """Write the document so that the file is never half there."""


class OrderWriter(Port):
    """Turns a sheet into the bytes of a PDF."""

    def __call__(self, sheet: Sheet, paper: str) -> bytes:
        """The PDF of ``sheet`` on ``paper`` (``A4`` or ``Letter``)."""
