"""Every entry of the case format has its control, and every control is what it should be."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QWidget,
)

from dlicalc.domain.case import Case
from dlicalc.gui.case_fields import PAGES, label_of
from dlicalc.gui.date_edit import join_moment, split_moment
from dlicalc.gui.entry_edit import EntryEdit, QuietCombo
from dlicalc.gui.fields import Kind, rows
from dlicalc.gui.main_window import MainWindow
from dlicalc.gui.quantity_edit import QuantityEdit
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.wording import Words
from tests.cases import every_field_case, full_case
from tests.gui.conftest import products
from tests.gui.shown import shown

NOT_TYPED = {"format", "protocol", "decisions", "order"}
CELLS = {cell.path: cell for page in PAGES for row in rows(page) for cell in row.cells}


def parts_of(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from parts_of(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType, tuple):
        for part in get_args(annotation):
            yield from parts_of(part)
    else:
        yield annotation


def leaves(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every leaf of the case format with the words it takes, if it takes only those."""
    for name, field in model.model_fields.items():
        path = f"{prefix}{field.alias or name}"
        if path in NOT_TYPED:
            continue
        parts = list(parts_of(field.annotation))
        models = [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]
        if models:
            yield from leaves(models[0], f"{path}.")
        else:
            yield path, [word for part in parts if get_origin(part) is Literal for word in get_args(part)]


def test_every_entry_of_the_case_format_can_be_typed() -> None:
    typed = set()
    for path, cell in CELLS.items():
        typed |= {f"{path}.value", f"{path}.unit"} if cell.kind is Kind.QUANTITY else {path}
    # The volume is one quantity with three more beneath it.
    assert typed == {path for path, _ in leaves(Case)}


@pytest.mark.parametrize(("path", "words"), [leaf for leaf in leaves(Case) if leaf[1]])
def test_the_choices_are_those_of_the_case_format(path: str, words: list[str]) -> None:
    cell = CELLS[path.removesuffix(".unit")] if path.endswith(".unit") else CELLS[path]
    if path.endswith("applies_to"):
        assert set(cell.options) == {"mnc+cd3", "mnc", "cd3", "none"}
    else:
        assert set(cell.options) == set(words)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document, by path; which counts a viability applies to as one text."""
    if path.endswith("applies_to") and value is not None:
        yield path, "+".join(value) or "none"
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(part, f"{path}.{key}".removeprefix("."))
    elif value is not None:
        yield path, value


@pytest.mark.parametrize("case", [full_case(), every_field_case()])
def test_a_file_fills_every_field_exactly_as_typed(window: MainWindow, case: dict[str, Any]) -> None:
    window.view_model.open(case)
    entries = window.findChildren(EntryEdit)
    on_screen = {path: text for entry in entries for path, text in shown(entry).items() if text}
    printed = {entry.unit_path for entry in entries if isinstance(entry, QuantityEdit) and len(entry.cell.options) == 1}
    in_file = {path: text for path, text in texts(case) if path.split(".")[0] not in NOT_TYPED and path not in printed}
    assert on_screen == in_file
    assert window.view_model.dirty is False


def test_every_input_has_a_name_of_its_own_and_a_role(window: MainWindow) -> None:
    window.view_model.open(full_case())
    names: dict[str, QWidget] = {}
    for kind in (QLineEdit, QComboBox, QRadioButton):
        for control in window.findChildren(kind):
            name = control.accessibleName()
            assert name, control
            assert name not in names, name
            names[name] = control
            interface = QAccessible.queryAccessibleInterface(control)
            assert interface.role() in (
                QAccessible.Role.EditableText,
                QAccessible.Role.ComboBox,
                QAccessible.Role.RadioButton,
            )
    assert len(names) > 150
    for button in window.findChildren(QPushButton):
        assert QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)
    for labels in window.findChildren(QListWidget):
        assert labels.accessibleName()


def test_there_is_no_spin_box_and_no_validator(window: MainWindow) -> None:
    window.view_model.open(full_case())
    assert not window.findChildren(QAbstractSpinBox)
    assert not [line for line in window.findChildren(QLineEdit) if line.validator() or line.inputMask()]


def wheel(widget: QWidget) -> None:
    centre = QPointF(widget.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(widget.mapToGlobal(widget.rect().center())),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_mouse_wheel_changes_nothing(window: MainWindow) -> None:
    window.view_model.open(full_case())
    before = window.view_model.document
    for kind in (QLineEdit, QComboBox, QRadioButton):
        for control in window.findChildren(kind):
            control.setFocus()
            wheel(control)
    page = window.steps.currentIndex()
    for part in (products(window).table.viewport(), window.steps):
        wheel(part)
    assert window.steps.currentIndex() == page
    assert window.view_model.document == before
    assert window.view_model.dirty is False


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("recipient.weight", "Weight"),
        ("recipient.weight.unit", "Weight"),
        ("labs.alt.upper_limit", "ALT"),
        ("products.1.counts.cd3.of", "Bag 2: CD3⁺: the percentage is of what?"),
        ("products.0.volume", "Bag 1: Volume in the bag"),
        ("products.0.volume.tare", "Bag 1: or weighed"),
        ("infusion.chemotherapy", ""),
        ("products", ""),
        ("decisions.0", ""),
    ],
)
def test_a_path_is_named_by_its_label(path: str, label: str) -> None:
    assert label_of(path, Words()) == label


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("35 mL and 75 × 10⁶ per kg", ["35 mL", "and", "75 × 10⁶", "per kg"]),
        ("≈ 99.8 % of it", ["≈ 99.8 %", "of", "it"]),
        ("a mLb", ["a", "mLb"]),
    ],
)
def test_no_line_ends_between_a_number_and_its_unit(text: str, parts: list[str]) -> None:
    assert [part.replace("\N{NO-BREAK SPACE}", " ") for part in unbroken(text).split(" ")] == parts


@pytest.mark.parametrize(
    "text", ["2026-11-18T10:00+08:00", "2026-11-18T10:00:30.5Z", "2026-11-18T10:00-03:30", "2026-11-18T", ""]
)
def test_a_moment_taken_apart_and_joined_is_the_same(text: str) -> None:
    assert join_moment(*split_moment(text)) == text


def test_list_grows_with_its_words(qtbot: Any) -> None:
    combo = QuietCombo(("wbc",))
    qtbot.addWidget(combo)
    combo.show()
    combo.name_items(lambda _: "W", "")
    narrow = combo.sizeHint().width()
    combo.name_items(lambda _: "of white cells, all of them", "")
    assert combo.sizeHint().width() > narrow
