"""The bags as the product page shows them: a line for each, the worked sum of one, the questions about its counts.

Figures of a bag are left out while an entry that moves them cannot be read: what is computed without that entry
would be a wrong number that looks right.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.domain.bags import BagContent
from dlicalc.domain.dosing import moves_dose
from dlicalc.domain.finding import Finding, Severity
from dlicalc.domain.product import UNKNOWN_PRODUCT, Product
from dlicalc.domain.step import Step
from dlicalc.services.numbers import millions, shown
from dlicalc.services.order_text import NOTHING, bag_number, millilitres
from dlicalc.services.pages import PageState, says_missing
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording import product_page as say
from dlicalc.services.wording.window import UNREADABLE

_LISTED: Final = "products"
_DOSE: Final = "dose."
_UNREADABLE: Final = "entry.unreadable"
_PERCENT: Final = "%"
_NUMBER: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{0,4})?")
"""What of a typed percentage is repeated in a question."""
_HOURS_COUNT: Final = 10
"""Days up to which hours are worth saying."""
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


class Mark(Enum):
    """How much a text asks of the reader; shown as a sign, and said in the text's own words."""

    STOP = auto()
    REVIEW = auto()
    NOTE = auto()
    GOOD = auto()
    EMPTY = auto()


class Marked(NamedTuple):
    """A text and its mark."""

    mark: Mark
    text: str


class BagLine(NamedTuple):
    """One bag in words."""

    place: str
    number: str
    state: str
    available: str
    take: str
    mnc: str
    cd3: str
    age: str
    expiry: Marked
    finding: Marked


COLUMNS: Final = (
    say.COLUMN_BAG, say.COLUMN_NUMBER, say.COLUMN_STATE, say.COLUMN_AVAILABLE, say.COLUMN_TAKE, say.COLUMN_MNC,
    say.COLUMN_CD3, say.COLUMN_AGE, say.COLUMN_EXPIRY, say.COLUMN_FINDING,
)  # fmt: skip
"""What each part of a line is called."""


class Working(NamedTuple):
    """The sum of one bag: its steps with their results, and what must be said of them, if anything."""

    steps: tuple[tuple[str, str], ...]
    remark: Marked | None


class CountParts(NamedTuple):
    """Which further parts of a count are asked: its denominator, its dilution."""

    of: bool
    dilution: bool


def bag_count(snapshot: Snapshot) -> int:
    """How many bags were entered, readable or not."""
    return len(snapshot.document.get(_LISTED) or ())


def bag_lines(snapshot: Snapshot, words: Words) -> tuple[BagLine, ...]:
    """One line per bag, in the order of giving."""
    findings = _findings_by_bag(snapshot)
    dose = snapshot.evaluation.dose
    volumes = {} if dose is None else {order.product: order.volume for order in dose.bags}
    return tuple(
        _line(snapshot, index, findings[index], volumes.get(index), words) for index in range(bag_count(snapshot))
    )


def _findings_by_bag(snapshot: Snapshot) -> list[list[Finding]]:
    """The findings of each bag, worst first; that the whole list cannot be read concerns every bag."""
    by_bag: list[list[Finding]] = [[] for _ in range(bag_count(snapshot))]
    for finding in snapshot.evaluation.findings:
        head, *rest = finding.path.split(".")
        if head == _LISTED and (rest or finding.code == _UNREADABLE):
            for own in [by_bag[int(rest[0])]] if rest else by_bag:
                own.append(finding)
    return by_bag


def _line(
    snapshot: Snapshot, index: int, findings: Sequence[Finding], volume: Fraction | None, words: Words
) -> BagLine:
    product, content = _product(snapshot, index), _content(snapshot, index, findings)
    cells = content.cells
    return BagLine(
        place=str(index + 1),
        number=bag_number(product, words),
        state=NOTHING if product.state is None else words.term(product.state),
        available=millilitres(content.available),
        take=millilitres(volume),
        mnc=NOTHING if cells is None else millions(cells.mnc),
        cd3=NOTHING if cells is None else millions(cells.cd3),
        age=_age(product, snapshot.evaluation.as_of, words),
        expiry=_expiry(snapshot, index, findings, words),
        finding=_worst(findings, words),
    )


def _product(snapshot: Snapshot, index: int) -> Product:
    products = snapshot.case.products
    return products[index] if index < len(products) else UNKNOWN_PRODUCT


def _content(snapshot: Snapshot, index: int, findings: Iterable[Finding]) -> BagContent:
    """What the bag holds; nothing while an entry that moves it cannot be read."""
    if any(finding.code == _UNREADABLE and moves_dose(finding.path) for finding in findings):
        return BagContent(None, None)
    return snapshot.evaluation.bags[index]


def span(time: timedelta, words: Words) -> str:
    """A span of time as ``18 h 30 min`` or ``1 day 4 h``; what is finer is cut off."""
    days, rest = divmod(time, _DAY)
    hours, minutes = rest // _HOUR, rest % _HOUR // _MINUTE
    parts = [(say.DAY if days == 1 else say.DAYS, days), (say.HOURS, hours), (say.MINUTES, minutes)]
    fine = parts[:1] if days >= _HOURS_COUNT else parts[:2] if days else parts[1:]
    said = [words.translate(sentence).format(count=f"{count:,}") for sentence, count in fine if count]
    return " ".join(said) or words(say.UNDER_A_MINUTE)


def _age(product: Product, as_of: datetime, words: Words) -> str:
    if product.collected_at is None:
        return NOTHING
    if product.collected_at > as_of:
        return words(say.AHEAD)
    return span(as_of - product.collected_at, words)


def _expiry(snapshot: Snapshot, index: int, findings: Sequence[Finding], words: Words) -> Marked:
    """The clock of a bag, marked by what the findings say of its expiry."""
    path = f"{_LISTED}.{index}.expires_at"
    own = [finding for finding in findings if finding.path == path]
    mark = _mark(own[0]) if own else Mark.GOOD
    expiry = _product(snapshot, index).expires_at
    if expiry is not None:
        return Marked(mark, _clock(expiry, snapshot.case.infusion.planned_start, snapshot.evaluation.as_of, words))
    unreadable = any(finding.code == _UNREADABLE for finding in own)
    return Marked(Mark.STOP if unreadable else Mark.EMPTY, words(UNREADABLE if unreadable else say.EXPIRY_UNKNOWN))


def _clock(expiry: datetime, start: datetime | None, as_of: datetime, words: Words) -> str:
    if expiry <= as_of:
        return words.translate(say.EXPIRED).format(time=span(as_of - expiry, words))
    if start is not None and expiry == start:
        return words(say.EXPIRES_AT_START)
    if start is not None and expiry < start:
        return words.translate(say.EXPIRES_BEFORE_START).format(time=span(start - expiry, words))
    return words.translate(say.EXPIRES_IN).format(time=span(expiry - as_of, words))


def _mark(finding: Finding) -> Mark:
    if finding.blocks:
        return Mark.EMPTY if says_missing(finding) else Mark.STOP
    return Mark.NOTE if finding.severity is Severity.NOTE else Mark.REVIEW


def _worst(findings: Sequence[Finding], words: Words) -> Marked:
    """The finding that asks most of the reader; what is wrong comes before what is not yet entered."""
    if not findings:
        return Marked(Mark.GOOD, words(say.NO_DOUBT))
    worst = next((finding for finding in findings if _mark(finding) is Mark.STOP), findings[0])
    return Marked(
        _mark(worst), words.translate(say.MARKED).format(word=_word(worst, words), sentence=words.finding(worst))
    )


def _word(finding: Finding, words: Words) -> str:
    if finding.ruling is not None:
        return words.term("decided").upper()
    missing = _mark(finding) is Mark.EMPTY
    return (words(PageState.INCOMPLETE.value) if missing else words.term(finding.severity.label)).upper()


def most_steps(snapshot: Snapshot) -> int:
    """The number of steps of the bag that has most."""
    counts = [0] * (bag_count(snapshot) + 1)
    for step in _bag_steps(snapshot):
        counts[_bag_of(step)] += 1
    return max(counts) + 1


def _bag_steps(snapshot: Snapshot) -> Iterable[Step]:
    return (step for step in snapshot.evaluation.steps if not step.code.startswith(_DOSE))


def _bag_of(step: Step) -> int:
    number = step.params["bag"]
    assert isinstance(number, int)  # the place of a bag, counted from 1
    return number


def working(snapshot: Snapshot, index: int, words: Words) -> Working:
    """How concentrations and volume of the bag at ``index`` are computed."""
    findings = _findings_by_bag(snapshot)[index]
    if any(finding.code == _UNREADABLE and moves_dose(finding.path) for finding in findings):
        return Working((), Marked(Mark.STOP, words(say.STEPS_UNREADABLE)))
    content = snapshot.evaluation.bags[index]
    steps = [(words.step(step), words.step_result(step)) for step in _bag_steps(snapshot) if _bag_of(step) == index + 1]
    steps += _available(_product(snapshot, index), index, content, words)
    return Working(tuple(steps), _remark(steps, content, findings, words))


def _available(product: Product, index: int, content: BagContent, words: Words) -> list[tuple[str, str]]:
    if content.available is None or product.withheld is None:
        return []
    volume = shown(content.available + product.withheld.exact)
    withheld = words.entered(product.withheld.as_entered)
    sentence = words.translate(say.AVAILABLE).format(bag=index + 1, volume=volume, withheld=withheld)
    return [(sentence, millilitres(content.available))]


def _remark(steps: Sequence[object], content: BagContent, findings: Sequence[Finding], words: Words) -> Marked | None:
    if content.cells is not None:
        return None
    counts = [finding for finding in findings if finding.blocks and ".counts" in finding.path]
    if not steps or not counts:
        return Marked(Mark.EMPTY, words(say.NO_STEPS))
    worst = next((finding for finding in counts if _mark(finding) is Mark.STOP), counts[0])
    return Marked(_mark(worst), words.translate(say.NO_CONCENTRATION).format(reason=words.finding(worst)))


def count_parts(unit: str, of: str, dilution: str) -> CountParts:
    """What is asked of a count in this unit; what was typed already stays in sight, needed or not."""
    return CountParts(of=bool(of) or unit in ("", _PERCENT), dilution=bool(dilution) or unit != _PERCENT)


def assumed_denominator(unit: str, of: str, words: Words) -> str:
    """What is said of a percentage without its only possible denominator; empty if there is nothing to say."""
    return words(say.DENOMINATOR_ASSUMED) if unit == _PERCENT and not of else ""


def cd3_question(value: str, unit: str, words: Words) -> str:
    """The question for the denominator of CD3⁺, with the percentage that was typed."""
    if unit == _PERCENT and _NUMBER.fullmatch(value):
        return words.translate(say.CD3_QUESTION).format(share=value)
    return words(say.FIELDS["products.counts.cd3.of"])
