"""Says over the pages that the recovery key is not on paper yet, until it is."""

from dlicalc.gui.notice_strip import NoticeStrip
from dlicalc.services.wording import Words
from dlicalc.services.wording import records_care as say


class RecoveryReminder(NoticeStrip):
    """Its button leads to the key and does not take it away."""

    def _close(self) -> None:
        self.closed.emit()

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self.button.setText(words(say.KEY_REMIND_DO))
        self.show_text(words(say.KEY_REMIND))
