"""The file of a store page by page, as SQLite's file format has it: which entries lie on which page.

Read without SQLite, so that it can be said of a file that SQLite refuses. Damaged pages are not believed: what lies on
them follows from the pages above and beside them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

SIZE: Final = 4096
_HEADER: Final = 100
_INDEX_INNER, _TABLE_INNER, _INDEX_LEAF, _TABLE_LEAF = 2, 5, 10, 13
_INNER: Final = (_INDEX_INNER, _TABLE_INNER)
_LARGEST_LOCAL: Final = SIZE - 35
_SMALLEST_LOCAL: Final = (SIZE - 12) * 32 // 255 - 23
_DEEPEST: Final = 20
_MORE: Final = 0x80
"""In a byte of a number: another one follows."""
_EVERYTHING: Final = 2**63 - 1


class Held(NamedTuple):
    """What a damaged page holds: of which table or index, and, where the pages above tell, from which entry to which.

    ``last`` is 0 where only the other pages of the tree can tell.
    """

    tree: str
    first: int = 0
    last: int = 0


class Found(NamedTuple):
    """What was found in a file: what its damaged pages hold, and how often each index names an entry elsewhere."""

    held: Mapping[int, Held]
    named: Mapping[str, Counter[int]]


def held_by(content: bytes, roots: Mapping[str, int], damaged: frozenset[int]) -> Found:
    """What the ``damaged`` pages hold, by the others; ``roots`` are the first pages of tables and indexes."""
    walk = _Walk(content, damaged)
    for tree, root in roots.items():
        walk.down(tree, root, 0, _EVERYTHING, 0)
    return Found(walk.held, walk.named)


class _Walk:
    """Goes down all trees."""

    def __init__(self, content: bytes, damaged: frozenset[int]) -> None:
        self._content = content
        self._damaged = damaged
        self._seen: set[int] = set()
        self.held: dict[int, Held] = {}
        self.named: dict[str, Counter[int]] = {}

    def down(self, tree: str, number: int, low: int, high: int, depth: int) -> None:
        """Read the page ``number`` with what lies beneath; its entries come after ``low``, and not after ``high``."""
        if number in self._seen or depth > _DEEPEST:  # a tree that bites its own tail
            return
        self._seen.add(number)
        if number in self._damaged:
            self.held[number] = Held(tree, low + 1, high)
            return
        page = self._content[(number - 1) * SIZE : number * SIZE]
        try:
            self._read(tree, page, _HEADER if number == 1 else 0, (low, high), depth)
        except IndexError:  # not damaged by its digest, and yet no page of a tree
            return

    def _read(self, tree: str, page: bytes, start: int, bounds: tuple[int, int], depth: int) -> None:
        kind = page[start]
        if kind not in (_INDEX_INNER, _TABLE_INNER, _INDEX_LEAF, _TABLE_LEAF):
            return
        low, high = bounds
        body = start + (12 if kind in _INNER else 8)
        for place in range(_number(page, start + 3, 2)):
            cell = _number(page, body + 2 * place, 2)
            child = 0
            if kind in _INNER:
                child, cell = _number(page, cell, 4), cell + 4
            if kind == _TABLE_INNER:
                key, _ = _varint(page, cell)
                self.down(tree, child, low, key, depth + 1)
                low = key
            elif kind == _TABLE_LEAF:
                self._row(tree, page, cell)
            else:
                if child:
                    self.down(tree, child, 0, 0, depth + 1)
                self.named.setdefault(tree, Counter()).update(_entry_of(page, cell, first=tree == "term_sequence"))
        if kind in _INNER:
            self.down(tree, _number(page, start + 8, 4), low, high if kind == _TABLE_INNER else 0, depth + 1)

    def _row(self, tree: str, page: bytes, cell: int) -> None:
        """Follow what of a row lies on further pages."""
        size, cell = _varint(page, cell)
        row, cell = _varint(page, cell)
        if size <= _LARGEST_LOCAL:
            return
        local = _SMALLEST_LOCAL + (size - _SMALLEST_LOCAL) % (SIZE - 4)
        local = local if local <= _LARGEST_LOCAL else _SMALLEST_LOCAL
        number = _number(page, cell + local, 4)
        while number and number not in self._seen:
            self._seen.add(number)
            if number in self._damaged:
                self.held[number] = Held(tree, row, row)
                return
            number = _number(self._content, (number - 1) * SIZE, 4)


def loose_rows(content: bytes) -> Iterator[list[int | str | None]]:
    """The rows of numbers and short texts on any page, whether or not a tree leads there: number and columns."""
    for start in range(0, len(content), SIZE):
        page = content[start : start + SIZE]
        if len(page) < SIZE or page[0] != _TABLE_LEAF:
            continue
        for place in range(_number(page, 3, 2)):
            try:
                size, cell = _varint(page, _number(page, 8 + 2 * place, 2))
                row, cell = _varint(page, cell)
                if size <= _LARGEST_LOCAL:
                    yield [row, *(_value(page, *column) for column in _columns(page, cell))]
            except IndexError:
                continue


def _entry_of(page: bytes, cell: int, *, first: bool) -> Iterator[int]:
    """The number of the entry in a record of an index: its first column or its last."""
    _, cell = _varint(page, cell)
    columns = _columns(page, cell)
    value = _value(page, *columns[0 if first else -1]) if columns else None
    if isinstance(value, int):
        yield value


def _columns(page: bytes, start: int) -> list[tuple[int, int]]:
    """Kind and place of each column of the record at ``start``."""
    size, place = _varint(page, start)
    columns, body = [], start + size
    while place < start + size:
        kind, place = _varint(page, place)
        columns.append((kind, body))
        body += _LENGTHS[kind] if kind < len(_LENGTHS) else (kind - 12) // 2
    return columns


def _value(page: bytes, kind: int, start: int) -> int | str | None:
    """A number or a text; ``None`` for anything else."""
    if kind in _ZERO_AND_ONE:
        return kind - _ZERO_AND_ONE[0]
    if kind in _NUMBERS:
        return _number(page, start, _LENGTHS[kind])
    if kind < len(_LENGTHS) or kind % 2 == 0:
        return None
    return page[start : start + (kind - 12) // 2].decode(errors="backslashreplace")


_LENGTHS: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)
_NUMBERS: Final = range(1, 7)
_ZERO_AND_ONE: Final = (8, 9)


def _number(page: bytes, start: int, length: int) -> int:
    if start + length > len(page):
        raise IndexError(start)
    return int.from_bytes(page[start : start + length], "big")


def _varint(page: bytes, start: int) -> tuple[int, int]:
    value = 0
    for place in range(start, start + 8):
        value = value << 7 | page[place] & 0x7F
        if page[place] < _MORE:
            return value, place + 1
    return value << 8 | page[start + 8], start + 9
