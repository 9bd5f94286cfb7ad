"""Estimated glomerular filtration rate, one function per published equation.

All take creatinine in mg/dL and cystatin C in mg/L and give mL/min/1.73 m². The powers are irrational, so results
are decimals of 20 significant digits, far finer than any difference that typed values could make at a limit.
"""

import functools
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

Sex = Literal["female", "male"]

_CONTEXT: Final = Context(prec=20, rounding=ROUND_HALF_EVEN)
_REMEMBERED: Final = 512
"""Ages are whole years, creatinine is mostly in whole µmol/L; and both CKD-EPI years take the same logarithm."""


class _Bend(NamedTuple):
    """What an equation raises an analyte to: ``below`` up to the knee, ``above`` from there on."""

    knee: Fraction
    below: Decimal
    above: Decimal


class _Equation(NamedTuple):
    """The published numbers of one equation for one sex; ``per_year`` is the factor of each year of age."""

    scale: Decimal
    bend: _Bend
    per_year: str


def _bend(knee: str, below: str, above: str) -> _Bend:
    return _Bend(Fraction(knee), Decimal(below), Decimal(above))


_CKD_EPI_2021: Final[Mapping[Sex, _Equation]] = {
    "female": _Equation(Decimal("143.704"), _bend("0.7", "-0.241", "-1.200"), "0.9938"),  # 142 × 1.012 for women
    "male": _Equation(Decimal(142), _bend("0.9", "-0.302", "-1.200"), "0.9938"),
}
_CKD_EPI_2009: Final[Mapping[Sex, _Equation]] = {
    "female": _Equation(Decimal("143.538"), _bend("0.7", "-0.329", "-1.209"), "0.993"),  # 141 × 1.018 for women
    "male": _Equation(Decimal(141), _bend("0.9", "-0.411", "-1.209"), "0.993"),
}
_CKD_EPI_2012_CYSTATIN: Final[Mapping[Sex, _Equation]] = {
    "female": _Equation(Decimal("123.956"), _bend("0.8", "-0.499", "-1.328"), "0.996"),  # 133 × 0.932 for women
    "male": _Equation(Decimal(133), _bend("0.8", "-0.499", "-1.328"), "0.996"),
}
_CKD_EPI_2021_COMBINED: Final[Mapping[Sex, _Equation]] = {
    "female": _Equation(Decimal("130.005"), _bend("0.7", "-0.219", "-0.544"), "0.9961"),  # 135 × 0.963 for women
    "male": _Equation(Decimal(135), _bend("0.9", "-0.144", "-0.544"), "0.9961"),
}
_CYSTATIN_IN_COMBINED: Final = _bend("0.8", "-0.323", "-0.778")


def _quotient(part: int, whole: int) -> Decimal:
    return _CONTEXT.divide(Decimal(part), Decimal(whole))


def _decimal(value: Fraction) -> Decimal:
    return _quotient(*value.as_integer_ratio())


@functools.lru_cache(maxsize=_REMEMBERED)
def _logarithm(value: Decimal) -> Decimal:
    return _CONTEXT.ln(value)


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    return _CONTEXT.exp(_CONTEXT.multiply(exponent, _logarithm(base)))


def _bent(amount: Fraction, bend: _Bend) -> Decimal:
    """``amount`` as a multiple of the knee, raised to the exponent of its side."""
    (numerator, denominator), (knee, knee_part) = amount.as_integer_ratio(), bend.knee.as_integer_ratio()
    part, whole = numerator * knee_part, denominator * knee
    return _power(_quotient(part, whole), bend.below if part <= whole else bend.above)


def _product(*factors: Decimal) -> Decimal:
    return functools.reduce(_CONTEXT.multiply, factors)


@functools.lru_cache(maxsize=_REMEMBERED)
def _aging(per_year: str, years: int | Fraction) -> Decimal:
    exponent = years if isinstance(years, int) else _decimal(years)
    return _CONTEXT.power(Decimal(per_year), exponent)


def egfr_ckd_epi_2021(*, creatinine_mg_dl: Fraction, age_years: int | Fraction, sex: Sex) -> Decimal:
    """CKD-EPI 2021 creatinine equation without race, adults from 18 years.

    Source: Inker LA et al., N Engl J Med 2021;385:1737-1749, doi 10.1056/NEJMoa2102953.
    """
    scale, bend, per_year = _CKD_EPI_2021[sex]
    return _product(scale, _bent(creatinine_mg_dl, bend), _aging(per_year, age_years))


def egfr_ckd_epi_2009(*, creatinine_mg_dl: Fraction, age_years: int | Fraction, sex: Sex) -> Decimal:
    """CKD-EPI 2009 creatinine equation without its race factor, adults from 18 years.

    Source: Levey AS et al., Ann Intern Med 2009;150:604-612.
    """
    scale, bend, per_year = _CKD_EPI_2009[sex]
    return _product(scale, _bent(creatinine_mg_dl, bend), _aging(per_year, age_years))


def egfr_ckd_epi_2012_cystatin(*, cystatin_mg_l: Fraction, age_years: int | Fraction, sex: Sex) -> Decimal:
    """CKD-EPI 2012 cystatin C equation, adults from 18 years.

    Source: Inker LA et al., N Engl J Med 2012;367:20-29; the age factor is 0.996 as printed there.
    """
    scale, bend, per_year = _CKD_EPI_2012_CYSTATIN[sex]
    return _product(scale, _bent(cystatin_mg_l, bend), _aging(per_year, age_years))


def egfr_ckd_epi_2021_creatinine_cystatin(
    *, creatinine_mg_dl: Fraction, cystatin_mg_l: Fraction, age_years: int | Fraction, sex: Sex
) -> Decimal:
    """CKD-EPI 2021 combined creatinine and cystatin C equation without race, adults from 18 years.

    Source: Inker LA et al., N Engl J Med 2021;385:1737-1749.
    """
    scale, bend, per_year = _CKD_EPI_2021_COMBINED[sex]
    return _product(
        scale,
        _bent(creatinine_mg_dl, bend),
        _bent(cystatin_mg_l, _CYSTATIN_IN_COMBINED),
        _aging(per_year, age_years),
    )


def egfr_ckid_u25(*, creatinine_mg_dl: Fraction, height_cm: Fraction, age_years: Fraction, sex: Sex) -> Decimal:
    """CKiD U25 creatinine equation, 1 to 25 years; ``age_years`` is decimal age.

    Source: Pierce CB et al., Kidney Int 2021;99:948-956, doi 10.1016/j.kint.2020.10.047.
    """
    k, per_year, years = _ckid_u25_k(age_years, sex)
    of_k = _decimal(k * height_cm / 100 / creatinine_mg_dl)
    return of_k if years == 0 else _product(of_k, _power(per_year, _decimal(years)))


_U25_FROM_12: Final = 12
_U25_FROM_18: Final = 18


def _ckid_u25_k(age_years: Fraction, sex: Sex) -> tuple[Fraction, Decimal, Fraction]:
    """K of CKiD U25 at 12 years, its growth per year, and the years from then; constant from 18 on."""
    if age_years >= _U25_FROM_18:
        return Fraction("41.4" if sex == "female" else "50.8"), Decimal(1), Fraction(0)
    older = "1.023" if sex == "female" else "1.045"
    per_year = Decimal("1.008" if age_years < _U25_FROM_12 else older)
    return Fraction("36.1" if sex == "female" else "39.0"), per_year, age_years - _U25_FROM_12


def egfr_bedside_schwartz(*, creatinine_mg_dl: Fraction, height_cm: Fraction) -> Decimal:
    """Bedside Schwartz equation, 1 to under 18 years.

    Source: Schwartz GJ et al., J Am Soc Nephrol 2009;20:629-637.
    """
    return _decimal(Fraction("0.413") * height_cm / creatinine_mg_dl)
