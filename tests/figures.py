"""Whether a printed decimal says the same as an exact figure (contract, section 3)."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

DECIMAL = re.compile(r"-?\d+(\.\d+)?")
DIGITS = 12


def terminates(figure: Fraction) -> bool:
    """Whether a fraction has a finite decimal expansion."""
    rest = figure.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def agrees(printed: str | None, exact: Fraction | None) -> bool:
    """The exact value if it terminates, otherwise at least 12 significant digits of it."""
    if printed is None or exact is None:
        return printed is None and exact is None
    if not (isinstance(printed, str) and DECIMAL.fullmatch(printed)):
        return False
    if terminates(exact):
        return Fraction(printed) == exact
    return len(Decimal(printed).as_tuple().digits) >= DIGITS and close(printed, exact)


def close(printed: str | Decimal, exact: Fraction | Decimal, digits: int = DIGITS) -> bool:
    """Agreement to so many significant digits; the last of them may be rounded or cut off."""
    difference = abs(Fraction(printed) - Fraction(exact))
    return difference <= abs(Fraction(exact)) / 10 ** (digits - 1)
