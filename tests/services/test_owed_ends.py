"""An end that cannot be recorded is noted, told apart from one that would be lost, and never recorded twice.

Expected: docs/records.md (no acknowledged event lost, none twice).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from dlicalc.services.ends import by_person
from dlicalc.services.order_state import State
from dlicalc.services.order_view import headline
from dlicalc.services.problem import Problem
from dlicalc.services.recording import Ledger, Recorder
from dlicalc.services.records import Event
from dlicalc.services.wording import Words
from tests.services.test_order_view import kg
from tests.services.test_recording import NOW, Store, Ward, refuses

RECORDER = Recorder("dlicalc 0.1.0", "ward7 @ pc-12")


class Notebook:
    """Notes in memory; while ``lost`` they cannot be written anywhere."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.lost = False
        self.closed = False

    def keep(self, events: Sequence[Event]) -> bool:
        if not self.lost:
            self.events = list(events)
        return not self.lost

    def forget(self) -> None:
        self.events = []

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def notes() -> Notebook:
    return Notebook()


@pytest.fixture
def ward(store: Store, notes: Notebook) -> Ward:
    ward = Ward(store)
    ward.ledger = Ledger(lambda _passphrase: store, RECORDER, lambda: notes)
    ward.case.use_ledger(ward.ledger)
    return ward.checked()


def test_a_noted_end_is_not_at_risk_and_that_is_said(ward: Ward, store: Store, notes: Notebook) -> None:
    store.full = True
    ward.case.void_order("Anna Berg", "fever")
    assert [(event.kind, event.why) for event in notes.events] == [("voided", "fever")]
    assert (ward.ledger.owing, ward.ledger.at_risk) == (True, ())
    assert "It holds, it is noted beside the records" in headline(ward.last, Words())
    ward.ledger.close()
    assert notes.closed
    assert [event.why for event in notes.events] == ["fever"]


def test_what_can_be_noted_nowhere_is_at_risk_until_it_is_recorded(ward: Ward, store: Store, notes: Notebook) -> None:
    store.full = notes.lost = True
    number = ward.last.desk.order.number if ward.last.desk.order else ""
    ward.case.void_order("Anna Berg", "fever")
    assert ward.ledger.at_risk == (number,)
    assert "make room on the disk before closing it" in headline(ward.last, Words())
    assert ward.ledger.late == Problem("records", "records_refused", {"text": "disk full"})
    notes.lost = False
    ward.ledger.owe(())
    assert ward.ledger.at_risk == ()
    store.full = False
    ward.ledger.owe(())
    assert (ward.ledger.owing, notes.events) == (False, [])
    assert ward.kinds()[-1] == ("voided", "Anna Berg", "fever")


def test_an_end_while_the_records_are_not_to_be_had_is_noted(store: Store, notes: Notebook) -> None:
    saved = Ward(store).checked().case.written_document
    ward = Ward(Store())
    ward.ledger = Ledger(refuses("records_folder"), RECORDER, lambda: notes)
    ward.case.use_ledger(ward.ledger)
    ward.case.open(saved)
    ward.case.edit("recipient.weight.value", "71")
    assert [str(event.kind) for event in notes.events] == ["superseded"]
    assert not by_person(notes.events[0])


def test_superseded_in_two_windows_is_one_entry(store: Store) -> None:
    ward = Ward(store).checked()
    other = Ward(store, ward.case.written_document)
    for window in (ward, other):
        window.case.edit("recipient.weight.value", "71")
        assert window.last.desk.live is None
    assert [kind for kind, _, _ in ward.kinds()] == ["prepared", "checked", "superseded"]


def test_who_withdraws_what_a_change_has_superseded_elsewhere_is_heard(store: Store) -> None:
    ward = Ward(store).checked()
    other = Ward(store, ward.case.written_document)
    ward.case.edit("recipient.weight.value", "71")
    other.case.void_order("Anna Berg", "fever")
    assert [kind for kind, _, _ in ward.kinds()][2:] == ["superseded", "voided"]
    again = Ward(store, ward.case.written_document).last.desk.order
    assert again is None or again.ended is not None


def test_two_weighings_in_two_windows_are_both_heard(store: Store) -> None:
    ward = Ward(store).checked()
    other = Ward(store, ward.case.written_document)
    ward.case.weigh_again("Anna Berg", kg("80"))
    other.case.weigh_again("Li Na", kg("81"))
    assert ward.kinds()[2:] == [("superseded", "Anna Berg", ""), ("superseded", "Li Na", "")]


def test_the_same_end_is_not_recorded_twice(ward: Ward, store: Store) -> None:
    ward.case.void_order("Anna Berg", "fever")
    end = store.kept[-1].event
    assert end is not None
    ward.ledger.owe((end,))
    assert len(store.kept) == 3
    store.kept[-1] = store.kept[-1]._replace(event=None)  # retention has removed who and why
    ward.ledger.owe((end,))
    assert len(store.kept) == 4


def test_an_end_recorded_late_has_come_about_when_it_did(ward: Ward, store: Store) -> None:
    saved = ward.case.written_document
    store.full = True
    ward.now = NOW + timedelta(minutes=12)
    ward.case.void_order("Anna Berg", "fever")
    store.full = False
    ward.ledger.owe(())
    late = store.kept[-1]
    moment = NOW + timedelta(days=3)
    store.kept[-1] = late._replace(stamp=late.stamp._replace(at=moment.isoformat()))
    ended = Ward(store, saved).last.order
    assert ended.state is State.VOID
    assert ended.ended is not None
    assert ended.ended.at == NOW + timedelta(minutes=12)
    assert datetime.fromisoformat(store.kept[-1].stamp.at) == moment
