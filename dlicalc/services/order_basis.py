"""Pages 2 and on of the order: everything its numbers and verdicts rest on, so that a reader can redo them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from dlicalc.domain.case import Case
from dlicalc.domain.dose import Dose
from dlicalc.domain.eligibility import Status, Verdict
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Severity
from dlicalc.domain.labs import LabResult
from dlicalc.domain.site import Site
from dlicalc.services.numbers import estimate_shown, millions, shown
from dlicalc.services.order_administration import by_hand, site_fields
from dlicalc.services.order_entries import entries
from dlicalc.services.order_text import (
    BLANK,
    NOTHING,
    bag_number,
    date_text,
    day_text,
    finding_text,
    given_text,
    millilitres,
    moment_text,
    ruling_text,
    targets_text,
)
from dlicalc.services.sheet import Field, Fields, OnPaper, Table
from dlicalc.services.wording import Words, paper
from dlicalc.services.wording import order as say

_OF_EQUATION: Final = {"ckd-epi-2021": "ckd_epi_2021", "ckd-epi-2009": "ckd_epi_2009"}


def basis(
    case: Case,
    evaluation: Evaluation,
    site: Site,
    words: Words,
    *,
    software: str,
    case_digest: str,
    head: str,
    printed_at: datetime,
    recorded: OnPaper,
) -> tuple[Fields | Table, ...]:
    """All sections after page 1, in reading order; what does not apply to the case is left out.

    ``recorded`` is what the records say of recipient and bags; what contradicts them stands among the findings.
    """
    return (
        _findings(evaluation, recorded.checks, words),
        *((recorded.section,) if recorded.section is not None else ()),
        _schedule(case, evaluation, words),
        *_dose(case, evaluation, words),
        *entries(case, words),
        _criteria(case, evaluation, words),
        _renal(evaluation, words),
        Fields(words(paper.BY_HAND), (*by_hand(words), Field(words(paper.MAY_TRANSMIT), words(paper.TRANSMIT)))),
        _observed(words),
        _provenance(evaluation, site, words, (software, case_digest, head), printed_at),
    )


def _findings(evaluation: Evaluation, recorded: tuple[str, ...], words: Words) -> Table:
    columns = (words(say.SEVERITY), words(say.FINDING), words(say.DECISION))
    rows = tuple(
        (
            words.term(finding.severity.label if finding.blocks or finding.ruling is None else "decided"),
            finding_text(finding, words),
            ruling_text(finding, words) or NOTHING,
        )
        for finding in evaluation.findings
    )
    strong = frozenset(index for index, finding in enumerate(evaluation.findings) if finding.blocks)
    rows += tuple((words.term(Severity.REVIEW.label), text, NOTHING) for text in recorded)
    return Table(words(say.FINDINGS), columns, rows or ((words(say.NO_FINDINGS), "", ""),), strong)


def _schedule(case: Case, evaluation: Evaluation, words: Words) -> Fields:
    schedule, infusion, windows = evaluation.schedule, case.infusion, evaluation.protocol.windows
    fields = [
        Field(words(say.PLANNED_START), moment_text(infusion.planned_start)),
        Field(words(say.DAY_0), date_text(case.transplant.day_0)),
        Field(words(say.DAY_OF_INFUSION), day_text(schedule.day)),
        Field(words(paper.FINISH_BEFORE), moment_text(_first_expiry(case, evaluation))),
    ]
    if infusion.arm == "preemptive":
        fields += _chemotherapy(case, evaluation, words)
    else:
        window = windows.prophylactic
        days = f"{day_text(window.first_day)} – {day_text(window.last_day)}"
        text = f"{days}: {words.term(schedule.window)}"
        fields.append(Field(words(say.PROPHYLACTIC_WINDOW), text))
    first, last = schedule.gvhd_prophylaxis_stop_from, schedule.gvhd_prophylaxis_stop_to
    stops = NOTHING if first is None else f"{date_text(first)} – {date_text(last)}"
    fields += [
        Field(words(say.GVHD_PROPHYLAXIS), words.term(infusion.gvhd_prophylaxis)),
        Field(words(say.PROPHYLAXIS_STOP), stops),
        Field(words(say.DONOR), case.donor.id or NOTHING),
        Field(words(say.RELATIONSHIP), words.term(case.donor.relationship) if case.donor.relationship else BLANK),
        Field(words(say.MATCH), words.term(case.donor.match)),
        Field(words(say.HLA_MATCH), case.donor.hla_match or BLANK),
        Field(words(say.DONOR_GROUP), case.donor.abo_rhd or NOTHING),
    ]
    return Fields(words(say.SCHEDULE), tuple(fields))


def _first_expiry(case: Case, evaluation: Evaluation) -> datetime | None:
    """The earliest expiry of the bags that are to be given, if each of them says when."""
    used = [bag.product for bag in evaluation.dose.bags if bag.volume > 0] if evaluation.dose else []
    expiries = [case.products[product].expires_at for product in used]
    known = [expiry for expiry in expiries if expiry is not None]
    return min(known) if known and len(known) == len(expiries) else None


def _observed(words: Words) -> Table:
    """Vital signs, to be written in; the site file says how often."""
    columns = tuple(words(column) for column in paper.OBSERVED_COLUMNS)
    empty = ("",) * (len(columns) - 1)
    rows = tuple((words(when) if when else "", *empty) for when in paper.OBSERVED_WHEN)
    return Table(words(paper.OBSERVED), columns, rows, by_hand=True)


def _chemotherapy(case: Case, evaluation: Evaluation, words: Words) -> Iterator[Field]:
    course, window = case.infusion.chemotherapy, evaluation.protocol.windows.chemotherapy
    hours = evaluation.schedule.chemotherapy_interval_hours
    yield Field(words(say.MRD), words.term(case.infusion.mrd_positive))
    yield Field(words(say.CHEMOTHERAPY), words.term(course.regimen if course else None))
    yield Field(words(say.LAST_DOSE), moment_text(course.last_dose_at if course else None))
    limits = f"{shown(window.at_least_hours)} – {shown(window.at_most_hours)} h"
    yield Field(words(say.INTERVAL), f"{NOTHING if hours is None else shown(hours)} h ({limits})")


def _dose(case: Case, evaluation: Evaluation, words: Words) -> Iterator[Fields | Table]:
    dose = evaluation.dose
    if dose is not None:
        cannot = words(say.BAGS_CANNOT)
        fields = (
            Field(words(say.MNC_VOLUME), millilitres(dose.mnc_volume) if dose.mnc_volume is not None else cannot),
            Field(words(say.CD3_VOLUME), millilitres(dose.cd3_volume) if dose.cd3_volume is not None else cannot),
            Field(words(say.ORDERED), millilitres(dose.ordered_volume)),
            Field(words(say.PER_KG), f"{shown(dose.ml_per_kg)} mL/kg"),
            Field(words(say.DMSO), NOTHING if dose.dmso_g_per_kg is None else f"{shown(dose.dmso_g_per_kg)} g/kg"),
            Field(words(say.RED_CELLS), millilitres(dose.red_cells_ml)),
            Field(words(paper.TOTAL_CELLS), _total(case, dose, words)),
            Field(words(paper.LIMITS), f"{words(say.LIMITING[dose.limiting])}\n{words(say.RULES[dose.rule])}"),
            Field(words(paper.IN_WORDS), f"{targets_text(evaluation, words)}\n{given_text(dose, words)}"),
        )
        yield Fields(words(say.DOSE_DETAILS), fields)
        columns = (say.BAG_COLUMN, say.MNC_PER_ML, say.CD3_PER_ML, say.GIVEN_ML, say.LEFT_ML)
        rows = tuple(
            (
                f"{bag.product + 1}: {bag_number(case.products[bag.product], words)}",
                f"{millions(bag.cells.mnc)}/mL",
                f"{millions(bag.cells.cd3)}/mL",
                millilitres(bag.volume),
                millilitres(bag.left),
            )
            for bag in dose.bags
        )
        yield Table(words(say.CELLS_PER_ML), tuple(words(column) for column in columns), rows)
    if evaluation.steps:
        steps = tuple((words.step(step), words.step_result(step)) for step in evaluation.steps)
        yield Table(words(say.STEPS), (words(say.STEP), words(say.RESULT)), steps)


def _total(case: Case, dose: Dose, words: Words) -> str:
    """Cells per kg times the recipient's weight."""
    weight = case.recipient.weight
    assert weight is not None
    cells = {"mnc": dose.mnc_per_kg * weight.exact, "cd3": dose.cd3_per_kg * weight.exact}
    return words(paper.TOTAL, **{name: millions(count) for name, count in cells.items()})


def _criteria(case: Case, evaluation: Evaluation, words: Words) -> Table:
    columns = (say.CRITERION, say.ENTERED_VALUE, say.SAMPLED, say.VALUE, say.AGAINST, say.VERDICT)
    rows = tuple(
        (
            words.criterion(verdict.id),
            *_entered(case, verdict, words),
            words.verdict_value(verdict),
            words.verdict_limit(verdict),
            words.term(verdict.status.label),
        )
        for verdict in evaluation.verdicts
    )
    strong = frozenset(
        index for index, verdict in enumerate(evaluation.verdicts) if verdict.status is not Status.NOT_EXCLUDED
    )
    return Table(words(say.CRITERIA), tuple(words(column) for column in columns), rows, strong)


def _entered(case: Case, verdict: Verdict, words: Words) -> tuple[str, str]:
    """What was entered behind a verdict, and the day of the sample; a dash where the value says it all."""
    entry: Any = case
    for name in verdict.path.split("."):
        entry = getattr(entry, name)
    if isinstance(entry, LabResult):
        value = words.entered(entry.as_entered)
        if entry.upper_limit is not None and verdict.criterion.unit == "{ULN}":
            value = f"{value} (ULN {entry.upper_limit.text})"
        return value, date_text(entry.collected_on)
    if verdict.id == "cardiac.event":
        return NOTHING, date_text(case.organs.last_cardiac_event_on)
    return (words.entered(entry.as_entered) if hasattr(entry, "as_entered") else NOTHING), NOTHING


def _renal(evaluation: Evaluation, words: Words) -> Table:
    renal, governing = evaluation.renal, _OF_EQUATION[evaluation.protocol.renal.equation]
    rows = []
    for name, label in say.EQUATIONS.items():
        estimate = getattr(renal, name)
        if estimate is None and name not in _OF_EQUATION.values():
            continue
        use = say.GOVERNS if name == governing else say.FOR_COMPARISON
        rows.append((words(label), NOTHING if estimate is None else estimate_shown(estimate), words(use)))
    creatinine = NOTHING if renal.creatinine_mg_dl is None else shown(renal.creatinine_mg_dl)
    rows.append((words(say.CREATININE), creatinine, words(say.USED_IN_EQUATIONS)))
    return Table(words(say.RENAL), (words(say.EQUATION), words(say.ESTIMATE), words(say.USE)), tuple(rows))


def _provenance(
    evaluation: Evaluation, site: Site, words: Words, origin: tuple[str, str, str], printed_at: datetime
) -> Fields:
    """``origin`` is the program, the digest of the case, and the newest entry of the records about the order."""
    software, case_digest, head = origin
    identity = evaluation.protocol.protocol
    fields = (
        Field(words(say.PROTOCOL), f"{identity.id}, {words(say.VERSION)} {identity.version}"),
        Field(words(say.SOFTWARE), software),
        Field(words(say.AS_OF), moment_text(evaluation.as_of)),
        Field(words(say.PRINTED), moment_text(printed_at)),
        Field(words(say.PROTOCOL_DIGEST), evaluation.protocol.digest),
        Field(words(say.CASE_DIGEST), case_digest),
        *((Field(words(paper.RECORDED), head),) if head else ()),
        *site_fields(site, words),
    )
    return Fields(words(say.PROVENANCE), fields)
