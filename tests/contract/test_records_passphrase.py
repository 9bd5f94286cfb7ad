"""`dlicalc records passphrase` and the way back without it. Expected: docs/records.md."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from tests.command import Result, dlicalc
from tests.storage.records_writer import event


@pytest.fixture(autouse=True)
def _records() -> None:
    """Two orders in the data folder that the command uses."""
    folder = Path(os.environ["DLICALC_DATA_FOLDER"])
    records = open_records(DataFolder(folder, folder.parent), Path("/nowhere"), lambda: datetime.now(UTC))
    for number in range(2):
        records.append(event(f"O{number}"))
    records.close()


def typed(*lines: str, act: str = "passphrase", more: tuple[str, ...] = ()) -> Result:
    return dlicalc("records", act, *more, input="".join(f"{line}\n" for line in lines).encode())


def test_a_passphrase_is_set_changed_and_taken_away() -> None:
    assert typed("seven cranes", "seven cranes").returncode == 0
    assert b"the records are locked" in dlicalc("records", "verify").stderr
    assert typed("six cranes", act="verify", more=("--passphrase",)).returncode == 2
    assert typed("seven cranes", act="verify", more=("--passphrase",)).returncode == 0
    assert typed("six cranes", "eight cranes", "eight cranes").returncode == 2
    assert typed("seven cranes", "eight cranes", "eight cranes").returncode == 0
    assert typed("eight cranes", "", "").returncode == 0
    assert dlicalc("records", "verify").returncode == 0


@pytest.mark.parametrize(
    ("lines", "why"), [(("short", "short"), b"too short"), (("seven cranes", "seven crane"), b"not typed twice alike")]
)
def test_what_cannot_be_a_passphrase_changes_nothing(lines: tuple[str, str], why: bytes) -> None:
    result = typed(*lines)
    assert (result.returncode, why in result.stderr) == (2, True)
    assert dlicalc("records", "verify").returncode == 0


def test_a_forgotten_passphrase_is_gone_around_by_the_recovery_key(tmp_path: Path) -> None:
    key = dlicalc("records", "recovery-key").stdout.decode().strip()
    backup = str(tmp_path / "b.dlibackup")
    assert dlicalc("records", "backup", backup).returncode == 0
    assert typed("seven cranes", "seven cranes").returncode == 0
    more = (backup, "--who", "Anna Berg", "--recovery-key")
    restored = typed(key, act="restore", more=more)
    assert restored.returncode == 0
    assert b"no longer locked by a passphrase" in restored.stderr
    assert dlicalc("records", "verify").returncode == 0
    nameless = typed(key, act="restore", more=(backup, "--who", " ", "--recovery-key"))
    assert nameless.returncode == 2
    assert typed(key, "nine cranes", act="restore", more=(*more, "--passphrase")).returncode == 0
    assert dlicalc("records", "verify").returncode == 2
    assert typed("nine cranes", act="verify", more=("--passphrase",)).returncode == 0
