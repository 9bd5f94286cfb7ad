"""How the infusion is meant to go: arm, time, chemotherapy, dose rule, and what a prescriber decided."""

from typing import Final, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dlicalc.domain.entered import Answer, Entered, Moment, NumberText, Said, Words

Rule = Literal["lower-volume", "mnc", "cd3"]
"""When to stop filling: at the first target reached, or at that target."""

Filter = Literal["none", "170-260-um", "microaggregate"]
"""What stands in the line: nothing, the screen of a standard blood set, or a microaggregate filter."""

LONGEST_WEEKS: Final = 520


class DoseRule(Entered):
    """A dose rule chosen for this patient, by whom and why."""

    rule: Rule | None = None
    set_by: Said | None = None
    reason: Said | None = None


class Chemotherapy(Entered):
    """The course before a pre-emptive infusion: HAA, AA, HA or VA, and the moment of its last dose."""

    regimen: Literal["HAA", "AA", "HA", "VA"] | None = None
    last_dose_at: Moment | None = None


class ProphylaxisWeeks(Entered):
    """Weeks of GVHD prophylaxis set by a prescriber where the protocol names none."""

    from_: NumberText | None = Field(default=None, alias="from")
    to: NumberText | None = None

    @model_validator(mode="after")
    def _ordered_whole_weeks(self) -> Self:
        if any(week and (week.value > LONGEST_WEEKS or week.value % 1 != 0) for week in (self.from_, self.to)):
            raise PydanticCustomError("weeks_whole", "not whole weeks")
        if self.from_ is not None and self.to is not None and self.from_.value > self.to.value:
            raise PydanticCustomError("weeks_order", "from is later than to")
        return self

    @property
    def whole_weeks(self) -> tuple[int, int] | None:
        """From and to, if they are given."""
        return None if self.from_ is None or self.to is None else (int(self.from_.value), int(self.to.value))


class Infusion(Entered):
    """The plan of this infusion."""

    arm: Literal["prophylactic", "preemptive"] | None = None
    planned_start: Moment | None = None
    mrd_positive: Answer | None = None
    chemotherapy: Chemotherapy | None = None
    gvhd_prophylaxis: Literal["ciclosporin", "methotrexate"] | None = None
    gvhd_prophylaxis_weeks: ProphylaxisWeeks | None = None
    dose_rule: DoseRule | None = None
    filter: Filter | None = None


class Decision(Entered):
    """A prescriber's ruling on one stop; a decision without name or reason is refused."""

    code: Words
    by: Said
    role: Literal["prescriber"] | None = None
    reason: Said
    at: Moment | None = None
