"""What the recipient was given before, in the words of the records: a note, which changes no number."""

from typing import Final

from PySide6.QtWidgets import QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.signs import Sign, Strip
from dlicalc.services.recorded_words import Weight, before_line
from dlicalc.services.wording import Words

_SIGNS: Final = {Weight.QUIET: Sign.EMPTY, Weight.NOTE: Sign.NOTE, Weight.REVIEW: Sign.REVIEW}


class BeforeLine(Strip):
    """Hidden while nobody was looked up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rests_on: tuple[object, ...] = ()
        self.hide()

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Word it anew if recipient, dose or records are others."""
        rests_on = (
            snapshot.recorded,
            snapshot.case.recipient.mrn,
            snapshot.evaluation.dose,
            snapshot.order.number,
            words,
        )
        if rests_on == self._rests_on:
            return
        self._rests_on = rests_on
        line = before_line(snapshot, words)
        self.setVisible(line is not None)
        if line is not None:
            self.show_state(_SIGNS[line.weight], line.text)
