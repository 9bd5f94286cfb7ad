"""The menu bar: each action once, worded anew when the language changes."""

from typing import Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from dlicalc.services.wording import Words
from dlicalc.services.wording import records_care as care
from dlicalc.services.wording.day_list import MENU as DAY_LIST
from dlicalc.services.wording.given import ACT as AFTER_INFUSION
from dlicalc.services.wording.given import MENU as MENU_RECORDS
from dlicalc.services.wording.manual import MENU_CARD, MENU_MANUAL, MENU_WORKSHEET
from dlicalc.services.wording.order_page import PRINT
from dlicalc.services.wording.safe_habits import TRAINING_MODE
from dlicalc.services.wording.selftest import MENU as INSTALLATION
from dlicalc.services.wording.verify import MENU as VERIFY
from dlicalc.services.wording.window import (
    ABOUT,
    COPY_RESULT,
    FIELD_HELP,
    MENU_EDIT,
    MENU_FILE,
    MENU_HELP,
    MENU_LANGUAGE,
    NEW,
    OPEN,
    ORDER,
    QUIT,
    REDO,
    SAVE,
    SAVE_AS,
    UNDO,
)

LANGUAGES: Final = (("en", "English"), ("zh_CN", "简体中文"))
"""Each language under its own name, so that whoever needs it finds it."""


class Menus:
    """File, edit, records, language, help."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        bar = window.menuBar()
        self._file, self._edit, self._records, self._language, self._help = (bar.addMenu("") for _ in range(5))
        self._sentences: list[tuple[QAction, str]] = []
        self.new = self._action(NEW, "Ctrl+N")
        self.open = self._action(OPEN, "Ctrl+O")
        self._file.addSeparator()
        self.save = self._action(SAVE, "Ctrl+S")
        self.save_as = self._action(SAVE_AS, "Ctrl+Shift+S")
        self.order = self._action(ORDER, "Ctrl+Shift+P")
        self.print = self._action(PRINT, "Ctrl+P")
        self.verify = self._action(VERIFY, "Ctrl+Shift+V")
        self._file.addSeparator()
        self.training = self._action(TRAINING_MODE, "")
        self.training.setCheckable(True)
        self._file.addSeparator()
        self.quit = self._action(QUIT, "Ctrl+Q")
        self.undo = self._action(UNDO, "Ctrl+Z", self._edit)
        self.redo = self._action(REDO, "Ctrl+Y", self._edit)
        self.redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
        self._edit.addSeparator()
        self.copy = self._action(COPY_RESULT, "Ctrl+L", self._edit)
        self.given = self._action(AFTER_INFUSION, "Ctrl+Shift+G", self._records)
        self.day_list = self._action(DAY_LIST, "Ctrl+D", self._records)
        self._records.addSeparator()
        self.verify_records = self._action(care.VERIFY, "", self._records)
        self.back_up = self._action(care.BACK_UP, "", self._records)
        self.restore = self._action(care.RESTORE, "", self._records)
        self._records.addSeparator()
        self.recovery_key = self._action(care.RECOVERY_KEY, "", self._records)
        self.passphrase = self._action(care.PASSPHRASE, "", self._records)
        self._group = QActionGroup(window)
        self.languages = {code: self._language_action(name) for code, name in LANGUAGES}
        self.field_help = self._action(FIELD_HELP, "F1", self._help)
        self.manual = self._action(MENU_MANUAL, "Shift+F1", self._help)
        self.card = self._action(MENU_CARD, "", self._help)
        self.worksheet = self._action(MENU_WORKSHEET, "", self._help)
        self.installation = self._action(INSTALLATION, "", self._help)
        self.about = self._help.addAction("")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self._sentences.append((self.about, ABOUT))

    def _action(self, sentence: str, shortcut: str, menu: QMenu | None = None) -> QAction:
        action = (menu or self._file).addAction("")
        action.setShortcut(QKeySequence(shortcut))
        self._sentences.append((action, sentence))
        return action

    def _language_action(self, name: str) -> QAction:
        action = self._language.addAction(name)
        action.setCheckable(True)
        self._group.addAction(action)
        return action

    def retranslate(self, words: Words) -> None:
        """Word the menus anew."""
        for menu, sentence in (
            (self._file, MENU_FILE),
            (self._edit, MENU_EDIT),
            (self._records, MENU_RECORDS),
            (self._language, MENU_LANGUAGE),
            (self._help, MENU_HELP),
        ):
            menu.setTitle(words(sentence))
        for action, sentence in self._sentences:
            action.setText(words(sentence))
