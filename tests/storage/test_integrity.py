"""A copy held against its manifest: changed, missing and added files are named, whatever they are."""

from __future__ import annotations

import json
import os
import py_compile
import subprocess
import sys
from pathlib import Path

import pytest

from dlicalc.storage import integrity
from dlicalc.storage.integrity import LARGE, MANIFEST, Flaw, Inspection, Kind, Place, digest, read_manifest
from tests.program import ROOT

FILES = {
    "resources/a.toml": b"a",
    "resources/deep/b.mo": b"b",
    "resources/large.ttf": bytes(range(256)) * (LARGE // 256 + 3),
    "dlicalc/__init__.py": b"",
    "dlicalc/domain/dose.py": b"x = 1\n",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small program, with the manifest that `tools/manifest.py` writes."""
    for name, content in FILES.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/manifest.py").write_bytes((ROOT / "tools/manifest.py").read_bytes())
    subprocess.run([sys.executable, "tools/manifest.py"], cwd=tmp_path, check=True, timeout=100)
    return tmp_path


def place(copy: Path) -> Place:
    return Place(str(copy / "resources"), str(copy))


def flaws(copy: Path) -> list[tuple[str, str]]:
    """What both ways of inspecting find."""
    stepwise, beside = Inspection(place(copy)), Inspection(place(copy))
    assert list(stepwise.steps()) == list(stepwise.entries)
    beside.begin()
    beside.finish()
    assert sorted(stepwise.flaws) == sorted(beside.flaws)
    return [(flaw.name, flaw.kind.value) for flaw in sorted(stepwise.flaws)]


def test_whole_copy(copy: Path) -> None:
    assert flaws(copy) == []
    assert set(Inspection(place(copy)).entries) == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_one_byte_more(copy: Path, name: str) -> None:
    (copy / name).write_bytes(FILES[name] + b" ")
    assert flaws(copy) == [(name, "changed")]


@pytest.mark.parametrize("at", [0, LARGE - 1, LARGE, LARGE + 700])
def test_one_byte_of_a_large_file(copy: Path, at: int) -> None:
    content = bytearray(FILES["resources/large.ttf"])
    content[at] ^= 1
    (copy / "resources/large.ttf").write_bytes(content)
    assert flaws(copy) == [("resources/large.ttf", "changed")]


@pytest.mark.parametrize("name", FILES)
def test_missing(copy: Path, name: str) -> None:
    (copy / name).unlink()
    assert flaws(copy) == [(name, "missing")]


def test_file_that_has_become_a_folder(copy: Path) -> None:
    (copy / "resources/a.toml").unlink()
    (copy / "resources/a.toml").mkdir()
    assert flaws(copy) == [("resources/a.toml", "changed")]


@pytest.mark.parametrize("name", ["dlicalc/domain/dose.so", "dlicalc/domain/dose/__init__.py", "resources/c.toml"])
def test_added(copy: Path, name: str) -> None:
    """An extension module or a package would be imported in place of the module of its name."""
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(b"")
    assert flaws(copy) == [(name, "added")]


@pytest.mark.parametrize(
    "name", ["resources/.DS_Store", "resources/Thumbs.db", "resources/.x/y", "dlicalc/desktop.ini"]
)
def test_what_systems_leave_behind_is_no_flaw(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(b"")
    assert flaws(copy) == []


def test_resources_inside_the_package_are_no_modules(copy: Path) -> None:
    """As a wheel installs them."""
    (copy / "resources").rename(copy / "dlicalc/resources")
    inspection = Inspection(Place(str(copy / "dlicalc/resources"), str(copy)))
    assert list(inspection.steps()) == list(inspection.entries)
    assert inspection.flaws == []


def test_manifest_is_the_digest_of_itself(copy: Path) -> None:
    content = (copy / MANIFEST).read_bytes()
    entries = read_manifest(content)
    assert entries == {name: digest(FILES[name]) for name in FILES}
    assert Inspection(place(copy)).manifest_digest == digest(content)


@pytest.mark.parametrize("part", [b"a.toml", b"sha256:", b"}", b"manifest"])
def test_damaged_manifest_names_itself(copy: Path, part: bytes) -> None:
    content = (copy / MANIFEST).read_bytes()
    at = content.rindex(part)
    (copy / MANIFEST).write_bytes(content[:at] + b"#" + content[at + 1 :])
    assert flaws(copy) == [(MANIFEST, "changed")]


def test_missing_manifest(copy: Path) -> None:
    (copy / MANIFEST).unlink()
    assert flaws(copy) == [(MANIFEST, "missing")]


FROZEN = ("../dlicalc.exe", "PySide6/lib.so", "_decimal.pyd", "cryptography/lib.so", "resources/p.toml")


@pytest.fixture
def built(tmp_path: Path, copy: Path) -> Path:
    """A frozen program: all files of its folder are listed, as seen from the folder of its modules."""
    folder = tmp_path / "built"
    for name in FROZEN:
        file = folder / "_internal" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    script = "import json, sys, manifest; sys.stdout.write(manifest.text(json.load(sys.stdin)))"
    listed = json.dumps({name: digest(name.encode()) for name in FROZEN})
    call = [sys.executable, "-c", script]
    text = subprocess.run(
        call, input=listed, cwd=copy / "tools", check=True, timeout=100, text=True, capture_output=True
    )
    (folder / "_internal/resources/manifest.json").write_text(text.stdout, encoding="utf-8")
    return folder


def frozen_flaws(built: Path) -> list[Flaw]:
    inside = built / "_internal"
    inspection = Inspection(Place(str(inside / "resources"), str(inside), str(built)))
    assert list(inspection.steps()) == ["../dlicalc.exe", "_decimal.pyd", "resources/p.toml"]
    assert set(inspection.library_steps()) <= {"PySide6/lib.so", "cryptography/lib.so"}
    return sorted(inspection.flaws)


def test_frozen_folder(built: Path) -> None:
    assert frozen_flaws(built) == []
    for name in ("../dlicalc.exe", "PySide6/lib.so"):
        (built / "_internal" / name).write_bytes(b"x")
    assert frozen_flaws(built) == [Flaw("../dlicalc.exe", Kind.CHANGED), Flaw("PySide6/lib.so", Kind.CHANGED)]


@pytest.mark.parametrize("name", FROZEN)
def test_before_a_command_all_files(built: Path, name: str) -> None:
    inside = built / "_internal"
    (inside / name).write_bytes(b"x" * 2**17)
    inspection = Inspection(Place(str(inside / "resources"), str(inside), str(built)))
    inspection.begin()
    inspection.finish()
    assert inspection.flaws == [Flaw(name, Kind.CHANGED)]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_could_not_be_looked_at_counts_as_changed(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = built / "_internal"
    name = "PySide6/lib.so"
    inspection = Inspection(Place(str(inside / "resources"), str(inside), str(built)))
    (inside / name).write_bytes(b"x" * 2**17)

    def without_memory(*_: object) -> str:
        raise MemoryError

    monkeypatch.setattr(integrity, "_digest_of_large", without_memory)
    inspection.begin()
    inspection.finish()
    assert inspection.flaws == [Flaw(name, Kind.CHANGED)]


def test_missing_library(built: Path) -> None:
    (built / "_internal/PySide6/lib.so").unlink()
    assert frozen_flaws(built) == [Flaw("PySide6/lib.so", Kind.MISSING)]


def test_what_people_keep_beside_a_frozen_program_is_theirs(built: Path) -> None:
    for name in ("site.toml", "order.pdf"):
        (built / name).write_bytes(b"x")
    assert frozen_flaws(built) == []


@pytest.mark.parametrize("name", ["version.dll", "_internal/extra.txt", "_internal/resources/x.toml", "plugins/a.DLL"])
def test_what_a_frozen_program_could_load_is_not(built: Path, name: str) -> None:
    (built / name).parent.mkdir(exist_ok=True)
    (built / name).write_bytes(b"x")
    [flaw] = frozen_flaws(built)
    assert flaw.kind is Kind.ADDED
    assert flaw.name.endswith(name.removeprefix("_internal/"))


def compiled(copy: Path) -> Path:
    made = py_compile.compile(str(copy / "dlicalc/domain/dose.py"))
    assert made is not None
    return Path(made)


def compiled_flaws(copy: Path) -> list[Flaw]:
    inspection = Inspection(place(copy))
    assert list(inspection.compiled_steps()) == ["dlicalc/__init__.py", "dlicalc/domain/dose.py"]
    return inspection.flaws


def test_compiled_module_is_held_against_its_source(copy: Path) -> None:
    """`x = 1` with the constant of `x = 2`, under the header of the first: Python would run it."""
    target = compiled(copy)
    assert compiled_flaws(copy) == []
    other = copy / "other.py"
    other.write_bytes(b"x = 2\n")
    forged = Path(py_compile.compile(str(other)) or "").read_bytes()
    target.write_bytes(target.read_bytes()[:16] + forged[16:])
    assert compiled_flaws(copy) == [Flaw("dlicalc/domain/dose.pyc", Kind.CHANGED)]


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff" * 40, b"N"])
def test_compiled_module_that_cannot_be_read(copy: Path, body: bytes) -> None:
    target = compiled(copy)
    target.write_bytes(target.read_bytes()[:16] + body)
    assert compiled_flaws(copy) == [Flaw("dlicalc/domain/dose.pyc", Kind.CHANGED)]


def test_compiled_module_that_python_would_make_anew_does_not_matter(copy: Path) -> None:
    target = compiled(copy)
    target.write_bytes(target.read_bytes()[:16])
    os.utime(copy / "dlicalc/domain/dose.py", (1, 1))
    assert compiled_flaws(copy) == []


def test_manifest_in_the_source_tree_is_read_by_the_program() -> None:
    entries = read_manifest((ROOT / MANIFEST).read_bytes())
    assert entries is not None
    assert entries["dlicalc/__main__.py"] == digest((ROOT / "dlicalc/__main__.py").read_bytes())
    assert json.loads((ROOT / MANIFEST).read_text(encoding="utf-8")).keys() - entries.keys() == {MANIFEST}
