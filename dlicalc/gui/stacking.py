"""How the parts of the window lie on and beside each other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


def above_each_other(*parts: QWidget) -> QWidget:
    """The last one gets all the room that the others leave."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for part in parts:
        layout.addWidget(part, 1 if part is parts[-1] else 0)
    return column


class Still(QWidget):
    """Through it ``widget`` does not ask for another layout: each key would lay out and paint the whole window."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        widget.setParent(self)
        self.setMinimumWidth(widget.minimumWidth())

    def sizeHint(self) -> QSize:
        """As large as what it holds."""
        return self._widget.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all room on."""
        self._widget.resize(event.size())


def rule(parent: QWidget) -> QFrame:
    """A line across, between two parts."""
    line = QFrame(parent)
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
