"""Keeps the open case on the disk as it is typed, away from the keystrokes."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.parts import DraftStore
from dlicalc.services.drafts import LeftOver
from dlicalc.services.entry import Document
from dlicalc.services.order_desk import Desk
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.sign_off import with_section

DELAY: Final = 1_500
"""Milliseconds from an edit to its draft. Later edits do not put it off, so that long typing is kept too."""

_NOTHING: Final[tuple[object, Desk | None]] = (None, None)
"""What is kept while there is nothing that is not saved."""


class DraftKeeper(QObject):
    """Writes a draft soon after an edit, and at once when the window is left; drops it when the case is saved."""

    kept = Signal(object)
    """After each attempt: ``None``, or the problem that stood in the way."""

    def __init__(
        self, view_model: CaseViewModel, store: DraftStore, has_file: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self.store = store
        self._has_file = has_file
        self._last = _NOTHING
        self._closed = False
        # One thread, so that everything is done in order, and no keystroke waits for a slow disk.
        self._writer = QThreadPool(self)
        self._writer.setMaxThreadCount(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self.keep_now)
        view_model.changed.connect(self._edited)
        view_model.saved.connect(self.keep_now)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self._state_changed)

    def _edited(self, _snapshot: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.keep_now()

    def keep_now(self) -> None:
        """Write, or drop, what is due; returns before that is done."""
        self._timer.stop()
        if self._closed:
            return
        # Documents are never changed in place, so the same one need not be written again, and a thread may read it.
        snapshot = self._view_model.snapshot
        now = (snapshot.document, snapshot.desk) if self._view_model.dirty else _NOTHING
        if now[0] is self._last[0] and now[1] == self._last[1]:
            return
        self._last = now
        document = with_section(snapshot.document, snapshot.desk) if now is not _NOTHING else None
        store, has_file = self.store, self._has_file()
        self._writer.start(partial(self._work, store, document, has_file))

    def _work(self, store: DraftStore, document: Document | None, has_file: bool) -> None:
        problem: Problem | None = None
        try:
            if document is None:
                store.drop()
            else:
                store.keep(document, has_file=has_file)
        except Refused as refused:
            problem = refused.problems[0]
        self.kept.emit(problem)

    def flush(self) -> None:
        """Return once everything typed so far is on the disk."""
        self.keep_now()
        self._writer.waitForDone()

    def change_store(self, store: DraftStore) -> None:
        """Go on in another folder; what was kept in this one is forgotten."""
        self.flush()
        self.store.close()
        self.store = store
        self._last = _NOTHING

    def left_over(self) -> LeftOver:
        """What ended windows have left; raises ``Refused``."""
        self._writer.waitForDone()
        return self.store.left_over()

    def take(self, key: str) -> None:
        """Make a draft that was left over the one of this window."""
        self._writer.waitForDone()
        self.store.take(key)
        # Neither nothing nor the open case: whichever comes next is to be written, or dropped.
        self._last = (object(), None)

    def close(self) -> None:
        """The window has been left, with everything in it saved or given up; nothing is kept from here on."""
        self._closed = True
        self._timer.stop()
        self._writer.waitForDone()
        self.store.close()
