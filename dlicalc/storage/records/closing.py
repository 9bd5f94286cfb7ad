"""How the file of a store was when it was closed: its digest, that of each page, and the pages that hold no entry.

By the digests it can be said which pages were changed; by the pages the file can be read though its header is damaged.
"""

import hashlib
import hmac
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from dlicalc.storage.records.pages import SIZE

_SHORT: Final = 8
_NUMBER: Final = 4
_FIELDS: Final = 4


class Closing(NamedTuple):
    """What is known of a closed file; without digests of pages if it was closed by an early dlicalc."""

    sequence: str
    digest: str
    pages: bytes = b""
    form: Mapping[int, bytes] = {}


def closing_text(database: Path, sequence: int, form: Sequence[int], key: bytes) -> bytes:
    """What to keep of a store whose newest entry is ``sequence``; ``form`` are its pages without entries."""
    whole, digests, kept = hashlib.sha256(), [], {}
    with database.open("rb") as file:
        for number, page in enumerate(iter(lambda: file.read(SIZE), b""), start=1):
            whole.update(page)
            digests.append(_page_digest(page, key))
            if number in form:
                kept[number] = page
    packed = zlib.compress(b"".join(number.to_bytes(_NUMBER, "big") + page for number, page in kept.items()))
    body = b"".join(digests) + packed
    head = f"{sequence} {_mac(whole.digest(), key)} {_mac(body, key)} {len(digests)}\n"
    return head.encode() + body


def read_closing(text: bytes, key: bytes) -> Closing | None:
    """What was kept; ``None`` if that is damaged."""
    head, _, body = text.partition(b"\n")
    fields = head.decode(errors="replace").split()
    if len(fields) == _FIELDS and fields[3].isdecimal() and hmac.compare_digest(fields[2], _mac(body, key)):
        end = int(fields[3]) * _SHORT
        return Closing(fields[0], fields[1], body[:end], dict(_pages(zlib.decompress(body[end:]))))
    return Closing(fields[0], fields[1]) if len(fields) > 1 else None


def closing_in(path: Path, key: bytes) -> Closing | None:
    """What lies in a file; ``None`` if there is none, or it is damaged."""
    try:
        return read_closing(path.read_bytes(), key)
    except (OSError, ValueError, zlib.error):
        return None


def _pages(packed: bytes) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(packed), _NUMBER + SIZE):
        yield int.from_bytes(packed[start : start + _NUMBER], "big"), packed[start + _NUMBER : start + _NUMBER + SIZE]


def is_as_closed(content: bytes, closing: Closing, key: bytes) -> bool:
    """Whether a file is, to the last byte, what was closed."""
    return hmac.compare_digest(closing.digest, _mac(hashlib.sha256(content).digest(), key))


def changed_pages(content: bytes, closing: Closing, key: bytes) -> frozenset[int]:
    """The pages that are not as they were closed, counted from 1; also those that are gone or were not there."""
    now = [_page_digest(content[start : start + SIZE], key) for start in range(0, len(content), SIZE)]
    then = [closing.pages[start : start + _SHORT] for start in range(0, len(closing.pages), _SHORT)]
    if not then:
        return frozenset()
    most = max(len(now), len(then))
    return frozenset(
        number
        for number, (page, was) in enumerate(zip(_padded(now, most), _padded(then, most), strict=True), start=1)
        if page != was
    )


def has_form(content: bytes, closing: Closing) -> bool:
    """Whether a file is as long as it was closed, with the pages that hold no entry as they were."""
    pages = ((number * SIZE, page) for number, page in closing.form.items())
    return len(content) == _length(closing) and all(content[end - SIZE : end] == page for end, page in pages)


def with_form(content: bytes, closing: Closing) -> bytes:
    """``content``, as long as it was, with the pages that hold no entry as they were closed, to be read in memory."""
    length = _length(closing)
    whole = bytearray(content[: length or None].ljust(length, b"\0"))
    for number, page in closing.form.items():
        whole[(number - 1) * SIZE : number * SIZE] = page
    whole[18:20] = b"\x01\x01"  # in memory there is no write-ahead log
    return bytes(whole)


def _length(closing: Closing) -> int:
    return len(closing.pages) // _SHORT * SIZE


def _padded(digests: list[bytes], length: int) -> list[bytes]:
    return digests + [b""] * (length - len(digests))


def _page_digest(page: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(page, digest_size=_SHORT, key=key).digest()


def _mac(content: bytes, key: bytes) -> str:
    return hmac.digest(key, content, "sha256").hex()
