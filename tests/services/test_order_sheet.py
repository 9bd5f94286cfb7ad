"""Words and numbers of the order; expected figures are those of the worked examples, never the program's."""

from __future__ import annotations

from datetime import datetime

import pytest

from dlicalc.domain.recipient import Recipient
from dlicalc.services.order_text import bag_number, day_text, moment_text, short_digest
from dlicalc.services.sheet import OR_LINE, BagLine, Fields, Sheet, Table
from dlicalc.services.wording.bilingual import joined
from tests.cases import changed, full_case, preemptive_case
from tests.program import case_from
from tests.report.orders import BOTH, CHECKED, CHINESE, DRAFT, ENGLISH, decided, sheet, talkative_case, three_bags
from tests.worked_doses import CASES, WORKED


def bag_lines(order: Sheet) -> tuple[BagLine, ...]:
    """The bags of an order that has any."""
    assert order.bags is not None
    return order.bags.lines


@pytest.mark.parametrize("name", ["E1", "E2", "E3", "E4", "E5", "E6", "E8", "E9", "E10", "E11", "E13", "E14", "E15"])
def test_volume_is_that_of_the_worked_example(name: str) -> None:
    assert sheet(CASES[name]).volume.amount == f"{WORKED[name]['V_printed_mL']} mL"


def test_one_bag() -> None:
    order = sheet(CASES["E1"])
    assert order.volume.explained == "from 1 bag"
    assert [line.amount for line in bag_lines(order)] == ["35 mL"]


def test_two_bags() -> None:
    order = sheet(CASES["E7"])
    assert (order.volume.amount, order.volume.explained) == ("49.4 mL", "total of 2 bags: 35 mL + 14.4 mL")
    assert [line.amount for line in bag_lines(order)] == ["35 mL", "14.4 mL"]


def test_bag_that_is_not_needed_is_not_given() -> None:
    line = bag_lines(sheet(three_bags() | {"products": [*three_bags()["products"], CASES["E1"]["products"][0]]}))[-1]
    assert (line.amount, line.used, line.barcode) == ("none: do not give this bag", False, "")


def test_doses_against_targets() -> None:
    assert sheet(CASES["E1"]).doses.rows == (
        ("MNC cells", "100 × 10⁶/kg", "75 × 10⁶/kg", "75 %"),
        ("CD3⁺ T cells", "30 × 10⁶/kg", "30 × 10⁶/kg", "100 %"),
    )


def test_shortened_doses_are_marked() -> None:
    """E2: 99.84 and 29.952 million per kg exactly; E4: 47.5558823529… and 29.9808823529… million."""
    exact, shortened = sheet(CASES["E2"]).doses.rows, sheet(CASES["E4"]).doses.rows
    assert [row[2] for row in exact] == ["99.84 × 10⁶/kg", "29.952 × 10⁶/kg"]
    assert [row[2] for row in shortened] == ["≈ 47.556 × 10⁶/kg", "≈ 29.981 × 10⁶/kg"]


def test_doses_in_words() -> None:
    notes = sheet(CASES["E1"]).volume.notes
    assert notes[0] == "Targets: 1 × 10⁸ MNC/kg (100 million), 3 × 10⁷ CD3⁺/kg (30 million)"
    assert notes[1] == "Given: 75 million MNC and 30 million CD3⁺ cells per kg."
    assert notes[2] == "The CD3⁺ target sets the volume."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("E2", "Both targets set the same volume."),
        ("E3", "The MNC target sets the volume."),
        ("E6", "all of it is ordered"),
    ],
)
def test_what_limits(name: str, words: str) -> None:
    assert words in sheet(CASES[name]).volume.notes[2]


def test_no_dose_no_volume() -> None:
    order = sheet(changed(full_case(), recipient__weight=None))
    assert order.volume.amount == "—"
    assert order.volume.notes[0].startswith("Targets: ")
    assert "weight is missing" in order.volume.notes[1]
    assert [row[2:] for row in order.doses.rows] == [("—", "—"), ("—", "—")]
    assert not bag_lines(order)[0].used


def test_blocked_order_is_refused_unless_a_draft() -> None:
    blocked = changed(full_case(), organs__dialysis="yes")
    with pytest.raises(ValueError, match="draft"):
        sheet(blocked, order=CHECKED)
    draft = sheet(blocked, order=DRAFT)
    assert draft.stops is not None
    assert draft.stops.items == ("Criterion against the infusion: regular dialysis.",)
    assert (draft.status, draft.watermark, draft.signatures.roles) == ("DRAFT", "DRAFT", ())
    assert draft.volume.label == "Volume computed, NOT RELEASED"


def test_released_order() -> None:
    order = sheet(full_case())
    assert (order.status, order.watermark, order.stops, order.deviations) == ("CHECKED", "", None, None)
    assert len(order.signatures.roles) == 5


def test_deviation_names_who_and_why() -> None:
    order = sheet(decided(changed(full_case(), organs__dialysis="yes"), "renal.dialysis"))
    assert order.deviations is not None
    assert order.deviations.heading == "PROTOCOL DEVIATION"
    assert order.deviations.items == (
        "Criterion against the infusion: regular dialysis.\n"
        "decided by Dr Zhang, 2026-11-18 07:30 +08:00: single session only",
    )


def test_free_text_is_never_taken_for_a_unit() -> None:
    """A reason such as “see d” must not become “see days”."""
    case = decided(changed(full_case(), organs__dialysis="yes"), "renal.dialysis", by="Li h", reason="see d")
    deviations = sheet(case).deviations
    assert deviations is not None
    assert deviations.items[0].endswith("decided by Li h, 2026-11-18 07:30 +08:00: see d")


def test_finding_about_a_bag_says_which() -> None:
    case = changed(three_bags(), products__1__abo_rhd=None)
    checks = sheet(case).checks
    assert checks is not None
    assert any(item.startswith("Bag 2: The blood group of the bag is not given") for item in checks.items)


def test_what_can_harm_by_itself_comes_first() -> None:
    case = changed(full_case(), recipient__abo_rhd="A Neg", products__0__din_check=None)
    checks = sheet(case).checks
    assert checks is not None
    assert checks.items[0].startswith("Bag 1: The bag is RhD positive")


def test_more_reviews_than_page_1_tells() -> None:
    case = changed(full_case(), **{f"labs__{name}__collected_on": "2026-11-01" for name in ("alt", "ast", "bilirubin")})
    case = changed(case, recipient__weight__measured_on=None, recipient__abo_rhd=None, products__0__abo_rhd=None)
    order = sheet(case)
    assert order.checks is not None
    assert order.checks.items[-1] == "and 1 more in the list of findings"
    assert order.checks_elsewhere == "6 findings to look at before signing: see “Findings”"


def test_pre_freeze_count_in_words() -> None:
    case = changed(full_case(), products__0__state="cryopreserved", products__0__counts__counted="pre-freeze")
    case["products"][0]["counts"]["viability"]["measured"] = "pre-freeze"
    line = bag_lines(sheet(case))[0]
    assert "pre-freeze" in line.details[1]
    assert line.warnings == ("Pre-freeze count without correction: the living cells given will be fewer.",)


def test_donation_number_in_groups_with_its_check_character() -> None:
    line = bag_lines(sheet(full_case()))[0]
    assert (line.number, line.check, line.barcode) == ("A9999 26 000123", "P", "A999926000123")


def test_doubtful_donation_number_is_not_for_the_scanner() -> None:
    line = bag_lines(sheet(changed(full_case(), products__0__din_check="A")))[0]
    assert (line.number, line.barcode) == ("A999926000123", "")


def test_local_number() -> None:
    product = case_from(changed(full_case(), products__0__din=None, products__0__local_id="B 7")).products[0]
    assert bag_number(product, ENGLISH) == "B 7"


def test_recipient() -> None:
    recipient = sheet(full_case()).recipient
    assert recipient.name == "Example Recipient"
    assert [field.value for field in recipient.identifiers] == ["0042177", "1984-05-02", "female"]
    assert [field.value for field in recipient.details] == [
        *("70 kg (2026-11-17)", "prophylactic", "+48", "S-017", "A Pos"),
    ]


def test_unknown_recipient() -> None:
    order = sheet(changed(full_case(), recipient=Recipient().model_dump()))
    assert order.recipient.name == "not given"
    assert [field.value for field in order.recipient.identifiers] == ["not given", "not given", "unknown"]


def section(order: object, heading: str) -> Table:
    """The section with this heading."""
    return next(part for part in order.sections if part.heading == heading)  # type: ignore[attr-defined]


def test_all_criteria_with_value_limit_and_date() -> None:
    criteria = section(sheet(full_case()), "Criteria of the trial")
    assert len(criteria.rows) == 23
    assert criteria.rows[1] == (
        *("ALT, multiple of its upper limit", "35 U/L (ULN 40)", "2026-11-17", "0.875 × ULN"),
        *("> 3 × ULN", "not excluded"),
    )


def test_both_ckd_epi_years() -> None:
    rows = section(sheet(full_case()), "Renal function").rows
    assert [row[::2] for row in rows[:2]] == [
        ("CKD-EPI 2021, creatinine", "decides the criterion"),
        ("CKD-EPI 2009, creatinine", "for comparison"),
    ]


def test_every_step_of_the_arithmetic() -> None:
    steps = section(sheet(CASES["E1"]), "The arithmetic, step by step").rows
    assert [result for text, result in steps if text.startswith("CD3⁺ needed")] == ["2,100 × 10⁶"]
    assert steps[-3][1] == "35 mL"


def test_chemotherapy_in_the_preemptive_arm() -> None:
    fields = section(sheet(preemptive_case()), "Schedule").fields  # type: ignore[attr-defined]
    assert ("Last dose to start (protocol)", "60 h (48 – 72 h)") in fields


def test_both_languages_in_whole_sentences() -> None:
    order = sheet(full_case(), BOTH)
    english, chinese_half = order.volume.notes[1].split("\n")
    assert english == "Given: 75 million MNC and 30 million CD3⁺ cells per kg."
    assert "75" in chinese_half
    assert "million" not in chinese_half


def test_what_is_the_same_in_both_languages_stands_once() -> None:
    order = sheet(full_case(), BOTH)
    assert order.volume.amount == "35 mL"
    assert bag_lines(order)[0].number == "A9999 26 000123"


def test_joining() -> None:
    assert joined("Weight", "体重") == f"Weight{OR_LINE}体重"
    assert joined("AML", "AML") == "AML"
    assert (
        joined("A draft is not signed, whoever asks.", "草稿不签名。")
        == "A draft is not signed, whoever asks.\n草稿不签名。"
    )


def test_chinese_alone() -> None:
    order = sheet(full_case(), CHINESE)
    assert order.language == "zh-CN"
    assert "Volume" not in order.volume.label


def test_digests_short_in_the_footer_and_whole_at_the_end() -> None:
    order = sheet(full_case())
    assert any("0123456789ab" in text and "0123456789abc" not in text for text in order.footer)
    values = [field.value for field in order.sections[-1].fields]  # type: ignore[union-attr]
    assert "sha256:" + "0123456789abcdef" * 4 in values


def test_moments_keep_their_offset_and_their_seconds() -> None:
    assert moment_text(datetime.fromisoformat("2026-11-19T14:00+08:00")) == "2026-11-19 14:00 +08:00"
    assert moment_text(datetime.fromisoformat("2026-11-19T14:00:30Z")) == "2026-11-19 14:00:30 +00:00"


def test_days() -> None:
    assert [day_text(day) for day in (48, 0, -3, None)] == ["+48", "+0", "−3", "—"]


def test_short_digest() -> None:
    assert short_digest("sha256:0123456789abcdef") == "0123456789ab"


def test_same_case_same_sheet() -> None:
    assert sheet(talkative_case()) == sheet(talkative_case())


def test_first_expiry_is_that_of_the_bags_to_be_given() -> None:
    """Two bags that are given, of which the second expires first; one without an expiry leaves it open."""

    def finish_before(**changes: object) -> str:
        order = sheet(changed(CASES["E7"], **changes), order=DRAFT)
        (field,) = (
            field
            for section in order.sections
            if isinstance(section, Fields)
            for field in section.fields
            if field.label == "Finish before (first expiry)"
        )
        return field.value

    first, second = "2026-11-19T14:00+08:00", "2026-11-19T09:30+08:00"
    both = {"products__0__expires_at": first, "products__1__expires_at": second}
    assert finish_before(**both) == "2026-11-19 09:30 +08:00"
    assert finish_before(**both | {"products__0__expires_at": None}) == "—"
    assert finish_before(**both | {"recipient__weight": None}) == "—"


def test_vital_signs_are_written_in_before_and_at_15_minutes_and_at_the_end() -> None:
    """Domain notes 3.1: vital signs, observation schedule; the cells beside are empty."""
    (grid,) = (part for part in sheet(full_case()).sections if isinstance(part, Table) and part.by_hand)
    assert [row[0] for row in grid.rows] == ["before", "15 min", "", "", "at the end"]
    assert not any(cell for row in grid.rows for cell in row[1:])
    assert {"Temp. °C", "Pulse", "BP, mmHg", "SpO₂ %"} <= set(grid.columns)
