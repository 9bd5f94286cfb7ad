"""The trial protocol as validated data: targets, limits, windows and plausibility, each with its source.

Nothing here has a default: a number that is missing from the protocol file is an error, never an assumption.
"""

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from dlicalc.domain.entered import NUMBER_PATTERN, Read, Words, read_number
from dlicalc.domain.plan import Rule
from dlicalc.domain.quantity import EXACT, exact

CRITERION_IDS: Final = (
    "hepatic.known_disease",
    "hepatic.alt",
    "hepatic.ast",
    "hepatic.bilirubin",
    "renal.egfr",
    "renal.creatinine",
    "renal.dialysis",
    "cardiac.nyha",
    "cardiac.event",
    "cardiac.lvef",
    "cardiac.arrhythmia",
    "respiratory.oxygen",
    "respiratory.spo2",
    "gvhd.active",
    "infection.severe",
    "relapse.early",
    "trial.other",
    "investigator.judgement",
    "inclusion.disease",
    "inclusion.philadelphia",
    "inclusion.refractory",
    "inclusion.mrd",
    "inclusion.consent",
)
"""The criteria of the public contract, in the order in which they are shown."""

GUARDRAILS: Final = (
    "weight", "age", "height", "white_cells", "diluted_reading", "dilution", "mnc_share", "cd3_share",
    "cd3_to_mnc", "cd3_concentration", "cd3_in_bag", "viability_fresh", "viability_thawed", "mnc_recovery",
    "cd3_recovery", "processing_recovery", "bag_volume",
    "volume_of_processed", "density", "withheld", "withheld_of_bag",
    "ordered_volume", "volume_per_kg", "cd3_of_target", "mnc_per_kg", "mnc_of_target", "dmso_share",
    "dmso_per_kg", "red_cells_incompatible", "red_cells_incompatible_per_kg", "plasma_incompatible_per_kg",
    "creatinine_mg_dl", "creatinine_umol_l", "creatinine_limit_mg_dl", "creatinine_limit_umol_l",
    "bilirubin_mg_dl", "bilirubin_umol_l", "bilirubin_limit_mg_dl", "bilirubin_limit_umol_l", "enzyme",
    "enzyme_limit", "cystatin_c", "lvef", "spo2", "marrow_blasts", "nrbc", "hematocrit", "day",
    "chemotherapy_hours",
)  # fmt: skip
"""The quantities whose plausibility is checked."""

NUMERIC_CRITERIA: Final = frozenset(
    {
        "hepatic.alt", "hepatic.ast", "hepatic.bilirubin", "renal.egfr", "renal.creatinine", "cardiac.lvef",
        "respiratory.spo2", "inclusion.refractory",
    }
)  # fmt: skip
"""The criteria whose value and limit are numbers; the others compare an answer, one of them a NYHA class."""

NYHA_CLASSES: Final = ("I", "II", "III", "IV")

COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}
"""Rule of a criterion → whether a value in that relation to the limit speaks against the infusion."""


def _read_decimal(value: object) -> Decimal:
    return read_number(value).value


def _read_exact(value: object) -> Fraction:
    return exact(read_number(value).value)


def _require_positive(value: Fraction) -> Fraction:
    if value <= 0:
        raise PydanticCustomError("not_positive", "must be larger than 0")
    return value


Plain = Annotated[Decimal, Read(_read_decimal)]
Exact = Annotated[Fraction, Read(_read_exact)]
PositiveExact = Annotated[Exact, AfterValidator(_require_positive)]
Count = Annotated[int, Field(ge=0)]
"""Days, hours, months or years."""


class Data(BaseModel):
    """Base of the protocol's tables."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


class Sourced(Data):
    """A table that names where its numbers come from."""

    source: Words


class Amount(Sourced):
    """One number with its unit."""

    value: PositiveExact
    unit: Words


class Identity(Sourced):
    """Which protocol, in which version of this file."""

    id: Literal["NCT07319793"]
    version: Words
    title: Words
    sponsor: Words


class Targets(Data):
    """Cells per kg of recipient that the infusion aims at."""

    mnc_per_kg: Amount
    cd3_per_kg: Amount


class MeasuringStep(Sourced):
    """From this volume upward, volumes are measured in this step."""

    from_ml: Exact
    step_ml: PositiveExact


class DosePolicy(Sourced):
    """Which rule stops the filling, how volumes are measured, and the ceiling nobody passes."""

    rule: Rule
    steps: Annotated[tuple[MeasuringStep, ...], Strict(False), Field(min_length=1)]
    cd3_ceiling_per_kg: Amount
    dmso_density: Amount

    @model_validator(mode="after")
    def _steps_cover_all_volumes(self) -> Self:
        starts = [step.from_ml for step in self.steps]
        if starts[0] != 0 or starts != sorted(set(starts)):
            raise PydanticCustomError("steps_order", "steps must begin at 0 mL and rise")
        return self

    def step_for(self, volume: Fraction) -> Fraction:
        """The measuring step in mL at ``volume`` mL."""
        for step in self.steps[:0:-1]:
            if volume >= step.from_ml:
                return step.step_ml
        return self.steps[0].step_ml


class DayWindow(Sourced):
    """Whole days, both ends inside."""

    first_day: Count
    last_day: Count

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day > self.last_day:
            raise PydanticCustomError("window_order", "first_day is later than last_day")
        return self


class HourWindow(Sourced):
    """Hours, both ends inside."""

    at_least_hours: Exact
    at_most_hours: Exact

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least_hours > self.at_most_hours:
            raise PydanticCustomError("window_order", "at_least_hours is more than at_most_hours")
        return self


class LookBack(Sourced):
    """Calendar months looked back."""

    months: Count


class Windows(Data):
    """The time windows of the trial."""

    prophylactic: DayWindow
    chemotherapy: HourWindow
    cardiac_event: LookBack


class Renal(Sourced):
    """Which equation governs, the creatinine unit factor, and the age from which CKD-EPI holds."""

    equation: Literal["ckd-epi-2021", "ckd-epi-2009"]
    umol_per_l_in_mg_per_dl: PositiveExact
    adult_age: Count


class Freshness(Sourced):
    """How old a value or a product may be before somebody should look."""

    weight_days: Count
    labs_days: Count
    fresh_product_hours: Count
    hours_to_infuse: Count


class Criterion(Sourced):
    """When a criterion speaks against the infusion: the value stands in ``rule`` to ``limit``."""

    rule: Literal["=", ">", "<", ">=", "<="]
    limit: Words
    unit: Words | None = None
    text: Words

    @cached_property
    def threshold(self) -> Decimal:
        """The limit as a number, for criteria that compare one."""
        return Decimal(self.limit)

    def speaks_against(self, value: Decimal, unit: Decimal | None = None) -> bool:
        """Whether ``value``, measured in ``unit``, stands in the rule to the limit; exact, as nothing is divided."""
        limit = self.threshold
        return COMPARE[self.rule](value, limit if unit is None else EXACT.multiply(limit, unit))


def _limit_fits(name: str, criterion: Criterion) -> bool:
    if name in NUMERIC_CRITERIA:
        return criterion.rule != "=" and re.fullmatch(NUMBER_PATTERN, criterion.limit) is not None
    if name == "cardiac.nyha":
        return criterion.rule == ">=" and criterion.limit in NYHA_CLASSES
    return criterion.rule == "="


Slip = Literal[
    "pounds", "metres", "larger-unit", "per-microlitre", "dilution", "fraction", "denominator", "power-of-ten",
    "micromolar", "milligrams", "microkatal", "wrong-year",
]  # fmt: skip


class Bounds:
    """Two exact bounds, both inside."""

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low, self.high = low, high
        self._ratios = (*low.as_integer_ratio(), *high.as_integer_ratio())

    def hold(self, part: int, whole: int) -> bool:
        """Whether ``part`` / ``whole`` lies between the bounds; cross-multiplied, which spares making fractions."""
        low, low_part, high, high_part = self._ratios
        return low * whole <= part * low_part and part * high_part <= high * whole


class Guardrail(Sourced):
    """Absolute bounds (outside: stop) around recommended ones (outside: review), and the likely slip."""

    unit: Words
    absolute: Annotated[tuple[Plain, Plain], Strict(False)]
    recommended: Annotated[tuple[Plain, Plain], Strict(False)]
    slip_below: Slip | None = None
    slip_above: Slip | None = None

    @model_validator(mode="after")
    def _recommended_inside_absolute(self) -> Self:
        low, high = self.absolute
        soft_low, soft_high = self.recommended
        if not low <= soft_low <= soft_high <= high:
            raise PydanticCustomError("guardrail_order", "recommended bounds must lie inside the absolute ones")
        return self

    @cached_property
    def exactly_recommended(self) -> Bounds:
        """The recommended bounds, to hold quotients against."""
        return Bounds(*map(exact, self.recommended))

    @cached_property
    def exactly_absolute(self) -> Bounds:
        """The absolute bounds, to hold quotients against."""
        return Bounds(*map(exact, self.absolute))


Plausibility = Mapping[str, Guardrail]
"""One guardrail per checked quantity, by the names of :data:`GUARDRAILS`."""


class Protocol(Data):
    """The whole protocol file, with the digest of its bytes."""

    model_config = ConfigDict(defer_build=False)

    protocol: Identity
    targets: Targets
    dose: DosePolicy
    windows: Windows
    gvhd_prophylaxis: Mapping[Literal["fully-matched", "haploidentical"], DayWindow]
    renal: Renal
    freshness: Freshness
    criteria: Mapping[str, Criterion]
    plausibility: Plausibility
    digest: str

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if set(self.criteria) != set(CRITERION_IDS):
            unexpected = ", ".join(sorted(set(self.criteria) ^ set(CRITERION_IDS)))
            raise PydanticCustomError("criteria_set", "missing or unknown criteria: {ids}", {"ids": unexpected})
        if set(self.plausibility) != set(GUARDRAILS):
            unexpected = ", ".join(sorted(set(self.plausibility) ^ set(GUARDRAILS)))
            raise PydanticCustomError("guardrail_set", "missing or unknown guardrails: {ids}", {"ids": unexpected})
        for name, criterion in self.criteria.items():
            if not _limit_fits(name, criterion):
                raise PydanticCustomError("criterion_limit", "{id}: rule and limit do not fit", {"id": name})
        if set(self.gvhd_prophylaxis) != {"fully-matched", "haploidentical"}:
            raise PydanticCustomError("prophylaxis_set", "both donor matches need a window")
        return self
