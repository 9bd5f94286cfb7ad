"""After the infusion: asks for what was given, and says what came of it."""

from typing import TYPE_CHECKING
from typing import Protocol as Port

from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.records_look import RecordsLook
from dlicalc.gui.signs import Sign
from dlicalc.services.problem import Problem
from dlicalc.services.records import Entry, RecordStore, Unavailable
from dlicalc.services.wording import Words
from dlicalc.services.wording import given as say

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs
    from dlicalc.services.given_desk import GivenDesk


class Host(Port):
    """The window, as far as this needs it."""

    words: Words

    @property
    def records(self) -> RecordStore | Unavailable:
        """Where it is recorded, or why it cannot be."""

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""


class GivenActs:
    """Opens the dialog for the open order, or for one whose number is typed there."""

    def __init__(self, host: Host, view_model: CaseViewModel, look: RecordsLook, software: str) -> None:
        self._host = host
        self._view_model = view_model
        self._look = look
        self._software = software

    def after_infusion(self, number: str = "") -> None:
        """Record what was given of the order ``number``, else of the open one; without records, say why not."""
        host, words = self._host, self._host.words
        if isinstance(host.records, Unavailable):
            reason = words.problem(Problem("records", host.records.code, host.records.params))
            host.dialogs.tell(words, Sign.STOP, words(say.UNAVAILABLE, reason=reason))
            return
        entry = host.dialogs.after_infusion(words, self._desk(host.records), number)
        if entry is not None:
            self._look.again()
            host.dialogs.tell(words, Sign.GOOD, _done(entry, words))

    def _desk(self, records: RecordStore) -> "GivenDesk":
        from dlicalc.services.given_desk import GivenDesk, InHand  # noqa: PLC0415  few windows come to it

        model = self._view_model
        return GivenDesk(
            records,
            model.snapshot.evaluation.protocol,
            model.clock,
            self._software,
            lambda: InHand(model.snapshot, model.written_document),
        )


def _done(entry: Entry, words: Words) -> str:
    details = {} if entry.event is None else entry.event.details
    number, order = entry.stamp.sequence, entry.stamp.order
    if "corrects" in details:
        return words(say.CORRECTED, entry=number, earlier=int(details["corrects"]), order=order)
    return words(say.RECORDED, entry=number, order=order)
