"""`dlicalc order` counts its papers in the records. Expected: docs/records.md, contract section 1 (same bytes)."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlicalc.services import order_desk
from tests.cases import AS_OF, full_case
from tests.command import dlicalc, written
from tests.contract.test_order_command import CHECKED, LATER, in_state, text


def ordered(tmp_path: Path, pdf: str, as_of: str = AS_OF, desk: order_desk.Desk = CHECKED) -> Path:
    case = written(tmp_path, in_state(desk))
    result = dlicalc("order", case, "-o", tmp_path / pdf, "--as-of", as_of)
    assert (result.returncode, result.stderr) == (0, b"")
    return tmp_path / pdf


def listed() -> list[str]:
    result = dlicalc("records", "list")
    return result.stdout.decode().splitlines()


def test_a_second_paper_is_a_copy_and_the_same_command_the_same_file(tmp_path: Path) -> None:
    first = ordered(tmp_path, "1.pdf")
    again = ordered(tmp_path, "2.pdf")
    later = ordered(tmp_path, "3.pdf", LATER.isoformat())
    assert first.read_bytes() == again.read_bytes()
    assert "CHECKED Valid only with all signatures" in text(first)
    assert "COPY" in text(later)
    assert [line.split("  ")[3] for line in reversed(listed())] == ["printed", "printed", "reprinted"]
    assert dlicalc("records", "verify").returncode == 0


def test_the_entry_on_the_paper_is_one_of_the_records(tmp_path: Path) -> None:
    ordered(tmp_path, "1.pdf")
    printed = " ".join(text(ordered(tmp_path, "2.pdf", LATER.isoformat())).split())
    verified = dlicalc("records", "export").stdout.decode()
    head = printed.partition("Recorded as entry ")[2].split()[0]
    assert head.startswith("1-")
    assert head.removeprefix("1-") in verified


def test_a_case_without_an_order_opens_no_records(tmp_path: Path) -> None:
    case = written(tmp_path, full_case())
    assert dlicalc("order", case, "-o", tmp_path / "draft.pdf", "--as-of", AS_OF).returncode == 0
    assert dlicalc("records", "verify").returncode == 2


def test_without_records_a_checked_case_is_a_draft_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(blocked / "data"))
    case = written(tmp_path, in_state(CHECKED))
    result = dlicalc("order", case, "-o", tmp_path / "order.pdf", "--as-of", AS_OF)
    assert result.returncode == 0
    assert b"records:" in result.stderr
    assert "DRAFT Not for use: it cannot be recorded" in " ".join(text(tmp_path / "order.pdf").split())


def test_a_self_test_is_recorded() -> None:
    assert dlicalc("selftest").returncode == 0
    [line] = listed()
    assert "self-test" in line
