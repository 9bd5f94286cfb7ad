"""A process of its own that records orders: what it was told is on the disk it says on standard output, at once.

``python records_writer.py FOLDER PREFIX COUNT``: lines ``made``, ``kept ORDER``, ``refused ORDER CODE``.
"""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from dlicalc.services.problem import Refused
from dlicalc.services.records import Event, EventKind
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records

DAY = date(2026, 11, 18)


def event(order: str, mrn: str = "0042177") -> Event:
    case = {"recipient": {"mrn": mrn, "name": "Example Recipient"}, "products": [{"din": f"A9999{order}"}]}
    evaluation = {"releasable": True, "findings": ["some text of a finding"] * 20}
    return Event(EventKind.PREPARED, "A. Nurse", "dlicalc 0", order=order, day=DAY, case=case, evaluation=evaluation)


def group(order: str) -> tuple[Event, ...]:
    """What is recorded at once for an order: of one whose number begins with G, two overrides come before it."""
    prepared = event(order)
    override = prepared._replace(kind=EventKind.OVERRIDE, why="stable for years", case=None, evaluation=None)
    return (override, override._replace(who="C. Chief"), prepared) if order.startswith("G") else (prepared,)


def tell(*words: str) -> None:
    os.write(1, " ".join(words).encode() + b"\n")


def main(folder: str, prefix: str, count: str) -> None:
    root = Path(folder)
    try:
        records = open_records(DataFolder(root, root.parent), Path("/nowhere"), lambda: datetime.now(UTC))
    except Refused as refused:
        tell("unavailable", refused.problems[0].code)
        return
    tell("made")
    for number in range(int(count)):
        order = f"{prefix}{number}"
        try:
            records.append_all(group(order))
        except Refused as refused:
            tell("refused", order, refused.problems[0].code)
        else:
            tell("kept", order)
    records.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
