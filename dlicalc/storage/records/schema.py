"""The form of the store, how it is made, and how an older one is brought up to it."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from dlicalc.services.problem import Problem, Refused

APPLICATION: Final = 0x444C4952
"""``DLIR`` in the header of the file."""
FORMAT: Final = 1

_FIRST: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY, order_number TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL,
    at TEXT NOT NULL, jump TEXT NOT NULL, software TEXT NOT NULL, protocol TEXT NOT NULL,
    content TEXT NOT NULL, terms TEXT NOT NULL, covers INTEGER NOT NULL, previous TEXT NOT NULL,
    hash TEXT NOT NULL, mac TEXT NOT NULL) STRICT""",
    "CREATE TABLE sealed (sequence INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT",
    """CREATE TABLE term (mark BLOB NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (mark, sequence))
    STRICT, WITHOUT ROWID""",
    "CREATE INDEX term_sequence ON term (sequence)",
    "CREATE INDEX entry_order ON entry (order_number, sequence)",
    "CREATE INDEX entry_day ON entry (day, order_number)",
    "CREATE INDEX entry_prepared ON entry (sequence, order_number) WHERE kind = 'prepared'",
    "CREATE INDEX entry_covers ON entry (covers) WHERE covers > 0",
    """CREATE TRIGGER entry_follows BEFORE INSERT ON entry
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entry)
    BEGIN SELECT RAISE(ABORT, 'entries follow one another'); END""",
    *(
        f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'append only'); END"
        for table, act in (
            ("meta", "UPDATE"),
            ("meta", "DELETE"),
            ("entry", "UPDATE"),
            ("entry", "DELETE"),
            ("sealed", "UPDATE"),
            ("term", "UPDATE"),
        )
    ),
    *(
        f"""CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}
    WHEN OLD.sequence > (SELECT coalesce(max(covers), 0) FROM entry WHERE covers > 0)
    BEGIN SELECT RAISE(ABORT, 'append only'); END"""
        for table in ("sealed", "term")
    ),
)
STEPS: Final[Mapping[int, Sequence[str]]] = {1: _FIRST}
"""Format → the statements that lead to it from the one before."""


def version_of(connection: sqlite3.Connection) -> int:
    """The format of the store, 0 for an empty file; raises :class:`Refused` for anything else."""
    application = number(connection, "PRAGMA application_id")
    version = number(connection, "PRAGMA user_version")
    tables = number(connection, "SELECT count(*) FROM sqlite_schema")
    if (application, version, tables) == (0, 0, 0):
        return 0
    if application != APPLICATION or version < 1:
        raise Refused(Problem("records", "records_foreign"))
    return version


def bring_up(
    connection: sqlite3.Connection,
    steps: Mapping[int, Sequence[str]] = STEPS,
    *,
    meta: Mapping[str, str],
) -> int:
    """Lead the store to the newest of ``steps``, all of them or none; returns the format it had.

    ``meta`` is written into a store that is made now.
    """
    newest = max(steps)
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = version_of(connection)
        if found > newest:
            raise Refused(Problem("records", "records_newer", {"text": str(found)}))
        for step in range(found + 1, newest + 1):
            for statement in steps[step]:
                connection.execute(statement)
        if found == 0:
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        if found < newest:
            connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return found


def number(connection: sqlite3.Connection, statement: str) -> int:
    """The one number that ``statement`` answers."""
    return int(connection.execute(statement).fetchone()[0])
