"""What was given: doses worked out by hand from E7 and the ledger of features; findings of the issue."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.finding import Severity
from dlicalc.domain.given import Bounds, Delivered, GivenBag, Ordered, OrderedBag, delivered, given_findings, left

M = 10**6
NOW = datetime.fromisoformat("2026-11-18T15:00+08:00")
PLANNED = datetime.fromisoformat("2026-11-18T10:00+08:00")
EXPIRES = datetime.fromisoformat("2026-11-18T14:00+08:00")
BOUNDS = Bounds(cd3_ceiling=Fraction(100 * M), hours=4)
START, END = "2026-11-18T10:05+08:00", "2026-11-18T10:40+08:00"


def of(ordered: str, held: str, mnc: str, cd3: str, withheld: str = "0", **more: Any) -> OrderedBag:
    """A bag of an order; concentrations in millions per mL."""
    return OrderedBag(
        product=0,
        din="A999926000123",
        code="",
        ordered=Fraction(ordered),
        available=Fraction(held) - Fraction(withheld),
        held=Fraction(held),
        mnc_per_ml=Fraction(mnc) * M,
        cd3_per_ml=Fraction(cd3) * M,
        expires_at=EXPIRES,
    )._replace(**more)


def order(weight: str, *bags: OrderedBag) -> Ordered:
    return Ordered("261118-AAAAAA", Fraction(weight), PLANNED, Fraction(0), Fraction(0), bags)


LEDGER = order("40", of("20", "20", "100", "60"))
"""20 mL with 60 million CD3+ per mL for 40 kg: 30 million per kg."""
E7 = order("74", of("35", "35", "128.7", "51.15"), of("14.4", "85", "77", "29.7"))


def bag(given: str | None = "20", **entries: Any) -> GivenBag:
    """A bag of which everything is known."""
    volume = None if given is None else {"value": given, "unit": "mL"}
    known = {"given": volume, "started_at": START, "ended_at": END, "reaction": "no", "fate": "nothing-left"}
    return GivenBag.model_validate(known | entries)


def ml(value: str) -> dict[str, str]:
    return {"value": value, "unit": "mL"}


def found(*bags: GivenBag, by: Ordered = LEDGER, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(one.code.removeprefix("given."), one.path) for one in given_findings(by, bags, now, BOUNDS)]


def test_stopping_at_14_of_20_ml_gives_21_million_cd3_and_leaves_6_ml() -> None:
    """The ledger's own example: 14 × 60 / 40 = 21; 14 × 100 / 40 = 35; 20 − 14 = 6."""
    given = bag("14", fate="returned")
    assert delivered(LEDGER, [given]) == Delivered(Fraction(14), Fraction(35 * M), Fraction(21 * M))
    assert left(LEDGER.bags[0], given) == 6
    assert found(given) == []


def test_two_bags_are_exact() -> None:
    """E7 with 10 of 14.4 mL of the second bag: (4504.5 + 770) / 74 and (1790.25 + 297) / 74 million per kg."""
    dose = delivered(E7, [bag("35"), bag("10")])
    assert dose == Delivered(Fraction(45), Fraction("5274.5") * M / 74, Fraction("2087.25") * M / 74)


def test_a_dose_is_unknown_as_soon_as_a_volume_is() -> None:
    assert delivered(E7, [bag("35"), bag(None)]) is None
    assert delivered(LEDGER, [bag("20"), bag("5", din="A999926000999")]) is None
    assert delivered(LEDGER, [bag("20"), bag(None, din="A999926000999")]) is None


def test_a_bag_of_which_nothing_was_given_changes_nothing() -> None:
    nothing = GivenBag.model_validate({"din": "A999926000999", "given": ml("0")})
    assert delivered(LEDGER, [bag("14"), nothing]) == delivered(LEDGER, [bag("14")])
    assert found(bag("20"), nothing) == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"fate": "discarded"}, 0),
        ({"fate": "nothing-left"}, 0),
        ({"fate": "stored"}, 6),
        ({"fate": "refrozen", "lost": ml("4")}, 2),
        ({"fate": "other", "lost": ml("8")}, 0),
        ({"fate": None}, None),
    ],
)
def test_what_is_left_is_what_could_be_given_less_what_was_given_and_thrown_away(
    entries: dict[str, Any], expected: int | None
) -> None:
    """Of 20 mL, 14 given: 6 are left, 2 if 4 of them are thrown away."""
    assert left(LEDGER.bags[0], bag("14", **entries)) == expected


def test_what_was_withheld_is_not_left_over() -> None:
    """150 mL with 7 withheld, 35 given: 108, as the order itself says."""
    assert left(of("35", "150", "150", "60", withheld="7"), bag("35", fate="stored")) == 108
    assert left(of("35", "150", "150", "60", withheld="7"), bag(None, fate="stored")) is None


def test_everything_unknown_is_said() -> None:
    assert found(GivenBag()) == [
        ("volume-unknown", "bags.0.given"),
        ("start-unknown", "bags.0.started_at"),
        ("end-unknown", "bags.0.ended_at"),
        ("reaction-unknown", "bags.0.reaction"),
        ("fate-unknown", "bags.0.fate"),
    ]
    assert all(one.severity is Severity.REVIEW for one in given_findings(LEDGER, [GivenBag()], NOW, BOUNDS))


@pytest.mark.parametrize(
    ("given", "entries", "expected"),
    [
        ("20.01", {}, [("above-held", "bags.0.given")]),
        ("20", {}, []),
        ("14", {"fate": "nothing-left"}, [("fate-contradicts", "bags.0.fate")]),
        ("20", {"fate": None}, []),
        ("14", {"fate": None}, [("fate-unknown", "bags.0.fate")]),
        ("20", {"ended_at": "2026-11-18T10:04+08:00"}, [("end-before-start", "bags.0.ended_at")]),
        ("20", {"ended_at": START}, []),
        ("20", {"ended_at": "2026-11-18T15:01+08:00"}, [
            ("time-ahead", "bags.0.ended_at"), ("too-long", "bags.0.ended_at"), ("ended-expired", "bags.0.ended_at"),
        ]),
        ("20", {"started_at": "2026-11-18T09:59+08:00", "ended_at": "2026-11-18T13:59+08:00"}, []),
        ("20", {"started_at": "2026-11-18T09:58+08:00", "ended_at": "2026-11-18T13:59+08:00"}, [
            ("too-long", "bags.0.ended_at"),
        ]),
        ("20", {"started_at": "2026-11-18T14:00+08:00", "ended_at": "2026-11-18T14:30+08:00"}, [
            ("started-expired", "bags.0.started_at"),
        ]),
        ("20", {"ended_at": "2026-11-18T14:00+08:00", "started_at": "2026-11-18T13:00+08:00"}, []),
        ("20", {"started_at": "2026-11-17T23:50+08:00", "ended_at": "2026-11-18T00:20+08:00"}, [
            ("other-day", "bags.0.started_at"),
        ]),
        # 16:10 of the day before in UTC is ten past midnight of the planned day where it was planned.
        ("20", {"started_at": "2026-11-17T16:10Z", "ended_at": "2026-11-17T16:40Z"}, []),
        ("20", {"reaction": "unknown"}, [("reaction-unknown", "bags.0.reaction")]),
        ("20", {"reaction": "yes"}, [("reaction-untold", "bags.0.reaction_text")]),
        ("20", {"reaction": "yes", "reaction_text": "shivering"}, []),
        ("20", {"reaction": "no", "reaction_text": "shivering"}, [("reaction-contradicts", "bags.0.reaction_text")]),
        ("14", {"fate": "other"}, [("fate-untold", "bags.0.fate_text")]),
        ("14", {"fate": "other", "fate_text": "research"}, []),
        ("14", {"fate": "stored", "lost": ml("6.1")}, [("lost-above-rest", "bags.0.lost")]),
        ("14", {"fate": "stored", "lost": ml("6")}, []),
        (None, {"fate": "stored"}, [("volume-unknown", "bags.0.given")]),
    ],
)  # fmt: skip
def test_each_entry_is_held_against_the_order_and_the_others(
    given: str | None, entries: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(bag(given, **entries)) == expected


def test_volumes_above_what_was_ordered_could_be_given_or_is_held() -> None:
    """35 mL ordered of 150 mL, 7 withheld: 143 could be given."""
    by = order("70", of("35", "150", "15", "6", withheld="7"))
    codes = [
        [one.code.removeprefix("given.") for one in given_findings(by, [bag(given, fate="stored")], NOW, BOUNDS)]
        for given in ("35", "35.1", "143", "143.1", "150", "150.1")
    ]
    assert codes == [
        [],
        ["above-ordered"],
        ["above-ordered"],
        ["above-available"],
        ["above-available"],
        ["above-held"],
    ]
    above = given_findings(by, [bag("150.1", fate="stored")], NOW, BOUNDS)
    assert [one.severity for one in above] == [Severity.STOP]


def test_nothing_is_asked_about_times_where_nothing_was_given() -> None:
    assert found(GivenBag.model_validate({"given": ml("0"), "fate": "returned"})) == []


def test_bag_outside_the_order() -> None:
    other = bag("5", din="A999926000999", fate=None)
    assert found(bag("20"), other) == [("not-of-order", "bags.1.din")]
    assert found(bag("20"), bag("5", fate=None)) == [("din-unknown", "bags.1.din"), ("not-of-order", "bags.1.din")]


def test_ceiling_of_the_protocol_counts_from_equality() -> None:
    """20 mL × 200 million / 40 kg is 100 million per kg exactly."""
    at, below = order("40", of("20", "20", "300", "200")), order("40", of("20", "20", "300", "199.99"))
    assert found(bag("20"), by=at) == [("cd3-ceiling", "bags")]
    assert found(bag("20"), by=below) == []


def test_order_without_a_planned_start_or_an_expiry_is_not_held_against_them() -> None:
    by = order("40", of("20", "20", "100", "60", expires_at=None))._replace(planned_start=None)
    entries = {"started_at": "2026-11-17T10:00+08:00", "ended_at": "2026-11-17T10:30+08:00"}
    assert found(bag("20", **entries), by=by) == []
    assert by.volume == 20
