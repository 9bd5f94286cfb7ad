"""The life of the open order in words: its state, and who did what when, step by step."""

from typing import NamedTuple

from dlicalc.services.order_state import Act, Held, OrderState, State
from dlicalc.services.problem import Problem
from dlicalc.services.snapshot import Snapshot
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as say
from dlicalc.services.wording import order as paper


class Step(NamedTuple):
    """One of the three steps: its name, whether it is done, and who did it, or what it is."""

    name: str
    done: bool
    lines: tuple[str, ...]


class Allowed(NamedTuple):
    """What may be done to the order now."""

    prepare: bool
    check: bool
    weigh: bool
    void: bool


def state_line(order: OrderState, words: Words) -> str:
    """State and number in a few words; of an order that is not prepared, the state alone."""
    if order.state is State.COPY:
        return words(say.COPY_NEXT, number=order.number, copy=order.copy)
    state = words(paper.STATUS[order.state], number=order.copy)
    return words(say.STATE_OF, state=state, number=order.number) if order.number else state


def headline(snapshot: Snapshot, words: Words) -> str:
    """State, number and why, as it stands over the page of the order."""
    unrecorded = (_unrecorded(snapshot.unrecorded, words),) if snapshot.unrecorded is not None else ()
    return "\n".join((state_line(snapshot.order, words), _why(snapshot, words), *unrecorded))


def _unrecorded(problem: Problem, words: Words) -> str:
    return words(say.UNRECORDED, reason=words.problem(problem))


def _why(snapshot: Snapshot, words: Words) -> str:
    order = snapshot.order
    given = _given(snapshot, words)
    if order.ended is not None:
        return "\n".join((_ended(order, order.ended, words), *given))
    if given:
        return given[0]
    if order.valid:
        return words(say.IN_FORCE)
    if not order.number and order.replaces:
        return words(say.PREPARE_ANEW, number=order.replaces)
    if order.held[0] is Held.STOPS:
        return words(paper.STATUS_NOTE[State.DRAFT])
    return words(paper.HELD[order.held[0]] if order.number else say.NOT_PREPARED)


def _given(snapshot: Snapshot, words: Words) -> tuple[str, ...]:
    recorded = snapshot.recorded
    if recorded is None:
        return ()
    from dlicalc.services.recorded_words import given_text  # noqa: PLC0415  the window opens without

    text = given_text(recorded, snapshot.case, snapshot.order.number, words)
    return (text,) if text else ()


def _ended(order: OrderState, ended: Act, words: Words) -> str:
    moment = _moment(ended)
    if order.state is State.VOID:
        return words(say.VOIDED, moment=moment, reason=ended.reason, name=ended.by)
    return words(say.SUPERSEDED_BY_WEIGHT if ended.by else say.SUPERSEDED_BY_CHANGE, moment=moment, name=ended.by)


def steps(snapshot: Snapshot, words: Words) -> tuple[Step, ...]:
    """Prepare, second check, print: how far each has come."""
    order, desk = snapshot.order, snapshot.desk.order if snapshot.order.number else None
    weighed = desk.weighed_again if desk is not None and desk.ended is None else ()
    prepared = (_by(order.prepared, words),) if order.prepared else (words(say.PREPARE_HOW),)
    stopped = (words(say.PREPARE_FIRST),) if Held.STOPS in order.held and not order.prepared else ()
    replaces = (words(say.REPLACES, number=order.replaces),) if order.replaces and order.number else ()
    checked = (_by(order.checked, words),) if order.checked else (words(say.CHECK_HOW),)
    attempts = (words(say.ATTEMPTS, count=len(desk.attempts)),) if desk is not None and desk.attempts else ()
    again = tuple(
        words(
            say.WEIGHED,
            weight=words.entered(weighing.weight.as_entered),
            name=weighing.by,
            moment=weighing.at.isoformat(),
        )
        for weighing in weighed[-1:]
    )
    return (
        Step(words(say.PREPARE_STEP), bool(order.prepared), (*prepared, *stopped, *replaces)),
        Step(words(say.CHECK_STEP), bool(order.checked), (*checked, *attempts, *again)),
        Step(words(say.PRINT_STEP), order.state is State.COPY, (_next_paper(snapshot, words),)),
    )


def _next_paper(snapshot: Snapshot, words: Words) -> str:
    order, desk = snapshot.order, snapshot.desk.order
    if order.state is State.COPY and desk is not None:
        return words(say.PRINT_COPY, moment=desk.prints[0].isoformat(), copy=order.copy)
    if order.state is State.CHECKED:
        return words(say.PRINT_ORIGINAL)
    return words(say.PRINT_MARKED, state=words(paper.STATUS[order.state]))


def allowed(snapshot: Snapshot) -> Allowed:
    """What may be done now; nothing is prepared while a stop stands, and what was given can no longer be undone."""
    live, recorded = snapshot.desk.live, snapshot.recorded
    mrn = snapshot.case.recipient.mrn
    given = recorded is not None and recorded.given(mrn, snapshot.order.number) is not None
    return Allowed(
        prepare=live is None and snapshot.evaluation.releasable and snapshot.unrecorded is None,
        check=live is not None and live.check is None and snapshot.unrecorded is None,
        weigh=live is not None and not given,
        void=live is not None and not given,
    )


def _by(act: Act, words: Words) -> str:
    return words(say.BY, name=act.by, moment=_moment(act))


def _moment(act: Act) -> str:
    return act.at.isoformat()
