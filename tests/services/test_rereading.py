"""After an edit only what it touched is read again; the outcome is that of reading everything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from dlicalc.services.open_case import OpenCase, evaluate_document
from dlicalc.services.snapshot import Snapshot
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, every_field_case
from tests.program import shipped_protocol

NOW = datetime.fromisoformat(AS_OF)
TEXTS = ("", "0", "7", "7,5", "1,234", "7O", "yes", "no", "2026-11-01", "2026-11-1", "%", "kg", "10*9/L", "mnc", "  ")


def two_bags() -> dict[str, Any]:
    case: dict[str, Any] = every_field_case()
    bag = case["products"][0]
    return {**case, "products": [bag, changed(bag, din="A99992600012999", din_check=None)]}


def leaves(place: Any, path: str = "") -> Iterator[str]:
    """The path of every text of a document."""
    if isinstance(place, str):
        yield path.removeprefix(".")
    for key, part in place.items() if isinstance(place, dict) else enumerate(place) if isinstance(place, list) else ():
        yield from leaves(part, f"{path}.{key}")


class Desk:
    """An open case whose every snapshot is compared with that of reading its document from scratch."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.last: Snapshot
        self.case = OpenCase(shipped_protocol(), lambda: NOW, document_digest, self.take)
        self.case.open(document)

    def take(self, snapshot: Snapshot) -> None:
        self.last = snapshot
        fresh = evaluate_document(snapshot.document, shipped_protocol(), NOW)
        assert snapshot._replace(order=fresh.order, desk=fresh.desk) == fresh


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_give_what_reading_everything_gives(seed: int) -> None:
    dice = random.Random(seed)
    desk = Desk(two_bags())
    # A list of codes is an entry as a whole; the two first are no entries.
    paths = [path for path in leaves(two_bags()) if "." in path and "applies_to" not in path]
    for _ in range(150):
        act = dice.random()
        bags = len(desk.last.document["products"])
        if act < 0.85 or bags < 2:
            path = dice.choice(paths)
            if not path.startswith("products.") or int(path.split(".")[1]) < bags:
                desk.case.edit(path, dice.choice(TEXTS))
        elif act < 0.9:
            desk.case.undo()
        elif act < 0.94:
            desk.case.move_product(0, 1)
        elif act < 0.97:
            desk.case.duplicate_product(dice.randrange(bags))
        else:
            desk.case.remove_product(dice.randrange(bags))


def test_what_was_not_edited_is_not_read_again() -> None:
    desk = Desk(two_bags())
    before = desk.last.case
    desk.case.edit("products.0.counts.wbc.value", "199")
    after = desk.last.case
    assert after.products[0] is not before.products[0]
    assert after.products[1] is before.products[1]
    for section in ("recipient", "donor", "transplant", "labs", "organs", "exclusions", "infusion"):
        assert getattr(after, section) is getattr(before, section)


def test_a_slip_is_told_until_it_is_mended() -> None:
    desk = Desk(two_bags())
    desk.case.edit("recipient.weight.value", "7O")
    desk.case.edit("products.1.volume.value", "15O")
    desk.case.edit("donor.match", "haploidentical")
    assert {problem.path for problem in desk.last.problems} == {"recipient.weight.value", "products.1.volume.value"}
    desk.case.edit("recipient.weight.value", "70")
    assert [problem.path for problem in desk.last.problems] == ["products.1.volume.value"]


def test_bags_that_are_no_list_or_gone_are_read_as_they_are() -> None:
    desk = Desk(two_bags())
    desk.case.remove_product(1)
    desk.case.remove_product(0)
    assert desk.last.case.products == ()
    desk.case.add_product()
    assert len(desk.last.case.products) == 1
    desk.case.open({**two_bags(), "products": None, "labs": None})
    desk.case.edit("recipient.name", "Other")
    assert desk.last.case.products == ()
