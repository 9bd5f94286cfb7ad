"""From typed texts to one entry of the records; doses by hand from example E1: 35 mL give 75 and 30 million per kg."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dlicalc.domain.given import Delivered
from dlicalc.services.given import day_of, given_event, read_given, texts_of
from dlicalc.services.given_desk import GivenDesk
from dlicalc.services.given_order import Source
from dlicalc.services.problem import Refused
from dlicalc.services.records import EventKind
from dlicalc.storage.records.store import SqliteRecords
from tests.program import shipped_protocol
from tests.services.given_life import DAY, NOW, NUMBER, TYPED, desk_over, order_event, prepared, records_in

M = 10**6


@pytest.fixture
def records(tmp_path: Path) -> SqliteRecords:
    return records_in(tmp_path)


@pytest.fixture
def desk(records: SqliteRecords) -> GivenDesk:
    prepared(records)
    return desk_over(records)


def read(texts: dict[str, str], source: Source, count: int = 1) -> Any:
    return read_given(texts, count, source, NOW, shipped_protocol())


def refusals(act: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [problem.code for problem in refused.value.problems]


def test_28_of_35_ml_is_four_fifths_of_the_dose(desk: GivenDesk) -> None:
    """28 × 150 / 70 = 60 and 28 × 60 / 70 = 24; 150 − 7 − 28 = 115 mL are left."""
    source = desk.find(NUMBER)
    assert (source.ordered.mnc_per_kg, source.ordered.cd3_per_kg) == (75 * M, 30 * M)
    reading = desk.read(TYPED, 1, source)
    assert reading.dose == Delivered(Fraction(28), Fraction(60 * M), Fraction(24 * M))
    assert reading.left == (115,)
    assert (reading.problems, reading.findings, reading.blocked, reading.doubtful) == ((), (), False, False)


def test_empty_malformed_and_valid_are_three_states(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    empty = read(TYPED | {"bags.0.given.value": ""}, source)
    assert ([one.code.removeprefix("given.") for one in empty.findings], empty.problems, empty.dose) == (
        ["volume-unknown"],
        (),
        None,
    )
    malformed = read(TYPED | {"bags.0.given.value": "2 8"}, source)
    assert [(one.path, one.code) for one in malformed.problems] == [("bags.0.given.value", "number_form")]
    assert (malformed.findings, malformed.dose, malformed.blocked) == ((), None, True)
    comma = read(TYPED | {"bags.0.given.value": "28,0"}, source)
    assert comma.dose is not None
    assert comma.dose.volume == 28


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("started_at", "2026-11-18T10:05", "moment_form"),
        ("ended_at", "noon", "moment_form"),
        ("reaction_text", "  ", "text_blank"),
        ("given.unit", "", "unit_missing"),
        ("lost.value", "1,234", "number_comma"),
        ("fate", "eaten", "literal_error"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_entry(desk: GivenDesk, path: str, text: str, code: str) -> None:
    texts = TYPED | {"bags.0.lost.unit": "mL", f"bags.0.{path}": text}
    [problem] = read(texts, desk.find(NUMBER)).problems
    assert (problem.path, problem.code) == (f"bags.0.{path}", code)


def test_a_bag_of_the_order_cannot_be_another_bag_too(desk: GivenDesk) -> None:
    other = {"bags.1.given.value": "5", "bags.1.given.unit": "mL"}
    for din in ("A9999 26 000123", "a999926000123"):
        reading = read(TYPED | other | {"bags.1.din": din}, desk.find(NUMBER), 2)
        assert [(one.path, one.code) for one in reading.problems] == [("bags.1.din", "given_bag_twice")]
    assert not read(TYPED | other | {"bags.1.din": "A999926000999"}, desk.find(NUMBER), 2).problems


def test_the_entry_says_what_was_given_and_what_was_ordered(desk: GivenDesk, records: SqliteRecords) -> None:
    entry = desk.record(TYPED, 1, desk.find(NUMBER), " Chen Jing ", "")
    assert records.entries(NUMBER)[-1] == entry
    event = entry.event
    assert event is not None
    assert (event.kind, event.who, event.why, event.day, event.order) == (EventKind.GIVEN, "Chen Jing", "", DAY, NUMBER)
    assert event.protocol == shipped_protocol().digest
    assert event.details == {
        "bags": [
            {
                "din": "A999926000123",
                "product": 0,
                "product_code": "S12954A0",
                "ordered_ml": "35",
                "given_ml": "28",
                "started_at": "2026-11-18T10:05+08:00",
                "ended_at": "2026-11-18T10:40+08:00",
                "reaction": "no",
                "reaction_text": None,
                "remainder": "returned",
                "remainder_text": None,
                "lost_ml": None,
                "left_ml": "115",
            }
        ],
        "volume_ml": "28",
        "mnc_per_kg": "60000000",
        "cd3_per_kg": "24000000",
        "ordered": {"volume_ml": "35", "mnc_per_kg": "75000000", "cd3_per_kg": "30000000"},
        "explained": [],
    }


def test_an_unknown_volume_leaves_the_figures_out(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    other = {
        "bags.1.din": "A999926000999",
        "bags.1.given.value": "5",
        "bags.1.lost.value": "1",
        "bags.1.lost.unit": "mL",
    }
    texts = TYPED | {"bags.0.given.value": "", "bags.1.given.unit": "mL"} | other
    event = given_event(source, read(texts, source, 2), by="A B", remark="chart lost", software="1")
    assert {"mnc_per_kg", "cd3_per_kg", "volume_ml"}.isdisjoint(event.details)
    first, second = event.details["bags"]
    assert (first["given_ml"], first["left_ml"]) == (None, None)
    assert (second["din"], second["product"], second["ordered_ml"], second["lost_ml"]) == (
        "A999926000999",
        None,
        None,
        "1",
    )
    assert event.details["explained"] == [
        "given.end-unknown", "given.not-of-order", "given.reaction-unknown", "given.start-unknown",
        "given.volume-unknown",
    ]  # fmt: skip


def test_the_figures_are_exact_also_where_they_do_not_end(tmp_path: Path) -> None:
    """10 mL for 70 kg: 150 × 10 / 70 = 150/7 million."""
    records = records_in(tmp_path)
    prepared(records)
    desk = desk_over(records)
    entry = desk.record(TYPED | {"bags.0.given.value": "10"}, 1, desk.find(NUMBER), "Chen Jing", "")
    assert entry.event is not None
    assert Fraction(entry.event.details["mnc_per_kg"]) == Fraction(150 * M, 7)


def test_what_contradicts_or_is_unread_is_not_recorded(desk: GivenDesk, records: SqliteRecords) -> None:
    source, before = desk.find(NUMBER), records.head()
    above = TYPED | {"bags.0.given.value": "151"}
    assert refusals(lambda: desk.record(above, 1, source, "Chen Jing", "x")) == ["given_contradicts"]
    unread = TYPED | {"bags.0.given.value": "1e2"}
    assert refusals(lambda: desk.record(unread, 1, source, "Chen Jing", "x")) == ["number_form"]
    assert refusals(lambda: desk.record(TYPED, 1, source, "?", "")) == ["given_name_due"]
    assert refusals(lambda: desk.record(TYPED, 1, source, "Chen Jing", " ")) == ["text_blank"]
    assert records.head() == before


def test_what_is_unknown_or_odd_needs_a_remark(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    odd = TYPED | {"bags.0.reaction": "unknown"}
    assert refusals(lambda: desk.record(odd, 1, source, "Chen Jing", "")) == ["given_remark_due"]
    entry = desk.record(odd, 1, source, "Chen Jing", "chart not back yet")
    assert entry.event is not None
    assert (entry.event.why, entry.event.details["explained"]) == ("chart not back yet", ["given.reaction-unknown"])


def test_a_later_entry_corrects_the_earlier_and_says_so(desk: GivenDesk) -> None:
    first = desk.record(TYPED, 1, desk.find(NUMBER), "Chen Jing", "")
    source = desk.find(NUMBER)
    assert source.earlier is not None
    assert source.earlier.stamp.sequence == first.stamp.sequence
    texts, count = texts_of(source)
    assert (texts, count) == (TYPED, 1)
    texts["bags.0.given.value"] = "21"
    assert refusals(lambda: desk.record(texts, 1, source, "Chen Jing", "")) == ["given_correction_due"]
    second = desk.record(texts, 1, source, "Chen Jing", "misread")
    assert second.event is not None
    assert (second.event.details["corrects"], second.event.details["cd3_per_kg"]) == (first.stamp.sequence, "18000000")


def test_what_was_recorded_comes_back_with_all_its_texts(desk: GivenDesk) -> None:
    more = {
        "bags.0.reaction": "yes", "bags.0.reaction_text": "shivering, paused 10 min", "bags.0.fate": "other",
        "bags.0.fate_text": "research", "bags.0.lost.value": "3", "bags.0.lost.unit": "mL",
        "bags.1.din": "A999926000999", "bags.1.given.value": "0", "bags.1.given.unit": "mL",
        "bags.0.started_at": "2026-11-18T10:05:30+08:00",
    }  # fmt: skip
    desk.record(TYPED | more, 2, desk.find(NUMBER), "Chen Jing", "")
    assert texts_of(desk.find(NUMBER)) == (TYPED | more, 2)


def test_two_windows_do_not_correct_each_other_unseen(desk: GivenDesk) -> None:
    one, other = desk.find(NUMBER), desk.find(NUMBER)
    desk.record(TYPED, 1, one, "Chen Jing", "")
    assert refusals(lambda: desk.record(TYPED, 1, other, "Li Wei", "")) == ["given_meanwhile"]


def test_day_is_that_on_which_the_first_cells_ran(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    reading = read(TYPED | {"bags.0.started_at": "2026-11-17T23:50+08:00"}, source)
    assert str(day_of(reading.bags, source.ordered.planned_start)) == "2026-11-17"
    assert day_of((), source.ordered.planned_start) == DAY
    assert day_of((), None) is None


@pytest.mark.parametrize(
    ("kind", "start", "expected"),
    [
        (EventKind.SUPERSEDED, "2026-11-18T15:00+08:00", ["order-superseded"]),
        (EventKind.VOIDED, "2026-11-18T15:00+08:00", ["order-voided"]),
        (EventKind.VOIDED, "", ["start-unknown", "order-voided"]),
        (EventKind.SUPERSEDED, "2026-11-18T10:05+08:00", []),
    ],
)
def test_an_order_that_had_ended_before_is_marked(
    records: SqliteRecords, kind: EventKind, start: str, expected: list[str]
) -> None:
    """The entry that ends it is of 15:00."""
    prepared(records)
    records.append(order_event(kind))
    texts = TYPED | {"bags.0.started_at": start, "bags.0.ended_at": "2026-11-18T15:00+08:00" if start else ""}
    texts = texts if start != TYPED["bags.0.started_at"] else TYPED
    found = [one.code.removeprefix("given.") for one in read(texts, desk_over(records).find(NUMBER)).findings]
    assert sorted(code for code in found if code != "end-unknown") == sorted(expected)


def test_a_start_not_yet_typed_does_not_make_cells_run_after_the_end_of_the_order(records: SqliteRecords) -> None:
    prepared(records)
    records.append(order_event(EventKind.VOIDED))
    texts = TYPED | {"bags.1.din": "A999926000999", "bags.1.given.value": "0.1", "bags.1.given.unit": "mL"}
    codes = [one.code for one in read(texts, desk_over(records).find(NUMBER), 2).findings]
    assert "given.start-unknown" in codes
    assert "given.order-voided" not in codes


def test_nothing_is_odd_about_an_ended_order_of_which_nothing_was_given(records: SqliteRecords) -> None:
    records.append(order_event())
    records.append(order_event(EventKind.VOIDED))
    reading = read(
        {"bags.0.given.value": "0", "bags.0.given.unit": "mL", "bags.0.fate": "stored"}, desk_over(records).find(NUMBER)
    )
    assert reading.findings == ()


def test_order_that_nobody_checked_is_marked(records: SqliteRecords) -> None:
    records.append(order_event())
    source = desk_over(records).find(NUMBER)
    assert [one.code for one in read(TYPED, source).findings] == ["given.order-unchecked"]
