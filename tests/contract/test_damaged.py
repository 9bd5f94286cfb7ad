"""A copy of which one byte is damaged does not start, and says which file it is; nor does one that computes wrongly."""

from __future__ import annotations

import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import AS_OF, full_case
from tests.command import Result, written
from tests.program import ROOT

KINDS = [
    "dlicalc/domain/dose.py",
    "dlicalc/gui/bag_table.py",
    "resources/protocols/nct07319793.toml",
    "resources/site.toml",
    "resources/locale/zh_CN/LC_MESSAGES/dlicalc.mo",
    "resources/fonts/NotoSansSC-Regular.ttf",
    "resources/reference_cases/worked_doses.json",
    "resources/manifest.json",
]
SAYS_SO = ("does not start", "无法启动")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program's files in another folder; linked, so that a file is replaced when it is damaged."""
    for name in ("dlicalc", "resources"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, copy_function=os.link, ignore=ignored)
    return tmp_path


def start(copy: Path, *arguments: str | Path, **more: str) -> Result:
    """The program of the copy, run from its own folder."""
    env = os.environ | {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen", "HOME": str(copy)} | more
    call = [sys.executable, "-m", "dlicalc", *map(str, arguments)]
    return subprocess.run(call, cwd=copy, env=env, capture_output=True, check=False, timeout=100)


def damage(file: Path, at: int | None = None) -> None:
    """One bit of one byte, in the middle."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2 if at is None else at] ^= 1
    file.unlink()
    file.write_bytes(content)


def assert_refused(result: Result, *names: str) -> None:
    told = result.stderr.decode()
    assert (result.returncode, result.stdout) == (2, b"")
    assert all(part in told for part in (*SAYS_SO, *names))
    assert "Traceback" not in told


def test_undamaged_copy_computes(copy: Path, tmp_path: Path) -> None:
    result = start(copy, "evaluate", written(tmp_path, full_case()), "--as-of", AS_OF)
    assert result.returncode == 0, result.stderr.decode()
    assert b'"ordered_volume_ml":"35"' in result.stdout


def test_a_window_for_which_qt_cannot_be_loaded_says_so_where_it_can(copy: Path) -> None:
    """Where its own modules are damaged, Shiboken prints that and ends the process with -1."""
    (copy / "PySide6").mkdir()
    (copy / "PySide6" / "__init__.py").write_text("raise SystemExit(-1)")
    assert start(copy).returncode == 255
    damage(copy / "resources" / "site.toml")
    assert_refused(start(copy), "resources/site.toml")


@pytest.mark.parametrize("name", KINDS)
def test_one_damaged_byte(copy: Path, tmp_path: Path, name: str) -> None:
    damage(copy / name)
    assert_refused(start(copy, "evaluate", written(tmp_path, full_case())), name)


@pytest.mark.parametrize("word", ["selftest", "--help", "--version"])
def test_no_argument_of_a_command_keeps_it_from_being_checked(copy: Path, tmp_path: Path, word: str) -> None:
    damage(copy / KINDS[0])
    assert_refused(start(copy, "evaluate", written(tmp_path, full_case()), word), KINDS[0])


@pytest.mark.parametrize(
    "command", [("order", "case.json", "-o", "order.pdf"), ("verify", "DLC1"), ("template",), ("demo",)]
)
def test_every_command(copy: Path, command: tuple[str, ...]) -> None:
    damage(copy / KINDS[0])
    assert_refused(start(copy, *command), KINDS[0])
    assert not (copy / "order.pdf").exists()


def test_missing_and_additional_files(copy: Path) -> None:
    (copy / "resources/fonts/DejaVuSansMono.ttf").unlink()
    (copy / "dlicalc/domain/dose").mkdir()
    (copy / "dlicalc/domain/dose/__init__.py").write_text("")
    result = start(copy, "template")
    assert_refused(result, "DejaVuSansMono.ttf: missing", "dlicalc/domain/dose/__init__.py: not part of this version")


@pytest.mark.parametrize("name", ["dlicalc/app/soundness.py", "dlicalc/storage/integrity.py"])
def test_what_checks_the_others_may_be_what_is_damaged(copy: Path, name: str) -> None:
    """Its first byte, so that it cannot be read at all."""
    damage(copy / name, at=0)
    assert_refused(start(copy, "template"), name)


def test_self_test_reports_all_damage(copy: Path) -> None:
    for name in KINDS[4:6]:
        damage(copy / name)
    result = start(copy, "selftest", "-o", copy / "report.pdf")
    told = result.stdout.decode().splitlines()
    assert result.returncode == 1
    assert {f"{name}: changed" for name in KINDS[4:6]} <= set(told)
    assert "Verdict: FAILED: do not use this copy on this computer" in told
    assert (copy / "report.pdf").read_bytes().startswith(b"%PDF")


def test_self_test_names_a_compiled_module(copy: Path) -> None:
    """The bytecode of another source under the header of the module's own."""
    module = copy / "dlicalc/report/qr.py"
    target = Path(py_compile.compile(str(module)) or "")
    other = Path(py_compile.compile(str(copy / "dlicalc/report/pdf.py"), cfile=str(copy / "other.pyc")) or "")
    target.write_bytes(target.read_bytes()[:16] + other.read_bytes()[16:])
    result = start(copy, "selftest")
    assert result.returncode == 1
    assert b"dlicalc/report/qr.pyc: changed" in result.stdout


def test_self_test_is_the_same_for_the_same_moment(copy: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        call = ("selftest", "--as-of", AS_OF, "--language", "both", "--site-line", "Lab", "-o", copy / name)
        assert start(copy, *call).returncode == 0
    assert (copy / "one.pdf").read_bytes() == (copy / "two.pdf").read_bytes()


SABOTAGED = """
import sys
from dlicalc.domain import dose
from dlicalc.domain.quantity import round_down
from dlicalc.__main__ import main
dose.round_down = lambda volume, step: -round_down(-volume, step)
sys.exit(main())
"""


@pytest.mark.parametrize("command", [("evaluate", "case.json"), ("order", "case.json", "-o", "order.pdf")])
def test_an_engine_that_rounds_up_computes_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    """E7: 35 and 14.46… mL; rounded down 49.4 in all, rounded up 49.5."""
    written(tmp_path, full_case())
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    call = [sys.executable, "-c", SABOTAGED, *command]
    result = subprocess.run(call, cwd=tmp_path, env=env, capture_output=True, check=False, timeout=100)
    assert_refused(result, "E7 ordered_volume_ml: 49.4 | ", "E7 two_routes")
    assert not (tmp_path / "order.pdf").exists()


@pytest.mark.parametrize("name", ["dlicalc/gui/bag_table.py", "resources/fonts/DejaVuSansMono.ttf"])
def test_window_shows_that_and_nothing_else(copy: Path, name: str) -> None:
    damage(copy / name)
    look = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
def look():
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            print(type(widget).__name__, *(label.text() for label in widget.findChildren(QLabel)))
    QApplication.exit(0)
execute = QApplication.exec
QApplication.exec = staticmethod(lambda *_: (QTimer.singleShot(2500, look), execute())[1])
from dlicalc.__main__ import main
sys.argv = ["dlicalc"]
sys.exit(main())
"""
    env = os.environ | {"PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen", "HOME": str(copy)}
    call = [sys.executable, "-c", look]
    result = subprocess.run(call, cwd=copy, env=env, capture_output=True, check=False, timeout=100)
    assert result.returncode == 2, result.stderr.decode()[-2000:]
    told = result.stdout.decode()
    assert told.startswith("RefusalPage ")
    assert all(part in told for part in (*SAYS_SO, name))
    assert "MainWindow" not in told
