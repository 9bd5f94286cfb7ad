"""The records of this user, for the window and the command line."""

import os
import platform
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dlicalc.app.parts import SOFTWARE, now
from dlicalc.services.recording import Ledger, Recorder
from dlicalc.services.records import RecordStore

if TYPE_CHECKING:
    from dlicalc.storage.records.owed import FolderNotes


def ledger(resources: Path, *, training: bool) -> Ledger:
    """The records, of practice or not, opened when first asked for; ``resources`` is the folder of the data files."""

    # SQLite and the encryption library come with the first order.
    def opened(passphrase: str | None) -> RecordStore:
        from dlicalc.storage.data_folder import data_folder, program_folder
        from dlicalc.storage.records.opening import open_records

        program = program_folder(resources)
        records = open_records(data_folder(program, os.environ, training=training), program, now, passphrase)
        notes().reserve(records.note_key)
        return records

    @cache
    def notes() -> "FolderNotes":
        from dlicalc.storage.data_folder import data_folder, program_folder
        from dlicalc.storage.records.owed import FolderNotes, folders

        return FolderNotes(folders(data_folder(program_folder(resources), os.environ, training=training).path))

    return Ledger(opened, Recorder(SOFTWARE, seat()), notes)


def seat() -> str:
    """User and machine, as the system names them."""
    import getpass

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without an entry in the system's list
        user = "?"
    return f"{user} @ {platform.node() or '?'}"
