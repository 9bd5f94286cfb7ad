"""What has happened to orders, one entry an event.

An entry is chained to the one before it, so that none can be changed, left out or put in unseen. Pure; where entries
are kept, and who keeps the keys, is behind :class:`RecordStore`.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, NamedTuple, Protocol

Document = Mapping[str, Any]

_BACK: Final = timedelta(seconds=2)
"""Clocks are set back by as much when they are kept in step with another; more is a jump."""
_FORWARD: Final = timedelta(minutes=2)


SHORTEST_PASSPHRASE: Final = 8
HEAD_DIGITS: Final = 16
"""Digits of a hash on paper: nobody makes another entry that begins with the same."""


class EventKind(StrEnum):
    """What can happen to an order; the last three happen to the records themselves."""

    PREPARED = "prepared"
    CHECKED = "checked"
    PRINTED = "printed"
    REPRINTED = "reprinted"
    GIVEN = "given"
    SUPERSEDED = "superseded"
    VOIDED = "voided"
    OVERRIDE = "override"
    SELF_TEST = "self-test"
    RESTORED = "restored"
    RETENTION = "retention"


class Jump(StrEnum):
    """How the clock of the machine has moved since the entry before, beyond the time that went by."""

    NONE = ""
    BACK = "back"
    FORWARD = "forward"


class TermKind(StrEnum):
    """By what entries are looked for."""

    MRN = "mrn"
    DIN = "din"


class Event(NamedTuple):
    """What is to be recorded. ``order`` is empty for what concerns none, as a self-test.

    ``day`` is that of the infusion. ``details`` holds what belongs to the kind: volumes given, or findings overridden.
    ``software`` and ``protocol`` say by what the evaluation was made.
    """

    kind: EventKind
    who: str
    software: str
    order: str = ""
    day: date | None = None
    why: str = ""
    case: Document | None = None
    evaluation: Document | None = None
    details: Mapping[str, Any] = {}
    protocol: str = ""


class Stamp(NamedTuple):
    """The open part of an entry: all that is chained. It names nobody.

    ``content`` is the digest of the sealed part, ``terms`` that of the search terms. ``covers`` is, in an entry of
    retention, the number up to which sealed parts were removed; 0 in every other entry.
    """

    sequence: int
    order: str
    kind: str
    day: str
    at: str
    jump: str
    software: str
    protocol: str
    content: str
    terms: str
    covers: int
    previous: str


class Seal(NamedTuple):
    """What closes an entry: the digest that the next entry quotes, and its keyed twin, which needs the key to make."""

    hash: str
    mac: str


class Entry(NamedTuple):
    """One event as it was recorded; ``event`` is ``None`` where retention has removed what was sealed."""

    stamp: Stamp
    seal: Seal
    event: Event | None

    @property
    def at(self) -> datetime:
        """The wall clock with its offset at the time of recording."""
        return datetime.fromisoformat(self.stamp.at)


class Head(NamedTuple):
    """The newest entry: what is printed on an order, and held against the store years later."""

    sequence: int
    hash: str

    @property
    def short(self) -> str:
        """As printed: number and the first digits of the hash."""
        return f"{self.sequence}-{self.hash[:HEAD_DIGITS]}"


class Fault(NamedTuple):
    """Something wrong with the records: ``code`` a sentence of wording.records, the entry and its time where known.

    What concerns several entries names the first in ``sequence`` and ``at``, the last in ``last`` and ``last_at``.
    """

    code: str
    sequence: int = 0
    at: str = ""
    text: str = ""
    last: int = 0
    last_at: str = ""


class Verification(NamedTuple):
    """What a reading of all records has found; ``closed``: the file itself was sealed and is as it was."""

    entries: int
    head: Head
    faults: tuple[Fault, ...]
    removed: int = 0
    closed: bool = False
    first_at: str = ""
    last_at: str = ""

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class Standing(NamedTuple):
    """Where an order stands, from its entries in their sequence."""

    order: str
    day: str
    last: EventKind
    prints: int
    checked: bool
    given: bool
    ended: bool


class Cumulative(NamedTuple):
    """What a recipient has been given before, over all recorded infusions; exact."""

    infusions: int
    mnc_per_kg: Fraction
    cd3_per_kg: Fraction
    without_figures: int


class Removal(NamedTuple):
    """Content that retention would remove: of how many entries and orders, and when the first and last were made."""

    entries: int
    orders: int
    first_at: str
    last_at: str


class RecordStore(Protocol):
    """Where records are kept: a file of this seat, or a server for several. All of it raises :class:`Refused`."""

    def append(self, event: Event) -> Entry:
        """Record ``event``; when this returns it is on the disk, and when it raises it is not recorded."""

    def append_all(self, events: Sequence[Event]) -> tuple[Entry, ...]:
        """Record ``events`` in their order: all of them, or, when it raises or the machine stops, none."""

    def entries(self, order: str) -> tuple[Entry, ...]:
        """The entries of one order in their sequence."""

    def newest(self, most: int, before: int = 0) -> tuple[Entry, ...]:
        """Up to ``most`` entries, newest first; ``before`` an entry number, to go on from there."""

    def orders_of(self, days: Sequence[date]) -> tuple[Standing, ...]:
        """The orders whose infusion falls on one of ``days``, unchecked first."""

    def orders(self, most: int, before: int = 0) -> tuple[tuple[int, str], ...]:
        """Up to ``most`` orders by number of the entry that prepared them, newest first."""

    def search(self, text: str, most: int = 100) -> tuple[str, ...]:
        """Orders whose number, recipient's MRN or bag's DIN is ``text``, newest first."""

    def given_to(self, mrn: str) -> tuple[Entry, ...]:
        """The infusions of a recipient that were recorded as given."""

    def given_from(self, din: str) -> tuple[Entry, ...]:
        """What was recorded as given by orders that hold a bag with this DIN."""

    def removable(self, before: datetime) -> Removal:
        """What is older than ``before`` and still has its content."""

    def remove_content(self, before: datetime, event: Event) -> int:
        """Remove that content and record it as ``event``; returns of how many entries."""

    def head(self) -> Head:
        """The newest entry."""

    def verify(self) -> Verification:
        """Read everything and say what is wrong."""

    def close(self) -> None:
        """Let go of the store."""


def kept_until(today: date, years: int) -> date:
    """The first day whose content is kept at a site that keeps it for so many ``years``."""
    day = today.day if (today.month, today.day) != (2, 29) else 28
    return today.replace(year=today.year - years, day=day)


class Unavailable(NamedTuple):
    """Stands where a store would, and says why orders cannot be recorded; the calculator goes on."""

    code: str
    params: Mapping[str, str] = {}


NO_RECORDS: Final = Unavailable("records_none")
"""The records of a window that was given none."""


def genesis(store: str) -> str:
    """What the first entry of a store quotes as the hash before it."""
    return hashlib.sha256(f"dlicalc records {store}".encode()).hexdigest()


def canonical(stamp: Stamp) -> bytes:
    """The bytes that are hashed: each field with its length in front, so that no two stamps share them."""
    fields = (str(field).encode() for field in stamp)
    return b"dlicalc-entry/1\n" + b"".join(b"%d:%s\n" % (len(field), field) for field in fields)


def seal(stamp: Stamp, key: bytes) -> Seal:
    """The hash of ``stamp``, and the HMAC over the same bytes."""
    content = canonical(stamp)
    return Seal(hashlib.sha256(content).hexdigest(), hmac.digest(key, content, "sha256").hex())


def is_sealed(stamp: Stamp, closed_by: Seal, key: bytes) -> bool:
    """Whether hash and HMAC are those of ``stamp``."""
    right = seal(stamp, key)
    return hmac.compare_digest(right.hash, closed_by.hash) and hmac.compare_digest(right.mac, closed_by.mac)


def jump(before: datetime | None, now: datetime, went_by: timedelta | None) -> Jump:
    """Whether the clock has jumped since ``before``; ``went_by`` is by a clock nobody sets, ``None`` if not known."""
    if before is None:
        return Jump.NONE
    if now < before - _BACK:
        return Jump.BACK
    if went_by is None:
        return Jump.NONE
    drift = now - before - went_by
    if drift < -_BACK:
        return Jump.BACK
    return Jump.FORWARD if drift > _FORWARD else Jump.NONE


def terms_of(case: Document | None, details: Document = {}) -> tuple[tuple[TermKind, str], ...]:  # noqa: B006  read only
    """What an event is found by: the recipient's MRN, the DIN of each bag of its case, and of each that was given."""
    case = case or {}
    recipient = case.get("recipient") or {}
    found = [(TermKind.MRN, recipient.get("mrn"))]
    bags = [*(case.get("products") or ()), *(details.get("bags") or ())]
    found += [(TermKind.DIN, (bag or {}).get("din")) for bag in bags]
    return tuple(sorted({(kind, plain(text)) for kind, text in found if isinstance(text, str) and plain(text)}))


def plain(text: str) -> str:
    """``text`` as it is compared: without spaces and hyphens, in capitals, a scanned ``=`` gone."""
    return "".join(text.split()).replace("-", "").removeprefix("=").upper()


def standing(stamps: Iterable[Stamp]) -> Standing:
    """Where the order of these entries stands."""
    taken = tuple(stamps)
    kinds = [EventKind(stamp.kind) for stamp in taken]
    lasting = [kind for kind in kinds if kind is not EventKind.OVERRIDE] or kinds
    return Standing(
        order=taken[0].order,
        day=next((stamp.day for stamp in reversed(taken) if stamp.day), ""),
        last=lasting[-1],
        prints=sum(kind in (EventKind.PRINTED, EventKind.REPRINTED) for kind in kinds),
        checked=EventKind.CHECKED in kinds,
        given=EventKind.GIVEN in kinds,
        ended=EventKind.SUPERSEDED in kinds or EventKind.VOIDED in kinds,
    )


def day_list(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """In the order of a day list: what still wants a check first, what is over last."""
    return tuple(sorted(standings, key=lambda one: (one.ended, one.given, one.checked, one.day, one.order)))


def cumulative(given: Iterable[Entry]) -> Cumulative:
    """The sum over infusions; of an order recorded twice as given, the later entry corrects the earlier."""
    last: dict[str, Document] = {}
    unknown = 0
    for entry in given:
        last[entry.stamp.order] = {} if entry.event is None else entry.event.details
    mnc = cd3 = Fraction(0)
    for details in last.values():
        if "mnc_per_kg" not in details or "cd3_per_kg" not in details:
            unknown += 1
            continue
        mnc += Fraction(details["mnc_per_kg"])
        cd3 += Fraction(details["cd3_per_kg"])
    return Cumulative(len(last), mnc, cd3, unknown)
