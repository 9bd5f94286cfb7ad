"""A page that says something else than was computed is found out, by the name of what is wrong.

The figures are those of worked example E7 (tests/vectors/worked_doses.json): two bags of 35 and 14.4 mL.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from dlicalc.services.printed import PrintedOrder, PrintedPage
from dlicalc.services.self_reading import Due, due, marks, misprints
from tests.cases import changed, full_case
from tests.program import case_from

PER_KG = (Fraction(75_855_405), Fraction(29_972_027))
PAGE_1 = """Order 261118-EXNZ1M CHECKED
Example Recipient 0042177 1984-05-02
49.4 mL
MNC 100 × 10⁶/kg ≈ 75.855 × 10⁶/kg
CD3 30 × 10⁶/kg ≈ 29.972 × 10⁶/kg
1 A9999 26 000123 P fresh 35 mL
2 A9999 26 000124 N fresh 14.4 mL
"""
PAGE_2 = "Order 261118-EXNZ1M CHECKED Example Recipient 0042177 1984-05-02"
CODES = ("DLI1*A", "DLC1B")
BARS = ("A999926000123", "A999926000124")


def two_bags() -> dict[str, Any]:
    document = full_case()
    first = document["products"][0] | {"din": "A999926000123", "din_check": None}
    document["products"] = [first, first | {"din": "A999926000124"}, first | {"din": "A999926000125"}]
    return document


def wanted(document: dict[str, Any] | None = None, status: tuple[str, ...] = ("CHECKED", "已复核")) -> Due:
    case = case_from(document or two_bags())
    volumes = (Fraction(35), Fraction("14.4"), Fraction(0))
    return due(case, volumes, PER_KG, marks(case, "261118-EXNZ1M", status), CODES)


def printed(page_1: str = PAGE_1, largest: str = "49.4 mL", codes: tuple[str, ...] = CODES + BARS) -> PrintedOrder:
    return PrintedOrder((PrintedPage(page_1, largest, codes[:2]), PrintedPage(PAGE_2, "", codes[2:])), "")


def found(order: PrintedOrder, wanted: Due) -> list[str]:
    return [problem.code for problem in misprints(order, wanted)]


def test_a_page_that_says_what_it_should() -> None:
    assert found(printed(), wanted()) == []


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("P fresh 35 mL", "P fresh 36 mL", "misprint_bag"),
        ("N fresh 14.4 mL", "N fresh 144 mL", "misprint_bag"),
        ("N fresh 14.4 mL", "N fresh", "misprint_bag"),
        ("≈ 75.855", "≈ 76.855", "misprint_dose"),
        ("≈ 29.972", "29.972", "misprint_dose"),
        ("0042177", "0042178", "misprint_mrn"),
        ("1984-05-02", "1984-05-03", "misprint_born"),
        ("Example Recipient", "Example Recipiemt", "misprint_name"),
        ("261118-EXNZ1M", "261118-EXNZ1N", "misprint_number"),
        ("CHECKED", "CHECKD", "misprint_status"),
    ],
)
def test_one_slip_is_named(right: str, wrong: str, code: str) -> None:
    assert right in PAGE_1
    assert found(printed(PAGE_1.replace(right, wrong)), wanted()) == [code]


def test_volumes_of_two_bags_exchanged() -> None:
    swapped = PAGE_1.replace("P fresh 35", "P fresh #").replace("N fresh 14.4", "N fresh 35").replace("#", "14.4")
    problems = misprints(printed(swapped), wanted())
    assert [problem.params["printed"] for problem in problems] == ["14.4 mL", "35 mL"]


@pytest.mark.parametrize("largest", ["30 mL", "", "49.4 mL 20 mL", "49.4"])
def test_the_largest_type_is_the_volume_in_all(largest: str) -> None:
    assert found(printed(largest=largest), wanted()) == ["misprint_volume"]


def test_a_mark_is_missed_on_any_page() -> None:
    order = printed()
    order = order._replace(pages=(order.pages[0], order.pages[1]._replace(text="another page")))
    problems = misprints(order, wanted())
    assert {problem.params["page"] for problem in problems} == {"2"}
    assert len(problems) == 5


@pytest.mark.parametrize("place", range(4))
def test_every_code_must_be_read(place: int) -> None:
    codes = CODES + BARS
    assert found(printed(codes=(*codes[:place], "?", *codes[place + 1 :])), wanted()) == ["misprint_code"]


def test_any_language_of_the_state_will_do() -> None:
    chinese = PrintedOrder(
        tuple(page._replace(text=page.text.replace("CHECKED", "已复核")) for page in printed().pages), ""
    )
    assert found(chinese, wanted()) == []


def test_bags_by_a_number_of_their_own_and_by_none() -> None:
    """A short number could stand in anything, so it does not end the row before; a bag without one cannot be found."""
    document = two_bags()
    document["products"][0] |= {"din": None, "local_id": "4"}
    document["products"][1] |= {"din": None, "local_id": None}
    page = PAGE_1.replace("A9999 26 000123 P", "4").replace("A9999 26 000124 N", "no number")
    assert wanted(document).all_codes == CODES
    assert found(printed(page), wanted(document)) == []
    assert found(printed(page.replace("35 mL", "45 mL")), wanted(document)) == ["misprint_bag"]


def test_a_number_that_its_check_character_denies_has_no_bars() -> None:
    document = changed(full_case(), products__0__din_check="A")
    case = case_from(document)
    assert due(case, [Fraction(35)], (), ()).bags[0].barcode == ""


def test_without_a_dose_no_volume_may_stand() -> None:
    case = case_from({"format": "dlicalc-case/1", "protocol": "NCT07319793"})
    nothing = due(case, None, (), marks(case, "261118-EXNZ1M", ("DRAFT",)))
    assert [mark.code for mark in nothing.marks] == ["misprint_number", "misprint_status"]
    page = PrintedPage("DRAFT 261118-EXNZ1M", "—", ())
    assert found(PrintedOrder((page,), ""), nothing) == []
    assert found(PrintedOrder((page._replace(largest="35 mL"),), ""), nothing) == ["misprint_volume"]


def test_a_file_without_pages_says_nothing() -> None:
    assert set(found(PrintedOrder((), ""), wanted())) == {
        "misprint_volume",
        "misprint_bag",
        "misprint_dose",
        "misprint_code",
    }
