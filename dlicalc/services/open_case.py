"""The case that is open: typed texts in, one frozen snapshot out after every edit.

The document keeps exactly what was typed. Nothing computed ever flows back into it.
"""

import copy
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from dlicalc.domain.case import CASE_FORMAT, PROTOCOL_ID, Case
from dlicalc.domain.comparison import Difference
from dlicalc.domain.evaluation import evaluate
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.recipient import Weight
from dlicalc.domain.sign_off import SignOff, Weighing
from dlicalc.services.edits import (
    entries,
    entry_at,
    spell_out,
    with_bag_again,
    with_bag_moved,
    with_entry,
    with_one_more,
    without,
)
from dlicalc.services.entry import Document, read_what_can_be_read
from dlicalc.services.history import Edit, History
from dlicalc.services.order_desk import (
    Desk,
    change,
    check,
    prepare,
    printed,
    state_of,
    void,
    weigh_again,
)
from dlicalc.services.ports import Clock, Digest, SiteFilter, none_set
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.recording import Basis, Ledger, acts, others_of_day, print_of, recalled
from dlicalc.services.records import Event, Standing
from dlicalc.services.rereading import Memory, with_parts_read
from dlicalc.services.sign_off import SECTION, desk_left_behind, desk_of, entries_of, with_section
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.typed_numbers import written

Listener = Callable[[Snapshot], None]


def empty_document() -> Document:
    """A case about which nothing is known yet."""
    return {"format": CASE_FORMAT, "protocol": PROTOCOL_ID}


def evaluate_document(
    document: Document, protocol: Protocol, as_of: datetime, memory: Memory | None = None
) -> Snapshot:
    """Read what can be read of ``document`` and evaluate it; unreadable entries stop what depends on them.

    What ``memory`` holds of a document that shares parts with this one is neither read nor judged again.
    """
    memory = memory or Memory()
    case, problems = read_what_can_be_read(written(with_parts_read(document, memory.snapshot)))
    evaluation = evaluate(case, protocol, as_of, [problem.path for problem in problems], memory.recall)
    memory.snapshot = Snapshot(document, case, problems, evaluation)
    return memory.snapshot


class OpenCase:
    """Holds the document being edited and tells its listener about every change.

    A document is never changed in place: an edit makes new objects along its path and shares all others, so that
    snapshots and the history stay what they were.
    """

    def __init__(
        self, protocol: Protocol, clock: Clock, digest: Digest, listener: Listener, site_filter: SiteFilter = none_set
    ) -> None:
        self._protocol = protocol
        self._clock = clock
        self._digest = digest
        self._listener = listener
        self._site_filter = site_filter
        self._document = empty_document()
        self._desk = Desk()
        self._memory = Memory()
        self._ledger: Ledger | None = None
        self.history = History()

    @property
    def document(self) -> Document:
        """A copy of what was typed."""
        return copy.deepcopy(self._document)

    @property
    def written_document(self) -> Document:
        """A copy as a case file holds it: its numbers, and who stands behind the order."""
        return with_section(copy.deepcopy(written(self._document)), self._desk)

    def use_ledger(self, ledger: Ledger) -> None:
        """Record what is done to orders from now on."""
        self._ledger = ledger
        self._desk = self._recalled(self._desk)
        self.announce()

    def open(self, document: Document) -> None:
        """Replace everything by ``document``; what was done before cannot be undone."""
        order = self._lay_open(document)
        desk = desk_of(order, self._evaluated().case, self._digest(written(self._document)), self._clock())
        self._desk = self._recalled(desk)
        self.announce()

    def _recalled(self, desk: Desk) -> Desk:
        """``desk`` with what the records know of its order; without an order they are not even opened."""
        if self._ledger is None or desk.order is None:
            return desk
        return recalled(desk, self._ledger.entries(desk.order.number))

    def restore(self, document: Document) -> None:
        """Replace everything by a ``document`` that was kept unsaved: whatever order it had has to be made anew."""
        self._desk = desk_left_behind(self._lay_open(document), self._clock())
        self.announce()

    def _lay_open(self, document: Document) -> SignOff | None:
        """Take the inputs of ``document``; returns what it says of their order."""
        self._document = copy.deepcopy(document)
        section = self._document.pop(SECTION, None)
        spell_out(self._document)
        self._memory = Memory()
        self.history.clear()
        return None if section is None else SignOff.model_validate(section)

    def new(self) -> None:
        """Forget everything that was typed."""
        self.open(empty_document())

    def text(self, path: str) -> str:
        """What was typed at ``path``; empty if nothing was."""
        entry = entry_at(self._document, path)
        return entry if isinstance(entry, str) else ""

    def codes(self, path: str) -> list[str] | None:
        """The list of codes at ``path``; ``None`` if nothing is known."""
        codes = entry_at(self._document, path)
        return list(codes) if isinstance(codes, list) else None

    def edit(self, path: str, value: str | list[str]) -> None:
        """Set the entry at ``path``; an empty text makes it unknown. Nothing happens if it is already that."""
        if entry_at(self._document, path) != (None if value == "" else value):
            self._replace(path, with_entry(self._document, path, value))

    def add_product(self) -> int:
        """Append an empty bag; returns its place."""
        place = len(entries(self._document, "products"))
        self._replace("products", with_one_more(self._document, "products", {}), whole=True)
        return place

    def duplicate_product(self, index: int) -> int:
        """Put a copy behind the bag at ``index``, without what only one bag can have; returns its place."""
        self._replace("products", with_bag_again(self._document, index), whole=True)
        return index + 1

    def remove_product(self, index: int) -> None:
        """Take the bag at ``index`` out of the case."""
        self._replace("products", without(self._document, "products", index), whole=True)

    def move_product(self, index: int, to: int) -> None:
        """Give the bag at ``index`` as the one at ``to``."""
        self._replace("products", with_bag_moved(self._document, index, to), whole=True)

    def decide(self, decision: Document) -> None:
        """Append a prescriber's ruling."""
        self._replace("decisions", with_one_more(self._document, "decisions", decision), whole=True)

    def withdraw(self, index: int) -> None:
        """Take the ruling at ``index`` out of the case."""
        self._replace("decisions", without(self._document, "decisions", index), whole=True)

    def undo(self) -> str | None:
        """Take the last edit back; returns where it was, or ``None`` if there was none."""
        return self._go_to(self.history.undo(self._document))

    def redo(self) -> str | None:
        """Make the edit last taken back again; returns where it was, or ``None`` if there was none."""
        return self._go_to(self.history.redo(self._document))

    def _go_to(self, edit: Edit | None) -> str | None:
        if edit is None:
            return None
        self._go_on_with(edit.document)
        return edit.path

    def _replace(self, path: str, document: Document, *, whole: bool = False) -> None:
        """Go on with ``document``; ``whole``: the edit stands alone in the history."""
        if whole:
            self.history.seal()
        self.history.record(path, self._document)
        if whole:
            self.history.seal()
        self._go_on_with(document)

    def _go_on_with(self, document: Document) -> None:
        """Any change supersedes the order in hand, also one that brings former inputs back."""
        after = change(self._desk, self._clock())
        if after is not self._desk:
            self._end(after)
        self._document = document
        self.announce()

    def _end(self, after: Desk) -> None:
        """The order has come to an end, and has done so also where that cannot be recorded yet."""
        if self._ledger is not None:
            self._ledger.owe(self._events(after))
        self._desk = self._recalled(after)

    def prepare_order(self, by: str) -> None:
        """Make what is entered now an order to be checked; raises ``Refused``, as all that follows here."""
        if not self._evaluated().evaluation.releasable:
            raise Refused(Problem(SECTION, "order_blocked"))
        self._sit_down(prepare(self._desk, self._digest(written(self._document)), by, self._clock()))

    def check_order(self, by: str, second: Case) -> tuple[Difference, ...]:
        """Hold what a second person entered against what is here; returns in what the two differ."""
        checked = check(self._desk, self._evaluated().case, entries_of(second, by, self._clock()))
        self._sit_down(checked.desk)
        return checked.differences

    def weigh_again(self, by: str, weight: Weight) -> bool:
        """Note another weight; whether it superseded the order."""
        weighing = Weighing(weight=weight, by=by, at=self._clock())
        weighed = weigh_again(self._desk, self._evaluated().case, weighing)
        if weighed.superseded:
            self._end(weighed.desk)
            self.announce()
        else:
            self._sit_down(weighed.desk)
        return weighed.superseded

    def record_print(self, form: Mapping[str, Any]) -> None:
        """A valid paper of the order is about to go out, ``form`` is its language and size.

        Raises ``Refused`` if it must not: it cannot be recorded, or somebody else has ended or printed the order.
        """
        if self._ledger is None or self._desk.order is None:
            return
        known = self._recalled(self._desk)
        order = known.order
        assert order is not None
        if self._ledger.unread is not None:
            self.announce()
            raise Refused(self._ledger.unread)
        if order != self._desk.order:
            self._desk = known
            self.announce()
            raise Refused(Problem(SECTION, "order_overtaken"))
        event = print_of(order, len(order.prints), self._basis(known), self._ledger.recorder, form)
        self._ledger.record((event,))

    def order_printed(self) -> None:
        """A valid paper of the order has gone out."""
        self._desk = self._recalled(printed(self._desk, self._clock()))
        self.announce()

    def others_of_day(self) -> tuple[Standing, ...]:
        """Other orders in force for the same recipient and day; raises ``Refused`` if that cannot be known."""
        if self._ledger is None:
            return ()
        case, order = self._evaluated().case, self._desk.live
        start = case.infusion.planned_start
        day = None if start is None else start.date()
        number = "" if order is None else order.number
        return others_of_day(self._ledger.require(), case.recipient.mrn or "", day, number)

    def void_order(self, by: str, reason: str) -> None:
        """Withdraw the order."""
        self._end(void(self._desk, by, reason, self._clock()))
        self.announce()

    def _sit_down(self, desk: Desk) -> None:
        """Go on with ``desk``, once what has been done is recorded; raises ``Refused``, and nothing has been done."""
        if self._ledger is not None:
            head = self._ledger.record(self._events(desk))
            desk = desk._replace(head=head.short if head else self._desk.head)
        self._desk = desk
        self.announce()

    def _events(self, after: Desk) -> tuple[Event, ...]:
        assert self._ledger is not None
        return acts(self._desk, after, self._basis(after), self._ledger.recorder)

    def _basis(self, desk: Desk) -> Basis:
        """What the entries about the inputs of this moment rest on."""
        snapshot = self._evaluated()
        start = snapshot.case.infusion.planned_start
        document = with_section(copy.deepcopy(written(self._document)), desk)
        return Basis(document, snapshot.evaluation, None if start is None else start.date())

    def _evaluated(self) -> Snapshot:
        return evaluate_document(self._document, self._protocol, self._clock(), self._memory)

    def _filter_chosen(self, case: Case) -> bool:
        """Whether the order or the site has chosen; the site is not asked about a case that holds nothing yet."""
        empty = self._document == empty_document()
        return case.infusion.filter is not None or empty or self._site_filter()

    def announce(self) -> None:
        """Evaluate and tell the listener; also when nothing but the clock has changed."""
        snapshot, desk = self._evaluated(), self._desk
        unrecorded = None if self._ledger is None else self._ledger.trouble
        state = state_of(
            desk,
            digest="" if desk.order is None else self._digest(written(self._document)),
            stopped=not snapshot.evaluation.releasable,
            filter_chosen=self._filter_chosen(snapshot.case),
            recorded=unrecorded is None,
        )
        self._listener(snapshot._replace(order=state, desk=desk, unrecorded=unrecorded))
