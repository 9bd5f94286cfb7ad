"""The short code of an order: flat text that any scanner types into any field, and its reading.

``DLI1*NUMBER*MRN*ML*DIGEST*STATE*CHECK``, with ``TRAIN*`` before it on an order made for practice. The number has
no hyphen, the digest is the first eight hexadecimal digits of the case's, and the check is five letters of a hash of
all that precedes, so that a slip or a pen stroke is seen. Keyboards of other countries change signs but neither letters
nor digits: whatever stands after ``DLI1`` is the sign that parts the fields.
"""

import base64
import hashlib
import unicodedata
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.services.numbers import decimal_text
from dlicalc.services.order_state import OrderState, State
from dlicalc.services.problem import Problem, Refused

FLAT: Final = "DLI1"
PRACTICE: Final = "TRAIN"
NO_VOLUME: Final = "NONE"
CODE: Final = "code"
"""Where problems of a code are said to be."""
_KIND: Final = FLAT[:3]
_PARTED: Final = "*"
_FIELDS: Final = 6
"""Of a flat code, without its check."""
_CHECK_LETTERS: Final = 5
_DIGEST_DIGITS: Final = 8
_NUMBER_DAY: Final = 6
"""Digits of an order number before its hyphen."""
_ESCAPE: Final = "%"


class FlatCode(NamedTuple):
    """What a flat code says; ``millilitres`` is ``None`` where no volume could be computed.

    ``digest`` are the first eight hexadecimal digits of the case's, in small letters.
    """

    number: str
    mrn: str
    millilitres: str | None
    digest: str
    state: State
    copy: int
    training: bool


class CodeTexts(NamedTuple):
    """What the codes of an order say: the flat code, and the parts of the code of the whole case."""

    short: str
    whole: tuple[str, ...]


def flat_code(order: OrderState, *, mrn: str, volume: Fraction | None, case_digest: str, training: bool) -> str:
    """The flat code of an order; ``volume`` in mL."""
    head = (
        FLAT,
        order.number.replace("-", ""),
        _escaped(mrn),
        NO_VOLUME if volume is None else decimal_text(volume),
        case_digest.rpartition(":")[2][:_DIGEST_DIGITS].upper(),
        state_letters(order),
    )
    body = _PARTED.join((PRACTICE, *head) if training else head)
    return f"{body}{_PARTED}{check_letters(body)}"


def state_letters(order: OrderState) -> str:
    """``CHECKED``, ``COPY2``."""
    return f"{order.state.name}{order.copy or ''}"


def check_letters(text: str) -> str:
    """Five letters or digits that change with nearly every change of ``text``."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest())[:_CHECK_LETTERS].decode()


def as_typed_here(text: str) -> str:
    """``text`` as the scanner meant it: no blanks around it, no full-width characters, Caps Lock undone."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain.swapcase() if plain.startswith((FLAT.lower()[:3], PRACTICE.lower())) else plain


def is_flat_code(text: str) -> bool:
    """Whether ``text`` begins as a flat code does."""
    return as_typed_here(text).startswith((_KIND, PRACTICE)) if text else False


def read_flat_code(text: str) -> FlatCode:
    """What a flat code says; raises :class:`Refused` with a problem that says what is the matter with it."""
    plain = as_typed_here(text)
    training = plain.startswith(PRACTICE)
    rest = plain[len(PRACTICE) + 1 :] if training else plain
    if not rest.startswith(_KIND):
        raise _refused("code_truncated" if training else "code_unknown")
    if not rest.startswith(FLAT):
        raise _refused("code_version" if len(rest) >= len(FLAT) else "code_truncated")
    fields = rest.split(_sign_after(rest))
    if len(fields) <= _FIELDS or len(fields[-1]) < _CHECK_LETTERS:
        raise _refused("code_truncated")
    body = _PARTED.join((PRACTICE, *fields[:-1]) if training else fields[:-1])
    if fields[-1] != check_letters(_with_point(body)) or len(fields) > _FIELDS + 1:
        raise _refused("code_altered")
    return _read(_with_point(body).split(_PARTED)[-_FIELDS:], training=training)


def _sign_after(text: str) -> str:
    if len(text) == len(FLAT):
        raise _refused("code_truncated")
    sign = text[len(FLAT)]
    if sign.isalnum():
        raise _refused("code_altered")
    return sign


def _with_point(body: str) -> str:
    """``body`` with a decimal point where a foreign keyboard has typed a comma."""
    fields = body.split(_PARTED)
    fields[-3] = fields[-3].replace(",", ".")
    return _PARTED.join(fields)


def _read(fields: list[str], *, training: bool) -> FlatCode:
    _, number, mrn, millilitres, digest, letters = fields
    name = letters.rstrip("0123456789")
    if name not in State.__members__:
        raise _refused("code_altered")
    return FlatCode(
        number=f"{number[:_NUMBER_DAY]}-{number[_NUMBER_DAY:]}",
        mrn=_unescaped(mrn),
        millilitres=None if millilitres == NO_VOLUME else millilitres,
        digest=digest.lower(),
        state=State[name],
        copy=int(letters[len(name) :] or 0),
        training=training,
    )


def _escaped(mrn: str) -> str:
    """``mrn`` with each character but ASCII letters and digits as ``%`` and its bytes in UTF-8."""
    return "".join(
        letter if letter.isascii() and letter.isalnum() else "".join(f"{_ESCAPE}{byte:02X}" for byte in letter.encode())
        for letter in mrn
    )


def _unescaped(mrn: str) -> str:
    first, *others = mrn.split(_ESCAPE)
    try:
        escaped = b"".join(bytes.fromhex(part[:2]) + part[2:].encode() for part in others)
        return first + escaped.decode()
    except ValueError as error:
        raise _refused("code_altered") from error


def _refused(code: str) -> Refused:
    return Refused(Problem(CODE, code))
