"""In what two evaluations differ, and how that is said; the changed values are put in by hand."""

import copy
from datetime import UTC, datetime

import pytest

from dlicalc.services.document import evaluation_document
from dlicalc.services.order_state import Act, OrderState, State
from dlicalc.services.recorded_order import RecordedOrder
from dlicalc.services.reprint import (
    Difference,
    Today,
    difference_texts,
    differences,
    giving_differences,
    number_shown,
    original_again,
    same_notice,
)
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from tests.cases import AS_OF, full_case
from tests.program import evaluation
from tests.report.orders import sheet

NOON = datetime(2031, 11, 18, 12, tzinfo=UTC)
TODAY = Today("dlicalc 9", "sha256:" + "9" * 64, NOON)


def evaluated():
    return copy.deepcopy(dict(evaluation_document(evaluation(full_case(), AS_OF), Words(), "dlicalc 1")))


def recorded(*, with_sheet: bool = True, given: bool = False) -> RecordedOrder:
    printed = datetime(2026, 11, 18, 8, tzinfo=UTC)
    return RecordedOrder(
        order=OrderState("261118-A", State.COPY, copy=1, prepared=Act("Li Wei", printed)),
        document=full_case(),
        evaluation=evaluated(),
        sheet=sheet(full_case()) if with_sheet else None,
        language="en",
        paper="A4",
        printed_at=printed,
        software="dlicalc 1",
        protocol="sha256:" + "1" * 64,
        given_at=printed if given else None,
    )


def test_the_same_differs_in_nothing_whoever_made_it():
    after = evaluated()
    after |= {"software": "dlicalc 2", "as_of": "2030-01-01T00:00+00:00", "protocol": {"version": "9"}}
    assert differences(evaluated(), after) == ()


def test_other_words_with_the_same_numbers_are_the_same():
    after = evaluated()
    after["eligibility"]["criteria"][0]["text"] = "in other words"
    after["dose"]["steps"][0]["text"] = "in other words"
    after["findings"][0]["message"] = after["findings"][0]["message"].replace("No volume", "There is no volume")
    assert differences(evaluated(), after) == ()


@pytest.mark.parametrize(
    ("place", "value", "part"),
    [
        (("dose", "ordered_volume_ml"), "36", "dose.ordered_volume_ml"),
        (("dose", "bags", 0, "left_ml"), "1", "bag.left_ml"),
        (("dose", "steps", 0, "result"), "1", "step.result"),
        (("eligibility", "status"), "excluded", "eligibility.status"),
        (("eligibility", "criteria", 0, "limit"), "1", "criterion.limit"),
        (("renal", "ckd_epi_2021"), None, "renal.ckd_epi_2021"),
        (("schedule", "day"), 47, "schedule.day"),
        (("releasable",), False, "releasable"),
        (("findings", 0, "severity"), "stop", "finding.severity"),
        (("dose", "unheard_of"), "1", "other"),
        (("unheard_of",), "1", "other"),
    ],
)
def test_each_number_and_verdict_that_changes_is_found(place, value, part):
    after = evaluated()
    spot = after
    for key in place[:-1]:
        spot = spot[key]
    spot[place[-1]] = value
    assert [difference.part for difference in differences(evaluated(), after)] == [part]


def test_number_inside_a_sentence_counts():
    after = evaluated()
    after["findings"][0]["message"] = after["findings"][0]["message"].replace("75 %", "76 %")
    (found,) = differences(evaluated(), after)
    assert (found.part, "76 %" in str(found.after)) == ("finding.message", True)


def test_findings_that_came_or_went_are_said_once_each():
    after = evaluated()
    gone = after["findings"].pop(0)
    new = {**gone, "code": "new.one", "message": "new"}
    after["findings"] += [new, {**new, "message": "again"}]
    found = differences(evaluated(), after)
    assert [(one.before, one.after) for one in found] == [(gone["message"], None), (None, "new"), (None, "again")]


def test_what_is_given_comes_first():
    after = evaluated()
    after["dose"] |= {"status": "not-computable", "cd3_per_kg": "1", "ordered_volume_ml": "1"}
    parts = [one.part for one in differences(evaluated(), after)]
    assert parts == ["dose.ordered_volume_ml", "dose.cd3_per_kg", "dose.status"]


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference("dose.mnc_per_kg", {}, "75000000", "99857142.8"), ("MNC per kg", "75,000,000", "99,857,142.8")),
        (Difference("bag.volume_ml", {"number": "2"}, "35", None), ("Bag 2: volume to give, mL", "35", "nothing")),
        (Difference("releasable", {}, "true", "false"), ("Order without a stop", "yes", "no")),
        (Difference("dose.limiting", {}, "cd3", "mnc"), ("Limiting target", "CD3⁺", "MNC")),
        (Difference("criterion.limit", {"criterion": "unheard.of"}, "1", "2"), ("unheard.of: limit", "1", "2")),
        # Both are ≈ 3.3333 for people; what differs must be seen.
        (Difference("dose.ml_per_kg", {}, "3.333333331", "3.333333332"), ("mL per kg", "3.333333331", "3.333333332")),
    ],
)  # fmt: skip
def test_differences_in_words(difference, said):
    assert difference_texts(difference, Words()) == said


def test_a_criterion_has_its_name():
    name = evaluated()["eligibility"]["criteria"][0]["id"]
    what, _, _ = difference_texts(Difference("criterion.value", {"criterion": name}, "1", "2"), Words())
    assert what == f"{Words().criterion(name)}: value"


def test_numbers_and_other_texts():
    assert [number_shown(text) for text in ("35", "CKD-EPI", "NaN", "Infinity")] == ["35", "CKD-EPI", "NaN", "Infinity"]


def test_how_cells_are_given_is_compared_field_by_field():
    before = sheet(full_case()).administration
    first = before.rates[0]
    after = before._replace(rates=(first._replace(value="faster"), *before.rates[1:]), rest=before.rest[1:])
    after = after._replace(first=(*after.first, Field("New", "rule")))
    found = giving_differences(before, after)
    assert [(one.names["label"], one.before, one.after) for one in found] == [
        (first.label, first.value, "faster"),
        (before.rest[0].label, before.rest[0].value, None),
        ("New", None, "rule"),
    ]
    assert giving_differences(before, before) == ()


def test_copy_that_is_the_same_says_by_what_it_was_made():
    notice, loud = same_notice(recorded(), TODAY, Words())
    assert notice.heading == "Printed again 2031-11-18 12:00 +00:00. Original: 2026-11-18 08:00 +00:00"
    assert notice.items == (
        "Computed again with today's program: every number and every verdict is the same.",
        "The original was made by dlicalc 1, protocol 111111111111; today: dlicalc 9, protocol 999999999999.",
    )
    assert not loud


def test_copy_by_the_same_program_of_an_order_that_was_given():
    one = recorded(with_sheet=False, given=True)
    notice, loud = same_notice(one, Today(one.software, one.protocol, NOON), Words())
    assert loud
    assert [item.partition(":")[0] for item in notice.items] == [
        "Recorded as given 2026-11-18 08",
        "Computed again with today's program",
        "The words of the original were not kept",
    ]


@pytest.mark.parametrize(("count", "last"), [(4, "Step 4"), (6, "2 more")])
def test_original_says_what_differs_and_changes_no_number(count, last):
    found = [Difference("step.result", {"number": str(place)}, "1", "2") for place in range(1, count + 1)]
    one = recorded()
    again = original_again(one.sheet, one, TODAY, found, Words())
    assert again.reprint.loud
    assert again.reprint.notice.heading.startswith("WARNING")
    assert again.reprint.notice.items[-1].startswith(last)
    assert (again.status, again.discreet, again.made_at) == ("COPY 1", True, NOON)
    assert again.sections[0].rows == tuple((f"Step {n} of the arithmetic", "1", "2") for n in range(1, count + 1))
    kept = ("volume", "doses", "bags", "administration", "recipient", "footer", "checks", "number", "stops")
    assert all(getattr(again, name) == getattr(one.sheet, name) for name in kept)
    assert again.sections[1:] == one.sheet.sections
