"""The page of the dose in the window: rules, name and reason, the picture and its pointer, the worked sum.

Expected figures: `tests/vectors/worked_doses.json` (E1, E4, E7) and hand calculation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dlicalc.gui.dose_page import DosePage
from dlicalc.gui.main_window import MainWindow
from dlicalc.services.pages import Page
from tests.cases import changed
from tests.worked_doses import CASES

RULE = "infusion.dose_rule"


@pytest.fixture
def page(window: MainWindow) -> DosePage:
    return opened(window, CASES["E1"])


def opened(window: MainWindow, document: dict[str, Any]) -> DosePage:
    window.view_model.open(document)
    window.pages.show_page(Page.DOSE)
    page = window.pages.page(Page.DOSE)
    assert isinstance(page, DosePage)
    return page


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def choose(page: DosePage, rule: str) -> None:
    button = page.rules.rows[rule].button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_both_volumes_and_the_ordered_one_stand_side_by_side(page: DosePage) -> None:
    assert [plain(box.value.text()) for box in page.figures.boxes] == ["≈ 46.667 mL", "35 mL", "35 mL"]
    sizes = [box.value.font().pointSizeF() for box in page.figures.boxes]
    assert sizes[2] > max(sizes[:2])
    assert page.figures.boxes[1].accessibleName() == "For the CD3⁺ target: 35 mL. ends the filling"


def test_each_rule_says_what_it_would_give(page: DosePage) -> None:
    figures = {rule: [plain(label.text()) for label in row.figures] for rule, row in page.rules.rows.items()}
    assert figures["mnc"] == ["46.6 mL", "≈ 99.8 %", "≈ 133.1 %", "≈ 39.943 × 10⁶/kg"]
    assert plain(page.rules.rows["lower-volume"].mark.text()) == "✓ in use · the protocol's"
    assert page.rules.rows["mnc"].mark.isHidden()
    spoken = page.rules.rows["mnc"].button.accessibleDescription()
    assert spoken == "46.6 mL; MNC ≈ 99.8 %, CD3⁺ ≈ 133.1 % of target; CD3⁺ ≈ 39.943 × 10⁶/kg."


def test_another_rule_asks_for_name_and_reason(window: MainWindow, page: DosePage) -> None:
    assert page.entries[f"{RULE}.set_by"].isHidden()
    choose(page, "mnc")
    assert window.panel.head.volume.text() == "46.6 mL"
    assert "needs the name" in page.state.text()
    assert not window.view_model.snapshot.evaluation.releasable
    for name, text in (("set_by", "Dr A"), ("reason", "MNC governs")):
        assert page.focus(f"{RULE}.{name}")
        QTest.keyClicks(window.focusWidget(), text)
    assert "PROTOCOL DEVIATION" in page.state.text()
    assert window.view_model.document["infusion"]["dose_rule"] == {
        "rule": "mnc", "set_by": "Dr A", "reason": "MNC governs",
    }  # fmt: skip


def test_back_to_the_protocols_rule_empties_all_at_once_and_can_be_undone(window: MainWindow) -> None:
    chosen = {"rule": "mnc", "set_by": "Dr A", "reason": "MNC governs"}
    page = opened(window, changed(CASES["E1"], infusion__dose_rule=chosen))
    page.back.setFocus()
    QTest.keyClick(page.back, Qt.Key.Key_Space)
    assert "dose_rule" not in window.view_model.document["infusion"]
    assert page.back.isHidden()
    assert page.rules.answer() == ""
    assert window.panel.head.volume.text() == "35 mL"
    window.view_model.undo()
    assert window.view_model.document["infusion"]["dose_rule"] == chosen
    assert page.rules.answer() == "mnc"
    assert page.entries[f"{RULE}.reason"].entries[0].controls()[0].property("text") == "MNC governs"


def test_choosing_the_protocols_rule_loses_nothing_that_was_typed(window: MainWindow) -> None:
    chosen = {"rule": "mnc", "set_by": "Dr A", "reason": "MNC governs"}
    page = opened(window, changed(CASES["E1"], infusion__dose_rule=chosen))
    choose(page, "lower-volume")
    assert window.view_model.text(f"{RULE}.set_by") == "Dr A"
    assert not page.entries[f"{RULE}.set_by"].isHidden()
    assert "another rule" in page.state.text()


def test_a_rule_that_a_file_misspells_is_said(window: MainWindow) -> None:
    page = opened(window, changed(CASES["E1"], infusion__dose_rule={"rule": "both"}))
    assert not page.state.isHidden()
    assert page.state.text() == window.words.problem(window.view_model.snapshot.problems[0])
    assert [line[0].text() for line in page.hindrances.lines if not line[0].isHidden()] == ["Stop filling at"]


def test_without_a_dose_each_missing_entry_is_a_link(window: MainWindow) -> None:
    page = opened(window, changed(CASES["E1"], recipient__weight=None))
    [(link, reason)] = [line for line in page.hindrances.lines if not line[0].isHidden()]
    assert link.text() == "Weight"
    assert "weight" in reason.text()
    assert page.picture.focusPolicy() is Qt.FocusPolicy.NoFocus
    page.picture.grab()
    assert page.picture.accessibleDescription() == "Nothing to draw: there is no volume."
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    assert window.pages.current is Page.RECIPIENT


def keys(page: DosePage, *pressed: Qt.Key) -> str:
    page.picture.setFocus()
    for key in pressed:
        QTest.keyClick(page.picture, key)
    return plain(page.readout.text())


def test_the_pointer_begins_at_the_ordered_volume(page: DosePage) -> None:
    assert keys(page) == "At 35 mL: MNC 75 %, CD3⁺ 100 % of target, 30 × 10⁶ CD3⁺/kg, bag 1"
    assert page.picture.accessibleDescription() == page.picture.readout()


@pytest.mark.parametrize(
    ("pressed", "volume"),
    [
        ((Qt.Key.Key_Right,), "35.1"),
        ((Qt.Key.Key_Left, Qt.Key.Key_Left), "34.8"),
        ((Qt.Key.Key_PageUp,), "36"),
        ((Qt.Key.Key_PageDown,), "34"),
        ((Qt.Key.Key_Home,), "0"),
        ((Qt.Key.Key_End,), "60"),  # as far as the picture goes: MNC is at 120 % at 56 mL
    ],
)
def test_keys_move_the_pointer(page: DosePage, pressed: tuple[Qt.Key, ...], volume: str) -> None:
    assert keys(page, *pressed).startswith(f"At {volume} mL:")


def test_the_mouse_moves_the_pointer(page: DosePage) -> None:
    plot = page.picture.plot()
    place = QPoint(round(plot.x(Fraction(20))), round(plot.area.center().y()))
    QTest.mouseMove(page.picture, place)
    QTest.mouseClick(page.picture, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    # A pixel is less than 0.2 mL here.
    assert abs(page.picture.pointer - 20) < Fraction(1, 5)
    ordered = QPoint(round(plot.x(Fraction(35))) + 1, place.y())
    QTest.mouseClick(page.picture, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, ordered)
    assert page.picture.pointer == 35


def test_all_that_the_bags_hold_can_be_shown(page: DosePage) -> None:
    assert "Shown up to 60 mL; the bags hold 150 mL." in plain(page.sentence.text())
    page.show_all.setFocus()
    QTest.keyClick(page.show_all, Qt.Key.Key_Space)
    assert "hatched" in page.sentence.text()
    assert keys(page, Qt.Key.Key_End).startswith("At 150 mL:")
    page.show_all.click()
    assert page.picture.pointer == 60


def picture_of(page: DosePage) -> QImage:
    return page.picture.grab().toImage()


def dark(image: QImage, x: float, y: float, below: int = 90) -> bool:
    ratio = image.devicePixelRatio()
    return QColor(image.pixel(round(x * ratio), round(y * ratio))).lightness() < below


def test_the_ordered_line_stands_at_the_ordered_volume(page: DosePage) -> None:
    keys(page, Qt.Key.Key_Home)
    image, plot = picture_of(page), page.picture.plot()
    # 35 of the 60 mL in the picture; looked for between the marks at 150 and 200 %, left of the dose lines.
    x, y = plot.area.left() + plot.area.width() * 35 / 60, plot.area.top() + plot.area.height() * 0.12
    assert dark(image, x, y)
    assert not dark(image, x - 6, y)
    assert not dark(image, x + 6, y)


def test_the_mnc_line_is_at_its_percentage(page: DosePage) -> None:
    image, plot = picture_of(page), page.picture.plot()
    # 14 mL give 30 % of the MNC target, of 200 % on the axis.
    x, y = plot.area.left() + plot.area.width() * 14 / 60, plot.area.bottom() - plot.area.height() * 30 / 200
    assert any(dark(image, x, y + offset) for offset in (-1, 0, 1))
    assert not dark(image, x, y + 8)


def test_the_end_of_a_bag_is_a_line(window: MainWindow) -> None:
    page = opened(window, CASES["E7"])
    keys(page, Qt.Key.Key_Home)
    image, plot = picture_of(page), page.picture.plot()
    # Bag 1 ends at 35 of the 100 mL in the picture.
    x, y = plot.area.left() + plot.area.width() * 35 / 100, plot.area.top() + plot.area.height() * 0.12
    ground = QColor(image.pixel(round(x) - 8, round(y))).lightness()
    assert min(QColor(image.pixel(round(x) + near, round(y))).lightness() for near in (-1, 0, 1)) < ground - 60


def test_the_part_at_the_ceiling_is_hatched(page: DosePage) -> None:
    page.show_all.click()
    keys(page, Qt.Key.Key_Home)
    image, plot = picture_of(page), page.picture.plot()
    # 333 of the 450 % in the picture; 5 of 160 mL are far left of the lines there.
    row = [dark(image, plot.area.left() + place, plot.y(Fraction(375)), 220) for place in range(20, 80)]
    assert 5 < sum(row) < 55
    below = [dark(image, plot.area.left() + place, plot.y(Fraction(250)), 220) for place in range(40, 60)]
    assert not any(below)


def test_both_lines_may_leave_the_picture(window: MainWindow) -> None:
    # Only MNC is at its target, at 25 mL; CD3⁺ by its own rule has 41.2 mL, where MNC are at 164.8 %.
    page = opened(window, changed(CASES["E3"], infusion__dose_rule={"rule": "cd3"}))
    picture_of(page)
    assert page.picture.scale is not None
    assert page.picture.scale.top >= 165


def test_the_picture_is_drawn_once_for_many_movements(page: DosePage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawings: list[object] = []
    picture_of(page)
    monkeypatch.setattr("dlicalc.gui.dose_picture.draw", lambda *parts: drawings.append(parts))
    keys(page, Qt.Key.Key_Right, Qt.Key.Key_Right)
    picture_of(page)
    assert drawings == []


def test_the_sum_follows_when_the_typing_pauses(qtbot: Any, window: MainWindow, page: DosePage) -> None:
    assert "MNC needed:" in plain(page.steps.text())
    window.view_model.edit("recipient.weight.value", "80")
    # 100 × 10⁶/kg × 80 kg
    qtbot.waitUntil(lambda: "8,000 × 10⁶" in plain(page.steps.text()))


def test_the_sum_of_another_case_is_there_at_once(window: MainWindow, page: DosePage) -> None:
    window.view_model.open(CASES["E4"])
    assert "6,800 × 10⁶" in plain(page.steps.text())  # 100 × 10⁶/kg × 68 kg


def test_a_narrow_page_writes_the_figures_beneath_their_rule(page: DosePage) -> None:
    page.rules.make_room(300)
    row = page.rules.rows["mnc"]
    assert row.figures[0].isHidden()
    assert plain(row.sentence.text()) == "46.6 mL; MNC ≈ 99.8 %, CD3⁺ ≈ 133.1 % of target; CD3⁺ ≈ 39.943 × 10⁶/kg"


def test_the_page_is_worded_anew_at_once(window: MainWindow, page: DosePage) -> None:
    window.set_language("zh_CN")
    assert page.readout.text().startswith("译At")
    assert page.rules.rows["mnc"].mark.isHidden()
    assert page.figures.boxes[2].accessibleName().startswith("译Ordered")


def test_the_page_is_not_where_other_entries_are(page: DosePage) -> None:
    assert not page.focus("recipient.weight")
    assert page.focus(RULE)


def test_without_the_mouse_the_words_speak_of_what_is_ordered_again(page: DosePage) -> None:
    picture = page.picture
    ordered = picture.readout()
    QTest.mouseMove(picture, QPoint(picture.width() // 4, picture.height() // 2))
    QApplication.sendEvent(picture, QEvent(QEvent.Type.Leave))
    assert plain(picture.readout()) == plain(ordered)
