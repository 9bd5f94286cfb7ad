"""The order out of the window: saved as a file, and from that file onto paper."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from typing import Protocol as Port

from dlicalc.domain.finding import Finding
from dlicalc.gui.case_fields import label_of
from dlicalc.gui.case_files import CaseFiles
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.parts import Services
from dlicalc.gui.prepared_order import Form, PreparedOrder
from dlicalc.services.order_state import State
from dlicalc.services.problem import Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording.order_page import KEPT, NOT_PRINTED, NOT_SAVED, TIME_PASSED

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs
    from dlicalc.gui.printing import NotPrinted


class Host(Port):
    """The window, as far as orders need it."""

    words: Words
    language: str

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""

    def tell_saved(self, path: str) -> None:
        """Say where something was saved."""


class Saved(NamedTuple):
    """An order in a file."""

    path: str
    pdf: bytes
    valid: bool
    """Whether it is an order to act on, so that the next one is a copy."""


class OrderFiles:
    """Asks where to, writes the very bytes that are shown, prints what was written."""

    def __init__(self, host: Host, view_model: CaseViewModel, services: Services, files: CaseFiles) -> None:
        self._host = host
        self._view_model = view_model
        self._save_bytes = services.save_bytes
        self._files = files
        self.prepared = PreparedOrder(services.make_order, services.digest, services.keep_words)

    @property
    def language(self) -> str:
        """The language of the window, in which orders are written until another is chosen."""
        return self._host.language

    @property
    def training(self) -> bool:
        """Whether orders are written for practice only."""
        return self._host.training

    def save(self, form: Form) -> Saved | None:
        """Write the order to a file asked for; with a stop standing, explain and offer a DRAFT."""
        saved = self._save(form)
        self._count(saved)
        return saved

    def _count(self, saved: Saved | None) -> None:
        """A file can be printed by anybody, so it is the original or a copy, whatever became of it on the printer."""
        if saved is not None and saved.valid:
            self._view_model.order_printed()

    def _save(self, form: Form) -> Saved | None:
        pdf = self._pdf_now(form, NOT_SAVED)
        if pdf is None or not self._wants_copy():
            return None
        path = self._ask_path()
        # Time goes on while a question is open.
        if not path or not self._still(pdf, form, NOT_SAVED):
            return None
        valid = self._view_model.snapshot.order.valid
        if not self._files.attempt(lambda: self._save_bytes(path, pdf, self._recording(form, valid=valid))):
            return None
        self._host.tell_saved(path)
        return Saved(path, pdf, valid)

    def _recording(self, form: Form, *, valid: bool) -> Callable[[], object]:
        """What must have been done before a paper is out: an order to act on is recorded."""
        if not valid:
            return lambda: None
        words = self.prepared.words()
        return lambda: self._view_model.record_print({"language": form.language, "paper": form.paper, **words})

    def _wants_copy(self) -> bool:
        """Whether nothing of the order is out yet, or a copy of it is wanted."""
        snapshot, host = self._view_model.snapshot, self._host
        order = snapshot.desk.order
        if snapshot.order.state is not State.COPY or order is None:
            return True
        return host.dialogs.reprint(host.words, snapshot.order, order.prints[0].isoformat())

    def _ask_path(self) -> str:
        host, evaluation = self._host, self._view_model.snapshot.evaluation
        stops = [self._told(finding) for finding in evaluation.findings if finding.blocks]
        if stops and not host.dialogs.draft(host.words, stops):
            return ""
        number = self._view_model.snapshot.order.number or self._files.moment
        return host.dialogs.order_path(host.words, f"{self._files.suggestion(self._kind(), number)}.pdf")

    def _told(self, finding: Finding) -> str:
        """The sentence, led by the name of its entry; one that is about all bags has none."""
        words = self._host.words
        label, sentence = label_of(finding.path, words), words.finding(finding)
        return f"{label}: {sentence}" if label else sentence

    def _kind(self) -> str:
        order = self._view_model.snapshot.order
        return "copy" if order.copy else "order" if order.valid else order.state.value

    def print(self, form: Form) -> tuple[str, Saved | None]:
        """Save the order, then print what was saved; returns the printer (empty: not printed) and the file."""
        self._view_model.refresh()
        if not self._view_model.snapshot.evaluation.releasable:
            return "", None
        saved = self._save(form)
        printer = self._print(saved, form) if saved else ""
        self._count(saved)
        return printer, saved

    def _print(self, saved: Saved, form: Form) -> str:
        # QtPrintSupport and PDFium, only now.
        from dlicalc.gui.printing import NotPrinted, print_pdf  # noqa: PLC0415

        host = self._host
        try:
            printer = host.dialogs.printer(host.words, form.paper)
            if printer is None or not self._still(saved.pdf, form, NOT_PRINTED):
                return ""
            title = saved.path.replace("\\", "/").rpartition("/")[2]
            printed = print_pdf(saved.pdf, printer, title, lambda fit: host.dialogs.print_scaled(host.words, fit))
        except NotPrinted as reason:
            self._explain(reason, saved.path)
            return ""
        return (printer.printerName() or title) if printed else ""

    def _explain(self, reason: "NotPrinted", path: str) -> None:
        words = self._host.words
        why = words.translate(reason.sentence).format(**reason.params)
        self._host.dialogs.refused(words, [why, words.translate(KEPT).format(path=path)], NOT_PRINTED)

    def _still(self, pdf: bytes, form: Form, lead: str) -> bool:
        return self._pdf_now(form, lead) is pdf

    def _pdf_now(self, form: Form, lead: str) -> bytes | None:
        """The order as it holds now; ``None``, with the reason said, if it cannot be made or has been overtaken."""
        words = self._host.words
        self._view_model.refresh()
        snapshot = self._view_model.snapshot
        if self.prepared.overtaken(snapshot, form):
            self.prepared.drop()
            self._host.dialogs.refused(words, [words(TIME_PASSED)], lead)
            return None
        try:
            return self.prepared.pdf(snapshot, form)
        except Refused as refusal:
            self._files.explain(refusal.problems)
            return None
