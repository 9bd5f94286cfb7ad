"""Changed pages of the file in terms of entries: which of them lie there, and of what date they are."""

import bisect
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from dlicalc.services.records import Fault, is_sealed
from dlicalc.storage.records.closing import changed_pages, closing_in, is_as_closed, with_form
from dlicalc.storage.records.keys import Keys
from dlicalc.storage.records.pages import SIZE, Found, Held, held_by, loose_rows
from dlicalc.storage.records.place import Place
from dlicalc.storage.records.rows import COLUMNS, stamp_of

_MOST: Final = 40
_COLUMNS: Final = COLUMNS.count(",") + 2
_BROKEN: Final = (sqlite3.Error, TypeError, ValueError, AttributeError)
_INDEXED: Final = {
    "entry_order": "SELECT sequence FROM entry NOT INDEXED",
    "entry_day": "SELECT sequence FROM entry NOT INDEXED",
    "entry_prepared": "SELECT sequence FROM entry NOT INDEXED WHERE kind = 'prepared'",
    "entry_covers": "SELECT sequence FROM entry NOT INDEXED WHERE covers > 0",
}
_TWINS: Final = {"term": "term_sequence", "term_sequence": "term"}
_MISSING: Final = re.compile(r"row (\d+) missing from index")
_PAGE: Final = re.compile(r"\bpage (\d+)")


class Where:
    """Tells what the pages of one file hold; ``moments`` are the dates of its entries, ``last`` the newest."""

    def __init__(self, connection: sqlite3.Connection, content: bytes, moments: Mapping[int, str], last: int) -> None:
        self._connection = connection
        self._content = content
        self._moments = moments
        self._numbers = sorted(moments)
        self._last = last

    def faults(self, damaged: frozenset[int]) -> Iterator[Fault]:
        """One sentence a page, for so many of them as anybody reads."""
        found = held_by(self._content, self._roots(), damaged)
        for number in sorted(damaged)[:_MOST]:
            yield self._fault(number, found)
        if len(damaged) > _MOST:
            yield Fault("pages_more", text=str(len(damaged) - _MOST))

    def newest(self, code: str, text: str) -> Fault:
        """What concerns no entry, with the newest there is."""
        return Fault(code, self._last, self.moment(self._last), text)

    def moment(self, sequence: int) -> str:
        """The date of an entry; of one that cannot be read, that of the nearest before it, else after it."""
        if not self._numbers:
            return ""
        place = bisect.bisect_right(self._numbers, sequence) - 1
        return self._moments[self._numbers[max(place, 0)]]

    def said_by_sqlite(self, lines: list[str]) -> tuple[list[Fault], frozenset[int]]:
        """The entries and pages that SQLite's own check has named."""
        rows = {int(match[1]) for line in lines if (match := _MISSING.search(line))}
        pages = {int(match[1]) for line in lines for match in _PAGE.finditer(line)}
        most = len(self._content) // SIZE
        return [Fault("index_row", row, self.moment(row)) for row in sorted(rows)], frozenset(
            page for page in pages if 1 <= page <= most
        )

    def _fault(self, number: int, found: Found) -> Fault:
        held = Held("schema") if number == 1 else found.held.get(number)
        if held is None:
            return self.newest("page_unused", str(number))
        if held.tree in ("entry", "sealed"):
            return self._range(f"page_{held.tree}", number, held.first, min(held.last, self._last))
        if held.tree in ("schema", "meta"):
            return self.newest("page_form", str(number))
        entries = sorted(self._due(held.tree, found) - found.named.get(held.tree, Counter()))
        if not entries:
            return self.newest("page_unused", str(number))
        return self._range("page_index", number, entries[0], entries[-1])

    def _range(self, code: str, number: int, first: int, last: int) -> Fault:
        last = max(first, last)
        return Fault(code, first, self.moment(first), str(number), last, self.moment(last))

    def _due(self, tree: str, found: Found) -> Counter[int]:
        """The entries that an index names, told by the table, or by the other index of the same terms."""
        if tree in _TWINS:
            return found.named.get(_TWINS[tree], Counter())
        try:
            return Counter(int(row[0]) for row in self._connection.execute(_INDEXED[tree]))
        except (sqlite3.Error, KeyError, ValueError, TypeError):
            return Counter(self._numbers)

    def _roots(self) -> dict[str, int]:
        try:
            rows = self._connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
        except sqlite3.Error:
            rows = []
        return {"schema": 1, **{str(name): int(root) for name, root in rows if root}}


class ClosedFile:
    """The file itself, held against what was kept of it when it was closed."""

    def __init__(self, place: Place, keys: Keys, connection: sqlite3.Connection) -> None:
        self._place, self._keys, self._connection = place, keys, connection
        self._closing = closing_in(place.closed, keys.head)
        self.closed = self._as_closed()

    def _as_closed(self) -> bool | None:
        """``None`` if the file is in use, or was not closed: whoever writes removes first what was kept of it."""
        if self._closing is None or _has_content(self._place.log):
            return None
        return is_as_closed(self._content(), self._closing, self._keys.head)

    def moments(self, read: Mapping[int, str], last: int) -> Mapping[int, str]:
        """The dates of entries, those that were ``read`` and, if some are missing, those found loose in the file."""
        if len(read) >= last:
            return read
        return {**dict(_loose(self._content(), self._keys.chain)), **read}

    def faults(self, moments: Mapping[int, str], last: int, lines: list[str]) -> Iterator[Fault]:
        """What is wrong with pages; ``lines`` are what SQLite says of them."""
        if self.closed is True or (self.closed is None and not lines):
            return
        content = self._content()
        if self._closing is None or self.closed is None:
            where = Where(self._connection, content, moments, last)
            rows, pages = where.said_by_sqlite(lines)
        else:
            where = Where(self._connection, with_form(content, self._closing), moments, last)
            rows, pages = [], changed_pages(content, self._closing, self._keys.head)
            if not pages:
                yield where.newest("file", "")
        yield from rows
        yield from where.faults(pages)

    def _content(self) -> bytes:
        try:
            return self._place.database.read_bytes()
        except OSError:
            return b""


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _loose(content: bytes, key: bytes) -> Iterator[tuple[int, str]]:
    """Numbers and dates of the entries that lie on any page, and are as they were written."""
    for row in loose_rows(content):
        if len(row) == _COLUMNS:  # the number, and the columns of which the first is empty in its place
            stamp, closed_by = stamp_of([row[0], *row[2:]])
            try:
                if is_sealed(stamp, closed_by, key):
                    yield stamp.sequence, stamp.at
            except _BROKEN:
                continue
