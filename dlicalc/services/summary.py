"""An evaluation in a dozen lines of plain text, for a terminal."""

from collections.abc import Iterator

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.services.numbers import millions, percent_shown, shown
from dlicalc.services.wording import Words
from dlicalc.services.wording import summary as say


def summary(case: Case, evaluation: Evaluation, words: Words) -> Iterator[str]:
    """The lines: for whom, how much, what is given of each target, eligibility, and the findings worst first."""
    recipient = case.recipient
    yield words(say.RECIPIENT, name=recipient.name or "—", mrn=recipient.mrn or "—")
    yield from _dose(evaluation, words)
    yield words(say.ELIGIBILITY, verdict=words.term(evaluation.eligibility.label))
    if evaluation.schedule.day is not None:
        yield words(say.DAY, day=f"{evaluation.schedule.day:+d}", window=words.term(evaluation.schedule.window))
    yield words(say.RELEASABLE if evaluation.releasable else say.NOT_RELEASABLE)
    for finding in evaluation.findings:
        severity = words.term("decided" if finding.ruling else finding.severity.label)
        yield f"  {severity}: {words.finding(finding)}"


def _dose(evaluation: Evaluation, words: Words) -> Iterator[str]:
    dose = evaluation.dose
    if dose is None:
        yield words(say.NO_VOLUME)
        return
    yield words(say.VOLUME, volume=shown(dose.ordered_volume), limiting=words.term(dose.limiting))
    if len(dose.bags) > 1:
        for bag in dose.bags:
            yield words(say.FROM_BAG, bag=bag.product + 1, volume=shown(bag.volume))
    for target, per_kg, percent in (
        ("mnc", dose.mnc_per_kg, dose.mnc_percent),
        ("cd3", dose.cd3_per_kg, dose.cd3_percent),
    ):
        yield words(say.GIVES, target=words.term(target), dose=millions(per_kg), percent=percent_shown(percent))
