"""What an entry says, as sealed bytes and back; search terms as keyed hashes."""

import hashlib
import hmac
import os
import zlib
from collections.abc import Iterable
from datetime import date
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pydantic_core import from_json, to_json

from dlicalc.services.records import Event, EventKind, Stamp, TermKind
from dlicalc.storage.records.keys import Keys

_NONCE: Final = 12
_MARK: Final = 16
_FASTEST: Final = 1


class CannotBeOpened(Exception):  # noqa: N818  what happened
    """Sealed bytes that are not what was sealed, or not for this place."""


class Sealer:
    """Seals and opens with the keys of one store."""

    def __init__(self, keys: Keys, store: str) -> None:
        self._cipher = ChaCha20Poly1305(keys.seal)
        self._search = keys.search
        self._store = store

    def seal(self, sequence: int, event: Event) -> bytes:
        """What ``event`` says of people, as bytes that only the key opens, and only in this place of this store."""
        said = (event.who, event.why, event.case, event.evaluation, event.details)
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, zlib.compress(to_json(said), _FASTEST), self._bound(sequence))

    def open(self, stamp: Stamp, content: bytes) -> Event:
        """The event of ``stamp``; raises :class:`CannotBeOpened`."""
        try:
            packed = self._cipher.decrypt(content[:_NONCE], content[_NONCE:], self._bound(stamp.sequence))
        except (InvalidTag, ValueError) as error:
            raise CannotBeOpened from error
        who, why, case, evaluation, details = from_json(zlib.decompress(packed))
        return Event(
            kind=EventKind(stamp.kind),
            who=who,
            software=stamp.software,
            order=stamp.order,
            day=date.fromisoformat(stamp.day) if stamp.day else None,
            why=why,
            case=case,
            evaluation=evaluation,
            details=details,
            protocol=stamp.protocol,
        )

    def mark(self, kind: TermKind, text: str) -> bytes:
        """Under what a term is found by those who know it."""
        return hmac.digest(self._search, f"{kind}:{text}".encode(), "sha256")[:_MARK]

    def _bound(self, sequence: int) -> bytes:
        return f"{self._store}:{sequence}".encode()


def content_digest(content: bytes) -> str:
    """What the chain holds of a sealed part."""
    return hashlib.sha256(content).hexdigest()


def terms_digest(marks: Iterable[bytes]) -> str:
    """What the chain holds of the search terms."""
    return hashlib.sha256(b"".join(sorted(marks))).hexdigest()
