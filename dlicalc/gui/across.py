"""F6: from an entry to the findings, and back to the same entry."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget

from dlicalc.gui.entry_edit import EntryEdit
from dlicalc.services.pages import Page


def path_with_keyboard() -> str:
    """The path of the entry that has the keyboard; empty if none has it."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, EntryEdit):
        widget = widget.parentWidget()
    return "" if widget is None else widget.path


class Across:
    """Remembers which entry was left for the findings, as long as its page stays in front."""

    def __init__(
        self,
        findings: QListWidget,
        page: Callable[[], Page],
        go_to_entry: Callable[[str], object],
        go_to_page: Callable[[Page], object],
    ) -> None:
        self._findings, self._page = findings, page
        self._go_to_entry, self._go_to_page = go_to_entry, go_to_page
        self._left: tuple[Page, str] | None = None

    def go(self) -> None:
        """To the findings; from them, or where there are none, back."""
        page, findings = self._page(), self._findings
        if findings.hasFocus() or not findings.isVisible():
            self._back(page)
            return
        path = path_with_keyboard()
        self._left = (page, path) if path else None
        findings.setFocus(Qt.FocusReason.ShortcutFocusReason)
        findings.setCurrentRow(max(findings.currentRow(), 0))

    def _back(self, page: Page) -> None:
        left, self._left = self._left, None
        if left is not None and left[0] is page:
            self._go_to_entry(left[1])
        else:
            self._go_to_page(page)
