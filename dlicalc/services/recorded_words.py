"""What the records know of the recipient and the bags of the open case, in words for page, banner and paper."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from dlicalc.domain.case import Case
from dlicalc.domain.dose import Dose
from dlicalc.domain.given import GONE
from dlicalc.services.numbers import decimal_text, millions
from dlicalc.services.order_text import bag_number, millilitres, moment_text, unsplit
from dlicalc.services.recorded import Before, Doubt, Recorded
from dlicalc.services.sheet import Field, Fields, OnPaper
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say
from dlicalc.services.wording import order as paper
from dlicalc.services.wording.reprint import GIVEN


class Weight(Enum):
    """How much a line asks of the reader."""

    QUIET = auto()
    NOTE = auto()
    REVIEW = auto()


class Line(NamedTuple):
    """A text and how much it asks."""

    weight: Weight
    text: str


class StockLine(NamedTuple):
    """What stands beneath the volume of a bag: a line, and the number that can be entered (empty: none)."""

    line: Line
    offer: str
    act: str


def before_line(snapshot: Snapshot, words: Words) -> Line | None:
    """What the recipient of the open case was given before; ``None`` while there is nothing to look up."""
    recorded, mrn = snapshot.recorded, snapshot.case.recipient.mrn
    if recorded is None or not mrn:
        return None
    before = recorded.before(mrn, _in_hand(snapshot))
    if before is not None:
        if not before.infusions:
            return Line(Weight.QUIET, words(say.NONE_BEFORE))
        return Line(Weight.NOTE, " ".join(before_sentences(before, snapshot.evaluation.dose, words)))
    if recorded.problem is None:
        return None
    return Line(Weight.REVIEW, words(say.NOT_LOOKED_UP, reason=words.problem(recorded.problem)))


def _in_hand(snapshot: Snapshot) -> str:
    """The number of the order whose own infusion comes after itself; one that has ended makes room for another."""
    return "" if snapshot.order.ended is not None else snapshot.order.number


def given_text(recorded: Recorded, case: Case, order: str, words: Words) -> str:
    """That this very ``order`` was given, and is not to be given again; empty if nothing of it is recorded."""
    entry = recorded.given(case.recipient.mrn, order)
    return "" if entry is None else words(GIVEN, given=moment_text(entry.at))


def before_sentences(before: Before, dose: Dose | None, words: Words) -> Iterator[str]:
    """How many infusions, when, how much in total, and with this order; those without figures are named."""
    days = ", ".join(one.day for one in before.infusions)
    yield words(say.BEFORE, count=before.total.infusions, days=days)
    if before.any_known:
        least, mnc, cd3 = bool(before.unknown), before.total.mnc_per_kg, before.total.cd3_per_kg
        yield words(say.TOTAL_AT_LEAST if least else say.TOTAL, mnc=millions(mnc), cd3=millions(cd3))
        if dose is not None:
            texts = {"mnc": millions(mnc + dose.mnc_per_kg), "cd3": millions(cd3 + dose.cd3_per_kg)}
            yield words(say.WITH_ORDER_AT_LEAST if least else say.WITH_ORDER, **texts)
    if before.unknown:
        yield words(say.UNKNOWN, named=", ".join(f"{one.day} ({one.order})" for one in before.unknown))


def banner_text(snapshot: Snapshot, words: Words) -> str | None:
    """How often and how much, in the few words of the banner; ``None`` if nothing was given before."""
    recorded = snapshot.recorded
    before = None if recorded is None else recorded.before(snapshot.case.recipient.mrn, _in_hand(snapshot))
    if before is None or not before.infusions:
        return None
    count = before.total.infusions
    if not before.any_known:
        return words(say.BANNER_NO_FIGURES, count=count)
    sentence = say.BANNER_AT_LEAST if before.unknown else say.BANNER_TEXT
    return words(sentence, count=count, cd3=millions(before.total.cd3_per_kg))


def stock_line(snapshot: Snapshot, place: int, words: Words) -> StockLine | None:
    """What the records say of the bag at ``place``; ``None`` if they do not know it."""
    recorded = snapshot.recorded
    if recorded is None:
        return None
    doubts = recorded.doubts(snapshot.case, _in_hand(snapshot))
    doubt = next((one for one in doubts if one.place == place), None)
    if doubt is None:
        return None
    offer = None if doubt.typed is not None else doubt.left.offer
    text = "" if offer is None else decimal_text(offer)
    weight = Weight.REVIEW if doubt.contradicts or doubt.left.volume is None else Weight.NOTE
    act = "" if offer is None else words(say.TAKE, volume=millilitres(offer))
    return StockLine(Line(weight, doubt_text(doubt, words)), text, act)


def doubt_text(doubt: Doubt, words: Words, between: str = " ") -> str:
    """What the records say of one bag, and what was written down about its rest."""
    left = doubt.left
    params = {"day": left.day, "number": left.order}
    if left.gone:
        used_up = left.fate not in GONE
        text = words(say.LEFT_USED_UP, **params) if used_up else words(say.LEFT_GONE, fate=left.fate, **params)
    elif left.volume is None:
        text = words(say.LEFT_NOT_KNOWN, **params)
    else:
        sentence = say.ABOVE_LEFT if doubt.contradicts else say.LEFT
        text = words(sentence, volume=millilitres(left.volume), fate=left.fate, **params)
    frozen = (words(say.FROZEN_AGAIN),) if left.fate == "refrozen" else ()
    return between.join((text, *frozen, *((left.text,) if left.text else ())))


def contradictions(recorded: Recorded, case: Case, order: str, words: Words) -> tuple[str, ...]:
    """Of each bag of which more is entered than was left, what the records say."""
    return tuple(
        f"{unsplit(words(paper.BAG, bag=doubt.place + 1))}: {doubt_text(doubt, words)}"
        for doubt in recorded.doubts(case, order)
        if doubt.contradicts
    )


def on_paper(recorded: Recorded, case: Case, dose: Dose | None, order: str, words: Words) -> OnPaper:
    """What the records know of the recipient and the bags of an order."""
    fields = []
    before = recorded.before(case.recipient.mrn, order)
    if before is not None and before.infusions:
        fields.append(Field(words(say.BEFORE_FIELD), "\n".join(before_sentences(before, dose, words))))
    elif before is None and recorded.problem is not None:
        reason = words.problem(recorded.problem)
        fields.append(Field(words(say.BEFORE_FIELD), words(say.NOT_LOOKED_UP, reason=reason)))
    for doubt in (one for one in recorded.doubts(case, order) if not one.contradicts):
        label = f"{unsplit(words(paper.BAG, bag=doubt.place + 1))}, {bag_number(case.products[doubt.place], words)}"
        fields.append(Field(label, doubt_text(doubt, words, "\n")))
    section = Fields(words(say.SECTION), tuple(fields)) if fields else None
    given = given_text(recorded, case, order, words)
    return OnPaper(section, (*((given,) if given else ()), *contradictions(recorded, case, order, words)))
