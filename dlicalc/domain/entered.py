"""The forms in which a value may be entered: text, number with unit, date, moment, answer.

Models are strict and frozen and refuse unknown fields. ``None`` means *unknown*; text that cannot be read is
refused here, so behind these models a value is either known exactly or known to be unknown.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler, JsonValue, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function

from dlicalc.domain.quantity import EXACT, FACTORS, NotANumber, Number, exact, parse_number

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
LONGEST_TEXT: Final = 500

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_HLA = re.compile("(0|[1-9][0-9]?)/([1-9][0-9]?)", re.ASCII)
HLA_TESTED: Final = (6, 8, 10, 12, 14)
"""Alleles of three loci (A, B, DRB1) to seven; two of each are compared."""
# Control characters and lone surrogates can neither be printed nor written to a file.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Read(NamedTuple):
    """Marks a field that one function reads, which takes what was entered, or raises, and is all there is to it.

    Pydantic's own ``PlainValidator`` also makes whatever could write the field's type, twice for each field; nothing
    here is written by pydantic, and a start would wait for it.
    """

    read: Callable[[object], object]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_plain_validator_function(self.read)


def _no_text() -> PydanticCustomError:
    return PydanticCustomError("text_expected", "text in quotes is due here")


def read_number(value: object) -> Number:
    """Validator: a number typed as text; raises a pydantic error with a code of its own."""
    if not isinstance(value, str):
        raise PydanticCustomError("number_as_text", "a number is written as text in quotes")
    try:
        return parse_number(value)
    except NotANumber:
        raise PydanticCustomError("number_form", "not a number in the accepted form") from None


def _read_date(value: object) -> date:
    if not isinstance(value, str):
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise _no_text()
    try:
        day = date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PydanticCustomError("date_form", "not a date in the accepted form")
    return day


def parse_moment(text: str) -> datetime | None:
    """An ISO 8601 moment with its offset, or ``None`` if the text is anything else."""
    try:
        moment = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None
    return moment if moment is not None and FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _read_moment(value: object) -> datetime:
    if not isinstance(value, str):
        if isinstance(value, datetime):
            return value
        raise _no_text()
    moment = parse_moment(value)
    if moment is None:
        raise PydanticCustomError("moment_form", "not a moment in the accepted form")
    return moment


def _read_words(value: object) -> str:
    if not isinstance(value, str):
        raise _no_text()
    if not value or value.isspace():
        raise PydanticCustomError("text_blank", "the text is empty")
    if len(value) > LONGEST_TEXT:
        raise PydanticCustomError("text_long", "the text is too long")
    if not value.isprintable() and _UNPRINTABLE.search(value):
        raise PydanticCustomError("text_unprintable", "the text holds a character that cannot be printed")
    if not value.isprintable() and all(sign.isspace() or not sign.isprintable() for sign in value):
        raise PydanticCustomError("text_blank", "nothing of the text can be seen")
    return value


def _read_said(value: object) -> str:
    words = _read_words(value)
    if not any(map(str.isalnum, words)):
        raise PydanticCustomError("text_blank", "the text is nothing but signs")
    return words


def _read_hla(value: object) -> str:
    if not isinstance(value, str):
        raise _no_text()
    found = _HLA.fullmatch(value)
    if found is None or int(found[1]) > int(found[2]) or int(found[2]) not in HLA_TESTED:
        raise PydanticCustomError("hla_form", "not matching of tested HLA alleles")
    return value


def is_said(text: str) -> bool:
    """Whether ``text`` is one that a case can hold as the name or the reason of somebody who decides."""
    try:
        _read_said(text)
    except PydanticCustomError:
        return False
    return True


NUMBER_PATTERN: Final = r"^[0-9]+(\.[0-9]*)?$"
NumberText = Annotated[
    Number, Read(read_number), WithJsonSchema({"type": "string", "pattern": NUMBER_PATTERN, "maxLength": 100})
]
BareNumberText = Annotated[str, WithJsonSchema({"type": "string", "pattern": NUMBER_PATTERN, "maxLength": 100})]
Date = Annotated[date, Read(_read_date), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[datetime, Read(_read_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Words = Annotated[
    str, Read(_read_words), WithJsonSchema({"type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT})
]
Said = Annotated[str, Read(_read_said), WithJsonSchema({"type": "string", "pattern": r"\S", "maxLength": LONGEST_TEXT})]
"""Words with a letter or a digit in them: the name or the reason of somebody who stands for a decision."""
Answer = Literal["yes", "no", "unknown"]
ConcentrationUnit = Literal["10*9/L", "10*6/mL", "10*3/uL", "/uL", "10*6/L", "10*7/mL", "10*8/mL"]
ShareOrConcentrationUnit = Literal["%", "10*9/L", "10*6/mL", "10*3/uL", "/uL", "10*6/L", "10*7/mL", "10*8/mL"]
HlaMatch = Annotated[
    str, Read(_read_hla), WithJsonSchema({"type": "string", "pattern": r"^(0|[1-9][0-9]?)/([1-9][0-9]?)$"})
]
"""Matching of tested HLA alleles, as 9/10."""
BloodGroup = Literal["O Neg", "O Pos", "A Neg", "A Pos", "B Neg", "B Pos", "AB Neg", "AB Pos"]


class Entered(BaseModel):
    """Base of everything that is entered."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


NUMBER_HAS_UNIT: Final[dict[str, JsonValue]] = {
    "if": {"properties": {"value": {"type": "string"}}, "required": ["value"]},
    "then": {"required": ["unit"], "properties": {"unit": {"type": "string"}}},
}
"""JSON Schema of what :func:`require_unit` asks."""


class Measured(Entered):
    """A number with the unit it was reported in; subclasses say which units their field takes.

    As a field of :data:`IfKnown` a missing number makes it unknown, and a number without its unit is refused.
    """

    model_config = ConfigDict(json_schema_extra={"allOf": [NUMBER_HAS_UNIT]})

    value: NumberText | None = None
    unit: str | None = None

    @property
    def amount(self) -> Decimal:
        """The exact amount in the base unit of :data:`~dlicalc.domain.quantity.FACTORS`; the value must be known."""
        value, unit = self.value, self.unit
        assert value is not None
        assert unit is not None
        return EXACT.multiply(value.value, FACTORS[unit])

    @property
    def exact(self) -> Fraction:
        """The same amount for arithmetic that divides."""
        return exact(self.amount)

    @property
    def as_entered(self) -> str:
        """Number and unit as they were typed."""
        value = self.value
        return f"{value.text if value else ''} {self.unit}"


M = TypeVar("M", bound=Measured)


def require_unit(measured: M) -> M:
    """Validator: refuses a number without its unit."""
    if measured.value is not None and measured.unit is None:
        raise PydanticCustomError("unit_missing", "the number has no unit")
    return measured


def _known_or_none(measured: M) -> M | None:
    if measured.value is None:
        return None
    return measured if measured.unit is not None else require_unit(measured)


IfKnown = Annotated[M, AfterValidator(_known_or_none)] | None
"""A measured field that is ``None`` unless its number is there."""
