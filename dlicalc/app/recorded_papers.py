"""Papers of what is recorded, for the window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.gui.parts import PaperCopy
from dlicalc.services.entry import Document
from dlicalc.services.problem import Refused
from dlicalc.services.records import RecordStore

if TYPE_CHECKING:
    from dlicalc.services.day_view import DayRow


class RecordedPapers:
    """What ``gui.parts.RecordedPapers`` asks; the paper itself is loaded when it is first wanted."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def copy(self, store: RecordStore, number: str, language: str, *, training: bool) -> PaperCopy:
        """The next copy of an order; raises :class:`Refused`, as all of this."""
        from dlicalc.app.reprint import make_copy

        made = make_copy(store, number, self._parts, language=language, training=training)
        ended = made.recorded.order.ended is not None
        return PaperCopy(made.pdf, number, made.paper, differs=bool(made.differences), ended=ended, made=made)

    def release(self, store: RecordStore, copy: PaperCopy, who: str) -> None:
        """Record that the copy goes out."""
        from dlicalc.app.reprint import Copy, record_copy

        assert isinstance(copy.made, Copy)
        record_copy(store, copy.made, who)

    def listed(self, lead: str, rows: "Sequence[DayRow]", language: str, *, training: bool) -> bytes:
        """The day list as a PDF."""
        from dlicalc.app.order import LANGUAGE_TAGS
        from dlicalc.report.statement import write_statement
        from dlicalc.services.day_view import ListMade, day_statement
        from dlicalc.services.sheet import CannotBePrinted

        made = ListMade(SOFTWARE, now(), LANGUAGE_TAGS[language], training)
        try:
            statement = day_statement(lead, rows, made, self._parts.words(language))
            return write_statement(statement, self._parts.fonts, self.paper)
        except CannotBePrinted as error:
            raise Refused(error.problem) from error

    def keep_years(self) -> int | None:
        """Years for which the site keeps names and numbers."""
        years = self._parts.site.settings.keep_years
        return None if years is None else int(years)

    def case_of(self, store: RecordStore, number: str) -> Document:
        """The case of an order as it was recorded last."""
        from dlicalc.services.recorded_order import case_of

        return case_of(number, store.entries(number))

    @property
    def paper(self) -> str:
        """The site's paper."""
        return self._parts.site.settings.paper
