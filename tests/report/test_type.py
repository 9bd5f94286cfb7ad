"""Fonts, lines, columns and bars, each on its own."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from dlicalc.report.code128 import QUIET, bar_widths
from dlicalc.report.columns import share
from dlicalc.report.embedded import to_unicode_map
from dlicalc.report.fonts import Face
from dlicalc.services.sheet import OR_LINE
from tests.report.orders import fonts


def broken(text: str, width: float, size: float = 10.0) -> list[str]:
    """The lines of a text."""
    lines = fonts().lines(text, Face.REGULAR, size, width)
    assert all(line.width * size <= width + 0.001 or len(line.runs) == 1 for line in lines)
    return ["".join(run.text for run in line.runs) for line in lines]


def test_words_stay_whole() -> None:
    assert broken("the quick brown fox", 60) == ["the quick", "brown fox"]


@pytest.mark.parametrize("text", ["100 × 10⁶/kg", "46.6667 mL", "≈ 99.8 %", "> 3 × ULN", "2026-11-18", "0.5 µg"])
def test_number_and_unit_stay_together(text: str) -> None:
    assert any(text in line for line in broken(f"words before {text} words after", 75))


def test_hanzi_break_anywhere_but_before_closing_signs() -> None:
    assert broken("供者淋巴，细胞输注", 45) == ["供者淋", "巴，细胞", "输注"]


def test_word_longer_than_the_line_is_torn_but_never_cut() -> None:
    lines = broken("x" * 50, 60)
    assert "".join(lines) == "x" * 50
    assert len(lines) > 1


def test_line_breaks_of_the_text_are_kept() -> None:
    assert broken("one\ntwo", 100) == ["one", "two"]


def test_each_character_from_a_font_that_has_it() -> None:
    (line,) = fonts().lines("CD3⁺ 细胞 10⁶", Face.REGULAR, 10, 500)
    assert [(run.font, run.text) for run in line.runs] == [
        ("DejaVuSans", "CD3⁺ "),
        ("NotoSansSC-Regular", "细胞"),
        ("DejaVuSans", " 10⁶"),
    ]


def test_bold_hanzi_are_one_font_drawn_with_a_pen() -> None:
    """So a name with a rare hanzi is in one weight."""
    (line,) = fonts().lines("欧阳𬭛 A", Face.BOLD, 10, 500)
    assert [(run.font, run.heavy) for run in line.runs] == [("NotoSansSC-Regular", True), ("DejaVuSans-Bold", False)]
    (line,) = fonts().lines("欧阳", Face.REGULAR, 10, 500)
    assert [(run.font, run.heavy) for run in line.runs] == [("NotoSansSC-Regular", False)]


def test_narrow_columns_keep_what_they_ask_for() -> None:
    assert share([400, 40, 300], [50, 40, 60], 400)[1] == 40
    assert sum(share([400, 40, 300], [50, 40, 60], 400)) == pytest.approx(400)


def test_room_to_spare_is_shared() -> None:
    assert share([100, 300], [10, 10], 800) == (200, 600)


def test_columns_too_narrow_for_their_words_still_fit() -> None:
    assert sum(share([900, 900, 900], [800, 800, 800], 500)) == pytest.approx(500)


def test_one_endless_word_does_not_tear_the_others() -> None:
    """By hand: 500 in all, 40 and 60 stay whole, and the rest is shared by the two that are too wide."""
    assert share([900, 40, 60, 900], [800, 40, 60, 700], 500) == (200, 40, 60, 200)


@pytest.mark.parametrize("text", ["A999926000123", "0123", "012345", "12345", "A12B3456C", "W000026123456", "AB", "7"])
def test_code_128_is_read_back(text: str) -> None:
    widths = (QUIET, *bar_widths(text), QUIET)
    image = Image.new("L", (3 * sum(widths), 90), 255)
    x = 0
    for place, width in enumerate(widths):
        if place % 2:
            ImageDraw.Draw(image).rectangle((x, 10, x + 3 * width - 1, 80), fill=0)
        x += 3 * width
    (found,) = zxingcpp.read_barcodes(image)
    assert (found.format, found.text) == (zxingcpp.BarcodeFormat.Code128, text)


def test_code_128_takes_printable_ascii_only() -> None:
    for text in ("", "é", "\n"):
        with pytest.raises(ValueError, match="Code 128"):
            bar_widths(text)


def test_pairs_of_digits_make_the_donation_number_short() -> None:
    """Start, one letter, change of set, six pairs, check: ten symbols of 11 modules, and the stop of 13."""
    assert sum(bar_widths("A999926000123")) == 10 * 11 + 13


def test_characters_above_the_first_plane_are_surrogate_pairs() -> None:
    """U+2CB5B as UTF-16 is D872 DF5B."""
    lines = to_unicode_map({b"\x01!": 0x41, b'\x01"': 0x2CB5B}).splitlines()
    assert "<0121> <0122> [<0041> <d872df5b>]" in lines


def test_a_range_of_codes_ends_where_a_code_is_left_out() -> None:
    lines = to_unicode_map({b"\x01'": 0x41, b"\x01*": 0x42, b"\x02!": 0x43}).splitlines()
    assert [line for line in lines if line.startswith("<0")][1:] == [
        "<0127> <0127> [<0041>]",
        "<012a> <012a> [<0042>]",
        "<0221> <0221> [<0043>]",
    ]


def test_two_languages_part_where_they_do_not_fit_one_line() -> None:
    """Not inside a hanzi word; a text with more than one such place breaks like any other."""
    pair = f"not given{OR_LINE}未提供"
    whole = fonts().width(pair, Face.REGULAR) * 10
    assert broken(pair, whole + 0.1) == ["not given 未提供"]
    assert broken(pair, whole - 0.1) == ["not given", "未提供"]
    assert fonts().longest_word(pair, Face.REGULAR) == fonts().width("not given", Face.REGULAR)
