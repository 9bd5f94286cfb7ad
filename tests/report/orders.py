"""Orders made in this process, and what can be read from them again."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import pypdf
import pypdfium2

from dlicalc.domain.site import Site
from dlicalc.report.fonts import Fonts
from dlicalc.report.order import write_order
from dlicalc.services.order_codes import CodeTexts
from dlicalc.services.order_sheet import NO_RECORDS_ASKED, order_sheet
from dlicalc.services.order_state import OrderState, State, unchecked
from dlicalc.services.sheet import Code, OnPaper, Sheet
from dlicalc.services.wording import Words
from dlicalc.services.wording.bilingual import bilingual
from dlicalc.storage.site_files import read_site
from tests.cases import AS_OF, changed, every_field_case, full_case
from tests.program import ROOT, case_from, evaluation
from tests.worked_doses import bag, recipient_of

FONT_FOLDER = ROOT / "resources" / "fonts"
CASE_DIGEST = "sha256:" + "0123456789abcdef" * 4
ENGLISH = Words()
DECISION = {"by": "Dr Zhang", "role": "prescriber", "reason": "single session only", "at": "2026-11-18T07:30+08:00"}


def chinese(sentence: str) -> str:
    """A stand-in for the catalogue: hanzi as long as a translation would be, with the places for values kept."""
    if not any(letter.islower() for letter in sentence) or len(sentence) < 4:
        return sentence
    places = [f"{{{part.partition('}')[0]}}}" for part in sentence.split("{")[1:]]
    hanzi = "供者淋巴细胞输注受者体重目标剂量给予每千克单核计数活力冻存复苏采集失效方案停止签名核对床旁放行日期"
    start = len(sentence) % 20
    return f"{hanzi[start : start + 2 + len(sentence) // 4]}{' '.join(places)}"


BOTH = bilingual(chinese)
CHINESE = Words(chinese, "zh_CN")


@cache
def fonts() -> Fonts:
    """The shipped fonts, read once for all tests."""
    return Fonts(FONT_FOLDER)


SITE = read_site((ROOT / "resources" / "site.toml").read_bytes(), "site.toml")
CHECKED = OrderState("261120-7KQ4M2", State.CHECKED)
DRAFT = unchecked("261120-7KQ4M2", stopped=True)


def sheet(
    document: dict[str, Any],
    words: Words = ENGLISH,
    order: OrderState | None = None,
    as_of: str = AS_OF,
    *,
    training: bool = False,
    site: Site = SITE,
    recorded: OnPaper = NO_RECORDS_ASKED,
) -> Sheet:
    """The order of a case as words; checked, or a draft if a stop stands, unless told."""
    evaluated = evaluation(document, as_of)
    return order_sheet(
        case_from(document),
        evaluated,
        words,
        order=order or (CHECKED if evaluated.releasable else DRAFT),
        site=site,
        language="zh-CN" if words is CHINESE else "en",
        software="dlicalc 0.0.0-test",
        case_digest=CASE_DIGEST,
        printed_at=datetime.fromisoformat(as_of),
        codes=CodeTexts("DLI1*2611207KQ4M2*0042177*35*00000000*CHECKED*AAAAA", ("DLC1" + "A7K2MQ" * 90,)),
        training=training,
        recorded=recorded,
    )


def pdf(
    document: dict[str, Any],
    words: Words = ENGLISH,
    paper: str = "A4",
    order: OrderState | None = None,
    training: bool = False,
) -> bytes:
    """The order of a case as a file."""
    return write_order(sheet(document, words, order, training=training), fonts(), paper)


def pages(data: bytes) -> list[str]:
    """Text of each page as pypdf reads it, white space made single spaces."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(data)).pages]


def packed(text: str) -> str:
    """Text without any white space, for comparison across line breaks."""
    return "".join(text.split())


def packed_text(data: bytes) -> str:
    """All text of a file as pdfium reads it, without white space."""
    document = pypdfium2.PdfDocument(data)
    try:
        return packed("".join(page.get_textpage().get_text_range() for page in document)).replace("\ufffe", "-")
    finally:
        document.close()


class Box(NamedTuple):
    """Where a piece of text stands, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box, tolerance: float = 0.6) -> bool:
        """Whether two boxes share more than a seam."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width > tolerance and height > tolerance


def text_boxes(data: bytes) -> Iterator[tuple[tuple[float, float], list[Box]]]:
    """Size of each page and the boxes of the text on it."""
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            yield page.get_size(), [Box(*text.get_rect(number)) for number in range(text.count_rects())]
    finally:
        document.close()


def texts_of(part: Any) -> Iterator[str]:
    """Every text for people in a sheet or a part of it."""
    if isinstance(part, Code):
        yield part.caption
    elif isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from texts_of(inner)


def decided(document: dict[str, Any], *codes: str, **more: str) -> dict[str, Any]:
    """The case with these stops decided."""
    document = copy.deepcopy(document)
    document["decisions"] = [DECISION | more | {"code": code} for code in codes]
    return document


def unhappy_case() -> dict[str, Any]:
    """Next to nothing is known, and the twelve bags are wrong in every way a bag can be."""
    bags = copy.deepcopy(recipient_of("74", *[bag("20", "78", "90", "30") for _ in range(12)]))["products"]
    for product in bags:
        product |= {"din_check": "A", "state": "cryopreserved", "expires_at": "2026-11-01T00:00+08:00"}
        product["counts"]["counted"] = "pre-freeze"
    return {"format": "dlicalc-case/1", "protocol": "NCT07319793", "products": bags}


def talkative_case() -> dict[str, Any]:
    """The longest texts that a case may hold, in every place that is printed."""
    long = "Wilhelmina Konstantinopolska-Ostrowskaja of Hohenlohe " * 9
    document = decided(
        changed(full_case(), organs__dialysis="yes", organs__long_term_oxygen="yes", transplant__consent="no"),
        *("renal.dialysis", "respiratory.oxygen", "inclusion.consent"),
        by=long[:500],
        reason=long[:500],
    )
    document["recipient"] |= {
        "name": long[:500],
        "mrn": "0042177" * 71,
        "allergies": long[:500],
        "trial_subject": long[:500],
    }
    document["donor"]["id"] = "D" * 500
    document["products"][0] |= {"din": None, "din_check": None, "local_id": "L" * 500, "product_code": None}
    return document


def three_bags() -> dict[str, Any]:
    """Three bags, of which the first two are used up."""
    return recipient_of("74", *[bag("165", "78", "31", volume) for volume in ("20", "15", "85")])


ORDERS: dict[str, dict[str, Any]] = {
    "one bag": full_case(),
    "three bags": three_bags(),
    "twelve bags": recipient_of("74", *[bag("20", "78", "31", "30") for _ in range(12)]),
    "every field": every_field_case(),
    "long name": changed(
        full_case(), recipient__name="Wilhelmina Konstantinopolska-Ostrowskaja von und zu Hohenlohe-Schillingsfürst Ö.."
    ),
    "decided": decided(changed(full_case(), organs__dialysis="yes"), "renal.dialysis"),
    "stopped": changed(full_case(), organs__dialysis="yes", recipient__weight=None),
    "unhappy": unhappy_case(),
    "talkative": talkative_case(),
    "empty": {"format": "dlicalc-case/1", "protocol": "NCT07319793"},
}
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
