"""What was given, what was given before, and what is left, in words."""

from fractions import Fraction
from typing import NamedTuple

from dlicalc.domain.finding import Finding
from dlicalc.domain.quantity import per_cent
from dlicalc.services.given import Reading
from dlicalc.services.given_order import Source
from dlicalc.services.numbers import millions, percent_shown
from dlicalc.services.order_text import NOTHING, millilitres, moment_text
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say


class DoseRow(NamedTuple):
    """One quantity: ordered, given, and the difference in words."""

    what: str
    ordered: str
    given: str
    difference: str


def finding_words(finding: Finding, words: Words) -> str:
    """The sentence of a finding about what was given."""
    return words.fill(say.FINDINGS[finding.code], finding.params)


def order_line(source: Source, words: Words) -> str:
    """Whose order it is, the weight that it is for, and what it orders."""
    recipient = source.case.get("recipient") or {}
    weight = recipient.get("weight") or {}
    return words(
        say.OF_ORDER,
        number=source.ordered.number,
        name=recipient.get("name") or words(say.NO_NAME),
        mrn=recipient.get("mrn") or NOTHING,
        weight=words.entered(f"{weight.get('value')} {weight.get('unit')}"),
        volume=millilitres(source.ordered.volume),
    )


def earlier_line(source: Source, words: Words) -> str:
    """That something was recorded before, by whom and when; nothing if nothing was."""
    entry = source.earlier
    if entry is None:
        return ""
    by = NOTHING if entry.event is None else entry.event.who
    return words(say.EARLIER, at=moment_text(entry.at), by=by)


def bag_heading(source: Source, place: int, words: Words) -> str:
    """Which bag the entries at ``place`` are about."""
    bags = source.ordered.bags
    if place >= len(bags):
        return words(say.OTHER_BAG)
    bag = bags[place]
    volumes = {"ordered": millilitres(bag.ordered), "held": millilitres(bag.held)}
    return words(say.BAG, bag=bag.product + 1, din=bag.din or NOTHING, **volumes)


def dose_rows(source: Source, reading: Reading, words: Words) -> tuple[DoseRow, ...]:
    """What was ordered beside what was given; a dash where that is not known."""
    ordered, dose = source.ordered, reading.dose
    return (
        _row(words(say.VOLUME), ordered.volume, dose and dose.volume, words, cells=False),
        _row(words(say.MNC), ordered.mnc_per_kg, dose and dose.mnc_per_kg, words, cells=True),
        _row(words(say.CD3), ordered.cd3_per_kg, dose and dose.cd3_per_kg, words, cells=True),
    )


def _row(what: str, ordered: Fraction, given: Fraction | None, words: Words, *, cells: bool) -> DoseRow:
    if given is None:
        return DoseRow(what, _amount(ordered, cells=cells), NOTHING, "")
    difference = _difference(ordered, given, words, cells=cells)
    return DoseRow(what, _amount(ordered, cells=cells), _amount(given, cells=cells), difference)


def _amount(value: Fraction, *, cells: bool) -> str:
    return f"{millions(value)}/kg" if cells else millilitres(value)


def _difference(ordered: Fraction, given: Fraction, words: Words, *, cells: bool) -> str:
    if given == ordered:
        return words(say.AS_ORDERED)
    apart = abs(given - ordered)
    percent = percent_shown(per_cent(apart, ordered)) if ordered else NOTHING
    sentence = say.LESS if given < ordered else say.MORE
    return words(sentence, amount=_amount(apart, cells=cells), percent=percent)


def rest_lines(source: Source, reading: Reading, words: Words) -> tuple[str, ...]:
    """What is left of each bag of the order."""
    return tuple(
        _rest(bag.product + 1, rest, words) for bag, rest in zip(source.ordered.bags, reading.left, strict=True)
    )


def _rest(bag: int, rest: Fraction | None, words: Words) -> str:
    if rest is None:
        return words(say.LEFT_UNKNOWN, bag=bag)
    return words(say.REST, bag=bag, volume=millilitres(rest)) if rest else words(say.NO_REST, bag=bag)
