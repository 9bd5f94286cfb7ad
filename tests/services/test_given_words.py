"""What is said about what was given: differences worked out by hand; every sentence there is can be filled."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dlicalc.domain.finding import Finding
from dlicalc.domain.given import GivenBag, given_findings
from dlicalc.services.given_desk import GivenDesk
from dlicalc.services.given_words import (
    DoseRow,
    bag_heading,
    dose_rows,
    earlier_line,
    finding_words,
    order_line,
    rest_lines,
)
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say
from tests.domain.test_given import BOUNDS, END, LEDGER, NOW, START, bag
from tests.services.given_life import NUMBER, TYPED, desk_over, prepared, records_in

EN = Words()


@pytest.fixture
def desk(tmp_path: Path) -> GivenDesk:
    records = records_in(tmp_path)
    prepared(records)
    return desk_over(records)


def rows(desk: GivenDesk, given: str) -> tuple[DoseRow, ...]:
    source = desk.find(NUMBER)
    return dose_rows(source, desk.read(TYPED | {"bags.0.given.value": given}, 1, source), EN)


def test_difference_to_the_order_in_words(desk: GivenDesk) -> None:
    """28 of 35 mL is a fifth less: 60 for 75, 24 for 30 million per kg; 42 mL a fifth more."""
    assert rows(desk, "28") == (
        ("Volume", "35 mL", "28 mL", "7 mL less, 20 % less"),
        ("MNC, per kg", "75 × 10⁶/kg", "60 × 10⁶/kg", "15 × 10⁶/kg less, 20 % less"),
        ("CD3⁺, per kg", "30 × 10⁶/kg", "24 × 10⁶/kg", "6 × 10⁶/kg less, 20 % less"),
    )
    assert [row.difference for row in rows(desk, "42")][::2] == ["7 mL more, 20 % more", "6 × 10⁶/kg more, 20 % more"]
    assert {row.difference for row in rows(desk, "35.0")} == {"as ordered"}
    assert [(row.given, row.difference) for row in rows(desk, "")] == [("—", "")] * 3


def test_difference_to_nothing_has_no_percentage(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    reading = desk.read(TYPED, 1, source)
    none = source._replace(
        ordered=source.ordered._replace(bags=(source.ordered.bags[0]._replace(ordered=Fraction(0)),))
    )
    assert dose_rows(none, reading, EN)[0].difference == "28 mL more, — % more"


def test_whose_order_and_which_bag(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    assert order_line(source, EN) == f"Order {NUMBER}: Example Recipient, MRN 0042177, 70 kg, ordered 35 mL"
    assert bag_heading(source, 0, EN) == "Bag 1: A999926000123, 35 mL ordered, 150 mL in the bag"
    assert bag_heading(source, 1, EN) == "A bag that the order does not name"
    nameless = source._replace(case={"recipient": {"weight": {"value": "70", "unit": "kg"}}})
    assert order_line(nameless, EN) == f"Order {NUMBER}: no name, MRN —, 70 kg, ordered 35 mL"


def test_what_is_left(desk: GivenDesk) -> None:
    source = desk.find(NUMBER)
    for texts, told in (
        ({}, "Bag 1: 115 mL left"),
        ({"bags.0.fate": "discarded"}, "Bag 1: nothing left"),
        ({"bags.0.fate": ""}, "Bag 1: what is left is not known"),
    ):
        assert rest_lines(source, desk.read(TYPED | texts, 1, source), EN) == (told,)


def test_an_earlier_entry_is_told_with_who_and_when(desk: GivenDesk) -> None:
    assert earlier_line(desk.find(NUMBER), EN) == ""
    desk.record(TYPED, 1, desk.find(NUMBER), "Chen Jing", "")
    source = desk.find(NUMBER)
    assert earlier_line(source, EN).startswith("Already recorded 2026-11-18 15:00 +08:00 by Chen Jing.")
    assert source.earlier is not None
    assert "by —." in earlier_line(source._replace(earlier=source.earlier._replace(event=None)), EN)


ODD: dict[str, dict[str, Any]] = {
    "above-held": {"volume": "21"},
    "fate-contradicts": {"volume": "14"},
    "lost-above-rest": {"fate": "stored", "lost": {"value": "1", "unit": "mL"}},
    "too-long": {"started_at": "2026-11-18T09:00+08:00", "ended_at": "2026-11-18T13:30+08:00"},
    "time-ahead": {"started_at": START, "ended_at": "2026-11-18T15:01+08:00"},
    "started-expired": {"started_at": "2026-11-18T14:00+08:00", "ended_at": "2026-11-18T14:10+08:00"},
    "other-day": {"started_at": "2026-11-17T10:00+08:00", "ended_at": END},
}
TOLD = {
    "above-held": "21 mL is more than the 20 mL in the bag.",
    "fate-contradicts": "Nothing is said to be left, and 6 mL of what the bag held were not given.",
    "lost-above-rest": "1 mL thrown away is more than the 0 mL that were left.",
    "too-long": "It ran for 4 h 30 min; the protocol allows 4 h.",
    "time-ahead": "2026-11-18 15:01 +08:00 is still to come.",
    "started-expired": "It was started after the bag had expired, 2026-11-18 14:00 +08:00.",
    "other-day": "It did not start on the day of the order, 2026-11-18.",
}


@pytest.mark.parametrize("code", TOLD)
def test_findings_say_what_is_odd(code: str) -> None:
    entries = dict(ODD[code])
    found = given_findings(LEDGER, [bag(entries.pop("volume", "20"), **entries)], NOW, BOUNDS)
    [finding] = [one for one in found if one.code == f"given.{code}"]
    assert finding_words(finding, EN).startswith(TOLD[code])


def test_ceiling_in_millions() -> None:
    finding = Finding("given.cd3-ceiling", given_findings(LEDGER, [GivenBag()], NOW, BOUNDS)[0].severity, "bags", {
        "cd3_per_kg": Fraction(120_000_000), "ceiling": Fraction(100_000_000),
    })  # fmt: skip
    assert finding_words(finding, EN) == ("120 × 10⁶ CD3⁺/kg were given: the ceiling of the protocol is 100 × 10⁶/kg.")


def test_every_finding_has_a_sentence() -> None:
    """All codes that the sources name, found by reading them."""
    import re

    root = Path(__file__).parents[2] / "dlicalc"
    texts = [(root / name).read_text("utf-8") for name in ("domain/given.py", "services/given.py")]
    codes = {code for text in texts for code in re.findall(r'(?:review|stop)\(\s*"([a-z0-9.-]+)"', text)}
    codes |= {"given.start-unknown", "given.end-unknown", "given.order-superseded", "given.order-voided"}
    assert codes == set(say.FINDINGS)
    assert datetime.fromisoformat(START) < datetime.fromisoformat(END)
