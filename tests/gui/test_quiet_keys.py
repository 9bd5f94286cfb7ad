"""A key moves nothing that it does not concern: no layout of the panel, no finding told again, no bag drawn again."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.finding_lines import ENTRY, line_of
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.row_edit import problem_words
from dlicalc.services.pages import Page
from tests.cases import changed, full_case
from tests.gui.conftest import products, row


class Asked(QObject):
    """Counts the layouts that widgets are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.by: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.by.append(type(watched).__name__)
        return False


def white_cells(window: MainWindow) -> QLineEdit:
    window.pages.show_page(Page.PRODUCT)
    line = row(window, "products.0.counts.wbc").findChildren(QLineEdit)[0]
    line.setFocus()
    line.end(False)
    return line


def test_a_key_in_a_count_lays_out_neither_panel_nor_window(window: MainWindow) -> None:
    window.view_model.open(full_case())
    line = white_cells(window)
    for _ in range(8):  # at first a longer text needs more room, which is told upwards one widget at a time
        QTest.keyClick(line, Qt.Key.Key_5)
        QTest.keyClick(line, Qt.Key.Key_Backspace)
        QApplication.processEvents()
    asked = Asked()
    for widget in (window.panel, window.centralWidget(), window.panel.findings.parentWidget()):
        widget.installEventFilter(asked)
    before = window.panel.head.volume.text()
    QTest.keyClick(line, Qt.Key.Key_5)
    QApplication.processEvents()
    assert window.panel.head.volume.text() != before
    assert asked.by == []


def test_findings_that_stand_are_not_told_again(window: MainWindow) -> None:
    window.view_model.open(full_case())
    listed = window.panel.findings.list
    standing = [listed.item(place) for place in range(listed.count())]
    assert standing
    told: list[object] = []
    window.view_model.edit("recipient.mrn", "")
    listed.model().dataChanged.connect(lambda first, _last: told.append(listed.item(first.row())))
    window.view_model.edit("recipient.mrn", "0042177")
    window.view_model.edit("recipient.mrn", "")
    assert all(item in [listed.item(place) for place in range(listed.count())] for item in standing)
    assert not any(item in told for item in standing)


def test_the_list_says_what_wording_everything_afresh_says(window: MainWindow) -> None:
    # What is kept from key to key may not differ from what is made anew; language and slips change too.
    dice = random.Random(3)
    window.view_model.open(full_case())
    edits = {
        "recipient.weight.value": ("70", "7O", "700", ""),
        "products.0.counts.wbc.value": ("200", "2005", "x", ""),
        "labs.alt.value": ("35", "130", ""),
        "donor.match": ("fully-matched", "haploidentical", ""),
        "infusion.planned_start": ("2026-11-19T14:00+08:00", "2026-12-20T10:00+08:00", "soon"),
    }
    for _ in range(120):
        path = dice.choice(sorted(edits))
        window.view_model.edit(path, dice.choice(edits[path]))
        if dice.random() < 0.1:
            window.set_language(dice.choice(("en", "zh_CN")))
        snapshot, words, listed = window.view_model.snapshot, window.words, window.panel.findings.list
        slips = {problem.path: problem_words(problem, words) for problem in snapshot.problems}
        expected = [line_of(finding, words, slips) for finding in snapshot.evaluation.findings]
        items = [listed.item(place) for place in range(listed.count())]
        assert [item.data(ENTRY) for item in items] == expected
        spoken = [f"{line.word}: {line.label}: {line.sentence}" for line in expected]
        assert [item.data(Qt.ItemDataRole.AccessibleTextRole) for item in items] == spoken
        assert window.panel.findings.list.lines == expected


def test_every_finding_has_room_for_its_words(window: MainWindow) -> None:
    window.view_model.open(changed(full_case(), recipient__mrn=None, products__0__counts__wbc__value="2005"))
    listed = window.panel.findings.list
    for width in (1366, 900, 1600):
        window.resize(width, 768)
        QApplication.processEvents()
        letters = listed.fontMetrics()
        for place in range(listed.count()):
            line, box = listed.item(place).data(ENTRY), listed.visualItemRect(listed.item(place))
            wide = letters.horizontalAdvance(line.sentence)
            lines = -(-wide // box.width())  # in fewer lines than this its letters cannot stand, whatever stands beside
            assert box.height() >= (lines + bool(line.label)) * letters.height(), line.sentence


def test_the_question_for_cd3_follows_its_entries(window: MainWindow) -> None:
    window.view_model.open(full_case())
    page = products(window)
    window.pages.show_page(Page.PRODUCT)
    of = page.form.row_at("products.0.counts.cd3.of")
    assert "30" in of.label()
    window.view_model.edit("products.0.counts.cd3.value", "31")
    assert "31" in of.label()
    window.view_model.edit("recipient.name", "Another")
    window.set_language("zh_CN")
    assert "31" in of.label()
    assert of.label().startswith("译")
    window.set_language("en")
    assert "31" in of.label()
    window.view_model.edit("products.0.counts.cd3.of", "")
    window.view_model.edit("products.0.counts.cd3.unit", "10*9/L")
    assert of.isHidden()


class Painted(QObject):
    """What a label said each time it was painted."""

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self.label, self.said = label, list[str]()
        label.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.said.append(self.label.text())
        return False


def test_the_volume_is_on_the_screen_before_the_page_is_worded(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.view_model.open(full_case())
    line = white_cells(window)
    QApplication.processEvents()
    painted = Painted(window.panel.head.volume)
    before, worded = window.panel.head.volume.text(), list[list[str]]()
    word_page = window.pages.show_snapshot

    def watched(snapshot: Snapshot) -> None:
        worded.append(list(painted.said))
        word_page(snapshot)

    monkeypatch.setattr(window.pages, "show_snapshot", watched)
    QTest.keyClick(line, Qt.Key.Key_5)
    assert window.panel.head.volume.text() != before
    assert worded == [[window.panel.head.volume.text()]]
