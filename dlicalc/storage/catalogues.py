"""Translations of the program's sentences, from compiled gettext catalogues."""

import gettext
import io
from typing import Final

from dlicalc.services.wording import Translate
from dlicalc.storage.resources import Damaged, Resources

LANGUAGES: Final = ("en", "zh_CN")


def catalogue_file(language: str) -> str:
    """Name of the compiled catalogue of ``language`` in the data folder."""
    return f"locale/{language}/LC_MESSAGES/dlicalc.mo"


def load_catalogue(resources: Resources, language: str) -> Translate:
    """The function from English sentence to sentence in ``language``."""
    name = catalogue_file(language)
    try:
        return gettext.GNUTranslations(io.BytesIO(resources.read(name))).gettext
    except (OSError, ValueError) as error:
        raise Damaged(name, str(error)) from error
