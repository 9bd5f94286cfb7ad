"""A second copy of the records, and the way back from it."""

import contextlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Head, Verification
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.beside import HeadMark
from dlicalc.storage.records.connection import connect, in_words
from dlicalc.storage.records.keys import Keys, save_keys
from dlicalc.storage.records.opening import open_as_it_is
from dlicalc.storage.records.place import Place, made
from dlicalc.storage.records.store import Opened
from dlicalc.storage.records.verifying import verify

_ASIDE: Final = ".aside-"


def back_up(opened: Opened, target: Path) -> int:
    """A copy of the records at ``target``, read back and verified; returns its entries. Raises :class:`Refused`."""
    if target.exists():
        raise Refused(Problem(str(target), "records_output"))
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with in_words():
            opened.connection.execute("VACUUM INTO ?", (str(beside),))
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            found = read_backup(beside, opened.keys)
            beside.rename(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
    return found.entries


def read_backup(backup: Path, keys: Keys) -> Verification:
    """What a backup holds; raises :class:`Refused` unless it is intact and of these keys."""
    connection, store = open_as_it_is(backup, keys)
    try:
        with in_words():
            found = verify(connection, None, keys, store)
    finally:
        connection.close()
    if not found.intact:
        raise Refused(Problem(str(backup), "records_backup", {"text": str(len(found.faults))}))
    return found


def restore(  # noqa: PLR0917  what, where, and by what it opens
    folder: DataFolder, place: Place, backup: Path, keys: Keys, at: datetime, passphrase: str | None = None
) -> tuple[Head, str]:
    """Put ``backup`` in the place of the records; returns its newest entry, and where the records before it now are.

    Nothing is deleted. ``passphrase`` locks the key from now on. Raises :class:`Refused`, and then the records are as
    before.
    """
    found = read_backup(backup, keys)
    made(folder, place)
    fresh = place.database.with_name(f".{place.database.name}.{os.getpid()}.part")
    aside = f"{_ASIDE}{at:%Y%m%d-%H%M%S}"
    try:
        with in_words():
            shutil.copyfile(backup, fresh)
            with fresh.open("rb+") as file:
                os.fsync(file.fileno())
            read_backup(fresh, keys)
            with contextlib.ExitStack() as alone:
                alone.enter_context(_alone(place.database))
                if sys.platform == "win32":  # where no open file is renamed; that nobody was writing is known by now
                    alone.close()
                kept = [_set_aside(path, aside) for path in _of_store(place) if path.exists()]
                fresh.rename(place.database)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    if place.key.exists():
        with in_words():
            _set_aside(place.key, aside)
    save_keys(place.key, keys, passphrase)
    HeadMark(place.head, keys.head).begin(found.head)
    return found.head, kept[0] if kept else ""


def _of_store(place: Place) -> tuple[Path, ...]:
    log = place.log
    return (place.database, log, log.with_name(log.name.replace("-wal", "-shm")), place.closed)


def _set_aside(path: Path, aside: str) -> str:
    return path.rename(path.with_name(path.name + aside)).name


@contextlib.contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Nobody writes meanwhile, unless the store is too damaged to be written to at all."""
    if not database.exists():
        yield
        return
    connection = connect(database)
    try:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
                raise
        yield
    finally:
        connection.close()
