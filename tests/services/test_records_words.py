"""What a verification found, in sentences. Expected: docs/records.md (the entry and its date)."""

from __future__ import annotations

import pytest

from dlicalc.services.records import Fault, Head, Verification
from dlicalc.services.records_words import fault_sentence, found_sentences, moment_or_doubt
from dlicalc.services.wording import Words
from dlicalc.services.wording.records import FAULTS

NOON = "2026-11-18T12:00:00+08:00"
LATER = "2026-11-19T12:00:00+08:00"
HEAD = Head(3, "ab" * 32)


def said(found: Verification) -> list[str]:
    return list(found_sentences(found, Words()))


@pytest.mark.parametrize("code", FAULTS)
def test_every_fault_is_a_sentence_without_gaps(code: str) -> None:
    sentence = fault_sentence(Fault(code, 12, NOON, "57", 31, LATER), Words())
    assert "{" not in sentence
    assert "12" in sentence or "57" in sentence or code == "head_missing"


def test_a_page_names_its_entries_with_their_dates() -> None:
    sentence = fault_sentence(Fault("page_entry", 12, NOON, "57", 31, LATER), Words())
    assert sentence.startswith(
        "Page 57 of the file was changed. The open parts of entries 12 of 2026-11-18 12:00 +08:00 to 31 of"
        " 2026-11-19 12:00 +08:00 lie on it"
    )


def test_faults_end_in_their_number() -> None:
    lines = said(Verification(3, HEAD, (Fault("altered", 2, NOON), Fault("head_missing"))))
    assert lines[0].startswith("Entry 2 of 2026-11-18 12:00 +08:00: altered.")
    assert lines[2].startswith("2 faults in 3 entries.")


def test_nothing_wrong_is_said_as_far_as_it_goes() -> None:
    intact = Verification(3, HEAD, (), last_at=NOON)
    assert said(intact)[0] == "3 entries, all intact. Newest: 3-abababababababab, recorded 2026-11-18 12:00 +08:00."
    assert "unused space in the file was not" in said(intact)[1]
    assert said(intact._replace(closed=True))[1] == "The file is, to the last byte, as it was closed."
    assert "content of 2 entries" in said(intact._replace(removed=2))[1]
    assert said(Verification(0, Head(0, ""), ()))[0] == "No entries yet; nothing is wrong."


def test_a_date_that_cannot_be_read_is_a_doubt() -> None:
    assert moment_or_doubt("") == "?"
    assert moment_or_doubt(NOON) == "2026-11-18 12:00 +08:00"
    assert moment_or_doubt("\\xff26-11-18T12:00:00+08:00") == "\\xff26-11-18 12:00 +08:00"
