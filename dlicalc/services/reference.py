"""Recomputes reference cases and says which agree with values that came from outside this program."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from dlicalc.domain import renal
from dlicalc.domain.dose import Dose
from dlicalc.domain.evaluation import evaluate
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.quantity import exact
from dlicalc.services.entry import read_case
from dlicalc.services.numbers import decimal_text

DOSE_FIELDS: Final[Mapping[str, str]] = {
    "mnc_volume_ml": "mnc_volume",
    "cd3_volume_ml": "cd3_volume",
    "ordered_volume_ml": "ordered_volume",
    "mnc_per_kg": "mnc_per_kg",
    "cd3_per_kg": "cd3_per_kg",
}
"""Field of the public evaluation → field of the dose."""
TOLERANCE: Final = Fraction(1, 10**11)
"""Relative; the references of irrational values are printed to 12 digits."""


class Check(NamedTuple):
    """One reference value and what this machine computes for it."""

    name: str
    source: str
    expected: str
    obtained: str
    agrees: bool


def check_doses(references: list[dict[str, Any]], protocol: Protocol) -> Iterator[Check]:
    """Each expected figure of each worked dose; compared exactly, as fractions."""
    for reference in references:
        case = read_case(reference["case"]).case
        as_of = datetime.fromisoformat(reference["as_of"])
        dose = evaluate(case, protocol, as_of).dose if case is not None else None
        for field, expected in reference["expected"].items():
            obtained = _figure(dose, field)
            agrees = obtained == (None if expected is None else Fraction(expected))
            name = f"{reference['id']} {field}"
            yield Check(name, reference["source"], expected or "-", _text(obtained), agrees)


def _figure(dose: Dose | None, field: str) -> Fraction | None:
    return None if dose is None else getattr(dose, DOSE_FIELDS[field])


def _text(value: Fraction | None) -> str:
    return "-" if value is None else decimal_text(value)


def check_egfr(references: list[dict[str, Any]]) -> Iterator[Check]:
    """Each eGFR that other programs agree on, to the digits that they print."""
    for reference in references:
        expected = Fraction(reference["expected"])
        obtained = exact(_egfr(reference))
        agrees = abs(obtained - expected) <= expected * TOLERANCE
        inputs = ("sex", "age_years", "creatinine_mg_dl", "cystatin_mg_l", "height_cm")
        given = ", ".join(f"{name} {reference[name]}" for name in inputs if reference[name] is not None)
        name = f"{reference['equation']}: {given}"
        yield Check(name, reference["source"], reference["expected"], decimal_text(obtained), agrees)


def _egfr(reference: dict[str, Any]) -> Decimal:
    sex = reference["sex"]
    age, creatinine, cystatin, height = (
        Fraction(reference[name] or 0) for name in ("age_years", "creatinine_mg_dl", "cystatin_mg_l", "height_cm")
    )
    match reference["equation"]:
        case "ckdepi2021_cr":
            return renal.egfr_ckd_epi_2021(creatinine_mg_dl=creatinine, age_years=age, sex=sex)
        case "ckdepi2009_cr":
            return renal.egfr_ckd_epi_2009(creatinine_mg_dl=creatinine, age_years=age, sex=sex)
        case "ckdepi2012_cys":
            return renal.egfr_ckd_epi_2012_cystatin(cystatin_mg_l=cystatin, age_years=age, sex=sex)
        case "ckdepi2021_crcys":
            return renal.egfr_ckd_epi_2021_creatinine_cystatin(
                creatinine_mg_dl=creatinine, cystatin_mg_l=cystatin, age_years=age, sex=sex
            )
        case "ckid_u25_cr":
            return renal.egfr_ckid_u25(creatinine_mg_dl=creatinine, height_cm=height, age_years=age, sex=sex)
        case "schwartz2009":
            return renal.egfr_bedside_schwartz(creatinine_mg_dl=creatinine, height_cm=height)
        case unknown:
            raise ValueError(unknown)
