"""The part of the manual that is made from the entries: one place for each, and the numbers of the record in it."""

from __future__ import annotations

import pytest

from dlicalc.services.manual import Block, Manual, Section, Topic, links, text_of
from dlicalc.services.manual_entries import PageEntries, entries_topic, more_about, whole_manual
from dlicalc.services.manual_place import Place
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELDS
from tests.program import shipped_protocol

PAGE = PageEntries("recipient", "Recipient", (("recipient", ("recipient.name", "recipient.weight")),))


def made(*topics: Topic) -> Manual:
    return whole_manual(topics, [PAGE], Words(), shipped_protocol())


def test_every_entry_has_a_place_under_its_heading() -> None:
    topic = made().topic("entries-recipient")
    assert topic.title == "Entries: Recipient"
    assert [(part.anchor, part.heading, part.level) for part in topic.sections[1:]] == [
        ("section.recipient", "Recipient", 2),
        ("recipient.name", "Name", 3),
        ("recipient.weight", "Weight", 3),
    ]
    # A week, as the protocol file proposes for the weight.
    assert "after 7 days somebody should weigh again" in text_of(topic.sections[3])
    assert entries_topic("dose") == "entries-dose"


def test_more_is_linked_only_where_it_is() -> None:
    written = Topic("volume", "How", (Section("steps", "The steps", (Block("text", ("x",)),)),))
    [place] = links(made(written).topic("entries-recipient"))
    assert place == Place("volume", "steps")
    assert "See also: The steps" in text_of(made(written).topic("entries-recipient").sections[3])
    assert list(links(made().topic("entries-recipient"))) == []


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("products.counts.cd3.of", Place("counts", "share")),
        ("products.counts.cd3", Place("counts", "same")),
        ("products.volume.gross", Place("volume", "steps")),
        ("labs.creatinine", Place("eligibility", "kidney")),
        ("recipient.name", None),
    ],
)
def test_the_longest_path_says_where_more_stands(label: str, place: Place | None) -> None:
    assert label in FIELDS
    assert more_about(label) == place


def test_the_index_has_every_place_and_all_its_links_lead_somewhere() -> None:
    manual = made()
    index = manual.topic("index")
    listed = set(links(index))
    assert listed == {place for place, _ in manual.places()} - {Place("index")}
    assert all(map(manual.has, listed))
