"""What everybody who shows the open case is given."""

from typing import TYPE_CHECKING, Any, NamedTuple

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.services.order_desk import Desk
from dlicalc.services.order_state import OrderState, unchecked
from dlicalc.services.problem import Problem

if TYPE_CHECKING:
    from dlicalc.services.recorded import Recorded


class Snapshot(NamedTuple):
    """The open case at one moment: what was typed (not to be changed), what could be read, and what follows.

    ``order`` is what a paper of it would be; ``desk`` what has been done to it so far; ``unrecorded`` why none of that
    can be recorded, as far as that is known. ``recorded`` is what the records know of its recipient and bags, as far as
    that was looked up.
    """

    document: dict[str, Any]
    case: Case
    problems: tuple[Problem, ...]
    evaluation: Evaluation
    order: OrderState = unchecked("", stopped=True)
    desk: Desk = Desk()
    unrecorded: Problem | None = None
    recorded: "Recorded | None" = None
