"""A closed list to choose from: nothing is chosen by itself, by the wheel, or by what is offered."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from dlicalc.gui.signs import MALFORMED, set_colours


class QuietCombo(QComboBox):
    """A list to choose from, with an empty first line; the mouse wheel scrolls the page instead of choosing."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, codes: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The words change with the language, and their width with them.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for code in ("", *codes):
            self.addItem(code, code)
        self._known = self.count()
        self._offer = ""
        self._offer_words = ""
        self.activated.connect(lambda index: self.chosen.emit(self.itemData(index)))

    def code(self) -> str:
        """What is chosen; empty if nothing is."""
        return str(self.currentData() or "")

    def fill(self, code: str) -> None:
        """Show ``code`` as chosen, also one that a file holds and nobody offers."""
        if self.count() > self._known:
            self.removeItem(self._known)
        if self.findData(code) < 0:
            self.addItem(code, code)
        self.setCurrentIndex(self.findData(code))

    def name_items(self, name: Callable[[str], str], nothing: str) -> None:
        """Word the choices; ``nothing`` stands in the empty line."""
        for index in range(self.count()):
            code = self.itemData(index)
            self.setItemText(index, name(code) if code else nothing)

    def show_missing(self, missing: bool) -> None:
        """Show that a choice is due here."""
        set_colours(self, MALFORMED if missing else None)

    def offer(self, code: str, words: str) -> None:
        """Show ``words`` in italics while nothing is chosen: ``code`` is there to be taken, and is not taken yet."""
        if (code, words) != (self._offer, self._offer_words):
            self._offer, self._offer_words = code, words
            self.updateGeometry()
            self.update()

    @property
    def offers(self) -> bool:
        """Whether an offer is there to be taken."""
        return bool(self._offer) and not self.code()

    def take_offer(self) -> bool:
        """Choose what is offered, as somebody who presses Enter here wants; false if nothing is."""
        if not self.offers:
            return False
        self.fill(self._offer)
        self.chosen.emit(self._offer)
        return True

    def sizeHint(self) -> QSize:
        """Room for the offer too."""
        hint = super().sizeHint()
        if self.offers:
            texts = [self.itemText(index) for index in range(self.count())]
            widest = max(self.fontMetrics().horizontalAdvance(text) for text in texts)
            letters = QFontMetrics(self._offer_font())
            more = letters.horizontalAdvance(self._offer_words) + letters.averageCharWidth() - widest
            hint.setWidth(hint.width() + max(0, more))
        return hint

    def _offer_font(self) -> QFont:
        font = QFont(self.font())
        font.setItalic(True)
        return font

    def minimumSizeHint(self) -> QSize:
        """The offer is never cut."""
        return self.sizeHint() if self.offers else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The choice, or the offer in italics."""
        if self.offers:
            self._paint_offer()
        else:
            super().paintEvent(event)

    def _paint_offer(self) -> None:
        # Qt's words for styles are many, and take long to load.
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter  # noqa: PLC0415  see above

        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._offer_words  # type: ignore[attr-defined]
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.setFont(self._offer_font())
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard has gone."""
        super().focusOutEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
