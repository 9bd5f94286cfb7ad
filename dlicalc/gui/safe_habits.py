"""Drafts, training mode and the change of patient, as one part of the window."""

from typing import TYPE_CHECKING, Final
from typing import Protocol as Port

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from dlicalc.gui.answers import Choice
from dlicalc.gui.case_files import CaseFiles
from dlicalc.gui.case_view_model import CaseViewModel, Snapshot
from dlicalc.gui.draft_keeper import DraftKeeper
from dlicalc.gui.new_patient import forget_copied
from dlicalc.gui.notice_strip import NoticeStrip
from dlicalc.gui.parts import NoDrafts, Services
from dlicalc.gui.training_band import TrainingBand
from dlicalc.services.drafts import Draft, draft_line, restored_text
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording import safe_habits as say

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs

_ROOMY: Final = 32
"""Lines of text in a window that has room for a list above its pages."""


class Host(Port):
    """The window, as far as safe habits need it."""

    words: Words

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    def may_let_go(self) -> bool:
        """Whether the records may be let go of."""

    def height(self) -> int:
        """Its height in pixels."""

    def installEventFilter(self, watcher: QObject, /) -> None:
        """Let ``watcher`` see its events."""


class SafeHabits(QObject):
    """The window puts ``band`` on top of everything and both strips over the pages, which scroll and so can give way.

    ``begin`` is called once the window has been painted.
    """

    folder_known = Signal()
    """The data folder has been found, or has changed."""
    training_changed = Signal()

    def __init__(self, host: Host, view_model: CaseViewModel, files: CaseFiles, services: Services) -> None:
        super().__init__()
        self._host = host
        self._view_model = view_model
        self._files = files
        self._services = services
        self._begun = False
        self.training = False
        self.keeper = DraftKeeper(view_model, NoDrafts(), lambda: bool(files.name), self)
        self.keeper.kept.connect(self._after_keeping, Qt.ConnectionType.QueuedConnection)
        self._restored_from = ""
        self._trouble: Problem | None = None
        self._damaged: tuple[str, ...] = ()
        self.band = TrainingBand()
        self.restored, self.notice = NoticeStrip(), NoticeStrip()
        self.band.hide()
        host.installEventFilter(self)
        self.restored.closed.connect(self._forget_restored)
        self.notice.closed.connect(self._forget_damaged)
        view_model.changed.connect(self._show)

    @property
    def folder(self) -> str:
        """The data folder; empty until it is known."""
        return self.keeper.store.folder

    def begin(self) -> None:
        """Find the data folder and offer what was left in it."""
        self._begun = True
        self._use_folder()

    def set_training(self, on: bool) -> None:
        """Enter or leave training with an empty case; nothing happens if the open case is to be kept."""
        if on != self.training and self._files.may_leave() and self._host.may_let_go():
            self._files.forget()
            self._become(on)
            if self._begun:
                self._use_folder()
        self.training_changed.emit()

    def start_in_training(self) -> None:
        """Be in training from the start, before anything was opened."""
        self._become(True)
        self.training_changed.emit()

    def _become(self, training: bool) -> None:
        self.training = training
        self.band.setVisible(training)

    def _use_folder(self) -> None:
        self._trouble, self._damaged = None, ()
        self.keeper.change_store(self._services.drafts(self.training))
        self.folder_known.emit()
        try:
            left = self.keeper.left_over()
        except Refused as refused:
            self._trouble = refused.problems[0]
            self._show_notice()
            return
        self._damaged = left.damaged
        self._show_notice()
        self._offer(list(left.drafts))
        self.keeper.store.let_go()

    def _offer(self, drafts: list[Draft]) -> None:
        host = self._host
        while drafts:
            answer = host.dialogs.leftovers(host.words, drafts)
            if answer.choice is Choice.LATER:
                return
            draft = next(draft for draft in drafts if draft.key == answer.key)
            if answer.choice is Choice.OPEN and self._files.may_leave():
                self._restore(draft)
                return
            if answer.choice is Choice.DISCARD and host.dialogs.discard(host.words, draft_line(draft, host.words)):
                self.keeper.store.discard(draft.key)
                drafts.remove(draft)

    def _restore(self, draft: Draft) -> None:
        self.keeper.take(draft.key)
        self._files.restore(draft.document)
        self._restored_from = draft.kept_at
        self._show(self._view_model.snapshot)
        self.restored.show()

    def begin_case(self) -> None:
        """Another case is about to be shown: nothing of the one before may stay."""
        self._forget_restored()
        self.restored.hide()
        forget_copied(QGuiApplication.clipboard())

    def _forget_restored(self) -> None:
        self._restored_from = ""
        self.restored.show_text("")

    def _forget_damaged(self) -> None:
        self._damaged = ()

    def _after_keeping(self, problem: Problem | None) -> None:
        if problem != self._trouble:
            self._trouble = problem
            self._show_notice()

    def _show_notice(self) -> None:
        words = self._host.words
        sentences = [words.translate(say.DAMAGED_DRAFT).format(path=path) for path in self._damaged]
        if self._trouble is not None:
            reason = self._trouble.params.get("text", self._trouble.code)
            sentences.insert(0, words.translate(say.NOT_KEPT).format(folder=self.folder, reason=reason))
        self.notice.show_text("\n".join(sentences))
        self.notice.setVisible(bool(sentences))

    def _show(self, snapshot: Snapshot) -> None:
        if self._restored_from:
            listed = self._host.height() > _ROOMY * self.band.fontMetrics().height()
            text = restored_text(self._restored_from, snapshot.evaluation, self._host.words, listed=listed)
            self.restored.show_text(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say as much as there is room for."""
        if event.type() is QEvent.Type.Resize:
            self._show(self._view_model.snapshot)
        return False

    def retranslate(self, words: Words) -> None:
        """Word everything anew."""
        self.band.set_text(words(say.TRAINING_BAND))
        self.restored.button.setText(words(say.RESTORED_READ))
        self.notice.button.setText(words(say.UNDERSTOOD))
        if not self.notice.isHidden():
            self._show_notice()
        self._show(self._view_model.snapshot)

    def title(self, title: str) -> str:
        """A window title, which in training says so first."""
        return f"{self._host.words(say.TRAINING)} – {title}" if self.training else title

    def close(self) -> None:
        """The window has been left."""
        self.keeper.close()
