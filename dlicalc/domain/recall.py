"""Parts of an evaluation that need not be done again, because nothing that they rest on has changed.

Entries are frozen: the same object says the same. Other objects are done again, equal or not, for two texts may mean
the same number and still be worded apart.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeVar

Outcome = TypeVar("Outcome")


class Recall:
    """Calls functions, or gives what they gave the last time; what they give may not be changed."""

    def __init__(self) -> None:
        self._known: dict[object, tuple[tuple[object, ...], Any]] = {}

    def __call__(self, function: Callable[..., Outcome], *given: object, place: int = 0) -> Outcome:
        """``function(*given)``; ``place`` tells calls of one function apart."""
        known = self._known.get((function, place))
        if known is not None and all(map(_same, known[0], given)):
            remembered: Outcome = known[1]
            return remembered
        outcome = function(*given)
        self._known[function, place] = given, outcome
        return outcome


class _Afresh(Recall):
    """Remembers nothing."""

    def __call__(self, function: Callable[..., Outcome], *given: object, place: int = 0) -> Outcome:
        """``function(*given)``."""
        return function(*given)


AFRESH: Final = _Afresh()
"""For an evaluation that stands alone."""


def _same(one: object, other: object) -> bool:
    """Whether both are one object, or the same day."""
    return one is other or (isinstance(one, date) and not isinstance(one, datetime) and one == other)
