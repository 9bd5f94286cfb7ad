"""Sentences without the letter that Alt would trigger."""

import re
from typing import Final

_BEHIND: Final = re.compile(r"\(&\w\)")
"""The shortcut letter as it stands behind Chinese words."""


def without_mnemonic(sentence: str) -> str:
    """``sentence`` as it is read aloud."""
    return _BEHIND.sub("", sentence).replace("&", "").strip()


def plain(sentence: str) -> str:
    """The words of a menu as a title: without the letter, and without the dots that promise a question."""
    return without_mnemonic(sentence).removesuffix("…").strip()
