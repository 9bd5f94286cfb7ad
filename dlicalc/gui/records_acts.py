"""What the Records menu does with the records as a whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from typing import Protocol as Port

from dlicalc.gui.attempt import Attempt
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.mnemonic import plain
from dlicalc.gui.parts import RecordsCare, Services
from dlicalc.gui.records_keeper import RecordsKeeper
from dlicalc.gui.recovery_reminder import RecoveryReminder
from dlicalc.gui.signs import Sign
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.wording import Words
from dlicalc.services.wording import records as records_words
from dlicalc.services.wording import records_care as say
from dlicalc.services.wording.order_page import NOT_PRINTED

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs
    from dlicalc.gui.records_work import Outcome, Tell, Work

_WRONG: Final = "records_key_wrong"


class Host(Port):
    """The window, as far as the records as a whole need it."""

    words: Words
    language: str
    keeper: RecordsKeeper
    view_model: CaseViewModel

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""


class RecordsActs:
    """Asks, does it through the port, and says what came of it; and the strip that reminds of the recovery key."""

    def __init__(self, host: Host, services: Services) -> None:
        self._host, self._services = host, services
        self._attempt = Attempt(host, say.NOT_DONE)
        self.reminder = RecoveryReminder()
        self.reminder.hide()
        self.reminder.closed.connect(self.recovery_key)

    def remind(self) -> None:
        """Show the strip as long as there is a key that is not on paper; records of practice need none."""
        care = None if self._host.training else self._made()
        self.reminder.setVisible(care is not None and care.paper_due)

    def retranslate(self, words: Words) -> None:
        """Word the strip anew."""
        self.reminder.retranslate(words)

    def verify(self) -> None:
        """Read every entry, and say what is wrong."""

        def work(passphrase: str | None, tell: "Tell") -> "Outcome":
            from dlicalc.gui.records_work import Outcome  # noqa: PLC0415  few windows come to it
            from dlicalc.services.records_words import found_sentences  # noqa: PLC0415  as above

            found = self._care.verify(passphrase, tell)
            verdict = words(say.VERIFIED if found.intact else say.FAULTY)
            return Outcome(Sign.GOOD if found.intact else Sign.STOP, verdict, tuple(found_sentences(found, words)))

        words = self._host.words
        self._with_passphrase(
            lambda passphrase: self._do(say.VERIFY, say.VERIFYING, lambda tell: work(passphrase, tell))
        )

    def back_up(self) -> None:
        """An encrypted copy where somebody wants it."""
        words = self._host.words

        def ask(passphrase: str | None) -> None:
            path = self._host.dialogs.backup_path(words, f"dlicalc-{self._host.view_model.clock():%Y-%m-%d-%H%M}")
            if path:
                self._do(say.BACK_UP, say.BACKING_UP, lambda _tell: work(path, passphrase), may_stop=False)

        def work(path: str, passphrase: str | None) -> "Outcome":
            from dlicalc.gui.records_work import Outcome  # noqa: PLC0415  few windows come to it

            count = self._care.back_up(path, passphrase)
            return Outcome(Sign.GOOD, words(say.DONE), (path, words(records_words.BACKED_UP, count=count)))

        self._with_passphrase(ask)

    def restore(self) -> None:
        """Put a backup in the place of the records; whoever has the recovery key needs no passphrase."""
        host, words = self._host, self._host.words
        path = host.dialogs.backup_to_restore(words) if self._require() is not None else ""
        wanted = host.dialogs.restore(words, path) if path else None
        if wanted is None or not host.keeper.may_let_go():
            return

        def work(passphrase: str | None) -> "Outcome":
            from dlicalc.gui.records_work import Outcome  # noqa: PLC0415  few windows come to it

            locked = self._care.locked
            head, aside = self._care.restore(path, passphrase, wanted.key, wanted.who, wanted.why)
            said = words.translate(records_words.RESTORED).format(count=head.sequence, place=aside or "-")
            if locked and not self._care.locked:
                return Outcome(Sign.REVIEW, words(say.DONE), (said, words(records_words.NO_LONGER_LOCKED)))
            return Outcome(Sign.GOOD, words(say.DONE), (said,))

        def do(passphrase: str | None) -> None:
            host.keeper.close()  # nobody else may hold what is replaced
            self._do(say.RESTORE, say.RESTORING, lambda _tell: work(passphrase), may_stop=False)
            host.keeper.use()
            host.keeper.look()
            self.remind()

        if wanted.key:
            do(None)
        else:
            self._with_passphrase(do)

    def recovery_key(self) -> None:
        """Show the key, to be printed or written down."""
        host, words = self._host, self._host.words

        def show(passphrase: str | None) -> None:
            key = self._care.recovery_key(passphrase)

            def kept() -> bool:
                return self._attempt(lambda: self._care.on_paper(key))

            host.dialogs.recovery_key(words, key, lambda: self._print(key), kept)
            self.remind()

        self._with_passphrase(show)

    def change_passphrase(self) -> None:
        """Lock the records by another passphrase, or by none."""
        host, words = self._host, self._host.words
        if (care := self._require()) is None:
            return
        wanted = host.dialogs.new_passphrase(words, locked=care.locked)
        if wanted is not None and self._attempt(lambda: care.change_passphrase(wanted.present, wanted.new)):
            host.keeper.know(wanted.new)
            host.dialogs.tell(words, Sign.GOOD, words(say.PASS_SET if wanted.new else say.PASS_NONE))

    def _print(self, key: str) -> str:
        from dlicalc.gui.printing import NotPrinted, print_pdf  # noqa: PLC0415  QtPrintSupport, only now

        dialogs, words, care = self._host.dialogs, self._host.words, self._care
        try:
            pdf = care.recovery_paper(key, self._host.language)
            printer = dialogs.printer(words, care.paper)
            if printer is None:
                return ""
            printed = print_pdf(pdf, printer, "recovery-key", lambda fit: dialogs.print_scaled(words, fit))
        except NotPrinted as reason:
            dialogs.refused(words, [words.translate(reason.sentence).format(**reason.params)], NOT_PRINTED)
            return ""
        except Refused as refused:
            self._attempt.refused(refused.problems)
            return ""
        return (printer.printerName() or "PDF") if printed else ""

    def _do(self, title: str, lead: str, work: "Work", *, may_stop: bool = True) -> None:
        words = self._host.words
        name = plain(words(title)).removesuffix("…").strip()
        self._host.dialogs.work(words, name, words(lead), work, may_stop=may_stop)

    def _with_passphrase(self, act: Callable[[str | None], None]) -> None:
        """Do ``act`` with the passphrase of the records, asked for until it is right or given up."""
        care, passphrase, wrong = self._require(), None, False
        if care is None:
            return
        while care.locked:
            passphrase = self._host.dialogs.passphrase(self._host.words, wrong=wrong)
            if passphrase is None:
                return
            if _opens(care, passphrase):
                break
            wrong = True
        self._attempt(lambda: act(passphrase))

    @property
    def _care(self) -> RecordsCare:
        care = self._made()
        if care is None:
            raise Refused(Problem("records", "records_none"))
        return care

    def _made(self) -> RecordsCare | None:
        return None if self._services.care is None else self._services.care(self._host.training)

    def _require(self) -> RecordsCare | None:
        care = self._made()
        if care is None:
            self._attempt.refused((Problem("records", "records_none"),))
        return care


def _opens(care: RecordsCare, passphrase: str) -> bool:
    """Whether it is not the passphrase that keeps the records shut."""
    try:
        care.recovery_key(passphrase)
    except Refused as refused:
        return refused.problems[0].code != _WRONG
    return True
