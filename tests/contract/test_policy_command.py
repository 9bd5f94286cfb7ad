"""``dlicalc policy``: two sign-offs bound to what the file says; a file that cannot be used opens no window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlicalc.app import parts as parts_module
from dlicalc.app.main import run
from dlicalc.storage.machine_folder import machine_folder
from tests.program import ROOT

SHIPPED = (ROOT / "resources" / "site.toml").read_text("utf-8")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def ward(tmp_path: Path) -> Path:
    path = tmp_path / "ward.toml"
    path.write_text(SHIPPED.replace('ml_per_h = "100"', 'ml_per_h = "120"'), "utf-8")
    return path


def sign(path: Path, digest: str, first: str = "Li Wei", second: str = "Anna Roth") -> None:
    text = path.read_text("utf-8")
    text = text.replace('confirmed_by = ""', f'confirmed_by = "{first}"\nchecked_by = "{second}"')
    text = text.replace(
        'confirmed_on = ""', f'confirmed_on = "2026-11-01"\nchecked_on = "2026-11-02"\ncontent = "{digest}"'
    )
    path.write_text(text, "utf-8")


def digest_of(path: Path, capsys: Captured) -> str:
    assert run(["policy", "check", str(path)]) == 1
    found = re.search(r"sha256:[0-9a-f]{64}", capsys.readouterr().out)
    assert found is not None
    return found[0]


def test_two_people_sign_and_the_file_is_in_order(ward: Path, capsys: Captured) -> None:
    sign(ward, digest_of(ward, capsys))
    assert run(["policy", "check", str(ward)]) == 0
    assert "Signed by Li Wei on 2026-11-01 and by Anna Roth on 2026-11-02" in capsys.readouterr().out
    assert run(["--site", str(ward), "policy", "show"]) == 0
    shown = capsys.readouterr().out
    assert f"Site file in force: {ward}" in shown
    assert "Fresh cells, rate, mL/h: 120" in shown


def test_a_change_after_signing_is_refused_until_both_sign_anew(ward: Path, capsys: Captured) -> None:
    sign(ward, digest_of(ward, capsys))
    ward.write_text(ward.read_text("utf-8").replace('"120"', '"130"'), "utf-8")
    assert run(["policy", "check", str(ward)]) == 2
    error = capsys.readouterr().err
    assert "site.content: the file does not say what was signed" in error
    # The digest to be signed is told, so that two people can stand for the new content.
    new = re.search(r"sha256:[0-9a-f]{64}", error)
    assert new is not None
    ward.write_text(re.sub(r'content = "[^"]*"', f'content = "{new[0]}"', ward.read_text("utf-8")), "utf-8")
    assert run(["policy", "check", str(ward)]) == 0


def test_comments_and_order_of_lines_may_change(ward: Path, capsys: Captured) -> None:
    sign(ward, digest_of(ward, capsys))
    ward.write_text("# reviewed\n" + ward.read_text("utf-8"), "utf-8")
    assert run(["policy", "check", str(ward)]) == 0


@pytest.mark.parametrize("second", ["Li Wei", "WEI LI", "L. Wei"])
def test_nobody_signs_twice(ward: Path, capsys: Captured, second: str) -> None:
    sign(ward, digest_of(ward, capsys), second=second)
    assert run(["policy", "check", str(ward)]) == 2
    assert "of one person" in capsys.readouterr().err


def test_half_a_second_sign_off_is_refused(ward: Path, capsys: Captured) -> None:
    ward.write_text(ward.read_text("utf-8").replace('name = ""', 'name = ""\nchecked_by = "Anna Roth"'), "utf-8")
    assert run(["policy", "check", str(ward)]) == 2
    assert "half signed" in capsys.readouterr().err


def test_differences_are_told_in_words(ward: Path, capsys: Captured) -> None:
    assert run(["policy", "diff", str(ward)]) == 1
    assert capsys.readouterr().out.splitlines() == ["Fresh cells, rate, mL/h: 100 → 120"]
    assert run(["policy", "diff", str(ward), "--language", "zh_CN"]) == 1
    assert capsys.readouterr().out.splitlines() == ["新鲜细胞，速度，mL/h：100 → 120"]
    assert run(["--site", str(ward), "policy", "diff", str(ward)]) == 0
    assert capsys.readouterr().out.strip() == "The two files set the same."


def test_the_machines_folder_comes_before_the_users(
    ward: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    machine, user = tmp_path / "machine", tmp_path / "user"
    for folder, rate in ((machine, "140"), (user, "150")):
        folder.mkdir()
        (folder / "site.toml").write_text(SHIPPED.replace('ml_per_h = "100"', f'ml_per_h = "{rate}"'), "utf-8")
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(user))
    monkeypatch.setattr(parts_module, "machine_folder", lambda *_: machine)
    assert run(["policy", "show"]) == 0
    assert "Fresh cells, rate, mL/h: 140" in capsys.readouterr().out


def test_the_machines_folder_is_that_of_the_system() -> None:
    assert machine_folder("linux", {}) == Path("/etc/dlicalc")
    assert machine_folder("win32", {"ProgramData": "/data"}) == Path("/data/dlicalc")
    assert machine_folder("win32", {}).name == "dlicalc"
    assert str(machine_folder("win32", {})).startswith("C:\\ProgramData")


def test_a_damaged_policy_opens_no_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    (tmp_path / "site.toml").write_text('format = "dlicalc-site/1"\nthis is no TOML', "utf-8")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(parts_module, "machine_folder", lambda *_: tmp_path)
    assert run([]) == 2
    assert "not a site file" in capsys.readouterr().err
