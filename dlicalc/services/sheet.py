"""The infusion order as words in their places; a writer draws it and decides nothing.

All texts are final: numbers are formatted, sentences translated. A line break inside a text is kept.
"""

from datetime import datetime
from typing import Final, NamedTuple

from dlicalc.services.problem import Problem

OR_LINE: Final = "\u2028"
"""A space that ends the line if the text does not fit one line but its two sides do."""


class CannotBePrinted(Exception):  # noqa: N818  it says what is the matter, not that a program failed
    """A text of the order cannot be put on paper; ``problem`` says which and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.params}")
        self.problem = problem


class Field(NamedTuple):
    """A label and what belongs to it."""

    label: str
    value: str


class Fields(NamedTuple):
    """A heading and fields, side by side as the width allows."""

    heading: str
    fields: tuple[Field, ...]


class Table(NamedTuple):
    """A heading, the column heads, and rows of as many cells; ``strong`` are the rows that must catch the eye."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: frozenset[int] = frozenset()
    by_hand: bool = False


class OnPaper(NamedTuple):
    """What an order says of the records: a section of its basis (``None``: nothing), and what to look at on page 1."""

    section: Fields | None
    checks: tuple[str, ...]


class Notice(NamedTuple):
    """What must not be overlooked, item by item."""

    heading: str
    items: tuple[str, ...]


class Recipient(NamedTuple):
    """Who is to receive the cells; stands on every page."""

    label: str
    name: str
    identifiers: tuple[Field, ...]
    details: tuple[Field, ...]


class Volume(NamedTuple):
    """What is to be given in all: the largest type of the sheet, and what explains it.

    Where page 1 is short of room, ``briefly`` stands for what explains it and ``short`` for the notes; the table of the
    bags and the basis have the rest.
    """

    label: str
    amount: str
    explained: str
    briefly: str
    start: Field
    notes: tuple[str, ...]
    short: tuple[str, ...]


class BagLine(NamedTuple):
    """One bag: its number for people and for the scanner (empty if it must not be scanned) and what to take from it.

    ``used`` is false for a bag from which nothing is to be given; nothing is then documented for it. The details are
    the expiry, and what the product is.
    """

    position: str
    number: str
    check: str
    barcode: str
    amount: str
    used: bool
    details: tuple[str, str]
    warnings: tuple[str, ...]


class Bags(NamedTuple):
    """All bags in the order in which they are given.

    The columns are position, bag and amount, then those that are filled in by hand: none on a draft. ``continued``
    stands below the first of them where the others are on the next page.
    """

    heading: str
    columns: tuple[str, ...]
    lines: tuple[BagLine, ...]
    continued: str


class Administration(NamedTuple):
    """How the cells are given.

    ``vouched`` says who confirmed it, ``rates`` is what must be seen first. Where page 1 has no room for ``rest``,
    ``elsewhere`` says where it stands.
    """

    heading: str
    vouched: str
    rates: tuple[Field, ...]
    first: tuple[Field, ...]
    rest: tuple[Field, ...]
    elsewhere: str


class Signatures(NamedTuple):
    """Who signs: the first column holds the roles, the others are filled in by hand.

    Without roles nothing is signed. The notes say why, or what was done before anybody signs.
    """

    heading: str
    columns: tuple[str, ...]
    roles: tuple[str, ...]
    notes: tuple[str, ...]


class Code(NamedTuple):
    """A text for scanners, and what it is for."""

    text: str
    caption: str


class Codes(NamedTuple):
    """What a scanner reads off the order: what it says in short, and the whole case in one or more parts."""

    short: Code
    whole: tuple[Code, ...]


class Training(NamedTuple):
    """The word behind each page of an order made for practice, and the sentence on top of it."""

    watermark: str
    band: str


class Reprint(NamedTuple):
    """What a paper says of itself that was printed again from the records; ``loud`` if something differs from today."""

    notice: Notice
    loud: bool


class Sheet(NamedTuple):
    """Everything that stands on the order, in one language or both.

    ``language`` is a BCP 47 tag. ``made_at`` and ``software`` go into the properties of the file. ``watermark`` is
    empty on the first print of an order that may be signed, and ``discreet`` on a further one. ``ended`` says who made
    the order invalid. ``checks_elsewhere`` is the heading over the first of the ``checks`` where
    all of them would drive the signatures off page 1. ``page_label`` has places for ``page`` and ``pages``.
    ``training`` is ``None`` on an order that is meant for a patient, ``reprint`` on one that comes out of the window.
    """

    language: str
    made_at: datetime
    software: str
    title: str
    number: Field
    status: str
    status_note: str
    watermark: str
    discreet: bool
    recipient: Recipient
    ended: Notice | None
    stops: Notice | None
    volume: Volume
    doses: Table
    deviations: Notice | None
    bags: Bags | None
    do_not: tuple[str, ...]
    administration: Administration
    checks: Notice | None
    checks_elsewhere: str
    signatures: Signatures
    remarks: str
    sections: tuple[Fields | Table, ...]
    footer: tuple[str, ...]
    page_label: str
    codes: Codes
    training: Training | None = None
    reprint: Reprint | None = None


class Statement(NamedTuple):
    """A report of headed sections.

    ``language`` is a BCP 47 tag; ``page_label`` has places for ``page`` and ``pages``.
    """

    language: str
    made_at: datetime
    software: str
    title: str
    sections: tuple[Fields | Table, ...]
    footer: str
    page_label: str
