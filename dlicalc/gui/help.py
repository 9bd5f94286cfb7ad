"""F1: which place of the manual speaks of what has the keyboard."""

from typing import Final

from dlicalc.gui.case_fields import PAGES
from dlicalc.gui.fields import best, rows, template_of
from dlicalc.gui.mnemonic import without_mnemonic
from dlicalc.services.manual_entries import PageEntries, entries_topic
from dlicalc.services.manual_place import Place
from dlicalc.services.pages import Page
from dlicalc.services.wording import Words

_NAMED: Final = tuple(zip(("recipient", "eligibility", "product", "dose"), Page, PAGES, strict=False))
"""Name of the topic, page of the window, and the sections of its entries."""
_TOPICS: Final = tuple(row.label for page in PAGES for row in rows(page))
_PLACES: Final = {
    place: position
    for position, row in enumerate(row for page in PAGES for row in rows(page))
    for place in (*(cell.path for cell in row.cells), row.label)
}
_PAGE_OF_LABEL: Final = {row.label: name for name, _, sections in _NAMED for row in rows(sections)}
_OF_PAGE: Final = {
    Page.RECIPIENT: Place("pages", "recipient"),
    Page.ELIGIBILITY: Place("eligibility", "verdicts"),
    Page.PRODUCT: Place("pages", "product"),
    Page.DOSE: Place("volume"),
    Page.ORDER: Place("order"),
}
FINDINGS: Final = Place("eligibility", "findings")


def topic_of(path: str) -> str:
    """The label of the entry at ``path``, under which the manual has it; empty if it has none."""
    position = best(template_of(path)[0], _PLACES) if path else None
    return "" if position is None else _TOPICS[position]


def place_of(path: str, page: Page) -> Place:
    """Where the manual speaks of the entry at ``path``; if there is none, of ``page``."""
    label = topic_of(path)
    return Place(entries_topic(_PAGE_OF_LABEL[label]), label) if label else _OF_PAGE[page]


def page_entries(words: Words) -> tuple[PageEntries, ...]:
    """What stands on which page of the window, for the manual."""
    return tuple(
        PageEntries(
            name,
            without_mnemonic(words(page.value)),
            tuple((section.heading, tuple(row.label for row in section.rows)) for section in sections),
        )
        for name, page, sections in _NAMED
    )
