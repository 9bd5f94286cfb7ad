"""Ends of orders that the records would not take, written down until they do.

A note lies in a file of its window with room that was taken beforehand, so that a full disk does not keep it out. What
it says of people is sealed; where there is no key, it is left out, and the note says so.
"""

import base64
import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from platformdirs import user_state_path
from pydantic_core import from_json, to_json

from dlicalc.services.ends import by_person, says_more
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Event, EventKind, RecordStore
from dlicalc.storage.lock import Lock

_FOLDER: Final = "owed"
_FIRST: Final = "end-"
_SUFFIX: Final = ".owed"
_ASIDE: Final = ".damaged"
_ROOM: Final = 65_536
_DIGITS: Final = 16
_NONCE: Final = 12
_BOUND: Final = b"dlicalc owed"


def folders(data: Path) -> tuple[Path, ...]:
    """Where notes lie: in the data folder; where that cannot be written, in what the system keeps for the user."""
    whose = hashlib.sha256(os.fsencode(data.absolute())).hexdigest()[:_DIGITS]
    elsewhere = user_state_path("dlicalc", appauthor=False, roaming=False) / _FOLDER / whose
    return data / _FOLDER, elsewhere


class _Claim:
    """A file of notes, and the lock that says whose it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock(path.with_suffix(".lock"))
        self._used = self._touched = 0

    def reserve(self) -> None:
        """Make the file, with room if there is some; a note may fit where the room does not."""
        with self.path.open("wb") as file, contextlib.suppress(OSError):
            file.write(bytes(_ROOM))

    def put(self, line: bytes) -> None:
        """Write a line behind the others, over what a broken attempt has left there; raises :class:`OSError`."""
        content = line.ljust(self._touched - self._used, b"\0")
        self._touched = max(self._touched, self._used + len(line))
        _write(self.path, self._used, content)
        self._used += len(line)

    def clear(self) -> None:
        """The lines do not matter any more."""
        if self._touched:
            with contextlib.suppress(OSError):
                _write(self.path, 0, bytes(self._touched))
        self._used = 0

    def let_go(self) -> None:
        """The window ends; what is written down stays."""
        if self._used:
            self._lock.release(remove=False)
        else:
            self.forget()

    def forget(self) -> None:
        """Remove the file and let go of it."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._lock.release(remove=True)


class FolderNotes:
    """The notes of one window."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = places
        self._key: bytes | None = None
        self._claims: dict[Path, _Claim] = {}
        self._kept: list[Event] = []
        self._bare: list[Event] = []

    def reserve(self, key: bytes) -> None:
        """Take room while there is some; ``key`` seals the notes. Fails in silence: there is still time."""
        self._key = key
        with contextlib.suppress(OSError):
            self._claimed(self._places[0])

    def keep(self, events: Sequence[Event]) -> bool:
        """Write ``events`` down; whether the next start will know all that they say."""
        for event in events:
            if _among(event, self._kept):
                continue
            if self._put(event, sealed=True):
                self._kept.append(event)
                self._bare = [one for one in self._bare if one is not event]
            elif not _among(event, self._bare) and self._put(event, sealed=False):
                self._bare.append(event)
        missing = (event for event in events if not _among(event, self._kept))
        return all(_among(event, self._bare) and not by_person(event) for event in missing)

    def forget(self) -> None:
        """What was written down is recorded."""
        for claim in self._claims.values():
            claim.clear()
        self._kept, self._bare = [], []

    def close(self) -> None:
        """The window ends; what is still written down stays."""
        for claim in self._claims.values():
            claim.let_go()
        self._claims.clear()

    def _put(self, event: Event, *, sealed: bool) -> bool:
        """Write it in the first place that takes it: all it says, or no more than may lie open."""
        said = _open_part(event)
        if sealed:
            if self._key is None:
                return False
            said["sealed"] = _sealed(event, self._key)
        line = _line(said)
        return any(self._written(place, line) for place in self._places)

    def _written(self, place: Path, line: bytes) -> bool:
        try:
            self._claimed(place).put(line)
        except OSError:
            return False
        return True

    def _claimed(self, place: Path) -> _Claim:
        if place not in self._claims:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            claim = _Claim(place / f"{_FIRST}{os.getpid()}-{os.urandom(6).hex()}{_SUFFIX}")
            self._claims[place] = claim
            claim.reserve()
        return self._claims[place]


def record_left_over(records: RecordStore, places: Iterable[Path], key: bytes) -> None:
    """Record what any window has written down; raises :class:`Refused`, and then no order may count as in force."""
    for path in [path for place in places for path in sorted(place.glob(f"{_FIRST}*{_SUFFIX}"))]:
        events, damaged = _read(path, key)
        for event in events:
            try:
                if says_more(event, records.entries(event.order)):
                    records.append(event)
            except Refused as refused:
                reason = refused.problems[0].params.get("text", refused.problems[0].code)
                raise Refused(Problem("records", "records_owed", {"number": event.order, "text": reason})) from refused
        _done_with(path, damaged=damaged)


def _among(event: Event, events: Sequence[Event]) -> bool:
    return any(event is one for one in events)


def _done_with(path: Path, *, damaged: bool) -> None:
    """Remove the file, unless its window still runs; what cannot be read is set aside."""
    try:
        claim = _Claim(path)
    except OSError:
        return
    if damaged:
        with contextlib.suppress(OSError):
            path.rename(path.with_suffix(_ASIDE))
    claim.forget()


def _read(path: Path, key: bytes) -> tuple[list[Event], bool]:
    """The events in a file, and whether something in it is damaged; a line without an end was never counted on."""
    try:
        content = path.read_bytes()
    except OSError:
        return [], False
    whole = content.rstrip(b"\0")
    said, damaged = [], False
    for line in whole.split(b"\n")[:-1]:
        digest, _, text = line.lstrip(b"\0").partition(b" ")
        try:
            if digest != _digest(text):
                raise ValueError
            said.append((json.loads(text), _event(json.loads(text), key)))
        except (ValueError, KeyError, TypeError):
            damaged = True
    whole_ones = [_same(one) for one, _ in said if "sealed" in one]
    return [event for one, event in said if "sealed" in one or _same(one) not in whole_ones], damaged


def _same(said: dict[str, str]) -> tuple[str, ...]:
    """By what a note that was written twice, first without what is sealed, is known to be one."""
    return said["kind"], said["order"], said["at"]


def _open_part(event: Event) -> dict[str, Any]:
    """What may lie open: it names nobody who was treated."""
    return {
        "kind": str(event.kind),
        "order": event.order,
        "day": "" if event.day is None else event.day.isoformat(),
        "at": event.details.get("at", ""),
        "seat": event.details.get("seat", ""),
        "software": event.software,
        "protocol": event.protocol,
    }


def _event(said: dict[str, str], key: bytes) -> Event:
    bare = Event(
        kind=EventKind(said["kind"]),
        who=said["seat"],
        software=said["software"],
        order=said["order"],
        day=date.fromisoformat(said["day"]) if said["day"] else None,
        details={"seat": said["seat"], "at": said["at"]},
        protocol=said["protocol"],
    )
    if "sealed" not in said:
        return bare
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415  30 ms, only where there is something to read

    content = base64.b64decode(said["sealed"])
    try:
        packed = _cipher(key).decrypt(content[:_NONCE], content[_NONCE:], _BOUND)
    except InvalidTag:  # of another key: that the order has ended holds all the same
        return bare
    who, why, case, evaluation, details = from_json(zlib.decompress(packed))
    return bare._replace(who=who, why=why, case=case, evaluation=evaluation, details=details)


def _sealed(event: Event, key: bytes) -> str:
    said = to_json((event.who, event.why, event.case, event.evaluation, event.details))
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + _cipher(key).encrypt(nonce, zlib.compress(said), _BOUND)).decode()


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415  as above

    return ChaCha20Poly1305(key)


def _line(said: dict[str, Any]) -> bytes:
    text = json.dumps(said).encode()
    return _digest(text) + b" " + text + b"\n"


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:_DIGITS].encode()


def _write(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b", buffering=0) as file:
        file.seek(offset)
        if file.write(content) != len(content):
            raise OSError
        os.fsync(file.fileno())


def unread(places: Iterable[Path]) -> Iterator[Path]:
    """The notes that were set aside because something in them is damaged."""
    for place in places:
        yield from sorted(place.glob(f"{_FIRST}*{_ASIDE}"))
