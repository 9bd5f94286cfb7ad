"""Ages, by completed and by decimal years."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dlicalc.domain.recipient import completed_years, decimal_years


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1984-05-02", "2026-05-01", 41), ("1984-05-02", "2026-05-02", 42), ("1984-05-02", "1984-05-02", 0),
        ("2008-11-18", "2026-11-17", 17), ("2008-11-18", "2026-11-18", 18), ("2026-12-31", "2027-01-01", 0),
        # Born on 29 February: a year older on 1 March of a common year, on the day itself in a leap year.
        ("2004-02-29", "2022-02-28", 17), ("2004-02-29", "2022-03-01", 18), ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20), ("2027-01-01", "2026-11-18", -1),
    ],
)  # fmt: skip
def test_completed_years(born: str, on: str, years: int) -> None:
    assert completed_years(date.fromisoformat(born), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2011-11-18", "2026-11-18", "15"),
        ("2011-11-18", "2026-11-19", "15+1/365"),  # the year to 2027-11-18 has 365 days
        ("2011-01-01", "2024-07-01", "13+182/366"),  # January to June of a leap year
        ("2012-02-29", "2024-02-29", "12"),
        ("2012-02-29", "2025-02-28", "12+365/366"),  # 2024-02-29 to 2025-03-01 is 366 days
        ("2012-02-29", "2025-03-01", "13"),
        ("2012-02-29", "2024-02-28", "11+364/365"),  # 2023-03-01 to 2024-02-29 is 365 days
        ("2026-11-18", "2026-11-18", "0"),
    ],
)
def test_decimal_years(born: str, on: str, years: str) -> None:
    expected = sum((Fraction(part) for part in years.split("+")), start=Fraction(0))
    assert decimal_years(date.fromisoformat(born), date.fromisoformat(on)) == expected


def test_decimal_age_is_eighteen_on_the_birthday_and_not_before() -> None:
    born = date(2008, 11, 18)
    assert decimal_years(born, date(2026, 11, 17)) < 18 == decimal_years(born, date(2026, 11, 18))
