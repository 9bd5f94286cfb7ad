"""The life of an order, event by event, and as a state machine: no way round the second person, none back to life."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from dlicalc.domain.comparison import differences
from dlicalc.domain.names import Likeness, likeness
from dlicalc.domain.recipient import Weight
from dlicalc.domain.sign_off import Check, Weighing
from dlicalc.services import order_desk as desk_of
from dlicalc.services.order_desk import Desk, state_of
from dlicalc.services.order_state import Act, Held, OrderState, State, order_number
from dlicalc.services.problem import Refused
from dlicalc.services.sign_off import with_section
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, full_case
from tests.domain.test_comparison import entries
from tests.program import case_from

NOW = datetime.fromisoformat(AS_OF)
LATER = NOW + timedelta(minutes=20)
CASE = case_from(full_case())
DIGEST = document_digest(full_case())


def state(desk: Desk, digest: str = DIGEST, *, stopped: bool = False, filter_chosen: bool = True) -> OrderState:
    return state_of(desk, digest=digest, stopped=stopped, filter_chosen=filter_chosen)


def second(by: str = "Anna Berg", **changes: Any) -> Check:
    return Check.model_validate(entries(**changes) | {"by": by, "at": LATER.isoformat()})


def weighing(value: str) -> Weighing:
    return Weighing(weight=Weight.model_validate({"value": value, "unit": "kg"}), by="Li Wei", at=LATER)


PREPARED = desk_of.prepare(Desk(), DIGEST, "Li Wei", NOW)
CHECKED = desk_of.check(PREPARED, CASE, second()).desk


def test_a_section_with_a_date_is_written_as_it_was_read() -> None:
    """The second person's weight may have come from a file with the day on which it was measured."""
    entered = entries() | {"by": "Anna Berg", "at": LATER.isoformat()}
    entered["weight"] = entered["weight"] | {"measured_on": "2026-11-17"}
    dated = desk_of.check(PREPARED, CASE, Check.model_validate(entered)).desk
    written = json.loads(json.dumps(with_section(full_case(), dated)))
    assert written["order"]["check"]["weight"] == entered["weight"]


def test_nothing_prepared_is_a_draft_without_a_number() -> None:
    assert state(Desk()) == OrderState("", State.DRAFT, held=(Held.UNCHECKED,))


def test_a_prepared_order_has_a_number_and_waits() -> None:
    expected = OrderState(order_number(DIGEST, NOW), State.DRAFT, prepared=Act("Li Wei", NOW), held=(Held.UNCHECKED,))
    assert state(PREPARED) == expected


def test_equal_entries_of_two_people_check_it() -> None:
    now = state(CHECKED)
    assert (now.state, now.copy, now.held, now.valid) == (State.CHECKED, 0, (), True)
    assert (now.prepared, now.checked) == (Act("Li Wei", NOW), Act("Anna Berg", LATER))


@pytest.mark.parametrize(
    ("stopped", "filter_chosen", "held"),
    [(True, True, (Held.STOPS,)), (False, False, (Held.FILTER,)), (True, False, (Held.STOPS, Held.FILTER))],
)
def test_a_checked_order_is_held_by_a_stop_or_for_want_of_a_filter(
    stopped: bool, filter_chosen: bool, held: tuple[Held, ...]
) -> None:
    now = state(CHECKED, stopped=stopped, filter_chosen=filter_chosen)
    assert (now.state, now.held, now.checked) == (State.DRAFT, held, Act("Anna Berg", LATER))
    assert state(CHECKED).valid, "it holds again as soon as nothing holds it up"


def test_a_difference_leaves_it_unchecked_and_is_told() -> None:
    attempt = desk_of.check(PREPARED, CASE, second(weight={"value": "71", "unit": "kg"}))
    assert [difference.path for difference in attempt.differences] == ["recipient.weight"]
    now = state(attempt.desk)
    assert (now.state, now.held, now.checked) == (State.DRAFT, (Held.CHECK_DIFFERS,), None)
    again = desk_of.check(attempt.desk, CASE, second())
    assert again.differences == ()
    assert state(again.desk).state is State.CHECKED
    assert again.desk.order is not None
    assert [made.by for made in again.desk.order.attempts] == ["Anna Berg", "Anna Berg"]


@pytest.mark.parametrize(
    ("by", "code"),
    [("wei LI", "same_person"), ("L. Wei", "name_doubtful"), ("--", "name_missing"), ("A\x00B", "name_missing")],
)
def test_the_same_person_in_any_spelling_is_refused(by: str, code: str) -> None:
    checking = second().model_copy(update={"by": by})
    with pytest.raises(Refused) as refused:
        desk_of.check(PREPARED, CASE, checking)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_nobody_prepares_without_a_name() -> None:
    with pytest.raises(Refused):
        desk_of.prepare(Desk(), DIGEST, "·", NOW)


def test_what_can_only_be_done_once_is_refused_the_second_time() -> None:
    for act in (
        lambda: desk_of.prepare(PREPARED, DIGEST, "Li Wei", LATER),
        lambda: desk_of.check(CHECKED, CASE, second()),
        lambda: desk_of.check(Desk(), CASE, second()),
        lambda: desk_of.printed(Desk(), NOW),
        lambda: desk_of.weigh_again(Desk(), CASE, weighing("70")),
        lambda: desk_of.void(Desk(), "Li Wei", "no", NOW),
        lambda: desk_of.void(desk_of.void(CHECKED, "Li Wei", "no", NOW), "Li Wei", "no", NOW),
    ):
        with pytest.raises(Refused):
            act()


def test_the_first_paper_is_the_original_and_every_other_a_copy() -> None:
    desk, seen = CHECKED, []
    for _ in range(4):
        now = state(desk)
        seen.append((now.state, now.copy))
        assert now.valid
        desk = desk_of.printed(desk, LATER)
    assert seen == [(State.CHECKED, 0), (State.COPY, 1), (State.COPY, 2), (State.COPY, 3)]


def test_a_change_supersedes_for_good_also_if_it_is_undone() -> None:
    changed_desk = desk_of.change(desk_of.printed(CHECKED, LATER), LATER)
    number = state(CHECKED).number
    same_inputs = state(changed_desk)
    assert (same_inputs.number, same_inputs.state, same_inputs.ended) == (number, State.SUPERSEDED, Act("", LATER))
    other_inputs = state(changed_desk, "sha256:other")
    assert (other_inputs.number, other_inputs.state, other_inputs.replaces) == ("", State.DRAFT, number)
    assert desk_of.change(changed_desk, LATER) == changed_desk
    assert desk_of.change(Desk(), LATER) == Desk()


def test_a_new_order_replaces_the_old_one_under_another_number_even_at_the_same_moment() -> None:
    ended = desk_of.change(PREPARED, NOW)
    anew = desk_of.prepare(ended, DIGEST, "Li Wei", NOW)
    now = state(anew)
    assert now.number != state(PREPARED).number
    assert (now.replaces, now.state, now.held) == (state(PREPARED).number, State.DRAFT, (Held.UNCHECKED,))


def test_a_weight_five_per_cent_away_is_noted_and_more_supersedes() -> None:
    near = desk_of.weigh_again(CHECKED, CASE, weighing("73.5"))
    assert not near.superseded
    assert state(near.desk).state is State.CHECKED
    assert near.desk.order is not None
    assert [noted.weight.as_entered for noted in near.desk.order.weighed_again] == ["73.5 kg"]
    far = desk_of.weigh_again(CHECKED, CASE, weighing("73.6"))
    assert far.superseded
    assert (state(far.desk).state, state(far.desk).ended) == (State.SUPERSEDED, Act("Li Wei", LATER))


def test_void_needs_a_name_and_a_reason_and_is_final() -> None:
    gone = desk_of.void(CHECKED, "Li Wei", "other donor", LATER)
    assert (state(gone).state, state(gone).ended) == (State.VOID, Act("Li Wei", LATER, "other donor"))
    assert desk_of.change(gone, LATER) == gone
    for by, reason in (("", "other donor"), ("Li Wei", " "), ("Li Wei", "")):
        with pytest.raises(Refused):
            desk_of.void(CHECKED, by, reason, LATER)


def through_a_file(desk: Desk, document: dict[str, Any] | None = None) -> Desk:
    """What another window makes of the case file that this one saves."""
    saved = with_section(document or full_case(), desk)
    assert {name: part for name, part in saved.items() if name != "order"} == (document or full_case())
    case = case_from(copy.deepcopy(saved))
    return Desk() if case.order is None else desk_of.taken_up(case.order, case, document_digest(saved), LATER)


@pytest.mark.parametrize(
    "desk",
    [
        Desk(),
        PREPARED,
        CHECKED,
        desk_of.printed(desk_of.printed(CHECKED, LATER), LATER),
        desk_of.weigh_again(CHECKED, CASE, weighing("71")).desk,
        desk_of.weigh_again(CHECKED, CASE, weighing("99")).desk,
        desk_of.change(CHECKED, LATER),
        desk_of.void(CHECKED, "Li Wei", "other donor", LATER),
        desk_of.check(PREPARED, CASE, second(products=[])).desk,
        desk_of.prepare(desk_of.change(CHECKED, LATER), DIGEST, "Li Wei", NOW),
    ],
)
def test_an_order_comes_back_from_its_file_as_it_was(desk: Desk) -> None:
    assert through_a_file(desk) == desk
    assert state(through_a_file(desk)) == state(desk)


def tampered(**changes: Any) -> OrderState:
    """What is made of a checked order whose section somebody has changed."""
    saved = changed(with_section(full_case(), CHECKED), **{f"order__{name}": value for name, value in changes.items()})
    case = case_from(saved)
    assert case.order is not None
    digest = document_digest(saved)
    return state(desk_of.taken_up(case.order, case, digest, LATER), digest)


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"case_digest": "sha256:00"}, Held.CHECK_OUTDATED),
        ({"number": "261118-AAAAAA"}, Held.CHECK_OUTDATED),
        ({"prepared_at": "2026-11-18T08:01+08:00"}, Held.CHECK_OUTDATED),
        ({"replaces": "261118-AAAAAA"}, Held.CHECK_OUTDATED),
        ({"check__at": "2026-11-18T07:59+08:00"}, Held.CHECK_OUTDATED),
        ({"check__by": "WEI Li"}, Held.UNCHECKED),
        ({"check__by": "--"}, Held.UNCHECKED),
        ({"prepared_by": "Anna Berg"}, Held.UNCHECKED),
        ({"check__weight": {"value": "71", "unit": "kg"}}, Held.CHECK_DIFFERS),
        ({"check__products": []}, Held.CHECK_DIFFERS),
    ],
)
def test_nothing_that_a_file_says_of_its_order_is_believed(changes: dict[str, Any], held: Held) -> None:
    now = tampered(**changes)
    assert (now.state, now.held) == (State.DRAFT, (held,))


def test_a_weighing_in_a_file_is_compared_anew() -> None:
    far = [{"weight": {"value": "99", "unit": "kg"}, "by": "Li Wei", "at": AS_OF}]
    assert tampered(weighed_again=far).state is State.SUPERSEDED


def test_an_order_whose_inputs_were_changed_in_the_file_is_a_draft_that_says_so() -> None:
    saved = changed(with_section(full_case(), CHECKED), recipient__weight__value="75")
    case = case_from(saved)
    assert case.order is not None
    digest = document_digest(saved)
    now = state(desk_of.taken_up(case.order, case, digest, LATER), digest)
    assert (now.number, now.state, now.held) == ("", State.DRAFT, (Held.CHECK_OUTDATED,))
    assert now.replaces == state(CHECKED).number


def test_a_case_kept_after_a_crash_has_no_order_but_knows_which_it_had() -> None:
    assert CHECKED.order is not None
    now = state(desk_of.left_behind(CHECKED.order, LATER))
    assert (now.number, now.state, now.held) == ("", State.DRAFT, (Held.CHECK_OUTDATED,))
    assert now.replaces == CHECKED.order.number


PEOPLE = ("Li Wei", "wei, LI", "L. Wei", "Anna Berg", "王小明", "")
WEIGHTS = ("70", "70.0", "71", "75")


class Ward(RuleBasedStateMachine):
    """Everybody does anything in any order; what must hold is written down beside it by other means.

    ``pure`` says whether the inputs are those that were prepared, untouched since: a plain flag, kept here.
    """

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.weight = "70"
        self.at = NOW
        self.pure = False
        self.papers: dict[str, int] = {}
        self.dead: set[str] = set()
        self.stopped = False
        self.filter_chosen = True

    @property
    def document(self) -> dict[str, Any]:
        return changed(full_case(), recipient__weight__value=self.weight)

    @property
    def now(self) -> OrderState:
        return state(self.desk, document_digest(self.document), stopped=self.stopped, filter_chosen=self.filter_chosen)

    def bury(self) -> None:
        if self.desk.order is not None and self.desk.order.ended is not None:
            self.dead.add(self.desk.order.number)

    @rule(by=st.sampled_from(PEOPLE))
    def prepare(self, by: str) -> None:
        try:
            self.desk = desk_of.prepare(self.desk, document_digest(self.document), by, self.at)
        except Refused:
            return
        self.pure = True
        assert self.now.number not in self.dead

    @rule(by=st.sampled_from(PEOPLE[:-1]), weight=st.sampled_from(WEIGHTS), bags=st.sampled_from((1, 1, 1, 0)))
    def check(self, by: str, weight: str, bags: int) -> None:
        made = entries(self.document, weight__value=weight) | {"by": by, "at": self.at.isoformat()}
        made["products"] = made["products"][:bags]
        try:
            self.desk = desk_of.check(self.desk, case_from(self.document), Check.model_validate(made)).desk
        except Refused:
            return

    @rule(weight=st.sampled_from(WEIGHTS))
    def change(self, weight: str) -> None:
        """Also to the text that is there, as undo and retyping do."""
        self.weight = weight
        self.desk = desk_of.change(self.desk, self.at)
        self.pure = False
        self.bury()

    @rule(weight=st.sampled_from(("70", "73", "60", "80")))
    def weigh(self, weight: str) -> None:
        try:
            made = desk_of.weigh_again(self.desk, case_from(self.document), weighing(weight))
        except Refused:
            return
        self.desk = made.desk
        assert made.superseded is (self.now.state is State.SUPERSEDED)
        self.bury()

    @rule(by=st.sampled_from(PEOPLE), reason=st.sampled_from(("", "mistake")))
    def void(self, by: str, reason: str) -> None:
        try:
            self.desk = desk_of.void(self.desk, by, reason, self.at)
        except Refused:
            return
        assert by
        assert reason
        self.bury()

    @precondition(lambda self: self.now.valid)
    @rule()
    def print(self) -> None:
        before = self.now
        assert before.copy == self.papers.get(before.number, 0), "copies count up, one by one"
        assert (before.state is State.CHECKED) is (before.copy == 0)
        self.papers[before.number] = before.copy + 1
        self.desk = desk_of.printed(self.desk, self.at)

    @rule()
    def save_and_open(self) -> None:
        before, doubted = self.now, self.desk.doubt is not None
        self.desk = through_a_file(self.desk, self.document)
        after = self.now
        if doubted:
            assert not after.valid
        else:
            assert (after.state, after.copy, after.number) == (before.state, before.copy, before.number)

    @rule()
    def crash(self) -> None:
        if self.desk.order is not None:
            self.dead.add(self.desk.order.number)
            self.desk = desk_of.left_behind(self.desk.order, self.at)
            self.pure = False

    @rule(stopped=st.booleans(), filter_chosen=st.booleans(), minutes=st.integers(0, 3))
    def time_passes(self, stopped: bool, filter_chosen: bool, minutes: int) -> None:
        self.stopped, self.filter_chosen = stopped, filter_chosen
        self.at += timedelta(minutes=minutes)

    @invariant()
    def a_valid_paper_has_two_people_and_equal_entries_behind_it(self) -> None:
        now, order = self.now, self.desk.order
        if not now.valid:
            return
        assert self.pure
        assert not self.stopped
        assert self.filter_chosen
        assert order is not None
        assert order.check is not None
        assert now.prepared is not None
        assert now.checked is not None
        assert likeness(now.prepared.by, now.checked.by) is Likeness.DIFFERENT
        assert differences(case_from(self.document), order.check) == ()
        assert order.check.weight is not None
        assert float(order.check.weight.value.text) == float(self.weight)  # type: ignore[union-attr]
        assert len(order.check.products) == 1

    @invariant()
    def what_has_ended_never_comes_back(self) -> None:
        now = self.now
        if now.number in self.dead:
            assert now.state in (State.SUPERSEDED, State.VOID)

    @invariant()
    def a_draft_says_why(self) -> None:
        assert bool(self.now.held) is (self.now.state is State.DRAFT)


TestWard = Ward.TestCase
TestWard.settings = settings(
    max_examples=100, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
