"""Where to save a file; Qt asks before it overwrites one."""

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from dlicalc.gui.mnemonic import plain


def path_to_save(parent: QWidget, title: str, suggested: str, kind: str, suffix: str) -> str:
    """The whole path, with ``suffix`` if none was typed; empty if nowhere. ``kind`` is a filter of Qt's dialog."""
    dialog = QFileDialog(parent, plain(title), "", kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # The dialog asks before it overwrites only if it knows the whole name.
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(suggested)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    return dialog.selectedFiles()[0] if accepted else ""
