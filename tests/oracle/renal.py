"""eGFR with 60 decimal digits, from the published equations (references in `tests/vectors/README.md`)."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

DIGITS = Context(prec=60)
UMOL_L_PER_MG_DL = Decimal("88.4")
CM = {"cm": Decimal(1), "m": Decimal(100), "[in_i]": Decimal("2.54")}
ADULT = 18


def egfr(
    equation: str,
    sex: str,
    age: str | int | Decimal,
    creatinine_mg_dl: str | Decimal = "0",
    *,
    height_cm: str | Decimal = "0",
    cystatin_mg_l: str | Decimal = "0",
) -> Decimal:
    """One eGFR in mL/min/1.73 m2; equations are named as in `tests/vectors`, sex is "male" or "female"."""
    woman = sex == "female"
    years, scr, cm, cys = (Decimal(given) for given in (age, creatinine_mg_dl, height_cm, cystatin_mg_l))
    kappa = Decimal("0.7") if woman else Decimal("0.9")

    if equation == "ckdepi2021_cr":
        alpha = "-0.241" if woman else "-0.302"
        factors = [("0.9938", years), *_bent(scr, kappa, alpha, "-1.200")]
        return _product("142", "1.012" if woman else "1", factors)
    if equation == "ckdepi2009_cr":
        alpha = "-0.329" if woman else "-0.411"
        factors = [("0.993", years), *_bent(scr, kappa, alpha, "-1.209")]
        return _product("141", "1.018" if woman else "1", factors)
    if equation == "ckdepi2012_cys":
        factors = [("0.996", years), *_bent(cys, Decimal("0.8"), "-0.499", "-1.328")]
        return _product("133", "0.932" if woman else "1", factors)
    if equation == "ckdepi2021_crcys":
        creatinine = _bent(scr, kappa, "-0.219" if woman else "-0.144", "-0.544")
        factors = [("0.9961", years), *creatinine, *_bent(cys, Decimal("0.8"), "-0.323", "-0.778")]
        return _product("135", "0.963" if woman else "1", factors)
    if equation == "ckid_u25_cr":
        metres_over_creatinine = DIGITS.divide(cm, 100 * scr)
        return DIGITS.multiply(ckid_u25_k(woman, years), metres_over_creatinine)
    if equation == "schwartz2009":
        return DIGITS.divide(Decimal("0.413") * cm, scr)
    raise ValueError(equation)


def ckid_u25_k(woman: bool, years: Decimal) -> Decimal:
    """The K of CKiD U25, which grows until 18 years of age."""
    if years >= ADULT:
        return Decimal("41.4") if woman else Decimal("50.8")
    grows = "1.008" if years < 12 else "1.023" if woman else "1.045"
    return _product("36.1" if woman else "39.0", "1", [(grows, years - 12)])


def completed_years(birth: str, on: str) -> int:
    """Age in whole years on a date."""
    born, day = date.fromisoformat(birth), date.fromisoformat(on)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def renal(case: dict[str, Any]) -> dict[str, Any]:
    """Creatinine in mg/dL (Fraction), age, and each creatinine-based eGFR (Decimal); None where it cannot be had."""
    creatinine = case["labs"]["creatinine"] or {}
    birth, sex = case["recipient"]["birth_date"], case["recipient"]["sex"]
    if creatinine.get("value") is None:
        return {"creatinine_mg_dl": None, "age": None, "ckd_epi_2021": None, "ckd_epi_2009": None}
    mg_dl = Fraction(creatinine["value"])
    if creatinine["unit"] == "umol/L":
        mg_dl /= Fraction(UMOL_L_PER_MG_DL)
    if not (birth and sex and creatinine.get("collected_on")):
        return {"creatinine_mg_dl": mg_dl, "age": None, "ckd_epi_2021": None, "ckd_epi_2009": None}

    age = completed_years(birth, creatinine["collected_on"])
    scr = DIGITS.divide(Decimal(mg_dl.numerator), Decimal(mg_dl.denominator))
    figures = {
        "creatinine_mg_dl": mg_dl,
        "age": age,
        "ckd_epi_2021": egfr("ckdepi2021_cr", sex, age, scr),
        "ckd_epi_2009": egfr("ckdepi2009_cr", sex, age, scr),
    }
    height = case["recipient"].get("height")
    if age < ADULT and height:
        cm = Decimal(height["value"]) * CM[height["unit"]]
        figures["bedside_schwartz"] = egfr("schwartz2009", sex, age, scr, height_cm=cm)
        days = (date.fromisoformat(creatinine["collected_on"]) - date.fromisoformat(birth)).days
        figures["ckid_u25"] = egfr("ckid_u25_cr", sex, Decimal(days) / Decimal("365.25"), scr, height_cm=cm)
    return figures


def _bent(value: Decimal, knot: Decimal, below: str, above: str) -> list[tuple[Decimal, Decimal]]:
    """The two powers of an equation that bends at a knot: one of the bases is always 1."""
    ratio = DIGITS.divide(value, knot)
    return [(min(ratio, Decimal(1)), Decimal(below)), (max(ratio, Decimal(1)), Decimal(above))]


def _product(constant: str, sex_factor: str, factors: list[tuple[Any, Decimal]]) -> Decimal:
    """constant * sex factor * base ** exponent for each factor."""
    result = DIGITS.multiply(Decimal(constant), Decimal(sex_factor))
    for base, exponent in factors:
        if base != 1:
            result = DIGITS.multiply(result, DIGITS.power(Decimal(base), exponent))
    return result
