"""The manual as data: topics in a plain subset of Markdown, the way through them, and the search in them.

A topic is a file: ``# Title``, paragraphs, lists, tables, and sections ``## Heading {#anchor}``. A link is
``[words](topic#anchor)`` and leads nowhere but into the manual. ``{name}`` is a number of the protocol.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from dlicalc.services.manual_place import Place

INDEX: Final = "index"
"""Name of the topic that lists all places; it is not searched."""
_HEADING: Final = re.compile(r"## (?P<heading>.+?) \{#(?P<anchor>[\w.-]+)\}")
_BLANK: Final = re.compile(r"\{(\w+)\}")
_LINK: Final = re.compile(r"\[([^\]]+)\]\(([\w.-]*)(?:#([\w.-]+))?\)")
_MARKS: Final = re.compile(r"\*\*|`")
_NUMBERED: Final = re.compile(r"\d+\. ")
_EXCERPT: Final = 90


class Block(NamedTuple):
    """What lines of one kind make: ``text``, ``bullets``, ``numbers`` or ``table``, whose first line is its head."""

    kind: str
    lines: tuple[str, ...]


class Section(NamedTuple):
    """A heading with its anchor, both empty for what stands before the first, and what stands below it."""

    anchor: str
    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


class Topic(NamedTuple):
    """One page of the manual."""

    name: str
    title: str
    sections: tuple[Section, ...]


class Hit(NamedTuple):
    """A section in which everything that was searched for stands."""

    place: Place
    title: str
    excerpt: str


def topic_from(name: str, text: str, values: Mapping[str, str]) -> Topic:
    """The topic that ``text`` holds, with ``values`` in its blanks."""
    title, *lines = _BLANK.sub(lambda blank: values[blank[1]], text).splitlines()
    sections: list[Section] = []
    anchor, heading, body = "", "", list[str]()
    for line in lines:
        if line.startswith("## "):
            sections.append(Section(anchor, heading, tuple(_blocks(body))))
            found = _HEADING.fullmatch(line)
            if found is None:
                raise ValueError(f"{name}: a heading without its anchor: {line}")
            anchor, heading, body = found["anchor"], found["heading"], []
        else:
            body.append(line)
    sections.append(Section(anchor, heading, tuple(_blocks(body))))
    return Topic(name, title.removeprefix("# "), tuple(sections))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Blank lines part paragraphs; a line that begins a list or a table parts itself from others."""
    for kind, group in groupby(lines, _kind):
        cut = [line[2:] if kind == "bullets" else _NUMBERED.sub("", line, 1) for line in group]
        if kind == "table":
            yield Block(kind, tuple(line for line in cut if not line.startswith("|-")))
        elif kind == "text":
            yield Block(kind, (" ".join(cut),))
        elif kind:
            yield Block(kind, tuple(cut))


def _kind(line: str) -> str:
    if line.startswith("- "):
        return "bullets"
    if line.startswith("|"):
        return "table"
    if _NUMBERED.match(line):
        return "numbers"
    return "text" if line.strip() else ""


def cells(row: str) -> list[str]:
    """The cells of a line of a table."""
    return [cell.strip() for cell in row.strip("|").split("|")]


def plain(text: str) -> str:
    """``text`` without the marks of links, bold and code."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def links(topic: Topic) -> Iterator[Place]:
    """Every place that ``topic`` leads to."""
    for section in topic.sections:
        for block in section.blocks:
            for line in block.lines:
                yield from (place_in(topic.name, name, anchor) for _, name, anchor in _LINK.findall(line))


def place_in(here: str, name: str, anchor: str) -> Place:
    """Where a link in the topic ``here`` leads; without a name it stays there."""
    return Place(name or here, anchor)


def target(topic: str, reference: str) -> Place:
    """The place that ``reference``, as it stands in a link in ``topic``, means."""
    name, _, anchor = reference.partition("#")
    return place_in(topic, name, anchor)


class Manual:
    """All topics of one language, in their order."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = tuple(topics)
        self._by_name = {topic.name: topic for topic in topics}

    def topic(self, name: str) -> Topic:
        """The topic ``name``."""
        return self._by_name[name]

    def has(self, place: Place) -> bool:
        """Whether there is such a place."""
        topic = self._by_name.get(place.topic)
        return topic is not None and any(section.anchor == place.anchor for section in topic.sections)

    def places(self) -> Iterator[tuple[Place, str]]:
        """Every place with its words, in the order of reading."""
        for topic in self.topics:
            yield Place(topic.name), topic.title
            yield from ((Place(topic.name, part.anchor), part.heading) for part in topic.sections if part.anchor)

    def index(self) -> list[tuple[Place, str]]:
        """Every place in the order of the alphabet, Chinese by its sound."""
        return sorted(self.places(), key=lambda entry: _sound(entry[1]))

    def find(self, searched: str) -> list[Hit]:
        """Sections with all words of ``searched``, those with them in their heading first."""
        wanted = searched.casefold().split()
        if not wanted:
            return []
        found = [
            (not all(word in part.heading.casefold() for word in wanted), topic, part)
            for topic in self.topics
            if topic.name != INDEX
            for part in topic.sections
            if all(word in _searchable(topic, part) for word in wanted)
        ]
        found.sort(key=lambda entry: entry[0])
        return [
            Hit(Place(topic.name, part.anchor), part.heading or topic.title, _excerpt(part, wanted[0]))
            for _, topic, part in found
        ]


def _sound(words: str) -> tuple[bytes, str]:
    # GB 2312, on which GB 18030 is built, holds its common characters in the order of pinyin.
    return words.casefold().encode("gb18030"), words


def text_of(section: Section) -> str:
    """The words of a section, one line of its source a line."""
    rows = (
        "  ".join(cells(line)) if block.kind == "table" else line for block in section.blocks for line in block.lines
    )
    return plain("\n".join(rows))


def _searchable(topic: Topic, section: Section) -> str:
    heading = section.heading or topic.title
    return f"{heading}\n{text_of(section)}".casefold()


def _excerpt(section: Section, word: str) -> str:
    """Some words around the first place where ``word`` stands."""
    text = " ".join(text_of(section).split())
    at = max(text.casefold().find(word), 0)
    start = max(at - _EXCERPT // 3, 0)
    end = start + _EXCERPT
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


class Trail:
    """Where a reader has been, as in a browser."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Go to ``place``; what lay ahead is forgotten."""
        if self._at < 0 or self._places[self._at] != place:
            self._at += 1
            self._places[self._at :] = [place]

    @property
    def can_go_back(self) -> bool:
        """Whether there was a place before."""
        return self._at > 0

    @property
    def can_go_on(self) -> bool:
        """Whether somebody went back from a place."""
        return self._at + 1 < len(self._places)

    def go(self, steps: int) -> Place:
        """The place so many steps on, or back below zero; it must be there."""
        self._at += steps
        return self._places[self._at]
