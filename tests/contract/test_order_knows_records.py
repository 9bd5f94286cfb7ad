"""`dlicalc order` says on paper what the records know of recipient and bags. Expected: docs/records.md, as the window.

The numbers: 10 and 30 million MNC per kg given before, 75 million ordered (worked example E1 of the contract).
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dlicalc.domain.case import Case
from dlicalc.services import order_desk
from dlicalc.services.order_desk import Desk
from dlicalc.services.records import Event
from dlicalc.services.sign_off import entries_of, with_section
from dlicalc.storage.case_files import document_digest
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.opening import open_records
from tests.cases import changed, full_case
from tests.command import dlicalc
from tests.contract.test_order_command import order, text
from tests.program import case_from
from tests.services.given_life import given_event
from tests.services.test_order_desk import LATER, NOW


def given(*events: Event) -> None:
    """Recorded in the data folder that the command uses."""
    folder = Path(os.environ["DLICALC_DATA_FOLDER"])
    records = open_records(DataFolder(folder, folder.parent), Path("/nowhere"), lambda: datetime.now(UTC))
    for event in events:
        records.append(event)
    records.close()


def checked(document: dict[str, Any]) -> dict[str, Any]:
    """The case as the window saves it once a second person has entered the same."""
    case: Case = case_from(document)
    prepared = order_desk.prepare(Desk(), document_digest(document), "Li Wei", NOW)
    return with_section(document, order_desk.check(prepared, case, entries_of(case, "Anna Berg", LATER)).desk)


EARLIER = given_event("261001-A", mnc_per_kg="10000000", cd3_per_kg="4000000", left_ml="140")
LATE = given_event("261020-B", mnc_per_kg="30000000", cd3_per_kg="6000000", day="2026-10-20")


def test_earlier_infusions_stand_in_the_basis(tmp_path: Path) -> None:
    given(EARLIER, LATE)
    paper = tmp_path / "order.pdf"
    assert order(checked(full_case()), paper, tmp_path).returncode == 0
    said = text(paper)
    assert "From the records" in said
    assert "In total so far: MNC 40 × 10⁶/kg, CD3⁺ 10 × 10⁶/kg." in said
    assert "With this order: MNC 115 × 10⁶/kg, CD3⁺ 40 × 10⁶/kg." in said
    assert "140 mL left after 2026-10-01 (order 261001-A)" in said or "(order 261020-B)" in said


def test_the_same_command_gives_the_same_file_though_more_was_given_since(tmp_path: Path) -> None:
    given(EARLIER)
    papers = [tmp_path / f"{number}.pdf" for number in range(3)]
    case = checked(full_case())
    assert order(case, papers[0], tmp_path).returncode == 0
    given(LATE)
    assert order(case, papers[1], tmp_path).returncode == 0
    assert papers[0].read_bytes() == papers[1].read_bytes()
    assert order(case, papers[2], tmp_path, "--as-of", LATER.isoformat()).returncode == 0
    assert "In total so far: MNC 10 × 10⁶/kg" in text(papers[1])
    assert "In total so far: MNC 40 × 10⁶/kg" in text(papers[2])
    assert "COPY 2" in text(papers[2])  # the two before were recorded


def test_nothing_recorded_is_nothing_said(tmp_path: Path) -> None:
    paper = tmp_path / "order.pdf"
    assert order(checked(full_case()), paper, tmp_path).returncode == 0
    assert "From the records" not in text(paper)


def test_a_bag_without_a_din_is_ordered_recorded_and_followed_by_nobody(tmp_path: Path) -> None:
    given(EARLIER)
    document = changed(full_case(), products__0__din=None, products__0__local_id="L-7")
    paper = tmp_path / "order.pdf"
    result = order(checked(document), paper, tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    assert "140 mL left" not in text(paper)
    assert "In total so far: MNC 10 × 10⁶/kg" in text(paper)
    assert [line.split("  ")[3] for line in dlicalc("records", "list").stdout.decode().splitlines()] == [
        "printed",
        "given",
    ]
    assert dlicalc("records", "verify").returncode == 0


def test_a_case_without_recipient_number_or_din_asks_for_nothing(tmp_path: Path) -> None:
    given(EARLIER)
    document = changed(full_case(), products__0__din=None, products__0__local_id="L-7", recipient__mrn=None)
    paper = tmp_path / "order.pdf"
    order(checked(document), paper, tmp_path, "--draft")
    assert "From the records" not in text(paper)


def test_records_that_are_not_to_be_had_leave_the_paper_a_draft(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    paper = tmp_path / "order.pdf"
    result = order(checked(full_case()), paper, tmp_path, env={"DLICALC_DATA_FOLDER": str(blocked / "data")})
    assert result.returncode == 0
    assert "DRAFT" in text(paper)
