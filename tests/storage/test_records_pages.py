"""Each changed byte of a closed store is found, with the entries and dates that it concerns, or that it concerns none.

Expected: docs/records.md. What lies on a page is found here by searching its bytes for what the entries hold, and the
kind of a page is what SQLite's own ``dbstat`` says of it.
"""

import os
import random
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dlicalc.services.problem import Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording import records as text
from dlicalc.storage.data_folder import DataFolder
from dlicalc.storage.records.around import verify_place
from dlicalc.storage.records.closing import read_closing
from dlicalc.storage.records.keys import load_keys
from dlicalc.storage.records.opening import open_records
from dlicalc.storage.records.pages import held_by, loose_rows
from dlicalc.storage.records.place import Place
from tests.storage import records_faults as faults
from tests.storage.records_writer import event

ORDERS = 1000
PAGE = 4096
NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
TABLES = ("entry", "sealed")


def moment(number: int) -> str:
    """When the entry of this number was recorded: one each minute."""
    return (NOON + timedelta(minutes=number - 1)).isoformat()


class Store:
    """A closed store of 1,000 orders, and what lies on each of its pages."""

    def __init__(self, folder: Path, prefix: str = "O") -> None:
        moments = iter(NOON + timedelta(minutes=number) for number in range(10**6))
        records = open_records(DataFolder(folder, folder.parent), Path("/nowhere"), lambda: next(moments))
        records._connection.execute("PRAGMA synchronous = OFF")
        for number in range(ORDERS):
            records.append(event(f"{prefix}{number:04}", mrn=f"M{number}"))
        records.close()
        self.place = Place(folder / "records", folder / "keys")
        self.keys = load_keys(self.place.key)
        self.whole = self.place.database.read_bytes()
        connection = sqlite3.connect(f"{self.place.database.as_uri()}?mode=ro", uri=True)
        stat = connection.execute("SELECT name, pageno, pagetype, path FROM dbstat").fetchall()
        self.kinds = {page: (name, kind) for name, page, kind, _ in stat}
        self.paths = {page: path for _, page, _, path in stat}
        self.contents = dict(connection.execute("SELECT sequence, content FROM sealed"))
        self.marks = dict(connection.execute("SELECT mark, sequence FROM term"))
        connection.close()

    def page(self, number: int) -> bytes:
        return self.whole[(number - 1) * PAGE : number * PAGE]

    def on(self, number: int) -> set[int]:
        """The entries of which something lies on a leaf page."""
        name, page = self.kinds[number][0], self.page(number)
        if name == "sealed":
            return {sequence for sequence, content in self.contents.items() if content[:40] in page}
        if name in ("term", "term_sequence"):
            return {sequence for mark, sequence in self.marks.items() if mark in page}
        return {int(match[1]) + 1 for match in re.finditer(rb"O(\d{4})", page)}

    def beneath(self, number: int) -> set[int]:
        """The entries of which something lies on the leaf pages beneath a page, or between them."""
        name, path = self.kinds[number][0], self.paths[number]
        pages = [page for page, kind in self.kinds.items() if kind[0] == name and self.paths[page].startswith(path)]
        return set().union(*(self.on(page) for page in pages if self.kinds[page][1] == "leaf" or name not in TABLES))

    def verified(self, offset: int, byte: int | None = None):
        """What verify says with one byte changed."""
        content = bytearray(self.whole)
        content[offset] = content[offset] ^ 0xFF if byte is None else byte
        self.place.database.write_bytes(content)
        try:
            return verify_place(self.place, self.keys)
        finally:
            self.place.database.write_bytes(self.whole)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Store:
    return Store(tmp_path_factory.mktemp("pages") / "d")


def sentences(found) -> list[str]:
    return [
        text.FAULTS[fault.code].format(
            sequence=fault.sequence, at=fault.at, text=fault.text, last=fault.last, last_at=fault.last_at
        )
        for fault in found.faults
    ]


def test_a_seeded_sample_of_all_bytes_names_entries_and_dates(store):
    """Never only the file, never unreadable. ``make faults`` takes more of them."""
    draw = random.Random(20261123)
    outcomes = {offset: faults.named(store.verified(offset)) for offset in draw.sample(range(len(store.whole)), 60)}
    assert {offset: said for offset, said in outcomes.items() if said in ("missed", "file")} == {}


def test_each_kind_of_page_names_the_entries_on_it(store):
    draw = random.Random(5)
    seen = set()
    for name in ("entry", "sealed", "term", "term_sequence", "entry_order", "entry_day", "entry_prepared"):
        leaves = [page for page, kind in store.kinds.items() if kind == (name, "leaf")]
        for page in draw.sample(leaves, 3):
            offset = (page - 1) * PAGE + draw.randrange(8, PAGE)
            found = store.verified(offset)
            [fault] = [fault for fault in found.faults if fault.code.startswith("page_")]
            there = store.on(page)
            assert there, (name, page)
            assert (fault.sequence, fault.last) == (min(there), max(there)), (name, page)
            assert (fault.at, fault.last_at) == (moment(fault.sequence), moment(fault.last)) or "entry" in fault.code
            assert fault.text == str(page)
            assert fault.code == {"entry": "page_entry", "sealed": "page_sealed"}.get(name, "page_index")
            seen.add(fault.code)
    assert seen == {"page_entry", "page_sealed", "page_index"}


def test_the_entry_itself_is_named_where_one_of_its_bytes_was_hit(store):
    row = store.whole.index(b"O0500prepared2026")
    found = store.verified(row + 1)
    assert {(fault.code, fault.sequence, fault.at) for fault in found.faults} >= {("altered", 501, moment(501))}
    content = store.whole.index(store.contents[700][20:60])
    found = store.verified(content)
    assert {(fault.code, fault.sequence, fault.at) for fault in found.faults} >= {("content", 700, moment(700))}


@pytest.mark.parametrize("name", ["entry", "sealed", "term", "term_sequence", "entry_order"])
def test_a_page_above_others_names_what_is_beneath(store, name):
    inner = [page for page, kind in store.kinds.items() if kind == (name, "internal")]
    assert inner
    for page in inner:
        for offset in (0, 3, 8, 11, 13):
            found = store.verified((page - 1) * PAGE + offset)
            ranges = [fault for fault in found.faults if fault.code in ("page_entry", "page_sealed", "page_index")]
            there = store.beneath(page)
            assert [(fault.text, fault.sequence, fault.last) for fault in ranges] == [
                (str(page), min(there), max(there))
            ]
            assert (ranges[0].at, ranges[0].last_at) == (moment(min(there)), moment(max(there)))


def test_header_and_form_say_so_with_the_newest_entry(store):
    for offset in (0, 16, 18, 20, 21, 28, 44, 47, 56, 60, 68, 100, 103, 108, *range(130, PAGE, 331)):
        found = store.verified(offset)
        assert {(fault.code, fault.sequence, fault.at, fault.text) for fault in found.faults} >= {
            ("page_form", ORDERS, moment(ORDERS), "1")
        }, offset
        assert found.entries == ORDERS, offset  # read around the damage
    meta = next(page for page, kind in store.kinds.items() if kind[0] == "meta")
    for offset in (0, 5, 8, 9, *range(PAGE - 150, PAGE, 17)):
        found = store.verified((meta - 1) * PAGE + offset)
        assert ("page_form", ORDERS, moment(ORDERS), str(meta)) in {fault[:4] for fault in found.faults}, offset
        assert found.entries == ORDERS, offset


def test_a_form_that_says_another_key_is_not_believed(store):
    """Nor is another key: then nothing can be said."""
    with pytest.raises(Refused) as refused:
        verify_place(store.place, type(store.keys)(os.urandom(32)))
    assert refused.value.problems[0].code == "records_key_wrong"


def test_what_is_said_is_whole_sentences(store):
    said = sentences(store.verified(28))
    assert any(f"the newest entry is {ORDERS} of {moment(ORDERS)}" in line for line in said)
    assert all("{" not in line for line in said)
    assert all(Words().translate(line) for line in said)


def test_a_file_that_was_cut_or_lengthened_names_what_is_gone(store):
    for content in (store.whole[: -PAGE * 3], store.whole + bytes(PAGE), store.whole[:-100]):
        store.place.database.write_bytes(content)
        try:
            found = verify_place(store.place, store.keys)
        finally:
            store.place.database.write_bytes(store.whole)
        assert faults.named(found) in ("entry", "entries", "none")
    assert verify_place(store.place, store.keys).intact


def test_many_changed_pages_are_counted_beyond_those_that_are_read(store):
    content = bytearray(store.whole)
    for page in range(5, 105):
        content[page * PAGE + 9] ^= 1
    store.place.database.write_bytes(content)
    try:
        found = verify_place(store.place, store.keys)
    finally:
        store.place.database.write_bytes(store.whole)
    pages = [fault for fault in found.faults if fault.code.startswith("page_")]
    assert len(pages) == 40
    assert [fault.text for fault in found.faults if fault.code == "pages_more"] == ["60"]


def test_a_store_that_was_closed_by_an_early_program_is_verified_as_it_was(store):
    kept = store.place.closed.read_bytes()
    early = b" ".join(kept.partition(b"\n")[0].split()[:2])
    store.place.closed.write_bytes(early)
    try:
        assert verify_place(store.place, store.keys).closed
        found = store.verified(len(store.whole) - 1)
        assert {(fault.code, fault.sequence, fault.at) for fault in found.faults} >= {("file", ORDERS, moment(ORDERS))}
    finally:
        store.place.closed.write_bytes(kept)


def test_digests_that_were_changed_are_not_believed(store):
    kept = bytearray(store.place.closed.read_bytes())
    kept[-5] ^= 1
    closing = read_closing(bytes(kept), store.keys.head)
    assert closing is not None
    assert (closing.pages, dict(closing.form)) == (b"", {})


def test_after_a_crash_what_sqlite_says_is_put_in_terms_of_entries(store):
    """Without a closing there are no digests; SQLite's own check names rows and pages."""
    kept = store.place.closed.read_bytes()
    store.place.closed.unlink()
    try:
        page = next(page for page, kind in store.kinds.items() if kind == ("entry_order", "leaf"))
        row = store.page(page).index(b"O", PAGE - 60)
        found = store.verified((page - 1) * PAGE + row, 0x50)
        assert any(fault.code in ("index_row", "page_index") and fault.at for fault in found.faults)
    finally:
        store.place.closed.write_bytes(kept)


def test_a_restored_store_is_laid_out_otherwise_and_read_all_the_same(store, tmp_path):
    """``VACUUM INTO`` puts the tables elsewhere in the file."""
    other = Store(tmp_path / "v")
    connection = sqlite3.connect(other.place.database)
    connection.execute("VACUUM")
    connection.close()
    other.place.closed.unlink()
    faults.opened(tmp_path / "v").close()
    other.whole = other.place.database.read_bytes()
    for offset in (3, 60, 1800, 4000):
        found = other.verified(offset)
        assert found.entries == ORDERS
        assert "page_form" in {fault.code for fault in found.faults}


def test_no_garbage_breaks_the_reading_of_pages(store):
    """Pages that begin as SQLite's do, with anything at all behind."""
    draw = random.Random(7)
    roots = {"entry": 3, "sealed": 4, "term_sequence": 6, "entry_order": 7}
    for _ in range(60):
        content = bytearray(draw.randbytes(PAGE * 12 + draw.randrange(9)))
        for page in range(12):
            content[page * PAGE] = draw.choice((2, 5, 10, 13))
            content[page * PAGE + 3] = draw.randrange(3)
        found = held_by(bytes(content), roots, frozenset((5, 9)))
        assert set(found.held) <= {5, 9}
        for row in loose_rows(bytes(content)):
            assert isinstance(row[0], int)
    for _ in range(40):
        content = bytearray(store.whole)
        page = draw.randrange(len(content) // PAGE)
        for _ in range(30):
            content[page * PAGE + draw.randrange(PAGE)] = draw.randrange(256)
        store.place.database.write_bytes(content)
        try:
            found = verify_place(store.place, store.keys)
        finally:
            store.place.database.write_bytes(store.whole)
        assert faults.named(found) in ("entry", "entries", "none")
