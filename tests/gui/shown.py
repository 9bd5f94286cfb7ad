"""What the controls of the window show, by path."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from dlicalc.gui.choice import Choice
from dlicalc.gui.date_edit import MomentEdit, join_moment
from dlicalc.gui.entry_edit import EntryEdit, QuietCombo
from dlicalc.gui.quantity_edit import QuantityEdit


def shown(entry: EntryEdit) -> dict[str, str]:
    """What a control shows, by path."""
    if isinstance(entry, QuantityEdit):
        unit = {entry.unit_path: entry.unit.code()} if entry.unit is not None else {}
        return {entry.value_path: entry.number.text(), **unit}
    if isinstance(entry, MomentEdit):
        return {entry.path: join_moment(entry.day.text(), entry.time.text(), entry.offset.text())}
    if isinstance(entry, Choice):
        return {entry.path: entry.answer()}
    control = entry.controls()[0]
    assert isinstance(control, (QLineEdit, QuietCombo))
    return {entry.path: control.text() if isinstance(control, QLineEdit) else control.code()}
