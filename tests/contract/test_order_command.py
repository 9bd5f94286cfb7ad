"""`dlicalc order`: what is written, what is not, and with which exit code (contract, section 1)."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from dlicalc.services import order_desk
from dlicalc.services.order_desk import Desk
from dlicalc.services.sign_off import with_section
from tests.cases import AS_OF, changed, full_case
from tests.command import Result, dlicalc, written
from tests.program import ROOT
from tests.services.test_order_desk import CHECKED, LATER, PREPARED

BLOCKED = changed(full_case(), organs__dialysis="yes")
REFUSED = changed(full_case(), recipient__weight__value="-70")
A4 = (595, 842)
LETTER = (612, 792)


def order(case: dict[str, Any], output: Path, folder: Path, *options: str, **process: Any) -> Result:
    """Order one case into a file."""
    return dlicalc("order", written(folder, case), "-o", output, "--as-of", AS_OF, *options, **process)


def text(pdf: Path) -> str:
    """All text of a PDF, white space made single spaces."""
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf.read_bytes())).pages)


def test_written(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    result = order(full_case(), pdf, tmp_path)
    assert (result.returncode, result.stdout) == (0, b"")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "DRAFT Not for use: no second person has checked it" in text(pdf)


def in_state(desk: Desk) -> dict[str, Any]:
    """The good case as the window saves it."""
    return with_section(full_case(), desk)


@pytest.mark.parametrize(
    ("desk", "status"),
    [
        (PREPARED, "DRAFT Not for use: no second person has checked it"),
        (CHECKED, "CHECKED Valid only with all signatures"),
        (order_desk.printed(order_desk.printed(CHECKED, LATER), LATER), "COPY 2"),
        (order_desk.change(CHECKED, LATER), "SUPERSEDED"),
        (order_desk.void(CHECKED, "Li Wei", "other donor", LATER), "VOID"),
    ],
)
def test_the_state_is_that_of_the_section(tmp_path: Path, desk: Desk, status: str) -> None:
    pdf = tmp_path / "order.pdf"
    assert order(in_state(desk), pdf, tmp_path).returncode == 0
    assert status in text(pdf)


def test_a_check_of_other_inputs_is_none(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    assert order(changed(in_state(CHECKED), recipient__weight__value="71"), pdf, tmp_path).returncode == 0
    assert "DRAFT Not for use: changed since the second person checked it" in " ".join(text(pdf).split())


def test_a_checked_order_with_a_stop_is_blocked_all_the_same(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    late = written(tmp_path, changed(in_state(CHECKED), organs__dialysis="yes"))
    assert dlicalc("order", late, "-o", pdf, "--as-of", AS_OF).returncode == 3
    assert not pdf.exists()


def test_a_damaged_section_is_refused_at_its_field(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    result = order(changed(in_state(CHECKED), order__prepared_by=""), pdf, tmp_path)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("order.prepared_by: the text is empty")


def test_the_section_changes_no_evaluation(tmp_path: Path) -> None:
    bare, whole = (
        dlicalc("evaluate", written(tmp_path, case), "--as-of", AS_OF).stdout
        for case in (full_case(), in_state(CHECKED))
    )
    assert bare == whole


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
def test_languages_and_papers(tmp_path: Path, language: str, paper: str, size: tuple[int, int]) -> None:
    pdf = tmp_path / "order.pdf"
    assert order(full_case(), pdf, tmp_path, "--language", language, "--paper", paper).returncode == 0
    box = pypdf.PdfReader(BytesIO(pdf.read_bytes())).pages[0].mediabox
    assert {round(box.width), round(box.height)} == set(size)


@pytest.mark.parametrize("options", [("--language", "fr"), ("--paper", "A5")])
def test_other_languages_and_papers_are_refused(tmp_path: Path, options: tuple[str, str]) -> None:
    pdf = tmp_path / "order.pdf"
    assert order(full_case(), pdf, tmp_path, *options).returncode == 2
    assert not pdf.exists()


def own_site(folder: Path, **changes: str) -> Path:
    """A site file: the shipped one, changed."""
    text = (ROOT / "resources" / "site.toml").read_text(encoding="utf-8")
    for before, after in changes.items():
        assert f"{before} = " in text
        text = re.sub(rf"^{before} = \"[^\"]*\"", f'{before} = "{after}"', text, count=1, flags=re.MULTILINE)
    path = folder / "ward.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_site_file_says_how_to_give_paper_and_language(tmp_path: Path) -> None:
    pdf, ward = tmp_path / "order.pdf", own_site(tmp_path, name="Ward 7", paper="Letter", language="zh_CN")
    assert order(full_case(), pdf, tmp_path, "--site", str(ward)).returncode == 0
    page = pypdf.PdfReader(BytesIO(pdf.read_bytes())).pages[0]
    assert {round(page.mediabox.width), round(page.mediabox.height)} == set(LETTER)
    assert "Ward 7" in page.extract_text()
    assert "输注方法" in page.extract_text()
    assert order(full_case(), pdf, tmp_path, "--site", str(ward), "--language", "en").returncode == 0
    assert "How to give it" in text(pdf)


def test_site_file_in_the_data_folder(tmp_path: Path) -> None:
    own_site(tmp_path, name="Ward 7").rename(tmp_path / "site.toml")
    pdf = tmp_path / "order.pdf"
    order(full_case(), pdf, tmp_path, env={"DLICALC_DATA_FOLDER": str(tmp_path)})
    assert "Ward 7" in text(pdf)


def test_site_file_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    pdf, ward = tmp_path / "order.pdf", own_site(tmp_path, max_ml_per_h="fast")
    result = order(full_case(), pdf, tmp_path, "--site", str(ward))
    assert result.returncode == 2
    assert f"{ward}: administration.fresh.speed.max_ml_per_h: ".encode() in result.stderr
    assert b"accepted: digits with at most one point" in result.stderr
    assert not pdf.exists()


def test_site_file_goes_with_window_and_order_only(tmp_path: Path) -> None:
    result = dlicalc("--site", str(own_site(tmp_path)), "template")
    assert result.returncode == 2
    assert b"--site goes with" in result.stderr


def test_byte_for_byte_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    order(full_case(), first, tmp_path, env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    order(full_case(), second, tmp_path, env={"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai"})
    assert first.read_bytes() == second.read_bytes()


def test_refused(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    result = order(REFUSED, pdf, tmp_path)
    assert result.returncode == 2
    assert b"recipient.weight" in result.stderr
    assert not pdf.exists()


def test_refused_even_as_a_draft(tmp_path: Path) -> None:
    assert order(REFUSED, tmp_path / "order.pdf", tmp_path, "--draft").returncode == 2


def test_blocked(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    result = order(BLOCKED, pdf, tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert b"renal.dialysis" in result.stderr
    assert not pdf.exists()


def test_blocked_leaves_an_earlier_file_alone(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    pdf.write_bytes(b"earlier")
    assert order(BLOCKED, pdf, tmp_path).returncode == 3
    assert pdf.read_bytes() == b"earlier"


def test_draft_of_a_blocked_order(tmp_path: Path) -> None:
    pdf = tmp_path / "order.pdf"
    assert order(BLOCKED, pdf, tmp_path, "--draft", "--language", "en").returncode == 0
    assert "DRAFT" in text(pdf)


def test_deviation_is_printed_on_page_1(tmp_path: Path) -> None:
    decision = {"code": "renal.dialysis", "by": "Dr Zhang", "role": "prescriber", "reason": "single session only"}
    pdf = tmp_path / "order.pdf"
    decided = changed(BLOCKED, decisions=[decision | {"at": "2026-11-18T07:30+08:00"}])
    assert order(decided, pdf, tmp_path, "--language", "en").returncode == 0
    first_page = pypdf.PdfReader(BytesIO(pdf.read_bytes())).pages[0].extract_text()
    flowing = " ".join(first_page.split())
    assert all(words in flowing for words in ("PROTOCOL DEVIATION", "Dr Zhang", "single session only"))


def test_pre_freeze_count_in_words(tmp_path: Path) -> None:
    """A pre-freeze count with neither recovery nor post-thaw viability (contract, section 4, rule 2)."""
    case = changed(full_case(), products__0__state="cryopreserved", products__0__counts__counted="pre-freeze")
    case["products"][0]["dmso"] = {"value": "10", "unit": "%"}
    case["products"][0]["counts"]["viability"]["measured"] = "pre-freeze"
    pdf = tmp_path / "order.pdf"
    assert order(case, pdf, tmp_path, "--draft", "--language", "en").returncode == 0
    assert "pre-freeze count" in " ".join(text(pdf).split()).lower()


def failed_cleanly(result: Result, folder: Path) -> bool:
    """Neither success nor a verdict, a message, and no part of a file."""
    return result.returncode not in (0, 3) and bool(result.stderr) and not list(folder.iterdir())


def test_no_such_folder(tmp_path: Path) -> None:
    result = order(full_case(), tmp_path / "nowhere" / "order.pdf", tmp_path)
    assert result.returncode not in (0, 3)
    assert b"order.pdf" in result.stderr or b"nowhere" in result.stderr


def test_output_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "order.pdf"
    folder.mkdir()
    assert failed_cleanly(order(full_case(), folder, tmp_path), folder)


def test_file_size_is_limited(tmp_path: Path) -> None:
    """The disk says no in the middle of the file."""
    resource = pytest.importorskip("resource")
    folder = tmp_path / "orders"
    folder.mkdir()

    def at_most_one_page() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    result = order(full_case(), folder / "order.pdf", tmp_path, preexec_fn=at_most_one_page)
    assert failed_cleanly(result, folder)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_full_disk(tiny_disk: Path, tmp_path: Path) -> None:
    assert failed_cleanly(order(full_case(), tiny_disk / "order.pdf", tmp_path), tiny_disk)


def test_full_disk_keeps_an_earlier_file(tiny_disk: Path, tmp_path: Path) -> None:
    earlier = tiny_disk / "order.pdf"
    earlier.write_bytes(b"earlier")
    assert order(full_case(), earlier, tmp_path).returncode not in (0, 3)
    assert earlier.read_bytes() == b"earlier"


def test_the_case_file_is_never_overwritten_and_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    case, first, second = (tmp_path / name for name in ("case.json", "first", "second"))
    case.write_text(json.dumps(full_case()), encoding="utf-8")
    first.symlink_to(second)
    second.symlink_to(first)
    for output in (case, first):
        result = dlicalc("order", case, "-o", output, "--as-of", AS_OF)
        assert result.returncode == 2
        assert output.name in result.stderr.decode()
    assert json.loads(case.read_text(encoding="utf-8")) == full_case()


def test_a_character_of_no_font_is_refused_at_its_field(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text(json.dumps(changed(full_case(), recipient__name="Example \u0e2a")), encoding="utf-8")
    result = dlicalc("order", case, "-o", tmp_path / "order.pdf", "--as-of", AS_OF)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("recipient.name: ")
    assert [path.name for path in tmp_path.iterdir()] == ["case.json"]


@pytest.mark.parametrize("place", ["before", "after"])
def test_training_is_said_on_every_page(tmp_path: Path, place: str) -> None:
    pdf, case = tmp_path / "order.pdf", written(tmp_path, full_case())
    call = ["order", case, "-o", pdf, "--as-of", AS_OF]
    call = ["--training", *call] if place == "before" else [*call, "--training"]
    assert dlicalc(*call).returncode == 0
    assert all("TRAINING" in page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf.read_bytes())).pages)


def test_training_goes_with_no_other_command(tmp_path: Path) -> None:
    result = dlicalc("--training", "evaluate", written(tmp_path, full_case()))
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"--training" in result.stderr
