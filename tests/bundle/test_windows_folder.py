"""The Windows folders, run by Wine: they compute, print and speak Chinese as here, and hold only what they should.

One is started by programs of its own, the other, the portable one, by the Python that its makers signed.

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
from tests.contract.test_order_command import CHECKED, in_state

OWN_PROGRAMS = {"dlicalc.exe", "dlicalc-console.exe"}
UNSIGNED = {
    "_cffi_backend.cp311-win_amd64.pyd",
    "cryptography/hazmat/bindings/_rust.pyd",
    "pydantic_core/_pydantic_core.cp311-win_amd64.pyd",
    "pypdfium2_raw/pdfium.dll",
    "zxingcpp/zxingcpp.cp311-win_amd64.pyd",
}
"""What whoever releases must sign or name in an allow list; everything else carries its maker's signature."""
Result = subprocess.CompletedProcess[bytes]


@pytest.fixture(scope="session", params=["dlicalc", "dlicalc-portable"])
def folder(request: pytest.FixtureRequest) -> Path:
    named = os.environ.get("DLICALC_WINDOWS_BUNDLE")
    if not named:
        pytest.skip("DLICALC_WINDOWS_BUNDLE names no place with finished folders: make bundle-windows")
    return Path(named).resolve() / request.param


def modules(folder: Path) -> Path:
    """Where everything but the programs lies."""
    return next(place for place in (folder / "_internal", folder / "lib") if place.is_dir())


def program(folder: Path, *, console: bool) -> list[str]:
    """What starts it: a program of its own, or the signed Python."""
    own = folder / ("dlicalc-console.exe" if console else "dlicalc.exe")
    if own.is_file():
        return ["wine", str(own)]
    return ["wine", str(folder / ("python.exe" if console else "pythonw.exe")), "-m", "dlicalc"]


def run(folder: Path, *arguments: str | Path, data: Path | None = None) -> Result:
    command = [*program(folder, console=True), *map(windows, arguments)]
    env = os.environ if data is None else {**os.environ, "DLICALC_DATA_FOLDER": windows(data)}
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False, capture_output=True, timeout=110, env=env)


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


def test_orders_are_recorded_by_a_key_that_is_bound_to_the_user(folder: Path, tmp_path: Path) -> None:
    """docs/records.md: the key protected by the operating system where it can be; Wine has that of Windows."""
    data, backup = tmp_path / "数据 data", tmp_path / "backup.db"
    case = written(tmp_path, in_state(CHECKED))
    ordered = run(folder, "order", case, "-o", tmp_path / "order.pdf", "--as-of", AS_OF, data=data)
    assert (ordered.returncode, ordered.stderr) == (0, b"")
    assert json.loads((data / "keys" / "records.key").read_bytes())["protection"] == "dpapi"
    assert run(folder, "records", "backup", backup, data=data).returncode == 0
    shutil.rmtree(data / "records")
    assert run(folder, "records", "verify", data=data).returncode == 2
    restored = run(folder, "records", "restore", backup, "--who", "Li Wei", "--why", "disk lost", data=data)
    assert restored.returncode == 0, restored.stderr.decode()
    kinds = [line.split("  ")[3] for line in run(folder, "records", "list", data=data).stdout.decode().splitlines()]
    assert kinds == ["restored from backup", "printed"]
    over = run(folder, "records", "restore", backup, "--who", "Li Wei", "--why", "again", data=data)
    assert over.returncode == 0, over.stderr.decode()
    assert run(folder, "records", "verify", data=data).returncode == 0


def test_the_window_stays_open(folder: Path, tmp_path: Path) -> None:
    # Without a console, and without a screen: that it is painted on one is for docs/release.md.
    window = subprocess.Popen(
        program(folder, console=False),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "DLICALC_DATA_FOLDER": windows(tmp_path / "data")},
    )  # fmt: skip
    try:
        time.sleep(10)
        assert window.poll() is None
    finally:
        window.kill()
        window.communicate()
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
    unsigned, inside = set(), modules(folder)
    for path in programs(folder):
        with pefile.PE(str(path), fast_load=True) as file:
            if not file.OPTIONAL_HEADER.DATA_DIRECTORY[4].Size:  # the certificates
                unsigned.add(path.relative_to(inside if inside in path.parents else folder).as_posix())
    assert unsigned == UNSIGNED | (OWN_PROGRAMS if inside.name == "_internal" else set())


def test_nothing_in_it_reaches_a_network(folder: Path) -> None:
    names = [path.name for path in programs(folder)]
    assert [name for name in names if "Network" in name or name.startswith(("_socket", "_ssl"))] == []
