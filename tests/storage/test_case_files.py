"""Case files: read without mercy, written whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from dlicalc.services.problem import Refused
from dlicalc.storage.case_files import (
    LARGEST_FILE,
    BareNumber,
    document_digest,
    parse_document,
    read_file,
    save_document,
)
from tests.cases import every_field_case, full_case


def parsing(content: bytes) -> list[tuple[str, str]]:
    """Where and why ``content`` is refused."""
    with pytest.raises(Refused) as caught:
        parse_document(content, "case.json")
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_case_as_written() -> None:
    assert parse_document(json.dumps(full_case()).encode(), "x") == full_case()


def test_mark_of_windows_editors_is_no_part_of_the_text() -> None:
    assert parse_document(b"\xef\xbb\xbf{}", "x") == {}


@pytest.mark.parametrize("text", ["70", "1.50", "1e999999", "-0", "7" * 5000])
def test_bare_number_is_kept_as_written(text: str) -> None:
    (number,) = parse_document(f"[{text}]".encode(), "x")  # type: ignore[misc]
    assert isinstance(number, BareNumber)
    assert repr(number) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "json_form"), (b"{", "json_form"), (b"{} {}", "json_form"), (b"{'a': 1}", "json_form"),
        (b'{"a": NaN}', "json_form"), (b'{"a": Infinity}', "json_form"), (b'{"a": -Infinity}', "json_form"),
        (b'{"a": "\x01"}', "json_form"), (b"\xff", "file_encoding"), ("{}".encode("utf-16"), "file_encoding"),
        (b"[" * 100_000, "json_deep"), (b" " * (LARGEST_FILE + 1), "file_large"),
    ],
)  # fmt: skip
def test_text_that_is_no_json_is_refused_by_the_name_of_the_file(content: bytes, code: str) -> None:
    assert parsing(content) == [("case.json", code)]


def test_largest_file_is_read() -> None:
    assert parse_document(b"{}".ljust(LARGEST_FILE), "x") == {}


def test_doubled_fields_are_named_wherever_they_stand() -> None:
    text = b'{"a": 1, "b": [{"c": 1, "c": 2}, {"d": {"e": 1, "e": 1}}], "a": 2}'
    assert parsing(text) == [("a", "json_duplicate"), ("b.0.c", "json_duplicate"), ("b.1.d.e", "json_duplicate")]


def reading(place: Path | str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read_file(str(place))
    (problem,) = caught.value.problems
    return problem.path, problem.code


def test_file_is_read_no_further_than_needed(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_bytes(b"x" * (LARGEST_FILE + 100))
    assert len(read_file(str(tmp_path / "case.json"))) == LARGEST_FILE + 1


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = str(tmp_path / "missing.json")
    assert reading(missing) == (missing, "file_missing")
    assert reading(tmp_path) == (str(tmp_path), "file_directory")
    assert reading("a\x00b") == ("a\x00b", "file_unreadable")

    def forbidden(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(Refused) as caught:
        read_file(missing)
    assert caught.value.problems[0].params == {"text": "Permission denied"}


def test_saved_case_is_the_same_case(tmp_path: Path) -> None:
    place = str(tmp_path / "case.json")
    document = every_field_case() | {"recipient": {"name": "张伟 Ö"}}
    save_document(place, document)
    assert parse_document(read_file(place), place) == document
    assert "张伟 Ö" in read_file(place).decode()
    assert read_file(place).endswith(b"}\n")


def test_case_that_cannot_be_saved_leaves_the_old_file(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        save_document(str(tmp_path), {})
    assert tmp_path.is_dir()


def test_digest_is_that_of_what_is_said_not_of_the_layout() -> None:
    reordered = dict(reversed(full_case().items()))
    assert document_digest(reordered) == document_digest(full_case())
    assert document_digest(json.loads(json.dumps(full_case(), indent=4))) == document_digest(full_case())
    known = {name: value for name, value in full_case().items() if name != "decisions"}
    assert document_digest(known | {"decisions": None}) == document_digest(known)
    assert document_digest(full_case() | {"order": {"number": "1"}}) == document_digest(full_case())
    assert document_digest(known | {"decisions": []}) != document_digest(known)


def test_digest_is_sha256_of_sorted_json_without_spaces() -> None:
    expected = hashlib.sha256('{"a":"ö","b":[]}'.encode()).hexdigest()
    assert document_digest({"b": [], "a": "ö"}) == f"sha256:{expected}"
