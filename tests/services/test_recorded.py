"""What was given before: sums by hand, what has no figures named, what was corrected counted once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from dlicalc.services.open_case import evaluate_document
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recorded import NOTHING_LOOKED_UP, Recorded, look_up
from dlicalc.services.recorded_words import (
    Weight,
    banner_text,
    before_line,
    contradictions,
    on_paper,
    stock_line,
)
from dlicalc.services.records import Entry, Unavailable
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.storage.records.store import SqliteRecords
from tests.cases import AS_OF, changed, full_case
from tests.program import moment, parts, shipped_protocol
from tests.report.orders import sheet
from tests.services.given_life import given_event, records_in

MRN, DIN = "0042177", "A999926000123"
M = 10**6
EN = Words()


@pytest.fixture
def records(tmp_path: Path) -> SqliteRecords:
    return records_in(tmp_path)


def twice(records: SqliteRecords) -> None:
    records.append(given_event("261001-A", mnc_per_kg="50000000", cd3_per_kg="10000000/3"))
    records.append(given_event("261020-B", mnc_per_kg="10000000", cd3_per_kg="1000000", day="2026-10-20"))
    records.append(given_event("261001-A", mnc_per_kg="30000000", cd3_per_kg="20000000/3"))


def looked_up(records: SqliteRecords) -> Recorded:
    return Recorded({MRN: records.given_to(MRN)}, {DIN: records.given_from(DIN)})


def snapshot(recorded: Recorded | None, document: dict | None = None) -> Snapshot:
    shot = evaluate_document(document or full_case(), shipped_protocol(), moment(AS_OF))
    return shot._replace(recorded=recorded)


def test_sum_counts_a_corrected_infusion_once(records: SqliteRecords) -> None:
    twice(records)
    before = looked_up(records).before("00 42177", "")
    assert before is not None
    assert [(one.order, one.day) for one in before.infusions] == [
        ("261001-A", "2026-10-01"),
        ("261020-B", "2026-10-20"),
    ]
    assert (before.total.mnc_per_kg, before.total.cd3_per_kg) == (40 * M, Fraction(23 * M, 3))
    assert (before.total.infusions, before.unknown, before.any_known) == (2, (), True)


def test_the_order_itself_is_not_before_itself(records: SqliteRecords) -> None:
    twice(records)
    before = looked_up(records).before(MRN, "261020-B")
    assert before is not None
    assert [one.order for one in before.infusions] == ["261001-A"]


def test_as_it_was_when_an_entry_was_the_newest(records: SqliteRecords) -> None:
    twice(records)
    before = looked_up(records).until(2).before(MRN, "")
    assert before is not None
    assert before.total.mnc_per_kg == 60 * M


def test_of_whom_nobody_asked_nothing_is_known(records: SqliteRecords) -> None:
    twice(records)
    assert looked_up(records).before("0042178", "") is None
    assert NOTHING_LOOKED_UP.before(None, "") is None
    assert NOTHING_LOOKED_UP.doubts(snapshot(None).case, "") == ()


def test_line_of_the_dose_page(records: SqliteRecords) -> None:
    """E1 adds 75 and 30 to 40 and 23/3 million: 115 and 113/3."""
    twice(records)
    line = before_line(snapshot(looked_up(records)), EN)
    assert line is not None
    assert line.weight is Weight.NOTE
    assert line.text == (
        "Infusions given before: 2 (2026-10-01, 2026-10-20). In total so far: MNC 40 × 10⁶/kg, CD3⁺ ≈ 7.6667 × 10⁶/kg. "
        "With this order: MNC 115 × 10⁶/kg, CD3⁺ ≈ 37.667 × 10⁶/kg."
    )
    assert banner_text(snapshot(looked_up(records)), EN) == "2 × · CD3⁺ ≈ 7.6667 × 10⁶/kg"


def test_infusions_without_figures_are_named_and_make_it_at_least(records: SqliteRecords) -> None:
    records.append(given_event("261001-A", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    records.append(given_event("261020-B", day="2026-10-20"))
    line = before_line(snapshot(looked_up(records)), EN)
    assert line is not None
    assert line.text == (
        "Infusions given before: 2 (2026-10-01, 2026-10-20). "
        "In total so far at least: MNC 50 × 10⁶/kg, CD3⁺ 20 × 10⁶/kg. "
        "With this order at least: MNC 125 × 10⁶/kg, CD3⁺ 50 × 10⁶/kg. "
        "In no total, because no figures were recorded: 2026-10-20 (261020-B)."
    )
    assert banner_text(snapshot(looked_up(records)), EN) == "2 × · CD3⁺ at least 20 × 10⁶/kg"


def test_nothing_but_infusions_without_figures(records: SqliteRecords) -> None:
    records.append(given_event("261020-B", day="2026-10-20"))
    shot = snapshot(looked_up(records))
    line = before_line(shot, EN)
    assert line is not None
    assert line.text == (
        "Infusions given before: 1 (2026-10-20). In no total, because no figures were recorded: 2026-10-20 (261020-B)."
    )
    assert banner_text(shot, EN) == "1 × · no figures"


def test_a_content_that_retention_removed_is_without_figures(records: SqliteRecords) -> None:
    records.append(given_event("261001-A", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    [entry] = records.given_to(MRN)
    before = Recorded({MRN: (entry._replace(event=None),)}).before(MRN, "")
    assert before is not None
    assert [one.order for one in before.unknown] == ["261001-A"]
    assert Recorded({}, {DIN: (entry._replace(event=None),)}).doubts(snapshot(None).case, "") == ()


def test_without_a_dose_there_is_no_sum_with_this_order(records: SqliteRecords) -> None:
    twice(records)
    line = before_line(snapshot(looked_up(records), changed(full_case(), recipient__weight=None)), EN)
    assert line is not None
    assert "With this order" not in line.text


def test_nothing_before_and_not_known_are_told_apart() -> None:
    nothing = before_line(snapshot(Recorded({MRN: ()})), EN)
    assert nothing is not None
    assert nothing.weight is Weight.QUIET
    assert nothing.text == "No earlier infusion is recorded here under this MRN."
    unknown = before_line(snapshot(Recorded(problem=Problem("records", "records_absent"))), EN)
    assert unknown is not None
    assert unknown.weight is Weight.REVIEW
    assert unknown.text.startswith("What this recipient was given before is not known: there are no records yet")
    assert before_line(snapshot(None), EN) is None
    assert before_line(snapshot(NOTHING_LOOKED_UP), EN) is None
    assert before_line(snapshot(NOTHING_LOOKED_UP, changed(full_case(), recipient__mrn=None)), EN) is None
    assert banner_text(snapshot(None), EN) is None
    assert banner_text(snapshot(Recorded({MRN: ()})), EN) is None


def stock(records: SqliteRecords, volume: str | None) -> tuple[Weight, str, str, str]:
    line = stock_line(
        snapshot(
            looked_up(records), changed(full_case(), products__0__volume=volume and {"value": volume, "unit": "mL"})
        ),
        0,
        EN,
    )
    assert line is not None
    return (line.line.weight, line.line.text, line.offer, line.act)


def test_what_is_left_is_offered_while_no_volume_is_entered(records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="12.5", remainder="returned", remainder_text="shelf 3"))
    told = "12.5 mL left after 2026-10-01 (order A): returned to the laboratory. shelf 3"
    assert stock(records, None) == (Weight.NOTE, told, "12.5", "Enter 12.5 mL")
    assert stock(records, "12.5") == (Weight.NOTE, told, "", "")


def test_more_than_is_left_is_contradicted(records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="12.5", remainder="refrozen"))
    weight, text, offer, _ = stock(records, "12.6")
    assert (weight, offer) == (Weight.REVIEW, "")
    assert text == (
        "More is entered than was left: 12.5 mL after 2026-10-01 (order A), frozen again. "
        "Counts from before it was frozen again do not hold any more."
    )
    found = contradictions(looked_up(records), snapshot(None).case, "", EN)
    assert found == (f"Bag 1: {text}",)
    assert contradictions(looked_up(records), snapshot(None).case, "A", EN) == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"left_ml": "0", "remainder": "discarded"},
            "By the records nothing is left of this bag: discarded, 2026-10-01 (order A).",
        ),
        (
            {"left_ml": "0", "remainder": None},
            "By the records nothing is left of this bag: all was given, 2026-10-01 (order A).",
        ),
        ({"left_ml": None}, "Cells of this bag were given 2026-10-01 (order A); what is left was not recorded."),
    ],
)
def test_a_bag_that_is_gone_or_unknown_is_marked(records: SqliteRecords, said: dict, told: str) -> None:
    records.append(given_event("A", **said))
    assert stock(records, None) == (Weight.REVIEW, told, "", "")


def test_bags_the_records_do_not_know_say_nothing(records: SqliteRecords) -> None:
    assert stock_line(snapshot(None), 0, EN) is None
    assert stock_line(snapshot(looked_up(records)), 0, EN) is None
    local = changed(full_case(), products__0__din=None, products__0__local_id="L-1")
    assert stock_line(snapshot(looked_up(records), local), 0, EN) is None


def test_the_paper_says_what_the_records_know(records: SqliteRecords) -> None:
    """150 mL are entered, of which 160 were left."""
    records.append(given_event("A", left_ml="160", remainder="stored", mnc_per_kg="50000000", cd3_per_kg="20000000"))
    shot = snapshot(looked_up(records))
    said = on_paper(looked_up(records), shot.case, shot.evaluation.dose, "", EN)
    assert said.section is not None
    assert [(field.label, field.value.splitlines()[0]) for field in said.section.fields] == [
        ("Given before", "Infusions given before: 1 (2026-10-01)."),
        ("Bag 1, A9999 26 000123", "160 mL left after 2026-10-01 (order A): kept for a later infusion."),
    ]
    assert said.checks == ()
    nothing = on_paper(Recorded({MRN: ()}), shot.case, shot.evaluation.dose, "", EN)
    assert (nothing.section, nothing.checks) == (None, ())
    unknown = on_paper(
        Recorded(problem=Problem("records", "records_passphrase")), shot.case, shot.evaluation.dose, "", EN
    )
    assert unknown.section is not None
    assert unknown.section.fields[0].value.startswith("What this recipient was given before is not known: ")


def test_sentences_of_both_languages_do_not_mix(records: SqliteRecords) -> None:
    records.append(given_event("A", left_ml="6", remainder="discarded", cd3_per_kg="1", mnc_per_kg="1"))
    shot, both = snapshot(looked_up(records)), parts().words("both")
    said = on_paper(looked_up(records), shot.case, shot.evaluation.dose, "", both)
    english, chinese = said.checks[0].splitlines()
    assert english.endswith("discarded, 2026-10-01 (order A).")
    assert "已丢弃" in chinese


def test_order_says_contradictions_before_its_other_checks() -> None:
    from dlicalc.services.sheet import Field, Fields, OnPaper, Table

    section = Fields("From the records", (Field("Given before", "once"),))
    order = sheet(full_case(), recorded=OnPaper(section, ("Bag 1: nothing left",)))
    assert order.checks is not None
    assert order.checks.items[0] == "Bag 1: nothing left"
    assert section in order.sections
    findings = next(part for part in order.sections if isinstance(part, Table) and part.heading == "Findings")
    assert ("review", "Bag 1: nothing left", "—") in findings.rows
    assert section not in sheet(full_case()).sections


class Broken:
    """Records that cannot be read."""

    def given_to(self, _mrn: str) -> tuple[Entry, ...]:
        raise Refused(Problem("records", "records_corrupt", {"text": "SQLITE_CORRUPT"}))


def test_what_is_looked_up_is_that_of_recipient_and_bags(records: SqliteRecords) -> None:
    twice(records)
    case = snapshot(None).case
    assert look_up(records, case) == looked_up(records)
    nameless = snapshot(None, changed(full_case(), recipient__mrn=None, products__0__din=None)).case
    assert look_up(records, nameless) == Recorded()
    assert look_up(Unavailable("records_program"), case).problem == Problem("records", "records_program", {})
    broken = look_up(Broken(), case)  # type: ignore[arg-type]
    assert broken.problem is not None
    assert broken.problem.code == "records_corrupt"
    assert broken.before(MRN, "") is None
