"""What the window is given by the program: it fetches nothing itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from typing import Protocol as Port

from dlicalc.domain.protocol import Protocol
from dlicalc.services.drafts import LeftOver
from dlicalc.services.entry import Document
from dlicalc.services.order_state import OrderState
from dlicalc.services.ports import Clock, Digest, HelpSheet, SiteFilter, UnitMemory, none_set
from dlicalc.services.recording import Ledger
from dlicalc.services.records import Head, RecordStore, Verification
from dlicalc.services.wording import Words

if TYPE_CHECKING:
    from dlicalc.services.day_view import DayRow
    from dlicalc.services.manual import Topic
    from dlicalc.services.recorded import Recorded
    from dlicalc.services.self_report import SelfTest
    from dlicalc.services.sheet import Field
    from dlicalc.services.verification import Report


Made_co = TypeVar("Made_co", covariant=True)


class OfOrder(Port[Made_co]):
    """Makes something of the order of a case, in the state that ``order`` says: the same for the same arguments."""

    def __call__(
        self,
        document: Document,
        *,
        as_of: datetime,
        order: OrderState,
        language: str,
        paper: str,
        training: bool,
        recorded: "Recorded | None" = None,
    ) -> Made_co:
        """``language`` is ``en``, ``zh_CN`` or ``both``, ``paper`` is ``A4`` or ``Letter``; raises ``Refused``."""


MakeOrder = OfOrder[bytes]
"""The order as a PDF."""
KeepWords = OfOrder[dict[str, Any]]
"""The words and numbers of its sheet, which the records keep so that it can be printed again to the letter."""


class Verify(Port):
    """Holds a printed order against the program; raises ``Refused`` where its code cannot be read."""

    def codes(self, text: str, volume: str, words: Words) -> "Report":
        """What came of scanned codes; ``volume`` is what was typed from the paper, empty for nothing."""

    def file(self, path: str, volume: str, words: Words) -> "Report":
        """What came of the order in a PDF."""


class PaperCopy(NamedTuple):
    """A copy of a recorded order that nobody has yet; ``made`` is what releases it."""

    pdf: bytes
    number: str
    paper: str
    differs: bool
    ended: bool
    made: object


class RecordedPapers(Port):
    """Makes papers of what is recorded; raises ``Refused``."""

    def copy(self, store: RecordStore, number: str, language: str, *, training: bool) -> PaperCopy:
        """The next copy of an order, in the language of its original if ``language`` is empty."""

    def release(self, store: RecordStore, copy: PaperCopy, who: str) -> None:
        """Record that the copy goes out; it must not before."""

    def listed(self, lead: str, rows: "Sequence[DayRow]", language: str, *, training: bool) -> bytes:
        """The day list as a PDF."""

    def keep_years(self) -> int | None:
        """Years for which the site keeps names and numbers; ``None`` if it does not say."""

    def case_of(self, store: RecordStore, number: str) -> Document:
        """The case of an order as it was recorded last."""

    @property
    def paper(self) -> str:
        """``A4`` or ``Letter``, as the site has it."""


class RecordsCare(Port):
    """Looks after the records as a whole, also where they cannot be opened; raises ``Refused``.

    ``passphrase`` is that of records which are :attr:`locked`, else ``None``.
    """

    @property
    def locked(self) -> bool:
        """Whether a passphrase locks them."""

    def verify(self, passphrase: str | None, tell: Callable[[float], object]) -> Verification:
        """Read everything; ``tell`` is told how much of it is done, of 1, and may raise to break off."""

    def back_up(self, path: str, passphrase: str | None) -> int:
        """An encrypted copy that is read back; returns its entries."""

    def restore(self, backup: str, passphrase: str | None, key: str, who: str, why: str) -> tuple[Head, str]:
        """Put a backup in place, with the recovery ``key`` if it is not empty.

        Returns its newest entry, and where the records before it now are.
        """

    def recovery_key(self, passphrase: str | None) -> str:
        """The key for paper."""

    def recovery_paper(self, key: str, language: str) -> bytes:
        """The PDF of that key."""

    @property
    def paper(self) -> str:
        """``A4`` or ``Letter``, as the site has it."""

    @property
    def paper_due(self) -> bool:
        """Whether there is a key that is not on paper yet; raises nothing."""

    def on_paper(self, key: str) -> None:
        """The recovery ``key`` is on paper."""

    def change_passphrase(self, present: str | None, new: str | None) -> None:
        """Lock the records by another passphrase, or by none."""


class Proof(Port):
    """Proves that this copy of the program is as released and computes right."""

    def steps(self) -> Iterator[object]:
        """What must be done before the first number, a few milliseconds a step."""

    def later_steps(self) -> Iterator[object]:
        """What may be done while numbers are shown."""

    @property
    def refusal(self) -> Sequence[str]:
        """Why nothing may be computed, line by line, in both languages; empty if nothing has been found wrong."""


class InstallationTest(Port):
    """Verifies this installation, in small steps."""

    def steps(self) -> Iterator[tuple[float, str]]:
        """How much of it is done (of 1), and the sentence that says what is being done, to be translated."""

    @property
    def result(self) -> "SelfTest":
        """What has been found so far."""

    def report(self, language: str, paper: str) -> bytes:
        """The report as PDF; ``language`` is ``en``, ``zh_CN`` or ``both``."""


class DraftStore(Port):
    """Keeps the draft of one window, and knows those that other windows left behind; raises ``Refused``."""

    @property
    def folder(self) -> str:
        """Where drafts lie, for people; empty if they lie nowhere."""

    def keep(self, document: Document, *, has_file: bool) -> None:
        """Write ``document`` in place of what was kept before."""

    def drop(self) -> None:
        """Forget what was kept."""

    def left_over(self) -> LeftOver:
        """What ended windows have left; held back from other windows until it is let go."""

    def take(self, key: str) -> None:
        """Make a draft that was left over the one of this window."""

    def discard(self, key: str) -> None:
        """Remove a draft that was left over."""

    def let_go(self) -> None:
        """Leave what was left over for another time."""

    def close(self) -> None:
        """Forget what was kept, and everything that is held."""


class NoDrafts:
    """The store of a window that has no data folder: it keeps nothing."""

    folder = ""

    def keep(self, document: Document, *, has_file: bool) -> None:
        """Nothing is kept."""

    def drop(self) -> None:
        """Nothing was kept."""

    def left_over(self) -> LeftOver:
        """Nothing."""
        return LeftOver((), ())

    def take(self, key: str) -> None:
        """There is nothing to take."""

    def discard(self, key: str) -> None:
        """There is nothing to remove."""

    def let_go(self) -> None:
        """There is nothing to let go."""

    def close(self) -> None:
        """Nothing is held."""


def no_drafts(_training: bool) -> DraftStore:
    """The store of a window without a data folder, in training or not."""
    return NoDrafts()


def no_topics(_language: str) -> "Sequence[Topic]":
    """The manual of a window that has no files: it has the entries and nothing more."""
    return ()


def no_sheet(_sheet: HelpSheet, _language: str) -> bytes:
    """The sheets of a window that has no writer: empty."""
    return b""


class Services(NamedTuple):
    """What the window asks of the program; loading and saving raise ``Refused``."""

    words: Callable[[str], Words]
    load_case: Callable[[str], Document]
    save_case: Callable[[str, Document], None]
    make_order: MakeOrder
    digest: Digest
    save_bytes: Callable[[str, bytes, Callable[[], object]], None]
    """Path, content, and what must be done before the file gets its name; if that raises, there is none."""
    about: "Callable[[], tuple[Field, ...]]"
    version: str
    drafts: Callable[[bool], DraftStore] = no_drafts
    """The store of drafts, in training mode or not."""
    site_filter: SiteFilter = none_set
    units: Callable[[bool], UnitMemory] | None = None
    """The units last used at this site, in training mode or not; nothing is offered without."""
    keep_words: KeepWords | None = None
    """The words of an order are not kept without."""
    verify: Verify | None = None
    """Nothing can be verified without."""
    ledger: Callable[[bool], Ledger] | None = None
    """The records, in training mode or not, not yet opened; nothing is recorded without."""
    cover_after: Callable[[], int] | None = None
    """Minutes after which an idle window hides the case; it never does without."""
    care: Callable[[bool], RecordsCare] | None = None
    """What looks after the records, in training mode or not; nobody does without."""
    papers: RecordedPapers | None = None
    """Nothing recorded can be printed without."""
    manual: "Callable[[str], Sequence[Topic]]" = no_topics
    """The topics of a language that are files; raises ``Refused`` where one is damaged."""
    help_sheet: Callable[[HelpSheet, str], bytes] = no_sheet
    """The PDF of a sheet in a language; raises ``Refused``."""
    installation: Callable[[str], InstallationTest] | None = None
    """A new test of this installation, by what the site calls this computer; there is none without."""


class Parts(NamedTuple):
    """Everything that a window is made of; the fonts are paths of files."""

    protocol: Protocol
    clock: Clock
    services: Services
    language: str
    fonts: tuple[str, ...]
    training: bool = False
    proof: Proof | None = None
    """Nothing is proved without."""
