"""Faults put into a writing process by ``strace``, and what must hold of the store afterwards."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from dlicalc.services.problem import Refused
from dlicalc.services.records import Verification
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.store import SqliteRecords
from tests.storage import records_writer

STRACE = shutil.which("strace")
WRITES = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename")
ORDERS = 25


def opened(folder: Path) -> SqliteRecords:
    return open_records(DataFolder(folder, folder.parent), Path("/nowhere"), lambda: datetime.now(UTC))


def write(folder: Path, orders: int, *around: str, prefix: str = "A") -> tuple[list[list[str]], int]:
    """What the process said, line by line, and how it ended."""
    command = [*around, sys.executable, "-S", "-c", _START, str(folder), prefix, str(orders)]
    return _run(command)


def owe(folder: Path, *around: str) -> tuple[list[list[str]], int]:
    """The same of a process that notes the end of an order."""
    return _run([*around, sys.executable, "-S", "-c", _START.replace("records_writer", "records_owing"), str(folder)])


def _run(command: list[str]) -> tuple[list[list[str]], int]:
    environment = os.environ | {"DLICALC_PATHS": os.pathsep.join(sys.path)}
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, env=environment)
    return [line.split() for line in run.stdout.splitlines()], run.returncode


_START = (
    "import os, sys; sys.path[:] = os.environ['DLICALC_PATHS'].split(os.pathsep);"
    "from tests.storage.records_writer import main; main(*sys.argv[1:])"
)


def calls(folder: Path, orders: int = ORDERS, prefix: str = "A") -> dict[str, int]:
    """How often a run without faults makes each of the calls that write."""
    log = folder.with_suffix(".calls")
    around = (str(STRACE), "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(WRITES)}")
    write(folder, orders, *around, prefix=prefix)
    lines = log.read_text().splitlines()
    return {call: sum(f" {call}(" in line for line in lines) for call in WRITES}


def injected(
    folder: Path, call: str, what: str, orders: int = ORDERS, prefix: str = "A"
) -> tuple[list[list[str]], int]:
    """A run in which ``call`` meets ``what``, as ``signal=KILL:when=3``."""
    around = (str(STRACE), "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={call}:{what}")
    return write(folder, orders, *around, prefix=prefix)


def named(found: Verification) -> str:
    """What a verification names at best: ``entry``, ``entries`` (on a page), ``none`` (by name), else ``file``.

    Each with its date; ``missed`` if nothing was found.
    """
    if found.intact:
        return "missed"
    codes = {fault.code for fault in found.faults if fault.sequence and fault.at}
    if codes - {"page_entry", "page_sealed", "page_index", "page_form", "page_unused", "around"}:
        return "entry"
    if codes & {"page_entry", "page_sealed", "page_index"}:
        return "entries"
    return "none" if codes & {"page_form", "page_unused"} else "file"


def judged(folder: Path, said: list[list[str]], *, killed: bool) -> list[str]:
    """What is wrong afterwards; empty if nothing is."""
    kept = [line[1] for line in said if line[0] == "kept"]
    refused = [line[1] for line in said if line[0] == "refused" and line[2] != "records_unsure"]
    if not said and not (folder / "keys" / "records.key").exists():
        return []
    try:
        records = opened(folder)
    except Refused as problem:
        return [f"unavailable afterwards: {problem}"]
    try:
        entries = list(reversed(records.newest(10**6)))
        found = records.verify()
    finally:
        records.close()
    there = [entry.stamp.order for entry in entries]
    wrong = [f"lost {order}" for order in kept if order not in there]
    wrong += [f"refused but there {order}" for order in refused if order in there]
    for order in set(there):
        events = tuple(entry.event for entry in entries if entry.stamp.order == order)
        if events != records_writer.group(order):
            wrong.append(f"half or twice {order}: {events}")
    more = set(there) - set(kept) - {line[1] for line in said if line[0] == "refused"}
    if len(more) > int(killed):
        wrong.append(f"never acknowledged {more}")
    return wrong + [str(fault) for fault in found.faults]
