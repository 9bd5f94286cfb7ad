"""What may be refused is tried, and why it was refused is said."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from typing import Protocol as Port

from dlicalc.gui.row_edit import problem_words
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs


class Asking(Port):
    """The window, as far as refusals need it."""

    words: Words

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""


class Attempt:
    """Call it with what may raise ``Refused``; true if it was done. ``lead`` stands above the reasons."""

    def __init__(self, host: Asking, lead: str) -> None:
        self._host, self._lead = host, lead

    def __call__(self, act: Callable[[], object]) -> bool:
        """Do ``act``, or say why it was refused."""
        try:
            act()
        except Refused as refused:
            self.refused(refused.problems)
            return False
        return True

    def refused(self, problems: Iterable[Problem]) -> None:
        """Say why something was refused."""
        words = self._host.words
        self._host.dialogs.refused(words, [problem_words(one, words) for one in problems], self._lead)
