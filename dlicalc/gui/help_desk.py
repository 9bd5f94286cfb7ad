"""What the help menu gives: the manual at the entry with the keyboard, and two sheets of paper."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final
from typing import Protocol as Port

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from dlicalc.domain.protocol import Protocol
from dlicalc.gui.across import path_with_keyboard
from dlicalc.gui.menus import Menus
from dlicalc.gui.parts import Services
from dlicalc.services.manual_place import TOPICS, Place
from dlicalc.services.pages import Page
from dlicalc.services.ports import HelpSheet
from dlicalc.services.wording import Words
from dlicalc.services.wording.manual import MENU_CARD, MENU_WORKSHEET

if TYPE_CHECKING:
    from dlicalc.gui.case_files import CaseFiles
    from dlicalc.gui.dialogs import Dialogs
    from dlicalc.gui.help_window import HelpWindow

_TITLES: Final = {HelpSheet.CARD: MENU_CARD, HelpSheet.WORKSHEET: MENU_WORKSHEET}


class Host(Port):
    """The window, as far as help needs it."""

    words: Words
    language: str
    files: "CaseFiles"

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    def tell_saved(self, path: str) -> None:
        """Say where something was saved."""


class HelpDesk:
    """Opens the manual, which is made when first asked for, and saves the sheets."""

    def __init__(
        self, host: Host, parent: QWidget, services: Services, protocol: Protocol, page: Callable[[], Page]
    ) -> None:
        self._host = host
        self._parent = parent
        self._services = services
        self._protocol = protocol
        self._page = page
        self.window: HelpWindow | None = None

    def use(self, menus: Menus, findings: QWidget) -> None:
        """Answer the help menu; ``findings`` is the list that is no entry but has a place in the manual."""
        menus.field_help.triggered.connect(lambda: self._explain(findings))
        menus.manual.triggered.connect(lambda: self._open(Place(TOPICS[0])))
        menus.card.triggered.connect(lambda: self._save(HelpSheet.CARD))
        menus.worksheet.triggered.connect(lambda: self._save(HelpSheet.WORKSHEET))

    def retranslate(self, words: Words) -> None:
        """Word the manual anew, if it has been opened."""
        if self.window is not None:
            self._host.files.attempt(partial(self.window.retranslate, words, self._protocol))

    def over(self, dialog: QWidget, place: Place) -> None:
        """F1 in ``dialog``, which keeps the keyboard to itself: at its entry, or where it has none at ``place``."""
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog, partial(self._explain_in, dialog, place))

    def _explain_in(self, dialog: QWidget, place: Place) -> None:
        from dlicalc.gui.help import place_of, topic_of  # noqa: PLC0415  few ask for it
        from dlicalc.gui.help_window import HelpWindow  # noqa: PLC0415  few ask for it

        path = path_with_keyboard()
        there = place_of(path, self._page()) if topic_of(path) else place
        window = HelpWindow(self._services.manual, dialog)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._host.files.attempt(lambda: window.show_place(there, self._host.words, self._protocol))

    def _explain(self, findings: QWidget) -> None:
        """Open the manual at what has the keyboard."""
        from dlicalc.gui.help import FINDINGS, place_of  # noqa: PLC0415  few ask for it

        self._open(FINDINGS if findings.hasFocus() else place_of(path_with_keyboard(), self._page()))

    def _open(self, place: Place) -> None:
        from dlicalc.gui.help_window import HelpWindow  # noqa: PLC0415  few ask for it

        window = self.window = self.window or HelpWindow(self._services.manual, self._parent)
        self._host.files.attempt(lambda: window.show_place(place, self._host.words, self._protocol))

    def _save(self, sheet: HelpSheet) -> None:
        """Write a sheet in the language of the window."""
        host, make = self._host, self._services.help_sheet
        suggested = f"dlicalc-{sheet.value}-{host.language}.pdf"
        path = host.dialogs.help_path(host.words, host.words(_TITLES[sheet]), suggested)
        save = self._services.save_bytes
        if path and host.files.attempt(lambda: save(path, make(sheet, host.language), lambda: None)):
            host.tell_saved(path)
