"""The page of a copy that is not as released: it says so, and there is nothing else.

It needs nothing of the rest of the program, which may be what is damaged.
"""

import sys
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

_SIZE: Final = QSize(760, 460)
_LEAD: Final = "✕ STOP"


class RefusalPage(QWidget):
    """The message, to be read, copied and closed."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self.setWindowTitle("dlicalc")
        self.text = QLabel("\n\n".join(lines))
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        by = Qt.TextInteractionFlag
        self.text.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
        self.text.setAccessibleName(self.text.text())
        lead = QLabel(_LEAD)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.text.setFont(font)
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setBold(True)
        lead.setFont(font)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(lead)
        column.addWidget(self.text, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        close = QPushButton("Close / 关闭")
        close.clicked.connect(self.close)
        close.setDefault(True)
        outside = QVBoxLayout(self)
        outside.addWidget(area, 1)
        outside.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        close.setFocus()
        self.resize(self.screen().availableSize().boundedTo(_SIZE))


def show_alone(lines: Sequence[str]) -> None:
    """Show the page in place of a window that could not be opened, until it is closed."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    for widget in QApplication.topLevelWidgets():
        widget.hide()
    page = RefusalPage(lines)
    page.show()
    application.exec()
