"""Overrides and the order they belong to stand in the records together or not at all. Expected: docs/records.md."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dlicalc.services.problem import Refused
from dlicalc.services.records import EventKind
from tests.storage import records_faults as faults
from tests.storage.records_writer import event, group


def test_a_group_is_recorded_in_its_order_and_chained(tmp_path):
    records = faults.opened(tmp_path / "d")
    entries = records.append_all(group("G1"))
    assert [entry.stamp.kind for entry in entries] == ["override", "override", "prepared"]
    assert [entry.stamp.sequence for entry in entries] == [1, 2, 3]
    assert records.head() == (3, entries[-1].seal.hash)
    assert records.append_all(()) == ()
    assert records.verify().intact
    records.close()


def test_a_group_of_which_one_cannot_be_recorded_leaves_nothing(tmp_path):
    records = faults.opened(tmp_path / "d")
    records.append(event("O1"))
    # No surrogate can be written as UTF-8, so the last of the three cannot be sealed.
    broken = (*group("G1")[:2], event("G1")._replace(software="\ud800"))
    with pytest.raises((Refused, ValueError)):
        records.append_all(broken)
    assert [entry.stamp.order for entry in records.newest(9)] == ["O1"]
    records.append_all(group("G1"))
    assert records.verify().entries == 4
    records.close()


@pytest.mark.skipif(faults.STRACE is None, reason="strace is not installed")
def test_killed_at_every_write_boundary_no_override_stands_alone(tmp_path):
    """From opening a store that is there to closing it; ``make faults`` makes the store too, and 25 orders."""
    made = tmp_path / "made"
    faults.write(made, 1, prefix="GA")
    counts = faults.calls(shutil.copytree(made, tmp_path / "calls"), 1, "GB")
    points = [(call, when) for call in faults.WRITES for when in range(1, counts[call] + 1)]
    assert counts["pwrite64"] > 5

    def one(point: tuple[str, int]) -> list[str]:
        call, when = point
        folder: Path = shutil.copytree(made, tmp_path / f"{call}-{when}")
        said, ended = faults.injected(folder, call, f"signal=KILL:when={when}", 1, "GB")
        assert ended != 0
        return faults.judged(folder, [["kept", "GA0"], *said], killed=True)

    with ThreadPoolExecutor(2) as pool:
        assert [wrong for wrongs in pool.map(one, points) for wrong in wrongs] == []


def test_the_judge_of_the_fault_runs_sees_an_override_alone(tmp_path):
    records = faults.opened(tmp_path / "d")
    records.append(group("G1")[0])
    records.close()
    assert faults.judged(tmp_path / "d", [["refused", "G1", "x"]], killed=True) != []
    assert group("G1")[0].kind is EventKind.OVERRIDE
