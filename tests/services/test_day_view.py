"""Rows of the day list and the page that is printed of them; expectations are read off the entries beside them."""

from datetime import UTC, datetime

import pytest

from dlicalc.services.day_view import (
    ListMade,
    RowState,
    day_row,
    day_statement,
    found_orders,
    search_terms,
    unreadable_row,
)
from dlicalc.services.order_codes import flat_code
from dlicalc.services.order_state import OrderState, State
from dlicalc.services.problem import Refused
from dlicalc.services.records import EventKind
from dlicalc.services.wording import Words
from tests.cases import full_case
from tests.services.test_recorded_order import NUMBER, entry, life, printed

WORDS = Words()


def prepared(**said):
    return entry(1, EventKind.PREPARED, **said)


def test_row_of_an_order_that_nobody_has_checked():
    case = {
        "recipient": {"mrn": "0042177", "name": "Example Recipient"},
        "infusion": {"planned_start": "2026-11-18T10:00+08:00"},
        "products": [{"din": "A999926000123"}, {"local_id": "bag 2"}, None],
    }
    row = day_row(NUMBER, (prepared(case=case, evaluation={"dose": {"ordered_volume_ml": "46.6"}}),), WORDS)
    assert row.state is RowState.UNCHECKED
    assert row.cells == (
        "not checked",
        NUMBER,
        "0042177\nExample Recipient",
        "2026-11-18 10:00 +08:00",
        "A999926000123\nbag 2\n—",
        "46.6 mL",
        "Li Wei; not checked",
    )
    assert row.spoken().startswith("not checked, 261118-A, 0042177 Example Recipient, 2026-11-18")


def test_row_of_which_little_is_known():
    row = day_row(NUMBER, (entry(1, EventKind.CHECKED, "Zhang Min"),), WORDS)
    assert row.cells == ("checked, not printed", NUMBER, "—", "2026-11-18", "—", "—", "—; Zhang Min")


@pytest.mark.parametrize("planned", [None, "soon", 7])
def test_start_that_cannot_be_read_is_the_day(planned):
    case = {"infusion": {"planned_start": planned}}
    assert day_row(NUMBER, (prepared(case=case),), WORDS).cells[3] == "2026-11-18"


@pytest.mark.parametrize(
    ("entries", "state", "word"),
    [
        (life(), RowState.CHECKED, "checked, not printed"),
        (life(printed(3), printed(4)), RowState.PRINTED, "checked, printed 2 ×"),
        (life(entry(5, EventKind.GIVEN)), RowState.GIVEN, "given"),
        (life(entry(5, EventKind.GIVEN), entry(6, EventKind.REPRINTED)), RowState.GIVEN, "given"),
        (life(entry(5, EventKind.SUPERSEDED)), RowState.SUPERSEDED, "superseded"),
        (life(entry(5, EventKind.GIVEN), entry(6, EventKind.VOIDED)), RowState.GIVEN, "given\nvoid"),
        (life(entry(5, EventKind.SUPERSEDED), entry(6, EventKind.GIVEN)), RowState.GIVEN, "given\nsuperseded"),
    ],
)
def test_state_in_words(entries, state, word):
    row = day_row(NUMBER, entries, WORDS)
    assert (row.state, row.cells[0]) == (state, word)


def test_content_that_was_removed_leaves_number_and_day():
    row = day_row(NUMBER, (entry(1, EventKind.PREPARED, removed=True),), WORDS)
    assert row.cells == ("content removed", NUMBER, "—", "2026-11-18", "—", "—", "—")


def test_what_is_over():
    assert [state for state in RowState if state.ended] == [RowState.SUPERSEDED, RowState.VOIDED, RowState.REMOVED]


def test_row_that_the_store_refuses():
    row = unreadable_row(NUMBER, "entry 7 has been altered", WORDS)
    assert row.cells[:3] == ("cannot be read: entry 7 has been altered", NUMBER, "—")
    assert (len(row.cells), row.state) == (7, RowState.REMOVED)


def test_page_says_that_it_holds_patient_data_and_lists_unchecked_in_bold():
    rows = [day_row(NUMBER, (prepared(case=full_case()),), WORDS), day_row(NUMBER, life(), WORDS)]
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
    made = day_statement("Today", rows, ListMade("dlicalc 1", noon, "en", training=False), WORDS)
    (table,) = made.sections
    assert (table.heading, table.strong, len(table.rows)) == ("Today", frozenset({0}), 2)
    assert made.title == "Day list – PATIENT DATA"
    assert made.footer.startswith(
        "Contains patient data: keep it locked away, destroy it after use. As of 2026-11-18 12"
    )
    practice = day_statement("Today", [], ListMade("dlicalc 1", noon, "en", training=True), WORDS)
    assert practice.title.startswith("TRAINING")
    assert practice.sections[0].heading == "Today"


def test_search_as_typed_and_as_scanned():
    order = OrderState("261120-7KQ4M2", State.CHECKED)
    code = flat_code(order, mrn="0042177", volume=None, case_digest="sha256:0011223344", training=False)
    assert search_terms(code) == ("261120-7KQ4M2",)
    assert search_terms(" 0042177 ") == ("0042177",)
    assert search_terms("2611207kq4m2") == ("2611207kq4m2", "261120-7KQ4M2")
    # ISBT 128 data structure 001: “=”, 13 characters, two flags.
    assert search_terms("=A99992600012300") == ("A999926000123",)
    assert search_terms("=nothing like it") == ("=nothing like it",)
    assert search_terms("  ") == ()


def test_scan_that_was_cut_off_is_said():
    with pytest.raises(Refused, match="code_truncated"):
        search_terms("DLI1*2611207KQ4M2*0042177")


def test_found_twice_is_listed_once():
    assert found_orders([("B", "A"), ("A", "C")]) == ("B", "A", "C")
