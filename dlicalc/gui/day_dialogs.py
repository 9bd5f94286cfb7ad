"""The questions of the day list: who supersedes an order, who wants a copy; and the paper before it goes out."""

from collections.abc import Callable
from typing import NamedTuple
from typing import Protocol as Port

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from dlicalc.domain.entered import is_said
from dlicalc.gui.flow import FlowLayout
from dlicalc.gui.menus import LANGUAGES
from dlicalc.gui.order_dialogs import Question, Voiding, named
from dlicalc.gui.pdf_pages import PdfPages
from dlicalc.gui.pick import Pick
from dlicalc.gui.preview import Preview
from dlicalc.gui.signs import Sign
from dlicalc.services.wording import Words
from dlicalc.services.wording import check as check_words
from dlicalc.services.wording import day_list as say
from dlicalc.services.wording.window import CLOSE, DECIDE_REASON

_BOTH = "both"
_WIDE, _HIGH = 96, 44
"""Letters and lines of the dialog, where the screen has room."""


class CopyWanted(NamedTuple):
    """Who wants a copy, and in which language; empty for that of the original."""

    by: str
    language: str


class SupersedeDialog(Question):
    """Asks who supersedes an order, and why."""

    def __init__(self, words: Words, number: str, parent: QWidget | None = None) -> None:
        title = words(say.SUPERSEDE_TITLE, number=number)
        super().__init__(title, words(say.SUPERSEDE_LEAD), words(say.SUPERSEDE_DO), words, parent)
        self.name = self.line(words(check_words.NAME), named)
        self.reason = self.line(words(DECIDE_REASON), is_said)

    def voiding(self) -> Voiding:
        """What was typed."""
        return Voiding(self.name.text(), self.reason.text())


class CopyDialog(Question):
    """Asks who wants a copy, and in which language."""

    def __init__(self, words: Words, number: str, parent: QWidget | None = None) -> None:
        title = words(say.REPRINT_TITLE, number=number)
        super().__init__(title, words(say.REPRINT_LEAD), words(say.REPRINT_DO), words, parent)
        self.languages = Pick(["", *(code for code, _ in LANGUAGES), _BOTH], self)
        texts = [words(say.AS_ORIGINAL), *(name for _, name in LANGUAGES), say.BOTH]
        self.languages.name(words(say.LANGUAGE), texts, words)
        self.body.insertWidget(2, self.languages)
        self.name = self.line(words(check_words.NAME), named)
        QWidget.setTabOrder(self.name, self.languages)
        QWidget.setTabOrder(self.languages, self.act)

    def wanted(self) -> CopyWanted:
        """What was typed and chosen."""
        return CopyWanted(self.name.text(), self.languages.code)


class Out(Port):
    """Lets a paper go out; returns what came of it, empty if it did not go."""

    def __call__(self) -> str:
        """Ask where to, and do it."""


class Paper(NamedTuple):
    """A paper that nobody has yet: what it is, what is said of it, and how it is saved and printed."""

    title: str
    pdf: bytes
    sign: Sign
    said: str
    save: Out
    print: Out


class PaperDialog(QDialog):
    """The pages as they will lie on paper; one button saves them, one prints them, Enter does neither."""

    def __init__(self, paper: Paper, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(paper.title)
        self.preview = Preview(self)
        self.preview.retranslate(words)
        self.save, self.print, self.leave = (
            QPushButton(words(sentence), self) for sentence in (say.SAVE_PAPER, say.PRINT_PAPER, CLOSE)
        )
        buttons = FlowLayout(gap=6)
        for button in (self.save, self.print, self.leave):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.preview, 1)
        layout.addLayout(buttons)
        for button, out in ((self.save, paper.save), (self.print, paper.print)):
            button.clicked.connect(self._going_out(out))
        self.leave.clicked.connect(self.reject)
        self.preview.say(paper.sign, paper.said)
        self._be_large()
        self.preview.show_pages(PdfPages(paper.pdf))
        self.preview.area.setFocus()

    def _be_large(self) -> None:
        letter, room = self.fontMetrics(), self.screen().availableSize()
        wanted = letter.horizontalAdvance("n") * _WIDE, letter.height() * _HIGH
        self.resize(min(wanted[0], room.width() - 16), min(wanted[1], room.height() - 48))

    def _going_out(self, out: Out) -> Callable[[], None]:
        def go() -> None:
            came = out()
            if came:
                # One paper, so that no two of them are the same copy.
                self.save.setEnabled(False)
                self.print.setEnabled(False)
                self.preview.say(Sign.GOOD, came)
                self.leave.setFocus()

        return go

    def done(self, result: int) -> None:
        """Nothing of the paper stays in memory."""
        self.preview.drop()
        super().done(result)
