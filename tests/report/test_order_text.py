"""What people and programs read from the file: nothing lost, nothing changed, page 1 at the bedside."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pypdfium2
import pytest

from dlicalc.services.wording import Words
from tests.cases import changed, full_case
from tests.report.orders import (
    BOTH,
    CHINESE,
    DRAFT,
    ENGLISH,
    ORDERS,
    packed,
    packed_text,
    pages,
    pdf,
    sheet,
    texts_of,
)
from tests.worked_doses import CASES

WORDS = {"English": ENGLISH, "Chinese": CHINESE, "both": BOTH}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("name", ORDERS)
def test_no_text_of_the_sheet_is_lost(name: str, language: str, paper: str) -> None:
    order = sheet(ORDERS[name], WORDS[language])
    text = packed_text(pdf(ORDERS[name], WORDS[language], paper))
    # The language tag and the page label are not printed as they are, of what has two forms only one.
    printed = order._replace(
        language="",
        page_label="",
        checks=None,
        checks_elsewhere="",
        remarks="",
        volume=order.volume._replace(explained=""),
        administration=order.administration._replace(elsewhere=""),
        bags=order.bags._replace(continued="") if order.bags else None,
    )
    missing = [part for part in texts_of(printed) if not all(packed(line) in text for line in part.split("\n"))]
    assert missing == [], missing


@pytest.mark.parametrize(
    ("name", "volume", "mnc", "cd3"),
    [
        ("E1", "35 mL", "75 × 10⁶/kg", "30 × 10⁶/kg"),
        ("E2", "41.6 mL", "99.84 × 10⁶/kg", "29.952 × 10⁶/kg"),
        ("E3", "25 mL", "100 × 10⁶/kg", "≈ 18.182 × 10⁶/kg"),
        ("E7", "49.4 mL", "≈ 75.855 × 10⁶/kg", "≈ 29.972 × 10⁶/kg"),
        ("E8", "3.3 mL", "67.155 × 10⁶/kg", "29.9475 × 10⁶/kg"),
    ],
)
def test_numbers_of_the_worked_examples(name: str, volume: str, mnc: str, cd3: str) -> None:
    """The figures are those of tests/vectors/worked_doses.json at the printed volume."""
    first = pages(pdf(CASES[name]))[0]
    assert all(number in first for number in (volume, mnc, cd3)), first


def test_volume_of_each_bag() -> None:
    first = pages(pdf(CASES["E7"]))[0]
    assert "35 mL" in first
    assert "14.4 mL" in first
    assert "total of 2 bags" in first


@pytest.mark.parametrize("language", WORDS)
def test_recipient_and_page_number_on_every_page(language: str) -> None:
    data = pdf(ORDERS["twelve bags"], WORDS[language])
    text = pages(data)
    assert len(text) > 3
    for number, page in enumerate(text, start=1):
        assert all(words in page for words in ("Example Recipient", "0042177", "1984-05-02", "2026-11-18 08:00 +08:00"))
        if language == "English":
            assert f"Page {number} of {len(text)}" in page


def test_page_1_is_for_the_bedside() -> None:
    first = pages(pdf(full_case()))[0]
    for words in (
        *("35 mL", "A9999 26 000123", "Expires 2026-11-19 14:00 +08:00", "DO NOT IRRADIATE"),
        *("NO leucocyte-reduction filter", "0.9 % saline only in the line", "Laboratory release", "Actual mL"),
        *("Given: 75 million MNC and 30 million CD3⁺ cells per kg.", "CHECKED"),
    ):
        assert words in first, words


def test_targets_as_the_protocol_writes_them() -> None:
    """With real superscripts and in words, beside the table on the common exponent."""
    targets = "Targets: 1 × 10⁸ MNC/kg (100 million), 3 × 10⁷ CD3⁺/kg (30 million)"
    for document in (full_case(), ORDERS["stopped"]):
        first = pages(pdf(document))[0]
        assert targets in first, first
        assert "100 × 10⁶/kg" in first


def test_targets_stand_in_the_basis_where_page_1_is_short_of_room() -> None:
    text = pages(pdf(ORDERS["three bags"], BOTH, "Letter"))
    targets = "Targets: 1 × 10⁸ MNC/kg (100 million), 3 × 10⁷ CD3⁺/kg (30 million)"
    assert targets not in text[0]
    assert any(targets in page for page in text[1:])


def test_nothing_is_documented_on_a_draft() -> None:
    first = pages(pdf(full_case(), order=DRAFT))[0]
    assert "Computed, not released" in first
    assert not any(head in first for head in ("Actual mL", "Initials", "Done"))


def test_deviation_on_page_1() -> None:
    first = pages(pdf(ORDERS["decided"]))[0]
    assert "PROTOCOL DEVIATION" in first
    assert "decided by Dr Zhang, 2026-11-18 07:30 +08:00: single session only" in first


def test_draft_says_so_on_every_page_and_lists_the_stops_on_page_1() -> None:
    text = pages(pdf(ORDERS["stopped"]))
    assert all(page.count("DRAFT") == 2 for page in text)  # the status and the word behind the page
    assert "STOP: this order must not be carried out" in text[0]
    assert "The recipient's weight is missing" in text[0]
    assert "regular dialysis" in text[0]
    assert not any("Name in print" in page for page in text)


def test_released_order_never_says_draft() -> None:
    assert not any("DRAFT" in page for page in pages(pdf(full_case())))


def test_reviews_give_way_to_the_signatures_on_page_1() -> None:
    """Three bags with four reviews: the list moves to page 2, the place to sign does not."""
    first = pages(pdf(ORDERS["three bags"]))[0]
    assert "4 findings to look at before signing" in first or "Look at this before signing" in first
    assert "Bedside, 2nd person" in first


def test_column_heads_stand_again_where_a_table_goes_over() -> None:
    text = pages(pdf(ORDERS["twelve bags"]))
    assert sum("Actual mL" in page for page in text) > 1
    assert sum("The arithmetic, step by step Step Result" in page for page in text) > 1


@pytest.mark.parametrize("hanzi", ["张三", "欧阳娜娜", "𬭛", "㐂三"])
def test_rare_hanzi_are_copied_as_they_are(hanzi: str) -> None:
    """𬭛 lies above U+FFFF, where ReportLab's own map of characters is wrong."""
    data = pdf(changed(full_case(), recipient__name=hanzi))
    assert hanzi in pypdf.PdfReader(BytesIO(data)).pages[0].extract_text()
    assert hanzi in pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()


def test_superscripts_are_characters() -> None:
    text = packed_text(pdf(full_case()))
    assert "30×10⁶/kg" in text
    assert "106/kg" not in text


def test_catalogue_without_translations_still_prints() -> None:
    assert pages(pdf(full_case(), Words(lambda sentence: sentence)))[0]
