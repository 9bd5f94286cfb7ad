"""Numbers as people type them in a window → as a case file writes them: decimal comma and full-width digits.

A file must have the point, because nobody sees it being read. In a window a comma is read where it can mean one thing
only, and the window says what was read. What was typed stays in its field.
"""

import copy
import re
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

from dlicalc.domain.case import Case
from dlicalc.domain.quantity import LONGEST_NUMBER, Number
from dlicalc.services.entry import Document, Location, plain_types

_ASCII: Final = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_POINT: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?", re.ASCII)
_COMMA: Final = re.compile(r"[0-9]+,[0-9]{1,2}", re.ASCII)
_PLAIN: Final = frozenset("0123456789.")


def as_number(text: str) -> str:
    """The number that ``text`` can only mean, as a case file writes it; ``text`` itself where that is in doubt."""
    if _PLAIN.issuperset(text) or len(text) > LONGEST_NUMBER:
        return text
    narrow = text.translate(_ASCII)
    if _COMMA.fullmatch(narrow):
        return narrow.replace(",", ".")
    return narrow if _POINT.fullmatch(narrow) else text


class _Leaves(dict[str, "_Leaves | None"]):
    """Field → the fields below it that lead to numbers; ``None`` is a number."""


@cache
def _leaves(model: type[BaseModel]) -> _Leaves:
    found = _Leaves()
    for name, field in model.model_fields.items():
        parts = list(plain_types(field.annotation))
        below = next((part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)), None)
        if Number in parts:
            found[field.alias or name] = None
        elif below is not None and _leaves(below):
            found[field.alias or name] = _leaves(below)
    return found


def _collect(place: Any, leaves: _Leaves, at: Location, changes: list[tuple[Location, str]]) -> None:
    """Add every number in ``place`` that a file writes otherwise; this runs at every keystroke."""
    if isinstance(place, list):
        for index, part in enumerate(place):
            _collect(part, leaves, (*at, index), changes)
    elif isinstance(place, dict):
        for name in leaves.keys() & place.keys():
            value, below = place[name], leaves[name]
            if below is not None:
                _collect(value, below, (*at, name), changes)
            elif isinstance(value, str) and as_number(value) != value:
                changes.append(((*at, name), as_number(value)))


def written(document: Document) -> Document:
    """``document`` with its numbers as a case file writes them; ``document`` itself where they already are so."""
    changes: list[tuple[Location, str]] = []
    _collect(document, _leaves(Case), (), changes)
    if not changes:
        return document
    result = copy.deepcopy(document)
    for (*parents, last), number in changes:
        holder: Any = result
        for key in parents:
            holder = holder[key]
        holder[last] = number
    return result
