"""The state of each page, from the issue's five words: empty, incomplete, doubt, stop, done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dlicalc.services.open_case import empty_document, evaluate_document
from dlicalc.services.pages import Page, PageState, page_of, page_of_path, page_states
from dlicalc.services.snapshot import Snapshot
from tests.cases import AS_OF, changed, full_case
from tests.program import shipped_protocol


def snapshot(document: dict[str, Any]) -> Snapshot:
    return evaluate_document(document, shipped_protocol(), datetime.fromisoformat(AS_OF))


def states(document: dict[str, Any]) -> list[PageState]:
    return [page_states(snapshot(document))[page] for page in Page]


def test_a_new_case_is_empty_on_every_page() -> None:
    assert states(empty_document()) == [PageState.EMPTY] * 5


def test_a_complete_case_is_done_on_every_page() -> None:
    assert states(full_case()) == [PageState.DONE] * 5


@pytest.mark.parametrize(
    ("change", "page", "state"),
    [
        ({"recipient__name": None}, Page.RECIPIENT, PageState.INCOMPLETE),
        ({"recipient__weight__value": "7x"}, Page.RECIPIENT, PageState.STOP),
        ({"recipient__weight__measured_on": None}, Page.RECIPIENT, PageState.DOUBT),
        ({"infusion__planned_start": "2026-11-30T10:00+08:00"}, Page.RECIPIENT, PageState.DOUBT),
        ({"organs__dialysis": "yes"}, Page.ELIGIBILITY, PageState.STOP),
        ({"organs__dialysis": "unknown"}, Page.ELIGIBILITY, PageState.INCOMPLETE),
        ({"products__0__volume": None}, Page.PRODUCT, PageState.INCOMPLETE),
        ({"products__0__din_check": "Q"}, Page.PRODUCT, PageState.STOP),
        ({"infusion__dose_rule": {"rule": "mnc"}}, Page.DOSE, PageState.STOP),
    ],
)
def test_the_state_of_a_page_and_of_the_order_with_it(change: dict[str, Any], page: Page, state: PageState) -> None:
    document = changed(full_case(), **change)
    found = page_states(snapshot(document))
    assert found[page] is state
    assert found[Page.ORDER] is not PageState.DONE


def test_a_stop_outweighs_what_is_missing_and_what_is_missing_a_doubt() -> None:
    missing = changed(full_case(), recipient__name=None, recipient__weight__measured_on=None)
    assert page_states(snapshot(missing))[Page.RECIPIENT] is PageState.INCOMPLETE
    stopped = changed(missing, recipient__weight__value="0")
    assert page_states(snapshot(stopped))[Page.RECIPIENT] is PageState.STOP


def test_a_page_without_entries_is_empty_beside_one_with() -> None:
    found = page_states(snapshot({**empty_document(), "recipient": {"name": "A"}, "products": [], "labs": {"alt": {}}}))
    assert [found[page] for page in Page] == [
        PageState.INCOMPLETE,
        PageState.EMPTY,
        PageState.EMPTY,
        PageState.EMPTY,
        PageState.INCOMPLETE,
    ]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("recipient.weight", Page.RECIPIENT),
        ("transplant.day_0", Page.RECIPIENT),
        ("transplant.disease", Page.ELIGIBILITY),
        ("infusion.arm", Page.RECIPIENT),
        ("infusion.dose_rule.reason", Page.DOSE),
        ("products.3.counts", Page.PRODUCT),
        ("decisions.0", Page.ELIGIBILITY),
        ("(case)", Page.ORDER),
    ],
)
def test_the_page_of_a_path(path: str, page: Page) -> None:
    assert page_of_path(path) is page


def test_what_is_said_of_the_dose_concerns_the_dose_page() -> None:
    rule = changed(full_case(), infusion__dose_rule={"rule": "mnc"})
    assert {page_of(f) for f in snapshot(rule).evaluation.findings if f.code.startswith("dose.")} == {Page.DOSE}


def test_without_a_dose_its_page_is_not_done_whatever_was_chosen_there() -> None:
    document = {**empty_document(), "infusion": {"dose_rule": {"rule": "lower-volume"}}}
    assert page_states(snapshot(document))[Page.DOSE] is PageState.INCOMPLETE
    unreadable = changed(full_case(), recipient__weight__value="7x", infusion__dose_rule={"rule": "lower-volume"})
    assert page_states(snapshot(unreadable))[Page.DOSE] is PageState.INCOMPLETE


def test_a_review_of_one_page_leaves_the_stop_of_another_alone() -> None:
    both = changed(full_case(), recipient__weight__measured_on=None, organs__dialysis="yes")
    found = page_states(snapshot(both))
    assert (found[Page.RECIPIENT], found[Page.ELIGIBILITY]) == (PageState.DOUBT, PageState.STOP)
