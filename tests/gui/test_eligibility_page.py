"""The eligibility page, driven through its view-model; limits from the registry record, figures by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.eligibility_page import EligibilityPage
from dlicalc.gui.signs import Sign
from dlicalc.gui.stop_lines import StopLine
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, full_case
from tests.gui.conftest import named, other_language

Wired = tuple[EligibilityPage, CaseViewModel]
DECISION = {"by": "Dr Prescriber", "role": "prescriber", "reason": "falling", "at": AS_OF}


@pytest.fixture
def wired(qtbot: Any, protocol: Protocol) -> Wired:
    view_model = CaseViewModel(protocol, lambda: datetime.fromisoformat(AS_OF), document_digest)
    page = EligibilityPage(view_model)
    qtbot.addWidget(page)
    page.edited.connect(view_model.edit)
    page.withdrawn.connect(view_model.withdraw)
    page.retranslate(Words())
    view_model.changed.connect(lambda snapshot: page.show_snapshot(snapshot, Words()))
    view_model.replaced.connect(lambda: page.fill(view_model.text))
    view_model.open(full_case())
    page.resize(820, 600)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page, view_model


def state(page: EligibilityPage, name: str) -> tuple[Sign, str]:
    return page.verdicts[name].chip.state()


def stops(page: EligibilityPage) -> list[StopLine]:
    return [line for line in page.stops.lines if not line.isHidden()]


def replace(page: EligibilityPage, name: str, text: str) -> None:
    line: Any = named(page, name, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


@pytest.mark.parametrize(
    ("typed", "sign", "word"),
    [("119", Sign.GOOD, "not excluded"), ("120", Sign.GOOD, "not excluded"), ("121", Sign.STOP, "excluded")],
)
def test_the_verdict_follows_the_keys(wired: Wired, typed: str, sign: Sign, word: str) -> None:
    """Three times 40 is 120; equality never excludes."""
    page, _ = wired
    replace(page, "ALT", typed)
    assert state(page, "hepatic.alt") == (sign, word)
    assert page.verdicts["hepatic.alt"].measure.text().startswith(f"{typed} U/L")
    assert page.verdicts["hepatic.alt"].decide.isVisible() is (word == "excluded")
    assert page.summary.text().startswith("1 against" if word == "excluded" else "0 against")


def test_what_cannot_be_read_cannot_be_judged(wired: Wired) -> None:
    page, _ = wired
    replace(page, "Total bilirubin", "1,234")
    assert state(page, "hepatic.bilirubin") == (Sign.EMPTY, "not evaluable")


@pytest.mark.parametrize(("percent", "word"), [("92", "not excluded"), ("91.9", "excluded"), ("92.1", "not excluded")])
def test_oxygen_at_its_limit(wired: Wired, percent: str, word: str) -> None:
    page, view_model = wired
    view_model.edit("organs.spo2.value", percent)
    assert state(page, "respiratory.spo2")[1] == word


def test_three_questions_have_one_verdict(wired: Wired) -> None:
    page, _ = wired
    yes: Any = named(page, "Portal hypertension?, yes", QRadioButton)
    yes.setFocus()
    QTest.keyClick(yes, Qt.Key.Key_Space)
    assert state(page, "hepatic.known_disease") == (Sign.STOP, "excluded")
    assert "portal hypertension" in page.verdicts["hepatic.known_disease"].record.text()


def test_a_stop_is_decided_shown_as_decided_and_withdrawn(wired: Wired, qtbot: Any) -> None:
    page, view_model = wired
    view_model.edit("labs.alt.value", "121")
    line = page.verdicts["hepatic.alt"]
    line.decide.setFocus()
    with qtbot.waitSignal(page.decide_asked) as asked:
        QTest.keyClick(line.decide, Qt.Key.Key_Space)
    (finding,) = asked.args
    assert (finding.code, finding.path) == ("hepatic.alt", "labs.alt")
    view_model.decide(finding.code, "Dr Prescriber", "falling")
    assert state(page, "hepatic.alt") == (Sign.REVIEW, "excluded")
    assert line.decided.text() == "Decided by Dr Prescriber: falling"
    assert not line.decide.isVisible()
    assert "of these decided: 1" in page.summary.text()
    line.withdraw.setFocus()
    QTest.keyClick(line.withdraw, Qt.Key.Key_Space)
    assert view_model.document["decisions"] == []
    assert state(page, "hepatic.alt") == (Sign.STOP, "excluded")
    assert not line.decided.isVisible()
    assert line.decide.isVisible()


def test_under_18_the_page_gives_advice(wired: Wired) -> None:
    page, view_model = wired
    view_model.edit("recipient.birth_date", "2014-05-02")
    line = page.verdicts["renal.egfr"]
    assert state(page, "renal.egfr") == (Sign.EMPTY, "not evaluable")
    assert "CKiD U25" in line.details.text()
    assert "Bedside Schwartz" in line.details.text()
    assert line.remark.isVisible()


def test_years_that_disagree_across_60_are_both_shown(wired: Wired) -> None:
    """62.11 by CKD-EPI 2021, 58.48 by 2009 (`tests/contract/test_renal.py`)."""
    page, view_model = wired
    creatinine = {"value": "1.3", "unit": "mg/dL", "upper_limit": "2", "collected_on": "2026-11-17"}
    view_model.open(
        changed(full_case(), recipient__sex="male", recipient__birth_date="1964-11-17", labs__creatinine=creatinine)
    )
    remark = page.verdicts["renal.egfr"].remark
    assert remark.isVisible()
    assert "62.1" in remark.text()
    assert "58.4" in remark.text()
    assert "58.4" in page.verdicts["renal.egfr"].details.text()


@pytest.mark.parametrize(
    ("missing", "asked"), [("recipient.sex", "recipient.sex"), ("recipient.birth_date", "recipient.birth_date")]
)
def test_the_way_to_birth_date_and_sex(wired: Wired, qtbot: Any, missing: str, asked: str) -> None:
    page, view_model = wired
    assert not page.way_to_person.isVisible()
    view_model.edit(missing, "")
    with qtbot.waitSignal(page.path_asked) as signal:
        page.way_to_person.click()
    assert signal.args == [asked]


def visible(page: EligibilityPage) -> set[str]:
    return {name for name, line in page.verdicts.items() if not line.isHidden()}


def test_the_filter_leaves_what_is_open_or_against(wired: Wired) -> None:
    page, view_model = wired
    view_model.edit("labs.alt.value", "121")
    view_model.edit("organs.dialysis", "")
    page.filter.setFocus()
    QTest.keyClick(page.filter, Qt.Key.Key_Space)
    assert visible(page) == {"hepatic.alt", "renal.dialysis"}
    assert {row for row in page.form.rows if not row.isHidden()} == {
        page.form.row_at("labs.alt"),
        page.form.row_at("organs.dialysis"),
    }
    QTest.keyClick(page.filter, Qt.Key.Key_Space)
    assert len(visible(page)) == 23


def test_the_filter_says_when_nothing_is_left_and_follows_another_case(wired: Wired) -> None:
    page, view_model = wired
    page.filter.setChecked(True)
    assert visible(page) == set()
    assert page.nothing.isVisible()
    view_model.open(changed(full_case(), organs__nyha_class=None))
    assert visible(page) == {"cardiac.nyha"}
    assert not page.nothing.isVisible()


def test_the_filter_never_takes_a_field_from_under_the_hand(wired: Wired) -> None:
    page, view_model = wired
    view_model.edit("labs.alt.value", "121")
    view_model.edit("organs.dialysis", "")
    page.filter.setChecked(True)
    replace(page, "ALT", "35")
    assert state(page, "hepatic.alt") == (Sign.GOOD, "not excluded")
    assert visible(page) == {"hepatic.alt", "renal.dialysis"}
    page.filter.setFocus()
    view_model.refresh()
    assert visible(page) == {"renal.dialysis"}


def test_a_field_with_the_keyboard_stays_when_the_filter_is_set_from_elsewhere(wired: Wired) -> None:
    page, _ = wired
    named(page, "AST", QLineEdit).setFocus()
    page.filter.setChecked(True)
    assert visible(page) == {"hepatic.ast"}


def test_an_unreadable_entry_is_never_hidden(wired: Wired) -> None:
    """Cystatin C decides nothing, but what stands there must be corrected."""
    page, view_model = wired
    view_model.edit("labs.cystatin_c.value", "x")
    page.filter.setChecked(True)
    assert visible(page) == {"renal.creatinine", "renal.egfr"}


def test_going_to_a_hidden_entry_shows_it(wired: Wired) -> None:
    page, _ = wired
    page.filter.setChecked(True)
    assert page.focus("organs.lvef")
    assert named(page, "LVEF", QLineEdit).hasFocus()
    assert visible(page) == {"cardiac.lvef"}
    page.resize(360, 200)
    last = "exclusions.investigator_unsuitable"
    assert page.focus("transplant.disease")
    assert page.focus(last)
    QTest.qWait(0)
    row = page.form.row_at(last)
    assert page.form.viewport().rect().contains(row.mapTo(page.form.viewport(), row.rect().center()))
    assert not page.focus("recipient.name")


def test_other_stops_lead_to_their_entries_by_click_and_enter(wired: Wired, qtbot: Any) -> None:
    page, view_model = wired
    assert stops(page) == []
    assert not page.stops.isVisible()
    view_model.edit("recipient.weight.value", "")
    view_model.edit("transplant.day_0", "2026-09-01")
    weight, window = stops(page)
    assert "Nobody can decide that" in weight.reason.text()
    assert not weight.decide.isVisible()
    assert not window.reason.isVisible()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        weight.way.setFocus()
        with qtbot.waitSignal(page.path_asked) as asked:
            QTest.keyClick(weight.way, key)
        assert asked.args == ["recipient.weight"]
    QTest.qWait(0)  # Qt lays new lines out once it is idle
    page.form.ensureWidgetVisible(window.way)
    with qtbot.waitSignal(page.path_asked) as asked:
        QTest.mouseClick(window.way, Qt.MouseButton.LeftButton)
    assert asked.args == ["infusion.planned_start"]
    with qtbot.waitSignal(page.decide_asked) as decided:
        window.decide.click()
    view_model.decide(decided.args[0].code, "Dr Prescriber", "bed not free")
    window = next(line for line in stops(page) if line.withdraw.isVisible())
    assert window.chip.state() == (Sign.REVIEW, "DECIDED")
    assert "Dr Prescriber: bed not free" in window.way.text()
    window.withdraw.click()
    assert view_model.document["decisions"] == []


def test_a_decision_that_rules_on_nothing_is_found_and_withdrawn(wired: Wired) -> None:
    page, view_model = wired
    view_model.new()  # many lines, of which one stays
    view_model.open(changed(full_case(), decisions=[DECISION | {"code": "hepatic.ast"}]))
    (line,) = stops(page)
    assert page.focus("decisions.0")
    assert line.way.hasFocus()
    line.withdraw.click()
    assert view_model.document["decisions"] == []
    assert not page.focus("decisions.0")


def test_every_button_has_a_name_of_its_own_and_a_place_in_the_tab_order(wired: Wired) -> None:
    page, view_model = wired
    view_model.new()
    names = []
    for button in page.findChildren(QPushButton):
        if button.isVisibleTo(page):
            names.append(QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name))
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert all(names)
    assert len(set(names)) == len(names)


def test_tab_goes_from_the_entry_to_the_decision_beneath_it(wired: Wired) -> None:
    page, view_model = wired
    view_model.edit("organs.dialysis", "yes")
    yes: Any = named(page, "Regular dialysis?, yes", QRadioButton)
    yes.setFocus()
    QTest.keyClick(yes, Qt.Key.Key_Tab)
    assert page.verdicts["renal.dialysis"].decide.hasFocus()


def test_another_language_changes_every_word_and_nothing_typed(wired: Wired) -> None:
    page, view_model = wired
    replace(page, "ALT", "121")
    words = Words(other_language)
    page.retranslate(words)
    page.show_snapshot(view_model.snapshot, words)
    line = page.verdicts["hepatic.alt"]
    for text in (
        page.summary.text(),
        page.filter.text(),
        line.decide.text(),
        line.measure.text(),
        line.chip.state()[1],
    ):
        assert "译" in text
    assert "译" in line.record.text()
    assert named(page, "译ALT", QLineEdit).property("text") == "121"


def test_a_narrow_page_scrolls_and_hides_nothing(wired: Wired) -> None:
    """At 200 % a screen of 1366 × 768 has half as many points."""
    page, view_model = wired
    view_model.new()
    page.resize(360, 260)
    page.grab()
    bar = page.form.verticalScrollBar()
    assert bar.maximum() > 0
    for line in page.verdicts.values():
        assert line.isVisible()
        assert line.measure.height() >= line.measure.heightForWidth(line.measure.width())
