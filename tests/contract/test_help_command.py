"""``dlicalc help``: topics on the terminal, the sheets as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from dlicalc.app.main import run
from tests.contract.test_site_limits import site


def test_topics_are_listed_and_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0] == "what-it-is  What dlicalc is, and what it is not"
    assert len(listed) == 12
    assert run(["help", "volume"]) == 0
    # The record's targets, filled in.
    assert "1 × 10⁸ MNC and 3 × 10⁷ CD3⁺ per kg" in capsys.readouterr().out


def test_in_chinese_and_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "order", "--language", "zh_CN"]) == 0
    assert capsys.readouterr().out.startswith("医嘱的过程")
    assert run(["help", "order", "--language", "both"]) == 0
    text = capsys.readouterr().out
    assert "The life of an order" in text
    assert "医嘱的过程" in text


def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "--search", "recovery thaw"]) == 0
    assert capsys.readouterr().out.startswith("counts: Viability and recovery: ")


def test_an_unknown_topic_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "cake"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("cake: the manual has no such topic; accepted: what-it-is, pages, volume")


@pytest.mark.parametrize("sheet", ["--card", "--worksheet"])
def test_a_sheet_is_written(sheet: str, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    assert run(["help", sheet, "-o", str(target), "--paper", "Letter"]) == 0
    [page] = PdfReader(target).pages
    assert float(page.mediabox.height) == 792


def test_the_worksheet_keeps_to_the_ceiling_of_the_site(tmp_path: Path) -> None:
    own, target = site(tmp_path, '[limits]\ncd3_ceiling_per_kg = "40000000"'), tmp_path / "sheet.pdf"
    assert run(["--site", str(own), "help", "--worksheet", "-o", str(target)]) == 0
    text = " ".join(PdfReader(target).pages[0].extract_text().split())
    assert "never 40 or more" in text


@pytest.mark.parametrize("arguments", [["--card"], ["-o", "x.pdf"], ["--card", "--worksheet", "-o", "x.pdf"]])
def test_a_sheet_needs_a_file_and_a_file_a_sheet(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["help", *arguments])
    assert ended.value.code == 2
