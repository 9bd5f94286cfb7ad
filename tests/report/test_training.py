"""An order made for practice says so on each page, in large letters and in a box, and in its properties."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pytest

from tests.program import parts
from tests.report.orders import ORDERS, PAPERS, pages, pdf, sheet, text_boxes
from tests.report.test_order_page import WATERMARK, overlapping

LANGUAGES = ("en", "zh_CN", "both")
LARGE = 60
"""Points; of the text on a page only the marks behind it are as high, slanted as they are."""


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["one bag", "twelve bags", "stopped"])
def test_every_page_says_training_twice(name: str, language: str, paper: str) -> None:
    data = pdf(ORDERS[name], parts().words(language), paper, training=True)
    for page in pages(data):
        assert page.count("TRAINING") >= 2
        assert ("培训" in page) == (language != "en")
    for (width, height), boxes in text_boxes(data):
        assert all(box.left >= 0 and box.right <= width and box.bottom >= 0 and box.top <= height for box in boxes)
        assert [box for box in boxes if box.top - box.bottom > LARGE]
        assert overlapping([box for box in boxes if box.top - box.bottom < WATERMARK]) == []
    assert "TRAINING" in pypdf.PdfReader(BytesIO(data)).metadata.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_for_practice_says_both(language: str) -> None:
    words = parts().words(language)
    for page in pages(pdf(ORDERS["stopped"], words, training=True)):
        assert "TRAINING" in page
        assert ("草稿" if language == "zh_CN" else "DRAFT") in page


@pytest.mark.parametrize("name", ["one bag", "three bags", "stopped"])
def test_practice_changes_no_word_and_no_page(name: str) -> None:
    """Whoever practises sees what the order for a patient looks like."""
    real, practice = sheet(ORDERS[name]), sheet(ORDERS[name], training=True)
    assert practice._replace(training=None) == real
    assert len(pages(pdf(ORDERS[name]))) == len(pages(pdf(ORDERS[name], training=True)))


def test_an_order_for_a_patient_does_not_say_training() -> None:
    data = pdf(ORDERS["one bag"])
    assert not any("TRAINING" in page for page in pages(data))
    assert "TRAINING" not in pypdf.PdfReader(BytesIO(data)).metadata.title
