"""Looks up in the records who and which bag was finished being typed; never while somebody types in them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import NO_RECORDS, Entry, RecordStore, Unavailable, plain

if TYPE_CHECKING:
    from dlicalc.services.recorded import Recorded

Found = dict[str, tuple[Entry, ...]]
Records = Callable[[], RecordStore | Unavailable]


class RecordsLook(QObject):
    """What was found of an identifier is kept as long as the case is open, or until something is recorded."""

    def __init__(self, view_model: CaseViewModel) -> None:
        super().__init__(view_model)
        self._view_model = view_model
        self._records: Records = lambda: NO_RECORDS
        self._wanted: tuple[str, tuple[str, ...]] = ("", ())
        self._to: Found = {}
        self._from: Found = {}
        view_model.replaced.connect(self._begin)

    def use(self, records: Records) -> None:
        """Look things up in ``records`` from now on; they are asked for when there is something to look up."""
        self._records = records
        self.again()

    def again(self) -> None:
        """Look everything up anew: something was recorded, or the records are others."""
        self._wanted = ("", ())
        self._to, self._from = {}, {}
        self.follow()

    def _begin(self) -> None:
        """Of another case nothing is known yet; after an undo or with a new bag all that was known still is."""
        if self._view_model.recorded is None:
            self.again()
        else:
            self.follow()

    def follow(self) -> None:
        """An entry was left: look up what is in the case now and was not looked up yet."""
        case = self._view_model.snapshot.case
        dins = tuple(dict.fromkeys(plain(product.din) for product in case.products if product.din))
        wanted = plain(case.recipient.mrn or ""), dins
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if any((wanted[0], *dins)):
            self._view_model.tell_recorded(self._looked_up(*wanted))

    def _looked_up(self, mrn: str, dins: tuple[str, ...]) -> "Recorded":
        from dlicalc.services.recorded import Recorded  # noqa: PLC0415  the window opens without

        records = self._records()
        if isinstance(records, Unavailable):
            return Recorded(problem=Problem("records", records.code, records.params))
        try:
            if mrn and mrn not in self._to:
                self._to[mrn] = records.given_to(mrn)
            for din in dins:
                if din not in self._from:
                    self._from[din] = records.given_from(din)
        except Refused as refusal:
            return Recorded(dict(self._to), dict(self._from), refusal.problems[0])
        return Recorded(dict(self._to), dict(self._from))
