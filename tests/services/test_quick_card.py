"""The quick-start card: the steps in their order, and nothing but words of the catalogue."""

from __future__ import annotations

from dlicalc.services.quick_card import quick_card
from dlicalc.services.wording import Words
from tests.program import shipped_protocol


def test_the_steps_are_those_of_the_work() -> None:
    card = quick_card(Words(), shipped_protocol(), "dlicalc 1")
    assert card.work.numbered
    steps = [field.label for field in card.work.lines]
    # The five pages come in the order of the window, then what people do: two persons, paper, bedside.
    assert [steps.index(name) for name in ("Recipient", "Eligibility", "Product", "Dose")] == [1, 2, 3, 4]
    assert steps[-4:] == ["Prepare", "Second person", "Print", "Bedside"]
    assert card.footer == "dlicalc 1 · NCT07319793 2026-01-06/1"


def test_every_line_is_translated() -> None:
    card = quick_card(Words(lambda sentence: f"译{sentence}"), shipped_protocol(), "dlicalc 1")
    listings = (card.work, *card.left, *card.right)
    assert all(field.value.startswith("译") for listing in listings for field in listing.lines)
    assert all(listing.heading.startswith("译") for listing in listings)
    assert card.title.startswith("译")
