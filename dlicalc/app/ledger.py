"""The records of this user, for the window and the command line."""

import os
import platform
from pathlib import Path

from dlicalc.app.parts import SOFTWARE, now
from dlicalc.services.recording import Ledger, Recorder
from dlicalc.services.records import RecordStore


def ledger(resources: Path, *, training: bool) -> Ledger:
    """The records, of practice or not, opened when first asked for; ``resources`` is the folder of the data files."""

    def opened(passphrase: str | None) -> RecordStore:
        # SQLite and the encryption library come with the first order.
        from dlicalc.storage.data_folder import data_folder, program_folder
        from dlicalc.storage.records.opening import open_records

        program = program_folder(resources)
        return open_records(data_folder(program, os.environ, training=training), program, now, passphrase)

    return Ledger(opened, Recorder(SOFTWARE, _seat()))


def _seat() -> str:
    """User and machine, as the system names them."""
    import getpass

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without an entry in the system's list
        user = "?"
    return f"{user} @ {platform.node() or '?'}"
