"""A site file in words: what it sets, who stands for it, and what another one sets otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dlicalc.domain.site import Site
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from dlicalc.services.wording import policy as say

_FRESH: Final = "administration.fresh."
_THAWED: Final = "administration.cryopreserved."
_NOT_SAID: Final = frozenset({"format", "digest", "site.content"})
_LANGUAGES: Final = {"en": say.IN_ENGLISH, "zh_CN": say.IN_CHINESE}


def settings(site: Site) -> dict[str, str]:
    """Every setting: its key in the file → its text; those that are not set are left out."""
    return {key: text for key, text in _leaves("", site.model_dump()) if key not in _NOT_SAID}


def _leaves(place: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{place}{name}"
        if isinstance(value, dict):
            yield from _leaves(f"{key}.", value)
        elif value is not None:
            yield key, str(value)


def label(key: str, words: Words) -> str:
    """What the setting ``key`` sets."""
    stem, _, last = key.rpartition(".")
    if last in _LANGUAGES:
        return words.translate(_LANGUAGES[last]).format(what=label(stem, words))
    for table, about in ((_FRESH, say.ABOUT_FRESH), (_THAWED, say.ABOUT_THAWED)):
        if key.startswith(table):
            return words.translate(about).format(what=words(say.SETTINGS[key.removeprefix(table)]))
    return words(say.SETTINGS[key])


def shown_settings(site: Site, words: Words) -> tuple[Field, ...]:
    """All that ``site`` sets, in the order of the file."""
    return tuple(Field(label(key, words), text) for key, text in settings(site).items())


def differences(before: Site, after: Site, words: Words) -> tuple[str, ...]:
    """What ``after`` sets otherwise than ``before``, a sentence each."""
    old, new = settings(before), settings(after)
    keys = [*old, *(key for key in new if key not in old)]
    return tuple(
        words.translate(say.DIFFERENCE).format(
            what=label(key, words),
            before=old.get(key) or words(say.NOT_SET),
            after=new.get(key) or words(say.NOT_SET),
        )
        for key in keys
        if old.get(key) != new.get(key)
    )


def signed_by(site: Site, words: Words) -> str:
    """Who stands for ``site``."""
    origin = site.site
    if not origin.confirmed:
        return words(say.UNSIGNED)
    if not origin.signed:
        return words(say.ONE_SIGNED)
    return words.translate(say.SIGNED).format(
        first=origin.confirmed_by,
        first_day=origin.confirmed_on,
        second=origin.checked_by,
        second_day=origin.checked_on,
    )
