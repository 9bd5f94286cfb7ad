"""A small button beside a date that opens a calendar, which is loaded when the first one opens."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from dlicalc.gui.signs import fill
from dlicalc.services.wording import Words
from dlicalc.services.wording.entry import CALENDAR, CALENDAR_KEYS, CALENDAR_LOCALE
from dlicalc.services.wording.window import FIELD_NAME

if TYPE_CHECKING:
    from dlicalc.gui.day_popup import DayPopup


def opens_calendar(event: QKeyEvent) -> bool:
    """F4 and Alt+Down, as lists are opened."""
    alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
    return (event.key() == Qt.Key.Key_F4 and not event.modifiers()) or (alt and event.key() == Qt.Key.Key_Down)


class DayButton(QToolButton):
    """Opens the calendar of one date; the keyboard opens it from the date itself."""

    picked = Signal(str)

    def __init__(self, text: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._locale = ""
        self.today: date | None = None
        self.popup: DayPopup | None = None
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self.open)

    def open(self) -> None:
        """Show the calendar beneath the date, with the day typed and today marked."""
        from dlicalc.gui.day_popup import DayPopup  # noqa: PLC0415  most cases are typed without it

        popup = DayPopup(self._text(), self.today, self._locale, self)
        popup.setAccessibleName(self.accessibleName())
        popup.picked.connect(self.picked)
        popup.destroyed.connect(self._forget)
        self.popup = popup
        popup.move(self._place(popup))
        popup.show()
        popup.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _forget(self) -> None:
        self.popup = None

    def _place(self, popup: QWidget) -> QPoint:
        """Beneath the button, or where it fits on the screen."""
        size, screen = popup.sizeHint(), self.screen().availableGeometry()
        below = self.mapToGlobal(QPoint(0, self.height()))
        top = below.y() if below.y() + size.height() <= screen.bottom() else below.y() - self.height() - size.height()
        left = max(screen.left(), min(below.x(), screen.right() - size.width()))
        return QPoint(left, max(screen.top(), top))

    def name(self, words: Words, name: str) -> None:
        """Word the button of the date called ``name``."""
        self._locale = words(CALENDAR_LOCALE)
        self.setToolTip(words(CALENDAR_KEYS))
        self.setAccessibleName(words.translate(FIELD_NAME).format(label=name, part=words(CALENDAR)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and a sheet of a calendar on it."""
        super().paintEvent(event)
        side = min(self.width(), self.height()) * 0.56
        sheet = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().color(QPalette.ColorRole.ButtonText)
        painter.setPen(QPen(ink, max(1.0, side / 12)))
        painter.drawRoundedRect(sheet, side / 10, side / 10)
        fill(painter, QRectF(sheet.left(), sheet.top(), side, side * 0.28), ink)
        dot = side * 0.12
        for across in (0.22, 0.5, 0.78):
            for down in (0.48, 0.74):
                left, top = sheet.left() + side * across - dot / 2, sheet.top() + side * down
                fill(painter, QRectF(left, top, dot, dot), ink)
        painter.end()
