"""What must not be carried from one patient to the next beside the entries themselves."""

from PySide6.QtGui import QClipboard


def forget_copied(clipboard: QClipboard) -> None:
    """Empty the clipboard if its content was put there by this program.

    What another program has put there belongs to somebody's other work, and is often the next patient's number.
    """
    modes = QClipboard.Mode
    for mode, ours in ((modes.Clipboard, clipboard.ownsClipboard()), (modes.Selection, clipboard.ownsSelection())):
        if ours:
            clipboard.clear(mode)
