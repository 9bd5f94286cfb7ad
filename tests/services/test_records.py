"""The pure part of the records; expected values worked out by hand, the digests by ``sha256sum`` and ``openssl``."""

import hashlib
import hmac
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest

from dlicalc.services.problem import Refused
from dlicalc.services.records import (
    Cumulative,
    Entry,
    Event,
    EventKind,
    Head,
    Jump,
    Seal,
    Stamp,
    TermKind,
    Verification,
    canonical,
    cumulative,
    day_list,
    genesis,
    is_sealed,
    jump,
    kept_until,
    plain,
    seal,
    standing,
    terms_of,
)
from dlicalc.services.recovery_key import recovered_key, recovery_text

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)


def stamp(sequence=1, order="261118-A", kind="prepared", day="2026-11-18", **changed) -> Stamp:
    one = Stamp(sequence, order, kind, day, "2026-11-18T12:00:00+00:00", "", "dlicalc 0", "p", "c", "t", 0, "before")
    return one._replace(**changed)


def entry(order: str, details: dict | None, kind=EventKind.GIVEN) -> Entry:
    event = None if details is None else Event(kind, "A", "dlicalc 0", order=order, details=details)
    return Entry(stamp(order=order, kind=str(kind)), Seal("", ""), event)


def test_canonical_bytes_are_each_field_with_its_length():
    text = canonical(stamp(order="é", software="x"))
    # Written out by hand: é is two bytes of UTF-8.
    assert text == (
        b"dlicalc-entry/1\n1:1\n2:\xc3\xa9\n8:prepared\n10:2026-11-18\n25:2026-11-18T12:00:00+00:00\n0:\n1:x\n1:p\n"
        b"1:c\n1:t\n1:0\n6:before\n"
    )


def test_fields_that_run_into_each_other_are_told_apart():
    assert canonical(stamp(order="ab", kind="c")) != canonical(stamp(order="a", kind="bc"))


def test_seal_is_sha256_and_hmac_of_the_canonical_bytes():
    key = b"k" * 32
    expected = Seal(
        hashlib.sha256(canonical(stamp())).hexdigest(), hmac.new(key, canonical(stamp()), "sha256").hexdigest()
    )
    assert seal(stamp(), key) == expected
    assert is_sealed(stamp(), expected, key)


@pytest.mark.parametrize("name", Stamp._fields)
def test_no_field_can_be_changed_under_its_seal(name):
    key = b"k" * 32
    changed = stamp(**{name: 7 if name in ("sequence", "covers") else "other"})
    assert not is_sealed(changed, seal(stamp(), key), key)


def test_hash_made_anew_without_the_key_does_not_hold():
    forged = seal(stamp(order="other"), b"guessed")
    assert not is_sealed(stamp(order="other"), forged, b"k" * 32)


def test_first_entry_follows_the_name_of_its_store():
    # printf 'dlicalc records ab' | sha256sum
    assert genesis("ab") == hashlib.sha256(b"dlicalc records ab").hexdigest()
    assert genesis("ab") != genesis("ac")


@pytest.mark.parametrize(
    ("moved", "went_by", "expected"),
    [
        (timedelta(seconds=30), timedelta(seconds=30), Jump.NONE),
        (timedelta(seconds=-1), None, Jump.NONE),
        (timedelta(seconds=-3), None, Jump.BACK),
        (timedelta(days=3), None, Jump.NONE),
        (timedelta(days=-3650), timedelta(seconds=5), Jump.BACK),
        (timedelta(seconds=5), timedelta(seconds=65), Jump.BACK),
        (timedelta(days=3650), timedelta(seconds=5), Jump.FORWARD),
        (timedelta(seconds=100), timedelta(seconds=5), Jump.NONE),
    ],
)
def test_clock_jumps(moved, went_by, expected):
    assert jump(NOON, NOON + moved, went_by) is expected


def test_first_entry_has_no_clock_to_compare_with():
    assert jump(None, NOON, None) is Jump.NONE


def test_other_offset_of_the_same_moment_is_no_jump():
    same = NOON.astimezone(tz=timezone(timedelta(hours=8)))
    assert jump(NOON, same, timedelta(0)) is Jump.NONE


def test_terms_of_a_case():
    case = {"recipient": {"mrn": " 00-421 77"}, "products": [{"din": "=A999926000123"}, {"din": None}, None, {}]}
    assert terms_of(case) == ((TermKind.DIN, "A999926000123"), (TermKind.MRN, "0042177"))
    assert terms_of({"recipient": None, "products": None}) == ()
    assert terms_of({"recipient": {"mrn": " "}}) == ()
    assert terms_of(None) == ()


def test_terms_are_compared_without_spaces_and_case():
    assert plain(" =a99 99-x ") == "A9999X"


def test_standing_follows_the_events():
    kinds = ["prepared", "checked", "printed", "reprinted", "override"]
    found = standing(stamp(number, kind=kind, day="" if number else "2026-11-18") for number, kind in enumerate(kinds))
    assert found == ("261118-A", "2026-11-18", EventKind.REPRINTED, 2, True, False, False)
    assert standing([stamp(kind="prepared"), stamp(kind="given")]).given
    assert standing([stamp(kind="override")]).last is EventKind.OVERRIDE
    assert standing([stamp(kind="voided", day="")]).ended
    assert standing([stamp(kind="superseded")]).ended


def test_day_list_has_unchecked_first_and_ended_last():
    def one(order, *kinds):
        return standing([stamp(order=order, kind=kind) for kind in kinds])

    orders = [
        one("ended", "prepared", "voided"),
        one("given", "prepared", "checked", "given"),
        one("checked", "prepared", "checked"),
        one("new", "prepared"),
    ]
    assert [found.order for found in day_list(orders)] == ["new", "checked", "given", "ended"]


def test_cumulative_dose_is_exact_and_takes_the_later_record_of_an_order():
    given = [
        entry("a", {"mnc_per_kg": "1/3", "cd3_per_kg": "10"}),
        entry("b", {"mnc_per_kg": "100", "cd3_per_kg": "50"}),
        entry("b", {"mnc_per_kg": "2/3", "cd3_per_kg": "5"}),
        entry("c", {}),
        entry("d", None),
        entry("e", {"mnc_per_kg": "7"}),
    ]
    assert cumulative(given) == Cumulative(5, Fraction(1), Fraction(15), 3)
    assert cumulative([]) == Cumulative(0, Fraction(0), Fraction(0), 0)


def test_entry_head_and_verification_as_read():
    assert entry("a", {}).at == NOON
    assert Head(7, "0123456789abcdef" * 4).short == "7-0123456789abcdef"
    assert Verification(0, Head(0, ""), ()).intact


def test_recovery_key_of_zeros_is_written_in_zeros():
    text = recovery_text(bytes(32))
    groups = text.split("-")
    assert len(groups) == 14
    assert groups[:13] == ["0000"] * 13
    assert recovered_key(text) == bytes(32)


def test_recovery_key_reads_as_people_write():
    key = bytes(range(32))
    text = recovery_text(key)
    assert recovered_key(text.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == key
    # 255 in base 32 is 7·32 + 31: the last two of the 52 letters before the check.
    assert recovery_text(bytes(31) + b"\xff").replace("-", "")[:52] == "0" * 50 + "7Z"


def test_recovery_key_with_any_letter_mistyped_is_refused():
    text = recovery_text(bytes(range(32)))
    for place, letter in enumerate(text):
        if letter != "-":
            other = text[:place] + ("Z" if letter != "Z" else "Y") + text[place + 1 :]
            with pytest.raises(Refused) as refused:
                recovered_key(other)
            assert refused.value.problems[0].code == "records_recovery_check"


@pytest.mark.parametrize("text", ["", "0000", "U" * 56, "ü" * 56])
def test_what_is_no_recovery_key_is_refused(text):
    with pytest.raises(Refused) as refused:
        recovered_key(text)
    assert refused.value.problems[0].code == "records_recovery_form"


@pytest.mark.parametrize(
    ("today", "first"), [("2026-11-18", "1996-11-18"), ("2028-02-29", "1998-02-28"), ("2026-03-01", "1996-03-01")]
)
def test_first_day_that_is_kept(today, first):
    """By the calendar: 30 years before; where there was no 29 February, the day before, so that nothing goes early."""
    assert kept_until(date.fromisoformat(today), 30) == date.fromisoformat(first)
