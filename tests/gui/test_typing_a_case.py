"""Typing a case: worked examples by the keyboard, one key at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QRadioButton

from dlicalc.gui.date_edit import MomentEdit, local_offset
from dlicalc.gui.entry_edit import Reading
from dlicalc.gui.main_window import MainWindow
from tests.cases import full_case
from tests.gui.conftest import named, row
from tests.gui.keyboard import answer, choose, focus, type_dose, type_moment, type_text

Volume = Callable[[], str]


def read(label: QLabel) -> str:
    return label.text().replace("\N{NO-BREAK SPACE}", " ")


def test_worked_example_e1(window: MainWindow, volume: Volume) -> None:
    type_dose(window, weight="70", wbc="200", mnc="75", cd3="30", volume="150")
    assert volume() == "35 mL"
    assert [read(label) for label in window.panel.bags.lines[0]] == ["Bag 1", "— · 115 mL stay", "35 mL"]
    name, figure, percent, bar = window.panel.cells.lines["mnc"]
    assert (read(name), read(figure), read(percent)) == ("MNC", "75 × 10⁶ of 100 × 10⁶ per kg", "75 %")
    assert bar.accessibleName() == "MNC given: 75 % of the target"
    assert window.panel.cells.lines["cd3"][2].text() == "100 %"
    assert "Limited by: CD3⁺" in window.panel.head.detail.text()


def test_worked_example_e2_meets_both_targets(window: MainWindow, volume: Volume) -> None:
    type_dose(window, weight="60", wbc="180", mnc="80", cd3="24", volume="120")
    assert volume() == "41.6 mL"
    assert "Limited by: both targets" in window.panel.head.detail.text()


def test_the_volume_follows_every_key(window: MainWindow, volume: Volume) -> None:
    type_dose(window, weight="7", wbc="200", mnc="75", cd3="30", volume="150")
    assert volume() == "3.5 mL"
    weight = focus(window, "Weight", QLineEdit)
    QTest.keyClick(weight, Qt.Key.Key_End)
    QTest.keyClick(weight, "0")
    assert volume() == "35 mL"
    QTest.keyClick(weight, ".")
    assert volume() == "35 mL"
    QTest.keyClick(weight, "4")
    assert volume() == "35.2 mL"


def test_a_comma_with_two_meanings_takes_the_volume_away_and_is_explained_where_it_stands(
    window: MainWindow, volume: Volume
) -> None:
    type_dose(window, weight="70", wbc="200", mnc="75", cd3="30", volume="150")
    type_text(window, "Weight", "7,000")
    weight = named(window, "Weight", QLineEdit)
    assert volume() == "—"
    assert weight.text() == "7,000"
    assert weight.reading is Reading.MALFORMED
    assert "comma in “7,000” can be read in two ways" in row(window, "recipient.weight").problem_text()
    assert "comma" in weight.accessibleDescription()
    assert "Cannot be read: Weight" in window.panel.head.detail.text()
    assert window.banner.text("weight") == "unreadable"


@pytest.mark.parametrize("typed", ["\u0667\u0660", "1e2", "-70", " 70", "70kg", "1_000", "7O", "70..5", "<70"])
def test_what_is_no_number_stays_as_typed_and_gives_no_volume(window: MainWindow, volume: Volume, typed: str) -> None:
    type_dose(window, weight="70", wbc="200", mnc="75", cd3="30", volume="150")
    weight = focus(window, "Weight", QLineEdit)
    weight.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(typed)
    QApplication.sendEvent(weight, event)
    assert weight.text() == typed
    assert volume() == "—"
    assert row(window, "recipient.weight").problem_text()


def test_empty_malformed_and_read_are_three_states(window: MainWindow) -> None:
    weight = named(window, "Weight", QLineEdit)
    assert weight.reading is Reading.EMPTY
    type_text(window, "Weight", "7x")
    assert weight.reading is Reading.MALFORMED
    type_text(window, "Weight", "70")
    assert weight.reading is Reading.VALID


def test_no_unit_is_assumed(window: MainWindow, volume: Volume) -> None:
    type_dose(window, weight="70", wbc="200", mnc="75", cd3="30", volume="150")
    choose(window, "Weight, unit", "unit?")
    assert volume() == "—"
    named(window, "Name", QLineEdit).setFocus()
    assert row(window, "recipient.weight").problem_text() == "Choose the unit of this number."


def test_a_date_is_explained_only_when_the_keyboard_leaves_it(window: MainWindow) -> None:
    type_text(window, "Birth date", "1984-05")
    line = row(window, "recipient.birth_date")
    assert line.problem_text() == ""
    QTest.keyClick(named(window, "Birth date", QLineEdit), Qt.Key.Key_Return)
    assert "is not a date" in line.problem_text()


def test_enter_goes_from_entry_to_entry(window: MainWindow) -> None:
    here = focus(window, "Name", QLineEdit)
    for name in ("Medical record number", "Trial subject number", "Birth date"):
        QTest.keyClick(here, Qt.Key.Key_Return)
        here = QApplication.focusWidget()
        assert here.accessibleName() == name
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.view_model.dirty is False


def test_a_whole_case_typed_is_the_case_in_the_file(window: MainWindow, volume: Volume) -> None:
    type_dose(window, weight="70", wbc="200", mnc="75", cd3="30", volume="150")
    for name, text in (
        ("Name", "Example Recipient"),
        ("Medical record number", "0042177"),
        ("Trial subject number", "S-017"),
        ("Birth date", "1984-05-02"),
        ("Weight, weighed on", "2026-11-17"),
        ("Height", "165"),
        ("Allergies", "none known"),
        ("Donor number", "D-0017"),
        ("Day of transplant (day 0)", "2026-10-01"),
        ("Marrow blasts before conditioning", "12"),
        ("Creatinine", "78"),
        ("Creatinine, upper limit", "104"),
        ("ALT", "35"),
        ("ALT, upper limit", "40"),
        ("AST", "28"),
        ("AST, upper limit", "40"),
        ("Total bilirubin", "12"),
        ("Total bilirubin, upper limit", "21"),
        *((f"{lab}, sample of", "2026-11-17") for lab in ("Creatinine", "ALT", "AST", "Total bilirubin")),
        ("LVEF", "61"),
        ("SpO₂ at rest", "97"),
        ("Donation number (DIN)", "A999926000123"),
        ("Donation number (DIN), check character (boxed)", "P"),
        ("Product code", "S12954A0"),
        ("Withheld (samples, dead space)", "7"),
        ("White cells (WBC), × dilution", "1"),
        ("Viability", "98"),
        ("Hematocrit", "2"),
    ):
        type_text(window, name, text)
    for name, word in (
        ("Height, unit", "cm"),
        ("Recipient's blood group", "A Pos"),
        ("Donor's blood group", "A Pos"),
        ("Blood group on the bag", "A Pos"),
        ("Donor match", "fully matched"),
        ("Filter in the infusion line", "standard blood set, 170 to 260 micrometres"),
        ("Creatinine, unit", "µmol/L"),
        ("ALT, unit", "U/L"),
        ("AST, unit", "U/L"),
        ("Total bilirubin, unit", "µmol/L"),
        ("LVEF, measured by", "echo or Doppler"),
        ("Viability, measured", "fresh"),
        ("Viability still applies to", "none: living cells were counted"),
    ):
        choose(window, name, word)
    for question, word in (
        ("Sex", "female"),
        ("Disease", "AML"),
        ("Philadelphia chromosome positive?", "no"),
        ("MRD-negative within 1 month after transplant?", "yes"),
        ("Relapse within 30 days of transplant?", "no"),
        ("Informed consent given?", "yes"),
        ("Severe cirrhosis?", "no"),
        ("Portal hypertension?", "no"),
        ("Active liver disease?", "no"),
        ("Regular dialysis?", "no"),
        ("NYHA class", "I"),
        ("Unstable angina, infarction, CABG or PCI within 6 months?", "no"),
        ("Uncontrolled arrhythmia?", "no"),
        ("Long-term oxygen?", "no"),
        ("SpO₂ at rest, on room air?", "yes"),
        ("Active GVHD not under control?", "no"),
        ("Severe or uncontrolled infection?", "no"),
        ("Another drug trial within 3 months?", "no"),
        ("Unsuitable in the investigator's judgement?", "no"),
        ("Arm of the trial", "prophylactic"),
        ("MRD positive?", "unknown"),
        ("GVHD prophylaxis", "ciclosporin"),
        ("Stop filling at", "the target reached first"),
        ("State", "fresh"),
        ("Cells were counted", "fresh"),
    ):
        answer(window, question, word)
    for name, day, time in (
        ("Planned start of the infusion", "2026-11-18", "10:00"),
        ("Collected", "2026-11-17", "14:00"),
        ("Cells counted", "2026-11-17", "16:00"),
        ("Expires", "2026-11-19", "14:00"),
    ):
        type_moment(window, name, day, time, "+08:00")
    assert window.view_model.document == without_unknowns(full_case())
    assert volume() == "35 mL"
    assert window.view_model.snapshot.evaluation.releasable
    assert window.panel.head.state.text() == "No stop – the order can be saved"


def without_unknowns(value: object) -> object:
    if isinstance(value, list):
        return [without_unknowns(part) for part in value]
    if not isinstance(value, dict):
        return value
    kept = {key: without_unknowns(part) for key, part in value.items()}
    return {key: part for key, part in kept.items() if part not in (None, {}) and (key, part) != ("decisions", [])}


def test_an_answer_is_chosen_with_arrows_and_taken_back_with_delete(window: MainWindow) -> None:
    answer(window, "Sex", "female")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert named(window, "Sex, male", QRadioButton).isChecked()
    assert window.view_model.text("recipient.sex") == "male"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert window.view_model.text("recipient.sex") == ""
    assert not named(window, "Sex, male", QRadioButton).isChecked()


def test_the_offset_of_this_computer_is_put_in_and_follows_until_another_is_typed(window: MainWindow) -> None:
    start = row(window, "infusion.planned_start").entries[0]
    assert isinstance(start, MomentEdit)
    type_text(window, "Planned start of the infusion, date", "2026-11-18")
    assert start.offset.text() == ""
    type_text(window, "Planned start of the infusion, time", "10:00")
    here = local_offset("2026-11-18", "10:00")
    assert start.offset.text() == here
    assert window.view_model.text("infusion.planned_start") == f"2026-11-18T10:00{here}"
    type_text(window, "Planned start of the infusion, UTC", "+05:30")
    type_text(window, "Planned start of the infusion, time", "11:00")
    assert window.view_model.text("infusion.planned_start") == "2026-11-18T11:00+05:30"
