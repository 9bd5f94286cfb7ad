"""The bags in words. Figures are reckoned by hand, times are differences to AS_OF, 2026-11-18 08:00 +08:00."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest

from dlicalc.services.bag_view import (
    COLUMNS,
    BagLine,
    Mark,
    Working,
    assumed_denominator,
    bag_count,
    bag_lines,
    cd3_question,
    count_parts,
    most_steps,
    span,
    working,
)
from dlicalc.services.open_case import evaluate_document
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from tests.cases import AS_OF, changed, every_field_case, full_case
from tests.program import shipped_protocol

WORDS = Words()


def snapshot_of(document: dict[str, Any]) -> Snapshot:
    return evaluate_document(document, shipped_protocol(), datetime.fromisoformat(AS_OF))


def lines(document: dict[str, Any]) -> tuple[BagLine, ...]:
    return bag_lines(snapshot_of(document), WORDS)


def line(**changes: Any) -> BagLine:
    """The line of the one bag of a full case with these changes."""
    (only,) = lines(changed(full_case(), **changes))
    return only


def worked(**changes: Any) -> Working:
    return working(snapshot_of(changed(full_case(), **changes)), 0, WORDS)


def two_bags(**changes: Any) -> dict[str, Any]:
    """A full case with a second bag, in which these entries are other."""
    case = full_case()
    second = changed(copy.deepcopy({"bag": case["products"][0]}), **{f"bag__{name}": v for name, v in changes.items()})
    case["products"].append(second["bag"])
    return case


def test_a_good_bag() -> None:
    """E1: 75 % of 200 × 10⁹/L = 150 × 10⁶/mL, 30 % = 60 × 10⁶/mL; 150 mL less 7; 35 mL for 70 kg; collected 14:00."""
    bag = line()
    assert bag[:-2] == ("1", "A9999 26 000123", "fresh", "143 mL", "35 mL", "150 × 10⁶", "60 × 10⁶", "18 h")
    assert bag.expiry == (Mark.GOOD, "expires in 1 day 6 h")
    assert bag.finding == (Mark.GOOD, "nothing to look at")
    assert len(COLUMNS) == len(bag)


def test_an_empty_bag_is_incomplete_and_has_no_figure() -> None:
    (bag,) = lines(full_case() | {"products": [{}]})
    assert bag[:-2] == ("1", "no number", "—", "—", "—", "—", "—", "—")
    assert bag.expiry == (Mark.EMPTY, "not entered")
    assert bag.finding.mark is Mark.EMPTY
    assert bag.finding.text.startswith("INCOMPLETE: ")


def test_figures_of_a_bag_stand_without_a_dose() -> None:
    bag = line(recipient__weight=None)
    assert (bag.available, bag.take, bag.mnc) == ("143 mL", "—", "150 × 10⁶")


def test_without_a_volume_the_concentration_still_stands() -> None:
    bag = line(products__0__volume=None)
    assert (bag.available, bag.mnc, bag.cd3) == ("—", "150 × 10⁶", "60 × 10⁶")


@pytest.mark.parametrize(
    "unreadable",
    [
        {"products__0__counts__wbc__multiply_by": "1,500"},
        {"products__0__withheld__value": "7O"},
        {"products__0__counts__viability__value": "9 8"},
    ],
)
def test_no_figure_stands_while_an_entry_that_moves_it_cannot_be_read(unreadable: dict[str, str]) -> None:
    bag = line(**unreadable)
    assert (bag.available, bag.take, bag.mnc, bag.cd3) == ("—",) * 4
    assert bag.finding.mark is Mark.STOP
    assert bag.finding.text.startswith("STOP: This entry cannot be read")


def test_an_unreadable_entry_of_another_bag_leaves_the_figures_but_not_the_order() -> None:
    case = changed(two_bags(din="A999926000124", din_check=None), products__1__counts__wbc__value="2OO")
    first, second = lines(case)
    assert (first.mnc, first.take) == ("150 × 10⁶", "—")
    assert second.mnc == "—"


def test_a_list_of_bags_that_cannot_be_read_has_lines_without_figures() -> None:
    """More bags than the format takes: none of them is read."""
    case = full_case()
    case["products"] = case["products"] * 101
    snapshot = snapshot_of(case)
    assert bag_count(snapshot) == 101
    bags = bag_lines(snapshot, WORDS)
    assert {bag[1:8] for bag in bags} == {("no number", "—", "—", "—", "—", "—", "—")}
    assert {bag.finding.mark for bag in bags} == {Mark.STOP}
    remark = working(snapshot, 100, WORDS).remark
    assert remark is not None
    assert remark.mark is Mark.STOP


def test_no_bags() -> None:
    snapshot = snapshot_of(full_case() | {"products": None})
    assert bag_count(snapshot) == 0
    assert bag_lines(snapshot, WORDS) == ()
    assert most_steps(snapshot) == 1


@pytest.mark.parametrize(
    ("expires_at", "start", "mark", "text"),
    [
        ("2026-11-19T12:00+08:00", "2026-11-18T10:00+08:00", Mark.GOOD, "expires in 1 day 4 h"),
        ("2026-11-19T12:00+08:00", None, Mark.GOOD, "expires in 1 day 4 h"),
        ("2026-11-18T08:00:30+08:00", None, Mark.GOOD, "expires in less than 1 min"),
        # The protocol file wants 4 h for the infusion.
        ("2026-11-18T10:30+08:00", "2026-11-18T10:00+08:00", Mark.REVIEW, "expires in 2 h 30 min"),
        ("2026-11-18T10:00+08:00", "2026-11-18T12:00+08:00", Mark.STOP, "expires 2 h BEFORE the planned start"),
        ("2026-11-18T10:00+08:00", "2026-11-18T10:00+08:00", Mark.STOP, "expires AT the planned start"),
        # The same moment in another offset.
        ("2026-11-18T03:00+01:00", "2026-11-18T10:00+08:00", Mark.STOP, "expires AT the planned start"),
        ("2026-11-18T07:10+08:00", "2026-11-18T10:00+08:00", Mark.STOP, "EXPIRED 50 min ago"),
        ("2026-11-18T08:00+08:00", "2026-11-18T10:00+08:00", Mark.STOP, "EXPIRED less than 1 min ago"),
        ("2026-11-18T07:00+08:00", None, Mark.REVIEW, "EXPIRED 1 h ago"),
        (None, "2026-11-18T10:00+08:00", Mark.EMPTY, "not entered"),
        ("2026-11-18 10:00", "2026-11-18T10:00+08:00", Mark.STOP, "unreadable"),
    ],
)
def test_the_expiry_clock(expires_at: str | None, start: str | None, mark: Mark, text: str) -> None:
    bag = line(products__0__expires_at=expires_at, infusion__planned_start=start)
    assert bag.expiry == (mark, text)


@pytest.mark.parametrize(
    ("collected_at", "age"),
    [
        ("2026-11-17T13:30+08:00", "18 h 30 min"),
        ("2026-11-16T04:00+08:00", "2 days 4 h"),
        ("2026-11-18T09:00+08:00", "not yet collected"),
        (None, "—"),
    ],
)
def test_the_age_since_collection(collected_at: str | None, age: str) -> None:
    assert line(products__0__collected_at=collected_at).age == age


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(seconds=59), "less than 1 min"),
        (timedelta(minutes=1, seconds=59), "1 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, minutes=59), "1 day"),
        (timedelta(days=9, hours=23), "9 days 23 h"),
        (timedelta(days=10, hours=23), "10 days"),
        (timedelta(days=1500), "1,500 days"),
    ],
)
def test_a_span_is_cut_off_never_rounded_up(time: timedelta, text: str) -> None:
    assert span(time, WORDS) == text


def test_what_is_wrong_comes_before_what_is_missing() -> None:
    """No volume yet, and CD3⁺ 80 % of white cells with MNC 75 %: only the second is wrong."""
    bag = line(products__0__volume=None, products__0__counts__cd3__value="80")
    assert bag.finding.mark is Mark.STOP
    assert "CD3⁺" in bag.finding.text


def test_a_bag_with_reviews_or_notes_only() -> None:
    assert line(products__0__collected_at=None).finding == (Mark.REVIEW, "REVIEW: The time of collection is missing.")
    assert line(products__0__withheld=None).finding.mark is Mark.NOTE


def test_a_decided_stop_of_a_bag_is_shown_as_decided() -> None:
    """No stop of a bag can be decided by today's rules; should one be, it is not shown as a stop."""
    snapshot = snapshot_of(changed(full_case(), donor__match="other", infusion__planned_start="2026-12-20T10:00+08:00"))
    decision = {"by": "Dr Prescriber", "role": "prescriber", "reason": "relapse", "at": None, "code": "donor.match"}
    case = changed(full_case(), donor__match="other")
    case["decisions"] = [decision]
    ruled = next(f for f in snapshot_of(case).evaluation.findings if f.ruling is not None)
    evaluation = snapshot.evaluation._replace(findings=(ruled._replace(path="products.0.din"),))
    (bag,) = bag_lines(snapshot._replace(evaluation=evaluation), WORDS)
    assert bag.finding.mark is Mark.REVIEW
    assert bag.finding.text.startswith("DECIDED: ")


def test_the_steps_of_a_fresh_bag() -> None:
    """200 × 10⁶/mL, three quarters of it, three tenths of it, 150 mL less 7."""
    assert worked() == (
        (
            ("Bag 1, white cells: 200 × 10⁹/L × 1", "200 × 10⁶/mL"),
            ("Bag 1, MNC: 75 % of 200 × 10⁶", "150 × 10⁶/mL"),
            ("Bag 1, CD3⁺: 30 % of 200 × 10⁶ white cells", "60 × 10⁶/mL"),
            ("Bag 1, volume that can be given: 150 mL − 7 mL withheld", "143 mL"),
        ),
        None,
    )


def test_the_steps_of_a_weighed_thawed_and_processed_bag() -> None:
    """10 × 20 = 200; / 1.06 = 188.679; × 0.75 × 0.98 × 0.9 × 204/180 × 0.96 = 135.79; 182.7 g / 1.058 = 172.684 mL."""
    snapshot = snapshot_of(every_field_case())
    steps, remark = working(snapshot, 0, WORDS)
    results = [result for _, result in steps]
    assert remark is None
    assert len(steps) == most_steps(snapshot) == 13
    assert results[0] == "200 × 10⁶/mL"
    assert results[1] == "≈ 188.68 × 10⁶/mL"
    assert results[7] == "≈ 135.79 × 10⁶/mL"
    assert steps[11] == ("Bag 1, volume: (231.4 g − 48.7 g) / 1.058 g/mL", "≈ 172.68 mL")


def test_the_steps_are_those_of_the_bag_alone() -> None:
    snapshot = snapshot_of(two_bags(din="A999926000124", din_check=None))
    assert all(sentence.startswith("Bag 2, ") for sentence, _ in working(snapshot, 1, WORDS).steps)
    assert most_steps(snapshot) == 4


def test_no_available_volume_is_reckoned_without_what_is_withheld() -> None:
    assert "volume" not in worked(products__0__withheld=None).steps[-1][0]


def test_nothing_counted_yet() -> None:
    assert working(snapshot_of(full_case() | {"products": [{}]}), 0, WORDS) == (
        (),
        (Mark.EMPTY, "As soon as cells are counted, each step of the sum stands here."),
    )


def test_no_step_stands_while_an_entry_that_moves_it_cannot_be_read() -> None:
    steps, remark = worked(products__0__counts__wbc__multiply_by="1,500")
    assert steps == ()
    assert remark == (Mark.STOP, "Nothing is computed: an entry of this bag that counts here cannot be read.")


def test_counts_that_contradict_each_other_are_called_so() -> None:
    """80 % of white cells cannot be CD3⁺ where 75 % are MNC."""
    steps, remark = worked(products__0__counts__cd3__value="80")
    assert steps
    assert remark is not None
    assert remark.mark is Mark.STOP
    assert remark.text.startswith("No concentration follows from these counts. ")


def test_counts_that_are_not_complete_are_called_so() -> None:
    _, remark = worked(products__0__counts__cd3=None)
    assert remark is not None
    assert remark.mark is Mark.EMPTY


@pytest.mark.parametrize(
    ("unit", "of", "dilution", "asked"),
    [
        ("", "", "", (True, True)),
        ("%", "", "", (True, False)),
        ("%", "wbc", "", (True, False)),
        ("%", "wbc", "20", (True, True)),
        ("10*9/L", "", "", (False, True)),
        ("10*9/L", "wbc", "", (True, True)),
    ],
)
def test_a_count_is_asked_what_its_unit_leaves_open(
    unit: str, of: str, dilution: str, asked: tuple[bool, bool]
) -> None:
    """A percentage has a denominator, a concentration a dilution; what is there already stays in sight."""
    assert count_parts(unit, of, dilution) == asked


def test_a_percentage_without_its_only_denominator_says_what_is_assumed() -> None:
    assert assumed_denominator("%", "", WORDS).startswith("It is not said of what")
    assert assumed_denominator("%", "wbc", WORDS) == assumed_denominator("10*9/L", "", WORDS) == ""


@pytest.mark.parametrize(
    ("value", "unit", "question"),
    [
        ("30", "%", "CD3⁺: 30 % of what?"),
        ("30.5", "%", "CD3⁺: 30.5 % of what?"),
        ("30,5", "%", "CD3⁺: the percentage is of what?"),
        ("<b>30</b>", "%", "CD3⁺: the percentage is of what?"),
        ("", "%", "CD3⁺: the percentage is of what?"),
        ("30", "10*9/L", "CD3⁺: the percentage is of what?"),
    ],
)
def test_the_denominator_is_asked_in_words(value: str, unit: str, question: str) -> None:
    assert cd3_question(value, unit, WORDS) == question
