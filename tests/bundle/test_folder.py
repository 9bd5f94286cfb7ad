"""The finished folder, started where there is nothing else: it computes, prints, speaks Chinese, and knows its files.

Expected volumes and sentences are those of the worked examples and of the glossary, not what the folder printed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp

from tests.bundle.conftest import Result, Room
from tests.cases import AS_OF, full_case
from tests.command import dlicalc, written
from tests.program import ROOT

DIN = "A9999 26 000123"
"""Of the bag in the case, with the spaces in which people read it."""


def order(room: Room, language: str) -> bytes:
    pdf = room.place / f"{language}.pdf"
    case = written(room.place, full_case())
    done = room.run("order", case, "-o", pdf, "--as-of", AS_OF, "--language", language)
    assert done.returncode == 0, done.stderr.decode()
    return pdf.read_bytes()


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_a_case_is_evaluated(room: Room) -> None:
    done = room.run("evaluate", written(room.place, full_case()), "--as-of", AS_OF)
    assert done.returncode == 0, done.stderr.decode()
    # Worked example E1: 30 × 10⁶ CD3⁺/kg × 70 kg ÷ 60 × 10⁶/mL.
    assert json.loads(done.stdout)["dose"]["ordered_volume_ml"] == "35"


def test_the_codes_of_an_order_are_read_back(room: Room) -> None:
    pdf = order(room, "en")
    assert "35 mL" in text(pdf)
    assert DIN in text(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number].render(scale=300 / 72).to_pil() for number in range(len(document))]
    read = [code for page in pages for code in zxingcpp.read_barcodes(page)]
    assert any(code.format == zxingcpp.BarcodeFormat.Code128 and "A999926000123" in code.text for code in read)
    assert any(code.format == zxingcpp.BarcodeFormat.QRCode for code in read)
    held = room.run("verify", room.place / "en.pdf", "--volume", "35")
    assert held.returncode == 0, held.stdout.decode()


def test_an_order_speaks_chinese(room: Room) -> None:
    said = text(order(room, "zh_CN"))
    assert "供者淋巴细胞输注" in said
    assert "单个核细胞" in said


def test_an_order_is_the_same_as_from_the_source(room: Room) -> None:
    here = room.place / "here.pdf"
    case = written(room.place, full_case())
    for language in ("en", "zh_CN"):
        dlicalc("order", case, "-o", here, "--as-of", AS_OF, "--language", language)
        assert order(room, language) == here.read_bytes()


def test_the_self_test_passes(room: Room) -> None:
    done = room.run("selftest", "-o", room.place / "report.pdf")
    assert done.returncode == 0, done.stdout.decode()
    assert (room.place / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_sealed_records_are_opened(room: Room) -> None:
    # Those that tests/storage keeps of format 1, with three orders in them.
    shutil.copytree(ROOT / "tests" / "storage" / "records_format_1", room.place / "data")
    assert room.run("records", "verify").returncode == 0
    listed = room.run("records", "list").stdout.decode()
    assert [name in listed for name in ("O0", "O1", "O2")] == [True, True, True]


def test_the_window_stays_open(room: Room) -> None:
    window = subprocess.Popen(room.command(), env=room.environment(), stderr=subprocess.PIPE)
    try:
        time.sleep(3)
        assert window.poll() is None, window.stderr and window.stderr.read().decode()
    finally:
        window.kill()
        window.communicate()


# --- What lies in it ---


MANIFEST = "resources/manifest.json"


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def files(folder: Path) -> dict[str, Path]:
    """Every file by its path as the manifest names it: from where the modules lie."""
    inside = folder / "_internal"
    return {os.path.relpath(path, inside): path for path in folder.rglob("*") if path.is_file()}


def test_the_manifest_names_every_file_and_its_digest(folder: Path) -> None:
    found = files(folder)
    content = found.pop(MANIFEST).read_bytes()
    # The last line is the digest of all before it (docs/design.md), so that a damaged list names itself.
    body, _, last = content.rpartition(f',\n "{MANIFEST}": '.encode())
    assert last == f'"{digest(body)}"\n}}\n'.encode()
    assert json.loads(body + b"}") == {name: digest(path.read_bytes()) for name, path in found.items()}


def test_it_can_lie_on_a_usb_stick(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*")]
    assert not [path for path in folder.rglob("*") if path.is_symlink()]
    assert len({name.lower() for name in names}) == len(names)
    assert all(name.isascii() and not set(name) & set('<>:"|?*\\') for name in names)


def test_nothing_in_it_reaches_a_network(folder: Path) -> None:
    assert [name for name in files(folder) if "Network" in name or "_socket" in name or "_ssl" in name] == []


@pytest.mark.parametrize(
    "name",
    [
        "resources/protocols/nct07319793.toml",
        "resources/fonts/NotoSansSC-Regular.ttf",
        "licences/LGPL-3.0.txt",
        "zxingcpp/zxingcpp.cpython-*.so",
        "../dlicalc",
    ],
)
def test_one_changed_byte_is_found(folder: Path, tmp_path: Path, name: str) -> None:
    copy, out = tmp_path / "copy", tmp_path / "out"
    out.mkdir()
    shutil.copytree(folder, copy)
    (changed,) = (copy / "_internal").glob(name) if "*" in name else [copy / "_internal" / name]
    content = bytearray(changed.read_bytes())
    # In the symbols of the executable, which are not run; in the others it does not matter where.
    place = content.rindex(b".shstrtab") if name == "../dlicalc" else len(content) // 2
    content[place] ^= 1
    changed.write_bytes(content)
    if not shutil.which("bwrap"):
        pytest.skip("an empty root is made by bubblewrap, which is not here")
    done = Room(copy, out).run("selftest")
    assert done.returncode != 0
    assert changed.name.encode() in done.stdout + done.stderr


OF_EVERY_KIND = [
    "resources/protocols/nct07319793.toml",
    "resources/fonts/NotoSansSC-Regular.ttf",
    "resources/locale/zh_CN/LC_MESSAGES/dlicalc.mo",
    "resources/help/",
    "resources/reference_cases/",
    "licences/LGPL-3.0.txt",
    "base_library.zip",
    "python3.11/lib-dynload/_decimal.",
    "libcrypto.so.3",
    "libsqlite3.so.0",
    "libX11.so.6",
    "PySide6/Qt/lib/libicudata.so",
    "PySide6/Qt/lib/libQt6Core.so.6",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/translations/qtbase_zh_CN.qm",
    "PySide6/QtWidgets.abi3.so",
    "shiboken6/files.dir/",
    "shiboken6/Shiboken.abi3.so",
    "pydantic_core/",
    "pypdfium2_raw/libpdfium.so",
    "zxingcpp/",
    "cryptography/hazmat/bindings/_rust.abi3.so",
]


@pytest.fixture(scope="module")
def copy(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(folder, tmp_path_factory.mktemp("damaged") / "dlicalc")


@pytest.mark.parametrize("start", OF_EVERY_KIND)
def test_a_command_computes_nothing_and_names_the_changed_file(copy: Path, tmp_path: Path, start: str) -> None:
    inside = copy / "_internal"
    name = next(name for name in sorted(files(copy)) if name.startswith(start))
    with changed_in_the_middle(inside / name):
        done = evaluated(copy, tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{name}: changed" in done.stderr.decode()


def test_a_damaged_manifest_names_itself(copy: Path, tmp_path: Path) -> None:
    with changed_in_the_middle(copy / "_internal" / MANIFEST):
        done = evaluated(copy, tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{MANIFEST}: changed" in done.stderr.decode()


@pytest.mark.parametrize("share", [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
def test_a_damaged_executable_computes_nothing(copy: Path, tmp_path: Path, share: float) -> None:
    # It holds all modules. What it says depends on which of them is hit; the check itself may be.
    with changed_in_the_middle(copy / "dlicalc", share):
        done = evaluated(copy, tmp_path)
    assert done.returncode != 0
    assert done.stdout == b""
    assert done.stderr


@contextmanager
def changed_in_the_middle(path: Path, share: float = 0.5) -> Iterator[None]:
    """One bit of the file at ``path`` is another for a while."""
    content = path.read_bytes()
    place = int(len(content) * share)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes([content[place] ^ 1]))
    try:
        yield
    finally:
        path.write_bytes(content)


def evaluated(copy: Path, place: Path) -> Result:
    call = [str(copy / "dlicalc"), "evaluate", str(written(place, full_case())), "--as-of", AS_OF]
    return subprocess.run(call, check=False, capture_output=True, timeout=100)


def test_an_order_is_not_written_by_a_damaged_copy(copy: Path, tmp_path: Path) -> None:
    case, pdf = written(tmp_path, full_case()), tmp_path / "order.pdf"
    with changed_in_the_middle(copy / "_internal" / "pypdfium2_raw" / "libpdfium.so"):
        call = [str(copy / "dlicalc"), "order", str(case), "--as-of", AS_OF, "-o", str(pdf)]
        done = subprocess.run(call, check=False, capture_output=True, timeout=100)
    assert done.returncode == 2
    assert not pdf.exists()
