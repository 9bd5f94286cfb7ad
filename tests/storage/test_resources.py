"""Data files are the released ones or none."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from dlicalc.storage.integrity import digest
from dlicalc.storage.resources import Damaged, Resources


def released(folder: Path, files: dict[str, bytes]) -> Resources:
    """A data folder with its manifest; names begin with resources/ or dlicalc/."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    manifest = {name: f"sha256:{hashlib.sha256(content).hexdigest()}" for name, content in files.items()}
    (folder / "resources").mkdir(exist_ok=True)
    (folder / "resources/manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return Resources(folder / "resources")


FILES = {"resources/a.txt": b"a", "resources/deep/b.txt": b"b", "dlicalc/domain/dose.py": b"x = 1\n"}


@pytest.fixture
def resources(tmp_path: Path) -> Resources:
    return released(tmp_path, FILES)


def damage(resources: Resources, name: str) -> str:
    """The reason for which reading ``name`` is refused."""
    with pytest.raises(Damaged) as caught:
        resources.read(name)
    (problem,) = caught.value.problems
    assert problem.code == "damaged"
    return f"{problem.path}: {problem.params['text']}"


def test_digest_is_sha256_of_the_bytes() -> None:
    """FIPS 180-2, the message of three letters."""
    assert digest(b"abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_released_file_is_read(resources: Resources) -> None:
    assert resources.read("deep/b.txt") == b"b"


def test_changed_file_is_refused_by_name(resources: Resources) -> None:
    (resources.folder / "a.txt").write_bytes(b"A")
    assert damage(resources, "a.txt") == "a.txt: not as released"


def test_file_that_was_never_released_is_refused(resources: Resources) -> None:
    (resources.folder / "c.txt").write_bytes(b"c")
    assert damage(resources, "c.txt") == "c.txt: not as released"


def test_missing_file_is_refused(resources: Resources) -> None:
    (resources.folder / "a.txt").unlink()
    assert damage(resources, "a.txt") == "a.txt: No such file or directory"


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe"])
def test_missing_or_damaged_manifest(resources: Resources, content: bytes | None) -> None:
    manifest = resources.folder / "manifest.json"
    manifest.unlink() if content is None else manifest.write_bytes(content)
    assert damage(resources, "a.txt").startswith("manifest.json: ")


@pytest.mark.parametrize("content", [b"[]", b"5", b"null", b'"text"'])
def test_manifest_that_is_no_object(resources: Resources, content: bytes) -> None:
    (resources.folder / "manifest.json").write_bytes(content)
    assert damage(resources, "a.txt").startswith("manifest.json: ")
