"""Says over all pages that a bag is entered of which, by the records, less or nothing is left."""

from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.notice_strip import NoticeStrip
from dlicalc.services.wording import Words
from dlicalc.services.wording.safe_habits import UNDERSTOOD


def bags_in(snapshot: Snapshot) -> object:
    """What all that is said of the stock rests on: hardly any key changes it."""
    if snapshot.recorded is None or not snapshot.recorded.given_from:
        return None
    bags = [(bag.din, bag.product_code, bag.volume) for bag in snapshot.case.products]
    return snapshot.recorded, snapshot.order.number, bags


class StockNotice(NoticeStrip):
    """Stays until it is closed, or what is entered agrees with the records."""

    def __init__(self, view_model: CaseViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._words = Words()
        self._told = ""
        self._rests_on: object = None
        view_model.changed.connect(self._follow)

    def _follow(self, snapshot: Snapshot) -> None:
        rests_on = bags_in(snapshot)
        if rests_on == self._rests_on:
            return
        self._rests_on, text = rests_on, ""
        if snapshot.recorded is not None and snapshot.recorded.given_from:
            from dlicalc.services.recorded_words import contradictions  # noqa: PLC0415  few cases have such a bag

            text = "\n".join(contradictions(snapshot.recorded, snapshot.case, snapshot.order.number, self._words))
        if text != self._told:
            self._told = text
            self.show_text(text)
            self.setVisible(bool(text))

    def retranslate(self, words: Words) -> None:
        """Word everything anew; a message that was closed stays closed."""
        closed = self.isHidden()
        self._words, self._rests_on = words, None
        self.button.setText(words(UNDERSTOOD))
        self._follow(self._view_model.snapshot)
        if closed:
            self.hide()
