"""Forms of entry: what is read, what is refused, and that unknown stays unknown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from dlicalc.domain.entered import parse_moment
from dlicalc.domain.plan import Decision, DoseRule, Infusion
from dlicalc.domain.quantity import Number
from dlicalc.domain.recipient import Donor, Recipient, Weight
from tests.domain.entries import refusals


def test_measured_keeps_the_text_and_gives_the_exact_amount() -> None:
    weight = Weight.model_validate({"value": "154.30", "unit": "[lb_av]"})
    assert weight.as_entered == "154.30 [lb_av]"
    assert weight.amount == Decimal("69.989302691")  # 154.3 x 0.45359237
    assert weight.exact == Fraction("69.989302691")


def test_entry_without_a_number_says_only_its_unit() -> None:
    assert Weight.model_validate({"unit": "kg"}).as_entered == " kg"


def test_number_already_read_is_refused_as_text() -> None:
    """A validated number is no input form; only text is."""
    assert refusals(Weight, {"value": Number("7", Decimal(7)), "unit": "kg"}) == [("value", "number_as_text")]


@pytest.mark.parametrize(
    ("value", "why"),
    [(70, "number_as_text"), (70.5, "number_as_text"), (True, "number_as_text"), ([], "number_as_text"),
     ("70kg", "number_form"), ("", "number_form"), ("1,5", "number_form")],
)  # fmt: skip
def test_number_is_text_in_the_accepted_form(value: Any, why: str) -> None:
    assert refusals(Weight, {"value": value, "unit": "kg"}) == [("value", why)]


@pytest.mark.parametrize(
    "weight", [None, {}, {"unit": "kg"}, {"value": None, "unit": "kg", "measured_on": "2026-01-01"}]
)
def test_missing_number_makes_the_entry_unknown(weight: Any) -> None:
    assert Recipient.model_validate({"weight": weight}).weight is None


def test_number_without_unit_is_refused() -> None:
    assert refusals(Recipient, {"weight": {"value": "70"}}) == [("weight", "unit_missing")]


def test_unknown_field_is_refused() -> None:
    assert refusals(Recipient, {"weigth": None}) == [("weigth", "extra_forbidden")]


@pytest.mark.parametrize("text", ["1900-01-01", "2199-12-31", "2024-02-29"])
def test_dates(text: str) -> None:
    assert Recipient.model_validate({"birth_date": text}).birth_date == date.fromisoformat(text)


def test_date_already_read() -> None:
    assert Recipient.model_validate({"birth_date": date(1984, 5, 2)}).birth_date == date(1984, 5, 2)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("1899-12-31", "date_form"), ("2200-01-01", "date_form"), ("2023-02-29", "date_form"),
        ("19840502", "date_form"), ("1984-5-2", "date_form"), ("1984-W18-3", "date_form"), ("", "date_form"),
        ("１９８４-05-02", "date_form"), ("1984-05-02T00:00+00:00", "date_form"), (19840502, "text_expected"),
        (datetime(1984, 5, 2, tzinfo=UTC), "text_expected"),
    ],
)  # fmt: skip
def test_other_dates_are_refused(value: Any, why: str) -> None:
    assert refusals(Recipient, {"birth_date": value}) == [("birth_date", why)]


@pytest.mark.parametrize("text", ["10/10", "9/10", "5/10", "0/6", "8/8", "12/12", "14/14"])
def test_hla_match(text: str) -> None:
    assert Donor.model_validate({"hla_match": text}).hla_match == text


@pytest.mark.parametrize(
    "text", ["", "9", "11/10", "9/9", "9/4", "9/16", "09/10", "9 / 10", "９/10", "9/10 ", "-1/10", "9/10/12"]
)
def test_other_hla_matches_are_refused(text: str) -> None:
    assert refusals(Donor, {"hla_match": text}) == [("hla_match", "hla_form")]
    assert refusals(Donor, {"hla_match": 9}) == [("hla_match", "text_expected")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-18T10:00+08:00", datetime(2026, 11, 18, 10, tzinfo=timezone(timedelta(hours=8)))),
        ("2026-11-18T10:00:30Z", datetime(2026, 11, 18, 10, 0, 30, tzinfo=UTC)),
        ("2026-11-18T10:00:30.5-03:30", datetime(2026, 11, 18, 13, 30, 30, 500000, tzinfo=UTC)),
    ],
)
def test_moments(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment
    assert Infusion.model_validate({"planned_start": text}).planned_start == moment


def test_moment_already_read() -> None:
    moment = datetime(2026, 11, 18, 10, tzinfo=UTC)
    assert Infusion.model_validate({"planned_start": moment}).planned_start == moment


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-11-18", "2026-11-18T10:00", "2026-11-18 10:00+08:00", "2026-11-18T10+08:00", "2026-11-18T10:00+8",
        "2026-11-18T25:00+08:00", "2026-11-31T10:00+08:00", "2026-11-18T10:00+99:00", "1899-12-31T10:00Z",
        "2200-01-01T00:00Z", "2026-11-18t10:00z", "2026-11-18T10:00:00.1234567Z",
    ],
)  # fmt: skip
def test_other_moments_are_refused(text: str) -> None:
    assert parse_moment(text) is None
    assert refusals(Infusion, {"planned_start": text}) == [("planned_start", "moment_form")]


def test_moment_must_be_text() -> None:
    assert refusals(Infusion, {"planned_start": 0}) == [("planned_start", "text_expected")]


def test_words_are_kept_as_typed() -> None:
    assert Recipient.model_validate({"name": " 张 伟  (Ö) "}).name == " 张 伟  (Ö) "
    assert Recipient.model_validate({"name": "x" * 500}).name == "x" * 500
    assert Recipient.model_validate({"name": "张\u3000伟\u00a0Ö"}).name == "张\u3000伟\u00a0Ö"


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("", "text_blank"), (" \u3000", "text_blank"), ("x" * 501, "text_long"), (5, "text_expected"),
        ("a\x00b", "text_unprintable"), ("a\nb", "text_unprintable"), ("a\x7fb", "text_unprintable"),
        ("\u200b", "text_blank"), ("\u2060 \u200b", "text_blank"),
        ("a\x85b", "text_unprintable"), ("a\u2028b", "text_unprintable"), ("a\ud800b", "text_unprintable"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_printed_are_refused(value: Any, why: str) -> None:
    assert refusals(Recipient, {"name": value}) == [("name", why)]


@pytest.mark.parametrize("nothing", [".", "-", "…", "\u200b"])
def test_who_decides_has_a_name_and_a_reason(nothing: str) -> None:
    assert refusals(Decision, {"code": "a", "by": nothing, "reason": "because"}) == [("by", "text_blank")]
    assert refusals(Decision, {"code": "a", "by": "张伟", "reason": nothing}) == [("reason", "text_blank")]
    assert refusals(DoseRule, {"rule": "mnc", "set_by": nothing, "reason": "x"}) == [("set_by", "text_blank")]
    assert Recipient.model_validate({"allergies": "-"}).allergies == "-"


def test_entries_cannot_be_changed() -> None:
    weight = Weight.model_validate({"value": "70", "unit": "kg"})
    with pytest.raises(ValueError, match="frozen"):
        weight.unit = "g"  # type: ignore[misc]
