"""How the pages look: everything inside the margins, nothing on top of anything else, barcodes that scan."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from dlicalc.report.frame import BOTTOM_MARGIN, MARGIN
from dlicalc.services.wording import Words
from tests.cases import changed, full_case
from tests.program import parts
from tests.report.orders import BOTH, CHINESE, ENGLISH, ORDERS, PAPERS, Box, pages, pdf, sheet, text_boxes, three_bags

WATERMARK = 60
"""Points; only the word behind a draft is higher."""
LANGUAGES = {"English": ENGLISH, "Chinese": CHINESE, "both": BOTH}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ORDERS)
def test_inside_the_page_and_not_on_each_other(name: str, language: str, paper: str) -> None:
    for (width, height), boxes in text_boxes(pdf(ORDERS[name], LANGUAGES[language], paper)):
        assert (round(width), round(height)) == PAPERS[paper]
        assert all(box.left >= 0 and box.right <= width and box.bottom >= 0 and box.top <= height for box in boxes)
        type_boxes = [box for box in boxes if box.top - box.bottom < WATERMARK]
        assert all(box.left >= MARGIN - 1 and box.right <= width - MARGIN + 1 for box in type_boxes)
        assert min(box.bottom for box in type_boxes) >= BOTTOM_MARGIN - 1
        assert overlapping(type_boxes) == []


def overlapping(boxes: list[Box]) -> list[tuple[Box, Box]]:
    """Pairs of boxes that cover each other."""
    ordered = sorted(boxes, key=lambda box: -box.top)
    return [
        (box, other)
        for place, box in enumerate(ordered)
        for other in ordered[place + 1 :]
        if other.top > box.bottom and box.overlaps(other, tolerance=1.0)
    ]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["one bag", "three bags", "every field", "decided", "long name"])
def test_order_for_the_bedside_is_closed_in_itself(name: str, paper: str) -> None:
    """Page 1 holds the signatures, page 2 begins the basis."""
    first, second, *_ = pages(pdf(ORDERS[name], paper=paper))
    assert "Signatures" in first
    assert "Signatures Who" not in second
    assert "Findings Severity" in second


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["one bag", "three bags", "twelve bags", "every field", "decided", "stopped"])
def test_last_page_is_worth_a_page(name: str, language: str, paper: str) -> None:
    *_, ((_, height), boxes) = text_boxes(pdf(ORDERS[name], LANGUAGES[language], paper))
    content = [box for box in boxes if box.top - box.bottom < WATERMARK and box.bottom > BOTTOM_MARGIN + 20]
    assert min(box.bottom for box in content) < height * 0.72


@pytest.mark.parametrize("name", ["one bag", "three bags", "twelve bags"])
def test_volume_is_the_largest_type(name: str) -> None:
    _, boxes = next(iter(text_boxes(pdf(ORDERS[name]))))
    page = pypdfium2.PdfDocument(pdf(ORDERS[name]))[0]
    largest = max(boxes, key=lambda box: box.top - box.bottom)
    text = page.get_textpage().get_text_bounded(*largest)
    assert text.strip().endswith("mL")


@pytest.mark.parametrize("paper", PAPERS)
def test_donation_numbers_scan_from_a_rendering_of_150_dots_per_inch(paper: str) -> None:
    found = scanned(pdf(three_bags(), paper=paper), 0)
    assert sorted(text for kind, text in found if kind == zxingcpp.BarcodeFormat.Code128) == [
        f"A9999260001{number}" for number in (23, 24, 25)
    ]


def scanned(data: bytes, number: int, turned: float = 0.0) -> list[tuple[zxingcpp.BarcodeFormat, str]]:
    """What a scanner reads off a page of 150 dots an inch, laid down a little aslant."""
    image = pypdfium2.PdfDocument(data)[number].render(scale=150 / 72).to_pil().rotate(turned, fillcolor="white")
    return [(code.format, code.text) for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["one bag", "twelve bags", "stopped"])
def test_short_code_scans_from_every_page(name: str, paper: str) -> None:
    order = sheet(ORDERS[name])
    data = pdf(ORDERS[name], paper=paper)
    for number in range(len(pages(data))):
        assert (zxingcpp.BarcodeFormat.QRCode, order.codes.short.text) in scanned(data, number, turned=2.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_of_the_whole_case_scans(language: str) -> None:
    order = sheet(full_case(), LANGUAGES[language])
    data = pdf(full_case(), LANGUAGES[language])
    found = {text for number in range(len(pages(data))) for _, text in scanned(data, number)}
    assert {code.text for code in order.codes.whole} <= found


def test_no_barcode_for_a_doubtful_number_or_an_unused_bag() -> None:
    case = three_bags()
    case["products"].append(case["products"][0] | {"din": "A999926000126", "din_check": "J"})
    case["products"][0] |= {"din_check": "A"}
    found = [text for kind, text in scanned(pdf(case), 0) if kind == zxingcpp.BarcodeFormat.Code128]
    assert sorted(found) == ["A999926000124", "A999926000125"]


def test_black_and_white_are_enough() -> None:
    """No page has a colour."""
    for document in (full_case(), ORDERS["stopped"], ORDERS["decided"]):
        for page in pypdfium2.PdfDocument(pdf(document)):
            red, green, blue = page.render().to_pil().convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_words_of_any_length_keep_the_page_in_order() -> None:
    """A catalogue with sentences three times as long still fits."""
    wordy = Words(lambda sentence: f"{sentence} {sentence} {sentence}" if "{" not in sentence else sentence)
    for _, boxes in text_boxes(pdf(changed(full_case(), recipient__weight=None), wordy)):
        assert overlapping([box for box in boxes if box.top - box.bottom < WATERMARK]) == []


def test_later_pages_name_recipient_and_order_and_leave_the_rest_to_page_1() -> None:
    """docs/formats.md: two identifiers and the order number on every page."""
    first, *later = pages(pdf(full_case()))
    assert later
    for page in later:
        banner = page[page.index("Recipient") : page.index("Page ")]
        assert (
            banner.strip()
            == "Recipient Example Recipient MRN 0042177 Born 1984-05-02 Sex female Order no. 261120-7KQ4M2"
        )
    assert "70 kg (2026-11-17)" in first


def test_steps_in_two_languages_stand_beside_each_other() -> None:
    """Below each other they took half a page more."""
    document = pypdfium2.PdfDocument(pdf(full_case(), parts().words("both")))
    text = document[1].get_textpage()
    places = [text.get_charbox(text.search(words).get_next()[0]) for words in ("MNC needed", "所需 MNC：")]
    (left, bottom, *_), (left_beside, bottom_beside, *_) = places
    assert abs(bottom - bottom_beside) < 2
    assert left + 100 < left_beside
