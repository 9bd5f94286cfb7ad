"""How the cells of this order are given: what the site writes, with the rates reckoned for this volume."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.quantity import exact
from dlicalc.domain.site import Giving, Site, Speed
from dlicalc.services.order_text import BLANK
from dlicalc.services.sheet import Administration, Field
from dlicalc.services.wording import Words
from dlicalc.services.wording import paper as say

Kind = Literal["fresh", "cryopreserved"]
_KINDS: Final[tuple[Kind, ...]] = ("fresh", "cryopreserved")
_LONGEST_IN_MINUTES: Final = 120


def filter_in_use(case: Case, site: Site) -> str | None:
    """The filter that was chosen for this order, else the site's; ``None`` if nobody has chosen one."""
    return case.infusion.filter or site.administration.filter


def administration(case: Case, evaluation: Evaluation, site: Site, words: Words) -> Administration:
    """The block of page 1, and what of it may stand on page 2 where there is no room."""
    given, chosen = site.administration, filter_in_use(case, site)
    kinds = _kinds(case, evaluation)
    rates: list[Field] = []
    for kind in kinds:
        volume = _volume(kind, case, evaluation)
        rates += _rates(kind, _giving(kind, site).speed, volume, words, alone=len(kinds) == 1)
    hours = evaluation.protocol.freshness.hours_to_infuse
    first = (
        Field(words(say.FILTER), words.term(chosen) if chosen else words(say.FILTER_OPEN)),
        Field(words(say.TIME_LIMIT), words(say.WITHIN, hours=hours)),
        *(_observations(kind, kinds, site, words) for kind in kinds),
        Field(words(say.STOP_RULES), words.site(given.stop_rules.by_language)),
    )
    rest = tuple(
        Field(words(label), words.site(text.by_language))
        for label, text in (
            (say.PREMEDICATION, given.premedication),
            (say.ROUTE, given.route),
            (say.ACCESS, given.access),
            (say.FLUSH, given.flush),
            (say.BEDSIDE, given.bedside),
        )
    )
    return Administration(
        words(say.ADMINISTRATION), _vouched(site, words), tuple(rates), first, rest, words(say.MORE_ELSEWHERE)
    )


def _kinds(case: Case, evaluation: Evaluation) -> tuple[Kind, ...]:
    """Kinds of the bags that are given; both, where a bag does not say."""
    orders = evaluation.dose.bags if evaluation.dose else ()
    used = [case.products[order.product].state for order in orders if order.volume > 0]
    states = set(used or [product.state for product in case.products])
    return _KINDS if None in states or not states else tuple(kind for kind in _KINDS if kind in states)


def _giving(kind: Kind, site: Site) -> Giving:
    given = site.administration
    return given.fresh if kind == "fresh" else given.cryopreserved


def _rates(kind: Kind, speed: Speed, volume: Fraction | None, words: Words, *, alone: bool) -> Iterator[Field]:
    first = say.FIRST_OF[kind] if not alone else say.RATE if speed.ml_per_h is None else say.FIRST
    yield Field(words(first), _start(speed, words))
    if speed.ml_per_h is not None:
        yield Field(words(say.THEN), _then(speed, words))
    minutes = speed.minutes_for(volume) if volume is not None else None
    if volume is not None and minutes is not None:
        takes = say.TAKES if alone else say.TAKES_OF[kind]
        yield Field(words(takes), words(say.ABOUT, duration=_duration(minutes)))


def _duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if minutes <= _LONGEST_IN_MINUTES else f"{hours} h {rest} min" if rest else f"{hours} h"


def _start(speed: Speed, words: Words) -> str:
    text = words.site(speed.words.by_language)
    if speed.start_ml_per_h is None or speed.start_minutes is None:
        return text
    rate, minutes = exact(speed.start_ml_per_h), exact(speed.start_minutes)
    return f"{words(say.START_RATE, rate=rate, minutes=minutes)}\n{text}"


def _then(speed: Speed, words: Words) -> str:
    rates = ((say.THEN_RATE, speed.ml_per_h), (say.MOST_RATE, speed.max_ml_per_h))
    return "\n".join(words(sentence, rate=exact(rate)) for sentence, rate in rates if rate is not None)


def _volume(kind: Kind, case: Case, evaluation: Evaluation) -> Fraction | None:
    """Volume of the bags of this kind, unless a bag does not say what it is."""
    dose = evaluation.dose
    if dose is None or any(case.products[order.product].state is None for order in dose.bags if order.volume > 0):
        return None
    volumes = [order.volume for order in dose.bags if case.products[order.product].state == kind]
    return sum(volumes, Fraction(0)) or None


def _observations(kind: Kind, kinds: tuple[Kind, ...], site: Site, words: Words) -> Field:
    label = say.OBSERVATIONS if len(kinds) == 1 else say.OBSERVATIONS_OF[kind]
    return Field(words(label), words.site(_giving(kind, site).observations.by_language))


def _vouched(site: Site, words: Words) -> str:
    origin = site.site
    if not origin.confirmed:
        return words(say.UNCONFIRMED)
    assert origin.confirmed_on is not None
    by, day = origin.confirmed_by or "", origin.confirmed_on.isoformat()
    if origin.checked_by is None or origin.checked_on is None:
        return words(say.CONFIRMED, by=by, day=day)
    second_day = origin.checked_on.isoformat()
    return words(say.CONFIRMED_BY_TWO, by=by, day=day, second=origin.checked_by, second_day=second_day)


def site_fields(site: Site, words: Words) -> tuple[Field, ...]:
    """Where the instructions come from, for the last section of the basis."""
    name = site.site.name
    vouched = _vouched(site, words)
    return (
        Field(words(say.SITE), f"{name}: {vouched}" if name else vouched),
        Field(words(say.SITE_DIGEST), site.digest),
    )


def by_hand(words: Words) -> tuple[Field, ...]:
    """What the case has no field for, and the laboratory writes on the paper."""
    return tuple(Field(words(label), BLANK) for label in say.BY_HAND_FIELDS)
