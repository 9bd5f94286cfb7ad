"""What is done from the day list: open a recorded case, print it again, supersede it, print the list."""

from typing import TYPE_CHECKING, Any, Final
from typing import Protocol as Port

from PySide6.QtWidgets import QWidget

from dlicalc.gui.attempt import Attempt
from dlicalc.gui.case_files import CaseFiles
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.day_list import DayList
from dlicalc.gui.parts import PaperCopy, RecordedPapers, Services
from dlicalc.gui.signs import Sign
from dlicalc.services.day_view import DayRow, RowState, day_row
from dlicalc.services.ends import has_ended
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import Event, EventKind, RecordStore, Unavailable, kept_until
from dlicalc.services.wording import Words
from dlicalc.services.wording import day_list as say
from dlicalc.services.wording.order_page import NOT_PRINTED

if TYPE_CHECKING:
    from dlicalc.gui.day_dialogs import Out, PaperDialog
    from dlicalc.gui.dialogs import Dialogs

_ENDED: Final = (RowState.SUPERSEDED, RowState.VOIDED, RowState.REMOVED)


class Host(Port):
    """The window, as far as the day list needs it."""

    words: Words
    language: str

    @property
    def records(self) -> RecordStore | Unavailable:
        """The records, or why there are none to be had."""

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""

    def tell(self, text: str) -> None:
        """Say something for a while."""


class DayActs:
    """Asks, does it through the records, and says what came of it."""

    def __init__(self, host: Host, view_model: CaseViewModel, services: Services, files: CaseFiles) -> None:
        self._host, self._view_model, self._services, self._files = host, view_model, services, files
        self._list: DayList | None = None
        self._attempt = Attempt(host, say.RECORDS_REFUSED)

    def list_orders(self) -> None:
        """Open the list; where there are no records, say why."""
        made = self.make_list()
        if made is not None:
            made.exec()

    def make_list(self) -> DayList | None:
        """The list, not yet shown; ``None`` where there are no records, which is said."""
        records = self._host.records
        if isinstance(records, Unavailable):
            self._attempt.refused((Problem("records", records.code, records.params),))
            return None
        self._view_model.refresh()
        today = self._view_model.snapshot.evaluation.as_of.date()
        parent = self._host if isinstance(self._host, QWidget) else None
        self._list = DayList(records, self, today, self._host.words, parent)
        self._notice(records)
        return self._list

    def _notice(self, records: RecordStore) -> None:
        """Content that is older than the site keeps it is said, and never removed by itself."""
        assert self._list is not None
        now = self._view_model.snapshot.evaluation.as_of
        try:
            years = self._papers.keep_years()
            if years is None:
                return
            first = kept_until(now.date(), years)
            due = records.removable(now.replace(year=first.year, month=first.month, day=first.day, hour=0, minute=0))
        except Refused:
            return  # whoever lists or prints is told what is the matter with the records or the site file
        if due.entries:
            text = self._host.words(say.REMOVAL_DUE, entries=due.entries, orders=due.orders, years=years)
            self._list.tell(Sign.NOTE, text)

    @property
    def _papers(self) -> RecordedPapers:
        if self._services.papers is None:
            raise Refused(Problem("records", "records_none"))
        return self._services.papers

    @property
    def _store(self) -> RecordStore:
        records = self._host.records
        if isinstance(records, Unavailable):
            raise Refused(Problem("records", records.code, records.params))
        return records

    def open_case(self, number: str) -> bool:
        """Show the case of an order, after asking for what is not saved; one that has ended has to be made anew."""
        try:
            state = self._row(number).state
            document = self._papers.case_of(self._store, number)
        except Refused as refused:
            self._attempt.refused(refused.problems)
            return False
        if not self._files.may_leave():
            return False
        if state in _ENDED:
            self._files.restore(document)
        else:
            self._files.show(document)
        self._host.tell(self._host.words(say.OPENED, number=number))
        return True

    def _row(self, number: str) -> DayRow:
        return day_row(number, self._store.entries(number), self._host.words)

    def supersede(self, number: str) -> bool:
        """Record the end of an order, with name and reason, and show its case to be ordered anew."""
        host, words = self._host, self._host.words
        try:
            state = self._row(number).state
            document = self._papers.case_of(self._store, number)
        except Refused as refused:
            self._attempt.refused(refused.problems)
            return False
        if state in _ENDED or state is RowState.GIVEN:
            sentence = say.ALREADY_GIVEN if state is RowState.GIVEN else say.ALREADY_ENDED
            host.dialogs.tell(words, Sign.STOP, words(sentence, number=number))
            return False
        if not self._files.may_leave():
            return False
        voiding = host.dialogs.supersede(words, number)
        if voiding is None:
            return False
        try:
            self._record_end(number, voiding.by, voiding.reason)
        except Refused as refused:
            self._attempt.refused(refused.problems)
            return False
        self._files.restore(document)
        host.dialogs.tell(words, Sign.GOOD, words(say.SUPERSEDED, number=number))
        return True

    def _record_end(self, number: str, who: str, why: str) -> None:
        entries = self._store.entries(number)
        if has_ended(entries):  # in another window, while the question stood here
            raise Refused(Problem("order", "order_overtaken"))
        newest = next((entry.event for entry in reversed(entries) if entry.event and entry.event.case), None)
        self._store.append(
            Event(
                EventKind.SUPERSEDED,
                who,
                self._services.version,
                order=number,
                day=newest and newest.day,
                why=why,
                protocol=newest.protocol if newest else "",
            )
        )

    def reprint(self, number: str) -> None:
        """A copy of an order: shown first, recorded before it goes out."""
        host, words = self._host, self._host.words
        wanted = host.dialogs.copy_wanted(words, number)
        if wanted is None:
            return
        try:
            copy = self._papers.copy(self._store, number, wanted.language, training=host.training)
        except Refused as refused:
            self._attempt.refused(refused.problems)
            return
        sign, said = _state_of(copy, words)
        outs = self._save_copy(copy, wanted.by), self._print_copy(copy, wanted.by)
        self._show(words(say.REPRINT_TITLE, number=number), copy.pdf, sign, said, *outs)

    def _save_copy(self, copy: PaperCopy, who: str) -> "Out":
        def out() -> str:
            words = self._host.words
            path = self._host.dialogs.order_path(words, f"{self._files.suggestion('copy', copy.number)}.pdf")
            if not path:
                return ""
            saved = self._attempt(
                lambda: self._services.save_bytes(path, copy.pdf, lambda: self._papers.release(self._store, copy, who))
            )
            return words.translate(say.GONE_OUT).format(path=path) if saved else ""

        return out

    def _print_copy(self, copy: PaperCopy, who: str) -> "Out":
        def out() -> str:
            title = f"{copy.number}.pdf"
            printer = self._print(copy.pdf, copy.paper, title, lambda: self._papers.release(self._store, copy, who))
            return self._host.words.translate(say.PRINTED_ON).format(printer=printer) if printer else ""

        return out

    def print_list(self, lead: str, rows: list[DayRow]) -> None:
        """The list as a page of its own, shown before it is saved or printed."""
        host, words = self._host, self._host.words
        try:
            papers = self._papers
            pdf = papers.listed(lead, rows, host.language, training=host.training)
        except Refused as refused:
            self._attempt.refused(refused.problems)
            return

        def save() -> str:
            path = host.dialogs.order_path(words, f"{self._files.suggestion('day-list', '')}.pdf")
            saved = bool(path) and self._attempt(lambda: self._services.save_bytes(path, pdf, lambda: None))
            return words.translate(say.LIST_SAVED).format(path=path) if saved else ""

        def put_on_paper() -> str:
            printer = self._print(pdf, papers.paper, "day-list.pdf", lambda: None)
            return words.translate(say.LIST_PRINTED).format(printer=printer) if printer else ""

        self._show(words(say.TITLE), pdf, Sign.NOTE, words(say.PREVIEW_LIST), save, put_on_paper)

    def _show(self, *paper: Any) -> None:
        # PDFium, only now.
        from dlicalc.gui.day_dialogs import Paper, PaperDialog  # noqa: PLC0415

        assert self._list is not None
        self.show_paper(PaperDialog(Paper(*paper), self._host.words, self._list))

    def show_paper(self, dialog: "PaperDialog") -> None:
        """Show it until it is closed; tests look at it instead."""
        dialog.exec()

    def _print(self, pdf: bytes, paper: str, title: str, release: "Release") -> str:
        """The printer on which ``pdf`` was printed after ``release``; empty if it was not, which is said."""
        from dlicalc.gui.printing import NotPrinted, print_pdf  # noqa: PLC0415  QtPrintSupport, only now

        dialogs, words = self._host.dialogs, self._host.words
        try:
            printer = dialogs.printer(words, paper)
            if printer is None or not self._attempt(release):
                return ""
            printed = print_pdf(pdf, printer, title, lambda fit: dialogs.print_scaled(words, fit))
        except NotPrinted as reason:
            dialogs.refused(words, [words.translate(reason.sentence).format(**reason.params)], NOT_PRINTED)
            return ""
        return (printer.printerName() or title) if printed else ""


class Release(Port):
    """Does something that may be refused."""

    def __call__(self) -> None:
        """Do it; raises ``Refused``."""


def _state_of(copy: PaperCopy, words: Words) -> tuple[Sign, str]:
    if copy.differs:
        return Sign.STOP, words(say.PREVIEW_DIFFERS)
    return (Sign.STOP, words(say.PREVIEW_ENDED)) if copy.ended else (Sign.NOTE, words(say.PREVIEW_COPY))
