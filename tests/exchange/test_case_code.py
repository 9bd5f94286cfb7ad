"""The code of a whole case: what goes in comes out, and every change of it is seen."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlicalc.exchange.case_code import MOST_IN_A_PART, decode, encode, is_case_code, read_part
from dlicalc.services.problem import Refused
from tests.cases import every_field_case, full_case

CONTENT = {"case": every_field_case(), "facts": {"number": "261120-7KQ4M2"}}
(SAID,) = encode(CONTENT)
JSON = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
    max_leaves=30,
)


def problem(*texts: str) -> str:
    with pytest.raises(Refused) as refusal:
        decode([read_part(text) for text in texts])
    return refusal.value.problems[0].code


def long_content() -> dict[str, Any]:
    """Noise that no compression makes short."""
    noise = random.Random(1)
    return {"case": {"name": [f"{noise.getrandbits(200):x}" for _ in range(60)]}}


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_what_goes_in_comes_out(content: dict[str, Any]) -> None:
    try:
        parts = encode(content)
    except UnicodeEncodeError:
        return  # lone surrogates, which no case holds
    assert decode([read_part(part) for part in parts]) == content


def test_letters_and_digits_only() -> None:
    assert SAID.isascii()
    assert SAID.isalnum()
    assert SAID.upper() == SAID


def test_caps_lock_blanks_and_full_width_letters_are_undone() -> None:
    for typed in (SAID.lower(), f" {SAID[:40]}\n{SAID[40:]}\r\n", "".join(chr(ord(c) + 0xFEE0) for c in SAID)):
        assert is_case_code(typed)
        assert decode([read_part(typed)]) == CONTENT


def test_a_large_case_has_parts_in_any_order() -> None:
    parts = encode(long_content())
    assert len(parts) > 2
    assert all(len(part) <= MOST_IN_A_PART for part in parts)
    assert decode([read_part(part) for part in reversed(parts)]) == long_content()
    assert problem(*parts[:-1]) == "code_part_missing"
    assert problem(parts[0], SAID) == "code_mixed"


def test_what_nine_parts_do_not_hold_is_refused() -> None:
    noise = random.Random(1)
    with pytest.raises(Refused) as refusal:
        encode({"noise": [f"{noise.getrandbits(2000):x}" for _ in range(60)]})
    assert refusal.value.problems[0].code == "code_large"


@pytest.mark.parametrize("length", [*range(3, 30), 100, len(SAID) - 6, len(SAID) - 1])
def test_every_shorter_code_is_cut_off(length: int) -> None:
    assert problem(SAID[:length]) == "code_truncated"


@given(st.integers(4, len(SAID) - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_every_other_letter_is_seen(place: int, letter: str) -> None:
    if SAID[place] != letter:
        assert problem(SAID[:place] + letter + SAID[place + 1 :]) in ("code_altered", "code_truncated")


def test_another_version_and_another_program() -> None:
    assert problem("DLC2" + SAID[4:]) == "code_version"
    assert problem("HELLO") == "code_unknown"
    assert not is_case_code("")


def test_bags_and_letters() -> None:
    """A bag more is some 60 to 90 letters: twelve fit one code of the paper."""
    case = full_case()
    case["products"] = [case["products"][0] | {"din": f"A9999260{number:05}"} for number in range(12)]
    (part,) = encode({"case": case})
    assert len(part) < MOST_IN_A_PART
