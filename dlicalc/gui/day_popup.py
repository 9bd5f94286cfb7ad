"""The calendar that a button beside a date opens."""

from datetime import date
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from dlicalc.gui.day_button import opens_calendar

_FORM: Final = "yyyy-MM-dd"


class DayPopup(QFrame):
    """A month of days; Enter or a click takes the day, Esc takes none."""

    picked = Signal(str)

    def __init__(self, typed: str, today: date | None, locale: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = _calendar(self, locale)
        now = QDate(today.year, today.month, today.day) if today else QDate()
        day = QDate.fromString(typed, _FORM)
        self.calendar.setSelectedDate(day if day.isValid() else now)
        if now.isValid():
            self.calendar.setDateTextFormat(now, _mark())
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self.calendar)

    def _take(self, day: QDate) -> None:
        if self.isVisible():
            self.close()
            self.picked.emit(day.toString(_FORM))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, and so do the keys that opened."""
        if event.key() == Qt.Key.Key_Escape or opens_calendar(event):
            self.close()
        else:
            super().keyPressEvent(event)


def _calendar(parent: QWidget, locale: str) -> QCalendarWidget:
    calendar = QCalendarWidget(parent)
    calendar.setLocale(QLocale(locale))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setGridVisible(True)
    return calendar


def _mark() -> QTextCharFormat:
    """Today, marked by more than a colour."""
    mark = QTextCharFormat()
    mark.setFontUnderline(True)
    mark.setFontWeight(700)
    return mark
