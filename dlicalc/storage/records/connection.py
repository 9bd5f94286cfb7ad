"""A connection to the store that keeps what it acknowledges, and problems in words instead of SQLite's."""

import contextlib
import sqlite3
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from dlicalc.services.problem import Problem, Refused

_FULL: Final = 2
_PATIENCE: Final = 10
"""Seconds to wait for another window."""
_PLACE_ERRORS: Final = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}
)
_HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


class How(StrEnum):
    """How a file is opened. ``AT_REST``: nobody writes it, and nothing can be made beside it."""

    TO_WRITE = "mode=rwc"
    TO_READ = "mode=ro"
    AT_REST = "mode=ro&immutable=1"


def connect(database: Path, how: How = How.TO_WRITE) -> sqlite3.Connection:
    """A connection, with whatever is there; it writes only once :func:`harden` has been called."""
    source = f"{database.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(source, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.text_factory = lambda content: content.decode(errors="backslashreplace")
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def harden(connection: sqlite3.Connection) -> None:
    """Write-ahead log, and each commit flushed to the disk; raises :class:`Refused` unless SQLite says it is so.

    Asked a second time, for a full disk can leave the mode as it was without an error.
    """
    for question in ("PRAGMA journal_mode = WAL", "PRAGMA journal_mode"):
        mode = connection.execute(question).fetchone()[0]
        if mode != "wal":
            raise Refused(Problem("records", "records_journal", {"text": str(mode)}))
    connection.execute("PRAGMA synchronous = FULL")
    if connection.execute("PRAGMA synchronous").fetchone()[0] != _FULL:
        raise Refused(Problem("records", "records_journal", {"text": "synchronous"}))


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """SQLite's errors as :class:`Refused`; its texts name tables at most, never a value."""
    try:
        yield
    except sqlite3.Error as error:
        raise Refused(problem_of(error)) from error
    except UnicodeDecodeError as error:  # SQLite quotes a damaged schema in its error
        raise Refused(Problem("records", "records_corrupt", {"text": "schema"})) from error
    except OSError as error:
        raise Refused(Problem("records", "records_folder", {"text": error.strerror or str(error)})) from error


def problem_of(error: sqlite3.Error) -> Problem:
    """What kind of problem it is."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _HELD:
        return Problem("records", "records_held")
    return Problem(
        "records", "records_folder" if code in _PLACE_ERRORS else "records_corrupt", {"text": reason_of(error)}
    )


def needs_room_beside(error: sqlite3.Error) -> bool:
    """Whether SQLite could not make its files beside the store, which it needs even to read one with a log."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def reason_of(error: Exception) -> str:
    """The name of SQLite's error, which says more than its text."""
    return str(getattr(error, "sqlite_errorname", None) or type(error).__name__)
