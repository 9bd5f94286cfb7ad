"""What a site keeps to in the place of the protocol's values, in words: each value, and all of them in one line."""

from functools import partial

from dlicalc.domain.protocol import Protocol, SiteTerm
from dlicalc.services.sheet import Field
from dlicalc.services.wording import Words
from dlicalc.services.wording import site as say
from dlicalc.services.wording.findings import GUARDED

_CRITERIA = "criteria."
_PLAUSIBILITY = "plausibility."


def term_label(key: str, words: Words) -> str:
    """What the value ``key`` is."""
    if key.startswith(_CRITERIA):
        return words.translate(say.CRITERION).format(what=words.criterion(key.removeprefix(_CRITERIA)))
    if key.startswith(_PLAUSIBILITY):
        name, _, bounds = key.removeprefix(_PLAUSIBILITY).rpartition(".")
        return words.translate(say.BOUNDS[bounds]).format(what=words(GUARDED[name]))
    return words(say.TERMS[key])


def term_values(term: SiteTerm, words: Words) -> tuple[str, str]:
    """The site's value and the protocol's, as people read them."""
    unit = words.unit(term.unit)
    return words.with_unit(term.site, unit), words.with_unit(term.protocol, unit)


def term_text(term: SiteTerm, words: Words) -> str:
    """What is set, the site's value and the protocol's."""
    own, protocol = term_values(term, words)
    return words.translate(say.TERM).format(what=term_label(term.key, words), site=own, protocol=protocol)


def terms_line(protocol: Protocol, words: Words) -> str:
    """Everything in which the site differs; nothing where it does not."""
    if not protocol.terms:
        return ""
    texts = words(say.JOIN).join(term_text(term, words) for term in protocol.terms)
    return words.translate(say.IN_FORCE_LINE).format(terms=texts)


def term_fields(protocol: Protocol, words: Words) -> tuple[Field, ...]:
    """The same for paper, a value each."""
    return tuple(Field(words(say.IN_FORCE), words.each(partial(term_text, term))) for term in protocol.terms)
