"""Laboratory results with each laboratory's own upper limit, and the state of the organs."""

from decimal import Decimal
from typing import Literal

from dlicalc.domain.entered import Answer, Date, Entered, IfKnown, Measured, NumberText
from dlicalc.domain.quantity import EXACT, FACTORS


class LabResult(Measured):
    """A result, that laboratory's upper limit of normal in the same unit, and the day of the sample."""

    upper_limit: NumberText | None = None
    collected_on: Date | None = None


class Creatinine(LabResult):
    """Serum creatinine; its two units differ by the molar mass, so no common base unit is implied."""

    unit: Literal["umol/L", "mg/dL"] | None = None


class Enzyme(LabResult):
    """ALT or AST activity."""

    unit: Literal["U/L", "ukat/L"] | None = None

    @property
    def upper_limit_amount(self) -> Decimal:
        """The upper limit in U/L; it must be known."""
        limit, unit = self.upper_limit, self.unit
        assert limit is not None
        assert unit is not None
        return EXACT.multiply(limit.value, FACTORS[unit])


class Bilirubin(LabResult):
    """Total bilirubin."""

    unit: Literal["umol/L", "mg/dL"] | None = None


class CystatinC(LabResult):
    """Serum cystatin C."""

    unit: Literal["mg/L"] | None = None


class Labs(Entered):
    """The laboratory results that the criteria ask for; cystatin C is optional."""

    creatinine: IfKnown[Creatinine] = None
    alt: IfKnown[Enzyme] = None
    ast: IfKnown[Enzyme] = None
    bilirubin: IfKnown[Bilirubin] = None
    cystatin_c: IfKnown[CystatinC] = None


class EjectionFraction(Measured):
    """Left ventricular ejection fraction and how it was measured."""

    unit: Literal["%"] | None = None
    method: Literal["echo-doppler", "mri", "muga", "other"] | None = None


class OxygenSaturation(Measured):
    """Resting SpO₂ and whether it was taken on room air."""

    unit: Literal["%"] | None = None
    on_room_air: Answer | None = None


class Organs(Entered):
    """Answers and measurements behind the organ criteria."""

    severe_cirrhosis: Answer | None = None
    portal_hypertension: Answer | None = None
    active_liver_disease: Answer | None = None
    dialysis: Answer | None = None
    nyha_class: Literal["I", "II", "III", "IV", "unknown"] | None = None
    last_cardiac_event_on: Date | None = None
    cardiac_event_within_6_months: Answer | None = None
    lvef: IfKnown[EjectionFraction] = None
    uncontrolled_arrhythmia: Answer | None = None
    long_term_oxygen: Answer | None = None
    spo2: IfKnown[OxygenSaturation] = None


class Exclusions(Entered):
    """The remaining exclusions of the trial, as yes/no questions."""

    active_uncontrolled_gvhd: Answer | None = None
    severe_infection: Answer | None = None
    other_trial_within_3_months: Answer | None = None
    investigator_unsuitable: Answer | None = None
