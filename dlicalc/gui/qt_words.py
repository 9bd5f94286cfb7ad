"""Qt's own words, in its file dialogs and context menus, in the language of the window."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator


class QtWords:
    """The translation in use; English is what Qt speaks of itself."""

    def __init__(self) -> None:
        self._translator: QTranslator | None = None

    def use(self, language: str) -> None:
        """Let Qt speak ``language`` where it can."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        if language == "en":
            return
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            QCoreApplication.installTranslator(translator)
            self._translator = translator
