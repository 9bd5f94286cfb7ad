"""The criteria of the trial: each excluded, not excluded, or not evaluable, with the value it rests on.

Limits come from the protocol and are compared exactly; what is unknown is never a pass.
"""

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from dlicalc.domain.entered import Measured
from dlicalc.domain.finding import Finding, note, review
from dlicalc.domain.labs import Creatinine, Exclusions, LabResult, Labs, Organs
from dlicalc.domain.protocol import COMPARE, NYHA_CLASSES, Criterion, Protocol, Renal
from dlicalc.domain.quantity import exact, per, ratio
from dlicalc.domain.recipient import Recipient, Transplant, completed_years, decimal_years
from dlicalc.domain.renal import (
    Sex,
    egfr_bedside_schwartz,
    egfr_ckd_epi_2009,
    egfr_ckd_epi_2012_cystatin,
    egfr_ckd_epi_2021,
    egfr_ckd_epi_2021_creatinine_cystatin,
    egfr_ckid_u25,
)

_IN_EVERY_MONTH: Final = 28
U25_YEARS = (1, 25)
"""Ages for which CKiD U25 was derived: from 1 to 25 completed years."""


class Status(IntEnum):
    """Verdict of a criterion; the larger, the worse."""

    NOT_EXCLUDED = 0
    NOT_EVALUABLE = 1
    EXCLUDED = 2

    @property
    def label(self) -> Literal["not-excluded", "not-evaluable", "excluded"]:
        """The word of the public contract."""
        return _LABELS[self]


_LABELS: Final[tuple[Literal["not-excluded", "not-evaluable", "excluded"], ...]] = (
    "not-excluded",
    "not-evaluable",
    "excluded",
)
"""By the number of the status."""


_STATUS: Mapping[bool | None, Status] = {
    None: Status.NOT_EVALUABLE,
    True: Status.EXCLUDED,
    False: Status.NOT_EXCLUDED,
}
"""Whether a criterion speaks against the infusion, ``None`` if that is unknown → its status."""


class Verdict(NamedTuple):
    """One criterion: its value as compared (a number or an answer, ``None`` if unknown) and where it was entered."""

    id: str
    status: Status
    value: Fraction | Decimal | str | None
    criterion: Criterion
    path: str


class RenalFunction(NamedTuple):
    """Estimates in mL/min/1.73 m²; ``None`` where an equation does not hold or an input is unknown."""

    creatinine_mg_dl: Fraction | None = None
    ckd_epi_2021: Decimal | None = None
    ckd_epi_2009: Decimal | None = None
    ckid_u25: Decimal | None = None
    bedside_schwartz: Decimal | None = None
    ckd_epi_2012_cystatin: Decimal | None = None
    ckd_epi_2021_creatinine_cystatin: Decimal | None = None
    age: int | None = None

    def governing(self, renal: Renal) -> Decimal | None:
        """The estimate by the equation that the protocol names."""
        return self.ckd_epi_2021 if renal.equation == "ckd-epi-2021" else self.ckd_epi_2009

    def other(self, renal: Renal) -> Decimal | None:
        """The estimate by the other CKD-EPI year."""
        return self.ckd_epi_2009 if renal.equation == "ckd-epi-2021" else self.ckd_epi_2021


class Entries(NamedTuple):
    """What the criteria are judged from."""

    recipient: Recipient
    transplant: Transplant
    labs: Labs
    organs: Organs
    exclusions: Exclusions


def creatinine_mg_dl(creatinine: Creatinine, renal: Renal) -> Fraction:
    """Creatinine in mg/dL, exactly, by the unit factor of the protocol; the value must be known."""
    assert creatinine.value is not None
    value = exact(creatinine.value.value)
    return value if creatinine.unit == "mg/dL" else per(value, renal.umol_per_l_in_mg_per_dl)


def renal_function(recipient: Recipient, labs: Labs, renal: Renal) -> RenalFunction:
    """All estimates that the entries allow; age is taken on the day of the creatinine sample."""
    creatinine = labs.creatinine
    if creatinine is None or creatinine.value is None or creatinine.value.value == 0:
        return RenalFunction()
    mg_dl = creatinine_mg_dl(creatinine, renal)
    birth_date, sex, on = recipient.birth_date, recipient.sex, creatinine.collected_on
    if birth_date is None or sex is None or on is None or on < birth_date:
        return RenalFunction(creatinine_mg_dl=mg_dl)
    age = completed_years(birth_date, on)
    u25, schwartz = _paediatric(recipient, mg_dl, on, age, renal)
    if age < renal.adult_age:
        return RenalFunction(creatinine_mg_dl=mg_dl, ckid_u25=u25, bedside_schwartz=schwartz, age=age)
    by_cystatin, combined = _by_cystatin(labs, mg_dl, age, sex)
    return RenalFunction(
        creatinine_mg_dl=mg_dl,
        ckd_epi_2021=egfr_ckd_epi_2021(creatinine_mg_dl=mg_dl, age_years=age, sex=sex),
        ckd_epi_2009=egfr_ckd_epi_2009(creatinine_mg_dl=mg_dl, age_years=age, sex=sex),
        ckid_u25=u25,
        ckd_epi_2012_cystatin=by_cystatin,
        ckd_epi_2021_creatinine_cystatin=combined,
        age=age,
    )


def _paediatric(
    recipient: Recipient, mg_dl: Fraction, on: date, completed: int, renal: Renal
) -> tuple[Decimal | None, Decimal | None]:
    """CKiD U25 (1 to 25 years) and bedside Schwartz (1 year to adult age), both of which need the height."""
    birth_date, height, sex = recipient.birth_date, recipient.height, recipient.sex
    first, last = U25_YEARS
    if not first <= completed <= last or birth_date is None or height is None or sex is None:
        return None, None
    age, height_cm = decimal_years(birth_date, on), height.exact
    u25 = egfr_ckid_u25(creatinine_mg_dl=mg_dl, height_cm=height_cm, age_years=age, sex=sex)
    if age >= renal.adult_age:
        return u25, None
    return u25, egfr_bedside_schwartz(creatinine_mg_dl=mg_dl, height_cm=height_cm)


def _by_cystatin(labs: Labs, mg_dl: Fraction, age: int, sex: Sex) -> tuple[Decimal | None, Decimal | None]:
    if labs.cystatin_c is None or labs.cystatin_c.amount == 0:
        return None, None
    mg_l = labs.cystatin_c.exact
    return (
        egfr_ckd_epi_2012_cystatin(cystatin_mg_l=mg_l, age_years=age, sex=sex),
        egfr_ckd_epi_2021_creatinine_cystatin(creatinine_mg_dl=mg_dl, cystatin_mg_l=mg_l, age_years=age, sex=sex),
    )


def renal_findings(
    renal_function: RenalFunction, recipient: Recipient, dialysis: str | None, protocol: Protocol
) -> list[Finding]:
    """Disagreement of the two CKD-EPI years across the limit, and how far a child's estimates carry."""
    governing, other = renal_function.governing(protocol.renal), renal_function.other(protocol.renal)
    findings = []
    if governing is not None and other is not None:
        limit = protocol.criteria["renal.egfr"].threshold
        if (governing < limit) != (other < limit):
            findings.append(
                review(
                    "renal.equations-disagree", "labs.creatinine", ckd_epi_2021=renal_function.ckd_epi_2021 or 0,
                    ckd_epi_2009=renal_function.ckd_epi_2009 or 0, limit=limit,
                )
            )  # fmt: skip
    if dialysis == "yes" and governing is not None:
        findings.append(note("renal.estimate-on-dialysis", "organs.dialysis"))
    if renal_function.age is not None and renal_function.age < protocol.renal.adult_age:
        findings.append(review("renal.child", "recipient.birth_date", age=renal_function.age))
        if recipient.height is None:
            findings.append(note("renal.height-unknown", "recipient.height"))
    return findings


def judge(entries: Entries, renal: RenalFunction, reference: date, protocol: Protocol) -> tuple[Verdict, ...]:
    """All criteria in the protocol's order; ``reference`` is the day from which look-backs count."""
    labs, organs, exclusions, transplant = entries.labs, entries.organs, entries.exclusions, entries.transplant
    judged = _Judge(protocol)
    judged.any_yes(
        "hepatic.known_disease", "organs.severe_cirrhosis",
        (organs.severe_cirrhosis, organs.portal_hypertension, organs.active_liver_disease),
    )  # fmt: skip
    judged.times_upper_limit("hepatic.alt", "labs.alt", labs.alt)
    judged.times_upper_limit("hepatic.ast", "labs.ast", labs.ast)
    judged.times_upper_limit("hepatic.bilirubin", "labs.bilirubin", labs.bilirubin)
    judged.estimate("renal.egfr", "labs.creatinine", renal.governing(protocol.renal))
    judged.times_upper_limit("renal.creatinine", "labs.creatinine", labs.creatinine)
    judged.answer("renal.dialysis", "organs.dialysis", organs.dialysis)
    judged.nyha("cardiac.nyha", "organs.nyha_class", organs.nyha_class)
    judged.event(organs, reference)
    lvef = organs.lvef if organs.lvef is not None and organs.lvef.method == "echo-doppler" else None
    judged.percent("cardiac.lvef", "organs.lvef", lvef)
    judged.answer("cardiac.arrhythmia", "organs.uncontrolled_arrhythmia", organs.uncontrolled_arrhythmia)
    judged.answer("respiratory.oxygen", "organs.long_term_oxygen", organs.long_term_oxygen)
    spo2 = organs.spo2 if organs.spo2 is not None and organs.spo2.on_room_air == "yes" else None
    judged.percent("respiratory.spo2", "organs.spo2", spo2)
    judged.answer("gvhd.active", "exclusions.active_uncontrolled_gvhd", exclusions.active_uncontrolled_gvhd)
    judged.answer("infection.severe", "exclusions.severe_infection", exclusions.severe_infection)
    judged.answer("relapse.early", "transplant.relapse_within_30_days", transplant.relapse_within_30_days)
    judged.answer("trial.other", "exclusions.other_trial_within_3_months", exclusions.other_trial_within_3_months)
    judged.answer("investigator.judgement", "exclusions.investigator_unsuitable", exclusions.investigator_unsuitable)
    judged.answer("inclusion.disease", "transplant.disease", transplant.disease)
    judged.answer("inclusion.philadelphia", "transplant.philadelphia_positive", transplant.philadelphia_positive)
    blasts = transplant.marrow_blasts_before_conditioning
    path = "transplant.marrow_blasts_before_conditioning"
    judged.percent("inclusion.refractory", path, blasts)
    judged.answer("inclusion.mrd", "transplant.mrd_negative_within_1_month", transplant.mrd_negative_within_1_month)
    judged.answer("inclusion.consent", "transplant.consent", transplant.consent)
    return tuple(judged.verdicts)


def months_before(day: date, months: int) -> date:
    """The same day of the month ``months`` calendar months earlier, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class _Judge:
    """Writes the verdicts down, one method per kind of criterion."""

    def __init__(self, protocol: Protocol) -> None:
        self._criteria = protocol.criteria
        self._look_back = protocol.windows.cardiac_event.months
        self.verdicts: list[Verdict] = []

    def _write(self, name: str, path: str, excluded: bool | None, value: Fraction | Decimal | str | None) -> None:
        self.verdicts.append(Verdict(name, _STATUS[excluded], value, self._criteria[name], path))

    def answer(self, name: str, path: str, answer: str | None) -> None:
        criterion = self._criteria[name]
        if answer is None or answer == "unknown":
            status, answer = Status.NOT_EVALUABLE, None
        else:
            status = _STATUS[answer == criterion.limit]
        self.verdicts.append(Verdict(name, status, answer, criterion, path))

    def any_yes(self, name: str, path: str, answers: tuple[str | None, ...]) -> None:
        if "yes" in answers:
            self._write(name, path, True, "yes")
        elif set(answers) == {"no"}:
            self._write(name, path, False, "no")
        else:
            self._write(name, path, None, None)

    def percent(self, name: str, path: str, measured: Measured | None) -> None:
        """A percentage as it was typed: limits of percentages are in per cent."""
        number = None if measured is None else measured.value
        if number is None:
            self._write(name, path, None, None)
        else:
            self._write(name, path, self._criteria[name].speaks_against(number.value), exact(number.value))

    def estimate(self, name: str, path: str, value: Decimal | None) -> None:
        self._write(name, path, None if value is None else self._criteria[name].speaks_against(value), value)

    def times_upper_limit(self, name: str, path: str, result: LabResult | None) -> None:
        measured, upper_limit = (None, None) if result is None else (result.value, result.upper_limit)
        if measured is None or upper_limit is None or not upper_limit.value:
            self._write(name, path, None, None)
        else:
            value, limit = measured.value, upper_limit.value
            self._write(name, path, self._criteria[name].speaks_against(value, limit), ratio(value, limit))

    def nyha(self, name: str, path: str, nyha: str | None) -> None:
        if nyha is None or nyha == "unknown":
            self._write(name, path, None, None)
        else:
            criterion = self._criteria[name]
            place, limit = NYHA_CLASSES.index(nyha), NYHA_CLASSES.index(criterion.limit)
            self._write(name, path, COMPARE[criterion.rule](place, limit), nyha)

    def event(self, organs: Organs, reference: date) -> None:
        """Yes, or a date inside the look-back, excludes; no, or a date before it, does not."""
        answer, on = organs.cardiac_event_within_6_months, organs.last_cardiac_event_on
        earliest = months_before(reference, self._look_back)
        name, path = "cardiac.event", "organs.cardiac_event_within_6_months"
        if answer == "yes" or (on is not None and on >= earliest):
            self._write(name, path, True, on.isoformat() if on is not None else "yes")
        elif answer == "no" or on is not None:
            self._write(name, path, False, on.isoformat() if on is not None else "no")
        else:
            self._write(name, path, None, None)


def event_findings(organs: Organs, reference: date, protocol: Protocol) -> list[Finding]:
    """A cardiac event whose date and yes/no answer contradict each other."""
    answer, on = organs.cardiac_event_within_6_months, organs.last_cardiac_event_on
    if on is None or answer not in ("yes", "no"):
        return []
    inside = on >= months_before(reference, protocol.windows.cardiac_event.months)
    if inside == (answer == "yes"):
        return []
    path = "organs.last_cardiac_event_on"
    return [review("cardiac.event-contradiction", path, event_on=on.isoformat(), answer=answer)]
