"""The life of one order: prepared, checked by a second person, printed, superseded, void. Pure; the clock is handed in.

A desk is never changed: each event gives the next one, or raises :class:`Refused`. Nothing on it says that an order is
released: that follows anew, each time it is asked, from what was entered twice and from the evaluation of the moment.
"""

from datetime import datetime
from typing import Final, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.domain.comparison import Difference, differences, weight_moved
from dlicalc.domain.entered import is_said
from dlicalc.domain.names import Likeness, is_name, likeness
from dlicalc.domain.recipient import Weight
from dlicalc.domain.sign_off import Attempt, Check, Ended, SignOff, Weighing
from dlicalc.services.order_state import Act, Held, OrderState, State, order_number
from dlicalc.services.problem import Problem, Refused

_ENDED: Final = {"superseded": State.SUPERSEDED, "void": State.VOID}
_LIKENESS: Final = {Likeness.SAME: "same_person", Likeness.DOUBTFUL: "name_doubtful"}


class Desk(NamedTuple):
    """The order in hand, or the last there was; ``doubt`` says why what a file says of it does not hold.

    ``head`` is the newest entry of the records about it.
    """

    order: SignOff | None = None
    doubt: Held | None = None
    head: str = ""

    @property
    def live(self) -> SignOff | None:
        """The order that was prepared and has not come to its end."""
        return self.order if self.order is not None and self.order.ended is None else None


class Checked(NamedTuple):
    """The desk after an attempt of the second person, and in what the two differ."""

    desk: Desk
    differences: tuple[Difference, ...]


class Weighed(NamedTuple):
    """The desk after another weighing, and whether that superseded the order."""

    desk: Desk
    superseded: bool


def prepare(desk: Desk, digest: str, by: str, at: datetime) -> Desk:
    """An order of the inputs with this ``digest``; it takes the place of one that has ended."""
    require_name("order.prepared_by", by)
    if desk.live is not None:
        raise Refused(Problem("order", "order_prepared"))
    before = "" if desk.order is None else desk.order.number
    order = SignOff(
        number=number_of(digest, before, at),
        replaces=before or None,
        case_digest=digest,
        prepared_by=by,
        prepared_at=at,
    )
    return Desk(order)


def number_of(digest: str, replaces: str, at: datetime) -> str:
    """The number of an order; one that replaces another never has its number, not even in the same second."""
    return order_number(f"{digest} {replaces}" if replaces else digest, at)


def check(desk: Desk, case: Case, entries: Check) -> Checked:
    """The second person's entries held against ``case``, from which the order was prepared.

    A difference leaves the order as unchecked as it was: it can be corrected, or entered again, and not accepted.
    """
    order = _living(desk)
    if order.check is not None:
        raise Refused(Problem("order.check", "order_checked"))
    require_name("order.check.by", entries.by)
    alike = _LIKENESS.get(likeness(order.prepared_by, entries.by))
    if alike is not None:
        raise Refused(Problem("order.check.by", alike, {"text": entries.by}))
    found = differences(case, entries)
    attempts = (*order.attempts, Attempt(by=entries.by, at=entries.at))
    order = order.model_copy(update={"attempts": attempts, "check": None if found else entries})
    return Checked(desk._replace(order=order, doubt=None), found)


def change(desk: Desk, at: datetime) -> Desk:
    """Some input was changed: the order in hand is superseded for good, also when the change is undone."""
    return desk if desk.live is None else _end(desk, Ended(state="superseded", at=at))


def weigh_again(desk: Desk, case: Case, weighing: Weighing) -> Weighed:
    """The patient was weighed again: more than 5 % away supersedes the order, less is noted."""
    order = _living(desk)
    require_name("order.weighed_again.by", weighing.by)
    weighed = desk._replace(order=order.model_copy(update={"weighed_again": (*order.weighed_again, weighing)}))
    if not _too_far(case, weighing.weight):
        return Weighed(weighed, superseded=False)
    return Weighed(_end(weighed, Ended(state="superseded", at=weighing.at, by=weighing.by)), superseded=True)


def printed(desk: Desk, at: datetime) -> Desk:
    """A valid paper of the order has gone out, as a file or on paper; the next is a copy."""
    order = _living(desk)
    return desk._replace(order=order.model_copy(update={"prints": (*order.prints, at)}))


def void(desk: Desk, by: str, reason: str, at: datetime) -> Desk:
    """The order is withdrawn, for good."""
    _living(desk)
    require_name("order.ended.by", by)
    if not is_said(reason):
        raise Refused(Problem("order.ended.reason", "text_blank"))
    return _end(desk, Ended(state="void", at=at, by=by, reason=reason))


def taken_up(order: SignOff, case: Case, digest: str, at: datetime) -> Desk:
    """The desk that a file speaks of; what it says of its order is computed anew, and left where it does not hold."""
    genuine = order.number == number_of(digest, order.replaces or "", order.prepared_at)
    if order.case_digest != digest or not genuine:
        return left_behind(order, at)
    flaw = _flaw(order, case)
    desk = Desk(order) if flaw is None else Desk(order.model_copy(update={"check": None}), doubt=flaw)
    moved = next((weighing for weighing in order.weighed_again if _too_far(case, weighing.weight)), None)
    return desk if moved is None or order.ended else _end(desk, Ended(state="superseded", at=moved.at, by=moved.by))


def _flaw(order: SignOff, case: Case) -> Held | None:
    """Why the check that ``order`` tells of is none; ``None`` if nothing is wrong with it, or it tells of none."""
    if order.check is None:
        return None
    named = is_name(order.prepared_by) and is_name(order.check.by)
    if not named or likeness(order.prepared_by, order.check.by) is not Likeness.DIFFERENT:
        return Held.UNCHECKED
    if differences(case, order.check):
        return Held.CHECK_DIFFERS
    return Held.CHECK_OUTDATED if order.check.at < order.prepared_at else None


def left_behind(order: SignOff, at: datetime) -> Desk:
    """The desk of an order that is not taken up again, only replaced: of other inputs, or of a case kept unsaved."""
    return change(Desk(order), at)._replace(doubt=Held.CHECK_OUTDATED)


def state_of(desk: Desk, *, digest: str, stopped: bool, filter_chosen: bool, recorded: bool = True) -> OrderState:
    """What a paper of the inputs with this ``digest`` is now; an ended order speaks for its own inputs alone.

    ``recorded``: whether what is done to orders can be recorded.
    """
    order = desk.order
    stops = (Held.STOPS,) if stopped else ()
    open_ends = (*(() if filter_chosen else (Held.FILTER,)), *(() if recorded else (Held.RECORDS,)))
    if order is None or order.case_digest != digest or (desk.doubt is not None and order.ended is not None):
        before = "" if order is None else order.number
        return OrderState("", State.DRAFT, held=(*stops, desk.doubt or Held.UNCHECKED, *open_ends), replaces=before)
    state = OrderState(
        order.number,
        State.DRAFT,
        prepared=Act(order.prepared_by, order.prepared_at),
        checked=None if order.check is None else Act(order.check.by, order.check.at),
        replaces=order.replaces or "",
        head=desk.head,
    )
    if order.ended is not None:
        ended = order.ended
        return state._replace(state=_ENDED[ended.state], ended=Act(ended.by or "", ended.at, ended.reason or ""))
    held = (*stops, *_unchecked(desk, order), *open_ends)
    if held:
        return state._replace(held=held)
    copies = len(order.prints)
    return state._replace(state=State.COPY if copies else State.CHECKED, copy=copies)


def _unchecked(desk: Desk, order: SignOff) -> tuple[Held, ...]:
    """Why the second person's entries do not release the order; empty if they do."""
    if order.check is not None:
        return ()
    return (desk.doubt or (Held.CHECK_DIFFERS if order.attempts else Held.UNCHECKED),)


def _living(desk: Desk) -> SignOff:
    if desk.live is None:
        raise Refused(Problem("order", "order_not_prepared"))
    return desk.live


def _end(desk: Desk, ended: Ended) -> Desk:
    order = _living(desk)
    return desk._replace(order=order.model_copy(update={"ended": ended}))


def _too_far(case: Case, weight: Weight) -> bool:
    """Whether the weight is not that of the order any more, or the order has none to compare it with."""
    return weight_moved(case, weight) is not False


def require_name(path: str, name: str) -> None:
    """Raises :class:`Refused` unless ``name`` is one; ``path`` is what asks for it."""
    if not is_name(name) or not is_said(name):
        raise Refused(Problem(path, "name_missing"))
