"""What program this is: version, protocol, folders, to be read out or copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from dlicalc.gui.mnemonic import plain
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import ABOUT, CLOSE, COPY


class AboutDialog(QDialog):
    """Labels and values, and a button that copies them."""

    def __init__(self, words: Words, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(plain(words(ABOUT)))
        self._details = "\n".join(f"{words(field.label)}: {field.value}" for field in fields)
        form = QFormLayout()
        for field in fields:
            value = QLabel(field.value, self)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(words(field.label), value)
        buttons = QDialogButtonBox(self)
        self.copy = buttons.addButton(words(COPY), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        close = buttons.addButton(words(CLOSE), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
