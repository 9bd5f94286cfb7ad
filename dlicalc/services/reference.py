"""Recomputes reference cases and says which agree with values that came from outside this program."""

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, Final, NamedTuple

from dlicalc.domain import renal
from dlicalc.domain.dose import Dose
from dlicalc.domain.evaluation import Evaluation, evaluate
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.quantity import exact
from dlicalc.services.entry import Document, read_case
from dlicalc.services.numbers import decimal_text, estimate_text
from dlicalc.services.two_routes import differing

Reference = dict[str, Any]

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
MOST_DECIMALS: Final = 12
"""Decimals that count in a printed value; the later ones of a spreadsheet's cells are not its own."""
NOTHING: Final = "-"
EQUAL: Final = "="
FAILED: Final = "failed"
TWO_ROUTES: Final = "two_routes"
"""Figures of a case in which the program fails, and of the comparison of its two computations."""
GOLDEN: Final = ("E7", "E8", "E13")
"""The worked doses that every start recomputes: two bags; less than 10 mL; nucleated red cells and a share of
lymphocytes."""


class Check(NamedTuple):
    """One reference value and what this machine computes for it.

    ``case`` tells cases apart, ``figure`` is the code of what was computed, ``given`` what it was computed from.
    """

    case: str
    figure: str
    given: str
    source: str
    expected: str
    obtained: str
    agrees: bool


class References(NamedTuple):
    """The shipped cases, by their kinds."""

    doses: Sequence[Reference]
    limits: Sequence[Reference]
    egfr: Sequence[Reference]
    published: Sequence[Reference]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return sum(map(len, self))


def check_all(references: References, protocol: Protocol) -> Iterator[tuple[Check, ...]]:
    """Case after case, the checks of each; a case in which the program fails is one that differs."""
    base = next((reference for reference in references.doses if reference["id"] == "E1"), {})
    for reference in references.doses:
        yield _tried(reference["id"], reference, partial(check_dose, protocol=protocol))
    for reference in references.limits:
        yield _tried(reference["id"], reference, partial(check_limit, base=base, protocol=protocol))
    for number, reference in enumerate(references.egfr, start=1):
        yield _tried(f"G{number}", reference, partial(check_egfr, case=f"G{number}", allowed=twelve_digits))
    for number, reference in enumerate(references.published, start=1):
        yield _tried(f"P{number}", reference, partial(check_egfr, case=f"P{number}", allowed=as_printed))


def check_golden(doses: Sequence[Reference], protocol: Protocol) -> list[Check]:
    """The checks of the golden cases that do not agree."""
    golden = (reference for reference in doses if reference["id"] in GOLDEN)
    found = (_tried(one["id"], one, partial(check_dose, protocol=protocol)) for one in golden)
    return [check for checks in found for check in checks if not check.agrees]


def _tried(case: str, reference: Reference, checks: Callable[[Reference], Iterable[Check]]) -> tuple[Check, ...]:
    try:
        return tuple(checks(reference))
    except Exception as error:
        return (Check(case, FAILED, "", reference["source"], NOTHING, type(error).__name__, agrees=False),)


def check_dose(reference: Reference, protocol: Protocol) -> Iterator[Check]:
    """Each expected figure of a worked dose, compared exactly, as fractions; then the second route."""
    name, source, document = reference["id"], reference["source"], reference["case"]
    evaluation = _evaluation(document, reference["as_of"], protocol)
    for field, expected in reference["expected"].items():
        obtained = _figure(evaluation, field)
        agrees = obtained == (None if expected is None else Fraction(expected))
        yield Check(name, field, reference["title"], source, expected or NOTHING, _text(obtained), agrees)
    yield _by_two_routes(name, document, evaluation, (reference["title"], source))


def _evaluation(document: Document, as_of: str, protocol: Protocol) -> Evaluation | None:
    case = read_case(document).case
    return None if case is None else evaluate(case, protocol, datetime.fromisoformat(as_of))


def _by_two_routes(case: str, document: Document, evaluation: Evaluation | None, of: tuple[str, str]) -> Check:
    """Whether both routes agree on a document; ``of`` is what was given, and its source."""
    apart = () if evaluation is None else differing(document, evaluation)
    told = "; ".join(f"{one.params['what']}: {one.params['one']} | {one.params['two']}" for one in apart)
    return Check(case, TWO_ROUTES, *of, EQUAL, told or EQUAL, not apart)


def _figure(evaluation: Evaluation | None, field: str) -> Fraction | None:
    dose: Dose | None = None if evaluation is None else evaluation.dose
    return None if dose is None else getattr(dose, DOSE_FIELDS[field])


def _text(value: Fraction | None) -> str:
    return NOTHING if value is None else decimal_text(value)


def check_limit(reference: Reference, base: Reference, protocol: Protocol) -> Iterator[Check]:
    """The verdict on a criterion after some entries of the case of ``base`` were changed."""
    document, name = copy.deepcopy(base["case"]), reference["id"]
    for path, value in reference["change"].items():
        *parents, last = path.split(".")
        part = document
        for parent in parents:
            part = part[parent]
        part[last] = value
    evaluation = _evaluation(document, base["as_of"], protocol)
    verdicts = {} if evaluation is None else {verdict.id: verdict.status.label for verdict in evaluation.verdicts}
    changed = ", ".join(f"{path.partition('.')[2]} {value}" for path, value in reference["change"].items())
    obtained = verdicts.get(reference["criterion"], NOTHING)
    agrees = obtained == reference["expected"]
    yield Check(name, reference["criterion"], changed, reference["source"], reference["expected"], obtained, agrees)
    yield _by_two_routes(name, document, evaluation, (changed, reference["source"]))


def check_egfr(reference: Reference, case: str, allowed: Callable[[str], Fraction]) -> Iterator[Check]:
    """An eGFR by others; ``allowed`` is the difference that a printed value leaves open."""
    printed, estimate = reference["expected"], _egfr(reference)
    given = ("sex", "age_years", "creatinine_mg_dl", "cystatin_mg_l", "height_cm")
    entries = ", ".join(f"{name} {reference[name]}" for name in given if reference[name] is not None)
    agrees = abs(exact(estimate) - Fraction(printed)) <= allowed(printed)
    yield Check(case, reference["equation"], entries, reference["source"], printed, estimate_text(estimate), agrees)


def twelve_digits(printed: str) -> Fraction:
    """For values of 12 digits, printed without the zeros at their end."""
    return Fraction(printed) * TOLERANCE


def as_printed(printed: str) -> Fraction:
    """Half of the last digit that was printed."""
    return Fraction(1, 2 * 10 ** min(len(printed.partition(".")[2]), MOST_DECIMALS))


def _egfr(reference: Reference) -> Decimal:
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
