"""Units last used: kept from one start to the next, and a damaged file is as good as none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dlicalc.services.ports import UnitMemory
from dlicalc.storage.unit_memory import FileUnitMemory

WEIGHT, WBC = "recipient.weight.unit", "products.counts.wbc.unit"


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    memory: UnitMemory = FileUnitMemory(tmp_path / "not" / "there")
    assert memory.last(WEIGHT) == ""
    assert not (tmp_path / "not").exists()


def test_what_was_chosen_is_known_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    memory = FileUnitMemory(folder)
    memory.remember(WEIGHT, "kg")
    memory.remember(WBC, "10*9/L")
    memory.remember(WBC, "10*6/mL")
    later = FileUnitMemory(folder)
    assert (later.last(WEIGHT), later.last(WBC), later.last("labs.alt.unit")) == ("kg", "10*6/mL", "")
    assert [file.name for file in folder.iterdir()] == ["units.json"]


def test_the_same_unit_again_writes_nothing(tmp_path: Path) -> None:
    memory = FileUnitMemory(tmp_path)
    memory.remember(WEIGHT, "kg")
    (tmp_path / "units.json").unlink()
    memory.remember(WEIGHT, "kg")
    assert not (tmp_path / "units.json").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'"kg"', b"[" * 50_000, b" " * 100_001,
     b'{"recipient.weight.unit": 7}', b'{"recipient.weight.unit": ""}',
     b'{"recipient.weight.unit": "' + b"k" * 101 + b'"}'],
)  # fmt: skip
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "units.json"
    file.write_bytes(content)
    memory = FileUnitMemory(tmp_path)
    assert memory.last(WEIGHT) == ""
    memory.remember(WEIGHT, "g")
    assert json.loads(file.read_text("utf-8")) == {WEIGHT: "g"}


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    memory = FileUnitMemory(tmp_path / "data")
    memory.remember(WEIGHT, "kg")
    assert memory.last(WEIGHT) == "kg"
    (tmp_path / "units.json").mkdir()
    other = FileUnitMemory(tmp_path)
    other.remember(WEIGHT, "kg")
    assert other.last(WEIGHT) == "kg"
