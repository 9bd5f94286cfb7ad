"""`dlicalc order` and the records: each paper to act on is one entry, and the entries hold against any file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dlicalc.services.sign_off import with_section
from tests.cases import full_case
from tests.command import dlicalc
from tests.contract.test_order_command import order, text
from tests.services.test_order_desk import CHECKED


@pytest.fixture
def case() -> dict[str, Any]:
    """The good case, checked, as the window saves it."""
    return with_section(full_case(), CHECKED)


def listed() -> list[str]:
    return dlicalc("records", "list").stdout.decode().splitlines()


def test_the_first_paper_is_the_original_the_next_a_copy(case: dict[str, Any], tmp_path: Path) -> None:
    papers = [tmp_path / f"{number}.pdf" for number in range(3)]
    for minute, paper in enumerate(papers):
        assert order(case, paper, tmp_path, "--as-of", f"2026-11-18T08:3{minute}+08:00").returncode == 0
    assert "CHECKED Valid only with all signatures" in text(papers[0])
    assert "COPY 1" in text(papers[1])
    assert "COPY 2" in text(papers[2])
    assert [line.split("  ")[3] for line in listed()] == ["reprinted", "reprinted", "printed"]


def test_the_entry_that_a_paper_names_is_found_in_the_records(case: dict[str, Any], tmp_path: Path) -> None:
    papers = [tmp_path / f"{number}.pdf" for number in range(2)]
    for minute, paper in enumerate(papers):
        order(case, paper, tmp_path, "--as-of", f"2026-11-18T08:3{minute}+08:00")
    first = json.loads(dlicalc("records", "export").stdout)["entries"][0]
    assert "Recorded as entry" not in text(papers[0])  # checked elsewhere: nothing was recorded here yet
    assert f"Recorded as entry 1-{first['hash'][:16]}" in text(papers[1])
    assert dlicalc("records", "verify", "--head", f"1-{first['hash'][:16]}").returncode == 0
    wrong = dlicalc("records", "verify", "--head", f"1-{'0' * 16}")
    assert (wrong.returncode, b"entry 1 is another" in wrong.stdout) == (1, True)
    missing = dlicalc("records", "verify", "--head", f"7-{first['hash'][:16]}")
    assert (missing.returncode, b"there is no entry 7" in missing.stdout) == (1, True)
    assert dlicalc("records", "verify", "--head", "seven").returncode == 2


def test_a_draft_is_no_entry_and_opens_no_records(tmp_path: Path) -> None:
    assert order(full_case(), tmp_path / "order.pdf", tmp_path).returncode == 0
    assert dlicalc("records", "list").returncode == 2


def test_without_records_a_checked_order_is_a_draft_that_says_so(case: dict[str, Any], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    result = order(case, tmp_path / "order.pdf", tmp_path, env={"DLICALC_DATA_FOLDER": str(blocked / "data")})
    assert result.returncode == 0
    assert b"records: the folder of the records cannot be written" in result.stderr
    assert "DRAFT" in text(tmp_path / "order.pdf")
    assert "Not for use: it cannot be recorded" in text(tmp_path / "order.pdf")


def test_training_has_records_of_its_own(case: dict[str, Any], tmp_path: Path) -> None:
    order(case, tmp_path / "1.pdf", tmp_path, "--training")
    assert dlicalc("records", "list").returncode == 2
    assert len(dlicalc("records", "list", "--training").stdout.splitlines()) == 1


def test_a_paper_that_cannot_be_written_is_not_recorded(case: dict[str, Any], tmp_path: Path) -> None:
    assert order(case, tmp_path / "nowhere" / "order.pdf", tmp_path).returncode == 2
    order(case, tmp_path / "order.pdf", tmp_path)
    assert "CHECKED" in text(tmp_path / "order.pdf")


def test_what_was_printed_is_printed_again_from_the_records(case: dict[str, Any], tmp_path: Path) -> None:
    order(case, tmp_path / "order.pdf", tmp_path)
    [printed] = json.loads(dlicalc("records", "export").stdout)["entries"]
    assert printed["details"]["sheet"]["number"]["value"] == printed["order"]
    again = dlicalc("records", "reprint", printed["order"], "-o", tmp_path / "again.pdf", "--who", "Li Wei")
    assert (again.returncode, b"the same as today" in again.stderr) == (0, True)
    assert "COPY 1" in text(tmp_path / "again.pdf")
