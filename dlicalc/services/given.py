"""What was given of an order: typed texts in, one reading out, and of a reading one event for the records.

Paths are ``bags.N.…``; the bags of the order come first, then those that it does not name.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from dlicalc.domain.finding import Finding, Severity, review, worst_first
from dlicalc.domain.given import Bounds, Delivered, Fate, GivenBag, Ordered, delivered, given_findings, left
from dlicalc.domain.protocol import Protocol
from dlicalc.services.entry import problems_of
from dlicalc.services.given_order import Source
from dlicalc.services.numbers import decimal_text
from dlicalc.services.problem import Problem
from dlicalc.services.records import Event, EventKind
from dlicalc.services.typed_numbers import as_number

Texts = Mapping[str, str]
"""Path → what was typed there."""
MOST_BAGS: Final = 100
_VOLUMES: Final = ("given", "lost")
_WORDS: Final = ("din", "reaction", "reaction_text", "fate", "fate_text")
_MOMENTS: Final = ("started_at", "ended_at")
_BAG: Final = "bags"


class Reading(NamedTuple):
    """What could be read, what could not, what speaks against it, and the dose that it comes to."""

    bags: tuple[GivenBag, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    dose: Delivered | None
    left: tuple[Fraction | None, ...]
    """Of each bag of the order, the mL that can still be given."""

    @property
    def blocked(self) -> bool:
        """Whether it cannot be so, or cannot be read: nothing is recorded then."""
        return bool(self.problems) or any(finding.severity is Severity.STOP for finding in self.findings)

    @property
    def doubtful(self) -> bool:
        """Whether something must be explained by whoever records it."""
        return any(finding.severity is Severity.REVIEW for finding in self.findings)


def read_given(texts: Texts, count: int, source: Source, as_of: datetime, protocol: Protocol) -> Reading:
    """What the ``texts`` of ``count`` bags say about the order of ``source``."""
    bags, problems = [], []
    for place in range(count):
        bag, wrong = _read_bag(texts, f"{_BAG}.{place}")
        bags.append(bag)
        problems += wrong
    ordered = source.ordered
    problems += _known_bags(ordered, bags)
    unreadable = {problem.path for problem in problems}
    bounds = Bounds(protocol.dose.cd3_ceiling_per_kg.value, protocol.freshness.hours_to_infuse)
    findings = [*_of_order(source, bags), *given_findings(ordered, bags, as_of, bounds)]
    told = [finding for finding in findings if not any(path.startswith(finding.path) for path in unreadable)]
    dose = None if problems else delivered(ordered, bags)
    rests = tuple(left(of, bag) for of, bag in zip(ordered.bags, bags, strict=False))
    return Reading(tuple(bags), tuple(problems), worst_first(told), dose, rests)


def _read_bag(texts: Texts, path: str) -> tuple[GivenBag, list[Problem]]:
    """One bag with every unreadable entry unknown, and the problems of those."""
    document: dict[str, Any] = {name: texts.get(f"{path}.{name}") or None for name in (*_WORDS, *_MOMENTS)}
    for name in _VOLUMES:
        typed = texts.get(f"{path}.{name}.value", "")
        if typed:
            document[name] = {"value": as_number(typed), "unit": texts.get(f"{path}.{name}.unit") or None}
    try:
        return GivenBag.model_validate(document), []
    except ValidationError as error:
        problems = problems_of(error, GivenBag)
        for problem in problems:
            document[problem.path.partition(".")[0]] = None
        wrong = [problem._replace(path=f"{path}.{problem.path}") for problem in problems]
        return GivenBag.model_validate(document), wrong


def _known_bags(ordered: Ordered, bags: Sequence[GivenBag]) -> list[Problem]:
    """A bag that is said not to be of the order must not be of the order, nor stand there twice."""
    taken, problems = {_plain(bag.din) for bag in ordered.bags}, []
    for place, bag in enumerate(bags[len(ordered.bags) :], start=len(ordered.bags)):
        if bag.din is not None and _plain(bag.din) in taken:
            problems.append(Problem(f"{_BAG}.{place}.din", "given_bag_twice", {"text": bag.din}))
        taken.add(_plain(bag.din or ""))
    return problems


def _plain(din: str) -> str:
    return "".join(din.split()).upper()


def _of_order(source: Source, bags: Sequence[GivenBag]) -> list[Finding]:
    """What is odd about the order itself, for cells that were given by it."""
    if bags and all(bag.none_given for bag in bags):
        return []
    findings = [] if source.checked else [review("given.order-unchecked", "order")]
    if not source.agrees:
        findings.append(review("given.computed-otherwise", "order", software=str(source.evaluation.get("software"))))
    end, starts = source.ended, [bag.started_at for bag in bags if not bag.none_given and bag.started_at is not None]
    if end is not None and (not starts or any(start >= end.at for start in starts)):
        findings.append(review(f"given.order-{end.kind}", "order", moment=_iso(end.at) or ""))
    return findings


def given_event(source: Source, reading: Reading, *, by: str, remark: str, software: str) -> Event:
    """The entry for the records; of an order that has one already it corrects the earlier."""
    ordered = source.ordered
    details: dict[str, Any] = {"bags": [_told(place, source, reading) for place in range(len(reading.bags))]}
    if reading.dose is not None:
        details["volume_ml"] = decimal_text(reading.dose.volume)
        details["mnc_per_kg"] = str(reading.dose.mnc_per_kg)
        details["cd3_per_kg"] = str(reading.dose.cd3_per_kg)
    details["ordered"] = {
        "volume_ml": decimal_text(ordered.volume),
        "mnc_per_kg": str(ordered.mnc_per_kg),
        "cd3_per_kg": str(ordered.cd3_per_kg),
    }
    details["explained"] = sorted({finding.code for finding in reading.findings})
    if source.earlier is not None:
        details["corrects"] = source.earlier.stamp.sequence
    return Event(
        EventKind.GIVEN,
        by,
        software,
        order=ordered.number,
        day=day_of(reading.bags, ordered.planned_start),
        why=remark,
        case=source.case,
        evaluation=source.evaluation,
        details=details,
        protocol=str((source.evaluation.get("protocol") or {}).get("digest", "")),
    )


def day_of(bags: Sequence[GivenBag], planned: datetime | None) -> date | None:
    """The day on which the first cells ran; where nobody says, the day that was planned."""
    starts = [bag.started_at for bag in bags if bag.started_at is not None]
    first = min(starts) if starts else planned
    return None if first is None else first.date()


def _told(place: int, source: Source, reading: Reading) -> dict[str, Any]:
    bag, bags = reading.bags[place], source.ordered.bags
    of = bags[place] if place < len(bags) else None
    rest = reading.left[place] if of is not None else None
    return {
        "din": bag.din if of is None else of.din,
        "product": None if of is None else of.product,
        "product_code": None if of is None else of.code,
        "ordered_ml": None if of is None else decimal_text(of.ordered),
        "given_ml": None if bag.given is None else _number(bag.given),
        "started_at": _iso(bag.started_at),
        "ended_at": _iso(bag.ended_at),
        "reaction": bag.reaction,
        "reaction_text": bag.reaction_text,
        "remainder": bag.fate,
        "remainder_text": bag.fate_text,
        "lost_ml": None if bag.lost is None else _number(bag.lost),
        "left_ml": None if rest is None else str(rest),
    }


def _number(volume: Any) -> str:
    text: str = volume.value.text
    return text


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")


_RECORDED: Final[Mapping[str, str]] = {
    "din": "din",
    "given_ml": "given.value",
    "started_at": "started_at",
    "ended_at": "ended_at",
    "reaction": "reaction",
    "reaction_text": "reaction_text",
    "remainder": "fate",
    "remainder_text": "fate_text",
    "lost_ml": "lost.value",
}


def texts_of(source: Source) -> tuple[dict[str, str], int]:
    """What was recorded before, as it was typed, and of how many bags; nothing where nothing was recorded."""
    event = None if source.earlier is None else source.earlier.event
    bags: Sequence[Mapping[str, Any]] = () if event is None else event.details.get("bags") or ()
    texts: dict[str, str] = {}
    for place, bag in enumerate(bags):
        for name, entry in _RECORDED.items():
            if isinstance(bag.get(name), str) and not (name == "din" and place < len(source.ordered.bags)):
                texts[f"{_BAG}.{place}.{entry}"] = bag[name]
                if entry.endswith(".value"):
                    texts[f"{_BAG}.{place}.{entry.removesuffix('value')}unit"] = "mL"
    return texts, max(len(bags), len(source.ordered.bags))


FATES: Final[tuple[Fate, ...]] = ("nothing-left", "discarded", "returned", "stored", "refrozen", "other")
