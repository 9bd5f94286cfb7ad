"""One of a few settings, all of them visible."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGroupBox, QRadioButton, QWidget

from dlicalc.gui.flow import FlowLayout
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import FIELD_NAME


class Pick(QGroupBox):
    """Round buttons under a heading; one of them is always chosen."""

    picked = Signal(str)

    def __init__(self, codes: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        flow = FlowLayout(self)
        flow.setContentsMargins(8, 4, 8, 4)
        self.buttons = {code: QRadioButton(self) for code in codes}
        for code, button in self.buttons.items():
            flow.addWidget(button)
            button.clicked.connect(lambda _checked, code=code: self.picked.emit(code))
        self.buttons[codes[0]].setChecked(True)

    @property
    def code(self) -> str:
        """What is chosen."""
        return next(code for code, button in self.buttons.items() if button.isChecked())

    def choose(self, code: str) -> None:
        """Choose without anybody having picked."""
        self.buttons[code].setChecked(True)

    def name(self, heading: str, texts: Sequence[str], words: Words) -> None:
        """Word heading and buttons; a screen reader hears both together."""
        self.setTitle(heading)
        for button, text in zip(self.buttons.values(), texts, strict=True):
            button.setText(text)
            button.setAccessibleName(words.translate(FIELD_NAME).format(label=heading, part=text))
