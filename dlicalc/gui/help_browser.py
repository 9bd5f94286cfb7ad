"""Shows a topic of the manual; it reads no file and opens no address."""

from typing import Final

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

from dlicalc.services.manual import Topic
from dlicalc.services.manual_text import html

_STYLE: Final = """
h1 {{ font-size: x-large; margin-top: 0; }} h2 {{ font-size: large; margin-top: 12px; margin-bottom: 2px; }}
h3 {{ font-size: medium; margin-top: 8px; margin-bottom: 0; }} p, li {{ margin-top: 3px; margin-bottom: 3px; }}
a {{ color: {ink}; text-decoration: underline; }} table {{ border-color: {ink}; border-collapse: collapse; }}
"""
"""Links differ by their line, not by a colour, so they can be read on any ground."""


class HelpBrowser(QTextBrowser):
    """One topic at a time, in the colours of the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self._topic: Topic | None = None
        self._anchor = ""

    def show_topic(self, topic: Topic, anchor: str) -> None:
        """Show ``topic`` from ``anchor`` on."""
        if topic is not self._topic:
            self._topic = topic
            self._fill()
        self._anchor = anchor
        self.scrollToAnchor(anchor or "top")

    def _fill(self) -> None:
        if self._topic is not None:
            ink = self.palette().color(QPalette.ColorRole.Text).name()
            self.document().setDefaultStyleSheet(_STYLE.format(ink=ink))
            self.setHtml(html(self._topic))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is loaded from anywhere."""
        return None

    def changeEvent(self, event: QEvent) -> None:
        """Another palette colours the topic anew, and another font sets it anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._fill()
            self.scrollToAnchor(self._anchor or "top")
