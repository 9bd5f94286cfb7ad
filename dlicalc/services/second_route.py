"""The same results by another way, written to be unlike the first: whole numbers from the typed texts to the end.

The engine reads models, converts units in decimals and divides fractions bag by bag. Here a number is the digits that
were typed over a power of ten; all bags are brought to one denominator, what they hold is summed up from the first to
each, the bag in which a target falls is looked up, and the mL are counted in measuring steps. No table, no function and
no type of the engine's arithmetic is used, so that one mistake cannot stand in both. Limits: ``second_limits``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from math import prod
from typing import Any, Final, NamedTuple

Entries = Mapping[str, Any]
"""A part of the case document: typed texts by name."""


class Share(NamedTuple):
    """``top`` / ``bottom`` in whole numbers, not reduced; the bottom is positive."""

    top: int
    bottom: int


class Terms(NamedTuple):
    """What the protocol sets, in whole numbers: targets per kg, rule, steps as (from mL, step in mL), rising.

    ``limits`` are rule and limit of each criterion as texts; ``equation`` governs from the age ``adult`` on.
    """

    mnc_per_kg: Share
    cd3_per_kg: Share
    rule: str
    steps: tuple[tuple[Share, Share], ...]
    limits: Mapping[str, tuple[str, str]]
    micromolar: Share
    equation: str
    adult: int


class Amounts(NamedTuple):
    """What is given: mL of each bag and of all, cells per kg."""

    bags: tuple[Share, ...]
    volume: Share
    mnc_per_kg: Share
    cd3_per_kg: Share


ONE: Final = Share(1, 1)
_ZEROS: Final = {"10*9/L": 6, "10*6/mL": 6, "10*3/uL": 6, "/uL": 3, "10*6/L": 3, "10*7/mL": 7, "10*8/mL": 8}
"""Unit of a concentration → zeros that a number in cells per mL has more."""
_KILOGRAMS: Final = {"kg": ONE, "g": Share(1, 1000), "[lb_av]": Share(45_359_237, 10**8)}
_PER_CENT: Final = Share(1, 100)


class _Missing(Exception):  # noqa: N818  what it is
    """A number that is needed was not typed, or cannot be used."""


def number(text: str) -> Share:
    """The digits of ``text`` over a power of ten."""
    whole, _, decimals = text.partition(".")
    return Share(int(whole + decimals), 10 ** len(decimals))


def over(one: Share, other: Share) -> Share:
    """``one`` divided by ``other``, which is not zero."""
    return Share(one.top * other.bottom, one.bottom * other.top)


def together(*factors: Share) -> Share:
    """The product."""
    return Share(prod(factor.top for factor in factors), prod(factor.bottom for factor in factors))


def order_of(one: Share, other: Share) -> int:
    """Negative, zero or positive as ``one`` is smaller, the same or larger."""
    return one.top * other.bottom - other.top * one.bottom


def amounts(document: Entries, terms: Terms) -> Amounts | None:
    """What is given of each bag, and the doses; ``None`` if a number that is needed is missing."""
    try:
        weight = together(_typed(part(part(document, "recipient"), "weight")), _KILOGRAMS[_unit_of_weight(document)])
        bags = [_bag(bag) for bag in document.get("products") or ()]
    except _Missing:
        return None
    if not weight.top or not bags:
        return None
    chosen = (part(part(document, "infusion"), "dose_rule").get("rule")) or terms.rule
    return _given(bags, weight, terms, chosen)


def part(entries: Entries, name: str) -> Entries:
    """The entries below ``name``; none where nothing was entered."""
    found = entries.get(name)
    return found if isinstance(found, Mapping) else {}


def _typed(entries: Entries, name: str = "value") -> Share:
    text = entries.get(name)
    if not text:
        raise _Missing(name)
    return number(text)


def _typed_or(entries: Entries, name: str, otherwise: Share) -> Share:
    return number(entries[name]) if entries.get(name) else otherwise


def _unit_of_weight(document: Entries) -> str:
    unit: str = document["recipient"]["weight"]["unit"]
    return unit


class _Bag(NamedTuple):
    """mL that can be given, and living cells per mL."""

    available: Share
    mnc: Share
    cd3: Share


def _bag(bag: Entries) -> _Bag:
    counts = part(bag, "counts")
    mnc, cd3 = part(counts, "mnc"), part(counts, "cd3")
    if not (mnc.get("value") and cd3.get("value")):
        raise _Missing("counts")
    chains = {"mnc": _chain(counts, mnc), "cd3": _chain(counts, cd3)}
    living = {name: together(*chain, *_losses(bag, counts, name)) for name, chain in chains.items()}
    return _Bag(_available(bag), living["mnc"], living["cd3"])


def _available(bag: Entries) -> Share:
    volume = part(bag, "volume")
    held = _typed(volume) if volume.get("value") else _weighed(volume)
    withheld = _typed_or(part(bag, "withheld"), "value", Share(0, 1))
    return Share(held.top * withheld.bottom - withheld.top * held.bottom, held.bottom * withheld.bottom)


def _weighed(volume: Entries) -> Share:
    gross, tare, density = (_typed(part(volume, name)) for name in ("gross", "tare", "density"))
    if not density.top:
        raise _Missing("density")
    return over(Share(gross.top * tare.bottom - tare.top * gross.bottom, gross.bottom * tare.bottom), density)


def _chain(counts: Entries, count: Entries) -> Iterator[Share]:
    """The factors of a count: its own, and for a percentage those of what it is a part of, up to the white cells."""
    yield _typed(count)
    if count["unit"] == "%":
        yield _PER_CENT
        whole = count.get("of") or "wbc"
        yield from _white_cells(counts) if whole == "wbc" else _chain(counts, part(counts, whole))
    else:
        yield from _reading(count)


def _white_cells(counts: Entries) -> Iterator[Share]:
    white = part(counts, "wbc")
    yield _typed(white)
    yield from _reading(white)
    if counts.get("nrbc_per_100_wbc"):
        red = number(counts["nrbc_per_100_wbc"])
        yield Share(100 * red.bottom, 100 * red.bottom + red.top)


def _reading(count: Entries) -> Iterator[Share]:
    """What makes the reading of an analyser cells per mL of the product."""
    yield Share(10 ** _ZEROS[count["unit"]], 1)
    yield _typed_or(count, "multiply_by", ONE)


def _losses(bag: Entries, counts: Entries, analyte: str) -> Iterator[Share]:
    viability, recovery = part(counts, "viability"), part(counts, "recovery")
    if viability.get("value") and analyte in (viability.get("applies_to") or ()):
        yield from (_typed(viability), _PER_CENT)
    kept = recovery.get(analyte)
    kept = kept.get("value") if isinstance(kept, Mapping) else kept
    if kept and bag.get("state") == "cryopreserved":
        yield from (number(kept), _PER_CENT)
    processed = part(counts, "processed_after_count")
    parts = [part(processed, name) for name in ("from", "to", "recovery")]
    if all(part.get("value") for part in parts):
        before, after, saved = map(_typed, parts)
        if not after.top:
            raise _Missing("processed_after_count")
        yield from (over(before, after), saved, _PER_CENT)


def _given(bags: Sequence[_Bag], weight: Share, terms: Terms, rule: str) -> Amounts | None:
    if any(bag.available.top < 0 or not bag.mnc.top or not bag.cd3.top for bag in bags):
        return None
    mnc = _Reach([bag.available for bag in bags], [bag.mnc for bag in bags], together(terms.mnc_per_kg, weight))
    cd3 = _Reach([bag.available for bag in bags], [bag.cd3 for bag in bags], together(terms.cd3_per_kg, weight))
    reaches = {"mnc": [mnc], "cd3": [cd3]}.get(rule, [mnc, cd3])
    reached = [reach for reach in reaches if reach.bag < len(bags)]
    first = reached[0] if reached else None
    if len(reached) > 1 and (cd3.bag, order_of(cd3.part, mnc.part)) < (mnc.bag, 0):
        first = cd3
    taken = [_taken(place, bag.available, first) for place, bag in enumerate(bags)]
    volumes = tuple(_measured(volume, terms.steps) for volume in taken)
    return Amounts(
        volumes,
        _sum(volumes),
        over(_sum([together(volume, bag.mnc) for volume, bag in zip(volumes, bags, strict=True)]), weight),
        over(_sum([together(volume, bag.cd3) for volume, bag in zip(volumes, bags, strict=True)]), weight),
    )


class _Reach:
    """Where a number of cells is reached: ``bag`` (as many as there are if nowhere), and ``part`` of that bag in mL.

    Cells are counted in parts of one over a grain that fits all bags and the need, so that all of it is whole numbers.
    """

    def __init__(self, available: Sequence[Share], per_ml: Sequence[Share], cells: Share) -> None:
        held = [together(volume, cells) for volume, cells in zip(available, per_ml, strict=True)]
        grain = prod(one.bottom for one in held) * cells.bottom
        up_to = [0, *accumulate(one.top * (grain // one.bottom) for one in held)]
        needed = cells.top * (grain // cells.bottom)
        self.bag = bisect_left(up_to, needed, lo=1) - 1
        reached = self.bag < len(held)
        self.part = over(Share(needed - up_to[self.bag], grain), per_ml[self.bag]) if reached else Share(0, 1)


def _taken(place: int, available: Share, reach: _Reach | None) -> Share:
    if reach is None or place < reach.bag:
        return available
    return reach.part if place == reach.bag else Share(0, 1)


def _measured(volume: Share, steps: Sequence[tuple[Share, Share]]) -> Share:
    """As many whole steps as fit into ``volume``."""
    step = [size for start, size in steps if order_of(volume, start) >= 0][-1]
    count = volume.top * step.bottom // (volume.bottom * step.top)
    return Share(count * step.top, step.bottom)


def _sum(shares: Sequence[Share]) -> Share:
    bottom = prod(share.bottom for share in shares)
    return Share(sum(share.top * (bottom // share.bottom) for share in shares), bottom)
