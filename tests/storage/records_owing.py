"""A process of its own that notes the end of the order O1 of a store, as if the records had refused it.

``python records_owing.py FOLDER``: ``noted``, or ``lost`` if it could be written down nowhere.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from dlicalc.services.problem import Refused
from dlicalc.services.records import Event, EventKind
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.owed import FolderNotes, folders

END = Event(EventKind.VOIDED, "Anna Berg", "dlicalc 0", order="O1", why="fever", details={"seat": "ward7"})


def main(folder: str) -> None:
    root = Path(folder)
    try:
        records = open_records(DataFolder(root, root.parent), Path("/nowhere"), lambda: datetime.now(UTC))
    except Refused:
        os.write(1, b"unavailable\n")
        return
    notes = FolderNotes(folders(root))
    notes.reserve(records.note_key)
    os.write(1, b"noted\n" if notes.keep((END,)) else b"lost\n")
    notes.close()
    records.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
