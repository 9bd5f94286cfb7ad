"""Numbers as text: exact decimal strings for files, and the forms in which people read them.

For people: no trailing zero, a leading zero always, commas from 1,000, ``≈`` before anything that was shortened, and
cell numbers on the common exponent 10⁶ so that the eye compares like with like.
"""

import functools
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final

SIGNIFICANT: Final = 15
"""Digits of a number that does not terminate, in files."""
SHOWN: Final = 5
"""Significant digits of a number that is shortened for people."""
MOST_DECIMALS: Final = 6
"""Decimals up to which a number is shown to people exactly."""
MILLION: Final = 10**6
_GROUPED: Final = 1000
"""From here on, digits are grouped by commas."""
_REMEMBERED_DENOMINATORS: Final = 512

_FILE: Final = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN)
_FLOOR: Final = Context(prec=SIGNIFICANT, rounding=ROUND_FLOOR)
_SCREEN: Final = Context(prec=SHOWN, rounding=ROUND_HALF_EVEN)


@functools.lru_cache(maxsize=_REMEMBERED_DENOMINATORS)
def _decimal_form(denominator: int) -> tuple[int, int] | None:
    """Decimals that write a fraction with this denominator exactly, and the numerator's factor that makes its digits.

    ``None`` if the fraction does not terminate.
    """
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    decimals = max(twos, fives)
    return (decimals, 10**decimals // denominator) if rest == 1 else None


def _with_point(number: int, decimals: int) -> str:
    """``number`` with a point before its last ``decimals`` digits."""
    digits = str(number)
    if len(digits) <= decimals or number < 0:
        digits = f"{number:0{decimals + 1 + (number < 0)}}"
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def decimal_text(value: Fraction) -> str:
    """The exact decimal string, or 15 significant digits if there is none; never an exponent."""
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return str(numerator)
    form = _decimal_form(denominator)
    if form is not None:
        decimals, factor = form
        return _with_point(numerator * factor, decimals)
    return format(_FILE.divide(Decimal(numerator), Decimal(denominator)), "f")


def estimate_text(value: Decimal) -> str:
    """An eGFR for files: whole in 15 significant digits, else cut off there, so that 59.99… is never written as 60."""
    cut = _FLOOR.plus(value)
    text = format(cut, "f")
    return text.rstrip("0").rstrip(".") if cut == value and "." in text else text


def estimate_shown(value: Decimal) -> str:
    """An eGFR for people: one decimal, cut off and never rounded up."""
    return shown(Fraction(int(value * 10), 10))


def shown(value: Fraction | int) -> str:
    """A number for people: exact if it needs few digits, else shortened and marked with ≈."""
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return f"{numerator:,}"
    form = _decimal_form(denominator)
    if form is not None and form[0] <= MOST_DECIMALS:
        decimals, factor = form
        text = _with_point(numerator * factor, decimals)
        return text if -_GROUPED < numerator // denominator < _GROUPED else f"{Decimal(text):,f}"
    short = _SCREEN.divide(Decimal(numerator), Decimal(denominator))
    return f"≈ {short.normalize():,f}"


def millions(cells: Fraction) -> str:
    """A number of cells on the exponent that all doses are shown on: ``75 × 10⁶``."""
    numerator, denominator = cells.as_integer_ratio()
    if denominator == 1:
        whole, rest = divmod(numerator, MILLION)
        return f"{whole:,} × 10⁶" if rest == 0 else f"{whole:,}.{rest:06}".rstrip("0") + " × 10⁶"
    return f"{shown(Fraction(numerator, denominator * MILLION))} × 10⁶"


def percent_shown(value: Fraction) -> str:
    """A percentage for people: whole where exact, else one decimal, cut off, marked with ≈."""
    numerator, denominator = value.as_integer_ratio()
    if denominator == 1:
        return shown(value)
    tenths = numerator * 10 // denominator
    short = f"{tenths // 10:,}.{tenths % 10}" if tenths % 10 else f"{tenths // 10:,}"
    return short if tenths * denominator == numerator * 10 else f"≈ {short}"


def hours_shown(hours: Fraction) -> str:
    """A span of time as ``71 h 59 min``, exact to the second; what is finer is cut off."""
    seconds = int(abs(hours) * 3600)
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    text = " ".join(f"{amount} {unit}" for amount, unit in parts if amount or unit == "h")
    return f"−{text}" if hours < 0 else text


def power_of_ten(cells: Fraction) -> str:
    """A number of cells with one digit before the point, as protocols write targets: ``3 × 10⁷``; at least 1."""
    exponent = len(str(int(cells))) - 1
    superscript = str(exponent).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{shown(cells / 10**exponent)} × 10{superscript}"
