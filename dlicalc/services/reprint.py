"""An order printed again from the records: what it was, and in what today's program would print another.

What was evaluated when it was printed is held against the same case evaluated today. Where every number and verdict
is the same, today's drawing is the copy; where anything differs, it is the sheet that was kept, and page 1 says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final, NamedTuple

from dlicalc.services.numbers import shown
from dlicalc.services.order_sheet import marks_of
from dlicalc.services.order_text import moment_text, short_digest, unsplit
from dlicalc.services.recorded_order import RecordedOrder
from dlicalc.services.sheet import Administration, Notice, Reprint, Sheet, Table
from dlicalc.services.wording import Words
from dlicalc.services.wording import reprint as say
from dlicalc.services.wording.terms import CRITERIA, TERMS

Document = Mapping[str, Any]
_NUMBER: Final = re.compile(r"\d[\d.,]*")
_UNSAID: Final = frozenset(
    {"text", "source", "message", "id", "code", "path", "decision", "decidable", "protocol_limit"}
)
"""Words about a number, not the number; or what tells one entry from another."""
_APART: Final = frozenset({"format", "protocol", "as_of", "software", "site"})
"""Who made the evaluation and when: said apart from what came of it."""


_URGENT: Final = ("dose.ordered_volume_ml", "bag.volume_ml", "dose.mnc_per_kg", "dose.cd3_per_kg")
MOST_ON_PAGE_1: Final = 4
"""Differences told on page 1; the basis has them all."""


class Difference(NamedTuple):
    """One part that is not as it was: its kind in :data:`say.PARTS`, what names it, and both texts."""

    part: str
    names: Mapping[str, str]
    before: str | None
    after: str | None


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """In what two evaluations of one case differ: every number and every verdict, not their wording."""
    first, second = dict(_parts(before)), dict(_parts(after))
    keys = [*first, *(key for key in second if key not in first)]
    found = (_said(key, first, second) for key in keys if _value(first.get(key)) != _value(second.get(key)))
    return tuple(sorted((one for one in found if not _goes_without_saying(one)), key=_urgency))


def _goes_without_saying(difference: Difference) -> bool:
    """Of a finding that is there only once, the finding itself says it all."""
    alone = difference.before is None or difference.after is None
    return alone and difference.part in ("finding.severity", "finding.decided_by")


def _urgency(difference: Difference) -> int:
    """What is given and at what dose comes first; page 1 has room for little more."""
    return _URGENT.index(difference.part) if difference.part in _URGENT else len(_URGENT)


class _Part(NamedTuple):
    """A value of an evaluation; ``compared`` stands for it where its words may change."""

    names: Mapping[str, str]
    value: str | None
    compared: tuple[str, ...] | None = None


_Key = tuple[str, str]


def _value(part: _Part | None) -> object:
    return part and (part.value if part.compared is None else part.compared)


def _said(key: _Key, before: Mapping[_Key, _Part], after: Mapping[_Key, _Part]) -> Difference:
    old, new = before.get(key), after.get(key)
    names = (new or old or _Part({}, None)).names
    return Difference(key[0], names, old and old.value, new and new.value)


def _parts(evaluation: Document) -> Iterator[tuple[_Key, _Part]]:
    for name, value in evaluation.items():
        if name in _APART:
            continue
        if name == "findings":
            yield from _findings(value)
        elif isinstance(value, Mapping):
            yield from _section(name, value)
        else:
            yield (_known(name), name), _Part({"label": name}, _text(value))


def _section(section: str, values: Document) -> Iterator[tuple[_Key, _Part]]:
    for name, value in values.items():
        path = f"{section}.{name}"
        if name in ("bags", "steps"):
            for number, entry in enumerate(value, start=1):
                yield from _entry(name[:-1], str(number), {"number": str(number)}, entry)
        elif name == "criteria":
            for entry in value:
                yield from _entry("criterion", entry["id"], {"criterion": entry["id"]}, entry)
        else:
            yield (_known(path), path), _Part({"label": path}, _text(value))


def _findings(findings: Sequence[Document]) -> Iterator[tuple[_Key, _Part]]:
    """Findings with one code at one place are told apart by their turn."""
    seen: dict[tuple[str, str], int] = {}
    for entry in findings:
        place = entry["code"], entry["path"]
        seen[place] = seen.get(place, 0) + 1
        key = f"{place[0]} {place[1]} {seen[place]}"
        message = str(entry["message"])
        yield ("finding.message", key), _Part({}, message, tuple(_NUMBER.findall(message)))
        yield from _entry("finding", key, {"finding": message}, entry)


def _entry(kind: str, key: str, names: Mapping[str, str], entry: Document) -> Iterator[tuple[_Key, _Part]]:
    for name, value in entry.items():
        if name not in _UNSAID:
            path = f"{kind}.{name}"
            yield (_known(path), f"{key} {name}"), _Part({"label": path, **names}, _text(value))


def _known(path: str) -> str:
    return path if path in say.PARTS else "other"


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def giving_differences(before: Administration, after: Administration) -> tuple[Difference, ...]:
    """In what the site gives cells otherwise than it did; a field that is not there any more is one of them."""
    first, second = _fields(before), _fields(after)
    labels = [*first, *(label for label in second if label not in first)]
    return tuple(
        Difference("giving", {"label": label}, first.get(label), second.get(label))
        for label in labels
        if first.get(label) != second.get(label)
    )


def _fields(giving: Administration) -> dict[str, str]:
    fields = {field.label: field.value for field in (*giving.rates, *giving.first, *giving.rest)}
    return {giving.heading: giving.vouched, **fields}


class Today(NamedTuple):
    """By what, and when, an order is printed again."""

    software: str
    protocol: str
    at: datetime


def same_notice(recorded: RecordedOrder, today: Today, words: Words) -> Reprint:
    """What a copy says of itself that today's program draws as the original was drawn."""
    items = [*_given(recorded, words), words(say.SAME)]
    if (recorded.software, recorded.protocol) != (today.software, today.protocol):
        items.append(
            words(
                say.MADE_BY,
                software=recorded.software,
                protocol=short_digest(recorded.protocol),
                today=today.software,
                now=short_digest(today.protocol),
            )
        )
    if recorded.sheet is None:
        items.append(words(say.SITE_NOT_KEPT))
    return Reprint(Notice(_heading(recorded, today, words), tuple(items)), loud=recorded.given_at is not None)


def original_again(
    sheet: Sheet, recorded: RecordedOrder, today: Today, found: Sequence[Difference], words: Words
) -> Sheet:
    """The kept ``sheet`` to the letter, but for the marks of its state, and for what it says of the differences."""
    texts = [difference_texts(difference, words) for difference in found]
    origin = words(
        say.IS_ORIGINAL,
        original=moment_text(recorded.printed_at),
        software=recorded.software,
        protocol=short_digest(recorded.protocol),
    )
    lines = [say.LINE.format(what=what, before=before, after=after) for what, before, after in texts]
    more = [words(say.MORE, count=len(lines) - MOST_ON_PAGE_1)] if len(lines) > MOST_ON_PAGE_1 else []
    items = (_heading(recorded, today, words), *_given(recorded, words), origin, *lines[:MOST_ON_PAGE_1], *more)
    table = Table(words(say.TABLE), tuple(words(column) for column in say.COLUMNS), tuple(texts))
    return sheet._replace(
        **marks_of(recorded.order, words)._asdict(),
        made_at=today.at,
        reprint=Reprint(Notice(words(say.DIFFERS), items), loud=True),
        sections=(table, *sheet.sections),
    )


def _given(recorded: RecordedOrder, words: Words) -> list[str]:
    return [] if recorded.given_at is None else [words(say.GIVEN, given=moment_text(recorded.given_at))]


def _heading(recorded: RecordedOrder, today: Today, words: Words) -> str:
    return words(say.HEADING, again=moment_text(today.at), original=moment_text(recorded.printed_at))


def difference_texts(difference: Difference, words: Words) -> tuple[str, str, str]:
    """What differs, what stood there, what would stand there today, as people read it."""
    names = dict(difference.names)
    if "criterion" in names:
        name = names["criterion"]
        names["criterion"] = words.criterion(name) if name in CRITERIA else name
    what = unsplit(words.translate(say.PARTS[difference.part])).format(**names)
    before, after = (_readable(text, words) for text in (difference.before, difference.after))
    if before == after:
        before, after = str(difference.before), str(difference.after)
    return what, before, after


def _readable(text: str | None, words: Words) -> str:
    if text is None:
        return words(say.NOTHING)
    if text in say.EMPTY:
        return words(say.EMPTY[text])
    if text in TERMS:
        return words.term(text)
    return number_shown(text)


def number_shown(text: str) -> str:
    """A recorded number as people read it; any other text as it is."""
    try:
        return shown(Fraction(Decimal(text)))
    except (InvalidOperation, ValueError, OverflowError):
        return text
