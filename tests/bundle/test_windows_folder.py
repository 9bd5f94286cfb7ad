"""The Windows folder, run by Wine: it computes, prints and speaks Chinese as here, and holds only what it should.

What Wine cannot show (AppLocker, antivirus, printers, input methods, a real screen) is in docs/release.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from types import ModuleType

import pytest

from tests.cases import AS_OF, full_case
from tests.command import dlicalc, written

UNSIGNED = {
    "dlicalc.exe",
    "dlicalc-console.exe",
    "_internal/_cffi_backend.cp311-win_amd64.pyd",
    "_internal/cryptography/hazmat/bindings/_rust.pyd",
    "_internal/PIL/_imaging.cp311-win_amd64.pyd",
    "_internal/pydantic_core/_pydantic_core.cp311-win_amd64.pyd",
    "_internal/pypdfium2_raw/pdfium.dll",
    "_internal/zxingcpp/zxingcpp.cp311-win_amd64.pyd",
}
"""What whoever releases must sign or name in an allow list; everything else carries its maker's signature."""
Result = subprocess.CompletedProcess[bytes]


@pytest.fixture(scope="session")
def folder() -> Path:
    named = os.environ.get("DLICALC_WINDOWS_BUNDLE")
    if not named:
        pytest.skip("DLICALC_WINDOWS_BUNDLE names no finished folder: make bundle-windows")
    return Path(named).resolve()


def run(folder: Path, *arguments: str | Path) -> Result:
    command = ["wine", str(folder / "dlicalc-console.exe"), *map(windows, arguments)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False, capture_output=True, timeout=110)


def windows(argument: str | Path) -> str:
    """A path as Wine's programs name it."""
    return f"Z:{argument}".replace("/", "\\") if isinstance(argument, Path) else argument


def test_a_case_is_evaluated(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "evaluate", written(tmp_path, full_case()), "--as-of", AS_OF)
    # Worked example E1: 30 × 10⁶ CD3⁺/kg × 70 kg ÷ 60 × 10⁶/mL.
    assert json.loads(done.stdout)["dose"]["ordered_volume_ml"] == "35"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_order_is_byte_for_byte_the_one_made_here(folder: Path, tmp_path: Path, language: str) -> None:
    case = written(tmp_path, full_case())
    theirs, ours = tmp_path / "theirs.pdf", tmp_path / "ours.pdf"
    options = ("--as-of", AS_OF, "--language", language, "--paper", "A4")
    done = run(folder, "order", case, "-o", theirs, *options)
    assert done.returncode == 0, done.stderr.decode()
    dlicalc("order", case, "-o", ours, *options)
    assert theirs.read_bytes() == ours.read_bytes()
    assert run(folder, "verify", theirs, "--volume", "35").returncode == 0


def test_the_self_test_passes(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "selftest", "-o", tmp_path / "report.pdf")
    assert done.returncode == 0, done.stdout.decode()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_it_starts_from_a_folder_with_chinese_characters_and_a_space(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "血液科 share" / "dlicalc 副本"
    shutil.copytree(folder, place)
    case = written(place.parent, full_case(), "病例 1.json")
    pdf = place.parent / "输注 单.pdf"
    assert run(place, "order", case, "-o", pdf, "--as-of", AS_OF).returncode == 0
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert run(place, "selftest").returncode == 0


def test_the_window_stays_open(folder: Path, tmp_path: Path) -> None:
    # Without a console, and without a screen: that it is painted on one is for docs/release.md.
    window = subprocess.Popen(
        ["wine", str(folder / "dlicalc.exe")],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "DLICALC_DATA_FOLDER": windows(tmp_path / "data")},
    )  # fmt: skip
    try:
        time.sleep(10)
        assert window.poll() is None
    finally:
        window.kill()
        window.wait()
        subprocess.run(["wineserver", "-k"], check=False)


# --- What lies in it ---


@pytest.fixture(scope="session")
def pefile() -> ModuleType:
    return pytest.importorskip("pefile")


def programs(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".exe", ".dll", ".pyd"))


def test_nothing_asks_for_icu(folder: Path, pefile: ModuleType) -> None:
    """Windows 10 before 1903, LTSC 2019, Server 2016 and 2019 have none."""
    for path in programs(folder):
        with pefile.PE(str(path)) as file:
            asked = [entry.dll.decode().lower() for entry in getattr(file, "DIRECTORY_ENTRY_IMPORT", ())]
        assert not [name for name in asked if name.startswith("icu")], path


def test_nothing_of_wine_is_in_it(folder: Path) -> None:
    marks = (b"Wine builtin DLL", b"Wine placeholder DLL")
    assert [path for path in programs(folder) if any(mark in path.read_bytes() for mark in marks)] == []


def test_unsigned_files_are_the_expected_ones(folder: Path, pefile: ModuleType) -> None:
    unsigned = set()
    for path in programs(folder):
        with pefile.PE(str(path), fast_load=True) as file:
            if not file.OPTIONAL_HEADER.DATA_DIRECTORY[4].Size:  # the certificates
                unsigned.add(path.relative_to(folder).as_posix())
    assert unsigned == UNSIGNED


def test_nothing_in_it_reaches_a_network(folder: Path) -> None:
    names = [path.name for path in programs(folder)]
    assert [name for name in names if "Network" in name or name.startswith(("_socket", "_ssl"))] == []
