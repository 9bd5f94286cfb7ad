"""What scanners and clipboards deliver → the codes in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from dlicalc.exchange.case_code import CASE, decode, is_case_code, read_part
from dlicalc.services.order_codes import CODE, FlatCode, is_flat_code, read_flat_code
from dlicalc.services.problem import Problem, Refused

_JOINED: Final = re.compile(rf"(?={CASE})", re.IGNORECASE)
"""Two parts scanned without anything between them; a body cannot hold it, for it has no digit 1."""
_LONGEST: Final = 100_000
"""Characters; all parts of the largest code are a sixth of it."""


class Scanned(NamedTuple):
    """A flat code, what the code of a whole case holds, or both, of one paper."""

    flat: FlatCode | None
    content: Any | None


def scanned(text: str) -> Scanned:
    """The codes in ``text``, one or more; raises :class:`Refused` with a problem that names what is the matter."""
    if len(text) > _LONGEST:
        raise Refused(Problem(CODE, "code_unknown"))
    return read_codes(_pieces(unicodedata.normalize("NFKC", text)))


def read_codes(texts: Iterable[str]) -> Scanned:
    """What these codes say, each in a text of its own; raises :class:`Refused`."""
    flats, parts = set(), []
    for text in texts:
        if is_case_code(text):
            parts.append(read_part(text))
        else:
            flats.add(read_flat_code(text))
    if not flats and not parts:
        raise Refused(Problem(CODE, "code_unknown"))
    if len(flats) > 1:
        raise Refused(Problem(CODE, "code_mixed"))
    return Scanned(flats.pop() if flats else None, decode(parts) if parts else None)


def codes_among(texts: Iterable[str]) -> list[str]:
    """Those of ``texts`` that are codes of an order, and not of its bags."""
    return [text for text in texts if is_flat_code(text) or is_case_code(text)]


def _pieces(text: str) -> Iterator[str]:
    """One code each: a line that does not begin as a code goes on with the one before, as mail programs break lines."""
    pieces: list[str] = []
    for line in filter(None, (part.strip() for row in text.split() for part in _JOINED.split(row))):
        if pieces and not is_flat_code(line) and not is_case_code(line):
            pieces[-1] += line
        else:
            pieces.append(line)
    yield from pieces
