"""What the command line does with recorded orders: prints one again, removes the content of old ones."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime

from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.app.reprint import make_copy, record_copy
from dlicalc.services.order_desk import require_name
from dlicalc.services.order_state import State
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Event, EventKind, RecordStore, kept_until
from dlicalc.services.reprint import difference_texts
from dlicalc.services.wording import Words
from dlicalc.services.wording import records as text
from dlicalc.services.wording import reprint as say
from dlicalc.services.wording.words import moment_shown
from dlicalc.storage.atomic import write_atomically


def reprint(records: RecordStore, options: argparse.Namespace, parts: Parts) -> Iterator[str]:
    """Write the next copy of an order; yields what is to be said of it."""
    words = parts.words(options.language or "en")
    require_name("--who", options.who)
    number = options.order.strip().upper()
    copy = make_copy(
        records, number, parts, language=options.language or "", paper=options.paper or "", training=options.training
    )
    write_atomically(options.output, copy.pdf, lambda: record_copy(records, copy, options.who))
    order = copy.recorded.order
    done = text.REPRINTED if order.state is State.COPY else text.REPRINTED_ENDED
    yield words.translate(done).format(copy=order.copy, order=order.number, path=options.output)
    yield words(text.REPRINT_DIFFERS if copy.differences else text.REPRINT_SAME)
    for difference in copy.differences:
        what, before, after = difference_texts(difference, words)
        yield say.LINE.format(what=what, before=before, after=after)


class Retention:
    """The content that is old enough to go, and its removal."""

    def __init__(self, records: RecordStore, options: argparse.Namespace, parts: Parts) -> None:
        self._records, self._options = records, options
        self._day = _first_kept(options.before, parts)
        self._before = datetime(self._day.year, self._day.month, self._day.day).astimezone()
        self._found = records.removable(self._before)

    @property
    def due(self) -> bool:
        """Whether there is anything to remove."""
        return self._found.entries > 0

    def announced(self, words: Words) -> str:
        """What would go."""
        found, before = self._found, self._day.isoformat()
        if not self.due:
            return words(text.RETAIN_NONE, before=before)
        first, last = moment_shown(found.first_at), moment_shown(found.last_at)
        return words(text.RETAIN_DUE, entries=found.entries, orders=found.orders, first=first, last=last, before=before)

    def require_person(self) -> None:
        """Raises :class:`Refused` unless somebody stands behind it, with a reason."""
        require_name("--who", self._options.who)
        if not self._options.why.strip():
            raise Refused(Problem("--why", "text_blank"))

    def require_confirmed(self, typed: str) -> None:
        """Raises :class:`Refused` unless the number of entries was typed."""
        if typed.strip() != str(self._found.entries):
            raise Refused(Problem("records", "retain_not_confirmed"))

    def remove(self) -> int:
        """Remove it; returns of how many entries."""
        event = Event(EventKind.RETENTION, self._options.who, SOFTWARE, why=self._options.why)
        return self._records.remove_content(self._before, event)


def _first_kept(before: str | None, parts: Parts) -> date:
    """The first day whose content stays; it is never a day to come, else what was recorded today would go."""
    today = now().date()
    if before is None:
        years = parts.site.settings.keep_years
        if years is None:
            raise Refused(Problem("--before", "retain_before"))
        return kept_until(today, int(years))
    try:
        day = date.fromisoformat(before)
    except ValueError as error:
        raise Refused(Problem("--before", "retain_date", {"text": before})) from error
    if day >= today:
        raise Refused(Problem("--before", "retain_date", {"text": before}))
    return day
