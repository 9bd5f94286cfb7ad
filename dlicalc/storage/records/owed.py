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
from typing import Any, Final, NamedTuple

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


class _Claim(NamedTuple):
    """A file of notes, and the lock that says whose it is."""

    path: Path
    lock: Lock

    def forget(self) -> None:
        """Remove the file and let go of it."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self.lock.release(remove=True)


class FolderNotes:
    """The notes of one window."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = places
        self._key: bytes | None = None
        self._claims: dict[Path, tuple[_Claim, int]] = {}
        self._kept: list[Event] = []
        self._whole = True

    def reserve(self, key: bytes) -> None:
        """Take room while there is some; ``key`` seals the notes. Fails in silence: there is still time."""
        self._key = key
        with contextlib.suppress(OSError):
            self._claimed(self._places[0])

    def keep(self, events: Sequence[Event]) -> bool:
        """Write ``events`` down; whether the next start will know all that they say."""
        for event in events:
            if not any(event is known for known in self._kept):
                if not self._put(event):
                    return False
                self._kept.append(event)
        return self._whole

    def forget(self) -> None:
        """What was written down is recorded."""
        for place, (claim, used) in self._claims.items():
            if used:
                with contextlib.suppress(OSError):
                    _write(claim.path, 0, bytes(used))
                self._claims[place] = claim, 0
        self._kept, self._whole = [], True

    def close(self) -> None:
        """The window ends; what is still written down stays."""
        for claim, used in self._claims.values():
            if used:
                claim.lock.release(remove=False)
            else:
                claim.forget()
        self._claims.clear()

    def _put(self, event: Event) -> bool:
        bare = _line(_open_part(event))
        sealed = None if self._key is None else _line({**_open_part(event), "sealed": _sealed(event, self._key)})
        for line in (sealed, bare):
            if line is not None and any(self._written(place, line) for place in self._places):
                self._whole = self._whole and (line is sealed or not by_person(event))
                return True
        return False

    def _written(self, place: Path, line: bytes) -> bool:
        try:
            claim, used = self._claimed(place)
            _write(claim.path, used, line)
        except OSError:
            return False
        self._claims[place] = claim, used + len(line)
        return True

    def _claimed(self, place: Path) -> tuple[_Claim, int]:
        if place not in self._claims:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = place / f"{_FIRST}{os.getpid()}-{os.urandom(6).hex()}{_SUFFIX}"
            claim = _Claim(path, Lock(path.with_suffix(".lock")))
            self._claims[place] = claim, 0
            with path.open("wb") as file, contextlib.suppress(OSError):  # a note may fit where the room does not
                file.write(bytes(_ROOM))
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


def _done_with(path: Path, *, damaged: bool) -> None:
    """Remove the file, unless its window still runs; what cannot be read is set aside."""
    try:
        claim = _Claim(path, Lock(path.with_suffix(".lock")))
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
    events, damaged = [], False
    for line in whole.split(b"\n")[:-1]:
        digest, _, text = line.lstrip(b"\0").partition(b" ")
        try:
            if digest != _digest(text):
                raise ValueError
            events.append(_event(json.loads(text), key))
        except (ValueError, KeyError, TypeError):
            damaged = True
    return events, damaged


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
