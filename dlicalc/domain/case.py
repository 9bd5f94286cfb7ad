"""Everything entered for one infusion, frozen and possibly incomplete: the public case format."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, Strict

from dlicalc.domain.entered import Entered
from dlicalc.domain.labs import Exclusions, Labs, Organs
from dlicalc.domain.plan import Decision, Infusion
from dlicalc.domain.product import Product
from dlicalc.domain.recipient import Donor, Recipient, Transplant
from dlicalc.domain.sign_off import SignOff

CASE_FORMAT = "dlicalc-case/1"
MOST_PRODUCTS = 100
MOST_DECISIONS = 100


def _empty_if_null(value: object) -> object:
    return {} if value is None else value


def _none_if_null(value: object) -> object:
    return () if value is None else value


def _section(section: type[Entered]) -> BeforeValidator:
    return BeforeValidator(_empty_if_null, json_schema_input_type=section | None)


class Case(Entered):
    """The whole case; a section left out or null is unknown in all its fields."""

    model_config = ConfigDict(defer_build=False)

    format: Literal["dlicalc-case/1"]
    protocol: Literal["NCT07319793"]
    recipient: Annotated[Recipient, _section(Recipient)] = Recipient()
    donor: Annotated[Donor, _section(Donor)] = Donor()
    transplant: Annotated[Transplant, _section(Transplant)] = Transplant()
    labs: Annotated[Labs, _section(Labs)] = Labs()
    organs: Annotated[Organs, _section(Organs)] = Organs()
    exclusions: Annotated[Exclusions, _section(Exclusions)] = Exclusions()
    infusion: Annotated[Infusion, _section(Infusion)] = Infusion()
    decisions: Annotated[
        tuple[Decision, ...],
        Strict(False),
        Field(max_length=MOST_DECISIONS),
        BeforeValidator(
            _none_if_null, json_schema_input_type=Annotated[list[Decision], Field(max_length=MOST_DECISIONS)] | None
        ),
    ] = ()
    products: Annotated[
        tuple[Product, ...],
        Strict(False),
        Field(max_length=MOST_PRODUCTS),
        BeforeValidator(
            _none_if_null, json_schema_input_type=Annotated[list[Product], Field(max_length=MOST_PRODUCTS)] | None
        ),
    ] = ()
    order: SignOff | None = None
