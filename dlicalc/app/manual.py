"""``dlicalc help``: the manual on a terminal, and the sheets that belong to it as PDF."""

import argparse
from typing import Final

from dlicalc.app.order import LANGUAGE_TAGS
from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.app.streams import put
from dlicalc.services.help_text import values
from dlicalc.services.manual import Manual, Topic
from dlicalc.services.manual_place import TOPICS
from dlicalc.services.manual_text import lines
from dlicalc.services.ports import HelpSheet
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.sheet import CannotBePrinted
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.help_files import load_topics

BOTH: Final = ("en", "zh_CN")


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Print what was asked for, or write a sheet."""
    if options.card or options.worksheet:
        return _write(options, parts)
    if options.language == "both":
        for language in BOTH:
            _print(options, Manual(topics(parts, language)))
        return 0
    _print(options, Manual(topics(parts, options.language)))
    return 0


def _write(options: argparse.Namespace, parts: Parts) -> int:
    sheet = HelpSheet.CARD if options.card else HelpSheet.WORKSHEET
    write_atomically(options.output, sheet_pdf(parts, sheet, options.language, options.paper))
    return 0


def _print(options: argparse.Namespace, manual: Manual) -> None:
    if options.search:
        hits = manual.find(options.search)
        put("\n".join(f"{hit.place.topic}: {hit.title}: {hit.excerpt}" for hit in hits))
    elif options.topic is None:
        put("\n".join(f"{topic.name}  {topic.title}" for topic in manual.topics))
    elif options.topic in TOPICS:
        put("\n".join(lines(manual.topic(options.topic))))
    else:
        raise Refused(Problem(options.topic, "help_topic", {"topics": ", ".join(TOPICS)}))


def topics(parts: Parts, language: str) -> tuple[Topic, ...]:
    """The topics of ``language`` with the protocol's numbers."""
    return load_topics(parts.resources, language, values(parts.rules))


def sheet_pdf(parts: Parts, sheet: HelpSheet, language: str, paper: str) -> bytes:
    """The PDF of ``sheet``; ``language`` is ``en``, ``zh_CN`` or ``both``; raises ``Refused``."""
    from dlicalc.report.single import Origin

    origin = Origin(SOFTWARE, LANGUAGE_TAGS[language], now())
    try:
        if sheet is HelpSheet.CARD:
            from dlicalc.report.card import write_card
            from dlicalc.services.quick_card import quick_card

            return write_card(quick_card(parts.words(language), parts.rules, SOFTWARE), parts.fonts, paper, origin)
        from dlicalc.report.worksheet import write_worksheets
        from dlicalc.services.worksheet import worksheet

        languages = BOTH if language == "both" else (language,)
        sheets = [worksheet(parts.words(one), parts.rules, SOFTWARE) for one in languages]
        return write_worksheets(sheets, parts.fonts, paper, origin)
    except CannotBePrinted as error:
        raise Refused(error.problem) from error
