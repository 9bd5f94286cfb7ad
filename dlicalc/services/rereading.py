"""Reading a document again after an edit: what the edit has not touched is taken from what was read before.

A document is never changed in place (``services/open_case.py``): whatever is the same object says the same.
"""

from typing import Any, Final

from dlicalc.domain.case import Case
from dlicalc.domain.recall import Recall
from dlicalc.services.entry import Document
from dlicalc.services.snapshot import Snapshot

_LISTED: Final = "products"
_SECTIONS: Final = frozenset(Case.model_fields) - {"format", "protocol", "decisions", _LISTED}


class Memory:
    """What the open case was a moment ago; to be dropped with it."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self.recall = Recall()


def with_parts_read(document: Document, before: Snapshot | None) -> Document:
    """``document``, with sections and bags that were read whole before in place of their texts."""
    if before is None:
        return document
    doubtful = {_part_of(problem.path) for problem in before.problems}
    return {name: _read(name, value, before, doubtful) for name, value in document.items()}


def _part_of(path: str) -> str:
    """The section, or the bag, that a problem speaks of."""
    head, _, rest = path.partition(".")
    return f"{head}.{rest.partition('.')[0]}" if head == _LISTED and rest else head


def _read(name: str, value: Any, before: Snapshot, doubtful: set[str]) -> Any:
    if name in doubtful:
        return value
    if name in _SECTIONS and isinstance(value, dict) and value is before.document.get(name):
        return getattr(before.case, name)
    return _bags(value, before, doubtful) if name == _LISTED and isinstance(value, list) else value


def _bags(bags: list[Any], before: Snapshot, doubtful: set[str]) -> list[Any]:
    """The bags, those at an unchanged place as they were read."""
    known = before.document.get(_LISTED) or ()
    read = before.case.products
    return [
        read[place] if place < len(read) and bag is known[place] and f"{_LISTED}.{place}" not in doubtful else bag
        for place, bag in enumerate(bags)
    ]
