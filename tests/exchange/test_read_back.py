"""A file read back: text, largest type, codes, and what is no order at all."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pypdf
import pytest

from dlicalc.app.self_reading import require_read_back
from dlicalc.exchange.read_back import MOST_PAGES, read_pdf
from dlicalc.services.order_state import State
from dlicalc.services.problem import Refused
from dlicalc.services.sheet import Code, Codes
from tests.cases import changed, full_case
from tests.exchange.made import Made, made
from tests.program import ROOT
from tests.report.orders import ORDERS


def require(order: Made, data: bytes) -> None:
    require_read_back(data, order.case, order.evaluation, order=order.order, codes=order.codes, words=order.words)


def refused(order: Made, data: bytes) -> list[str]:
    with pytest.raises(Refused) as refusal:
        require(order, data)
    return [problem.code for problem in refusal.value.problems]


def test_text_and_codes_of_an_order() -> None:
    order = made(full_case())
    read = read_pdf(order.pdf(), "order.pdf", bool)
    assert read.pages[0].largest.split() == ["35", "mL"]
    assert set(read.codes) == {order.codes.short, *order.codes.whole, "A999926000123"}
    assert read.title.endswith("· Example Recipient")
    assert "0042177" in read.pages[-1].text


def test_a_draft_across_the_page_is_not_its_largest_type() -> None:
    assert read_pdf(made(full_case(), State.DRAFT).pdf(), "x", bool).pages[0].largest.split() == ["35", "mL"]


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["one bag", "three bags", "twelve bags", "every field", "long name", "decided"])
def test_valid_orders_read_back(name: str, paper: str, language: str) -> None:
    order = made(ORDERS[name], language=language, paper=paper)
    assert order.order.state is State.CHECKED
    require(order, order.pdf())


@pytest.mark.parametrize("copy", [1, 12])
def test_copies_read_back(copy: int) -> None:
    order = made(full_case(), State.COPY, copy=copy, training=True)
    require(order, order.pdf())


@pytest.mark.parametrize("name", ["𬭛三", "欧阳 娜娜", "Zoﬃ Łukasz", "O’Brien-Ü", "x" * 80])
def test_any_name_reads_back(name: str) -> None:
    order = made(changed(full_case(), recipient__name=name))
    require(order, order.pdf())


def test_what_does_not_agree_is_named() -> None:
    order = made(ORDERS["three bags"])
    volume, bags = order.sheet.volume, order.sheet.bags
    assert bags is not None
    lines = (bags.lines[0]._replace(amount="30 mL"), *bags.lines[1:])
    other = made(full_case()).codes
    cases = {
        "misprint_volume": order.pdf(volume=volume._replace(amount="43.5 mL")),
        "misprint_bag": order.pdf(bags=bags._replace(lines=lines), volume=volume._replace(explained=""), sections=()),
        "misprint_dose": order.pdf(doses=order.sheet.doses._replace(rows=order.sheet.doses.rows[:1])),
        "misprint_name": order.pdf(recipient=order.sheet.recipient._replace(name="Exemplar")),
        "misprint_status": order.pdf(status="VALID"),
        "misprint_code": order.pdf(codes=Codes(Code(other.short, ""), order.sheet.codes.whole)),
    }
    assert {code: refused(order, data) for code, data in cases.items()} == {code: [code] for code in cases}


def test_what_is_no_pdf() -> None:
    for data in (b"", b"%PDF-1.4 nothing", made(full_case()).pdf()[:2000]):
        with pytest.raises(Refused) as refusal:
            read_pdf(data, "a.pdf", bool)
        assert [(problem.path, problem.code) for problem in refusal.value.problems] == [("a.pdf", "pdf_unreadable")]


def test_a_book() -> None:
    writer = pypdf.PdfWriter()
    for _ in range(MOST_PAGES + 1):
        writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(Refused) as refusal:
        read_pdf(out.getvalue(), "a.pdf", bool)
    assert refusal.value.problems[0].code == "pdf_long"


def test_a_blank_page_and_a_huge_one() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_blank_page(14_000, 14_000)
    out = BytesIO()
    writer.write(out)
    read = read_pdf(out.getvalue(), "a.pdf", bool)
    assert [(page.text, page.largest, page.codes) for page in read.pages] == [("", "", ())] * 2


def test_neither_pillow_nor_numpy_is_needed(tmp_path: object) -> None:
    """The frozen program brings neither for this."""
    program = (
        "import sys\nsys.modules.update(PIL=None, numpy=None)\n"
        "from dlicalc.exchange.read_back import read_pdf\n"
        "print(len(read_pdf(sys.stdin.buffer.read(), 'x', bool).pages[0].codes))"
    )
    call = [sys.executable, "-c", program]
    result = subprocess.run(
        call, input=made(full_case()).pdf(), capture_output=True, check=False, cwd=ROOT, timeout=100
    )
    assert result.stdout.split() == [b"2"], result.stderr[-500:]
