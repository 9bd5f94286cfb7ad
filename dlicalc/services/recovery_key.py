"""The key of the records on paper: letters that survive reading aloud, with check characters."""

import hashlib
from typing import Final

from dlicalc.services.problem import Problem, Refused

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_KEY: Final = 32
_PLACES: Final = 52
_CHECK: Final = 4
_GROUP: Final = 4


def recovery_text(key: bytes) -> str:
    """``key`` as 14 groups of 4; the last group is the check of all the others."""
    letters = _written(int.from_bytes(key, "big"), _PLACES) + _check(key)
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def recovered_key(text: str) -> bytes:
    """The key that was written down; raises :class:`Refused` unless the check characters fit."""
    letters = "".join(text.split()).replace("-", "").upper().translate(_READ_AS)
    if len(letters) != _PLACES + _CHECK or set(letters) - set(_LETTERS):
        raise Refused(Problem("recovery-key", "records_recovery_form"))
    number = 0
    for letter in letters[:_PLACES]:
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    if number >> 8 * _KEY or _check(key := number.to_bytes(_KEY, "big")) != letters[_PLACES:]:
        raise Refused(Problem("recovery-key", "records_recovery_check"))
    return key


def _check(key: bytes) -> str:
    digest = hashlib.sha256(b"dlicalc recovery key " + key).digest()
    return _written(int.from_bytes(digest[:4], "big"), _CHECK)


def _written(number: int, places: int) -> str:
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(places)))
