"""Estimated glomerular filtration rate, one function per published equation.

All take creatinine in mg/dL and cystatin C in mg/L and give mL/min/1.73 m². The powers are irrational, so results
are decimals of 20 significant digits, far finer than any difference that typed values could make at a limit.
"""

import functools
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final, Literal

from dlicalc.domain.quantity import per

Sex = Literal["female", "male"]

_CONTEXT: Final = Context(prec=20, rounding=ROUND_HALF_EVEN)
_REMEMBERED: Final = 512
"""Ages are whole years, creatinine is mostly in whole µmol/L; and both CKD-EPI years take the same logarithm."""
_KAPPA: Final[Mapping[Sex, Fraction]] = {"female": Fraction(7, 10), "male": Fraction(9, 10)}
_CYSTATIN_KNEE: Final = Fraction(8, 10)


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


@functools.lru_cache(maxsize=_REMEMBERED)
def _logarithm(value: Decimal) -> Decimal:
    return _CONTEXT.ln(value)


def _power(base: Fraction, exponent: Decimal) -> Decimal:
    return _CONTEXT.exp(_CONTEXT.multiply(exponent, _logarithm(_decimal(base))))


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
    ratio = per(creatinine_mg_dl, _KAPPA[sex])
    below = "-0.241" if sex == "female" else "-0.302"
    exponent = Decimal(below if ratio <= 1 else "-1.200")
    scale = Decimal("143.704" if sex == "female" else "142")  # 142 × 1.012 for women
    return _product(scale, _power(ratio, exponent), _aging("0.9938", age_years))


def egfr_ckd_epi_2009(*, creatinine_mg_dl: Fraction, age_years: int | Fraction, sex: Sex) -> Decimal:
    """CKD-EPI 2009 creatinine equation without its race factor, adults from 18 years.

    Source: Levey AS et al., Ann Intern Med 2009;150:604-612.
    """
    ratio = per(creatinine_mg_dl, _KAPPA[sex])
    below = "-0.329" if sex == "female" else "-0.411"
    exponent = Decimal(below if ratio <= 1 else "-1.209")
    scale = Decimal("143.538" if sex == "female" else "141")  # 141 × 1.018 for women
    return _product(scale, _power(ratio, exponent), _aging("0.993", age_years))


def egfr_ckd_epi_2012_cystatin(*, cystatin_mg_l: Fraction, age_years: int | Fraction, sex: Sex) -> Decimal:
    """CKD-EPI 2012 cystatin C equation, adults from 18 years.

    Source: Inker LA et al., N Engl J Med 2012;367:20-29; the age factor is 0.996 as printed there.
    """
    ratio = per(cystatin_mg_l, _CYSTATIN_KNEE)
    exponent = Decimal("-0.499" if ratio <= 1 else "-1.328")
    scale = Decimal("123.956" if sex == "female" else "133")  # 133 × 0.932 for women
    return _product(scale, _power(ratio, exponent), _aging("0.996", age_years))


def egfr_ckd_epi_2021_creatinine_cystatin(
    *, creatinine_mg_dl: Fraction, cystatin_mg_l: Fraction, age_years: int | Fraction, sex: Sex
) -> Decimal:
    """CKD-EPI 2021 combined creatinine and cystatin C equation without race, adults from 18 years.

    Source: Inker LA et al., N Engl J Med 2021;385:1737-1749.
    """
    creatinine_ratio = per(creatinine_mg_dl, _KAPPA[sex])
    cystatin_ratio = per(cystatin_mg_l, _CYSTATIN_KNEE)
    below = "-0.219" if sex == "female" else "-0.144"
    return _product(
        Decimal("130.005" if sex == "female" else "135"),  # 135 × 0.963 for women
        _power(creatinine_ratio, Decimal(below if creatinine_ratio <= 1 else "-0.544")),
        _power(cystatin_ratio, Decimal("-0.323" if cystatin_ratio <= 1 else "-0.778")),
        _aging("0.9961", age_years),
    )


def egfr_ckid_u25(*, creatinine_mg_dl: Fraction, height_cm: Fraction, age_years: Fraction, sex: Sex) -> Decimal:
    """CKiD U25 creatinine equation, 1 to 25 years; ``age_years`` is decimal age.

    Source: Pierce CB et al., Kidney Int 2021;99:948-956, doi 10.1016/j.kint.2020.10.047.
    """
    return _CONTEXT.multiply(_ckid_u25_k(age_years, sex), _decimal(height_cm / 100 / creatinine_mg_dl))


_U25_FROM_12: Final = 12
_U25_FROM_18: Final = 18


def _ckid_u25_k(age_years: Fraction, sex: Sex) -> Decimal:
    """K of CKiD U25: it grows with age to 12, faster to 18, and is constant from then on."""
    if age_years >= _U25_FROM_18:
        return Decimal("41.4" if sex == "female" else "50.8")
    older = "1.023" if sex == "female" else "1.045"
    growth = Fraction("1.008" if age_years < _U25_FROM_12 else older)
    k_at_12 = Decimal("36.1" if sex == "female" else "39.0")
    return _product(k_at_12, _power(growth, _decimal(age_years - _U25_FROM_12)))


def egfr_bedside_schwartz(*, creatinine_mg_dl: Fraction, height_cm: Fraction) -> Decimal:
    """Bedside Schwartz equation, 1 to under 18 years.

    Source: Schwartz GJ et al., J Am Soc Nephrol 2009;20:629-637.
    """
    return _decimal(Fraction("0.413") * height_cm / creatinine_mg_dl)
