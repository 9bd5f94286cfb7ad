"""A site file in words: what it sets, who stands for it, and what another one sets otherwise."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dlicalc.domain.protocol import SiteTerm
from dlicalc.domain.site import Site
from dlicalc.domain.site_rules import span
from dlicalc.services.sheet import Field
from dlicalc.services.site_words import term_label, term_values
from dlicalc.services.wording import Words
from dlicalc.services.wording import policy as say
from dlicalc.services.wording import site as say_site
from dlicalc.services.wording.window import FIELDS

_FRESH: Final = "administration.fresh."
_THAWED: Final = "administration.cryopreserved."
_LIMITS: Final = "limits."
_UNITS: Final = "units."
_RULES: Final = frozenset({"dose.usual_rule", "renal.equation"})
_NOT_SAID: Final = frozenset({"format", "digest", "deviates", "site.content"})
_WINDOWS: Final = (("first_day", "last_day"), ("at_least_hours", "at_most_hours"))
_LANGUAGES: Final = {"en": say.IN_ENGLISH, "zh_CN": say.IN_CHINESE}


def settings(site: Site) -> dict[str, str]:
    """Every setting: its key in the file → its text; those that are not set are left out."""
    return {key: text for key, text in _leaves("", site.model_dump()) if key not in _NOT_SAID}


def _leaves(place: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        key = f"{place}{name}"
        if isinstance(value, dict) and tuple(value) in _WINDOWS:
            yield key, span(*value.values())
        elif isinstance(value, dict):
            yield from _leaves(f"{key}.", value)
        elif isinstance(value, tuple):
            yield key, span(*value)
        elif value is not None:
            yield key, str(value)


def label(key: str, words: Words) -> str:
    """What the setting ``key`` sets."""
    if key.startswith(_LIMITS) or key in _RULES:
        return term_label(key.removeprefix(_LIMITS), words)
    if key.startswith(_UNITS):
        return words.translate(say_site.UNIT).format(what=words(FIELDS[key.removeprefix(_UNITS)]))
    stem, _, last = key.rpartition(".")
    if last in _LANGUAGES:
        return words.translate(_LANGUAGES[last]).format(what=label(stem, words))
    for table, about in ((_FRESH, say.ABOUT_FRESH), (_THAWED, say.ABOUT_THAWED)):
        if key.startswith(table):
            return words.translate(about).format(what=words(say.SETTINGS[key.removeprefix(table)]))
    return words(say.SETTINGS[key])


def shown_settings(site: Site, terms: Iterable[SiteTerm], words: Words) -> tuple[Field, ...]:
    """All that ``site`` sets, in the order of the file; beside each of ``terms`` what the protocol has in its place."""
    ruled = _by_key(terms)
    return tuple(Field(label(key, words), _set(key, text, ruled, words)) for key, text in settings(site).items())


def differences(before: Site, after: Site, terms: Iterable[SiteTerm], words: Words) -> tuple[str, ...]:
    """What ``after`` sets otherwise than ``before``, a sentence each.

    ``terms`` are those of both: a limit that one file leaves out is the protocol's, and is told so.
    """
    old, new, ruled = settings(before), settings(after), _by_key(terms)
    return tuple(
        words.translate(say.DIFFERENCE).format(
            what=label(key, words),
            before=_stated(key, old.get(key), ruled, words),
            after=_stated(key, new.get(key), ruled, words),
        )
        for key in (*old, *(key for key in new if key not in old))
        if old.get(key) != new.get(key)
    )


def _by_key(terms: Iterable[SiteTerm]) -> Mapping[str, SiteTerm]:
    return {term.key: term for term in terms}


def _set(key: str, text: str, ruled: Mapping[str, SiteTerm], words: Words) -> str:
    term = ruled.get(key.removeprefix(_LIMITS))
    if term is None:
        return _shown(key, text, words)
    own, protocol = term_values(term, words)
    return words.translate(say_site.VALUES).format(site=own, protocol=protocol)


def _stated(key: str, text: str | None, ruled: Mapping[str, SiteTerm], words: Words) -> str:
    """One side of a difference; ``None`` where the file leaves it out."""
    term = ruled.get(key.removeprefix(_LIMITS))
    if text is None:
        if term is None:
            return words(say.NOT_SET)
        return words.translate(say.AS_IN_PROTOCOL).format(value=term_values(term, words)[1])
    return _shown(key, text, words) if term is None else words.with_unit(text, words.unit(term.unit))


def _shown(key: str, text: str, words: Words) -> str:
    """A value as people read it; what stands for a code of the file is worded."""
    return words.unit(text) if key.startswith(_UNITS) else words.term(text) if key in _RULES else text


def signed_by(site: Site, words: Words) -> str:
    """Who stands for ``site``."""
    origin = site.site
    if not origin.confirmed:
        return words(say.UNSIGNED if site.deviates else say.NOTHING_TO_SIGN)
    if not origin.signed:
        return words(say.ONE_SIGNED)
    return words.translate(say.SIGNED).format(
        first=origin.confirmed_by,
        first_day=origin.confirmed_on,
        second=origin.checked_by,
        second_day=origin.checked_on,
    )
