"""Orders printed again out of a real store: the same where nothing has changed, the original where anything has.

What must stand on the paper is worked example E1: 70 kg, 35 mL, 75 % of the MNC and 100 % of the CD3 target.
"""

import re

import pytest

from dlicalc.app.main import run
from dlicalc.app.parts import Parts
from dlicalc.app.reprint import make_copy, record_copy
from dlicalc.exchange.read_back import read_pdf
from dlicalc.services.order_codes import read_flat_code
from dlicalc.services.order_state import State
from dlicalc.services.problem import Refused
from dlicalc.services.records import Event, EventKind
from dlicalc.storage.site_files import read_site
from tests.program import ROOT
from tests.recorded import OLD, case, day_of, opened, order_printed, prepared
from tests.report.orders import packed_text, pages
from tests.services.given_life import given_event


@pytest.fixture(scope="module")
def parts():
    return Parts()


@pytest.fixture
def store(tmp_path):
    records = opened(tmp_path / "d")
    yield records
    records.close()


def with_targets(parts: Parts, times: int) -> Parts:
    """Tomorrow's protocol: another CD3 target."""
    changed = Parts()
    targets = parts.protocol.targets
    cd3 = targets.cd3_per_kg.model_copy(update={"value": targets.cd3_per_kg.value * times})
    update = {"targets": targets.model_copy(update={"cd3_per_kg": cd3}), "digest": "sha256:" + "2" * 64}
    changed.protocol = parts.protocol.model_copy(update=update)
    return changed


def with_rate(ml_per_h: str) -> Parts:
    """Tomorrow's ward: another rate."""
    changed = Parts()
    shipped = (ROOT / "resources" / "site.toml").read_text("utf-8")
    changed.site = read_site(shipped.replace('ml_per_h = "100"', f'ml_per_h = "{ml_per_h}"').encode(), "site.toml")
    return changed


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
def test_nothing_has_changed(store, parts, language):
    number = order_printed(store, case(), parts, language)
    copy = make_copy(store, number, parts)
    assert copy.differences == ()
    first = pages(copy.pdf)[0]
    assert "35 mL" in first
    assert "2026-11-18 08:10 +08:00" in first, "the moment of the original"
    assert ("COPY 1" in first) or ("副本 1" in first)


def test_a_copy_of_the_same_may_be_in_another_language(store, parts):
    copy = make_copy(store, order_printed(store, case(), parts), parts, language="zh_CN", paper="Letter")
    assert "所有数值和判定均相同" in packed_text(copy.pdf)


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
def test_changed_protocol_prints_the_original_with_a_warning_on_page_1(store, parts, language):
    number = order_printed(store, case(), parts, language)
    copy = make_copy(store, number, with_targets(parts, 2))
    first = one_line(pages(copy.pdf)[0])
    assert "35 mL" in first
    # By hand: 10^8 MNC/kg × 70 kg / (150 × 10^6 MNC/mL) = 46.67 mL, rounded down to the tenth of the syringe.
    assert "35 → 46.6" in first
    assert ("WARNING: today's program does not compute" in first) or ("警告：当前程序" in packed_text(copy.pdf))
    (volume,) = (one for one in copy.differences if one.part == "dose.ordered_volume_ml")
    assert (volume.before, volume.after) == ("35", "46.6")
    codes = [code for code in read_pdf(copy.pdf, "order", lambda _codes: False).codes if code.startswith("DLI1")]
    flat = read_flat_code(codes[0])
    assert (flat.state, flat.copy, flat.millilitres, flat.number) == (State.COPY, 1, "35", number)


def test_original_in_another_language_is_refused_with_what_differs(store, parts):
    number = order_printed(store, case(), parts)
    with pytest.raises(Refused) as refused:
        make_copy(store, number, with_targets(parts, 2), language="zh_CN")
    problems = refused.value.problems
    assert problems[0].code == "reprint_language"
    assert ("Volume to give, mL", {"before": "35", "after": "46.6"}) in [(one.path, one.params) for one in problems]


def test_words_that_were_not_kept(store, parts):
    number = order_printed(store, case(), parts, keep=False)
    assert "were not kept" in one_line(pages(make_copy(store, number, parts).pdf)[0])
    with pytest.raises(Refused, match="reprint_differs"):
        make_copy(store, number, with_targets(parts, 2))


def test_another_rate_of_the_ward_is_a_difference_too(store, parts):
    number = order_printed(store, case(), parts)
    copy = make_copy(store, number, with_rate("60"))
    assert {one.part for one in copy.differences} == {"giving"}
    first = one_line(pages(copy.pdf)[0])
    assert "100 mL/h" in first
    assert "60 mL/h" in first, "as what would stand there today"


@pytest.mark.parametrize(("kind", "mark"), [(EventKind.SUPERSEDED, "SUPERSEDED"), (EventKind.VOIDED, "VOID")])
@pytest.mark.parametrize("times", [1, 2])
def test_order_that_has_ended_is_no_copy_to_act_on(store, parts, kind, mark, times):
    number = order_printed(store, case(), parts)
    store.append(Event(kind, "Li Wei", OLD, order=number, day=day_of(case()), why="weighed again"))
    copy = make_copy(store, number, with_targets(parts, times))
    first = pages(copy.pdf)[0]
    assert mark in first
    assert "COPY" not in first
    assert "Prescriber" not in first, "nobody signs it"
    assert record_copy(store, copy, "Li Wei").stamp.kind == "reprinted"


def test_given_is_said(store, parts):
    number = order_printed(store, case(), parts)
    store.append(Event(EventKind.GIVEN, "Li Wei", OLD, order=number, day=day_of(case())))
    assert "not to be given again" in one_line(pages(make_copy(store, number, parts).pdf)[0])


def test_copies_are_counted_and_none_goes_out_twice(store, parts):
    number = order_printed(store, case(), parts)
    copy, same = make_copy(store, number, parts), make_copy(store, number, parts)
    entry = record_copy(store, copy, "Li Wei")
    assert (entry.event.details["copy"], entry.event.who, entry.stamp.day) == (1, "Li Wei", "2026-11-18")
    with pytest.raises(Refused, match="reprint_overtaken"):
        record_copy(store, same, "Li Wei")
    assert "COPY 2" in pages(make_copy(store, number, parts).pdf)[0]


def test_command(store, parts, tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "d"))
    number, never = order_printed(store, case(), parts), prepared(store, case("7"), parts)
    out = tmp_path / "copy.pdf"
    assert run(["records", "reprint", number.lower(), "-o", str(out), "--who", "Li Wei"]) == 0
    assert "COPY 1" in capfd.readouterr().err
    assert "COPY 1" in pages(out.read_bytes())[0]
    assert store.entries(number)[-1].stamp.kind == "reprinted"
    for arguments in ([number, "--who", "?"], [never, "--who", "Li Wei"], ["261118-NONE", "--who", "Li Wei"]):
        assert run(["records", "reprint", *arguments, "-o", str(tmp_path / "no.pdf")]) == 2
    assert not (tmp_path / "no.pdf").exists()


def test_a_copy_says_what_the_records_said_when_the_original_went_out(store, parts):
    store.append(given_event("A", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    number = order_printed(store, case(), parts)
    store.append(given_event("B", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    text = one_line("\n".join(pages(make_copy(store, number, parts).pdf)))
    assert "Infusions given before: 1 (" in text


def test_a_copy_that_cannot_be_written_is_not_counted(store, parts, tmp_path, monkeypatch):
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "d"))
    number = order_printed(store, case(), parts)
    before = len(store.entries(number))
    assert run(["records", "reprint", number, "-o", str(tmp_path / "nowhere" / "c.pdf"), "--who", "Li Wei"]) == 2
    assert len(store.entries(number)) == before


def test_nothing_goes_out_that_cannot_be_recorded(store, parts, tmp_path, monkeypatch):
    """The record comes before the file: a store that refuses leaves no paper."""
    monkeypatch.setenv("DLICALC_DATA_FOLDER", str(tmp_path / "d"))
    number = order_printed(store, case(), parts)
    connection = store._connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        assert run(["records", "reprint", number, "-o", str(tmp_path / "no.pdf"), "--who", "Li Wei"]) == 2
    finally:
        connection.execute("ROLLBACK")
    assert not (tmp_path / "no.pdf").exists()
