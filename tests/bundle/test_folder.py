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
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp

from tests.bundle.conftest import Room
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


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("evaluate", "libcrypto.so.3"),
        ("evaluate", "base_library.zip"),
        ("evaluate", "python3.11/lib-dynload/_decimal.cpython-311-x86_64-linux-gnu.so"),
        ("order", "pypdfium2_raw/libpdfium.so"),
        ("order", "zxingcpp/zxingcpp.cpython-311-x86_64-linux-gnu.so"),
        ("order", "cryptography/hazmat/bindings/_rust.abi3.so"),
    ],
)
def test_a_command_refuses_with_the_name_of_the_changed_file(
    folder: Path, tmp_path: Path, command: str, name: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    changed = copy / "_internal" / name
    content = bytearray(changed.read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    case, pdf = written(tmp_path, full_case()), tmp_path / "order.pdf"
    more = ["-o", str(pdf)] if command == "order" else []
    call = [str(copy / "dlicalc"), command, str(case), "--as-of", AS_OF, *more]
    done = subprocess.run(call, check=False, capture_output=True, timeout=100)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{name}: changed" in done.stderr.decode()
    assert not pdf.exists()
