"""What a site sets for itself as validated data: how cells are given there, and what it wants to see first.

Nothing here has a default: what the shipped file proposes stands in that file, and a site's own file is taken whole,
so that nobody has to know two files to know what is printed.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from dlicalc.domain.entered import Date, Read, Words, read_number
from dlicalc.domain.names import Likeness, likeness
from dlicalc.domain.plan import Filter
from dlicalc.domain.quantity import exact

FASTEST: Final = 1000
"""mL/h; more cannot be meant for a bag of donor lymphocytes."""
LONGEST: Final = 240
"""Minutes at the starting rate."""
LONGEST_KEPT: Final = 200
"""Years."""
_MINUTES: Final = 60


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


def _read_decimal(value: object) -> Decimal:
    return read_number(value).value


def _up_to(most: int) -> AfterValidator:
    def check(value: Decimal) -> Decimal:
        if not 0 < value <= most:
            raise PydanticCustomError("site_range", "must be above 0 and at most {most}", {"most": most})
        return value

    return AfterValidator(check)


def _whole(value: Decimal) -> Decimal:
    if value != int(value):
        raise PydanticCustomError("site_whole", "must be a whole number")
    return value


Rate = Annotated[Decimal, Read(_read_decimal), _up_to(FASTEST)]
Years = Annotated[Decimal, Read(_read_decimal), _up_to(LONGEST_KEPT), AfterValidator(_whole)]
Minutes = Annotated[Decimal, Read(_read_decimal), _up_to(LONGEST)]


class Data(BaseModel):
    """Base of the file's tables."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", defer_build=True)


class Text(Data):
    """A sentence in each language, as the site writes it."""

    en: Words
    zh_CN: Words  # noqa: N815  the language's own name, as in the file

    @property
    def by_language(self) -> Mapping[str, str]:
        """Language → sentence."""
        return {"en": self.en, "zh_CN": self.zh_CN}


class Origin(Data):
    """Whose file it is, and who vouches for it; until somebody does, the paper says so."""

    name: Annotated[Words | None, BeforeValidator(_none_if_empty)]
    confirmed_by: Annotated[Words | None, BeforeValidator(_none_if_empty)]
    confirmed_on: Annotated[Date | None, BeforeValidator(_none_if_empty)]
    checked_by: Annotated[Words | None, BeforeValidator(_none_if_empty)] = None
    checked_on: Annotated[Date | None, BeforeValidator(_none_if_empty)] = None
    content: Annotated[Words | None, BeforeValidator(_none_if_empty)] = None
    """Digest of what was signed: of all that the file says but who signed it."""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.confirmed_by is None) != (self.confirmed_on is None):
            raise PydanticCustomError(
                "site_half_confirmed", "confirmed_by and confirmed_on stand together or not at all"
            )
        return self

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        second = (self.checked_by, self.checked_on, self.content)
        if any(part is not None for part in second) and None in (*second, self.confirmed_by):
            raise PydanticCustomError(
                "site_half_signed", "checked_by, checked_on and content stand together, beside confirmed_by"
            )
        first, other = self.confirmed_by, self.checked_by
        if first and other and likeness(first, other) is not Likeness.DIFFERENT:
            raise PydanticCustomError("site_same_person", "confirmed_by and checked_by must be two people")
        return self

    @property
    def signed(self) -> bool:
        """Whether two people stand for just this content."""
        return self.checked_by is not None

    @property
    def confirmed(self) -> bool:
        """Whether somebody vouches for it."""
        return self.confirmed_by is not None


class Settings(Data):
    """What is chosen when nobody has chosen."""

    paper: Literal["A4", "Letter"]
    language: Literal["en", "zh_CN", "both"]
    cover_after_minutes: Literal["1", "2", "3", "5", "10", "15", "30"] = "5"
    """After so long without a key or a click the window hides the case."""
    keep_years: Years | None = None
    """Years after which names, numbers and texts are removed from the records; without it nothing is said to be due."""


class Speed(Data):
    """How fast cells of one kind run: in words, in mL/h, or both.

    ``start_minutes`` at ``start_ml_per_h`` (if it is a number), then ``ml_per_h``, never above ``max_ml_per_h``.
    """

    words: Text
    start_minutes: Minutes | None = None
    start_ml_per_h: Rate | None = None
    ml_per_h: Rate | None = None
    max_ml_per_h: Rate | None = None

    @model_validator(mode="after")
    def _rising(self) -> Self:
        rates = [rate for rate in (self.start_ml_per_h, self.ml_per_h, self.max_ml_per_h) if rate is not None]
        if rates != sorted(rates):
            raise PydanticCustomError("site_rates", "start_ml_per_h, ml_per_h and max_ml_per_h must rise")
        if self.start_ml_per_h is not None and self.start_minutes is None:
            raise PydanticCustomError("site_start", "a starting rate needs its start_minutes")
        return self

    def minutes_for(self, volume: Fraction) -> int | None:
        """Whole minutes, rounded up, that ``volume`` mL take; ``None`` where the site gives no rate.

        What runs in while a starting rate is no number is not counted, so the time is rather too long.
        """
        if self.ml_per_h is None:
            return None
        start, minutes = self.start_ml_per_h, exact(self.start_minutes or Decimal(0))
        during = exact(start) * minutes / _MINUTES if start is not None else Fraction(0)
        if start is not None and volume <= during:
            return ceil(volume * _MINUTES / exact(start))
        return ceil(minutes + (volume - during) * _MINUTES / exact(self.ml_per_h))


class Giving(Data):
    """What differs between fresh and thawed cells."""

    speed: Speed
    observations: Text


class Administration(Data):
    """How the cells are given."""

    filter: Annotated[Filter | None, BeforeValidator(_none_if_empty)] = None
    route: Text
    access: Text
    premedication: Text
    fresh: Giving
    cryopreserved: Giving
    stop_rules: Text
    flush: Text
    bedside: Text


class Site(Data):
    """The whole site file, with the digest of its bytes."""

    model_config = ConfigDict(defer_build=False)

    format: Literal["dlicalc-site/1"]
    site: Origin
    settings: Settings
    administration: Administration
    digest: str
