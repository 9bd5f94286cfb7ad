"""What every page of the window is to the window: filled, shown, found by path, worded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dlicalc.domain.finding import Finding
from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.services.pages import Page as PageName
from dlicalc.services.wording import Words


class Page(QWidget):
    """Base of the pages. A page is made when it is first needed, and told of changes only while it is in front."""

    edited = Signal(str, str)
    """Path and text; nothing but the user causes it."""
    path_asked = Signal(str)
    """Somebody wants to go to the entry at this path, on whichever page it is."""
    decide_asked = Signal(Finding)
    """A prescriber wants to decide this stop."""
    withdrawn = Signal(int)
    """The decision at this place of ``decisions`` is taken back."""
    page_asked = Signal(PageName)
    """Somebody wants to go to this page (``services.pages.Page``)."""
    undo_asked = Signal()
    """Somebody wants the last edit back."""

    def fill(self, text_at: TextAt) -> None:
        """Put what was typed into the entries, after another case was opened or an edit undone."""

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show what follows from the case; never touches what was typed."""

    def focus(self, path: str) -> bool:
        """Bring the entry that ``path`` speaks of into sight and give it the keyboard; false if it is not here."""
        return False

    def first_entry(self) -> QWidget | None:
        """The entry at which a page begins that has one before all others."""
        return None

    def retranslate(self, words: Words) -> None:
        """Word everything anew; what was typed stays."""
