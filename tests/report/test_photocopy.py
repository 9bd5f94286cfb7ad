"""Page 1 as a bad copier gives it: askew, out of focus, black or white, with dirt and holes.

The copier is Pillow's; codes are read by zxing-cpp, what they must say is what was put on the sheet. ``python -m
tests.report.test_photocopy FOLDER`` writes the copies as pictures, to be read by eye.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from tests.cases import full_case
from tests.exchange.made import made

DOTS_PER_INCH = 150
THRESHOLD = 140
SLANT = 2
BLUR = 0.8
SPECKS = 2_000
LANGUAGES = ("en", "zh_CN", "both")


def photocopied(data: bytes, number: int = 0) -> Image.Image:
    """A page drawn, turned, blurred and made black or white, then with specks of both."""
    document = pypdfium2.PdfDocument(data)
    try:
        picture = document[number].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
    finally:
        document.close()
    turned = picture.rotate(SLANT, resample=Image.Resampling.BILINEAR, expand=True, fillcolor=255)
    sheet = turned.filter(ImageFilter.GaussianBlur(BLUR)).point(lambda gray: 255 if gray > THRESHOLD else 0)
    rng = Random(4)
    for _ in range(SPECKS):
        sheet.putpixel((rng.randrange(sheet.width), rng.randrange(sheet.height)), rng.choice((0, 255)))
    return sheet


def copied_order(language: str, paper: str) -> tuple[bytes, set[str]]:
    order = made(full_case(), language=language, paper=paper)
    return order.pdf(), {order.codes.short, "A999926000123"}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_page_1_are_read_from_a_bad_copy(language: str, paper: str) -> None:
    data, due = copied_order(language, paper)
    assert due <= {code.text for code in zxingcpp.read_barcodes(photocopied(data))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_of_page_1_is_lost_in_a_copy(language: str) -> None:
    """Made black or white, the page keeps at least three quarters of its ink."""
    data, _ = copied_order(language, "A4")
    document = pypdfium2.PdfDocument(data)
    try:
        gray = document[0].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
    finally:
        document.close()
    ink = sum(255 - shade for shade in gray.tobytes()) / 255
    copied = gray.filter(ImageFilter.GaussianBlur(BLUR)).point(lambda shade: 255 if shade > THRESHOLD else 0)
    assert copied.tobytes().count(0) >= ink * 0.75


if __name__ == "__main__":
    for wanted in LANGUAGES:
        photocopied(copied_order(wanted, "A4")[0]).save(Path(sys.argv[1]) / f"copy-{wanted}.png")
