"""Looking for numbers and words in text that was read from a page."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dlicalc.services.printed import (
    PerKg,
    PrintedOrder,
    PrintedPage,
    comparable,
    millilitres_in,
    per_kg_in,
    places_of,
    stands_in,
)


@pytest.mark.parametrize(
    ("text", "volumes"),
    [
        ("43.4 mL", ["43.4"]),
        ("20\nmL + 15 mL", ["20", "15"]),
        ("1,234.5 mL", ["1234.5"]),
        ("0.5 mL/kg 3 mL", ["3"]),
        ("35", []),
        ("mL", []),
    ],
)
def test_volumes(text: str, volumes: list[str]) -> None:
    assert list(millilitres_in(text)) == [Fraction(volume) for volume in volumes]


def test_cells_per_kg_exact_and_shortened() -> None:
    text = comparable("MNC 100 × 10⁶/kg ≈ 75.481 × 10⁶/kg 1,200 ×\n10⁶/kg 5 × 10⁶/mL")
    assert list(per_kg_in(text)) == [
        PerKg(Fraction(10**8), shortened=False),
        PerKg(Fraction(75_481_000), shortened=True),
        PerKg(Fraction(1_200_000_000), shortened=False),
    ]


def test_a_shortened_number_says_what_rounds_to_it_and_nothing_else() -> None:
    """29 972 027.027… is E7 of the worked doses; five digits of it are 29.972 million."""
    cells = Fraction(29_972_027_027, 1000)
    assert PerKg(Fraction(29_972_000), shortened=True).says(cells)
    assert not PerKg(Fraction(29_974_000), shortened=True).says(cells)
    assert not PerKg(Fraction(29_972_000), shortened=False).says(cells)
    assert PerKg(Fraction(30_000_000), shortened=False).says(Fraction(30_000_000))


def test_words_are_found_across_lines_and_ligatures() -> None:
    assert stands_in("Zoﬃ A", "Name\nZof\nfi A born")
    assert not stands_in("0042177", "004217")
    assert [*places_of("A9999 26", "x A99\n99 26 y A999926")] == [11, 21]


def test_codes_and_text_of_all_pages() -> None:
    order = PrintedOrder((PrintedPage("one ⁶", "", ("A",)), PrintedPage("two", "", ("B", "C"))), "")
    assert (order.codes, order.text) == (("A", "B", "C"), "one 6\ntwo")
