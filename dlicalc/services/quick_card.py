"""The quick-start card as final words."""

from collections.abc import Sequence
from typing import NamedTuple

from dlicalc.domain.protocol import Protocol
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from dlicalc.services.wording import quick_card as say


class Listing(NamedTuple):
    """A heading and its lines; ``numbered`` are done one after the other."""

    heading: str
    lines: tuple[Field, ...]
    numbered: bool = False


class Card(NamedTuple):
    """Everything on the card: the work across the page, then two columns of listings."""

    title: str
    lead: str
    work: Listing
    left: tuple[Listing, ...]
    right: tuple[Listing, ...]
    footer: str


def quick_card(words: Words, protocol: Protocol, software: str) -> Card:
    """The card in the language of ``words``."""
    return Card(
        title=words(say.TITLE),
        lead=words(say.LEAD),
        work=_listing(say.STEPS, say.STEP_LIST, words)._replace(numbered=True),
        left=(_listing(say.STATES, say.STATE_LIST, words), _listing(say.WORDS, say.WORD_LIST, words)),
        right=(_listing(say.KEYS, say.KEY_LIST, words), _listing(say.HELP, say.HELP_LIST, words)),
        footer=f"{software} · {protocol.protocol.id} {protocol.protocol.version}",
    )


def _listing(heading: str, lines: Sequence[tuple[str, str]], words: Words) -> Listing:
    return Listing(words(heading), tuple(Field(words(label), words(text)) for label, text in lines))
