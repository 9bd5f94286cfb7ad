"""The site file's model; expected times are worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from dlicalc.domain.site import Origin, Settings, Speed

WORDS = {"en": "slowly", "zh_CN": "慢"}


def speed(**fields: str) -> Speed:
    """A speed as the file would have it."""
    return Speed.model_validate({"words": WORDS, **fields})


@pytest.mark.parametrize(
    ("fields", "volume", "minutes"),
    [
        ({}, "35", None),  # as fast as tolerated: nobody can say how long
        ({"ml_per_h": "100"}, "35", 21),  # 35 / 100 h = 21 min
        ({"ml_per_h": "100"}, "35.1", 22),  # 21.06 min, rounded up
        ({"ml_per_h": "100", "start_minutes": "15"}, "35", 36),  # 15 min as slowly as possible come on top
        ({"ml_per_h": "100", "start_minutes": "15", "start_ml_per_h": "20"}, "35", 33),  # 5 mL in 15 min, then 30 in 18
        ({"ml_per_h": "100", "start_minutes": "15", "start_ml_per_h": "20"}, "5", 15),
        ({"ml_per_h": "100", "start_minutes": "15", "start_ml_per_h": "20"}, "4", 12),  # 4 mL at 20 mL/h
    ],
)
def test_minutes_for_a_volume(fields: dict[str, str], volume: str, minutes: int | None) -> None:
    assert speed(**fields).minutes_for(Fraction(volume)) == minutes


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ml_per_h": "0"}, "site_range"),
        ({"ml_per_h": "1001"}, "site_range"),
        ({"start_minutes": "241"}, "site_range"),
        ({"ml_per_h": "200", "max_ml_per_h": "100"}, "site_rates"),
        ({"start_ml_per_h": "30", "start_minutes": "15", "ml_per_h": "20"}, "site_rates"),
        ({"start_ml_per_h": "30", "ml_per_h": "60"}, "site_start"),
        ({"ml_per_h": "1,5"}, "number_form"),
        ({"rate": "5"}, "extra_forbidden"),
    ],
)
def test_speeds_that_make_no_sense_are_refused(fields: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        speed(**fields)
    assert caught.value.errors()[0]["type"] == code


def origin(**fields: Any) -> Origin:
    """The head of a site file."""
    return Origin.model_validate({"name": "", "confirmed_by": "", "confirmed_on": "", **fields})


def test_empty_texts_are_nothing() -> None:
    assert (origin().name, origin().confirmed) == (None, False)


def test_confirmed_by_whom_and_when() -> None:
    assert origin(confirmed_by="Dr Wang", confirmed_on="2026-11-22").confirmed
    for half in ({"confirmed_by": "Dr Wang"}, {"confirmed_on": "2026-11-22"}):
        with pytest.raises(ValidationError, match="together"):
            origin(**half)


def settings(**fields: str) -> Settings:
    """What is chosen when nobody has chosen."""
    return Settings.model_validate({"paper": "A4", "language": "en", **fields})


def test_years_for_which_records_are_kept() -> None:
    assert settings().keep_years is None
    assert settings(keep_years="30").keep_years == 30


@pytest.mark.parametrize(
    ("years", "code"), [("0", "site_range"), ("201", "site_range"), ("7.5", "site_whole"), ("-1", "number_form")]
)
def test_years_that_make_no_sense_are_refused(years: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        settings(keep_years=years)
    assert caught.value.errors()[0]["type"] == code
