"""The page of the bags: table, one form for the bag that is chosen, questions, steps, undo of a removal."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.product_page import ProductPage
from dlicalc.services.wording import Words
from dlicalc.storage.case_files import document_digest
from tests.cases import AS_OF, changed, every_field_case, full_case
from tests.gui.conftest import named, other_language

NUMBERS = ("A999926000123", "A999926000124", "A999926000125", "A999926000126")


def bags(count: int) -> dict[str, Any]:
    """A full case with so many bags, told apart by number and volume: 150 mL, 151 mL, …"""
    case = full_case()
    one = case["products"][0]
    case["products"] = [
        changed(copy.deepcopy(one), din=f"A9999260{123 + place:05}", din_check=None, volume__value=str(150 + place))
        for place in range(count)
    ]
    return case


@pytest.fixture
def view_model(protocol: Protocol) -> CaseViewModel:
    return CaseViewModel(protocol, lambda: datetime.fromisoformat(AS_OF), document_digest)


@pytest.fixture
def page(qtbot: Any, view_model: CaseViewModel) -> ProductPage:
    """The page as the window keeps it: told of every change, filled after every other."""
    page = ProductPage(view_model)
    qtbot.addWidget(page)
    words = Words()
    page.edited.connect(view_model.edit)
    page.undo_asked.connect(view_model.undo)
    view_model.changed.connect(lambda snapshot: page.show_snapshot(snapshot, words))
    view_model.replaced.connect(lambda: page.fill(view_model.text))
    page.retranslate(words)
    page.fill(view_model.text)
    page.show_snapshot(view_model.snapshot, words)
    page.resize(860, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def line_of(page: ProductPage, path: str) -> QLineEdit:
    control = page.form.row_at(path).entry_at(path).controls()[0]
    assert isinstance(control, QLineEdit)
    return control


def cells(page: ProductPage, row: int) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def dins(view_model: CaseViewModel) -> list[str]:
    return [product.get("din", "") for product in view_model.document["products"]]


def test_without_a_bag_there_is_one_thing_to_do(page: ProductPage, view_model: CaseViewModel) -> None:
    assert page.form.isHidden()
    assert page.table.isHidden()
    assert page.add.isVisible()
    assert page.focus("products")
    assert page.add.hasFocus()
    QTest.keyClick(page.add, Qt.Key.Key_Space)
    assert view_model.products == 1
    assert line_of(page, "products.0.din").hasFocus()
    assert not page.remove.isHidden()


def test_a_line_of_the_table(page: ProductPage, view_model: CaseViewModel) -> None:
    """E1, by hand: 75 % and 30 % of 200 × 10⁶/mL, 150 mL less 7, 35 mL; collected 14:00, now 8:00."""
    view_model.open(full_case())
    assert cells(page, 0) == [
        "1",
        "A9999 26 000123\nfresh",
        "143 mL\n35 mL",
        "150 × 10⁶\n60 × 10⁶",
        "18 h\nexpires in 1 day 6 h",
        "nothing to look at",
    ]
    index = page.table.model().index(0, 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Can be given: 143 mL, Take from it: 35 mL"
    assert page.table.model().index(0, 4).data(Qt.ItemDataRole.DecorationRole) is not None
    assert page.table.model().index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None


def test_the_line_follows_every_key(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(full_case())
    mnc = line_of(page, "products.0.counts.mnc")
    mnc.setFocus()
    QTest.keyClick(mnc, Qt.Key.Key_End)
    QTest.keyClick(mnc, Qt.Key.Key_Backspace)
    QTest.keyClick(mnc, "0")
    # 70 % of 200 × 10⁶
    assert cells(page, 0)[3].startswith("140 × 10⁶")
    assert "= 140 × 10⁶/mL" in " ".join(page.steps.shown()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_clock_runs_with_the_evaluation(qtbot: Any, protocol: Protocol) -> None:
    now = [datetime.fromisoformat(AS_OF)]
    view_model = CaseViewModel(protocol, lambda: now[0], document_digest)
    view_model.open(full_case())
    page = ProductPage(view_model)
    qtbot.addWidget(page)
    page.retranslate(Words())
    view_model.changed.connect(lambda snapshot: page.show_snapshot(snapshot, Words()))
    now[0] = datetime.fromisoformat("2026-11-18T08:01+08:00")
    view_model.refresh()
    assert cells(page, 0)[4] == "18 h 1 min\nexpires in 1 day 5 h"


def test_arrow_keys_choose_the_bag_of_the_form(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(3))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.bag == 2
    assert line_of(page, "products.2.volume").text() == "152"
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    assert line_of(page, "products.1.volume").text() == "151"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert line_of(page, "products.1.din").hasFocus()


def test_what_is_typed_goes_to_the_bag_that_is_shown(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(3))
    page.table.choose(1)
    product_code = line_of(page, "products.1.product_code")
    product_code.setFocus()
    QTest.keyClicks(product_code, "X")
    codes = [product["product_code"] for product in view_model.document["products"]]
    assert codes == ["S12954A0", "S12954A0X", "S12954A0"]


def test_typing_goes_on_in_the_same_bag_while_it_moves(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(3))
    din = line_of(page, "products.0.din")
    din.setFocus()
    din.setCursorPosition(2)
    page.later.click()
    din.setFocus()
    assert din.cursorPosition() == 2
    QTest.keyClicks(din, "--")
    assert dins(view_model) == ["A999926000124", "A9--99926000123", "A999926000125"]
    assert page.bag == page.table.current() == 1
    page.earlier.click()
    QTest.keyClicks(din, "!")
    assert dins(view_model)[0] == "A9--!99926000123"
    assert (page.earlier.isEnabled(), page.later.isEnabled()) == (False, True)


def test_a_copy_has_everything_but_the_numbers_of_the_bag(page: ProductPage, view_model: CaseViewModel) -> None:
    case = every_field_case()
    case["products"][0]["local_id"] = "KB-1"
    view_model.open(case)
    page.duplicate.click()
    first, second = view_model.document["products"]
    assert second == {name: first[name] for name in first if name not in ("din", "din_check", "local_id")}
    assert page.bag == 1
    assert line_of(page, "products.1.din").hasFocus()
    assert line_of(page, "products.1.din").text() == ""
    QTest.keyClicks(line_of(page, "products.1.din"), "B")
    assert dins(view_model) == [first["din"], "B"]
    assert view_model.document["products"][0]["counts"] == first["counts"]


def test_a_removed_bag_comes_back(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(3))
    before = view_model.document
    page.table.choose(1)
    page.remove.click()
    assert dins(view_model) == ["A999926000123", "A999926000125"]
    assert page.removed.text() == "Bag 2 removed – Ctrl+Z brings it back."
    assert line_of(page, "products.1.volume").text() == "152"
    view_model.refresh()
    assert page.removed.text()
    page.removed.undo.click()
    assert view_model.document == before
    assert page.removed.text() == ""
    assert cells(page, 1)[1].startswith("A9999 26 000124")


def test_the_offer_to_bring_a_bag_back_goes_with_the_next_edit(page: ProductPage, view_model: CaseViewModel) -> None:
    """Ctrl+Z would then take back that edit, and not the removal."""
    view_model.open(bags(2))
    page.remove.click()
    view_model.edit("recipient.name", "Another")
    assert page.removed.text() == ""


def test_the_last_bag_is_removed(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(1))
    page.remove.click()
    assert page.form.isHidden()
    assert page.add.hasFocus()
    assert page.removed.undo.isVisible()
    page.removed.undo.click()
    assert line_of(page, "products.0.volume").text() == "150"
    assert page.form.isVisible()


def test_the_last_of_several_bags_is_removed_while_it_is_shown(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(3))
    page.table.choose(2)
    view_model.remove_product(2)
    assert page.bag == page.table.current() == 1
    assert line_of(page, "products.1.volume").text() == "151"


def test_the_denominator_of_cd3_is_a_question_with_visible_answers(
    page: ProductPage, view_model: CaseViewModel
) -> None:
    view_model.open(changed(full_case(), products__0__counts__cd3__of=None))
    row = page.form.row_at("products.0.counts.cd3.of")
    assert row.label() == "CD3⁺: 30 % of what?"
    assert row.problem_text() == "Say of what: of white cells, of MNC or of lymphocytes."
    assert cells(page, 0)[3] == "—\n—"
    answer = named(page, "CD3⁺: 30 % of what?, of the MNC")
    answer.setFocus()
    QTest.keyClick(answer, Qt.Key.Key_Space)
    assert view_model.text("products.0.counts.cd3.of") == "mnc"
    # 30 % of 150 × 10⁶
    assert cells(page, 0)[3] == "150 × 10⁶\n45 × 10⁶"


def test_a_concentration_asks_for_no_denominator(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(full_case())
    question = page.form.row_at("products.0.counts.cd3.of")
    view_model.edit("products.0.counts.cd3.unit", "10*6/mL")
    assert not question.isHidden()
    assert question.problem_text().startswith("A concentration is not “of” anything")
    view_model.edit("products.0.counts.cd3.of", "")
    assert question.isHidden()
    view_model.edit("products.0.counts.cd3.unit", "%")
    assert not question.isHidden()


def test_a_share_of_white_cells_says_so_and_what_is_assumed(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(changed(full_case(), products__0__counts__mnc__of=None))
    row = page.form.row_at("products.0.counts.mnc")
    said = named(page, "MNC, of the white cells")
    assert "It is not said of what; it is taken as a share of the white cells." in spoken(row)
    said.setFocus()
    QTest.keyClick(said, Qt.Key.Key_Space)
    assert view_model.text("products.0.counts.mnc.of") == "wbc"
    assert "It is not said of what; it is taken as a share of the white cells." not in spoken(row)
    view_model.edit("products.0.counts.mnc.of", "")
    view_model.edit("products.0.counts.mnc.unit", "10*6/mL")
    assert not said.isVisible()


def spoken(widget: QWidget) -> list[str]:
    return [child.accessibleName() for child in widget.findChildren(QWidget) if child.isVisibleTo(widget)]


def test_a_percentage_asks_for_no_dilution(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(full_case())
    dilution = page.form.row_at("products.0.counts.mnc").entry_at("products.0.counts.mnc.multiply_by")
    assert dilution.isHidden()
    view_model.edit("products.0.counts.mnc.multiply_by", "2")
    assert not dilution.isHidden()
    assert "A percentage is not changed by dilution" in page.form.row_at("products.0.counts.mnc").problem_text()


def test_the_steps_are_those_of_the_chosen_bag(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(2))
    page.table.choose(1)
    shown = [text.replace("\N{NO-BREAK SPACE}", " ") for text in page.steps.shown()]
    # 151 mL less 7
    assert shown[-1] == "Bag 2, volume that can be given: 151 mL − 7 mL withheld = 144 mL"
    assert page.steps.remark.isHidden()
    view_model.edit("products.1.counts.wbc.value", "2OO")
    assert page.steps.shown() == []
    assert page.steps.remark.isVisible()


@pytest.mark.parametrize(
    ("path", "place", "control"),
    [
        ("products.3", 3, "Donation number (DIN)"),
        ("products.2.expires_at", 2, "Expires, date"),
        ("products.1.counts.wbc.unit", 1, "White cells (WBC), unit"),
        ("products.3.counts.cd3.of", 3, "CD3⁺: 30 % of what?, of all white cells (WBC)"),
        ("products.1.counts.mnc.of", 1, "MNC, of the white cells"),
        ("products.0.volume.tare", 0, "or weighed, tare"),
    ],
)
def test_a_path_leads_to_its_bag_and_control(
    page: ProductPage, view_model: CaseViewModel, path: str, place: int, control: str
) -> None:
    view_model.open(bags(4))
    assert page.focus(path)
    assert page.bag == page.table.current() == place
    entry = named(page, control)
    assert entry.hasFocus()
    viewport = page.form.viewport()
    assert viewport.rect().contains(entry.mapTo(viewport, entry.rect().center()))


def test_the_steps_of_another_bag_do_not_push_its_entry_out_of_sight(
    page: ProductPage, view_model: CaseViewModel
) -> None:
    """The second bag has 13 steps where the first has 4; they stand above the hematocrit."""
    case = full_case()
    case["products"].append(changed(every_field_case()["products"][0], din="A999926000124", din_check=None))
    view_model.open(case)
    page.focus("products.0.din")
    assert page.focus("products.1.hematocrit")
    entry, viewport = line_of(page, "products.1.hematocrit"), page.form.viewport()
    assert viewport.rect().contains(entry.mapTo(viewport, entry.rect().center()))
    QTest.qWait(20)
    assert viewport.rect().contains(entry.mapTo(viewport, entry.rect().center()))


def test_a_path_of_another_page_or_of_no_bag_is_not_here(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(2))
    assert not page.focus("recipient.weight")
    assert not page.focus("products.2.volume")
    assert page.focus("products")
    assert page.table.hasFocus()


def test_a_hundred_bags_share_one_form(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(100))
    widgets = len(page.findChildren(QWidget))
    for place in (99, 0, 50, 7):
        page.table.choose(place)
        assert line_of(page, f"products.{place}.volume").text() == str(150 + place)
    assert len(page.findChildren(QWidget)) == widgets


def test_another_case_puts_other_bags_in_sight(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(4))
    page.table.choose(3)
    view_model.open(full_case())
    assert page.bag == 0
    assert line_of(page, "products.0.din").text() == "A999926000123"
    assert page.table.model().rowCount() == 1


def test_a_row_that_did_not_change_is_not_drawn_again(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(4))
    told: list[tuple[int, int, int]] = []
    model = page.table.model()
    model.dataChanged.connect(lambda first, last: told.append((first.row(), first.column(), last.column())))
    view_model.edit("recipient.name", "Another")
    assert told == []
    view_model.edit("products.3.state", "cryopreserved")
    # The state, in the second column, and what is said of it, in the last.
    assert told == [(3, 1, 1), (3, 5, 5)]


@pytest.mark.parametrize("height", [250, 1000])
def test_on_a_low_page_the_table_scrolls_with_the_entries(
    page: ProductPage, view_model: CaseViewModel, height: int
) -> None:
    view_model.open(bags(4))
    page.add.setFocus()
    page.resize(420, height)
    assert page.form.isAncestorOf(page.table) is (height < 500)
    assert page.add.hasFocus()
    assert page.focus("products.3.hematocrit")
    assert line_of(page, "products.3.hematocrit").hasFocus()
    while view_model.products:
        page.remove.click()
    assert page.add.isVisible()


def test_another_language_words_everything_and_keeps_the_chosen_bag(
    page: ProductPage, view_model: CaseViewModel
) -> None:
    view_model.open(bags(2))
    page.table.choose(1)
    page.retranslate(Words(other_language))
    assert page.bag == 1
    assert page.form.row_at("products.1.counts.cd3.of").label() == "译CD3⁺: 30 % of what?"
    assert cells(page, 1)[1] == "A9999 26 000124\n译fresh"
    for button in (page.add, page.duplicate, page.earlier, page.later, page.remove, page.removed.undo):
        assert button.text().startswith("译")
    heading = page.table.model().headerData(1, Qt.Orientation.Horizontal)
    assert heading == "译Number\n译State"


def test_screen_readers_are_told_what_the_table_is(page: ProductPage, view_model: CaseViewModel) -> None:
    view_model.open(bags(2))
    interface = QAccessible.queryAccessibleInterface(page.table)
    assert interface.text(QAccessible.Text.Name) == "Bags in the order of giving"
    assert "Arrow up and down" in page.table.accessibleDescription()


def test_shortcut_letters_differ(page: ProductPage, view_model: CaseViewModel) -> None:
    """Menus have F, E, L and H, pages R, E, P, D and O, the findings D and W."""
    view_model.open(bags(2))
    buttons = (page.add, page.duplicate, page.earlier, page.later, page.remove, page.removed.undo)
    letters = [button.text()[button.text().index("&") + 1].upper() for button in buttons]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("FELHRPDOW")
