"""The order that cells were given by, out of its records; figures of worked example E1, and E13, which does not end."""

from __future__ import annotations

import copy
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dlicalc.services.given_order import of_open_case, of_records
from dlicalc.services.open_case import OpenCase
from dlicalc.services.order_codes import flat_code
from dlicalc.services.order_state import OrderState, State
from dlicalc.services.problem import Refused
from dlicalc.services.records import EventKind
from dlicalc.services.snapshot import Snapshot
from dlicalc.storage.case_files import document_digest
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import changed, full_case
from tests.program import case_from, shipped_protocol
from tests.services.given_life import NOW, NUMBER, TYPED, desk_over, order_event, prepared, records_in
from tests.worked_doses import CASES

M = 10**6


@pytest.fixture
def records(tmp_path: Path) -> SqliteRecords:
    return records_in(tmp_path)


def code_of(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems[0].code


def test_what_the_order_says_of_its_bag(records: SqliteRecords) -> None:
    prepared(records)
    source = desk_over(records).find(f" {NUMBER.lower()} ")
    [bag] = source.ordered.bags
    assert (bag.ordered, bag.available, bag.held) == (35, 143, 150)
    assert (bag.mnc_per_ml, bag.cd3_per_ml, source.ordered.weight_kg) == (150 * M, 60 * M, 70)
    assert (source.agrees, source.checked, source.ended, source.earlier) == (True, True, None, None)


def test_concentrations_that_do_not_end_are_exact(records: SqliteRecords) -> None:
    """E13: 192 × 100/106 × 0.46 × 0.68 million CD3+ per mL; the order has 15 digits of it."""
    document = CASES["E13"]
    event = order_event()
    from tests.program import evaluate_document

    evaluation = evaluate_document(document, "2026-11-18T08:00+08:00")
    records.append(event._replace(case=document, evaluation=evaluation))
    [bag] = of_records(NUMBER, records.entries(NUMBER), shipped_protocol()).ordered.bags
    assert bag.cd3_per_ml == Fraction(19200, 106) * Fraction(46 * 68, 10000) * M
    assert bag.cd3_per_ml != Fraction(evaluation["dose"]["bags"][0]["cd3_per_ml"])


def test_an_order_of_other_software_keeps_its_own_figures_and_says_so(records: SqliteRecords) -> None:
    event = order_event()
    evaluation = copy.deepcopy(event.evaluation)
    assert evaluation is not None
    evaluation["dose"]["bags"][0]["cd3_per_ml"] = "50000000"
    evaluation["software"] = "dlicalc 0.0.1"
    records.append(event._replace(evaluation=evaluation))
    records.append(event._replace(kind=EventKind.CHECKED, evaluation=evaluation))
    desk = desk_over(records)
    source = desk.find(NUMBER)
    assert (source.agrees, source.ordered.bags[0].cd3_per_ml, source.ordered.cd3_per_kg) == (False, 50 * M, 25 * M)
    [finding] = desk.read(TYPED, 1, source).findings
    assert (finding.code, finding.params) == ("given.computed-otherwise", {"software": "dlicalc 0.0.1"})


def test_what_stood_on_the_paper_counts_and_not_what_a_later_program_computed(records: SqliteRecords) -> None:
    prepared(records)
    event = order_event(EventKind.REPRINTED)
    evaluation = copy.deepcopy(event.evaluation)
    assert evaluation is not None
    evaluation["dose"]["bags"][0]["volume_ml"] = "30"
    records.append(event._replace(evaluation=evaluation))
    assert desk_over(records).find(NUMBER).ordered.volume == 35


def test_an_order_whose_case_has_no_dose_today_keeps_its_own(records: SqliteRecords) -> None:
    """The count was left out of the case afterwards: what the order said still stands in its evaluation."""
    event = order_event()
    case = changed(full_case(), products__0__counts__wbc=None)
    records.append(event._replace(case=case))
    source = of_records(NUMBER, records.entries(NUMBER), shipped_protocol())
    assert (source.agrees, source.ordered.bags[0].mnc_per_ml) == (False, 150 * M)


def test_number_out_of_the_code_at_the_head_of_the_paper(records: SqliteRecords) -> None:
    prepared(records)
    order = OrderState(NUMBER, State.CHECKED)
    code = flat_code(order, mrn="0042177", volume=Fraction(35), case_digest="sha256:" + "a" * 64, training=False)
    desk = desk_over(records)
    assert desk.find(code).ordered.number == NUMBER
    other = flat_code(order, mrn="0042178", volume=Fraction(35), case_digest="sha256:" + "a" * 64, training=False)
    assert code_of(lambda: desk.find(other)) == "given_other_mrn"
    assert code_of(lambda: desk.find(code[:-1] + "?")) == "code_altered"


@pytest.mark.parametrize(
    ("typed", "code"), [("", "given_no_number"), ("  ", "given_no_number"), ("261118-AAAAAA", "given_no_order")]
)
def test_no_order(records: SqliteRecords, typed: str, code: str) -> None:
    assert code_of(lambda: desk_over(records).find(typed)) == code


def test_order_without_a_dose_or_content_is_refused(records: SqliteRecords) -> None:
    records.append(order_event(number="A", recipient__weight=None))
    assert code_of(lambda: desk_over(records).find("A")) == "given_no_dose"
    records.append(order_event(number="B")._replace(case={"format": "dlicalc-case/9"}))
    assert code_of(lambda: desk_over(records).find("B")) == "given_no_dose"
    records.append(order_event(number="C"))
    later = NOW + timedelta(days=1)
    records.remove_content(later, order_event(EventKind.RETENTION, number="")._replace(case=None, evaluation=None))
    assert code_of(lambda: desk_over(records).find("C")) == "given_no_content"


def open_case(*, checked: bool = False) -> Snapshot:
    taken: list[Snapshot] = []
    case = OpenCase(shipped_protocol(), lambda: NOW.replace(hour=8), document_digest, taken.append)
    case.open(full_case())
    case.prepare_order("Li Wei")
    if checked:
        case.check_order("Anna Berg", case_from(full_case()))
    return taken[-1]


def test_the_order_in_hand_speaks_for_itself_where_the_records_do_not_know_it(records: SqliteRecords) -> None:
    for checked in (False, True):
        snapshot = open_case(checked=checked)
        source = of_open_case(snapshot, full_case(), (), shipped_protocol(), "0.1.0")
        assert (source.ordered.cd3_per_kg, source.checked, source.ended, source.agrees) == (30 * M, checked, None, True)


@pytest.mark.parametrize(("state", "kind"), [("void", "voided"), ("superseded", "superseded")])
def test_an_ended_order_in_hand(state: str, kind: str) -> None:
    from dlicalc.services.order_state import Act

    snapshot = open_case()
    ended = snapshot.order._replace(state=State(state), ended=Act("Li Wei", NOW))
    source = of_open_case(snapshot._replace(order=ended), full_case(), (), shipped_protocol(), "0.1.0")
    assert source.ended is not None
    assert source.ended == (kind, NOW)


def test_an_order_in_hand_is_recorded_and_corrected(records: SqliteRecords) -> None:
    from dlicalc.services.given_desk import GivenDesk, InHand

    snapshot = open_case(checked=True)
    desk = GivenDesk(records, shipped_protocol(), lambda: NOW, "0.1.0", lambda: InHand(snapshot, full_case()))
    number = desk.number_in_hand()
    first = desk.record(TYPED, 1, desk.find(number), "Chen Jing", "")
    source = desk.find(number)
    assert source.earlier is not None
    assert source.earlier.stamp == first.stamp
    assert desk_over(records).number_in_hand() == ""
    # Another window finds it too, by what was recorded with it.
    assert desk_over(records).find(number).ordered.cd3_per_kg == 30 * M
