"""What was read from a printed order, page by page, and how to look for what stands there."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

_MILLILITRES: Final = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*mL(?!\s*/)", re.ASCII)
_MILLION_PER_KG: Final = re.compile(r"(≈?)\s*(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*×\s*106\s*/kg", re.ASCII)
"""Superscripts are plain digits in text that is compared."""
_SHORTENED: Final = Fraction(1, 20_000)
"""Share by which a number of five significant digits may be off."""


class PrintedPage(NamedTuple):
    """One page: its text in the order of drawing, what stands upright in its largest type, and its codes as read."""

    text: str
    largest: str
    codes: tuple[str, ...]


class PrintedOrder(NamedTuple):
    """All pages of a file, and the title in its properties, which ends with the recipient's name."""

    pages: tuple[PrintedPage, ...]
    title: str

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, page after page."""
        return tuple(code for page in self.pages for code in page.codes)

    @property
    def text(self) -> str:
        """The text of all pages, ready for the functions below."""
        return comparable("\n".join(page.text for page in self.pages))


class PerKg(NamedTuple):
    """A number of cells per kg as printed, exact or shortened."""

    value: Fraction
    shortened: bool

    def says(self, cells: Fraction) -> bool:
        """Whether this can be what is printed for ``cells``."""
        return abs(self.value - cells) <= cells * _SHORTENED if self.shortened else self.value == cells


def comparable(text: str) -> str:
    """``text`` without the differences that reading a page brings: ligatures come apart, superscripts come down."""
    return unicodedata.normalize("NFKC", text)


def stands_in(words: str, text: str) -> bool:
    """Whether ``words`` stand in ``text``, wherever its lines end."""
    return _packed(words) in _packed(text)


def _packed(text: str) -> str:
    return "".join(comparable(text).split())


def millilitres_in(text: str) -> Iterator[Fraction]:
    """All volumes in comparable ``text``."""
    for found in _MILLILITRES.finditer(text):
        yield Fraction(found[1].replace(",", ""))


def per_kg_in(text: str) -> Iterator[PerKg]:
    """All numbers of cells per kg in comparable ``text``."""
    for found in _MILLION_PER_KG.finditer(text):
        yield PerKg(Fraction(found[2].replace(",", "")) * 10**6, shortened=bool(found[1]))


def places_of(words: str, text: str) -> Iterator[int]:
    """Where ``words`` end in comparable ``text``, wherever its lines end."""
    spread = r"\s*".join(re.escape(letter) for letter in _packed(words))
    return (found.end() for found in re.finditer(spread, text))
