"""``evaluate(case, protocol, as_of)``: one frozen case in, one frozen evaluation out."""

import operator
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from dlicalc.domain import checks
from dlicalc.domain.bags import BagContent
from dlicalc.domain.case import Case
from dlicalc.domain.dose import Dose
from dlicalc.domain.dosing import dose_case
from dlicalc.domain.eligibility import (
    Entries,
    RenalFunction,
    Status,
    Verdict,
    event_findings,
    judge,
    renal_findings,
    renal_function,
)
from dlicalc.domain.expiry import time_findings
from dlicalc.domain.finding import Finding, Ruling, review, stop, worst_first
from dlicalc.domain.plan import Rule
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.recall import AFRESH, Recall
from dlicalc.domain.schedule import Schedule, plan_schedule
from dlicalc.domain.site_findings import named_by_site
from dlicalc.domain.step import Step

_STATUS: Final = operator.attrgetter("status")


class Evaluation(NamedTuple):
    """Everything that follows from a case; ``dose`` is ``None`` where it cannot be computed.

    ``bags`` says what each bag holds, also where there is no dose.
    """

    protocol: Protocol
    as_of: datetime
    rule: Rule
    dose: Dose | None
    bags: tuple[BagContent, ...]
    steps: tuple[Step, ...]
    verdicts: tuple[Verdict, ...]
    renal: RenalFunction
    schedule: Schedule
    findings: tuple[Finding, ...]

    @property
    def releasable(self) -> bool:
        """Whether no undecided stop stands."""
        return not any(finding.blocks for finding in self.findings)

    @property
    def eligibility(self) -> Status:
        """The worst verdict of all criteria."""
        worst: Status = max(map(_STATUS, self.verdicts))
        return worst


class _Judged(NamedTuple):
    """What follows for the criteria, with the findings before and after those of the schedule."""

    renal: RenalFunction
    verdicts: tuple[Verdict, ...]
    criteria: list[Finding]
    remarks: list[Finding]


def evaluate(
    case: Case, protocol: Protocol, as_of: datetime, unreadable: Sequence[str] = (), recall: Recall = AFRESH
) -> Evaluation:
    """Evaluate ``case`` under ``protocol`` at the moment ``as_of`` (with offset).

    ``unreadable`` are the paths of entries whose text could not be read and that are unknown in ``case``; each is
    a stop, and no dose is computed while one of them could move it. ``recall`` may know parts from the case before.
    """
    reference = reference_day(case, as_of)
    judged = recall(_judge, _entries(case), reference, protocol)
    schedule, schedule_findings = recall(plan_schedule, case.infusion, case.transplant.day_0, case.donor, protocol)
    dosing = dose_case(case, protocol, unreadable, recall)
    findings = [
        *[stop("entry.unreadable", path) for path in unreadable],
        *dosing.findings,
        *judged.criteria,
        *schedule_findings,
        *judged.remarks,
        *checks.identity_findings(case, dosing.dose, protocol),
        *time_findings(case.products, case.infusion.planned_start, as_of, protocol.freshness),
        *checks.freshness_findings(case, as_of, protocol),
        *checks.plausibility_findings(case, schedule, reference, protocol),
    ]
    if protocol.terms:
        findings = named_by_site(findings, dosing.rule, judged.verdicts, protocol)
    return Evaluation(
        protocol=protocol,
        as_of=as_of,
        rule=dosing.rule,
        dose=dosing.dose,
        bags=tuple(dosing.contents),
        steps=tuple(dosing.steps),
        verdicts=judged.verdicts,
        renal=judged.renal,
        schedule=schedule,
        findings=worst_first(_apply_decisions(case, _without_echo(findings, unreadable))),
    )


def _without_echo(findings: list[Finding], unreadable: Sequence[str]) -> list[Finding]:
    """Without the findings that call an entry unknown which another finding already calls unreadable."""
    if not unreadable:
        return findings
    return [
        finding
        for finding in findings
        if not (finding.code.endswith("unknown") and any(_same_entry(finding.path, path) for path in unreadable))
    ]


def _same_entry(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


def reference_day(case: Case, as_of: datetime) -> date:
    """The day from which look-backs count: enrolment is no later than today and no later than the infusion."""
    start = case.infusion.planned_start
    return as_of.date() if start is None else min(as_of.date(), start.date())


def _entries(case: Case) -> Entries:
    return Entries(case.recipient, case.transplant, case.labs, case.organs, case.exclusions)


def _judge(entries: Entries, reference: date, protocol: Protocol) -> _Judged:
    recipient, organs = entries.recipient, entries.organs
    renal = renal_function(recipient, entries.labs, protocol.renal)
    verdicts = judge(entries, renal, reference, protocol)
    remarks = renal_findings(renal, recipient, organs.dialysis, protocol) + event_findings(organs, reference, protocol)
    return _Judged(renal, verdicts, _criterion_findings(verdicts), remarks)


def _criterion_findings(verdicts: Sequence[Verdict]) -> list[Finding]:
    passed = Status.NOT_EXCLUDED
    return [
        stop(verdict.id, verdict.path, decidable=True, status=verdict.status.label)
        for verdict in verdicts
        if verdict.status is not passed
    ]


def _apply_decisions(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """Findings with the prescribers' rulings in them; a decision that rules on nothing is a review."""
    ruled = list(findings)
    for index, decision in enumerate(case.decisions):
        path = f"decisions.{index}"
        matching = [place for place, finding in enumerate(ruled) if finding.code == decision.code]
        if decision.role is None:
            ruled.append(review("decision.role-unknown", f"{path}.role", decided=decision.code))
        elif not matching:
            ruled.append(review("decision.unmatched", path, decided=decision.code))
        elif not all(ruled[place].decidable for place in matching):
            ruled.append(review("decision.not-decidable", path, decided=decision.code))
        elif any(ruled[place].ruling is not None for place in matching):
            ruled.append(review("decision.repeated", path, decided=decision.code))
        else:
            at = decision.at.isoformat() if decision.at is not None else None
            ruling = Ruling(decision.by, decision.role, decision.reason, at)
            for place in matching:
                ruled[place] = ruled[place]._replace(ruling=ruling)
    return ruled
