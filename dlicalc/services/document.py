"""The evaluation as the public contract prints it: texts and decimal strings, ready for JSON."""

from decimal import Decimal
from typing import Any, Final, Literal, NotRequired

from typing_extensions import TypedDict

from dlicalc.domain.dose import Dose, Limiting
from dlicalc.domain.eligibility import Verdict
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding
from dlicalc.domain.plan import Rule
from dlicalc.domain.protocol import SiteTerm
from dlicalc.domain.schedule import WindowState
from dlicalc.services.numbers import decimal_text, estimate_text
from dlicalc.services.wording import Words
from dlicalc.services.wording.words import verdict_text

EVALUATION_FORMAT: Final = "dlicalc-evaluation/1"


class ProtocolPart(TypedDict):
    """Which protocol file was used."""

    id: str
    version: str
    digest: str


class BagPart(TypedDict):
    """One bag of the order, by its place in the case."""

    product: int
    mnc_per_ml: str
    cd3_per_ml: str
    volume_ml: str
    left_ml: str


class StepPart(TypedDict):
    """One line of the arithmetic."""

    text: str
    result: str
    unit: str


class DosePart(TypedDict):
    """The dose; every figure is null while the status is not-computable."""

    status: Literal["computed", "not-computable"]
    rule: Rule
    mnc_volume_ml: str | None
    cd3_volume_ml: str | None
    ordered_volume_ml: str | None
    limiting: Limiting | None
    mnc_per_kg: str | None
    cd3_per_kg: str | None
    mnc_percent_of_target: str | None
    cd3_percent_of_target: str | None
    ml_per_kg: str | None
    dmso_g_per_kg: str | None
    red_cells_ml: str | None
    bags: list[BagPart]
    steps: list[StepPart]


class CriterionPart(TypedDict):
    """One criterion: ``value`` stood in ``rule`` to ``limit``, or did not."""

    id: str
    status: Literal["excluded", "not-evaluable", "not-excluded"]
    value: str | None
    limit: str
    rule: str
    unit: str | None
    text: str
    source: str
    protocol_limit: NotRequired[str]
    """Stands only where ``limit`` is narrower, as the site has set."""


class EligibilityPart(TypedDict):
    """All criteria and the worst of them."""

    status: Literal["excluded", "not-evaluable", "not-excluded"]
    criteria: list[CriterionPart]


class RenalPart(TypedDict):
    """Estimates of the glomerular filtration rate in mL/min/1.73 m²."""

    creatinine_mg_dl: str | None
    ckd_epi_2021: str | None
    ckd_epi_2009: str | None
    ckid_u25: str | None
    bedside_schwartz: str | None
    ckd_epi_2012_cystatin: str | None
    ckd_epi_2021_creatinine_cystatin: str | None


class SchedulePart(TypedDict):
    """Days, windows and the prophylaxis calendar."""

    day: int | None
    window: WindowState | None
    chemotherapy_interval_hours: str | None
    gvhd_prophylaxis_stop_from: str | None
    gvhd_prophylaxis_stop_to: str | None


class DecisionPart(TypedDict):
    """Who decided a stop, and why."""

    by: str
    role: str
    reason: str
    at: str | None


class FindingPart(TypedDict):
    """One finding in words."""

    code: str
    severity: Literal["stop", "review", "note"]
    path: str
    message: str
    decidable: bool
    decided_by: str | None
    decision: DecisionPart | None


class SiteTermPart(TypedDict):
    """One value that the site keeps to, and the protocol's."""

    key: str
    site: str
    protocol: str
    unit: str


class SitePart(TypedDict):
    """Where the site keeps to something else than the protocol."""

    digest: str
    limits: list[SiteTermPart]


class EvaluationDocument(TypedDict):
    """``dlicalc-evaluation/1``."""

    format: Literal["dlicalc-evaluation/1"]
    protocol: ProtocolPart
    as_of: str
    software: str
    releasable: bool
    dose: DosePart
    eligibility: EligibilityPart
    renal: RenalPart
    schedule: SchedulePart
    findings: list[FindingPart]
    site: NotRequired[SitePart]
    """Stands only where a site keeps to something else than the protocol."""


def evaluation_document(evaluation: Evaluation, words: Words, software: str) -> EvaluationDocument:
    """The evaluation in the public format, its sentences in the language of ``words``."""
    return document_around([criterion_part(verdict) for verdict in evaluation.verdicts], evaluation, words, software)


def document_around(
    criteria: list[CriterionPart], evaluation: Evaluation, words: Words, software: str
) -> EvaluationDocument:
    """The evaluation in the public format with ``criteria`` in their place."""
    protocol, schedule = evaluation.protocol, evaluation.schedule
    hours = schedule.chemotherapy_interval_hours
    document: EvaluationDocument = {
        "format": EVALUATION_FORMAT,
        "protocol": {
            "id": protocol.protocol.id,
            "version": protocol.protocol.version,
            "digest": protocol.digest,
        },
        "as_of": evaluation.as_of.isoformat(),
        "software": software,
        "releasable": evaluation.releasable,
        "dose": _dose(evaluation, words),
        "eligibility": {"status": evaluation.eligibility.label, "criteria": criteria},
        "renal": _renal(evaluation),
        "schedule": {
            "day": schedule.day,
            "window": schedule.window,
            "chemotherapy_interval_hours": None if hours is None else decimal_text(hours),
            "gvhd_prophylaxis_stop_from": _iso(schedule.gvhd_prophylaxis_stop_from),
            "gvhd_prophylaxis_stop_to": _iso(schedule.gvhd_prophylaxis_stop_to),
        },
        "findings": [_finding(finding, words) for finding in evaluation.findings],
    }
    if protocol.terms:
        document["site"] = {"digest": protocol.site_digest, "limits": [_term(term) for term in protocol.terms]}
    return document


def _term(term: SiteTerm) -> SiteTermPart:
    return {"key": term.key, "site": term.site, "protocol": term.protocol, "unit": term.unit}


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _dose(evaluation: Evaluation, words: Words) -> DosePart:
    steps: list[StepPart] = [
        {"text": words.step(step), "result": decimal_text(step.result), "unit": step.unit} for step in evaluation.steps
    ]
    dose = evaluation.dose
    if dose is None:
        return _no_dose(evaluation, steps)
    return {
        "status": "computed",
        "rule": dose.rule,
        "mnc_volume_ml": None if dose.mnc_volume is None else decimal_text(dose.mnc_volume),
        "cd3_volume_ml": None if dose.cd3_volume is None else decimal_text(dose.cd3_volume),
        "ordered_volume_ml": decimal_text(dose.ordered_volume),
        "limiting": dose.limiting,
        "mnc_per_kg": decimal_text(dose.mnc_per_kg),
        "cd3_per_kg": decimal_text(dose.cd3_per_kg),
        "mnc_percent_of_target": decimal_text(dose.mnc_percent),
        "cd3_percent_of_target": decimal_text(dose.cd3_percent),
        "ml_per_kg": decimal_text(dose.ml_per_kg),
        "dmso_g_per_kg": None if dose.dmso_g_per_kg is None else decimal_text(dose.dmso_g_per_kg),
        "red_cells_ml": None if dose.red_cells_ml is None else decimal_text(dose.red_cells_ml),
        "bags": _bags(dose),
        "steps": steps,
    }


def _no_dose(evaluation: Evaluation, steps: list[StepPart]) -> DosePart:
    return {
        "status": "not-computable",
        "rule": evaluation.rule,
        "mnc_volume_ml": None,
        "cd3_volume_ml": None,
        "ordered_volume_ml": None,
        "limiting": None,
        "mnc_per_kg": None,
        "cd3_per_kg": None,
        "mnc_percent_of_target": None,
        "cd3_percent_of_target": None,
        "ml_per_kg": None,
        "dmso_g_per_kg": None,
        "red_cells_ml": None,
        "bags": [],
        "steps": steps,
    }


def _bags(dose: Dose) -> list[BagPart]:
    return [
        {
            "product": bag.product,
            "mnc_per_ml": decimal_text(bag.cells.mnc),
            "cd3_per_ml": decimal_text(bag.cells.cd3),
            "volume_ml": decimal_text(bag.volume),
            "left_ml": decimal_text(bag.left),
        }
        for bag in dose.bags
    ]


def criterion_part(verdict: Verdict) -> CriterionPart:
    """One criterion in the public format."""
    name, status, value, criterion, _ = verdict
    part: CriterionPart = {
        "id": name,
        "status": status.label,
        "value": verdict_text(value),
        "limit": criterion.limit,
        "rule": criterion.rule,
        "unit": criterion.unit,
        "text": criterion.text,
        "source": criterion.source,
    }
    if criterion.of_protocol is not None:
        part["protocol_limit"] = criterion.of_protocol
    return part


def _renal(evaluation: Evaluation) -> RenalPart:
    renal = evaluation.renal
    mg_dl = renal.creatinine_mg_dl
    return {
        "creatinine_mg_dl": None if mg_dl is None else decimal_text(mg_dl),
        "ckd_epi_2021": _estimate(renal.ckd_epi_2021),
        "ckd_epi_2009": _estimate(renal.ckd_epi_2009),
        "ckid_u25": _estimate(renal.ckid_u25),
        "bedside_schwartz": _estimate(renal.bedside_schwartz),
        "ckd_epi_2012_cystatin": _estimate(renal.ckd_epi_2012_cystatin),
        "ckd_epi_2021_creatinine_cystatin": _estimate(renal.ckd_epi_2021_creatinine_cystatin),
    }


def _estimate(value: Decimal | None) -> str | None:
    return None if value is None else estimate_text(value)


def _finding(finding: Finding, words: Words) -> FindingPart:
    ruling = finding.ruling
    return {
        "code": finding.code,
        "severity": finding.severity.label,
        "path": finding.path,
        "message": words.finding(finding),
        "decidable": finding.decidable,
        "decided_by": None if ruling is None else ruling.by,
        "decision": None
        if ruling is None
        else {"by": ruling.by, "role": ruling.role, "reason": ruling.reason, "at": ruling.at},
    }
