"""Doubts about a case as a whole: who it is for, how old its values are, and whether they are plausible."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from dlicalc.domain import identity
from dlicalc.domain.case import Case
from dlicalc.domain.dose import Dose
from dlicalc.domain.finding import Finding, note, review, stop
from dlicalc.domain.labs import Enzyme, LabResult, Labs
from dlicalc.domain.plausibility import Guard
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.recipient import completed_years
from dlicalc.domain.schedule import Schedule

DATED_LABS: Final = ("labs.creatinine", "labs.alt", "labs.ast", "labs.bilirubin")


def identity_findings(case: Case, dose: Dose | None, protocol: Protocol) -> list[Finding]:
    """Missing identifiers, doubtful bags, and blood groups that do not match."""
    recipient = case.recipient
    findings = []
    if recipient.mrn is None:
        findings.append(stop("recipient.mrn-unknown", "recipient.mrn"))
    if recipient.birth_date is None:
        findings.append(stop("recipient.birth-date-unknown", "recipient.birth_date"))
    if recipient.name is None:
        findings.append(stop("recipient.name-unknown", "recipient.name"))
    findings += identity.donor_findings(case.donor)
    findings += identity.bag_findings(case.products)
    match = identity.match_blood_groups(case.products, recipient.abo_rhd, case.donor.abo_rhd)
    return findings + match.findings + _mismatch_amounts(match, case, dose, protocol)


def _mismatch_amounts(match: identity.BloodGroups, case: Case, dose: Dose | None, protocol: Protocol) -> list[Finding]:
    """How much of what does not match would be given."""
    weight = case.recipient.weight
    if dose is None or weight is None:
        return []
    guard = Guard(protocol.plausibility)
    if match.plasma_incompatible:
        guard.check_computed("plasma_incompatible_per_kg", dose.ml_per_kg, "products")
    if not match.red_cells_incompatible:
        return guard.findings
    if dose.red_cells_ml is None:
        return [stop("product.red-cells-unknown", "products"), *guard.findings]
    guard.check_computed("red_cells_incompatible", dose.red_cells_ml, "products")
    guard.check_computed("red_cells_incompatible_per_kg", dose.red_cells_ml / weight.exact, "products")
    return guard.findings


def freshness_findings(case: Case, as_of: datetime, protocol: Protocol) -> list[Finding]:
    """Weight and laboratory values without a date, of the future, or too old on the day of infusion."""
    start = case.infusion.planned_start
    today = as_of.date()
    last = today if start is None else max(today, start.date())
    findings = []
    weight, labs, freshness = case.recipient.weight, case.labs, protocol.freshness
    if weight is not None:
        findings += _dated("weight", "recipient.weight", weight.measured_on, (today, last), freshness.weight_days)
    days = freshness.labs_days
    for path in DATED_LABS:
        result = getattr(labs, path.removeprefix("labs."))
        if result is not None:
            findings += _dated(path, path, result.collected_on, (today, last), days)
    return findings


def _dated(what: str, path: str, taken: date | None, days_of_use: tuple[date, date], limit: int) -> list[Finding]:
    """A value without a date, of the future, or older than ``limit`` days when it is used: today and later."""
    today, last = days_of_use
    if taken is None:
        unknown: Callable[[str, str], Finding] = review if what == "weight" else note
        return [unknown(f"{what}.undated", path)]
    if taken > last:
        return [stop(f"{what}.date-ahead", path, date=taken.isoformat())]
    if taken > today:
        return [review(f"{what}.date-after-today", path, date=taken.isoformat())]
    days = (last - taken).days
    return [review(f"{what}.stale", path, days=days, limit=limit, date=taken.isoformat())] if days > limit else []


def plausibility_findings(case: Case, schedule: Schedule, reference: date, protocol: Protocol) -> list[Finding]:
    """Values of the recipient, the laboratory and the calendar outside their guardrails."""
    guard = Guard(protocol.plausibility)
    recipient = case.recipient
    weight, height, birth_date = recipient.weight, recipient.height, recipient.birth_date
    if weight is not None:
        guard.check("weight", weight.amount, "recipient.weight", weight)
    if height is not None:
        guard.check("height", height.amount, "recipient.height", height)
    if birth_date is not None:
        age = Decimal(completed_years(birth_date, reference))
        guard.check("age", age, "recipient.birth_date", f"{age} a")
    _guard_labs(guard, case.labs)
    _guard_percentages(guard, case)
    if schedule.day is not None:
        guard.check_quotient("day", schedule.day, 1, "transplant.day_0")
    if schedule.chemotherapy_interval_hours is not None:
        path = "infusion.chemotherapy.last_dose_at"
        guard.check_computed("chemotherapy_hours", schedule.chemotherapy_interval_hours, path)
    return guard.findings


def _guard_labs(guard: Guard, labs: Labs) -> None:
    _guard_in_own_unit(guard, "creatinine", labs.creatinine)
    _guard_in_own_unit(guard, "bilirubin", labs.bilirubin)
    _guard_enzyme(guard, "labs.alt", labs.alt)
    _guard_enzyme(guard, "labs.ast", labs.ast)
    if labs.cystatin_c is not None:
        guard.check("cystatin_c", labs.cystatin_c.amount, "labs.cystatin_c", labs.cystatin_c)


def _guard_in_own_unit(guard: Guard, name: str, result: LabResult | None) -> None:
    """Creatinine and bilirubin have guardrails for each of their units."""
    if result is None or result.value is None:
        return
    limit, unit = result.upper_limit, result.unit
    suffix = "mg_dl" if unit == "mg/dL" else "umol_l"
    guard.check(f"{name}_{suffix}", result.value.value, f"labs.{name}", result)
    if limit is not None:
        guard.check(f"{name}_limit_{suffix}", limit.value, f"labs.{name}.upper_limit", limit, unit)


def _guard_enzyme(guard: Guard, path: str, result: Enzyme | None) -> None:
    if result is None:
        return
    guard.check("enzyme", result.amount, path, result)
    limit = result.upper_limit
    if limit is not None:
        guard.check("enzyme_limit", result.upper_limit_amount, f"{path}.upper_limit", limit, result.unit)


def _guard_percentages(guard: Guard, case: Case) -> None:
    blasts = case.transplant.marrow_blasts_before_conditioning
    for name, path, percent in (
        ("lvef", "organs.lvef", case.organs.lvef),
        ("spo2", "organs.spo2", case.organs.spo2),
        ("marrow_blasts", "transplant.marrow_blasts_before_conditioning", blasts),
    ):
        if percent is not None and percent.value is not None:
            guard.check(name, percent.value.value, path, percent)
