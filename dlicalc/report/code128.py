"""Code 128 (ISO/IEC 15417) for short texts of capitals and digits, as widths of bars and spaces."""

from typing import Final

_PATTERNS: Final = (  # noqa: SIM905  a list of 107 texts would fill a page
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()
"""Widths of bar, space, bar … of each symbol value, in modules; the last is the stop."""
_TO_B: Final = 100
_TO_C: Final = 99
_START_B: Final = 104
_START_C: Final = 105
_STOP: Final = 106
_CHECK: Final = 103
_FIRST: Final = 32
_LAST: Final = 126
_WORTH_C: Final = 4
"""Digits in a row from which the code set for pairs of digits is shorter."""

QUIET: Final = 10
"""Modules that must stay white on either side."""


def bar_widths(text: str) -> tuple[int, ...]:
    """Widths in modules of bar, space, bar …; raises :class:`ValueError` for a character outside printable ASCII."""
    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % _CHECK
    return tuple(int(width) for value in (*values, check, _STOP) for width in _PATTERNS[value])


def _values(text: str) -> list[int]:
    if not text or not all(_FIRST <= ord(character) <= _LAST for character in text):
        raise ValueError(f"not for Code 128: {text!r}")
    values: list[int] = []
    in_pairs = False
    place = 0
    while place < len(text):
        digits = _digits_at(text, place)
        if digits >= (2 if in_pairs else _WORTH_C) and not (digits % 2 and not in_pairs):
            if not in_pairs:
                values.append(_TO_C if values else _START_C)
                in_pairs = True
            values.append(int(text[place : place + 2]))
            place += 2
        else:
            if in_pairs or not values:
                values.append(_TO_B if values else _START_B)
                in_pairs = False
            values.append(ord(text[place]) - _FIRST)
            place += 1
    return values


def _digits_at(text: str, place: int) -> int:
    """How many digits stand in a row from ``place``."""
    end = place
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - place
