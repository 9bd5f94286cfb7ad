"""A page that is a form and nothing else."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from dlicalc.gui.case_view_model import Snapshot
from dlicalc.gui.entry_edit import TextAt
from dlicalc.gui.fields import Section
from dlicalc.gui.form import Form
from dlicalc.gui.page import Page
from dlicalc.services.wording import Words


class FormPage(Page):
    """The form of some sections of the entry list."""

    def __init__(self, sections: tuple[Section, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(sections)
        self.form.edited.connect(self.edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)

    def fill(self, text_at: TextAt) -> None:
        """Fill the form."""
        self.form.fill(text_at)

    def show_snapshot(self, snapshot: Snapshot, words: Words) -> None:
        """Show the problems of the entries, and what they mean in other words."""
        self.form.show_snapshot(snapshot)

    def focus(self, path: str) -> bool:
        """Go to the entry that ``path`` speaks of."""
        return self.form.focus(path)

    def first_entry(self) -> QWidget:
        """The first control of the first row."""
        return self.form.rows[0].entries[0].controls()[0]

    def retranslate(self, words: Words) -> None:
        """Word the form anew."""
        self.form.retranslate(words)
