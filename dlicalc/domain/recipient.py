"""Who receives the cells, who gave them, and the transplant between them."""

from datetime import date
from fractions import Fraction
from typing import Literal

from dlicalc.domain.entered import Answer, BloodGroup, Date, Entered, HlaMatch, IfKnown, Measured, Words


class Weight(Measured):
    """Actual body weight and the day it was taken."""

    unit: Literal["kg", "g", "[lb_av]"] | None = None
    measured_on: Date | None = None


class Height(Measured):
    """Standing height."""

    unit: Literal["cm", "m", "[in_i]"] | None = None


class Recipient(Entered):
    """The patient on the order."""

    mrn: Words | None = None
    trial_subject: Words | None = None
    name: Words | None = None
    birth_date: Date | None = None
    sex: Literal["female", "male"] | None = None
    weight: IfKnown[Weight] = None
    height: IfKnown[Height] = None
    abo_rhd: BloodGroup | None = None
    allergies: Words | None = None


class Donor(Entered):
    """The donor, by identifier and match; never by weight."""

    id: Words | None = None
    relationship: Literal["sibling", "parent", "child", "other-relative", "unrelated"] | None = None
    match: Literal["fully-matched", "haploidentical", "mismatched-unrelated", "other"] | None = None
    hla_match: HlaMatch | None = None
    abo_rhd: BloodGroup | None = None


class PercentOfMarrow(Measured):
    """Blasts as a share of nucleated marrow cells."""

    unit: Literal["%"] | None = None


class Transplant(Entered):
    """The transplant that the infusion follows."""

    day_0: Date | None = None
    disease: Literal["AML", "MDS-IB", "other"] | None = None
    philadelphia_positive: Answer | None = None
    marrow_blasts_before_conditioning: IfKnown[PercentOfMarrow] = None
    mrd_negative_within_1_month: Answer | None = None
    relapse_within_30_days: Answer | None = None
    consent: Answer | None = None


def completed_years(birth_date: date, on: date) -> int:
    """Age in completed years; somebody born on 29 February turns a year older on 1 March of a common year."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def decimal_years(birth_date: date, on: date) -> Fraction:
    """Completed years plus the elapsed part of the running year of life."""
    years = completed_years(birth_date, on)
    last, following = (_birthday(birth_date, birth_date.year + years + n) for n in (0, 1))
    return years + Fraction((on - last).days, (following - last).days)


def _birthday(birth_date: date, year: int) -> date:
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
