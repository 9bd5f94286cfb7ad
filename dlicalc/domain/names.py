"""Whether two names may be one person's, however they are spelt: nobody may be their own checker.

A name is folded to bare letters first: width and ligatures (NFKC), case, accents, punctuation. The order of its parts
is left out of account, because family names stand first in one country and last in another. Where initials or a part
of a name leave it open, it counts as doubtful, which is refused as well: writing both names in full settles it.
"""

import re
import unicodedata
from collections import Counter
from enum import Enum, auto
from itertools import permutations
from typing import Final

_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
"""Letters that Unicode does not take apart."""
_BETWEEN: Final = re.compile(r"[\s,;./·・‧•]+")
"""What stands between the parts of a name; any other sign stands inside of one."""
_UMLAUT: Final = re.compile(r"(?<=[aou])e")
"""The e of ae, oe and ue, which writes an umlaut where there is no ¨."""
_MOST_PARTS: Final = 5
"""Parts whose every order is tried; longer names are compared in one order."""


class Likeness(Enum):
    """Whether two names are one person's."""

    DIFFERENT = auto()
    DOUBTFUL = auto()
    SAME = auto()


def is_name(text: str) -> bool:
    """Whether there is a letter in ``text``."""
    return bool(_parts(text))


def likeness(one: str, other: str) -> Likeness:
    """Whether ``one`` and ``other``, both names, may be the same person's."""
    mine, theirs = _parts(one), _parts(other)
    if _orders(mine) & _orders(theirs):
        return Likeness.SAME
    return Likeness.DOUBTFUL if _may_be(mine, theirs) or _may_be(theirs, mine) else Likeness.DIFFERENT


def _parts(name: str) -> list[str]:
    """The parts of ``name`` as bare letters and digits, sorted."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    bare = (sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))
    parts = ("".join(filter(str.isalnum, part)) for part in _BETWEEN.split("".join(bare)))
    return sorted(part for part in parts if part)


def _orders(parts: list[str]) -> set[str]:
    """The name in one word, in every order of its parts."""
    if len(parts) > _MOST_PARTS:
        return {"".join(parts)}
    return {"".join(order) for order in permutations(parts)}


def _may_be(short: list[str], long: list[str]) -> bool:
    """Whether ``short`` may be a shorter or older way to write ``long``."""
    spelt, written = ([_UMLAUT.sub("", part) for part in parts] for parts in (short, long))
    return bool(_orders(spelt) & _orders(written)) or _contained(spelt, written) or _initials(spelt, written)


def _contained(short: list[str], long: list[str]) -> bool:
    """Whether each part of ``short`` is a part of ``long`` or the initial of one, each used once."""
    left = Counter(long)
    initials = []
    for part in short:
        if left[part]:
            left[part] -= 1
        elif len(part) == 1:
            initials.append(part)
        else:
            return False
    first_letters = Counter(part[0] for part in left.elements())
    return not Counter(initials) - first_letters


def _initials(short: list[str], long: list[str]) -> bool:
    """Whether ``short`` is nothing but the initials of ``long``, as in ``LW``."""
    word = "".join(short)
    return len(long) > 1 and len(word) == len(long) and Counter(word) == Counter(part[0] for part in long)
