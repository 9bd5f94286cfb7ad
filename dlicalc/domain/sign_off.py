"""What was prepared and checked: the part of a case that says who stands behind its order.

It takes no part in the evaluation, and nothing in it is believed: whoever reads it computes anew whether it holds.
"""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, Strict
from pydantic_core import PydanticCustomError

from dlicalc.domain.entered import Entered, IfKnown, Moment, Words, require_unit
from dlicalc.domain.product import BagVolume, Cd3Count, ShareOfWhiteCells, WhiteCells
from dlicalc.domain.recipient import Weight

MOST_ENTRIES: Final = 1000
"""Attempts, prints or weighings of one order; more is a slip."""
MOST_BAGS: Final = 100


class Attempt(Entered):
    """One comparison of the second person's entries with the first, whether they agreed or not."""

    by: Words
    at: Moment


def _known(weight: Weight) -> Weight:
    if weight.value is None:
        raise PydanticCustomError("missing", "the weight has no number")
    return require_unit(weight)


class Weighing(Entered):
    """The weight, taken again after the order was prepared."""

    weight: Annotated[Weight, AfterValidator(_known)]
    by: Words
    at: Moment


class CheckedCounts(Entered):
    """The counts of a bag that the second person entered."""

    wbc: IfKnown[WhiteCells] = None
    mnc: IfKnown[ShareOfWhiteCells] = None
    cd3: IfKnown[Cd3Count] = None


class CheckedBag(Entered):
    """A bag as the second person found it: its number, its volume, its counts."""

    din: Words | None = None
    local_id: Words | None = None
    volume: BagVolume | None = None
    counts: CheckedCounts = CheckedCounts()


class Check(Entered):
    """The second person's entries, made without sight of the first."""

    by: Words
    at: Moment
    weight: IfKnown[Weight] = None
    products: Annotated[tuple[CheckedBag, ...], Strict(False), Field(max_length=MOST_BAGS)] = ()


class Ended(Entered):
    """How the order came to its end; who, where it was somebody's act."""

    state: Literal["superseded", "void"]
    at: Moment
    by: Words | None = None
    reason: Words | None = None


_Attempts = Annotated[tuple[Attempt, ...], Strict(False), Field(max_length=MOST_ENTRIES)]
_Weighings = Annotated[tuple[Weighing, ...], Strict(False), Field(max_length=MOST_ENTRIES)]
_Prints = Annotated[tuple[Moment, ...], Strict(False), Field(max_length=MOST_ENTRIES)]


class SignOff(Entered):
    """The life of one order; ``case_digest`` is of everything else in the case."""

    number: Words
    replaces: Words | None = None
    case_digest: Words
    prepared_by: Words
    prepared_at: Moment
    attempts: _Attempts = ()
    check: Check | None = None
    weighed_again: _Weighings = ()
    prints: _Prints = ()
    ended: Ended | None = None
