"""``dlicalc verify``: same, different in what, or refused by name; the exit codes are those of the issue.

35 mL, 75 and 30 million cells per kg are worked example E1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dlicalc.services.order_state import State
from dlicalc.services.sheet import Code, Codes
from tests.cases import AS_OF, changed, full_case
from tests.command import Result, dlicalc, written
from tests.exchange.made import made
from tests.report.orders import ORDERS

ORDER = made(full_case())
CODES = ORDER.codes
WHOLE = CODES.whole[0]


def saved(folder: Path, data: bytes, name: str = "order.pdf") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def told(result: Result) -> str:
    return result.stdout.decode("utf-8")


def test_an_order_of_the_command_line_is_the_same_and_still_a_draft(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    dlicalc("order", written(tmp_path, full_case()), "-o", pdf, "--as-of", AS_OF, "--draft")
    result = dlicalc("verify", pdf)
    assert result.returncode == 0
    lines = told(result).splitlines()
    assert lines[0].startswith("DRAFT: not released. No cells may be given")
    assert "The figures are the same, but NO CELLS MAY BE GIVEN ON THIS PAPER: see its state." in lines
    assert "  same: Volume in all: 35 mL" in lines
    assert "  same: The name printed, Example Recipient, is the one the order was made for" in lines
    assert "  same: What is printed, page by page, is what its codes say" in lines


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("name", ["three bags", "twelve bags", "every field", "decided", "stopped", "unhappy", "empty"])
def test_every_order_is_the_same(tmp_path: Path, name: str, language: str) -> None:
    order = made(ORDERS[name], language=language, paper="Letter")
    result = dlicalc("verify", saved(tmp_path, order.pdf()))
    assert result.returncode == 0, told(result)
    assert "DIFFERENT" not in told(result)


def test_both_codes_as_text_and_from_standard_input() -> None:
    for result in (
        dlicalc("verify", CODES.short, WHOLE),
        dlicalc("verify", "-", input=f"{WHOLE}\n{CODES.short}\n".encode()),
        dlicalc("verify", WHOLE.swapcase()),
    ):
        assert result.returncode == 0
        assert told(result).startswith("CHECKED, valid with all signatures.")
        assert "\nSAME: computed again, the order says the same.\n" in told(result)


def test_a_file_of_codes(tmp_path: Path) -> None:
    assert dlicalc("verify", saved(tmp_path, WHOLE.encode(), "scan.txt")).returncode == 0


def test_a_pen_stroke_on_the_paper(tmp_path: Path) -> None:
    """The example of the issue: 30 is written where 20 was ordered."""
    order = made(changed(full_case(), recipient__weight__value="40"))
    for source in (order.codes.short, order.codes.whole[0], saved(tmp_path, order.pdf())):
        result = dlicalc("verify", source, "--volume", "30")
        assert result.returncode == 1
        assert "DIFFERENT: The paper says 30 mL, the order says 20 mL" in told(result)
        assert dlicalc("verify", source, "--volume", "20").returncode == 0


def test_the_short_code_alone_says_that_it_cannot_tell() -> None:
    result = dlicalc("verify", CODES.short)
    assert result.returncode == 2
    assert "Order 261118-" in told(result)
    assert "CANNOT TELL: the short code holds no case" in told(result)
    assert b"holds no case" in dlicalc("verify", CODES.short, "--case", "x.json").stderr


def altered_volume() -> bytes:
    return ORDER.pdf(volume=ORDER.sheet.volume._replace(amount="45 mL"))


def altered_name() -> bytes:
    return ORDER.pdf(recipient=ORDER.sheet.recipient._replace(name="Exemplar"))


def other_codes() -> bytes:
    other = made(changed(full_case(), recipient__weight__value="80")).sheet.codes
    return ORDER.pdf(codes=other)


def short_code_of_another() -> bytes:
    other = made(changed(full_case(), recipient__weight__value="80")).sheet.codes
    return ORDER.pdf(codes=ORDER.sheet.codes._replace(short=other.short))


@pytest.mark.parametrize(
    ("tampered", "words"),
    [
        (altered_volume, "the volume printed is 45 mL; it should be 35 mL"),
        (altered_name, "The name printed is not the one the order was made for"),
        (other_codes, "the volume printed is 35 mL; it should be 40 mL"),
        (short_code_of_another, "Volume in all: the short code says 40 mL, the large one 35 mL"),
    ],
)
def test_a_tampered_file(tmp_path: Path, tampered: Any, words: str) -> None:
    result = dlicalc("verify", saved(tmp_path, tampered()))
    assert result.returncode == 1
    assert f"DIFFERENT: {words}" in told(result)


def test_a_draft_printed_as_checked(tmp_path: Path) -> None:
    draft = made(full_case(), State.DRAFT)
    result = dlicalc("verify", saved(tmp_path, draft.pdf(status="CHECKED", status_note="", watermark="")))
    assert result.returncode == 1
    assert "does not say the state that it should: DRAFT" in told(result)
    assert told(result).startswith("DRAFT: ")


@pytest.mark.parametrize(
    ("state", "training", "first"),
    [
        (State.VOID, False, "VOID: "),
        (State.SUPERSEDED, False, "SUPERSEDED: "),
        (State.CHECKED, True, "TRAINING: "),
    ],
)
def test_a_paper_that_is_no_order_never_sounds_fine(state: State, training: bool, first: str) -> None:
    order = made(full_case(), state, training=training)
    for codes in ((order.codes.short, "--volume", "35"), order.codes.whole):
        result = dlicalc("verify", *codes)
        assert told(result).startswith(first)
        assert "NO CELLS MAY BE GIVEN ON THIS PAPER" in told(result)
        assert "SAME" not in told(result)


def test_another_program_with_the_same_figures_is_a_note() -> None:
    order = made(full_case(), software="dlicalc 0.0.1")
    result = dlicalc("verify", *order.codes.whole)
    assert result.returncode == 0
    assert "note: Made by dlicalc 0.0.1, computed again by dlicalc" in told(result)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (WHOLE[:200], b"cut off"),
        (
            WHOLE[:200] + "A" + WHOLE[201:] if WHOLE[200] != "A" else WHOLE[:200] + "B" + WHOLE[201:],
            b"altered or misread",
        ),
        ("DLC9" + WHOLE[4:], b"another version"),
        ("https://example.org", b"no code of dlicalc"),
        ("nowhere.pdf", b"no such file"),
        ("/nowhere/order", b"no such file"),
        (".", b"this is a folder"),
    ],
)
def test_refused_by_name(source: str, words: bytes) -> None:
    result = dlicalc("verify", source)
    assert (result.returncode, result.stdout) == (2, b"")
    assert words in result.stderr


def test_files_that_are_no_order(tmp_path: Path) -> None:
    nothing = saved(tmp_path, b"%PDF-1.4", "a.pdf")
    other = Code("ANOTHER CODE", "")
    plain = saved(tmp_path, ORDER.pdf(codes=Codes(other, (other,))), "b.pdf")
    for sources, words in (
        ((nothing,), b"PDF cannot be read"),
        ((plain,), b"no code of an order"),
        ((nothing, WHOLE), b"one PDF alone"),
        ((saved(tmp_path, b"\xff\xfe", "c.txt"),), b"no code of dlicalc"),
    ):
        result = dlicalc("verify", *sources)
        assert result.returncode == 2
        assert words in result.stderr


def test_a_volume_that_is_no_number_is_refused() -> None:
    result = dlicalc("verify", WHOLE, "--volume", "1,234")
    assert result.returncode == 2
    assert result.stderr.startswith(b"--volume: ")


def test_the_case_comes_back_without_the_name(tmp_path: Path) -> None:
    out = tmp_path / "again.json"
    assert dlicalc("verify", WHOLE, "--case", out).returncode == 0
    case = json.loads(out.read_text("utf-8"))
    assert "name" not in case["recipient"]
    case["recipient"]["name"] = "Example Recipient"
    result = dlicalc("evaluate", written(tmp_path, case), "--as-of", AS_OF)
    assert json.loads(result.stdout)["dose"]["ordered_volume_ml"] == "35"


def test_chinese() -> None:
    result = dlicalc("verify", WHOLE, "--volume", "30", "--language", "zh_CN")
    assert result.returncode == 1
    assert "纸面为 30 mL，医嘱为 35 mL" in told(result)


def test_a_scan_has_no_text(tmp_path: Path) -> None:
    """Pictures of the pages at 200 dots per inch, as a scanner writes them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(ORDER.pdf())
    pictures = [page.render(scale=200 / 72).to_pil() for page in document]
    file = tmp_path / "scan.pdf"
    pictures[0].save(file, save_all=True, append_images=pictures[1:], resolution=200)
    result = dlicalc("verify", file)
    assert result.returncode == 0, told(result)
    assert "note: The file is a picture without text" in told(result)
    assert "compare name and MRN with the wristband" in told(result)
