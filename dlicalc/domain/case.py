"""Everything entered for one infusion, frozen and possibly incomplete: the public case format."""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, Strict

from dlicalc.domain.entered import Entered
from dlicalc.domain.labs import Exclusions, Labs, Organs
from dlicalc.domain.plan import Decision, Infusion
from dlicalc.domain.product import Product
from dlicalc.domain.recipient import Donor, Recipient, Transplant
from dlicalc.domain.sign_off import SignOff

CASE_FORMAT: Final = "dlicalc-case/1"
PROTOCOL_ID: Final = "NCT07319793"
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

    format: Literal["dlicalc-case/1"]
    protocol: Literal["NCT07319793"]
    recipient: Annotated[Recipient, _section(Recipient)] = Recipient.model_construct()
    donor: Annotated[Donor, _section(Donor)] = Donor.model_construct()
    transplant: Annotated[Transplant, _section(Transplant)] = Transplant.model_construct()
    labs: Annotated[Labs, _section(Labs)] = Labs.model_construct()
    organs: Annotated[Organs, _section(Organs)] = Organs.model_construct()
    exclusions: Annotated[Exclusions, _section(Exclusions)] = Exclusions.model_construct()
    infusion: Annotated[Infusion, _section(Infusion)] = Infusion.model_construct()
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


def unknown_case() -> Case:
    """The case of which nothing is known. It needs no validator, which takes long to make."""
    return Case.model_construct(format=CASE_FORMAT, protocol=PROTOCOL_ID)
