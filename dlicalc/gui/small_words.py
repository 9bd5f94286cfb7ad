"""Small words beneath an entry that change with every key: painted, so that a key lays nothing out anew."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

_SMALL: Final = 0.92
_LAID_OUT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_ROOM: Final = 10_000
_FEWEST: Final = 12
"""Characters to which a line may shrink."""


class SmallWords(QWidget):
    """Lines as many as the words need; the layout is asked only when that number changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * _SMALL)
        self.setFont(font)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        """The words shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show ``text``."""
        self._text = text
        self.setAccessibleName(text)
        if self.isVisible() and self.heightForWidth(self.width()) != self.height():
            self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """One line, or as many as the words need at ``width``."""
        letters = self.fontMetrics()
        height = letters.height()
        # Measuring costs as much as painting; words that fit whatever their letters are need none.
        widest = sum(height * 0.7 if sign.isascii() else height for sign in self._text)
        if widest <= width or letters.horizontalAdvance(self._text) <= width:
            return height
        return letters.boundingRect(QRect(0, 0, max(width, 1), _ROOM), int(_LAID_OUT), self._text).height()

    def sizeHint(self) -> QSize:
        """All words in one line."""
        letters = self.fontMetrics()
        return QSize(letters.horizontalAdvance(self._text), letters.height())

    def minimumSizeHint(self) -> QSize:
        """A few characters wide."""
        letters = self.fontMetrics()
        return QSize(letters.horizontalAdvance("0") * _FEWEST, letters.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words in the ink of the page."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(_LAID_OUT), self._text)
        painter.end()
