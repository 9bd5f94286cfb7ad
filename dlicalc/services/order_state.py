"""What an order is at the moment it is printed: its number, its state, and who has had to do with it."""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capital letters without I, L, O and U, which are misread by hand."""
_PLACES: Final = 6


class State(StrEnum):
    """Only ``CHECKED`` and ``COPY`` are orders to act on."""

    DRAFT = "draft"
    CHECKED = "checked"
    COPY = "copy"
    SUPERSEDED = "superseded"
    VOID = "void"


class Held(StrEnum):
    """Why an order is still a draft."""

    STOPS = "stops"
    UNCHECKED = "unchecked"
    CHECK_DIFFERS = "check-differs"
    CHECK_OUTDATED = "check-outdated"
    FILTER = "filter"
    RECORDS = "records"


class Act(NamedTuple):
    """Who did something to the order, when, and why where a reason is due."""

    by: str
    at: datetime
    reason: str = ""


class OrderState(NamedTuple):
    """State of one order.

    ``copy`` counts reprints from 1 and is 0 for the first print. ``ended`` says who superseded or voided it.
    ``held`` says what keeps a draft from being more, worst first. ``replaces`` is the number of the order before it.
    ``head`` is the newest entry of the records about it. An order that nobody has prepared has no ``number`` yet.
    """

    number: str
    state: State
    copy: int = 0
    prepared: Act | None = None
    checked: Act | None = None
    ended: Act | None = None
    held: tuple[Held, ...] = ()
    replaces: str = ""
    head: str = ""

    @property
    def valid(self) -> bool:
        """Whether cells may be given on this paper, once it is signed."""
        return self.state in (State.CHECKED, State.COPY)


def order_number(case_digest: str, prepared_at: datetime) -> str:
    """The number of the order prepared from a case at a moment, as ``261120-7KQ4M2``: day, then 30 bits of a digest.

    The same case at the same moment has the same number, and no store is needed to give it; two orders of a day
    share it by chance once in 10⁹ pairs.
    """
    seed = f"{case_digest} {prepared_at.isoformat()}".encode()
    bits = int.from_bytes(hashlib.sha256(seed).digest()[:4], "big")
    letters = (_LETTERS[bits >> 5 * place & 31] for place in range(_PLACES))
    return f"{prepared_at:%y%m%d}-{''.join(letters)}"


def unchecked(number: str, *, stopped: bool) -> OrderState:
    """An order that no second person has checked; ``stopped`` if an undecided stop stands."""
    held = (Held.STOPS, Held.UNCHECKED) if stopped else (Held.UNCHECKED,)
    return OrderState(number, State.DRAFT, held=held)
