"""A finding as a line of a list: sign and word on their ground, the field in bold, the sentence beneath it."""

from collections.abc import Mapping
from math import ceil
from typing import Final, NamedTuple, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

from dlicalc.domain.finding import Finding, Severity
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.signs import Sign, fill, paint_sign
from dlicalc.gui.unbroken import unbroken
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import DECIDED

ENTRY: Final = Qt.ItemDataRole.UserRole
"""Where an item of a list keeps its line."""
_SIGNS: Final = {Severity.STOP: Sign.STOP, Severity.REVIEW: Sign.REVIEW, Severity.NOTE: Sign.NOTE}
_GAP: Final = 8
_NARROWEST: Final = 60
_KEPT: Final = 64
"""Lines whose height and picture are kept."""
Index = QModelIndex | QPersistentModelIndex
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Line(NamedTuple):
    """A finding as it is shown."""

    finding: Finding
    sign: Sign
    word: str
    label: str
    sentence: str


def line_of(finding: Finding, words: Words, slips: Mapping[str, str]) -> Line:
    """Severity in a word, the field it speaks of, and the sentence; an unreadable entry says what is wrong with it."""
    unreadable = finding.code == "entry.unreadable" and finding.path in slips
    sentence = slips[finding.path] if unreadable else words.finding(finding)
    if finding.ruling is not None:
        decided = words.translate(DECIDED).format(by=finding.ruling.by, reason=finding.ruling.reason)
        sentence = f"{sentence} {decided}"
    word = words.term("decided") if finding.ruling is not None else words.term(finding.severity.label)
    sign = Sign.REVIEW if finding.ruling is not None else _SIGNS[finding.severity]
    return Line(finding, sign, word.upper(), label_of(finding.path, words), unbroken(sentence))


class LinePainter:
    """Measures and draws lines in the font and colours of ``view``; a line that stays is not drawn again."""

    def __init__(self, view: QListWidget) -> None:
        self._view = view
        self._chip = 0
        self._fitted: tuple[set[str], QFont] | None = None
        self._font = view.font()
        self._heights: dict[tuple[str, bool, int, str], int] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}

    def forget(self) -> None:
        """Keep no picture and no sentence of what was shown."""
        self._heights.clear()
        self._pictures.clear()

    def fit(self, words: set[str]) -> None:
        """Make room for the widest of the severity words."""
        font = self._view.font()
        if (words, font) == self._fitted:
            return
        metrics = QFontMetrics(_bold(font))
        self._chip = max((metrics.horizontalAdvance(word) for word in words), default=0) + metrics.height() + 14
        self._fitted = words, font

    def room(self) -> tuple[int, str]:
        """On what, besides its words, the height of a line rests: the width of a sentence, and its font."""
        return max(self._view.viewport().width() - self._chip - 2 * _GAP, _NARROWEST), self._view.font().key()

    def height(self, line: Line) -> int:
        """As high as the sentence is at the width of the list."""
        width, font = self.room()
        key = line.sentence, bool(line.label), width, font
        if key not in self._heights:
            metrics = QFontMetrics(self._view.font())
            box = metrics.boundingRect(QRect(0, 0, width, 10**4), Qt.TextFlag.TextWordWrap, line.sentence)
            label = metrics.height() if line.label else 0
            _bounded(self._heights)[key] = max(box.height() + label, metrics.height() + 4) + _GAP
        return self._heights[key]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, line: Line, *, selected: bool) -> None:
        """Draw one line."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        palette: QPalette = option.palette  # type: ignore[attr-defined]
        if option.font != self._font:  # type: ignore[attr-defined]
            self.forget()
            self._font = QFont(option.font)  # type: ignore[attr-defined]
        ratio, group = self._view.devicePixelRatioF(), palette.currentColorGroup()
        look = palette.cacheKey(), group, ratio, self._chip, selected
        key = *line[1:], rect.width(), rect.height(), *look
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._picture(line, palette, rect.size(), selected=selected)
            _bounded(self._pictures)[key] = picture
        painter.drawPixmap(rect.topLeft(), picture)

    def _picture(self, line: Line, palette: QPalette, size: QSize, *, selected: bool) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        picture = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base))
        painter = QPainter(picture)
        ink = palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
        self._draw(painter, line, QRect(QPoint(), size), ink)
        painter.end()
        return picture

    def _draw(self, painter: QPainter, line: Line, rect: QRect, ink: QColor) -> None:
        view = self._view
        box = rect.adjusted(4, 4, -4, -4)
        chip = QRect(box.left(), box.top(), self._chip, QFontMetrics(view.font()).height() + 4)
        self._paint_chip(painter, chip, line, view)
        text = box.adjusted(self._chip + _GAP, 0, 0, 0)
        painter.setPen(ink)
        if line.label:
            painter.setFont(_bold(view.font()))
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line.label)
            text = text.adjusted(0, QFontMetrics(view.font()).height(), 0, 0)
        painter.setFont(view.font())
        painter.drawText(text, Qt.TextFlag.TextWordWrap, line.sentence)

    @staticmethod
    def _paint_chip(painter: QPainter, box: QRect, line: Line, view: QListWidget) -> None:
        ground, ink = QColor(line.sign.value.ground), QColor(line.sign.value.ink)
        fill(painter, QRectF(box), ground)
        size = QFontMetrics(view.font()).height() - 4.0
        sign = QRectF(box.left() + 5, box.top() + (box.height() - size) / 2, size, size)
        paint_sign(painter, line.sign, sign, ink, ground)
        painter.setPen(ink)
        painter.setFont(_bold(view.font()))
        words = box.adjusted(round(size) + 10, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.word)


class LineDelegate(QStyledItemDelegate):
    """Draws the lines of a list whose items say themselves how high they are."""

    def __init__(self, view: QListWidget) -> None:
        super().__init__(view)
        self._view = view
        self.lines = LinePainter(view)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line of an item."""
        # The option knows too whether the line is selected, but to read it PySide loads all of Qt's words for styles.
        selected = self._view.selectionModel().isSelected(index)
        self.lines.paint(painter, option, index.data(ENTRY), selected=selected)


class FindingDelegate(LineDelegate):
    """Draws and measures the lines of a list."""

    def fit(self, words: set[str]) -> None:
        """Make room for the widest of the severity words."""
        self.lines.fit(words)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the list, as high as the line."""
        return QSize(self._view.viewport().width(), self.lines.height(index.data(ENTRY)))


def _bounded(kept: dict[_Key, _Value]) -> dict[_Key, _Value]:
    """``kept``, emptied when there is much in it."""
    if len(kept) >= _KEPT:
        kept.clear()
    return kept


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
