"""What people answer to the window's questions; the questions themselves are loaded when the first one is asked."""

from enum import Enum, auto
from typing import NamedTuple


class Leaving(Enum):
    """What becomes of changes that are not saved."""

    SAVE = auto()
    GIVE_UP = auto()
    STAY = auto()


class Owed(Enum):
    """What becomes of an end that could neither be recorded nor noted."""

    RETRY = auto()
    CLOSE = auto()
    STAY = auto()


class Decision(NamedTuple):
    """Who rules, and why."""

    by: str
    reason: str


class Choice(Enum):
    """What becomes of a draft."""

    OPEN = auto()
    LATER = auto()
    DISCARD = auto()


class Answer(NamedTuple):
    """The choice, and the draft that it is about."""

    choice: Choice
    key: str
