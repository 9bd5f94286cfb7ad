"""``dlicalc policy``: the site file in force, what another one would change, and whether two people stand for one."""

import argparse

from dlicalc.app.parts import Parts
from dlicalc.app.streams import put
from dlicalc.services.policy import differences, shown_settings, signed_by
from dlicalc.services.wording import policy as say
from dlicalc.storage.site_files import read_site_file

DIFFERENT = 1


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Carry out one act; raises ``Refused`` for a file that cannot be used."""
    acts = {"show": _show, "diff": _diff, "check": _check}
    return acts[options.act](options, parts)


def _show(options: argparse.Namespace, parts: Parts) -> int:
    words, site = parts.words(options.language), parts.site
    place = parts.site_place
    terms = parts.ruled_by(site, f"{place}").terms
    lines = [f"{words(say.LIES_AT)}: {place or words(say.SHIPPED)}", f"{words(say.DIGEST)}: {site.digest}"]
    lines.append(signed_by(site, words))
    lines += [f"{field.label}: {field.value}" for field in shown_settings(site, terms, words)]
    put("\n".join(lines))
    return 0


def _diff(options: argparse.Namespace, parts: Parts) -> int:
    words = parts.words(options.language)
    other, _ = read_site_file(options.file, parts.resources)
    terms = (*parts.ruled_by(other, options.file).terms, *parts.ruled_by(parts.site, f"{parts.site_place}").terms)
    changed = differences(parts.site, other, terms, words)
    put("\n".join(changed or (words(say.NO_DIFFERENCE),)))
    return DIFFERENT if changed else 0


def _check(options: argparse.Namespace, parts: Parts) -> int:
    words = parts.words(options.language)
    site, content = read_site_file(options.file, parts.resources)
    parts.ruled_by(site, options.file)
    put(f"{words(say.CONTENT)}: {content}\n{signed_by(site, words)}")
    if site.site.signed:
        return 0
    put(words.translate(say.HOW_TO_SIGN).format(digest=content))
    return DIFFERENT
