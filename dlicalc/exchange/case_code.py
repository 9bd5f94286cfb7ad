"""The whole case in letters and digits: small enough for a QR code, typed safely by any scanner.

A code is one or more parts, each ``DLC1`` + part + of + letters in the body (four digits) + four letters that all parts
of one code share + body + five check letters. The bodies together are base 32 (RFC 4648, no padding) of: eight bytes of
SHA-256 of what follows, and raw DEFLATE (RFC 1951) of a JSON object, with the preset dictionary
of :mod:`dlicalc.exchange.dictionary`.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from dlicalc.exchange.dictionary import DICTIONARY
from dlicalc.services.order_codes import CODE, as_typed_here, check_letters
from dlicalc.services.problem import Problem, Refused

CASE: Final = "DLC1"
MOST_IN_A_PART: Final = 1450
"""Letters of a part: what QR version 25 holds at correction level M."""
_KIND: Final = CASE[:3]
_HEAD: Final = len(CASE) + 10
_CHECK: Final = 5
_HASH: Final = 8
_MOST_PARTS: Final = 9
_MOST_BYTES: Final = 1_000_000
_MARK: Final = 4


def encode(content: Mapping[str, Any]) -> tuple[str, ...]:
    """``content``, a JSON object, as the texts of its parts; raises :class:`Refused` if nine parts do not hold it."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    packed = deflater.compress(plain) + deflater.flush()
    hashed = hashlib.sha256(packed).digest()[:_HASH]
    letters = base64.b32encode(hashed + packed).decode().rstrip("=")
    room = MOST_IN_A_PART - _HEAD - _CHECK
    count = -(-len(letters) // room)
    if count > _MOST_PARTS:
        raise Refused(Problem(CODE, "code_large"))
    size = -(-len(letters) // count)
    bodies = [letters[start : start + size] for start in range(0, len(letters), size)]
    return tuple(_part(number, count, letters[:_MARK], body) for number, body in enumerate(bodies, start=1))


def _part(number: int, count: int, mark: str, body: str) -> str:
    text = f"{CASE}{number}{count}{len(body):04}{mark}{body}"
    return text + check_letters(text)


class Part(NamedTuple):
    """One part of a code: which of how many, and what all parts of one code have in common."""

    number: int
    parts: int
    mark: str
    body: str


def is_case_code(text: str) -> bool:
    """Whether ``text`` begins as a part of a case code does."""
    return as_typed_here(text).upper().startswith(_KIND)


def read_part(text: str) -> Part:
    """One part as scanned; raises :class:`Refused` with a problem that says what is the matter with it."""
    plain = "".join(as_typed_here(text).split()).upper()
    if not plain.startswith(_KIND):
        raise _refused("code_unknown")
    if len(plain) < _HEAD:
        raise _refused("code_truncated")
    if not plain.startswith(CASE):
        raise _refused("code_version")
    number, count, size = plain[len(CASE)], plain[len(CASE) + 1], plain[len(CASE) + 2 : _HEAD - _MARK]
    if not (number + count + size).isdecimal():
        raise _refused("code_altered")
    whole = _HEAD + int(size) + _CHECK
    if len(plain) < whole:
        raise _refused("code_truncated")
    if len(plain) > whole or plain[-_CHECK:] != check_letters(plain[:-_CHECK]):
        raise _refused("code_altered")
    return Part(int(number), int(count), plain[_HEAD - _MARK : _HEAD], plain[_HEAD:-_CHECK])


def decode(parts: Sequence[Part]) -> Any:
    """The JSON object that all ``parts`` hold, in any order; raises :class:`Refused`, naming what is missing."""
    first = parts[0]
    if any((part.parts, part.mark) != (first.parts, first.mark) for part in parts):
        raise _refused("code_mixed")
    bodies = {part.number: part.body for part in parts}
    missing = [number for number in range(1, first.parts + 1) if number not in bodies]
    if missing:
        numbers = ", ".join(str(number) for number in missing)
        raise _refused("code_part_missing", missing=numbers, count=str(first.parts))
    letters = "".join(bodies[number] for number in range(1, first.parts + 1))
    try:
        packed = base64.b32decode(letters + "=" * (-len(letters) % 8))
        if hashlib.sha256(packed[_HASH:]).digest()[:_HASH] != packed[:_HASH]:
            raise _refused("code_altered")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS, DICTIONARY)
        content = json.loads(inflater.decompress(packed[_HASH:], _MOST_BYTES))
    except (ValueError, zlib.error) as error:
        raise _refused("code_altered") from error
    return content


def _refused(code: str, **params: str) -> Refused:
    return Refused(Problem(CODE, code, params))
