"""One bag of donor cells: identity, times, volume and what was counted in it."""

from fractions import Fraction
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from dlicalc.domain.entered import (
    NUMBER_HAS_UNIT,
    BareNumberText,
    BloodGroup,
    ConcentrationUnit,
    Entered,
    IfKnown,
    Measured,
    Moment,
    NumberText,
    ShareOrConcentrationUnit,
    Words,
    require_unit,
)
from dlicalc.domain.quantity import exact

Counted = Literal["fresh", "pre-freeze", "post-thaw"]
Analyte = Literal["mnc", "cd3"]


class Millilitres(Measured):
    """A volume."""

    unit: Literal["mL"] | None = None


class Grams(Measured):
    """A mass of a bag."""

    unit: Literal["g"] | None = None

    @property
    def grams(self) -> Fraction:
        """The mass in grams, the unit in which density is given."""
        assert self.value is not None
        return exact(self.value.value)


class Density(Measured):
    """Mass of one mL of product."""

    unit: Literal["g/mL"] | None = None


class Percent(Measured):
    """A share of something that the field's name says."""

    unit: Literal["%"] | None = None


class BagVolume(Measured):
    """The volume in the bag, read off or weighed: either ``value`` in mL, or gross and tare in g with the density."""

    unit: Literal["mL"] | None = None
    gross: IfKnown[Grams] = None
    tare: IfKnown[Grams] = None
    density: IfKnown[Density] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        weighed = (self.gross, self.tare, self.density)
        if self.value is not None and any(part is not None for part in weighed):
            raise PydanticCustomError("volume_twice", "both a volume and a weighing are given")
        return self


class WhiteCells(Measured):
    """Nucleated or white cells as the analyser read them; ``multiply_by`` undoes the dilution of the sample."""

    unit: ConcentrationUnit | None = None
    multiply_by: NumberText | None = None


class Subset(Measured):
    """A subset of the white cells: a share of ``of``, or a concentration of its own (single platform)."""

    unit: ShareOrConcentrationUnit | None = None
    of: Literal["wbc", "mnc", "lymphocytes"] | None = None
    multiply_by: NumberText | None = None

    @property
    def is_share(self) -> bool:
        """Whether the number is a percentage of another count."""
        return self.unit == "%"

    @model_validator(mode="after")
    def _share_or_concentration(self) -> Self:
        if self.value is None:
            return self
        if self.is_share and self.multiply_by is not None:
            raise PydanticCustomError("share_diluted", "a percentage is not changed by dilution")
        if not self.is_share and self.of is not None:
            raise PydanticCustomError("concentration_of", "a concentration has no denominator")
        return self


class ShareOfWhiteCells(Subset):
    """Mononuclear cells or lymphocytes; of white cells is the only denominator there is."""

    of: Literal["wbc"] | None = None


class Cd3Count(Subset):
    """CD3⁺ cells; a percentage must say of what, because the answer moves the dose up to twofold."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                NUMBER_HAS_UNIT,
                {
                    "if": {"properties": {"unit": {"const": "%"}, "value": {"type": "string"}}, "required": ["value"]},
                    "then": {"required": ["of"], "properties": {"of": {"type": "string"}}},
                },
            ]
        }
    )

    @model_validator(mode="after")
    def _share_has_denominator(self) -> Self:
        if self.value is not None and self.is_share and self.of is None:
            raise PydanticCustomError("denominator_missing", "the percentage does not say of what")
        return self


class Viability(Measured):
    """Share of living cells, when it was measured, and to which counts it is still to be applied."""

    unit: Literal["%"] | None = None
    measured: Counted | None = None
    applies_to: Annotated[tuple[Analyte, ...], Strict(False)] | None = None


def _bare_percent(value: object) -> object:
    return {"value": value, "unit": "%"} if isinstance(value, str) else value


PercentOrText = Annotated[
    IfKnown[Percent], BeforeValidator(_bare_percent, json_schema_input_type=Percent | BareNumberText | None)
]
"""A percentage, or its number alone as text."""


class Recovery(Entered):
    """Share of the pre-freeze viable cells that is left after thaw, and where that figure comes from."""

    mnc: PercentOrText = None
    cd3: PercentOrText = None
    source: Words | None = None


class Processing(Entered):
    """A change of volume after the cells were counted."""

    from_: IfKnown[Millilitres] = Field(default=None, alias="from")
    to: IfKnown[Millilitres] = None
    recovery: IfKnown[Percent] = None


class Counts(Entered):
    """What the laboratory counted in one bag."""

    counted: Counted | None = None
    wbc: IfKnown[WhiteCells] = None
    nrbc_per_100_wbc: NumberText | None = None
    mnc: IfKnown[ShareOfWhiteCells] = None
    cd3: IfKnown[Cd3Count] = None
    lymphocytes: IfKnown[ShareOfWhiteCells] = None
    viability: IfKnown[Viability] = None
    recovery: Recovery | None = None
    processed_after_count: Processing | None = None


class Product(Entered):
    """One bag, in the order in which it is to be given."""

    din: Words | None = None
    din_check: Words | None = None
    product_code: Words | None = None
    local_id: Words | None = None
    state: Literal["fresh", "cryopreserved"] | None = None
    collected_at: Moment | None = None
    counted_at: Moment | None = None
    expires_at: Moment | None = None
    abo_rhd: BloodGroup | None = None
    volume: Annotated[BagVolume, AfterValidator(require_unit)] | None = None
    withheld: IfKnown[Millilitres] = None
    counts: Counts | None = None
    dmso: IfKnown[Percent] = None
    hematocrit: IfKnown[Percent] = None


NOTHING_COUNTED: Final = Counts.model_construct()
UNKNOWN_PRODUCT: Final = Product.model_construct()
"""A bag of which nothing is known."""
