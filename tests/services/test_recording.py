"""What becomes an entry, when, and what the records know against a file. Expected: issue "Records that stand up"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dlicalc.services.open_case import OpenCase
from dlicalc.services.order_state import Held, State
from dlicalc.services.order_view import headline
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recording import Ledger, Recorder, as_it_went_out, self_test
from dlicalc.services.records import (
    Entry,
    Event,
    EventKind,
    Head,
    Jump,
    Seal,
    Stamp,
    Standing,
    Verification,
    plain,
    standing,
    terms_of,
)
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, full_case
from tests.program import case_from, shipped_protocol
from tests.services.test_order_view import kg

NOW = datetime.fromisoformat(AS_OF)
DAY = date(2026, 11, 18)
FORM = {"language": "en", "paper": "A4"}


class Store:
    """Records in memory; while ``full`` nothing is kept."""

    def __init__(self) -> None:
        self.kept: list[Entry] = []
        self.full = False
        self.damaged = False
        self.closed = False
        self.transactions: list[int] = []

    def append_all(self, events: Sequence[Event]) -> tuple[Entry, ...]:
        self.transactions.append(len(events))
        return tuple(self.append(event) for event in events)

    def append(self, event: Event) -> Entry:
        if self.full:
            raise Refused(Problem("records", "records_refused", {"text": "disk full"}))
        stamp = Stamp(
            len(self.kept) + 1, event.order, str(event.kind), event.day.isoformat() if event.day else "",
            NOW.isoformat(), str(Jump.NONE), event.software, event.protocol, "", "", 0, "",
        )  # fmt: skip
        self.kept.append(Entry(stamp, Seal(f"{stamp.sequence:064x}", ""), event))
        return self.kept[-1]

    def entries(self, order: str) -> tuple[Entry, ...]:
        if self.damaged:
            raise Refused(Problem("records", "records_damaged", {"text": "entry 2"}))
        return tuple(entry for entry in self.kept if entry.stamp.order == order)

    def newest(self, most: int, before: int = 0) -> tuple[Entry, ...]:
        return tuple(reversed(self.kept))[:most]

    def orders_of(self, days: Sequence[date]) -> tuple[Standing, ...]:
        numbers = dict.fromkeys(entry.stamp.order for entry in self.kept)
        all_of = [standing(entry.stamp for entry in self.entries(number)) for number in numbers]
        return tuple(one for one in all_of if one.day in [day.isoformat() for day in days])

    def orders(self, most: int, before: int = 0) -> tuple[tuple[int, str], ...]:
        return ()

    def search(self, text: str, most: int = 100) -> tuple[str, ...]:
        found = [
            entry for entry in self.kept if entry.event and plain(text) in dict(terms_of(entry.event.case)).values()
        ]
        return tuple(dict.fromkeys(entry.stamp.order for entry in found))

    def given_to(self, mrn: str) -> tuple[Entry, ...]:
        return ()

    def head(self) -> Head:
        return Head(len(self.kept), "")

    def verify(self) -> Verification:
        return Verification(len(self.kept), self.head(), ())

    def close(self) -> None:
        self.closed = True


class Ward:
    """An open case whose orders are recorded in ``store``."""

    def __init__(self, store: Store, document: dict[str, Any] | None = None) -> None:
        self.store, self.now = store, NOW
        self.told: list[Snapshot] = []
        self.ledger = Ledger(lambda _passphrase: store, Recorder("dlicalc 0.1.0", "ward7 @ pc-12"))
        self.case = OpenCase(shipped_protocol(), lambda: self.now, document_digest, self.told.append)
        self.case.use_ledger(self.ledger)
        self.case.open(document or full_case())

    @property
    def last(self) -> Snapshot:
        return self.told[-1]

    def kinds(self) -> list[tuple[str, str, str]]:
        events = [entry.event for entry in self.store.kept]
        return [(str(event.kind), event.who, event.why) for event in events if event]

    def checked(self) -> Ward:
        self.case.prepare_order("Li Wei")
        self.now += timedelta(minutes=10)
        assert self.case.check_order("Anna Berg", case_from(full_case())) == ()
        return self


@pytest.fixture
def store() -> Store:
    return Store()


def code(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems[0].code


def test_each_act_is_one_entry_with_who_and_why(store: Store) -> None:
    ward = Ward(store).checked()
    ward.case.record_print(FORM)
    ward.case.order_printed()
    ward.case.record_print(FORM)
    ward.case.order_printed()
    ward.case.void_order("Anna Berg", "fever")
    assert ward.kinds() == [
        ("prepared", "Li Wei", ""),
        ("checked", "Anna Berg", ""),
        ("printed", "ward7 @ pc-12", ""),
        ("reprinted", "ward7 @ pc-12", ""),
        ("voided", "Anna Berg", "fever"),
    ]
    events = [entry.event for entry in store.kept if entry.event]
    assert {event.order for event in events} == {ward.last.order.number}
    assert {(event.day, event.software, event.details["seat"]) for event in events} == {
        (DAY, "dlicalc 0.1.0", "ward7 @ pc-12")
    }
    assert [event.details.get("copy") for event in events] == [None, None, 0, 1, None]
    assert events[2].details | FORM == events[2].details


def test_an_entry_holds_the_exact_case_and_evaluation(store: Store) -> None:
    ward = Ward(store).checked()
    event = store.kept[1].event
    assert event is not None
    assert event.case == ward.case.written_document
    assert event.evaluation is not None
    assert event.evaluation["dose"]["ordered_volume_ml"] == "35"  # worked example of the contract
    assert event.protocol == ward.last.evaluation.protocol.digest


def test_a_decided_stop_is_an_override_of_its_own(store: Store) -> None:
    ward = Ward(store, changed(full_case(), organs__nyha_class="III"))
    ward.case.decide(
        {"code": "cardiac.nyha", "by": "Ma Lin", "role": "prescriber", "reason": "stable for years", "at": AS_OF}
    )
    ward.case.prepare_order("Li Wei")
    assert ward.kinds() == [("override", "Ma Lin", "stable for years"), ("prepared", "Li Wei", "")]
    assert store.transactions == [2]  # never one without the other
    assert store.kept[0].event is not None
    assert store.kept[0].event.details["code"] == "cardiac.nyha"


def test_an_attempt_that_differs_is_no_entry(store: Store) -> None:
    ward = Ward(store)
    ward.case.prepare_order("Li Wei")
    assert ward.case.check_order("Anna Berg", case_from(changed(full_case(), recipient__weight__value="71")))
    assert [kind for kind, _, _ in ward.kinds()] == ["prepared"]


def test_a_change_and_another_weight_supersede(store: Store) -> None:
    ward = Ward(store).checked()
    ward.case.edit("recipient.weight.value", "71")
    ward.case.prepare_order("Li Wei")
    assert ward.case.weigh_again("Anna Berg", kg("80"))
    assert [kind for kind, _, _ in ward.kinds()] == ["prepared", "checked", "superseded", "prepared", "superseded"]
    superseded = store.kept[2].event
    assert superseded is not None
    assert superseded.case is not None
    assert superseded.case["recipient"]["weight"]["value"] == "70"  # the inputs of the order, not those after it


def test_a_weight_that_is_near_is_no_entry(store: Store) -> None:
    ward = Ward(store).checked()
    assert not ward.case.weigh_again("Anna Berg", kg("71"))
    assert len(store.kept) == 2


def test_what_cannot_be_recorded_is_not_done(store: Store) -> None:
    ward = Ward(store)
    store.full = True
    assert code(lambda: ward.case.prepare_order("Li Wei")) == "records_refused"
    assert ward.last.desk.order is None
    store.full = False
    ward.case.prepare_order("Li Wei")
    store.full = True
    assert code(lambda: ward.case.check_order("Anna Berg", case_from(full_case()))) == "records_refused"
    assert ward.last.order.state is State.DRAFT
    store.full = False
    ward.case.check_order("Anna Berg", case_from(full_case()))
    store.full = True
    assert code(lambda: ward.case.record_print(FORM)) == "records_refused"
    assert ward.last.order.state is State.CHECKED


@pytest.mark.parametrize("end", ["change", "void", "weigh"])
def test_an_end_holds_at_once_and_is_recorded_as_soon_as_it_can_be(store: Store, end: str) -> None:
    ward = Ward(store).checked()
    store.full = True
    if end == "change":
        ward.case.edit("recipient.weight.value", "71")
    elif end == "void":
        ward.case.void_order("Anna Berg", "fever")
    else:
        ward.case.weigh_again("Anna Berg", kg("80"))
    assert ward.last.desk.live is None
    assert len(store.kept) == 2
    store.full = False
    if end == "change":
        ward.case.prepare_order("Li Wei")
        assert [kind for kind, _, _ in ward.kinds()][2:] == ["superseded", "prepared"]
    else:
        ward.ledger.close()
        assert [kind for kind, _, _ in ward.kinds()][2:] == ["voided" if end == "void" else "superseded"]
        assert store.closed


def test_a_file_that_was_not_saved_afterwards_is_overruled(store: Store) -> None:
    ward = Ward(store).checked()
    saved = ward.case.written_document
    ward.case.record_print(FORM)
    ward.case.order_printed()
    assert (Ward(store, saved).last.order.state, Ward(store, saved).last.order.copy) == (State.COPY, 1)
    ward.case.void_order("Anna Berg", "fever")
    again = Ward(store, saved).last.order
    assert again.state is State.VOID
    assert again.ended is not None
    assert (again.ended.by, again.ended.reason) == ("Anna Berg", "fever")


def test_retention_may_have_removed_who_and_why(store: Store) -> None:
    ward = Ward(store).checked()
    saved = ward.case.written_document
    ward.case.edit("recipient.weight.value", "71")
    store.kept[-1] = store.kept[-1]._replace(event=None)
    ended = Ward(store, saved).last.order
    assert ended.state is State.SUPERSEDED


def test_two_windows_with_one_order(store: Store) -> None:
    ward = Ward(store).checked()
    other = Ward(store, ward.case.written_document)
    other.case.record_print(FORM)
    other.case.order_printed()
    assert code(lambda: ward.case.record_print(FORM)) == "order_overtaken"
    assert (ward.last.order.state, ward.last.order.copy) == (State.COPY, 1)
    other.case.void_order("Anna Berg", "fever")
    assert code(lambda: ward.case.record_print(FORM)) == "order_overtaken"
    assert ward.last.order.state is State.VOID


def test_the_newest_entry_about_an_order_is_known_to_it(store: Store) -> None:
    ward = Ward(store).checked()
    assert ward.last.order.head == "2-" + "0" * 16
    assert Ward(store, ward.case.written_document).last.order.head == ward.last.order.head


def test_other_orders_of_the_recipient_and_day(store: Store) -> None:
    first = Ward(store).checked()
    assert first.case.others_of_day() == ()
    second = Ward(store)
    [other] = second.case.others_of_day()
    assert (other.order, other.last) == (first.last.order.number, EventKind.CHECKED)
    assert Ward(store, changed(full_case(), recipient__mrn="9")).case.others_of_day() == ()
    assert Ward(store, changed(full_case(), recipient__mrn=None)).case.others_of_day() == ()
    assert Ward(store, changed(full_case(), infusion__planned_start=None)).case.others_of_day() == ()
    first.case.void_order("Anna Berg", "fever")
    assert second.case.others_of_day() == ()


def test_a_case_that_is_not_recorded_asks_for_nothing() -> None:
    case = OpenCase(shipped_protocol(), lambda: NOW, document_digest, lambda _snapshot: None)
    case.open(full_case())
    case.record_print(FORM)
    assert case.others_of_day() == ()


def test_what_is_owed_is_said_until_it_is_recorded(store: Store) -> None:
    ward = Ward(store).checked()
    store.full = True
    ward.case.edit("recipient.weight.value", "71")
    number = ward.last.desk.order.number
    assert ward.last.unrecorded == Problem("records", "end_unnoted", {"number": number, "text": "disk full"})
    assert (ward.ledger.owing, ward.ledger.at_risk) == (True, (number,))
    ward.ledger.unlock(None)
    assert ward.ledger.owing
    store.full = False
    ward.ledger.unlock(None)
    ward.case.announce()
    assert (ward.last.unrecorded, ward.ledger.owing, ward.ledger.at_risk) == (None, False, ())
    assert ward.kinds()[-1] == ("superseded", "ward7 @ pc-12", "")


def test_the_same_command_gives_the_same_paper_again(store: Store) -> None:
    ward = Ward(store).checked()
    entries = store.entries
    number = ward.last.order.number
    form = {**FORM, "as_of": AS_OF}
    assert as_it_went_out(entries(number), form) is None
    ward.case.record_print(form)
    assert as_it_went_out(entries(number), form) == tuple(store.kept[:2])  # as prepared and checked
    assert as_it_went_out(entries(number), {**form, "paper": "Letter"}) is None
    ward.case.void_order("Anna Berg", "fever")
    assert as_it_went_out(entries(number), form) is None


def test_a_self_test_concerns_no_order() -> None:
    event = self_test(Recorder("dlicalc 0.1.0", "ward7 @ pc-12"), passed=True)
    assert (event.kind, event.order, event.who) == (EventKind.SELF_TEST, "", "ward7 @ pc-12")
    assert event.details["passed"] == "yes"


def refuses(code_: str) -> Any:
    def opened(passphrase: str | None) -> Store:
        if code_ == "records_passphrase" and passphrase == "right":
            return Store()
        raise Refused(Problem("records", code_))

    return opened


def test_without_records_no_order_but_a_dose() -> None:
    ward = Ward(Store())
    ward.ledger = Ledger(refuses("records_program"), Recorder("dlicalc 0.1.0"))
    ward.case.use_ledger(ward.ledger)
    assert ward.ledger.trouble is None  # not opened yet: nobody has asked for an order
    assert code(lambda: ward.case.prepare_order("Li Wei")) == "records_program"
    assert code(ward.case.others_of_day) == "records_program"
    ward.case.announce()
    assert ward.last.evaluation.dose is not None
    assert Held.RECORDS in ward.last.order.held
    assert "Orders are not available" in headline(ward.last, Words())


def test_a_checked_file_without_records_is_a_draft() -> None:
    saved = Ward(Store()).checked().case.written_document
    ward = Ward(Store())
    ward.case.use_ledger(Ledger(refuses("records_program"), Recorder("dlicalc 0.1.0")))
    ward.case.open(saved)
    assert (ward.last.order.state, ward.last.order.held) == (State.DRAFT, (Held.RECORDS,))


def test_an_order_whose_entries_cannot_be_read_may_have_ended_and_is_a_draft(store: Store) -> None:
    saved = Ward(store).checked().case.written_document
    ward = Ward(store)
    store.damaged = True
    ward.case.open(saved)
    assert (ward.last.order.state, ward.last.order.held) == (State.DRAFT, (Held.RECORDS,))
    assert ward.last.unrecorded == Problem("records", "records_damaged", {"text": "entry 2"})
    store.damaged = False
    ward.case.open(saved)
    assert (ward.last.order.state, ward.last.unrecorded) == (State.CHECKED, None)


def test_nothing_is_printed_of_an_order_whose_entries_can_no_longer_be_read(store: Store) -> None:
    ward = Ward(store).checked()
    store.damaged = True
    assert code(lambda: ward.case.record_print(FORM)) == "records_damaged"
    assert ward.last.order.state is State.DRAFT


def test_locked_records_open_with_their_passphrase() -> None:
    ledger = Ledger(refuses("records_passphrase"), Recorder("dlicalc 0.1.0"))
    assert not ledger.opened
    ledger.unlock(None)
    assert ledger.opened
    assert ledger.trouble == Problem("records", "records_passphrase")
    ledger.unlock("right")
    assert ledger.trouble is None
    ledger.close()
    ledger.close()
    assert not ledger.opened
