"""What a site file may say of the trial's rules: narrower limits, the usual dose rule, the year of CKD-EPI, its units.

Whether a limit is narrower is found out where the protocol is known; here stands only what can be written.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Strict
from pydantic_core import PydanticCustomError

from dlicalc.domain.entered import Read, Words, read_number
from dlicalc.domain.plan import Rule
from dlicalc.domain.quantity import CONCENTRATION_UNITS

_SHARES: Final = ("%", *CONCENTRATION_UNITS)
UNITS: Final[Mapping[str, tuple[str, ...]]] = {
    "recipient.weight": ("kg", "g", "[lb_av]"),
    "recipient.height": ("cm", "m", "[in_i]"),
    "labs.creatinine": ("umol/L", "mg/dL"),
    "labs.bilirubin": ("umol/L", "mg/dL"),
    "labs.alt": ("U/L", "ukat/L"),
    "labs.ast": ("U/L", "ukat/L"),
    "products.counts.wbc": tuple(CONCENTRATION_UNITS),
    "products.counts.mnc": _SHARES,
    "products.counts.cd3": _SHARES,
    "products.counts.lymphocytes": _SHARES,
}
"""Entry, bags without their place → the units of which a site may prefer one."""


def _read_decimal(value: object) -> Decimal:
    return read_number(value).value


def _read_whole(value: object) -> int:
    number = _read_decimal(value)
    if number != int(number):
        raise PydanticCustomError("site_whole", "must be a whole number")
    return int(number)


Plain = Annotated[Decimal, Read(_read_decimal)]
Whole = Annotated[int, Read(_read_whole)]
Pair = Annotated[tuple[Plain, Plain], Strict(False)]


class Data(BaseModel):
    """Base of these tables."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


class Days(Data):
    """Whole days, both ends inside."""

    first_day: Whole
    last_day: Whole


class Hours(Data):
    """Hours, both ends inside."""

    at_least_hours: Plain
    at_most_hours: Plain


class Windows(Data):
    """Windows of the trial that a site may draw closer."""

    prophylactic: Days | None = None
    chemotherapy: Hours | None = None


class Ages(Data):
    """How old a value or a product may be before somebody should look."""

    weight_days: Whole | None = None
    labs_days: Whole | None = None
    fresh_product_hours: Whole | None = None


class Range(Data):
    """Bounds of plausibility, each pair inside the protocol's."""

    absolute: Pair | None = None
    recommended: Pair | None = None


class Limits(Data):
    """Limits that may be narrower than the protocol's, and never wider; what is left out is the protocol's."""

    criteria: Mapping[str, Words] = {}
    windows: Windows = Windows()
    freshness: Ages = Ages()
    plausibility: Mapping[str, Range] = {}
    cd3_ceiling_per_kg: Plain | None = None


class UsualDose(Data):
    """The rule by which this site usually doses: said and marked, never taken by itself."""

    usual_rule: Rule


class Equation(Data):
    """The year of CKD-EPI by which the eGFR is judged here."""

    equation: Literal["ckd-epi-2021", "ckd-epi-2009"]


def plain(number: Decimal | Fraction | int) -> str:
    """A number as it is written: without an exponent and without zeros that say nothing."""
    if isinstance(number, Fraction):
        number = Decimal(number.numerator) / Decimal(number.denominator)
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def span(low: Decimal | Fraction | int, high: Decimal | Fraction | int) -> str:
    """Two bounds as they are written."""
    return f"{plain(low)}–{plain(high)}"
