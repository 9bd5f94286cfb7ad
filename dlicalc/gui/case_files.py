"""New, open, save: what the menu does with files, through the services handed in."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from typing import Protocol as Port

from dlicalc.gui.answers import Leaving
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.parts import Services
from dlicalc.gui.row_edit import problem_words
from dlicalc.services.entry import Document, shown_in_field
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording.window import REFUSED, UNREADABLE_LEAD

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs


class Host(Port):
    """The window, as far as files need it."""

    words: Words

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""

    def begin_case(self) -> None:
        """Another case is about to be shown: forget what is left of the one before."""

    def tell_saved(self, path: str) -> None:
        """Say where something was saved."""


class CaseFiles:
    """The file of the open case, and the questions before it is left or written."""

    def __init__(self, host: Host, view_model: CaseViewModel, services: Services) -> None:
        self._host = host
        self._view_model = view_model
        self._services = services
        self._path = ""

    @property
    def name(self) -> str:
        """Name of the file of the open case; empty if it has none."""
        return re.split(r"[/\\]", self._path)[-1]

    def new(self) -> None:
        """An empty case, after asking for what is not saved."""
        if self.may_leave():
            self.forget()

    def forget(self) -> None:
        """An empty case, and nothing left of the one before."""
        self._host.begin_case()
        self._path = ""
        self._view_model.new()

    def restore(self, document: Document) -> None:
        """A case that was kept but not saved; it has no file until it is saved."""
        self._host.begin_case()
        self._path = ""
        self._view_model.restore(document)

    def show(self, document: Document) -> None:
        """A case out of the records; it has no file until it is saved in one."""
        self._host.begin_case()
        self._path = ""
        self._view_model.open(document)

    def open(self) -> None:
        """Another case from a file, after asking for what is not saved."""
        if self.may_leave():
            path = self._host.dialogs.open_path(self._host.words)
            if path:
                self.open_path(path)

    def open_path(self, path: str) -> None:
        """The case in the file at ``path``, or the reasons why not; then the open case stays."""
        try:
            document = self._services.load_case(path)
        except Refused as refusal:
            self.explain(refusal.problems)
            return
        self._host.begin_case()
        self._path = path
        self._view_model.open(document)

    def save(self) -> bool:
        """Save to the file the case came from; ask for one if there is none."""
        return self._write(self._path) if self._path else self.save_as()

    def save_as(self) -> bool:
        """Save to a file asked for; false if nothing was saved."""
        path = self._host.dialogs.save_path(
            self._host.words, self._path or f"{self.suggestion('case', self.moment)}.json"
        )
        return bool(path) and self._write(path)

    @property
    def moment(self) -> str:
        """The moment of the case that is shown, as it stands in the name of a file."""
        return f"{self._view_model.snapshot.evaluation.as_of:%y%m%d-%H%M}"

    def _write(self, path: str) -> bool:
        # What an entry field can hold and show may wait in the file for its correction; the rest could not be opened.
        beyond = tuple(problem for problem in self._view_model.snapshot.problems if not shown_in_field(problem))
        if beyond:
            self.explain(beyond, UNREADABLE_LEAD)
            return False
        if not self.attempt(lambda: self._services.save_case(path, self._view_model.written_document)):
            return False
        self._path = path
        self._view_model.mark_saved()
        self._host.tell_saved(path)
        return True

    def may_leave(self) -> bool:
        """Whether the open case may be left: saved, unchanged, or given up."""
        if not self._view_model.dirty:
            return True
        leaving = self._host.dialogs.leave(self._host.words)
        return self.save() if leaving is Leaving.SAVE else leaving is Leaving.GIVE_UP

    def suggestion(self, what: str, number: str) -> str:
        """A file name with ``number``, which says nothing of a patient; of practice it says so."""
        what = f"TRAINING-{what}" if self._host.training else what
        return f"{what}-{number}" if number else what

    def attempt(self, write: Callable[[], None]) -> bool:
        """Whether ``write`` succeeded; if it was refused, the reasons are said."""
        try:
            write()
        except Refused as refusal:
            self.explain(refusal.problems)
            return False
        return True

    def explain(self, problems: tuple[Problem, ...], lead: str = REFUSED) -> None:
        """Say what is wrong, field by field."""
        words = self._host.words
        sentences = [self.sentence(problem.path, problem_words(problem, words)) for problem in problems]
        self._host.dialogs.refused(words, sentences, lead)

    def sentence(self, path: str, sentence: str) -> str:
        """``sentence`` led by the name of the field that it is about."""
        label = label_of(path, self._host.words) or path
        return f"{label}: {sentence}"
