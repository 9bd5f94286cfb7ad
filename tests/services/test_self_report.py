"""The self-test's report: what differs is told, and the verdict."""

from __future__ import annotations

from datetime import UTC, datetime

from dlicalc.services.reference import Check
from dlicalc.services.self_report import SelfTest, lines, statement
from dlicalc.services.sheet import Field, Table
from dlicalc.services.wording import Words

SAME = Check("E1 ordered_volume_ml", "hand", "35", "35", True)
OTHER = Check("E2 ordered_volume_ml", "hand", "41.6", "41.7", False)
AT = datetime(2026, 11, 18, 8, tzinfo=UTC)


def outcome(*checks: Check, damaged: tuple[str, ...] = ()) -> SelfTest:
    return SelfTest("dlicalc 0", (Field("Python", "3.11"),), AT, 7, damaged, checks)


def test_everything_agrees() -> None:
    test = outcome(SAME)
    told = "\n".join(lines(test, Words()))
    assert test.passed
    assert "Python: 3.11" in told
    assert "1 computed, 0 differing" in told
    assert told.endswith("Verdict: all agree")


def test_differing_value_is_told_with_both_figures() -> None:
    test = outcome(SAME, OTHER)
    told = list(lines(test, Words()))
    assert not test.passed
    assert told[0] == "E2 ordered_volume_ml: Expected 41.6, Obtained 41.7"
    assert told[-1] == "Verdict: NOT AS RELEASED: do not use this copy"


def test_damaged_file_is_named() -> None:
    test = outcome(damaged=("dlicalc/domain/dose.py",))
    assert not test.passed
    assert next(lines(test, Words())) == "Missing or changed files: dlicalc/domain/dose.py"
    headings = [section.heading for section in statement(test, Words()).sections]
    assert "Missing or changed files" in headings


def test_report_marks_the_rows_that_differ() -> None:
    report = statement(outcome(SAME, OTHER), Words())
    table = report.sections[-1]
    assert isinstance(table, Table)
    assert table.rows == (
        ("E1 ordered_volume_ml", "35", "35", "yes"), ("E2 ordered_volume_ml", "41.6", "41.7", "no"),
    )  # fmt: skip
    assert table.strong == {1}
    assert (report.software, report.made_at, report.footer) == ("dlicalc 0", AT, f"dlicalc 0 · {AT.isoformat()}")
    assert "Missing or changed files" not in [section.heading for section in report.sections]
