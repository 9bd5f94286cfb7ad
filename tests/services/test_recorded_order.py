"""An order out of its entries; each expectation follows from the entries written down beside it."""

from datetime import datetime

import pytest

from dlicalc.services.ends import has_ended
from dlicalc.services.kept_sheet import kept
from dlicalc.services.order_state import Act, State
from dlicalc.services.problem import Refused
from dlicalc.services.recorded_order import case_of, prints_of, recorded_order
from dlicalc.services.records import Entry, Event, EventKind, Seal, Stamp
from tests.cases import full_case
from tests.report.orders import sheet

NUMBER = "261118-A"
EVALUATION = {"as_of": "2026-11-18T08:00:00+08:00", "dose": {}}


def at(minute: int) -> datetime:
    return datetime.fromisoformat(f"2026-11-18T08:{minute:02}:00+08:00")


def entry(minute: int, kind: EventKind, who: str = "Li Wei", removed: bool = False, **said) -> Entry:
    stamp = Stamp(minute, NUMBER, str(kind), "2026-11-18", at(minute).isoformat(), "", "s", "p", "", "", 0, "")
    event = None if removed else Event(kind, who, "dlicalc 1", order=NUMBER, protocol="sha256:1", **said)
    return Entry(stamp, Seal("", ""), event)


def life(*more: Entry) -> tuple[Entry, ...]:
    case = {**full_case(), "order": {"number": NUMBER, "replaces": "261117-Z", "prints": []}}
    return (
        entry(1, EventKind.PREPARED, case=full_case(), evaluation={"as_of": "2026-11-18T07:00:00+08:00"}),
        entry(2, EventKind.CHECKED, "Zhang Min", case=case, evaluation=EVALUATION),
        *more,
    )


def printed(minute: int = 3, **details) -> Entry:
    return entry(minute, EventKind.PRINTED, details=details)


def test_first_print_decides_what_is_printed_again():
    words = {"sheet": kept(sheet(full_case())), "language": "zh_CN", "paper": "Letter"}
    later = entry(4, EventKind.REPRINTED, case={"other": 1}, evaluation={"as_of": "2027-01-01T00:00:00+00:00"})
    found = recorded_order(NUMBER, life(printed(**words), later))
    assert found.sheet == sheet(full_case())
    assert (found.language, found.paper, found.printed_at) == ("zh_CN", "Letter", at(3))
    assert (found.evaluation, found.as_of) == (EVALUATION, at(0))
    assert (found.software, found.protocol, found.given_at) == ("dlicalc 1", "sha256:1", None)
    order = found.order
    assert (order.state, order.copy, order.number) == (State.COPY, 2, NUMBER)
    assert order.prepared == Act("Li Wei", at(1))
    assert order.checked == Act("Zhang Min", at(2))


def test_replaced_order_is_named():
    assert recorded_order(NUMBER, life(printed())).order.replaces == "261117-Z"


@pytest.mark.parametrize(("kind", "state"), [(EventKind.SUPERSEDED, State.SUPERSEDED), (EventKind.VOIDED, State.VOID)])
def test_what_has_ended_is_no_copy(kind, state):
    entries = life(printed(), entry(5, kind, why="weight"))
    order = recorded_order(NUMBER, entries).order
    assert (order.state, order.copy, order.ended) == (state, 0, Act("Li Wei", at(5), "weight"))
    assert has_ended(entries)
    assert not has_ended(life(printed()))


def test_moment_of_giving_and_words_that_were_not_kept():
    found = recorded_order(NUMBER, life(printed(), entry(9, EventKind.GIVEN), entry(11, EventKind.GIVEN)))
    assert (found.given_at, found.sheet, found.language, found.paper) == (at(9), None, "en", "")


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ((), "reprint_unknown"),
        (life(), "reprint_never_printed"),
        ((entry(1, EventKind.PREPARED, removed=True), printed()), "reprint_removed"),
        ((entry(1, EventKind.CHECKED), printed()), "reprint_removed"),
    ],
)
def test_nothing_to_print_again(entries, code):
    with pytest.raises(Refused) as refused:
        recorded_order(NUMBER, entries)
    assert [(one.code, one.params["text"]) for one in refused.value.problems] == [(code, NUMBER)]


def test_case_is_the_last_recorded_with_every_print():
    document = case_of(NUMBER, life(printed(3), entry(4, EventKind.REPRINTED)))
    assert document["order"]["prints"] == [at(3).isoformat(), at(4).isoformat()]
    assert {name: part for name, part in document.items() if name != "order"} == full_case()
    assert case_of(NUMBER, life())["order"]["prints"] == []
    assert case_of(NUMBER, life()[:1]) == full_case()
    assert prints_of(life(printed(3), printed(4))) == 2


def test_no_case_was_recorded():
    with pytest.raises(Refused, match="reprint_removed"):
        case_of(NUMBER, (entry(1, EventKind.VOIDED),))
