"""What the menus begin beside the pages: each opens a dialog of its own, loaded when it is first wanted."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from dlicalc.domain.finding import Finding
from dlicalc.gui.parts import Services
from dlicalc.services.entry import Document
from dlicalc.services.manual_place import Place
from dlicalc.services.summary import summary
from dlicalc.services.wording.safe_habits import DATA_FOLDER
from dlicalc.services.wording.verify import OPENED

if TYPE_CHECKING:
    from dlicalc.gui.main_window import MainWindow


class Errands:
    """Runs them for ``window``."""

    def __init__(self, window: "MainWindow", services: Services) -> None:
        self._window, self._services = window, services

    def after_infusion(self, number: str = "") -> None:
        """Record what was given of the order ``number``, else of the open one."""
        from dlicalc.gui.given_acts import GivenActs  # noqa: PLC0415  few windows come to it

        GivenActs(self._window, self._window.view_model, self._window.look, self._services.version).after_infusion(
            number
        )

    def copy_result(self) -> None:
        """The result as text, to be pasted elsewhere."""
        snapshot = self._window.view_model.snapshot
        QGuiApplication.clipboard().setText("\n".join(summary(snapshot.case, snapshot.evaluation, self._window.words)))

    def decide(self, finding: Finding) -> None:
        """A prescriber rules on a stop."""
        decision = self._window.dialogs.decision(self._window.words, self._window.words.finding(finding))
        if decision is not None:
            self._window.view_model.decide(finding.code, decision.by, decision.reason)

    def verify(self) -> None:
        """Hold a paper against the program, whatever case is open."""
        if self._services.verify is not None:
            from dlicalc.gui.verify_dialog import VerifyDialog  # noqa: PLC0415  few ask for it

            window = self._window
            dialog = VerifyDialog(
                self._services.verify, window.words, self._open_verified, window, training=window.training
            )
            window.help.over(dialog, Place("codes", "verify"))
            dialog.exec()

    def verify_installation(self) -> None:
        """Recompute all reference cases on this computer, whatever case is open."""
        test, save = self._services.installation, self._services.save_bytes
        if test is not None:
            from dlicalc.gui.installation_dialog import InstallationDialog  # noqa: PLC0415  few ask for it

            dialog = InstallationDialog(
                test,
                lambda path, pdf: save(path, pdf, lambda: None),
                self._window.words,
                self._window.language,
                self._window,
            )
            dialog.exec()

    def _open_verified(self, document: Document) -> bool:
        """The case of a code, which has no name and counts as not checked; false if the open case is kept."""
        if not self._window.files.may_leave():
            return False
        self._window.files.restore(document)
        self._window.tell(self._window.words(OPENED))
        return True

    def list_orders(self) -> None:
        """Today's and tomorrow's orders, and every other that is recorded."""
        from dlicalc.gui.day_acts import DayActs  # noqa: PLC0415  the window opens without them

        DayActs(self._window, self._window.view_model, self._services, self._window.files).list_orders()

    def about(self) -> None:
        """What program this is."""
        from dlicalc.services.sheet import Field  # noqa: PLC0415  as above

        folder = (Field(DATA_FOLDER, self._window.habits.folder),) if self._window.habits.folder else ()
        self._window.dialogs.about(self._window.words, (*self._services.about(), *folder))
