"""The keyboard goes to a control and the page scrolls to it, which Qt does for the tab key alone."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

_NESTED_LAYOUTS: Final = 6
_AROUND: Final = 60
"""Pixels above and below, so that the lines under an entry are seen too."""


def settle() -> None:
    """Let what was shown or hidden a moment ago move the rest, each layout passing it on to the one around it."""
    for _ in range(_NESTED_LAYOUTS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def give_keyboard(control: QWidget, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
    """Give ``control`` the keyboard and bring it into sight."""
    control.setFocus(reason)
    settle()
    bring_into_sight(control)


def bring_into_sight(control: QWidget) -> None:
    """Scroll every area around ``control`` down or up as far as it must; Qt's own way is content with the cursor."""
    around = control.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            _scroll(around, control)
        around = around.parentWidget()


def _scroll(area: QScrollArea, control: QWidget) -> None:
    bar, height = area.verticalScrollBar(), area.viewport().height()
    margin = max(0, min(_AROUND, (height - control.height()) // 2))
    top = control.mapTo(area.widget(), QPoint(0, 0)).y()
    bar.setValue(min(max(bar.value(), top + control.height() + margin - height), top - margin))
