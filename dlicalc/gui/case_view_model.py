"""Between the widgets and the open case: edits of texts in, snapshots out."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from dlicalc.domain.case import Case
from dlicalc.domain.comparison import Difference
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.recipient import Weight
from dlicalc.services.entry import Document
from dlicalc.services.open_case import OpenCase, empty_document
from dlicalc.services.order_desk import Desk
from dlicalc.services.ports import Clock, Digest, SiteFilter, none_set
from dlicalc.services.recording import Ledger
from dlicalc.services.records import Standing
from dlicalc.services.snapshot import Snapshot

if TYPE_CHECKING:
    from dlicalc.services.recorded import Recorded

__all__ = ["CaseViewModel", "Snapshot"]

_LIST_FIELD: Final = ".applies_to"
_NOTHING: Final = "none"


class CaseViewModel(QObject):
    """The open case as texts by path; ``changed`` follows every edit, ``replaced`` asks fields to be filled anew.

    ``restored`` follows an undo or redo with the path of the entry that it was about; ``saved`` says that what is there
    is in a file, or is nothing.
    """

    superseded = Signal(str)
    """A change has just put an end to the order with this number."""
    changed = Signal(object)
    replaced = Signal()
    restored = Signal(str)
    saved = Signal()

    def __init__(self, protocol: Protocol, clock: Clock, digest: Digest, site_filter: SiteFilter = none_set) -> None:
        super().__init__()
        self._open_case = OpenCase(protocol, clock, digest, self._take, site_filter)
        self.clock = clock
        self._snapshot: Snapshot | None = None
        self._recorded: Recorded | None = None
        self._saved, self._saved_desk = empty_document(), Desk()
        self._open_case.announce()
        self.blind = partial(CaseViewModel, protocol, clock, digest)

    @property
    def snapshot(self) -> Snapshot:
        """The case after the last edit."""
        assert self._snapshot is not None
        return self._snapshot

    @property
    def recorded(self) -> "Recorded | None":
        """What was looked up in the records; ``None`` where nothing was."""
        return self._recorded

    @property
    def document(self) -> Document:
        """A copy of what was typed, exactly as it was typed."""
        return self._open_case.document

    @property
    def written_document(self) -> Document:
        """The case as a file holds it: a decimal comma is a point. This is what leaves the window."""
        return self._open_case.written_document

    @property
    def dirty(self) -> bool:
        """Whether something was typed, or done to the order, since the case was new, opened or saved."""
        desk = self.snapshot.desk._replace(head=self._saved_desk.head)  # which is in the records, not in the file
        return desk != self._saved_desk or not _alike(self.snapshot.document, self._saved)

    @property
    def products(self) -> int:
        """How many bags there are."""
        return len(self.snapshot.document.get("products") or ())

    def text(self, path: str) -> str:
        """What was typed at ``path``; a list as its codes joined by ``+``, an empty list as ``none``."""
        if not path.endswith(_LIST_FIELD):
            return self._open_case.text(path)
        codes = self._open_case.codes(path)
        if codes is None:
            return ""
        return "+".join(code for code in ("mnc", "cd3") if code in codes) or _NOTHING

    def edit(self, path: str, text: str) -> None:
        """Take what was typed at ``path``."""
        if not path.endswith(_LIST_FIELD) or text == "":
            self._open_case.edit(path, text)
        else:
            self._open_case.edit(path, [] if text == _NOTHING else text.split("+"))

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._open_case.history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to make again."""
        return self._open_case.history.can_redo

    def undo(self) -> None:
        """Take the last edit back."""
        self._restored(self._open_case.undo())

    def redo(self) -> None:
        """Make the edit last taken back again."""
        self._restored(self._open_case.redo())

    def _restored(self, path: str | None) -> None:
        if path is not None:
            self.replaced.emit()
            self.restored.emit(path)

    def leave_entry(self) -> None:
        """The keyboard has gone elsewhere: what is typed next is an edit of its own."""
        self._open_case.history.seal()

    def new(self) -> None:
        """Forget the case."""
        self.open(empty_document())

    def open(self, document: Document) -> None:
        """Show another case."""
        self._recorded = None
        self._open_case.open(document)
        self.mark_saved()
        self.replaced.emit()

    def restore(self, document: Document) -> None:
        """Show a case that lies in no file: all of it is still to be saved."""
        self._recorded = None
        self._open_case.restore(document)
        self._saved, self._saved_desk = empty_document(), Desk()
        self.changed.emit(self._snapshot)
        self.replaced.emit()

    def mark_saved(self) -> None:
        """What is there now is in a file."""
        self._saved, self._saved_desk = self.snapshot.document, self.snapshot.desk
        self.changed.emit(self._snapshot)
        self.saved.emit()

    def tell_recorded(self, recorded: "Recorded") -> None:
        """Take what the records know of the recipient and the bags; it changes nothing that is computed."""
        self._recorded = recorded
        if self._snapshot is not None:
            self._snapshot = self._snapshot._replace(recorded=recorded)
            self.changed.emit(self._snapshot)

    def refresh(self) -> None:
        """Evaluate anew, because time has passed."""
        self._open_case.announce()

    def add_product(self) -> int:
        """Append an empty bag; returns its place."""
        index = self._open_case.add_product()
        self.replaced.emit()
        return index

    def duplicate_product(self, index: int) -> int:
        """Put a copy behind a bag, without its numbers; returns its place."""
        place = self._open_case.duplicate_product(index)
        self.replaced.emit()
        return place

    def remove_product(self, index: int) -> None:
        """Take a bag out."""
        self._open_case.remove_product(index)
        self.replaced.emit()

    def move_product(self, index: int, by: int) -> None:
        """Give a bag earlier (``by`` = -1) or later (1)."""
        self._open_case.move_product(index, index + by)
        self.replaced.emit()

    def decide(self, code: str, by: str, reason: str) -> None:
        """Record that a prescriber ruled on the stop ``code``, now."""
        self.refresh()
        at = self.snapshot.evaluation.as_of.isoformat(timespec="minutes")
        self._open_case.decide({"code": code, "by": by, "role": "prescriber", "reason": reason, "at": at})

    def withdraw(self, index: int) -> None:
        """Take the decision at ``index`` back."""
        self._open_case.withdraw(index)

    def decision_on(self, code: str, path: str) -> int | None:
        """The place of the decision that a finding with this code and path rests on or speaks of."""
        head, _, rest = path.partition(".")
        if head == "decisions":
            return int(rest.partition(".")[0])
        decisions = self.snapshot.document.get("decisions") or ()
        return next((place for place, decision in enumerate(decisions) if decision.get("code") == code), None)

    def prepare_order(self, by: str) -> None:
        """Make what is entered now an order to be checked; raises ``Refused``, as all that is done to orders."""
        self._open_case.prepare_order(by)

    def check_order(self, by: str, second: Case) -> tuple[Difference, ...]:
        """Hold what a second person entered against what is here; returns in what the two differ."""
        return self._open_case.check_order(by, second)

    def weigh_again(self, by: str, weight: Weight) -> bool:
        """Note another weight; whether it superseded the order."""
        return self._open_case.weigh_again(by, weight)

    def record_print(self, form: Mapping[str, Any]) -> None:
        """A valid paper of the order is about to go out; raises ``Refused`` if it must not, as it is not recorded."""
        self._open_case.record_print(form)

    def order_printed(self) -> None:
        """A valid paper of the order has gone out: the next is a copy."""
        self._open_case.order_printed()

    def others_of_day(self) -> tuple[Standing, ...]:
        """Other orders in force for the same recipient and day; raises ``Refused`` if that cannot be known."""
        return self._open_case.others_of_day()

    def use_ledger(self, ledger: Ledger) -> None:
        """Record what is done to orders from now on."""
        self._open_case.use_ledger(ledger)

    def void_order(self, by: str, reason: str) -> None:
        """Withdraw the order."""
        self._open_case.void_order(by, reason)

    def _take(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot._replace(recorded=self._recorded)
        self.changed.emit(self._snapshot)
        live, order = before and before.desk.live, snapshot.desk.order
        if live and order and order.number == live.number and order.ended and order.ended.state == "superseded":
            self.superseded.emit(order.number)


def _alike(one: Any, other: Any, name: str = "") -> bool:
    """Whether both say the same; a text typed and deleted again leaves no trace.

    Documents share what was not edited, so that at a keystroke hardly more than the way to the entry is compared.
    """
    if one is other:
        return True
    if _says_nothing(one, name) or _says_nothing(other, name):
        return _says_nothing(one, name) and _says_nothing(other, name)
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_alike(one.get(key), other.get(key), key) for key in one.keys() | other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


def _says_nothing(value: Any, name: str) -> bool:
    if isinstance(value, dict):
        return all(_says_nothing(part, key) for key, part in value.items())
    return value is None or (value == [] and name == "decisions")
