"""Records in a folder that can only be read. Expected: docs/records.md (read-only directory), docs/records.md."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.cases import AS_OF, full_case
from tests.command import dlicalc, documents, reading_only, written
from tests.contract.test_order_command import CHECKED, LATER, in_state, text

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="needs folders that cannot be written",
)


@pytest.fixture
def folder() -> Path:
    """The data folder that the command uses."""
    return Path(os.environ["DLICALC_DATA_FOLDER"])


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return written(tmp_path, in_state(CHECKED))


@pytest.fixture
def recorded(folder: Path, case: Path, tmp_path: Path) -> Path:
    """The data folder with one order in its records, closed."""
    result = dlicalc("order", case, "-o", tmp_path / "first.pdf", "--as-of", AS_OF)
    assert (result.returncode, result.stderr) == (0, b"")
    return folder


def test_without_any_records_an_order_is_a_draft_and_that_is_said(folder: Path, case: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    result = reading_only("order", case, "-o", tmp_path / "order.pdf", "--as-of", AS_OF, folder=folder)
    assert result.returncode == 0
    assert b"records: the folder of the records cannot be written (Permission denied)" in result.stderr
    assert "DRAFT Not for use: it cannot be recorded" in " ".join(text(tmp_path / "order.pdf").split())
    assert list(folder.rglob("*")) == []


def test_with_records_an_order_is_a_draft_and_they_stay_as_they_are(recorded: Path, case: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in recorded.rglob("*") if path.is_file()}
    paper = tmp_path / "order.pdf"
    result = reading_only("order", case, "-o", paper, "--as-of", LATER.isoformat(), folder=recorded)
    assert result.returncode == 0
    assert b"records: the folder of the records cannot be written" in result.stderr
    assert "DRAFT Not for use: it cannot be recorded" in " ".join(text(paper).split())
    assert {path: path.read_bytes() for path in recorded.rglob("*") if path.is_file()} == before


def test_calculating_goes_on(recorded: Path, tmp_path: Path) -> None:
    result = reading_only("evaluate", written(tmp_path, full_case(), "other.json"), folder=recorded)
    assert (result.returncode, result.stderr) == (0, b"")
    [evaluation] = documents(result.stdout)
    assert evaluation["dose"]["ordered_volume_ml"] == "35"  # worked example E1 of the contract


@pytest.mark.parametrize("act", ["verify", "list", "export"])
def test_what_only_reads_says_the_same_as_where_it_can_be_written(recorded: Path, act: str) -> None:
    said = reading_only("records", act, folder=recorded)
    assert said.returncode == 0, said.stderr
    assert said.stdout == dlicalc("records", act).stdout
    assert said.stdout


def test_a_changed_byte_is_found_there_too(recorded: Path) -> None:
    store = recorded / "records" / "records.db"
    content = bytearray(store.read_bytes())
    content[-1] ^= 1
    store.write_bytes(content)
    assert reading_only("records", "verify", folder=recorded).returncode == 1


def test_a_log_that_cannot_be_read_is_no_damage(recorded: Path) -> None:
    """What stands in a write-ahead log alone is not there for who cannot open it; that is no loss, and said so."""
    (recorded / "records" / "records.db-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(60))
    said = reading_only("records", "verify", folder=recorded)
    assert said.returncode == 2, said.stdout
    assert said.stderr.startswith(b"records: the folder of the records cannot be written")


def test_a_backup_comes_back_from_a_medium_that_can_only_be_read(recorded: Path, tmp_path: Path) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    assert dlicalc("records", "backup", medium / "copy").returncode == 0
    listed = dlicalc("records", "list").stdout
    shutil.rmtree(recorded / "records")
    restored = reading_only(
        "records", "restore", medium / "copy", "--who", "Li Wei", "--why", "disk lost", folder=medium
    )
    assert restored.returncode == 0, restored.stderr
    [newest, *others] = dlicalc("records", "list").stdout.splitlines()
    assert b"restored" in newest
    assert others == listed.splitlines()


def test_export_is_json(recorded: Path) -> None:
    said = json.loads(reading_only("records", "export", folder=recorded).stdout)
    assert [entry["kind"] for entry in said["entries"]] == ["printed"]
