"""The self-test's report: what differs is told first, and the verdict."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dlicalc.services.reference import Check
from dlicalc.services.self_report import Installed, SelfTest, lines, statement, summary
from dlicalc.services.sheet import Field, Table
from dlicalc.services.wording import Words

SAME = Check("E1", "ordered_volume_ml", "a bag", "hand", "35", "35", agrees=True)
FRACTION = Check("E1", "mnc_volume_ml", "a bag", "hand", "140/3", "46.6666666666667", agrees=True)
ROUTES = Check("E1", "two_routes", "a bag", "hand", "=", "=", agrees=True)
LIMIT = Check("L1", "hepatic.alt", "alt.value 120", "record", "not-excluded", "not-excluded", agrees=True)
OTHER = Check("E2", "ordered_volume_ml", "a bag", "hand", "41.6", "41.7", agrees=False)
AT = datetime(2026, 11, 18, 8, tzinfo=UTC)


def outcome(*checks: Check, flaws: tuple[tuple[str, str], ...] = (), done: bool = True, site: str = "") -> SelfTest:
    return SelfTest(Installed("dlicalc 0", site, (Field("Python", "3.11"),)), AT, 7, flaws, checks, done)


def test_everything_agrees() -> None:
    test = outcome(SAME, ROUTES, LIMIT)
    told = list(lines(test, Words()))
    assert test.passed
    assert "Python: 3.11" in told
    assert "Reference cases: 2" in told
    assert "Reference values: 3 computed, 0 differing" in told
    assert "Verdict: PASSED: all files as released, all values as expected" in told


def test_differing_value_is_told_with_both_figures() -> None:
    test = outcome(SAME, OTHER)
    told = list(lines(test, Words()))
    assert not test.passed
    assert told[0] == "E2, mL to infuse: Expected 41.6, Obtained 41.7"
    assert "Verdict: FAILED: do not use this copy on this computer" in told


def test_damaged_file_is_named() -> None:
    test = outcome(flaws=(("dlicalc/domain/dose.py", "changed"), ("resources/x", "added")))
    assert not test.passed
    assert list(lines(test, Words()))[:2] == [
        "dlicalc/domain/dose.py: changed",
        "resources/x: not part of this version",
    ]


@pytest.mark.parametrize(
    ("test", "verdict"),
    [
        (outcome(SAME, done=False), "NOT FINISHED"),
        (outcome(done=False), "NOT FINISHED"),
        (outcome(OTHER, done=False), "FAILED"),
        (outcome(), "FAILED"),  # nothing was computed, so nothing was shown
    ],
)
def test_what_proves_nothing_has_not_passed(test: SelfTest, verdict: str) -> None:
    assert test.verdict.startswith(verdict)
    assert not test.passed


def test_report_tells_failures_first_then_has_room_for_two_signatures() -> None:
    report = statement(outcome(SAME, OTHER, flaws=(("a.py", "missing"),), site="Cell lab"), Words())
    headings = [section.heading for section in report.sections]
    assert headings == [
        "Result", "Installation", "Files that are not as released", "Values that differ", "Signatures",
        "Every reference value", "Sources of the expected values",
    ]  # fmt: skip
    files, differing, signatures = report.sections[2:5]
    assert isinstance(files, Table)
    assert isinstance(differing, Table)
    assert isinstance(signatures, Table)
    assert files.rows == (("a.py", "missing"),)
    assert [row[0] for row in differing.rows] == ["E2"]
    assert [row[0].split("\n")[0] for row in signatures.rows] == ["Performed by", "Reviewed by"]
    assert (report.software, report.made_at) == ("dlicalc 0", AT)
    assert report.footer == f"dlicalc 0 · Cell lab · {AT.isoformat()}"


def test_every_value_has_its_row_and_the_number_of_its_source() -> None:
    report = statement(outcome(FRACTION, ROUTES, LIMIT, OTHER), Words())
    *_, table, sources = report.sections
    assert isinstance(table, Table)
    assert isinstance(sources, Table)
    assert table.rows == (
        ("E1", "mL for the MNC target", "a bag", "140/3 ≈ 46.667", "46.6666666666667", "yes", "[1]"),
        ("E1", "second route", "", "same", "same", "yes", "[1]"),
        ("L1", Words().criterion("hepatic.alt"), "alt.value 120", "not excluded", "not excluded", "yes", "[2]"),
        ("E2", "mL to infuse", "a bag", "41.6", "41.7", "no", "[1]"),
    )
    assert table.strong == {3}
    assert sources.rows == (("[1]", "hand"), ("[2]", "record"))


def test_report_of_an_undamaged_copy_has_no_empty_tables() -> None:
    headings = [section.heading for section in statement(outcome(SAME), Words()).sections]
    assert headings == [
        "Result", "Installation", "Signatures", "Every reference value", "Sources of the expected values",
    ]  # fmt: skip


def test_record_holds_what_came_of_it() -> None:
    assert summary(outcome(SAME, OTHER, site="Cell lab")) == {
        "at": "2026-11-18T08:00:00+00:00", "software": "dlicalc 0", "site_line": "Cell lab", "files": "7",
        "flaws": "0", "cases": "2", "values": "2", "differing": "1", "passed": "no",
    }  # fmt: skip
    assert summary(outcome(SAME))["passed"] == "yes"
