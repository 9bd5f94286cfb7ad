"""Page 1 as a nurse finds it: all that is needed at the bedside stands on it, in its order, whatever the case."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest

from dlicalc.report.frame import BOTTOM_MARGIN, MARGIN
from tests.cases import changed, full_case
from tests.program import parts
from tests.report.orders import ORDERS, PAPERS, packed, packed_text, pages, pdf, text_boxes
from tests.report.test_order_page import WATERMARK, overlapping
from tests.worked_doses import bag, recipient_of

LANGUAGES = ("en", "zh_CN", "both")
LATIN = "Wilhelmina Konstantinopolska-Ostrowskaja von und zu Hohenlohe-Schillingsfuerst X"
HANZI = "欧阳娜仁托娅乌兰图雅其其格" * 6 + "张三"
ROLES = {
    "en": ("Prescriber", "Laboratory release", "Bedside, 2nd person"),
    "zh_CN": ("处方医师", "实验室放行", "床旁第 2 人"),
    "both": ("Prescriber 处方医师", "Laboratory release 实验室放行", "Bedside, 2nd person 床旁第 2 人"),
}


def bags(count: int) -> dict[str, Any]:
    """So many bags, of which every one is needed and the last is not used up."""
    volumes = ["20"] * (count - 1) + ["85"]
    return recipient_of("74", *[bag("30", "78", "31", volume) for volume in volumes])


def numbers(document: dict[str, Any]) -> list[str]:
    """Donation numbers in the groups of the label."""
    dins = [product["din"] for product in document["products"]]
    return [f"{din[:5]} {din[5:7]} {din[7:]}" for din in dins]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    ("language", "count"),
    [
        *(("en", count) for count in (1, 2, 3, 4)),
        *((other, count) for other in ("zh_CN", "both") for count in (1, 2, 3)),
    ],
)
def test_page_1_holds_all_bags_the_rate_and_the_signatures(language: str, count: int, paper: str) -> None:
    document = bags(count)
    text = pages(pdf(document, parts().words(language), paper))
    assert all(number in text[0] for number in numbers(document))
    assert "100 mL/h" in text[0]
    assert all(packed(role) in packed(text[0]) for role in ROLES[language])
    assert not any(packed(ROLES[language][0]) + packed(ROLES[language][1]) in packed(page) for page in text[1:])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", range(1, 13))
def test_any_number_of_bags(count: int, language: str, paper: str) -> None:
    """Signatures on page 1; the others on the next page under the same heads; nothing cut, nothing on anything else."""
    document = bags(count)
    words = parts().words(language)
    data = pdf(document, words, paper)
    text = pages(data)
    assert packed(ROLES[language][2]) in packed(text[0])
    heads = [page for page in text if packed(words("Actual mL").replace("\u2028", " ")) in packed(page)]
    found = [number for page in heads for number in numbers(document) if number in page]
    assert sorted(set(found)) == sorted(numbers(document))
    assert ({"en": "turn over", "zh_CN": "请翻页", "both": "请翻页"}[language] in text[0]) == (len(heads) > 1)
    check_pages(data)


def check_pages(data: bytes) -> None:
    """Everything inside the margins, and no two texts on each other."""
    for (width, _), boxes in text_boxes(data):
        type_boxes = [box for box in boxes if box.top - box.bottom < WATERMARK]
        assert all(box.left >= MARGIN - 1 and box.right <= width - MARGIN + 1 for box in type_boxes)
        assert min(box.bottom for box in type_boxes) >= BOTTOM_MARGIN - 1
        assert overlapping(type_boxes) == []


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [LATIN, HANZI])
def test_names_of_80_characters(name: str, language: str, paper: str) -> None:
    assert len(name) == 80
    data = pdf(changed(full_case(), recipient__name=name), parts().words(language), paper)
    first = packed(pypdf.PdfReader(BytesIO(data)).pages[0].extract_text())
    assert packed(name) in first
    assert packed(ROLES[language][2]) in first
    assert packed_text(data).count(packed(name)) == len(pages(data))
    check_pages(data)


def middles(data: bytes, *texts: str) -> dict[str, tuple[float, float]]:
    """Where texts of page 1 stand: left edge and middle from the top, in millimetres."""
    page = pypdfium2.PdfDocument(data)[0]
    text_page, height = page.get_textpage(), page.get_size()[1]
    found = {}
    for text in texts:
        hit = text_page.search(text, match_case=True).get_next()
        assert hit is not None, text
        left, bottom, _, top = text_page.get_charbox(hit[0])
        found[text] = (left * 25.4 / 72, (height - (bottom + top) / 2) * 25.4 / 72)
    return found


def test_where_a_nurse_looks() -> None:
    """Drawn by hand on squared paper: who above, how much left, bags, rates, do not, sign at the foot.

    Millimetres from the left and the upper edge of A4, each within 7.
    """
    wanted = {
        "CHECKED": (90, 12),
        "Page 1 of": (153, 12),
        "Example Recipient": (15, 29),
        "0042177": (87, 28),
        "1984-05-02": (115, 28),
        "35 mL": (15, 64),
        "75 × 10⁶/kg": (150, 55),
        "A9999 26 000123": (22, 112),
        "Expires 2026-11-19 14:00": (22, 128),
        "100 mL/h": (115, 146),
        "DO NOT IRRADIATE": (20, 215),
        "Prescriber": (14, 235),
        "Bedside, 2nd person": (14, 274),
    }
    found = middles(pdf(full_case()), *wanted)
    off = {text: place for text, place in found.items() if not near(place, wanted[text])}
    assert off == {}
    order = ("Example Recipient", "35 mL", "A9999 26 000123", "100 mL/h", "DO NOT IRRADIATE", "Prescriber")
    assert sorted(order, key=lambda text: found[text][1]) == list(order)


def near(place: tuple[float, float], wanted: tuple[float, float]) -> bool:
    """Whether two places are within 7 mm of each other."""
    return abs(place[0] - wanted[0]) <= 7 and abs(place[1] - wanted[1]) <= 7


@pytest.mark.parametrize("paper", PAPERS)
def test_mnc_row_has_both_languages(paper: str) -> None:
    first = packed(pages(pdf(full_case(), parts().words("both"), paper))[0])
    assert packed("MNC cells 单个核细胞 (MNC)") in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ORDERS)
def test_what_identifies_the_order_stands_on_every_page(name: str, language: str) -> None:
    """Order number, status, page, version and digest of the protocol, digests of the case and of the site file."""
    protocol, site = parts().protocol, parts().site
    data = pdf(ORDERS[name], parts().words(language))
    text = pages(data)
    status = {"en": ("CHECKED", "DRAFT"), "zh_CN": ("已复核", "草稿"), "both": ("CHECKED 已复核", "DRAFT 草稿")}[
        language
    ]
    for number, page in enumerate(text, start=1):
        assert "261120-7KQ4M2" in page
        assert any(word in page for word in status)
        assert {"en": f"Page {number} of {len(text)}"}.get(language, f"第 {number} 页，共 {len(text)} 页") in page
        for digest in (protocol.digest, "sha256:0123456789ab", site.digest):
            assert digest.removeprefix("sha256:")[:12] in page
        assert protocol.protocol.version in page


def test_file_is_small() -> None:
    """Goal: at most 60 kB with Chinese, with the code of the whole case, which cannot be packed."""
    assert len(pdf(changed(full_case(), recipient__name="张三"), parts().words("zh_CN"))) <= 52_000
    assert len(pdf(full_case(), parts().words("en"))) <= 21_000
    for paper in ("A4", "Letter"):
        assert len(pdf(full_case(), parts().words("both"), paper)) <= 59_000


def test_file_of_twelve_bags_is_small() -> None:
    """Goal: at most 60 kB with Chinese; seven to nine pages in two languages need a little more."""
    assert len(pdf(ORDERS["twelve bags"], parts().words("zh_CN"))) <= 60_000
    assert len(pdf(ORDERS["twelve bags"], parts().words("both"))) <= 72_000
