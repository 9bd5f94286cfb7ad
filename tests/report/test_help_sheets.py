"""The quick-start card and the downtime worksheet: a page each, everything on it, nothing beside it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from dlicalc.app.manual import sheet_pdf
from dlicalc.report import worksheet as drawn
from dlicalc.report.pdf import PAPERS
from dlicalc.report.single import Content, Origin, Single, write_singles
from dlicalc.services.ports import HelpSheet
from dlicalc.services.quick_card import quick_card
from dlicalc.services.sheet import CannotBePrinted
from dlicalc.services.worksheet import EXAMPLE, worksheet
from tests.cases import AS_OF
from tests.program import parts

LANGUAGES = ("en", "zh_CN", "both")


def pages(sheet: HelpSheet, language: str, paper: str) -> list[str]:
    reader = PdfReader(BytesIO(sheet_pdf(parts(), sheet, language, paper)))
    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(PAPERS[paper], abs=0.01)
    return [squeezed(page.extract_text()) for page in reader.pages]


def squeezed(text: str) -> str:
    return "".join(text.replace("\u2028", "").split())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_one_page_with_every_line(language: str, paper: str) -> None:
    [text] = pages(HelpSheet.CARD, language, paper)
    card = quick_card(parts().words(language), parts().protocol, "x")
    for listing in (card.work, *card.left, *card.right):
        assert squeezed(listing.heading) in text
        assert all(squeezed(field.value) in text for field in listing.lines)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worksheet_is_one_page_a_language_with_every_box(language: str, paper: str) -> None:
    languages = ("en", "zh_CN") if language == "both" else (language,)
    for one, text in zip(languages, pages(HelpSheet.WORKSHEET, language, paper), strict=True):
        sheet = worksheet(parts().words(one), parts().protocol, "x")
        for heading, rows in sheet.parts:
            assert squeezed(heading) in text
            for row in rows:
                assert squeezed(row.what) in text
                assert squeezed(row.how) in text
                assert squeezed(f"{row.name}") in text
        for name in (*sheet.identity, *sheet.roles, *sheet.signed, sheet.in_all, *sheet.stops, sheet.rule):
            assert squeezed(name) in text
        assert squeezed(EXAMPLE["D6"]) in text


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_boxes_are_high_enough_for_a_hand_and_type_is_legible(language: str, paper: str) -> None:
    # 6.2 points in English on Letter is the least; a written digit needs some 4 mm (11.3 points).
    sheet = worksheet(parts().words(language), parts().protocol, "x")

    def drawing(size: float) -> drawn._Setting:
        return drawn._Setting(sheet, parts().fonts, size, PAPERS[paper][0] - 72)

    # Room: margins of 28 and 26 points, a title of 13 points, a footer of 6.6, and what is between them.
    room = PAPERS[paper][1] - 28 - 26 - 13 * 1.32 - 6.6 * 1.32 - 10
    used = [size for size in drawn.SIZES if drawing(size).content.height <= room]
    assert used[0] >= 6.2
    rows = [cells for _, part in drawing(used[0])._parts for _, cells in part]
    assert min(drawing(used[0])._row(cells, 0.0) for cells in rows) >= 10.8


def test_what_fits_on_no_page_is_refused() -> None:
    origin = Origin("x", "en", datetime.fromisoformat(AS_OF))
    tall = Content(2000.0, lambda *_: None)
    with pytest.raises(CannotBePrinted):
        write_singles([(Single("t", "f"), lambda _size, _width: tall)], parts().fonts, "A4", origin, (8.0, 7.0))
