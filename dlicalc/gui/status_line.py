"""The line at the foot of the window: program, protocol, language, data folder, and for a while what was done."""

from typing import Final

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.folder_label import FolderLabel
from dlicalc.services.wording import Words
from dlicalc.services.wording.safe_habits import DATA_FOLDER
from dlicalc.services.wording.window import STATUS

_WHILE: Final = 10_000
"""Milliseconds for which something said stays."""


class StatusLine(QStatusBar):
    """What runs here, and by which rules."""

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._version = version
        self.facts, self.folder = QLabel(self), FolderLabel(self)
        self.addWidget(self.facts)
        self.addWidget(self.folder, 1)

    def show_facts(self, protocol: Protocol, language: str, words: Words) -> None:
        """Program, protocol and ``language``, as that language calls itself."""
        named = f"{protocol.protocol.id} {protocol.protocol.version}"
        self.facts.setText(f"{words.translate(STATUS).format(version=self._version, protocol=named)} · {language}")

    def show_folder(self, folder: str, words: Words) -> None:
        """Where drafts and records lie."""
        self.folder.set_text(folder, words(DATA_FOLDER))

    def tell(self, text: str) -> None:
        """Say something for a while."""
        self.showMessage(text, _WHILE)
