"""What scanners, clipboards and mail programs make of codes."""

from __future__ import annotations

import random
import string

import pytest

from dlicalc.exchange.scanned import codes_among, scanned
from dlicalc.services.order_state import State
from dlicalc.services.problem import Refused
from tests.cases import changed, full_case
from tests.exchange.made import made

CODES = made(full_case()).codes
WHOLE = CODES.whole[0]
OTHER = made(changed(full_case(), recipient__weight__value="71")).codes
NOISE = "".join(random.Random(7).choices(string.ascii_letters, k=1500))
"""Letters that no compression shortens by much."""


def large(weight: str) -> tuple[str, ...]:
    """A case of more than one part."""
    bags = [
        full_case()["products"][0] | {"din": None, "local_id": NOISE[start : start + 500]} for start in (0, 500, 1000)
    ]
    return made(changed(full_case(), recipient__weight__value=weight, products=bags), State.DRAFT).codes.whole


LARGE = large("70")
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def refusal(text: str) -> str:
    with pytest.raises(Refused) as refused:
        scanned(text)
    (problem,) = refused.value.problems
    return problem.code


@pytest.mark.parametrize(
    "text",
    [
        f"{CODES.short}\n{WHOLE}\n",
        f"\t{WHOLE}\r\n  {CODES.short}",
        f"{CODES.short}\n{CODES.short}\n{WHOLE}{WHOLE}",
        f"{CODES.short} {WHOLE[:300]}\n{WHOLE[300:500]}\n{WHOLE[500:]}",
        f"{CODES.short}\n{WHOLE}".swapcase(),
        f"{CODES.short}\n{WHOLE}".translate(FULL_WIDTH),
    ],
    ids=["lines", "blanks", "twice", "broken", "caps lock", "full width"],
)
def test_both_codes_in_any_dress(text: str) -> None:
    found = scanned(text)
    assert found.flat is not None
    assert (found.flat.mrn, found.flat.millilitres) == ("0042177", "35")
    assert found.content["case"]["recipient"]["mrn"] == "0042177"


def test_either_code_alone() -> None:
    assert scanned(CODES.short).content is None
    assert scanned(WHOLE).flat is None


def test_parts_in_any_order_with_or_without_anything_between_them() -> None:
    assert len(LARGE) > 1
    for text in ("\n".join(reversed(LARGE)), "".join(LARGE)):
        assert scanned(text).content["case"]["products"]


def test_a_missing_part_is_named() -> None:
    with pytest.raises(Refused) as refused:
        scanned(LARGE[1])
    (problem,) = refused.value.problems
    assert problem.code == "code_part_missing"
    assert problem.params == {"missing": "1" if len(LARGE) == 2 else "1, 3", "count": str(len(LARGE))}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "code_unknown"),
        ("35", "code_unknown"),
        ("=A99992612345600", "code_unknown"),
        (WHOLE[:-1], "code_truncated"),
        (CODES.short[:-1], "code_truncated"),
        (WHOLE.replace(WHOLE[40], "Z" if WHOLE[40] != "Z" else "Y", 1) + "A", "code_altered"),
        (f"{CODES.short}\n{OTHER.short}", "code_mixed"),
        (f"DLC2{WHOLE[4:]}", "code_version"),
        ("DLI1" * 30_000, "code_unknown"),
    ],
    ids=["nothing", "a number", "a bag", "cut", "cut short code", "altered", "two orders", "version", "endless"],
)
def test_refused_by_name(text: str, code: str) -> None:
    assert refusal(text) == code


def test_parts_of_two_cases_are_not_joined() -> None:
    assert refusal(f"{LARGE[0]}\n{large('71')[1]}") == "code_mixed"


def test_bags_are_no_codes_of_an_order() -> None:
    assert codes_among(["A999926000123", CODES.short, WHOLE]) == [CODES.short, WHOLE]
