"""The part of the manual that is made from the entries of the window: what each means, and an index of everything."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from dlicalc.domain.protocol import Protocol
from dlicalc.services.help_text import help_text
from dlicalc.services.manual import INDEX, Block, Manual, Section, Topic
from dlicalc.services.manual_place import Place
from dlicalc.services.wording import Words
from dlicalc.services.wording.help import KEYS
from dlicalc.services.wording.manual import ENTRIES_OF, SEE_ALSO
from dlicalc.services.wording.manual import INDEX as INDEX_TITLE
from dlicalc.services.wording.window import FIELDS, HEADINGS

_MORE: Final[Mapping[str, Place]] = {
    "recipient.weight": Place("volume", "steps"),
    "donor.match": Place("eligibility", "windows"),
    "transplant": Place("eligibility", "verdicts"),
    "transplant.day_0": Place("eligibility", "windows"),
    "labs": Place("eligibility", "verdicts"),
    "labs.creatinine": Place("eligibility", "kidney"),
    "labs.cystatin_c": Place("eligibility", "kidney"),
    "organs": Place("eligibility", "verdicts"),
    "exclusions": Place("eligibility", "verdicts"),
    "infusion": Place("eligibility", "windows"),
    "infusion.filter": Place("site", "confirm"),
    "infusion.dose_rule": Place("volume", "conflict"),
    "products": Place("codes", "labels"),
    "products.volume": Place("volume", "steps"),
    "products.withheld": Place("volume", "steps"),
    "products.counts": Place("counts", "same"),
    "products.counts.cd3.of": Place("counts", "share"),
    "products.counts.lymphocytes": Place("counts", "share"),
    "products.counts.viability": Place("counts", "viability"),
    "products.counts.recovery": Place("counts", "viability"),
    "products.counts.processed_after_count": Place("counts", "processed"),
}
"""Path of entries → where the manual says more; the longest holds."""


class PageEntries(NamedTuple):
    """A page of the window: its name, its title, and under each heading the labels of its entries."""

    name: str
    title: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def entries_topic(page: str) -> str:
    """Name of the topic about the entries of the page ``page``."""
    return f"entries-{page}"


def more_about(label: str) -> Place | None:
    """Where the manual says more about the entry ``label``."""
    parts = label.split(".")
    paths = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_MORE[path] for path in paths if path in _MORE), None)


def whole_manual(topics: Sequence[Topic], pages: Sequence[PageEntries], words: Words, protocol: Protocol) -> Manual:
    """``topics``, then the entries of each page, then the index; links only to what is there."""
    written = Manual(topics)
    known = Manual([*topics, *(_entries(page, written, words, protocol) for page in pages)])
    return Manual([*known.topics, _index(known, words)])


def _entries(page: PageEntries, written: Manual, words: Words, protocol: Protocol) -> Topic:
    sections = [Section("", "", (_text(words(KEYS)),))]
    for heading, labels in page.groups:
        sections.append(Section(f"section.{heading}", words(HEADINGS[heading]), ()))
        for label in labels:
            blocks = (_text(help_text(label, words, protocol)), *_more(label, written, words))
            sections.append(Section(label, words(FIELDS[label]), blocks, level=3))
    return Topic(entries_topic(page.name), words.translate(ENTRIES_OF).format(page=page.title), tuple(sections))


def _more(label: str, written: Manual, words: Words) -> Iterator[Block]:
    place = more_about(label)
    if place is not None and written.has(place):
        title = next(title for known, title in written.places() if known == place)
        link = f"[{title}]({place.topic}#{place.anchor})"
        yield _text(words.translate(SEE_ALSO).format(topic=link))


def _index(known: Manual, words: Words) -> Topic:
    lines = tuple(f"[{title}]({_reference(place)})" for place, title in known.index())
    return Topic(INDEX, words(INDEX_TITLE), (Section("", "", (Block("bullets", lines),)),))


def _reference(place: Place) -> str:
    return f"{place.topic}#{place.anchor}" if place.anchor else place.topic


def _text(words: str) -> Block:
    return Block("text", (words,))
