"""Texts by path in, snapshots out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, full_case, put


@pytest.fixture
def view_model(protocol: Protocol) -> CaseViewModel:
    return CaseViewModel(protocol, lambda: datetime.fromisoformat(AS_OF), document_digest)


def test_every_edit_is_announced_with_what_follows_from_it(view_model: CaseViewModel) -> None:
    seen: list[Any] = []
    view_model.changed.connect(seen.append)
    view_model.edit("recipient.name", "A")
    view_model.edit("recipient.weight.value", "7,000")
    assert [snapshot.case.recipient.name for snapshot in seen] == ["A", "A"]
    assert [problem.path for problem in seen[-1].problems] == ["recipient.weight.value"]
    assert view_model.text("recipient.weight.value") == "7,000"


def test_a_text_typed_and_deleted_again_leaves_nothing_to_save(view_model: CaseViewModel) -> None:
    view_model.open(full_case())
    view_model.edit("donor.id", "D-00171")
    assert view_model.dirty
    view_model.edit("donor.id", "D-0017")
    assert not view_model.dirty
    view_model.edit("infusion.chemotherapy.regimen", "HAA")
    view_model.edit("infusion.chemotherapy.regimen", "")
    assert not view_model.dirty


@pytest.mark.parametrize(("typed", "kept"), [("mnc+cd3", ["mnc", "cd3"]), ("cd3", ["cd3"]), ("none", []), ("", None)])
def test_what_viability_applies_to(view_model: CaseViewModel, typed: str, kept: list[str] | None) -> None:
    view_model.open(full_case())
    path = "products.0.counts.viability.applies_to"
    view_model.edit(path, typed)
    assert view_model.document["products"][0]["counts"]["viability"].get("applies_to") == kept
    assert view_model.text(path) == typed


def test_the_order_of_a_list_in_a_file_is_not_a_change(view_model: CaseViewModel) -> None:
    view_model.open(put(full_case(), "products.0.counts.viability.applies_to", ["cd3", "mnc"]))
    assert view_model.text("products.0.counts.viability.applies_to") == "mnc+cd3"
    assert not view_model.dirty


def test_a_recovery_written_as_a_bare_text_can_be_edited(view_model: CaseViewModel) -> None:
    view_model.open(put(full_case(), "products.0.counts.recovery.cd3", "85"))
    assert view_model.text("products.0.counts.recovery.cd3.value") == "85"
    assert view_model.text("products.0.counts.recovery.cd3.unit") == "%"


def test_the_document_handed_out_is_a_copy(view_model: CaseViewModel) -> None:
    view_model.open(full_case())
    view_model.document["recipient"]["name"] = "other"
    assert view_model.text("recipient.name") == "Example Recipient"


def test_time_that_passes_is_seen(protocol: Protocol) -> None:
    now = [datetime.fromisoformat(AS_OF)]
    view_model = CaseViewModel(protocol, lambda: now[0], document_digest)
    view_model.open(full_case())
    now[0] = datetime.fromisoformat("2026-11-18T09:00+08:00")
    view_model.refresh()
    assert view_model.snapshot.evaluation.as_of == now[0]


def test_a_copy_of_a_bag_has_no_number_and_is_one_edit(view_model: CaseViewModel) -> None:
    view_model.open(full_case())
    filled: list[int] = []
    view_model.replaced.connect(lambda: filled.append(view_model.products))
    assert view_model.duplicate_product(0) == 1
    assert filled == [2]
    assert view_model.text("products.1.din") == view_model.text("products.1.din_check") == ""
    assert view_model.text("products.1.volume.value") == "150"
    view_model.undo()
    assert view_model.products == 1
