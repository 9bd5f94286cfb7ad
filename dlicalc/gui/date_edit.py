"""Dates and moments as text: typed as the case file writes them, never turned by a wheel or a spin button."""

import re
from datetime import date, datetime

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from dlicalc.gui.day_button import DayButton, opens_calendar
from dlicalc.gui.entry_edit import EntryEdit, TextAt, TypedLine, show_line
from dlicalc.gui.fields import Cell
from dlicalc.gui.flow import FlowLayout
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import DATE, DATE_HINT, FIELD_NAME, OFFSET, OFFSET_HINT, TIME, TIME_HINT

_TIME_AND_OFFSET = re.compile(r"([^Z+-]*)(.*)", re.DOTALL)


class DayEdit(EntryEdit):
    """An entry with a day in it: the line of the day and the button of its calendar."""

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self._words = Words()
        self.day = TypedLine(11, self)
        self.calendar = DayButton(self.day.text, self)
        self.calendar.picked.connect(self.day.type_text)
        self.line.addWidget(self.day)
        self.line.addWidget(self.calendar)

    def show_today(self, today: date) -> None:
        """Say which day the calendar marks as today."""
        self.calendar.today = today

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F4 or Alt+Down opens the calendar."""
        if opens_calendar(event):
            self.calendar.open()
        else:
            super().keyPressEvent(event)


class DateEdit(DayEdit):
    """A day as YYYY-MM-DD."""

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self.day.textEdited.connect(lambda text: self.edited.emit(self.path, text))

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        self.day.fill(text_at(self.path))

    def controls(self) -> list[QWidget]:
        """The line."""
        return [self.day]

    def show_problem(self, path: str, sentence: str) -> None:
        """Mark the line."""
        show_line(self.day, sentence, self._words)

    def name_controls(self, words: Words, name: str) -> None:
        """Name the line and show the form of a date in it while it is empty."""
        super().name_controls(words, name)
        self._words = words
        self.day.setPlaceholderText(words(DATE_HINT))
        self.calendar.name(words, name)


def local_offset(day: str, time: str) -> str:
    """The offset from UTC that this computer's time zone has at that local time; empty if it is no time."""
    try:
        moment = datetime.fromisoformat(f"{day}T{time}").astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.isoformat()[-6:]


def split_moment(text: str) -> tuple[str, str, str]:
    """Date, time and offset of a moment as typed; joined again by :func:`join_moment` they give the same text."""
    day, _, rest = text.partition("T")
    match = _TIME_AND_OFFSET.fullmatch(rest)
    time, offset = match.groups() if match else (rest, "")
    return day, time, offset


def join_moment(day: str, time: str, offset: str) -> str:
    """The moment as the case file writes it; empty if nothing was typed."""
    return f"{day}T{time}{offset}" if day or time or offset else ""


class MomentEdit(DayEdit):
    """Date, time and offset from UTC. The offset of this computer is put in, to be seen and changed."""

    def __init__(self, cell: Cell, path: str, parent: QWidget | None = None) -> None:
        super().__init__(cell, path, parent)
        self._own_offset = ""
        self.time, self.offset = (TypedLine(characters, self) for characters in (6, 7))
        self._utc = QLabel(self)
        for line in (self.day, self.time):
            line.textEdited.connect(self._day_or_time_typed)
        self.offset.textEdited.connect(self._announce)
        for widget in (self.time, self._utc, self.offset):
            self.line.addWidget(widget)

    def make_line(self) -> QLayout:
        """What does not fit beside the day goes beneath it."""
        return FlowLayout(self, gap=5)

    def retarget(self, path: str) -> None:
        """Speak of ``path`` from now on; an offset there counts as typed."""
        super().retarget(path)
        self._own_offset = ""

    def _day_or_time_typed(self) -> None:
        """The offset follows date and time until somebody types another one."""
        if self.offset.text() == self._own_offset:
            complete = len(self.day.text()) == len("YYYY-MM-DD") and len(self.time.text()) >= len("hh:mm")
            self._own_offset = local_offset(self.day.text(), self.time.text()) if complete else ""
            self.offset.fill(self._own_offset)
        self._announce()

    def _announce(self) -> None:
        self.edited.emit(self.path, join_moment(self.day.text(), self.time.text(), self.offset.text()))

    def fill(self, text_at: TextAt) -> None:
        """Show what was typed."""
        text = text_at(self.path)
        if text == join_moment(self.day.text(), self.time.text(), self.offset.text()):
            return
        self._own_offset = ""
        for line, part in zip((self.day, self.time, self.offset), split_moment(text), strict=True):
            line.fill(part)

    def controls(self) -> list[QWidget]:
        """The three lines."""
        return [self.day, self.time, self.offset]

    def show_problem(self, path: str, sentence: str) -> None:
        """Mark the lines."""
        for line in (self.day, self.time, self.offset):
            show_line(line, sentence, self._words)

    def name_controls(self, words: Words, name: str) -> None:
        """Name each line and show the form of its text while it is empty."""
        self._words = words
        for line, part, hint in (
            (self.day, DATE, DATE_HINT),
            (self.time, TIME, TIME_HINT),
            (self.offset, OFFSET, OFFSET_HINT),
        ):
            line.setAccessibleName(words.translate(FIELD_NAME).format(label=name, part=words(part)))
            line.setPlaceholderText(words(hint))
        self._utc.setText(words(OFFSET))
        self.calendar.name(words, name)
