"""The list beside the manual: its contents, or what a search has found."""

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from dlicalc.services.manual import Hit, Manual
from dlicalc.services.manual_place import Place

_PLACE: Final = Qt.ItemDataRole.UserRole


class HelpContents(QTreeWidget):
    """Topics with their headings below them; Enter or a click goes there."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_manual(self, manual: Manual) -> None:
        """All topics."""
        self.clear()
        self.setRootIsDecorated(True)
        for topic in manual.topics:
            item = _item(topic.title, Place(topic.name))
            for section in topic.sections:
                if section.anchor:
                    item.addChild(_item(section.heading, Place(topic.name, section.anchor)))
            self.addTopLevelItem(item)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """What was found, each with some words around it."""
        self.clear()
        self.setRootIsDecorated(False)
        for hit in hits:
            item = _item(f"{hit.title}\n    {hit.excerpt}", hit.place)
            item.setToolTip(0, hit.excerpt)
            self.addTopLevelItem(item)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def mark(self, place: Place) -> None:
        """Make the entry of ``place`` the current one, if it is listed."""
        for index in range(self.topLevelItemCount()):
            item = cast(QTreeWidgetItem, self.topLevelItem(index))
            for one in (item, *(item.child(number) for number in range(item.childCount()))):
                if one.data(0, _PLACE) == place:
                    self.setCurrentItem(one)
                    return

    def choose_current(self) -> None:
        """Go to the current entry."""
        if self.currentItem() is not None:
            self._choose(self.currentItem(), 0)

    def _choose(self, item: QTreeWidgetItem, _column: int) -> None:
        self.chosen.emit(item.data(0, _PLACE))


def _item(words: str, place: Place) -> QTreeWidgetItem:
    item = QTreeWidgetItem([words])
    item.setData(0, _PLACE, place)
    return item
