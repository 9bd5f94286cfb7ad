"""Whether a printed order, read back, says what was computed: volume, bags, doses, identifiers, state, codes."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.services.numbers import millions
from dlicalc.services.order_text import NOTHING, bag_number, din_is_sound, millilitres
from dlicalc.services.printed import (
    PrintedOrder,
    comparable,
    millilitres_in,
    per_kg_in,
    places_of,
    stands_in,
)
from dlicalc.services.problem import Problem
from dlicalc.services.wording import Words

ORDER: Final = "order"
_ROW: Final = 400
"""Characters after the number of a bag within which its volume stands."""
_TELLING: Final = 6
"""Characters from which a number is no part of another."""


class Mark(NamedTuple):
    """What must stand on every page; of several ``texts``, in different languages, one is enough."""

    code: str
    texts: tuple[str, ...]


class BagDue(NamedTuple):
    """A bag from which cells are given: its number as printed, what its barcode says (empty: none), and the volume."""

    number: str
    barcode: str
    volume: Fraction


class Due(NamedTuple):
    """What must stand on the paper; without a dose, nothing but a dash where the volume would be."""

    marks: tuple[Mark, ...]
    volume: Fraction | None
    bags: tuple[BagDue, ...]
    per_kg: tuple[Fraction, ...]
    codes: tuple[str, ...]

    @property
    def all_codes(self) -> tuple[str, ...]:
        """The codes of the order and the barcodes of its bags."""
        return (*self.codes, *(bag.barcode for bag in self.bags if bag.barcode))


def due(
    case: Case,
    volumes: Sequence[Fraction] | None,
    per_kg: Sequence[Fraction],
    marks: Sequence[Mark],
    codes: Sequence[str] = (),
) -> Due:
    """What must stand on the paper of ``case``, from whose bags ``volumes`` are given; ``None`` without a dose."""
    bags = []
    for product, volume in zip(case.products, volumes or (), strict=False):
        # A bag without any number is named in the language of the paper, and cannot be looked for.
        if volume and (product.din or product.local_id):
            barcode = product.din or "" if din_is_sound(product) else ""
            bags.append(BagDue(bag_number(product, Words()), barcode, volume))
    total = None if volumes is None else sum(volumes, Fraction(0))
    return Due(tuple(marks), total, tuple(bags), tuple(per_kg), tuple(codes))


def marks(case: Case, number: str, status: Sequence[str]) -> tuple[Mark, ...]:
    """What identifies an order on each of its pages: the recipient, the number of the order, its state."""
    recipient = case.recipient
    born = recipient.birth_date.isoformat() if recipient.birth_date else ""
    identifiers = (("misprint_name", recipient.name), ("misprint_mrn", recipient.mrn), ("misprint_born", born))
    found = [Mark(code, (text,)) for code, text in identifiers if text]
    return (*found, Mark("misprint_number", (number,)), Mark("misprint_status", tuple(status)))


def misprints(printed: PrintedOrder, due: Due) -> tuple[Problem, ...]:
    """Everything in which the paper says something else; empty if it says what it should."""
    checks = (_volume, _bags, _doses, _marks, _codes)
    return tuple(problem for check in checks for problem in check(printed, due))


def _volume(printed: PrintedOrder, due: Due) -> Iterator[Problem]:
    largest = comparable(printed.pages[0].largest) if printed.pages else ""
    found = tuple(millilitres_in(largest))
    if found == (() if due.volume is None else (due.volume,)):
        return
    yield Problem(ORDER, "misprint_volume", {"printed": largest or NOTHING, "due": millilitres(due.volume)})


def _bags(printed: PrintedOrder, due: Due) -> Iterator[Problem]:
    text, numbers = printed.text, {bag.number for bag in due.bags}
    for bag in due.bags:
        rows = [_row(text, place, numbers) for place in places_of(bag.number, text)]
        if not any(bag.volume in millilitres_in(row) for row in rows):
            first = next((volume for row in rows[:1] for volume in millilitres_in(row)), None)
            params = {"bag": bag.number, "printed": millilitres(first), "due": millilitres(bag.volume)}
            yield Problem(ORDER, "misprint_bag", params)


def _row(text: str, place: int, numbers: set[str]) -> str:
    """What follows on the number of a bag, up to the number of the next; a short one could stand in anything."""
    row = text[place : place + _ROW]
    ends = [end - len(number) for number in numbers if len(number) >= _TELLING for end in places_of(number, row)]
    return row[: max(min(ends, default=len(row)), 0)]


def _doses(printed: PrintedOrder, due: Due) -> Iterator[Problem]:
    found = list(per_kg_in(comparable(printed.pages[0].text))) if printed.pages else []
    for cells in due.per_kg:
        if not any(number.says(cells) for number in found):
            yield Problem(ORDER, "misprint_dose", {"due": f"{millions(cells)}/kg"})


def _marks(printed: PrintedOrder, due: Due) -> Iterator[Problem]:
    for mark in due.marks:
        for number, page in enumerate(printed.pages, start=1):
            if not any(stands_in(text, page.text) for text in mark.texts):
                yield Problem(ORDER, mark.code, {"due": mark.texts[0], "page": str(number)})
                break


def _codes(printed: PrintedOrder, due: Due) -> Iterator[Problem]:
    for code in sorted(set(due.all_codes) - set(printed.codes)):
        yield Problem(ORDER, "misprint_code", {"due": code[:24]})
