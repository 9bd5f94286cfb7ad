"""A number with its unit: keeps exactly what was typed, offers no unit of its own, and no wheel turns it."""

from PySide6.QtWidgets import QLabel, QWidget

from dlicalc.gui.entry_edit import EntryEdit, QuietCombo, TextAt, TypedLine, show_line
from dlicalc.gui.fields import Cell, template_of
from dlicalc.services.ports import UnitMemory
from dlicalc.services.wording import Words
from dlicalc.services.wording.entry import UNIT_OFFER, UNIT_OFFERED
from dlicalc.services.wording.site import UNIT_PREFERRED, UNIT_PREFERRED_MISSING
from dlicalc.services.wording.window import FIELD_NAME, UNIT, UNIT_CHOICE

_DIGITS = 7
_PARTS = 2


class QuantityEdit(EntryEdit):
    """A line for the number; beside it a list of units, or the unit in print where there is but one."""

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self._words = Words()
        self._units: UnitMemory | None = None
        self._chosen = False
        self.retarget(path)
        self.number = TypedLine(cell.width or _DIGITS, self)
        self.number.textEdited.connect(self._typed)
        self.line.addWidget(self.number)
        self.unit = QuietCombo(cell.options, self) if len(cell.options) >= _PARTS else None
        self._printed = QLabel(self) if len(cell.options) == 1 else None
        if self.unit is not None:
            self.unit.chosen.connect(self._unit_chosen)
            self.unit.left.connect(self._remember)
            self.line.addWidget(self.unit)
        if self._printed is not None:
            self.line.addWidget(self._printed)

    def retarget(self, path: str) -> None:
        """Speak of ``path`` from now on."""
        super().retarget(path)
        self.value_path = f"{path}.value" if self.cell.options else path
        self.unit_path = f"{path}.unit"

    def _typed(self, text: str) -> None:
        """The one possible unit goes with the number, before it, so that the number never stands without it."""
        if self._printed is not None and text:
            self.edited.emit(self.unit_path, self.cell.options[0])
        self.edited.emit(self.value_path, text)
        if self._printed is not None and not text:
            self.edited.emit(self.unit_path, "")

    def _unit_chosen(self, code: str) -> None:
        self._chosen = True
        self.edited.emit(self.unit_path, code)

    def use_units(self, units: UnitMemory) -> None:
        """Offer the unit that ``units`` remembers of this kind of entry, and tell it the one chosen."""
        self._units = units
        self._offer()

    def _offer(self) -> None:
        """Show the unit that the site prefers, else the one last used, as long as none is chosen."""
        last = self._last_unit()
        if self.unit is not None:
            sentence = UNIT_PREFERRED if self._preferred() else UNIT_OFFER
            words = self._words.translate(sentence).format(unit=self._words.unit(last)) if last else ""
            self.unit.offer(last, words)

    def _last_unit(self) -> str:
        """The unit to offer here, if it is one of those that can be chosen."""
        last = "" if self._units is None else self._units.last(template_of(self.unit_path)[0])
        return last if last in self.cell.options else ""

    def _preferred(self) -> bool:
        return self._units is not None and self._units.preferred(template_of(self.unit_path)[0])

    def _remember(self) -> None:
        """Keep the unit that somebody chose and left standing."""
        if self._units is not None and self.unit is not None and self._chosen and self.unit.code():
            self._units.remember(template_of(self.unit_path)[0], self.unit.code())

    def offered(self, words: Words) -> str:
        """What to do about a missing unit, where one is offered; else nothing."""
        last = self._last_unit()
        sentence = UNIT_PREFERRED_MISSING if self._preferred() else UNIT_OFFERED
        return words.translate(sentence).format(unit=words.unit(last)) if last else ""

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        self.number.fill(text_at(self.value_path))
        if self.unit is not None:
            self._chosen = False
            self.unit.fill(text_at(self.unit_path))
            self._offer()

    def controls(self) -> list[QWidget]:
        """The line and, where there is a choice, the list of units."""
        return [self.number] if self.unit is None else [self.number, self.unit]

    def show_problem(self, path: str, sentence: str) -> None:
        """Mark the number, or the unit where that is what is missing."""
        of_unit = bool(sentence) and path == self.unit_path
        show_line(self.number, "" if of_unit else sentence, self._words)
        if self.unit is not None:
            self.unit.show_missing(of_unit)
            if of_unit:
                self._offer()
            self.unit.setAccessibleDescription(sentence if of_unit else "")

    def name_controls(self, words: Words, name: str) -> None:
        """Name number and unit, and write the units as people do."""
        self._words = words
        self.number.setAccessibleName(name)
        if self.unit is not None:
            self.unit.setAccessibleName(words.translate(FIELD_NAME).format(label=name, part=words(UNIT)))
            self.unit.name_items(words.unit, words(UNIT_CHOICE))
            self._offer()
        if self._printed is not None:
            self._printed.setText(words.unit(self.cell.options[0]))
