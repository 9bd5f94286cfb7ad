"""The open case: texts in, a snapshot out after every edit, nothing typed lost."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

import pytest

from dlicalc.services.open_case import OpenCase, empty_document, evaluate_document
from dlicalc.services.snapshot import Snapshot
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, every_field_case, full_case
from tests.program import evaluation, shipped_protocol

NOW = datetime.fromisoformat(AS_OF)
HEADER = {"format": "dlicalc-case/1", "protocol": "NCT07319793"}


class Desk:
    """An open case and everything it told."""

    def __init__(self, document: dict[str, Any] | None = None) -> None:
        self.told: list[Snapshot] = []
        self.now = NOW
        self.case = OpenCase(shipped_protocol(), lambda: self.now, document_digest, self.told.append)
        if document is not None:
            self.case.open(document)

    @property
    def last(self) -> Snapshot:
        return self.told[-1]


def test_new_case_knows_nothing() -> None:
    desk = Desk(full_case())
    desk.case.new()
    assert desk.case.document == desk.last.document == empty_document() == HEADER
    assert desk.last.evaluation.dose is None


def test_opened_case_is_evaluated_as_the_command_line_does() -> None:
    snapshot = Desk(full_case()).last
    assert snapshot.problems == ()
    assert snapshot.evaluation == evaluation(full_case(), AS_OF)


def test_documents_handed_in_and_out_are_copies() -> None:
    given = full_case()
    desk = Desk(given)
    given["recipient"]["name"] = "changed outside"
    desk.case.document["recipient"]["name"] = "changed outside"
    assert desk.case.text("recipient.name") == "Example Recipient"


def test_every_edit_is_told() -> None:
    desk = Desk(full_case())
    desk.case.edit("recipient.weight.value", "35")
    assert len(desk.told) == 2
    dose = desk.last.evaluation.dose
    assert dose is not None
    assert dose.ordered_volume == 17.5  # half the weight, half of 35 mL


def test_edit_makes_its_way_through_what_is_not_there_yet() -> None:
    desk = Desk()
    desk.case.edit("labs.creatinine.value", "78")
    assert desk.case.document == HEADER | {"labs": {"creatinine": {"value": "78"}}}
    desk = Desk(HEADER | {"labs": None})
    desk.case.edit("labs.alt.unit", "U/L")
    assert desk.case.text("labs.alt.unit") == "U/L"


def test_empty_text_makes_an_entry_unknown() -> None:
    desk = Desk(full_case())
    desk.case.edit("recipient.name", "")
    desk.case.edit("recipient.name", "")
    assert "name" not in desk.case.document["recipient"]
    assert desk.last.case.recipient.name is None


@pytest.mark.parametrize("text", ["7O", "1,234", "\u0667\u0660", " 70", "seventy", "-70"])
def test_unreadable_text_stays_as_typed_and_stops(text: str) -> None:
    desk = Desk(full_case())
    desk.case.edit("recipient.weight.value", text)
    assert desk.case.text("recipient.weight.value") == text
    assert [problem.path for problem in desk.last.problems] == ["recipient.weight.value"]
    assert desk.last.evaluation.dose is None
    desk.case.edit("recipient.weight.value", "70")
    assert desk.last.evaluation == evaluation(full_case(), AS_OF)


def test_unreadable_text_elsewhere_leaves_the_dose_and_forbids_the_release() -> None:
    desk = Desk(full_case())
    desk.case.edit("labs.alt.value", "3S")
    assert desk.last.evaluation.dose is not None
    assert not desk.last.evaluation.releasable


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("recipient.weight.value", "70"), ("products.0.counts.cd3.of", "wbc"), ("recipient.weight", ""),
        ("recipient.nothing", ""), ("products.1.din", ""), ("recipient.name.first", ""), ("labs.cystatin_c.value", ""),
    ],
)  # fmt: skip
def test_text_at_a_path(path: str, text: str) -> None:
    assert Desk(full_case()).case.text(path) == text


def test_lists_of_codes() -> None:
    desk = Desk(full_case())
    path = "products.0.counts.viability.applies_to"
    assert desk.case.codes(path) == []
    desk.case.edit(path, ["mnc", "cd3"])
    assert desk.case.codes(path) == ["mnc", "cd3"]
    desk.case.edit(path, "")
    assert desk.case.codes(path) is None
    assert desk.case.codes("products.0.din") is None
    assert desk.case.codes("products.7.counts.viability.applies_to") is None


def test_bags_are_added_moved_and_removed() -> None:
    desk = Desk()
    assert [desk.case.add_product(), desk.case.add_product(), desk.case.add_product()] == [0, 1, 2]
    for place in range(3):
        desk.case.edit(f"products.{place}.local_id", f"bag {place}")
    desk.case.move_product(2, 0)
    desk.case.remove_product(1)
    assert [product["local_id"] for product in desk.case.document["products"]] == ["bag 2", "bag 1"]
    assert len(desk.told) == 8


def test_decision_is_taken_and_withdrawn() -> None:
    desk = Desk(changed(full_case(), organs__dialysis="yes"))
    assert not desk.last.evaluation.releasable
    decision = {"code": "renal.dialysis", "by": "Dr Zhang", "role": "prescriber", "reason": "x", "at": AS_OF}
    desk.case.decide(decision)
    assert desk.last.evaluation.releasable
    desk.case.withdraw(0)
    assert desk.case.document["decisions"] == []
    assert not desk.last.evaluation.releasable


def test_time_passes() -> None:
    desk = Desk(full_case())
    desk.now = NOW + timedelta(days=8)
    desk.case.announce()
    assert desk.last.evaluation.as_of == desk.now
    assert desk.last.document == desk.told[0].document


def test_bare_recovery_is_spelt_out_to_be_edited() -> None:
    case = every_field_case()
    case["products"][0]["counts"]["recovery"] = {"mnc": "90", "cd3": {"value": "85", "unit": "%"}, "source": "site"}
    desk = Desk(case)
    recovery = desk.case.document["products"][0]["counts"]["recovery"]
    assert recovery == {"mnc": {"value": "90", "unit": "%"}, "cd3": {"value": "85", "unit": "%"}, "source": "site"}
    assert desk.last.evaluation == evaluation(case, AS_OF)


@pytest.mark.parametrize("products", [None, [{}], [{"counts": None}], [{"counts": {"recovery": None}}]])
def test_case_without_recovery_is_left_as_it_is(products: Any) -> None:
    document = HEADER | {"products": products}
    assert Desk(document).case.document == document


def test_evaluating_does_not_touch_the_document() -> None:
    document = changed(full_case(), recipient__weight__value="7O")
    before = copy.deepcopy(document)
    snapshot = evaluate_document(document, shipped_protocol(), NOW)
    assert document == before == snapshot.document


def test_an_edit_leaves_earlier_snapshots_alone_and_shares_what_it_did_not_touch() -> None:
    desk = Desk(full_case())
    before = copy.deepcopy(desk.last.document)
    earlier = desk.last
    desk.case.edit("products.0.counts.wbc.value", "150")
    desk.case.add_product()
    desk.case.move_product(1, 0)
    desk.case.remove_product(0)
    assert earlier.document == before
    assert desk.last.document["recipient"] is earlier.document["recipient"]


def test_an_edit_that_changes_nothing_is_not_told() -> None:
    desk = Desk(full_case())
    desk.case.edit("recipient.weight.value", "70")
    desk.case.edit("labs.cystatin_c.value", "")
    assert len(desk.told) == 1
    assert not desk.case.history.can_undo


def test_undo_takes_back_entry_by_entry_and_redo_makes_again() -> None:
    desk = Desk()
    for text in ("7", "70"):
        desk.case.edit("recipient.weight.value", text)
    desk.case.edit("recipient.weight.unit", "kg")
    desk.case.edit("recipient.name", "A")
    assert desk.case.undo() == "recipient.name"
    assert desk.case.document == HEADER | {"recipient": {"weight": {"value": "70", "unit": "kg"}}}
    assert desk.case.undo() == "recipient.weight.value"
    assert desk.case.document == HEADER
    assert desk.case.undo() is None
    assert desk.case.redo() == "recipient.weight.value"
    assert desk.case.redo() == "recipient.name"
    assert desk.case.redo() is None
    assert desk.case.document["recipient"]["name"] == "A"


def test_the_same_entry_visited_twice_is_two_edits() -> None:
    desk = Desk()
    desk.case.edit("recipient.name", "A")
    desk.case.history.seal()
    desk.case.edit("recipient.name", "B")
    desk.case.undo()
    assert desk.case.text("recipient.name") == "A"
    desk.case.edit("recipient.name", "C")
    assert not desk.case.history.can_redo
    desk.case.undo()
    assert desk.case.text("recipient.name") == "A"


def test_bags_and_decisions_are_undone_one_by_one() -> None:
    desk = Desk()
    desk.case.add_product()
    desk.case.add_product()
    desk.case.edit("products.1.din", "X")
    desk.case.remove_product(0)
    desk.case.decide({"code": "window.prophylactic"})
    desk.case.withdraw(0)
    assert desk.case.undo() == "decisions"
    assert desk.case.document["decisions"] == [{"code": "window.prophylactic"}]
    assert [desk.case.undo() for _ in range(5)] == ["decisions", "products", "products.1.din", "products", "products"]
    assert desk.case.document == HEADER


def test_another_case_leaves_nothing_to_undo() -> None:
    desk = Desk()
    desk.case.edit("recipient.name", "A")
    desk.case.undo()
    desk.case.open(full_case())
    assert not desk.case.history.can_undo
    assert not desk.case.history.can_redo


def test_the_oldest_edits_are_forgotten() -> None:
    desk = Desk()
    for number in range(1001):
        desk.case.edit("recipient.name", str(number))
        desk.case.history.seal()
    while desk.case.undo():
        pass
    assert desk.case.text("recipient.name") == "0"


def test_a_duplicate_stands_behind_its_bag_without_what_only_one_bag_can_have() -> None:
    case = full_case()
    case["products"].append(changed(case["products"][0], din="A999926000124", din_check=None))
    case["products"][0]["local_id"] = "KB-1"
    desk = Desk(case)
    assert desk.case.duplicate_product(0) == 1
    first, copied, last = desk.case.document["products"]
    assert [bag.get("din") for bag in (first, copied, last)] == ["A999926000123", None, "A999926000124"]
    assert set(first) - set(copied) == {"din", "din_check", "local_id"}
    assert {name: first[name] for name in copied} == copied
    desk.case.edit("products.1.counts.wbc.value", "100")
    assert desk.case.text("products.0.counts.wbc.value") == "200"
