"""The file itself: the same bytes for the same order, fonts all inside, title and language said."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import Any

import pypdf
import pytest

from dlicalc.report.fonts import Fonts
from dlicalc.report.order import write_order
from dlicalc.services.sheet import CannotBePrinted
from tests.cases import changed, full_case
from tests.program import ROOT
from tests.report.orders import BOTH, CHINESE, FONT_FOLDER, ORDERS, pdf, sheet

PROGRAM = """
import hashlib
from tests.cases import full_case
from tests.report.orders import pdf
print(hashlib.sha256(pdf(full_case())).hexdigest())
"""


def digest_in_new_process(**environment: str) -> str:
    """Digest of the order as another process writes it."""
    call = [sys.executable, "-c", PROGRAM]
    env = {"PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(call, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


def test_same_order_same_bytes() -> None:
    assert pdf(full_case()) == pdf(full_case())


def test_same_bytes_after_other_orders() -> None:
    before = pdf(full_case())
    pdf(ORDERS["unhappy"], BOTH, "Letter")
    assert pdf(full_case()) == before


def test_neither_clock_nor_environment_changes_the_bytes() -> None:
    digests = {
        digest_in_new_process(),
        digest_in_new_process(SOURCE_DATE_EPOCH="1", TZ="Asia/Shanghai", PYTHONHASHSEED="1"),
        digest_in_new_process(SOURCE_DATE_EPOCH="not a number", TZ="UTC", PYTHONHASHSEED="2"),
    }
    assert len(digests) == 1


def test_another_order_is_another_file() -> None:
    other = changed(full_case(), recipient__weight__value="71")
    assert pdf(other) != pdf(full_case())


@pytest.mark.parametrize("name", ["one bag", "unhappy"])
@pytest.mark.parametrize("words", [CHINESE, BOTH])
def test_every_font_is_in_the_file(name: str, words: Any) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf(ORDERS[name], words)))
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"], font["/BaseFont"]
        assert "/ToUnicode" in font
    assert not any("Helvetica" in font["/BaseFont"] for font in fonts)


def test_title_language_and_date() -> None:
    reader = pypdf.PdfReader(BytesIO(pdf(full_case(), CHINESE)))
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.metadata is not None
    assert "Example Recipient" in (reader.metadata.title or "")
    assert reader.metadata["/CreationDate"] == "D:20261118080000+08'00'"


def test_english_order_reads_no_chinese_font() -> None:
    fonts = Fonts(FONT_FOLDER)
    write_order(sheet(full_case()), fonts, "A4")
    assert fonts.loaded == {"DejaVuSans", "DejaVuSans-Bold"}


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\ue000", "U+E000"),  # a hospital's own character, another one elsewhere
        ("\u202e", "U+202E"),  # turns the reading direction
        ("\u200b", "U+200B"),  # invisible
        ("ب", "ب (U+0628)"),  # needs joining and the other direction
        ("ก", "ก (U+0E01)"),
        ("𠮷", "𠮷 (U+20BB7)"),
        ("\U000e0100", "U+E0100"),  # chooses a variant that the font does not have
        ("q\u0302", "U+0302"),  # an accent that no single character carries
    ],
)
def test_character_that_cannot_be_drawn_is_named(character: str, named: str) -> None:
    with pytest.raises(CannotBePrinted) as caught:
        pdf(changed(full_case(), recipient__name=f"Li {character}"))
    assert (caught.value.problem.code, caught.value.problem.params["text"]) == ("glyph_missing", named)


def test_decomposed_accent_is_drawn_as_one_letter() -> None:
    reader = pypdf.PdfReader(BytesIO(pdf(changed(full_case(), recipient__name="Rene\u0301e"))))
    assert "Renée" in reader.pages[0].extract_text()
