"""The life of the open order in words, and through the open case. Sentences are those of `wording/check.py`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from dlicalc.domain.recipient import Weight
from dlicalc.services.open_case import OpenCase
from dlicalc.services.order_state import Held, State
from dlicalc.services.order_view import Allowed, allowed, headline, state_line, steps
from dlicalc.services.problem import Refused
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, full_case
from tests.program import case_from, shipped_protocol

NOW = datetime.fromisoformat(AS_OF)
WORDS = Words()


class Room:
    """An open case with a clock that can be turned."""

    def __init__(self, document: dict[str, Any] | None = None) -> None:
        self.now = NOW
        self.told: list[Snapshot] = []
        self.case = OpenCase(shipped_protocol(), lambda: self.now, document_digest, self.told.append)
        self.case.open(document or full_case())

    @property
    def last(self) -> Snapshot:
        return self.told[-1]

    def checked(self) -> Room:
        self.case.prepare_order("Li Wei")
        self.now += timedelta(minutes=10)
        assert self.case.check_order("Anna Berg", case_from(full_case())) == ()
        return self

    def lines(self) -> list[str]:
        return [line for step in steps(self.last, WORDS) for line in step.lines]

    def done(self) -> list[bool]:
        return [step.done for step in steps(self.last, WORDS)]


def kg(value: str) -> Weight:
    return Weight.model_validate({"value": value, "unit": "kg"})


def test_before_anything_is_done() -> None:
    room = Room()
    assert headline(room.last, WORDS) == "DRAFT\nNot for use: the order has not been prepared"
    assert allowed(room.last) == Allowed(prepare=True, check=False, weigh=False, void=False)
    assert room.done() == [False, False, False]
    assert room.lines()[-1] == "The next paper or file is marked: DRAFT."


def test_a_stop_keeps_it_from_being_prepared() -> None:
    room = Room(changed(full_case(), organs__dialysis="yes"))
    assert headline(room.last, WORDS) == "DRAFT\nNot for use, not to be signed"
    assert not allowed(room.last).prepare
    assert "Not while a stop stands." in room.lines()
    with pytest.raises(Refused) as refused:
        room.case.prepare_order("Li Wei")
    assert refused.value.problems[0].code == "order_blocked"


def test_prepared_then_checked_then_printed() -> None:
    room = Room()
    room.case.prepare_order("Li Wei")
    number = room.last.order.number
    assert headline(room.last, WORDS) == f"DRAFT – order {number}\nNot for use: no second person has checked it"
    assert allowed(room.last) == Allowed(prepare=False, check=True, weigh=True, void=True)
    assert room.lines()[0] == "Li Wei, 2026-11-18 08:00 +08:00"
    room.now += timedelta(minutes=10)
    wrong = case_from(changed(full_case(), recipient__weight__value="71"))
    assert [found.path for found in room.case.check_order("Anna Berg", wrong)] == ["recipient.weight"]
    assert headline(room.last, WORDS).endswith("Not for use: the second person's entries differ")
    assert "Attempts so far: 1" in room.lines()
    assert room.case.check_order("Anna Berg", case_from(full_case())) == ()
    assert state_line(room.last.order, WORDS) == f"CHECKED – order {number}"
    assert headline(room.last, WORDS).endswith("\nTwo people entered the same. Valid only with all signatures.")
    assert {"Anna Berg, 2026-11-18 08:10 +08:00", "Attempts so far: 2"} <= set(room.lines())
    assert room.lines()[-1] == "The next paper or file is the original."
    assert allowed(room.last) == Allowed(prepare=False, check=False, weigh=True, void=True)
    assert room.done() == [True, True, False]
    room.case.order_printed()
    assert state_line(room.last.order, WORDS).endswith("The next paper is COPY 1")
    assert room.lines()[-1] == "Original: 2026-11-18 08:10 +08:00. The next paper or file is COPY 1."
    assert room.done() == [True, True, True]


@pytest.mark.parametrize(
    ("path", "text"),
    [("recipient.weight.value", "71"), ("recipient.allergies", "nuts"), ("products.0.counts.cd3.of", "mnc")],
)
def test_any_edit_supersedes_and_undo_brings_the_text_back_but_not_the_order(path: str, text: str) -> None:
    room = Room().checked()
    number = room.last.order.number
    room.case.edit(path, room.case.text(path))
    assert room.last.order.state is State.CHECKED, "the same text is no edit"
    room.case.edit(path, text)
    assert (room.last.order.state, room.last.order.number, room.last.order.replaces) == (State.DRAFT, "", number)
    assert headline(room.last, WORDS).endswith(
        f"Order {number} is no longer valid. Prepare the order anew, and have it checked anew."
    )
    room.case.undo()
    assert room.case.document == full_case()
    assert (room.last.order.state, room.last.order.number) == (State.SUPERSEDED, number)
    assert headline(room.last, WORDS).endswith("Superseded 2026-11-18 08:10 +08:00: an entry was changed.")
    room.case.redo()
    assert not room.last.order.valid
    room.case.undo()
    room.case.prepare_order("Li Wei")
    assert room.last.order.state is State.DRAFT
    assert room.last.order.number != number
    assert f"Replaces order {number}" in room.lines()


@pytest.mark.parametrize(
    "act",
    [
        lambda case: case.add_product(),
        lambda case: case.duplicate_product(0),
        lambda case: case.remove_product(0),
        lambda case: case.decide({"code": "renal.egfr", "by": "Dr P", "reason": "r", "role": "prescriber"}),
    ],
)
def test_every_other_change_supersedes_too(act: Any) -> None:
    room = Room().checked()
    act(room.case)
    assert not room.last.order.valid
    room.case.undo()
    assert room.last.order.state is State.SUPERSEDED


def test_weighing_again() -> None:
    room = Room().checked()
    assert room.case.weigh_again("Li Wei", kg("71.5")) is False
    assert room.last.order.state is State.CHECKED
    assert "Weighed again: 71.5 kg (Li Wei, 2026-11-18 08:10 +08:00), within 5 %" in room.lines()
    assert room.case.weigh_again("Anna Berg", kg("80")) is True
    assert room.last.order.state is State.SUPERSEDED
    assert headline(room.last, WORDS).endswith("Anna Berg found a weight more than 5 % away.")


def test_void() -> None:
    room = Room().checked()
    room.case.void_order("Li Wei", "other donor")
    assert headline(room.last, WORDS) == (
        f"VOID – order {room.last.order.number}\nVoid since 2026-11-18 08:10 +08:00: other donor (Li Wei)"
    )
    assert room.lines()[-1] == "The next paper or file is marked: VOID."
    assert allowed(room.last) == Allowed(prepare=True, check=False, weigh=False, void=False)


def test_a_new_case_has_no_order() -> None:
    room = Room().checked()
    room.case.new()
    assert (room.last.order.number, room.last.order.replaces) == ("", "")


def test_saved_and_opened_it_is_checked_and_restored_from_a_draft_it_is_not() -> None:
    room = Room().checked()
    saved = room.case.written_document
    assert {name: part for name, part in saved.items() if name != "order"} == full_case()
    assert "order" not in room.case.document
    other = Room(saved)
    assert (other.last.order.state, other.last.order.number) == (State.CHECKED, room.last.order.number)
    other.case.restore(saved)
    assert (other.last.order.state, other.last.order.held) == (State.DRAFT, (Held.CHECK_OUTDATED,))
    assert other.last.order.replaces == room.last.order.number
    other.case.restore(full_case())
    assert other.last.order.replaces == ""


@pytest.mark.parametrize(("site_has_one", "held"), [(True, ()), (False, (Held.FILTER,))])
def test_an_order_without_a_filter_of_its_own_needs_one_of_the_site(site_has_one: bool, held: tuple[Held, ...]) -> None:
    told: list[Snapshot] = []
    case = OpenCase(shipped_protocol(), lambda: NOW, document_digest, told.append, lambda: site_has_one)
    bare = changed(full_case(), infusion__filter=None)
    case.open(bare)
    case.prepare_order("Li Wei")
    assert case.check_order("Anna Berg", case_from(bare)) == ()
    assert told[-1].order.held == held
    assert told[-1].order.valid is site_has_one
