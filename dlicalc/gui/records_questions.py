"""The window's questions about the records as a whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from dlicalc.gui.answers import Owed
from dlicalc.gui.mnemonic import plain
from dlicalc.gui.save_path import path_to_save
from dlicalc.gui.signs import Sign
from dlicalc.services.manual_place import Place
from dlicalc.services.wording import Words
from dlicalc.services.wording import records_care as say
from dlicalc.services.wording.window import CANCEL

if TYPE_CHECKING:
    from dlicalc.gui.records_dialogs import NewPassphrase, Print, Restoring
    from dlicalc.gui.records_work import Work

_SUFFIX = ".dlibackup"


class RecordsQuestions:
    """A part of :class:`~dlicalc.gui.dialogs.Dialogs`."""

    _parent: QWidget
    _explain: Callable[[QWidget, Place], None]

    def backup_path(self, words: Words, suggested: str) -> str:
        """Where to put a backup; empty if nowhere."""
        suggested = f"{suggested}{_SUFFIX}"
        return path_to_save(self._parent, words(say.BACK_UP), suggested, words(say.BACKUP_FILES), _SUFFIX)

    def backup_to_restore(self, words: Words) -> str:
        """The backup to restore; empty if none."""
        title = plain(words(say.RESTORE))
        return QFileDialog.getOpenFileName(self._parent, title, "", f"{words(say.BACKUP_FILES)};;* (*)")[0]

    def restore(self, words: Words, path: str) -> "Restoring | None":
        """Who restores the backup at ``path``, and why."""
        from dlicalc.gui.records_dialogs import RestoreDialog  # noqa: PLC0415  few windows come to it

        dialog = RestoreDialog(words, path, self._parent)
        self._explain(dialog, Place("records", "care"))
        return dialog.restoring() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def recovery_key(self, words: Words, key: str, print_key: "Print", kept: Callable[[], bool]) -> None:
        """Show the recovery key; ``kept`` is called once it is on paper."""
        from dlicalc.gui.records_dialogs import RecoveryKeyDialog  # noqa: PLC0415  few windows come to it

        dialog = RecoveryKeyDialog(key, print_key, kept, words, self._parent)
        self._explain(dialog, Place("records", "key"))
        dialog.exec()

    def new_passphrase(self, words: Words, *, locked: bool) -> "NewPassphrase | None":
        """The passphrase that is to lock the records, or none."""
        from dlicalc.gui.records_dialogs import PassphraseChange  # noqa: PLC0415  few windows come to it

        dialog = PassphraseChange(words, self._parent, locked=locked)
        self._explain(dialog, Place("records", "passphrase"))
        return dialog.change() if dialog.exec() == QDialog.DialogCode.Accepted else None

    def work(self, words: Words, title: str, lead: str, work: "Work", *, may_stop: bool) -> None:
        """Do what takes a while, and say what came of it."""
        from dlicalc.gui.records_work import WorkDialog  # noqa: PLC0415  few windows come to it

        dialog = WorkDialog(title, lead, work, words, self._parent, may_stop=may_stop)
        self._explain(dialog, Place("records", "care"))
        dialog.exec()

    def owed(self, words: Words, number: str, reason: str) -> Owed:
        """What becomes of the end of an order that could be written nowhere."""
        box = self._box(Sign.STOP, words(say.OWED, number=number), words.translate(say.OWED_ASK).format(reason=reason))
        retry = box.addButton(words(say.OWED_RETRY), QMessageBox.ButtonRole.AcceptRole)
        close = box.addButton(words(say.OWED_CLOSE), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(words(CANCEL), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        clicked = box.clickedButton()
        return Owed.RETRY if clicked is retry else Owed.CLOSE if clicked is close else Owed.STAY

    def _box(self, sign: Sign, text: str, detail: str) -> QMessageBox:
        raise NotImplementedError
