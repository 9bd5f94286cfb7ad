"""A file with its small objects packed together says and shows what the same file says and shows unpacked."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdf
import pypdfium2
import pytest

from dlicalc.report import order
from dlicalc.report.packed import packed
from tests.report.orders import ORDERS, pdf


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    """An order as ReportLab writes it, and packed."""
    with monkeypatch.context() as patch:
        patch.setattr(order, "packed", lambda data: data)
        plain = pdf(ORDERS["three bags"])
    return plain, packed(plain)


def shown(data: bytes) -> list[bytes]:
    """The pixels of the pages."""
    return [page.render(scale=1).to_pil().tobytes() for page in pypdfium2.PdfDocument(data)]


def said(data: bytes) -> tuple[list[str], dict[str, Any], Any]:
    """Texts, properties and language, as a reader that forgives nothing finds them."""
    reader = pypdf.PdfReader(BytesIO(data), strict=True)
    return [page.extract_text() for page in reader.pages], dict(reader.metadata or {}), reader.trailer["/Root"]["/Lang"]


def test_it_shows_and_says_the_same(both: tuple[bytes, bytes]) -> None:
    plain, small = both
    assert shown(small) == shown(plain)
    assert said(small) == said(plain)


def test_it_is_smaller_and_keeps_its_identity(both: tuple[bytes, bytes]) -> None:
    plain, small = both
    assert len(small) < len(plain) - 2000
    assert small.startswith(b"%PDF-1.5\n")
    identities = [pypdf.PdfReader(BytesIO(data)).trailer["/ID"] for data in both]
    assert identities[0] == identities[1]


def test_every_object_is_found_by_the_table(both: tuple[bytes, bytes]) -> None:
    """ISO 32000-1, 7.5.8: the table is an object itself, and Size counts it and the object 0."""
    plain, small = (pypdf.PdfReader(BytesIO(data), strict=True) for data in both)
    count = plain.trailer["/Size"]
    assert small.trailer["/Size"] == count + 2
    for number in range(1, count):
        one, other = (reader.get_object(pypdf.generic.IndirectObject(number, 0, reader)) for reader in (plain, small))
        assert type(one) is type(other)


def test_what_it_does_not_know_it_does_not_touch(both: tuple[bytes, bytes]) -> None:
    with pytest.raises(AssertionError, match="not as ReportLab writes it"):
        packed(both[0].replace(b"2 0 obj", b"2 1 obj", 1))
