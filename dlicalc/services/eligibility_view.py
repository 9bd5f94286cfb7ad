"""The eligibility page as data: each criterion with its verdict, value against limit, dates and remarks in words."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.domain.eligibility import Status, Verdict, months_before
from dlicalc.domain.evaluation import Evaluation, reference_day
from dlicalc.domain.finding import Finding, Severity
from dlicalc.domain.labs import LabResult
from dlicalc.services.numbers import estimate_shown
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording import eligibility_page as say
from dlicalc.services.wording.findings import ANSWER_NEEDED, NEEDED
from dlicalc.services.wording.order import EQUATIONS, FOR_COMPARISON
from dlicalc.services.wording.site import LIMIT_OF_SITE
from dlicalc.services.wording.terms import CRITERIA
from dlicalc.services.wording.window import CRITERIA_COUNT, DECIDED

FED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "inclusion.disease": ("transplant.disease",),
    "inclusion.philadelphia": ("transplant.philadelphia_positive",),
    "inclusion.refractory": ("transplant.marrow_blasts_before_conditioning",),
    "inclusion.mrd": ("transplant.mrd_negative_within_1_month",),
    "relapse.early": ("transplant.relapse_within_30_days",),
    "inclusion.consent": ("transplant.consent",),
    "renal.creatinine": ("labs.creatinine",),
    "hepatic.alt": ("labs.alt",),
    "hepatic.ast": ("labs.ast",),
    "hepatic.bilirubin": ("labs.bilirubin",),
    "renal.egfr": ("labs.creatinine", "labs.cystatin_c"),
    "hepatic.known_disease": ("organs.severe_cirrhosis", "organs.portal_hypertension", "organs.active_liver_disease"),
    "renal.dialysis": ("organs.dialysis",),
    "cardiac.nyha": ("organs.nyha_class",),
    "cardiac.event": ("organs.cardiac_event_within_6_months", "organs.last_cardiac_event_on"),
    "cardiac.lvef": ("organs.lvef",),
    "cardiac.arrhythmia": ("organs.uncontrolled_arrhythmia",),
    "respiratory.oxygen": ("organs.long_term_oxygen",),
    "respiratory.spo2": ("organs.spo2",),
    "gvhd.active": ("exclusions.active_uncontrolled_gvhd",),
    "infection.severe": ("exclusions.severe_infection",),
    "trial.other": ("exclusions.other_trial_within_3_months",),
    "investigator.judgement": ("exclusions.investigator_unsuitable",),
}
"""Criterion → the rows of the page that feed it; its verdict stands beneath the last of them."""
ELSEWHERE: Final = ("recipient.birth_date", "recipient.sex")
"""What the eGFR needs besides, on another page."""

_FIRST_OF: Final = {row: criterion for criterion, fed_by in reversed(list(FED_BY.items())) for row in fed_by}
_NO_REMARK: Final = CRITERIA.keys() | {"entry.unreadable"}
_EQUATION_OF: Final = {"ckd-epi-2021": "ckd_epi_2021", "ckd-epi-2009": "ckd_epi_2009"}
_FOR_CHILDREN: Final = frozenset({"ckid_u25", "bedside_schwartz"})
_KINDS: Final = {
    "unreadable": ("entry.",),
    "identity": (
        "recipient.", "product.number", "product.din", "product.duplicate", "product.cd34", "product.autologous",
        "product.blood-group",
    ),
    "plan": ("infusion.",),
    "safety": (
        "product.expir", "product.time", "product.red-cells", "dose.", "dmso-per", "red-cells-", "plasma-",
        "volume-per-kg", "ordered-volume", "cd3-of-target", "mnc-per-kg", "mnc-of-target",
    ),
}  # fmt: skip
"""Kind of a stop that nobody can decide → how its codes begin; all others are physics."""


class CriterionView(NamedTuple):
    """One criterion as it is shown; ``finding`` is its stop, if it has one."""

    id: str
    name: str
    status: Status
    word: str
    measure: str
    details: tuple[str, ...]
    remarks: tuple[str, ...]
    urgency: Severity
    """The worst of the remarks."""
    record: str
    source: str
    finding: Finding | None
    decided: str
    """Who decided it, and why; empty if nobody did."""

    @property
    def passed(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.status is Status.NOT_EXCLUDED


def criteria_views(snapshot: Snapshot, words: Words) -> tuple[CriterionView, ...]:
    """All criteria, in the order of the evaluation."""
    evaluation = snapshot.evaluation
    stops = {finding.code: finding for finding in evaluation.findings if finding.code in CRITERIA}
    remarks = _remarks(evaluation)
    return tuple(
        _view(verdict, stops.get(verdict.id), remarks.get(verdict.id, ()), snapshot, words)
        for verdict in evaluation.verdicts
    )


def _view(
    verdict: Verdict,
    stop: Finding | None,
    remarks: tuple[Finding, ...] | list[Finding],
    snapshot: Snapshot,
    words: Words,
) -> CriterionView:
    criterion = verdict.criterion
    return CriterionView(
        id=verdict.id,
        name=words.criterion(verdict.id),
        status=verdict.status,
        word=words.term(verdict.status.label),
        measure=_measure(verdict, snapshot, words),
        details=tuple(_details(verdict, snapshot, words)),
        remarks=tuple(words.finding(remark) for remark in remarks),
        urgency=max((remark.severity for remark in remarks), default=Severity.NOTE),
        record=words.translate(criterion.text),
        source=criterion.source,
        finding=stop,
        decided=decided_text(stop, words) if stop is not None else "",
    )


def decided_text(finding: Finding, words: Words) -> str:
    """Who decided a stop, and why; empty if nobody did."""
    ruling = finding.ruling
    return words.translate(DECIDED).format(by=ruling.by, reason=ruling.reason) if ruling is not None else ""


def _remarks(evaluation: Evaluation) -> Mapping[str, list[Finding]]:
    """Criterion → what else is to be known about its entries."""
    remarks: dict[str, list[Finding]] = {}
    for finding in evaluation.findings:
        criterion = None if finding.code in _NO_REMARK else _spoken_of(finding)
        if criterion is not None:
            remarks.setdefault(criterion, []).append(finding)
    return remarks


def _spoken_of(finding: Finding) -> str | None:
    """The criterion that a finding about an entry speaks of."""
    if finding.code.startswith("renal.") and finding.path not in _FIRST_OF:
        return "renal.egfr"
    if finding.code == "renal.equations-disagree":
        return "renal.egfr"
    path = finding.path
    while path and path not in _FIRST_OF:
        path = path.rpartition(".")[0]
    return _FIRST_OF.get(path)


def _limit(verdict: Verdict, snapshot: Snapshot, words: Words) -> str:
    """When the criterion speaks against the infusion."""
    criterion = verdict.criterion
    if verdict.id == "cardiac.event":
        months = snapshot.evaluation.protocol.windows.cardiac_event.months
        earliest = months_before(reference_day(snapshot.case, snapshot.evaluation.as_of), months)
        return words.translate(say.LOOK_BACK_LIMIT).format(earliest=earliest)
    limit = f"{words.term(criterion.limit)} {words.unit(criterion.unit or '')}".rstrip()
    shown = words.translate(say.LIMITS[criterion.rule]).format(limit=limit)
    own = criterion.of_protocol
    return shown if own is None else words.translate(LIMIT_OF_SITE).format(limit=shown, protocol=words.term(own))


def _measure(verdict: Verdict, snapshot: Snapshot, words: Words) -> str:
    """The value against its limit; what is needed where there is no value."""
    limit = _limit(verdict, snapshot, words)
    if verdict.status is not Status.NOT_EVALUABLE:
        return words.translate(say.MEASURE).format(value=_value(verdict, snapshot, words), limit=limit)
    renal, adult_age = snapshot.evaluation.renal, snapshot.evaluation.protocol.renal.adult_age
    of_child = verdict.id == "renal.egfr" and renal.age is not None and renal.age < adult_age
    needed = words.translate(NEEDED.get(verdict.id, ANSWER_NEEDED))
    text = (
        words.translate(say.CHILD).format(age=adult_age, limit=limit)
        if of_child
        else words.translate(say.NEEDED_FIRST).format(needed=needed, limit=limit)
    )
    if verdict.id != "renal.egfr":
        return text
    return words.translate(say.NAMED).format(criterion=words.criterion(verdict.id), text=text)


def _value(verdict: Verdict, snapshot: Snapshot, words: Words) -> str:
    """The value as entered, and what it comes to in the unit of the limit."""
    value = words.verdict_value(verdict)
    if verdict.id == "renal.egfr":
        equation = _EQUATION_OF[snapshot.evaluation.protocol.renal.equation]
        return f"{words.translate(EQUATIONS[equation])}: {value}"
    entry = _entry(snapshot.case, verdict.path)
    if not isinstance(entry, LabResult):
        return value
    equals = value if value.startswith("≈") else f"= {value}"
    return f"{words.entered(entry.as_entered)} {equals}"


def _entry(case: Case, path: str) -> Any:
    section, _, name = path.partition(".")
    return getattr(getattr(case, section), name)


def _details(verdict: Verdict, snapshot: Snapshot, words: Words) -> Iterator[str]:
    if verdict.id == "renal.egfr":
        yield from _estimates(snapshot, words)
    elif verdict.id == "cardiac.event":
        yield _look_back(snapshot, words)
    else:
        entry = _entry(snapshot.case, verdict.path)
        if isinstance(entry, LabResult) and entry.collected_on is not None:
            yield from _sample(entry.collected_on, snapshot, words)


def _estimates(snapshot: Snapshot, words: Words) -> Iterator[str]:
    """Age and sex that went into the eGFR, and every estimate that does not decide."""
    renal, rules = snapshot.evaluation.renal, snapshot.evaluation.protocol.renal
    if renal.age is None:
        return
    yield words.translate(say.AGE).format(age=renal.age, sex=words.term(snapshot.case.recipient.sex))
    child = renal.age < rules.adult_age
    unit = words.unit("mL/min/{1.73_m2}")
    for name, equation in EQUATIONS.items():
        estimate = getattr(renal, name)
        if estimate is None or name == _EQUATION_OF[rules.equation]:
            continue
        use = say.ADVICE if child and name in _FOR_CHILDREN else FOR_COMPARISON
        shown = f"{estimate_shown(estimate)} {unit}"
        yield words.translate(say.ESTIMATE).format(
            equation=words.translate(equation), estimate=shown, use=words.translate(use)
        )


def _look_back(snapshot: Snapshot, words: Words) -> str:
    """How long before the reference day the last event was, and how far back events count."""
    on, day = snapshot.case.organs.last_cardiac_event_on, reference_day(snapshot.case, snapshot.evaluation.as_of)
    months = span(snapshot.evaluation.protocol.windows.cardiac_event.months, 0, words)
    if on is None:
        return words.translate(say.LOOK_BACK).format(span=months, day=day)
    if on < day:
        before = span(*months_and_days(on, day), words)
        return words.translate(say.EVENT_BEFORE).format(span=before, day=day, months=months)
    return words.translate(say.EVENT_ON if on == day else say.EVENT_AFTER).format(day=day, months=months)


def months_and_days(earlier: date, later: date) -> tuple[int, int]:
    """Whole calendar months from ``earlier`` to ``later``, and the days that are left."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if months_before(later, months) < earlier:
        months -= 1
    return months, (months_before(later, months) - earlier).days


def span(months: int, days: int, words: Words) -> str:
    """A span of time as ``5 months 12 days``; at least one of the two is not 0."""
    parts = [_counted(months, say.MONTH, say.MONTHS, words)] if months else []
    return " ".join(parts + ([_counted(days, say.DAY, say.DAYS, words)] if days else []))


def _counted(count: int, one: str, many: str, words: Words) -> str:
    return words.translate(one) if count == 1 else words.translate(many).format(count=count)


def _sample(taken: date, snapshot: Snapshot, words: Words) -> Iterator[str]:
    """How old a sample is when it is used: at the infusion, or today where that is later or not planned."""
    today, start = snapshot.evaluation.as_of.date(), snapshot.case.infusion.planned_start
    planned = start is not None and start.date() >= today
    used = start.date() if start is not None and planned else today
    days = (used - taken).days
    if days == 0:
        yield words.translate(say.SAMPLE_ON_DAY if planned else say.SAMPLE_TODAY)
    elif days > 0:
        before = say.SAMPLE_BEFORE_INFUSION if planned else say.SAMPLE_BEFORE_TODAY
        yield words.translate(before).format(span=span(0, days, words))


def summary_text(evaluation: Evaluation, words: Words) -> str:
    """How many criteria are against, open and passed, and how many of them a prescriber decided."""
    statuses = [verdict.status for verdict in evaluation.verdicts]
    text = words.translate(CRITERIA_COUNT).format(
        excluded=statuses.count(Status.EXCLUDED),
        open=statuses.count(Status.NOT_EVALUABLE),
        passed=statuses.count(Status.NOT_EXCLUDED),
    )
    decided = sum(finding.ruling is not None for finding in evaluation.findings if finding.code in CRITERIA)
    if not decided:
        return text
    return words.translate(say.MEASURE).format(
        value=text, limit=words.translate(say.DECIDED_COUNT).format(count=decided)
    )


def other_stops(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Stops that are no criteria, and what is wrong with decisions."""
    return tuple(
        finding
        for finding in evaluation.findings
        if (finding.severity is Severity.STOP and finding.code not in CRITERIA) or finding.code.startswith("decision.")
    )


def why_nobody(finding: Finding, words: Words) -> str:
    """Why no prescriber can set ``finding`` aside; empty where one can, or need not."""
    if finding.decidable or finding.severity is not Severity.STOP:
        return ""
    kinds = (kind for kind, beginnings in _KINDS.items() if finding.code.startswith(beginnings))
    return words.translate(say.NOBODY[next(kinds, "physics")])
