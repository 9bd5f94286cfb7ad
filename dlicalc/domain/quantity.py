"""Exact numbers as they were typed, UCUM units, and rounding to a measurable volume.

A typed number is a ``Decimal`` and is converted between units in a context that raises rather than rounds. Sums
that divide are done in ``Fraction``. So nothing is lost between the laboratory's report and the printed volume.
"""

import functools
import operator
import re
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?", re.ASCII)
LONGEST_NUMBER: Final = 100
"""Characters; a longer text is a slip, and reading it would only cost time."""
_REMEMBERED: Final = 1024
"""Numbers that are kept as read: analysers and scales print few different ones. A number alone names nobody."""

CONCENTRATION_UNITS: Final[Mapping[str, Decimal]] = {
    "10*9/L": Decimal(10**6),
    "10*6/mL": Decimal(10**6),
    "10*3/uL": Decimal(10**6),
    "/uL": Decimal(10**3),
    "10*6/L": Decimal(10**3),
    "10*7/mL": Decimal(10**7),
    "10*8/mL": Decimal(10**8),
}
"""UCUM code of a cell concentration → cells per mL in one of it."""

FACTORS: Final[Mapping[str, Decimal]] = {
    **CONCENTRATION_UNITS,
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "[lb_av]": Decimal("0.45359237"),  # international avoirdupois pound, exact by definition
    "cm": Decimal(1),
    "m": Decimal(100),
    "[in_i]": Decimal("2.54"),  # international inch, exact by definition
    "mL": Decimal(1),
    "g/mL": Decimal(1),
    "%": Decimal("0.01"),
    "U/L": Decimal(1),
    "ukat/L": Decimal(60),  # 1 kat = 1 mol/s, 1 U = 1 µmol/min
    "mg/L": Decimal(1),
}
"""UCUM code → amount of the base unit (kg, cm, mL, g/mL, 1, U/L, mg/L, cells/mL) in one of it.

Creatinine and bilirubin are absent on purpose: mass and substance units of an analyte differ by its molar mass,
so these values stay in the laboratory's own unit and are converted where a formula names the factor.
"""


EXACT: Final = Context(prec=1000, traps=[Inexact])
"""Arithmetic that raises if a result would have to be rounded; products of typed numbers never come near."""


class Number(NamedTuple):
    """A number as it was typed, and its exact value."""

    text: str
    value: Decimal


class NotANumber(ValueError):  # noqa: N818  what the text is
    """The text is not a number in the accepted form: digits, at most one point, optional digits."""


@functools.lru_cache(maxsize=_REMEMBERED)
def parse_number(text: str) -> Number:
    """Read ``text`` exactly; raises :class:`NotANumber` on anything but ASCII digits with at most one point."""
    if len(text) > LONGEST_NUMBER or _NUMBER.fullmatch(text) is None:
        raise NotANumber(text)
    return Number(text, Decimal(text))


@functools.lru_cache(maxsize=_REMEMBERED)
def exact(value: Decimal) -> Fraction:
    """``value`` for arithmetic that divides."""
    return Fraction(*value.as_integer_ratio())


@functools.lru_cache(maxsize=_REMEMBERED)
def ratio(value: Decimal, whole: Decimal) -> Fraction:
    """The exact quotient of two typed numbers; ``whole`` is not zero."""
    (numerator, divisor), (part, denominator) = value.as_integer_ratio(), whole.as_integer_ratio()
    return Fraction(numerator * denominator, divisor * part)


def multiplied(one: Fraction, other: Fraction) -> tuple[int, int]:
    """``one`` × ``other`` as numerator and denominator, not yet reduced."""
    (numerator, denominator), (factor, divisor) = one.as_integer_ratio(), other.as_integer_ratio()
    return numerator * factor, denominator * divisor


def times(one: Fraction, other: Fraction) -> Fraction:
    """``one`` × ``other``; with one reduction, where the operator takes two."""
    return Fraction(*multiplied(one, other))


def quotient(part: Fraction, whole: Fraction) -> tuple[int, int]:
    """``part`` / ``whole``, which is not zero, as numerator and denominator, not yet reduced."""
    (numerator, denominator), (divisor, factor) = part.as_integer_ratio(), whole.as_integer_ratio()
    return numerator * factor, denominator * divisor


def per(part: Fraction, whole: Fraction) -> Fraction:
    """``part`` / ``whole``, which is not zero; with one reduction, where the operator takes two."""
    (numerator, denominator), (divisor, factor) = part.as_integer_ratio(), whole.as_integer_ratio()
    return Fraction(numerator * factor, denominator * divisor)


def scaled(value: Fraction, factor: Decimal) -> Fraction:
    """``value`` times a typed number."""
    (numerator, denominator), (multiplier, divisor) = value.as_integer_ratio(), factor.as_integer_ratio()
    return Fraction(numerator * multiplier, denominator * divisor)


def percentage(part: Fraction, whole: Fraction) -> tuple[int, int]:
    """``part`` as a percentage of ``whole``, which is not zero: numerator and denominator, not yet reduced."""
    (numerator, denominator), (divisor, factor) = part.as_integer_ratio(), whole.as_integer_ratio()
    return numerator * factor * 100, denominator * divisor


def per_cent(part: Fraction, whole: Fraction) -> Fraction:
    """``part`` as a percentage of ``whole``, which is not zero."""
    return Fraction(*percentage(part, whole))


def minus(one: Fraction, other: Fraction) -> Fraction:
    """``one`` − ``other``; with one reduction, and without the operator's search for what to do."""
    (amount, part), (less, divisor) = one.as_integer_ratio(), other.as_integer_ratio()
    return Fraction(amount * divisor - less * part, part * divisor)


def sum_of_products(pairs: Iterable[tuple[Fraction, Fraction]]) -> tuple[int, int]:
    """The sum of all ``one`` × ``other`` as numerator and denominator, not yet reduced."""
    numerator, denominator = 0, 1
    for one, other in pairs:
        (amount, part), (factor, divisor) = one.as_integer_ratio(), other.as_integer_ratio()
        whole = part * divisor
        common = lcm(denominator, whole)
        numerator = numerator * (common // denominator) + amount * factor * (common // whole)
        denominator = common
    return numerator, denominator


def round_down(volume: Fraction, step: Fraction) -> Fraction:
    """The largest multiple of ``step`` that does not exceed ``volume`` (both in the same unit, not negative)."""
    (amount, part), (size, divisor) = volume.as_integer_ratio(), step.as_integer_ratio()
    return Fraction(amount * divisor // (part * size) * size, divisor)


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum of at least one value; unlike ``sum`` it adds nothing to the first."""
    return functools.reduce(operator.add, values)
