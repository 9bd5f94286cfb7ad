"""What a list of entries is made of: cells, rows, sections, and the paths that they answer for."""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Final, NamedTuple

from dlicalc.services.wording import Words
from dlicalc.services.wording.window import CAPTIONS


class Kind(Enum):
    """How an entry is typed."""

    TEXT = auto()
    NUMBER = auto()
    QUANTITY = auto()
    DATE = auto()
    MOMENT = auto()
    CHOICE = auto()
    PICK = auto()


class Cell(NamedTuple):
    """One control: ``options`` are units of a quantity or the codes to choose from, ``caption`` a key of CAPTIONS."""

    path: str
    kind: Kind
    options: tuple[str, ...] = ()
    caption: str = ""
    group: str = ""
    """Which words the options have, where these are not terms."""
    width: int = 0
    """Characters that should fit; 0 leaves it to the kind."""


class Row(NamedTuple):
    """A label (a key of FIELDS) and the controls beside it."""

    label: str
    cells: tuple[Cell, ...]


class Section(NamedTuple):
    """A heading (a key of HEADINGS) over rows."""

    heading: str
    rows: tuple[Row, ...]


BAG: Final = "products."
"""Paths of a bag begin with this and its place; labels and templates leave the place out."""


def rows(sections: tuple[Section, ...]) -> Iterator[Row]:
    """All rows of the sections, in order."""
    for section in sections:
        yield from section.rows


def in_bag(path: str, index: int) -> str:
    """The path of a bag's template entry in the bag at ``index``."""
    return f"{BAG}{index}.{path.removeprefix(BAG)}"


def template_of(path: str) -> tuple[str, int | None]:
    """A path without the place of its bag, and that place."""
    head, _, rest = path.removeprefix(BAG).partition(".")
    if path.startswith(BAG) and head.isdigit():
        return BAG + rest if rest else BAG.rstrip("."), int(head)
    return path, None


def lies_in(path: str, place: str) -> bool:
    """Whether ``path`` is ``place`` or below it."""
    return path == place or path.startswith(f"{place}.")


def best(path: str, places: Mapping[str, int]) -> int | None:
    """Of the places on the screen (path → position) the one that a problem or finding at ``path`` speaks of.

    The place itself, else the first below it, else the nearest above it.
    """
    if path in places:
        return places[path]
    below = [position for place, position in places.items() if lies_in(place, path)]
    if below:
        return min(below)
    above = [place for place in places if lies_in(path, place)]
    return places[max(above, key=len)] if above else None


def caption_of(cell: Cell, words: Words) -> str:
    """The small words before a control; empty where the row's label says it."""
    return words(CAPTIONS[cell.caption]) if cell.caption else ""
