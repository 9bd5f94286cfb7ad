"""Edits of a typed document: each gives another document and leaves the one before as it was.

A path is the names and places on the way to an entry, with dots between them: ``products.0.counts.wbc.value``.
"""

from collections.abc import Sequence
from typing import Any, Final

from dlicalc.services.entry import Document

_ONE_BAG_ONLY: Final = ("din", "din_check", "local_id")
"""Entries by which a bag is told from every other."""


def entry_at(document: Document, path: str) -> Any:
    """What was typed at ``path``; ``None`` if nothing was."""
    place: Any = document
    for key in path.split("."):
        place = _step_into(place, key)
    return place


def with_entry(document: Document, path: str, value: str | list[str]) -> Document:
    """``value`` stands at ``path``; an empty text makes the entry unknown. What is not on the way there is shared."""
    changed: Document = _with(document, path.split("."), value)
    return changed


def entries(document: Document, name: str) -> list[Document]:
    """A new list of the bags or the decisions."""
    return list(document.get(name) or ())


def with_one_more(document: Document, name: str, entry: Document) -> Document:
    """``entry`` stands behind the others."""
    return {**document, name: [*entries(document, name), entry]}


def without(document: Document, name: str, index: int) -> Document:
    """The entry at ``index`` is gone."""
    left = entries(document, name)
    del left[index]
    return {**document, name: left}


def with_bag_again(document: Document, index: int) -> Document:
    """Behind the bag at ``index`` stands a copy of it, without what only one bag can have."""
    bags = entries(document, "products")
    bags.insert(index + 1, {name: entry for name, entry in bags[index].items() if name not in _ONE_BAG_ONLY})
    return {**document, "products": bags}


def with_bag_moved(document: Document, index: int, to: int) -> Document:
    """The bag at ``index`` is given as the one at ``to``."""
    bags = entries(document, "products")
    bags.insert(to, bags.pop(index))
    return {**document, "products": bags}


def spell_out(document: Document) -> None:
    """Write a recovery given as a bare text as number and unit, the form in which it can be edited; in place."""
    for product in document.get("products") or ():
        recovery = (product.get("counts") or {}).get("recovery") or {}
        for analyte in ("mnc", "cd3"):
            if isinstance(recovery.get(analyte), str):
                recovery[analyte] = {"value": recovery[analyte], "unit": "%"}


def _step_into(place: Any, key: str) -> Any:
    if isinstance(place, list):
        return place[int(key)] if int(key) < len(place) else None
    return place.get(key) if isinstance(place, dict) else None


def _with(place: Any, keys: Sequence[str], value: str | list[str]) -> Any:
    key, *rest = keys
    if isinstance(place, list):
        entries = list(place)
        entries[int(key)] = _with(entries[int(key)], rest, value)
        return entries
    fields = dict(place) if isinstance(place, dict) else {}
    if rest:
        fields[key] = _with(fields.get(key), rest, value)
    elif value == "":
        fields.pop(key, None)
    else:
        fields[key] = value
    return fields
