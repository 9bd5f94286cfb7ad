"""The Chinese catalogue is the released one or none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dlicalc.storage.catalogues import catalogue_file, load_catalogue
from dlicalc.storage.integrity import digest
from dlicalc.storage.resources import Damaged, Resources
from tests.program import ROOT

NAME = "locale/zh_CN/LC_MESSAGES/dlicalc.mo"


def copied(folder: Path, content: bytes | None = None) -> Resources:
    """A data folder with the catalogue alone, its manifest true to it."""
    place = folder / NAME
    place.parent.mkdir(parents=True)
    if content is None:
        shutil.copy(ROOT / "resources" / NAME, place)
    else:
        place.write_bytes(content)
    entry = f'{{"resources/{NAME}": "{digest(place.read_bytes())}"}}'
    (folder / "manifest.json").write_text(entry, encoding="utf-8")
    return Resources(folder)


def test_name_of_the_file() -> None:
    assert catalogue_file("zh_CN") == NAME


def test_sentences_are_translated(tmp_path: Path) -> None:
    translate = load_catalogue(copied(tmp_path), "zh_CN")
    assert translate("Weight") == "体重"
    assert translate("a sentence that is in no catalogue") == "a sentence that is in no catalogue"


@pytest.mark.parametrize("content", [b"not a catalogue", b"\xde\x12\x04\x95" + b"\xff" * 24])
def test_file_that_is_no_catalogue(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Damaged) as caught:
        load_catalogue(copied(tmp_path, content), "zh_CN")
    assert caught.value.problems[0].path == NAME


def test_changed_catalogue(tmp_path: Path) -> None:
    resources = copied(tmp_path)
    place = tmp_path / NAME
    place.write_bytes(place.read_bytes() + b"\x00")
    with pytest.raises(Damaged, match="damaged"):
        load_catalogue(resources, "zh_CN")


def test_missing_language(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        load_catalogue(copied(tmp_path), "de")
