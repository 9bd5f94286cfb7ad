"""The flat code: what it says, what keyboards do to it, and that every change of it is seen."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlicalc.services.order_codes import check_letters, flat_code, is_flat_code, read_flat_code
from dlicalc.services.order_state import OrderState, State
from dlicalc.services.problem import Refused

ORDER = OrderState("261120-7KQ4M2", State.CHECKED)
DIGEST = "sha256:1a2b3c4d" + "0" * 56


def code(
    order: OrderState = ORDER, mrn: str = "0042177", volume: Fraction | None = Fraction(71, 2), **more: bool
) -> str:
    return flat_code(order, mrn=mrn, volume=volume, case_digest=DIGEST, training=more.get("training", False))


SAID = code()


def problem(text: str) -> str:
    with pytest.raises(Refused) as refusal:
        read_flat_code(text)
    return refusal.value.problems[0].code


def test_text_is_as_specified() -> None:
    """By hand; the check with sha256sum of what precedes, and base32."""
    assert SAID == "DLI1*2611207KQ4M2*0042177*35.5*1A2B3C4D*CHECKED*GZCLC"


def test_reading_gives_back_what_was_said() -> None:
    read = read_flat_code(code(ORDER._replace(state=State.COPY, copy=2), mrn="AB-12 张", training=True))
    assert (read.number, read.mrn, read.millilitres) == ("261120-7KQ4M2", "AB-12 张", "35.5")
    assert (read.digest, read.state, read.copy, read.training) == ("1a2b3c4d", State.COPY, 2, True)


def test_no_volume() -> None:
    assert read_flat_code(code(volume=None)).millilitres is None


@pytest.mark.parametrize(
    "typed",
    [
        SAID.replace("*", "("),
        SAID.replace("*", "×"),
        f"  {SAID}\r\n",
        SAID.swapcase(),
        SAID.replace("35.5", "35,5"),
        "".join(chr(ord(letter) + 0xFEE0) for letter in SAID),
    ],
    ids=["german", "other sign", "blanks", "caps lock", "comma", "full width"],
)
def test_what_keyboards_do_to_it_is_undone(typed: str) -> None:
    assert is_flat_code(typed)
    assert read_flat_code(typed) == read_flat_code(SAID)


@given(st.integers(0, len(SAID) - 1), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ*."))
def test_every_other_character_is_seen(place: int, letter: str) -> None:
    if SAID[place] != letter:
        assert problem(SAID[:place] + letter + SAID[place + 1 :]) in (
            "code_altered",
            "code_truncated",
            "code_version",
            "code_unknown",
        )


@pytest.mark.parametrize("length", range(len(SAID)))
def test_every_shorter_code_is_cut_off(length: int) -> None:
    assert problem(SAID[:length]) == ("code_truncated" if length >= 3 else "code_unknown")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "code_unknown"),
        ("=A999926000123", "code_unknown"),
        ("TRAIN*", "code_truncated"),
        ("DLI2*1*2", "code_version"),
        ("DLI1", "code_truncated"),
        ("DLI1X2611207", "code_altered"),
        (SAID + "*X", "code_truncated"),
        (SAID + "*XXXXX", "code_altered"),
    ],
)
def test_refusals_say_what_is_the_matter(text: str, code: str) -> None:
    assert problem(text) == code


@pytest.mark.parametrize(
    "body",
    [
        "DLI1*2611207KQ4M2*0042177*35.5*1A2B3C4D*GIVEN",
        "DLI1*2611207KQ4M2*%G1*35.5*1A2B3C4D*CHECKED",
        "DLI1*2611207KQ4M2*%FF*35.5*1A2B3C4D*CHECKED",
    ],
    ids=["no such state", "no hexadecimal", "no UTF-8"],
)
def test_right_check_letters_do_not_make_a_code(body: str) -> None:
    assert problem(f"{body}*{check_letters(body)}") == "code_altered"


def test_nothing_is_no_code() -> None:
    assert not is_flat_code("")
