"""Donation numbers and product codes: vectors of ICCBBA ST-001 and of three implementations of ISO 7064 mod 37-2."""

from __future__ import annotations

import pytest

from dlicalc.domain.isbt128 import check_character, donation_type, is_din, is_product_code

# The first five are printed in ICCBBA ST-001 v6.2.2; on the others a recursion, a weighted sum and python-stdnum agree.
VALID = {
    "G123417654321": "A",
    "A999818123456": "N",
    "A999820123456": "E",
    "W000009123456": "G",
    "A999921123456": "3",
    "A999917123456": "9",
    "G151723600001": "X",
    "V004314499999": "I",
    "A123414012346": "B",
    "7004203123456": "Z",
    "1234526000017": "7",
    "W123426000001": "N",
    "W123426000002": "L",
    "A999926000123": "P",
    "A999926000005": "0",
    "A999926000088": "*",
}


@pytest.mark.parametrize(("din", "character"), VALID.items())
def test_check_character(din: str, character: str) -> None:
    assert is_din(din)
    assert check_character(din) == character


def test_arithmetic_of_texts_that_are_no_din() -> None:
    """A FileMaker function's example, and the donor number of data structure 019."""
    assert check_character("ABCDE27000069") == "C"
    assert check_character("A99990000222244445555") == "G"


@pytest.mark.parametrize(
    ("din", "typed", "right"),
    [
        ("G123417654321", "B", "A"),  # wrong character
        ("G123417654312", "A", "C"),  # last two digits transposed
        ("G123417654231", "A", "E"),  # two inner digits transposed
    ],
)
def test_wrong_number_is_found(din: str, typed: str, right: str) -> None:
    assert check_character(din) == right != typed


@pytest.mark.parametrize(
    "text",
    [
        "G12341765432I",  # a letter in the sequence
        "O123417654321", "0123417654321",  # never O, never 0 in front
        "g123417654321",  # Caps Lock
        "G12341765432", "G1234176543210",  # 12 and 14 characters
        "=G12341765432170", "=G12341765432171", "=G123417654321",  # a scan with its identifier
        "GI23A17654321",  # letters beyond the facility's first two places
        "G1O3417654321",  # O in the facility
        "G1234 17 654321", "Ｇ123417654321", "G12341765432١", "G123417654321\n", "",
    ],
)  # fmt: skip
def test_other_texts_are_no_din(text: str) -> None:
    assert not is_din(text)


def test_facility_may_begin_with_letters() -> None:
    assert is_din("GAB3417654321")


def test_every_single_slip_of_the_documented_number_is_found() -> None:
    """Mod 37-2 detects all substitutions and all transpositions of neighbours."""
    din, character = "A999926000123", "P"
    others = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    slips = {din[:place] + other + din[place + 1 :] for place in range(13) for other in others} - {din}
    slips |= {din[:n] + din[n + 1] + din[n] + din[n + 2 :] for n in range(12) if din[n] != din[n + 1]}
    assert len(slips) == 13 * 35 + 7
    assert character not in {check_character(slip) for slip in slips}


def test_check_character_proves_no_identity() -> None:
    """Two digits wrong at once may pass: both give P."""
    assert check_character("A999926709123") == check_character("A999926000123") == "P"


@pytest.mark.parametrize("text", ["S12954A0", "S1128V00", "S1310400", "E0382Va0"])
def test_product_codes(text: str) -> None:
    assert is_product_code(text)


@pytest.mark.parametrize("text", ["s12954A0", "S1295", "S12954A00", "=<S12954A0", "S1295 A0", "S-2954A0", ""])
def test_other_texts_are_no_product_code(text: str) -> None:
    assert not is_product_code(text)


def test_donation_type_is_the_sixth_character() -> None:
    assert [donation_type(code) for code in ("S12954A0", "S1128V00", "S1128100")] == ["4", "V", "1"]
