"""The recovery key on paper: the whole key, what it is for, who printed it when; and its end typed back.

Expected: docs/records.md; the key here is counted by hand, 14 groups of 4.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from dlicalc.services.recovery_key import recovered_key, recovery_text
from dlicalc.services.recovery_sheet import has_last_groups, recovery_sheet
from dlicalc.services.wording import Words

KEY = "-".join(f"{number:02}AB" for number in range(14))
AT = datetime.fromisoformat("2026-11-23T08:00:00+08:00")


def test_the_whole_key_stands_on_it_and_in_its_code() -> None:
    sheet = recovery_sheet(KEY, Words(), software="dlicalc 0.1.0", seat="ward7 @ pc-12", at=AT)
    assert sheet.groups == tuple(f"{number:02}AB" for number in range(14))
    assert sheet.code == KEY
    assert "14 groups" in sheet.heading
    assert sheet.lead.startswith("SECRET.")
    assert [len(lines) for _, lines in sheet.listings] == [3, 3]
    assert sheet.footer == "dlicalc 0.1.0 · ward7 @ pc-12 · printed 2026-11-23 08:00 +08:00"


def test_a_key_from_paper_is_the_key() -> None:
    key = recovery_text(bytes(range(32)))
    sheet = recovery_sheet(key, Words(), software="dlicalc 0.1.0", seat="?", at=AT)
    assert recovered_key(" ".join(sheet.groups).lower()) == bytes(range(32))


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("12AB-13AB", True),
        ("12ab 13ab", True),
        ("  12AB13AB ", True),
        ("12AB-13A", False),
        ("13AB-12AB", False),
        ("", False),
        (KEY, False),
    ],
)
def test_its_last_two_groups_are_known_however_they_are_typed(typed: str, right: bool) -> None:
    assert has_last_groups(typed, KEY) is right
