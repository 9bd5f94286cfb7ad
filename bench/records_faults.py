"""The long fault runs (``make faults``): every kill point, every error at every call, every byte, two writers.

``python bench/records_faults.py [kill] [errors] [bytes] [writers]``; without names all of them.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dlicalc.services.problem import Refused
from dlicalc.storage.records.around import verify_place
from dlicalc.storage.records.keys import load_keys
from dlicalc.storage.records.place import Place
from tests.storage import records_faults as faults
from tests.storage.records_writer import event

WRITER_ORDERS = 10_000
BYTE_ORDERS = 1_000


def scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="dlicalc-faults-"))


def points(kinds: tuple[str, ...], what: str, *, killed: bool, prefix: str = "A") -> int:
    """One run for each call of each kind; returns how many were wrong.

    Of orders whose number begins with G each is recorded together with two overrides.
    """
    base = scratch()
    counts = faults.calls(base / "calls", prefix=prefix)
    jobs = [(call, when) for call in kinds for when in range(1, counts[call] + 1)]

    def one(job: tuple[str, int]) -> list[str]:
        call, when = job
        folder = base / f"{call}-{when}"
        said, _ = faults.injected(folder, call, f"{what}:when={when}", prefix=prefix)
        wrong = [f"{call} {when}: {text}" for text in faults.judged(folder, said, killed=killed)]
        shutil.rmtree(folder, ignore_errors=True)
        return wrong

    with ThreadPoolExecutor(2) as pool:
        wrong = [text for texts in pool.map(one, jobs) for text in texts]
    print(
        f"{what}, orders {prefix}: {len(jobs)} points of {counts}, {len(wrong)} wrong",
        *wrong[:20],
        sep="\n  ",
        flush=True,
    )
    shutil.rmtree(base, ignore_errors=True)
    return len(wrong)


def kill() -> int:
    return sum(points(faults.WRITES, "signal=KILL", killed=True, prefix=prefix) for prefix in "AG")


def errors() -> int:
    return sum(
        points(faults.WRITES, f"error={name}", killed=False, prefix=prefix)
        for name in ("ENOSPC", "EIO")
        for prefix in "AG"
    )


def every_byte() -> int:
    """Bytes of a store of 1,000 orders turned over, one at a time: each 997th, or the step that ARGS names.

    Step 1 takes days, for each byte is a whole reading.
    """
    step = int(next((word for word in sys.argv[1:] if word.isdigit()), "997"))
    folder = scratch()
    records = faults.opened(folder)
    for number in range(BYTE_ORDERS):
        records.append(event(f"O{number}"))
    records.close()
    place = Place(folder / "records", folder / "keys")
    size = place.database.stat().st_size
    found = Counter[str]()
    missed = []  # or found, and no entry named, nor said that there is none
    with place.database.open("rb+", buffering=0) as file:
        for offset in range(0, size, step):
            outcome = turned(file, offset, place)
            found[outcome] += 1
            if outcome in ("missed", "file", "unreadable"):
                missed.append(offset)
    print(f"bytes: {sum(found.values())} of {size} turned over: {dict(found)}", *missed[:20], flush=True)
    shutil.rmtree(folder)
    return len(missed)


def turned(file, offset: int, place: Place) -> str:
    """How verify meets the byte at ``offset`` turned over: what it names, or ``file``, ``unreadable``, ``missed``."""
    file.seek(offset)
    was = file.read(1)
    file.seek(offset)
    file.write(bytes([was[0] ^ 0xFF]))
    try:
        keys = load_keys(place.key)
        result = verify_place(place, keys)
    except Refused:
        return "unreadable"
    finally:
        file.seek(offset)
        file.write(was)
    return faults.named(result)


def writers() -> int:
    """Two processes with 10,000 orders each."""
    folder = scratch()
    faults.opened(folder).close()
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda prefix: faults.write(folder, WRITER_ORDERS, prefix=prefix), "AB"))
    took = time.perf_counter() - start
    kept = [line[1] for said, _ in runs for line in said if line[0] == "kept"]
    records = faults.opened(folder)
    result = records.verify()
    there = records.orders(10**6)
    records.close()
    good = result.intact and sorted(order for _, order in there) == sorted(kept) and len(kept) == 2 * WRITER_ORDERS
    print(f"writers: {len(kept)} kept, {result.entries} entries, {result.faults}, {took:.0f} s", flush=True)
    shutil.rmtree(folder)
    return int(not good)


def main() -> int:
    if faults.STRACE is None:
        print("strace is missing. On Debian, as root: apt-get install -y strace")
        return 2
    all_of_them: dict[str, Callable[[], int]] = {
        "kill": kill,
        "errors": errors,
        "writers": writers,
        "bytes": every_byte,
    }
    chosen = [name for name in sys.argv[1:] if name in all_of_them] or list(all_of_them)
    return int(sum(all_of_them[name]() for name in chosen) > 0)


if __name__ == "__main__":
    sys.exit(main())
