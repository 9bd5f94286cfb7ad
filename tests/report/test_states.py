"""A state is never only a colour: it stands in words on every page, and survives a bad photocopy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from dlicalc.services.order_state import Act, Held, OrderState, State
from tests.cases import full_case
from tests.program import parts
from tests.report.orders import CHECKED, ORDERS, PAPERS, pages, pdf, sheet, text_boxes

MOMENT = datetime.fromisoformat("2026-11-18T08:10+08:00")
PREPARED = Act("Dr Zhang San", MOMENT)
CHECKER = Act("Li Si", MOMENT.replace(minute=25))
FULL = CHECKED._replace(prepared=PREPARED, checked=CHECKER)
COPY = FULL._replace(state=State.COPY, copy=2)
ENDED = {
    "VOID": FULL._replace(state=State.VOID, ended=Act("Dr Wang Wu", MOMENT, "Fever, infusion postponed")),
    "SUPERSEDED": FULL._replace(state=State.SUPERSEDED, ended=Act("Dr Wang Wu", MOMENT, "Weight is now 66 kg")),
}
DRAFT = OrderState("261120-7KQ4M2", State.DRAFT, held=(Held.UNCHECKED, Held.FILTER))
CHINESE = {"VOID": "作废", "SUPERSEDED": "已被取代", "DRAFT": "草稿", "COPY 2": "副本 2"}
MARKED = {**ENDED, "DRAFT": DRAFT, "COPY 2": COPY}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("state", MARKED)
def test_every_page_says_its_state_twice_and_once_large(state: str, language: str, paper: str) -> None:
    data = pdf(full_case(), parts().words(language), paper, MARKED[state])
    for page in pages(data):
        for word in ([] if language == "zh_CN" else [state]) + ([] if language == "en" else [CHINESE[state]]):
            assert page.count(word) >= 2, word
    for (width, height), boxes in text_boxes(data):
        assert all(box.left >= 0 and box.right <= width and box.bottom >= 0 and box.top <= height for box in boxes)
        assert max(box.top - box.bottom for box in boxes) > (40 if state.startswith("COPY") else 60)


@pytest.mark.parametrize("state", ENDED)
def test_ended_order_says_who_when_and_why_and_is_not_signed(state: str) -> None:
    act = ENDED[state].ended
    assert act is not None
    first = pages(pdf(full_case(), order=ENDED[state]))[0]
    assert f"{state}: do not use" in first
    assert f"By {act.by}, 2026-11-18 08:10 +08:00." in first
    assert f"Reason: {act.reason}" in first
    assert "Prepared by: Dr Zhang San, 2026-11-18 08:10 +08:00" in first
    assert not any(words in first for words in ("Name in print", "Actual mL", "Initials"))


def test_ended_order_without_an_act_still_says_so() -> None:
    first = pages(pdf(full_case(), order=CHECKED._replace(state=State.VOID)))[0]
    assert "VOID: do not use" in first
    bare = CHECKED._replace(state=State.VOID, ended=Act("Dr Wang Wu", MOMENT))
    assert sheet(full_case(), order=bare).ended == (
        "VOID: do not use",
        ("Not valid: withdrawn", "By Dr Wang Wu, 2026-11-18 08:10 +08:00."),
    )


def test_who_prepared_and_who_checked_stand_above_the_signatures() -> None:
    for order in (FULL, COPY):
        first = pages(pdf(full_case(), order=order))[0]
        assert "Prepared by: Dr Zhang San, 2026-11-18 08:10 +08:00" in first
        assert "Calculation checked by: Li Si, 2026-11-18 08:25 +08:00" in first
        assert "Name in print" in first


def test_draft_says_everything_that_keeps_it_one() -> None:
    first = pages(pdf(full_case(), order=DRAFT))[0]
    assert "Not for use: no second person has checked it" in first
    assert "Not for use: the filter has not been chosen" in first


def photocopied(data: bytes, page: int) -> Image.Image:
    """A page as the third copy of a fax: 75 dots an inch, blurred, then black or white with nothing between."""
    image = pypdfium2.PdfDocument(data)[page].render(scale=75 / 72).to_pil().convert("L")
    return image.filter(ImageFilter.GaussianBlur(0.6)).point(lambda level: 255 if level > 170 else 0)


def ink(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """Share of black in a part of the page, given as shares of its width and height."""
    width, height = image.size
    part = image.crop((int(box[0] * width), int(box[1] * height), int(box[2] * width), int(box[3] * height)))
    return part.histogram()[0] / (part.width * part.height)


@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("state", MARKED)
def test_state_survives_a_bad_photocopy(state: str, page: int) -> None:
    """The black box of the status stays black, and the mark leaves lines where a clean page has none."""
    marked, clean = (photocopied(pdf(full_case(), order=order), page) for order in (MARKED[state], FULL))
    beside_the_word = (0.4155, 0.036, 0.4215, 0.046)
    assert ink(marked, beside_the_word) > 0.8
    assert ink(clean, beside_the_word) < 0.4
    if state == "COPY 2":
        margin = (0.0, 0.2, 0.055, 0.8)
        assert ink(clean, margin) == 0
        assert ink(marked, margin) > 0.05
    else:
        added = ImageChops.subtract(clean, marked).histogram()[255]
        assert added > 1500


@pytest.mark.parametrize("name", ["one bag", "three bags", "decided"])
def test_copy_is_the_original_with_its_marks(name: str) -> None:
    """Nothing of the order itself moves or is hidden; the letters in the margin are all that is added to a page."""

    def inside(data: bytes) -> list[Any]:
        return [[box for box in boxes if box.top - box.bottom < 60] for _, boxes in text_boxes(data)]

    original, copied = pdf(ORDERS[name], order=FULL), pdf(ORDERS[name], order=COPY)
    assert len(inside(original)) == len(inside(copied))
    for one, other in zip(inside(original)[1:], inside(copied)[1:], strict=True):
        assert abs(len(one) - len(other)) <= 3
