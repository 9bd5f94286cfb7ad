"""Entries as rows of the store and back."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from dlicalc.services.records import Entry, Seal, Stamp
from dlicalc.storage.records.sealing import Sealer

COLUMNS: Final = (
    "sequence, order_number, kind, day, at, jump, software, protocol, content, terms, covers, previous, hash, mac"
)
_FIELDS: Final = len(Stamp._fields)
_WITH_CONTENT: Final = f"SELECT {', '.join(f'entry.{name.strip()}' for name in COLUMNS.split(','))}, sealed.content"
READ: Final = f"{_WITH_CONTENT} FROM entry LEFT JOIN sealed USING (sequence)"
PUT: Final = f"INSERT INTO entry ({COLUMNS}) VALUES ({', '.join('?' * (_FIELDS + 2))})"


def stamp_of(row: Sequence[Any]) -> tuple[Stamp, Seal]:
    """The open part of an entry, and what closes it."""
    return Stamp(*row[:_FIELDS]), Seal(*row[_FIELDS : _FIELDS + 2])


def entry_of(row: Sequence[Any], sealer: Sealer) -> Entry:
    """The entry of a row of :data:`READ`; raises :class:`CannotBeOpened`."""
    stamp, closed_by = stamp_of(row)
    content = row[_FIELDS + 2]
    return Entry(stamp, closed_by, None if content is None else sealer.open(stamp, content))


def newest_row(connection: sqlite3.Connection) -> Sequence[Any] | None:
    """The open part of the newest entry; ``None`` in an empty store."""
    row: Sequence[Any] | None = connection.execute(
        f"SELECT {COLUMNS} FROM entry ORDER BY sequence DESC LIMIT 1"
    ).fetchone()
    return row
