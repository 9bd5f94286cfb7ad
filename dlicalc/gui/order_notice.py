"""Says at once, wherever somebody types, that a change has put an end to the order in hand."""

from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.notice_strip import NoticeStrip
from dlicalc.services.wording import Words
from dlicalc.services.wording.check import NOW_SUPERSEDED
from dlicalc.services.wording.safe_habits import UNDERSTOOD


class OrderNotice(NoticeStrip):
    """Stays until it is closed, another order is prepared, or another case comes."""

    def __init__(self, view_model: CaseViewModel) -> None:
        super().__init__()
        self._words = Words()
        self._number = ""
        view_model.superseded.connect(self._tell)
        view_model.changed.connect(self._follow)

    def _tell(self, number: str) -> None:
        self._number = number
        self._word()
        self.show()

    def _follow(self, snapshot: Snapshot) -> None:
        order = snapshot.desk.order
        if self._number and (order is None or order.number != self._number):
            self._number = ""
            self._word()
            self.hide()

    def _word(self) -> None:
        self.show_text(self._words(NOW_SUPERSEDED, number=self._number) if self._number else "")

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self._words = words
        self.button.setText(words(UNDERSTOOD))
        self._word()
