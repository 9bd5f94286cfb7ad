"""The records behind the window: opened when an order comes into view, unlocked by whoever knows the passphrase."""

import hashlib
import hmac
from typing import TYPE_CHECKING
from typing import Protocol as Port

from dlicalc.gui.answers import Owed
from dlicalc.gui.case_view_model import CaseViewModel
from dlicalc.gui.parts import Services
from dlicalc.services.recording import Ledger
from dlicalc.services.wording import Words

if TYPE_CHECKING:
    from dlicalc.gui.dialogs import Dialogs

_LOCKED = "records_passphrase"
_WRONG = "records_key_wrong"


class Host(Port):
    """The window, as far as this needs it."""

    words: Words

    @property
    def dialogs(self) -> "Dialogs":
        """Asks people."""

    @property
    def training(self) -> bool:
        """Whether this is for practice only."""


class RecordsKeeper:
    """Holds the records of this window; those of practice are others."""

    def __init__(self, host: Host, view_model: CaseViewModel, services: Services) -> None:
        self._host = host
        self._view_model = view_model
        self._ledger_of = services.ledger
        self.ledger: Ledger | None = None
        self._passphrase = ""

    def use(self) -> None:
        """Use the records of the folder that is known now; they are not opened yet."""
        self.close()
        if self._ledger_of is not None:
            self.ledger = self._ledger_of(self._host.training)
            self._view_model.use_ledger(self.ledger)

    def look(self) -> None:
        """Open the records, or try again, so that it is known whether orders can be made; ask for their passphrase."""
        ledger = self.ledger
        if ledger is None or (ledger.opened and ledger.trouble is None):
            return
        ledger.unlock(None)
        if ledger.trouble is not None and ledger.trouble.code == _LOCKED:
            self._unlock(ledger)
        self._view_model.use_ledger(ledger)

    def settle(self) -> None:
        """Try again to record what has been done and is not recorded yet."""
        if self.ledger is not None and self.ledger.owing:
            self.ledger.owe(())
            self._view_model.refresh()

    def may_let_go(self) -> bool:
        """Whether the records may be let go of: nothing is owed, or it is written down, or somebody takes the risk."""
        ledger = self.ledger
        while ledger is not None and ledger.owing:
            ledger.owe(())
            self._view_model.refresh()
            if not ledger.at_risk:
                break
            reason = "" if ledger.late is None else self._host.words.problem(ledger.late)
            answer = self._host.dialogs.owed(self._host.words, ", ".join(ledger.at_risk), reason)
            if answer is not Owed.RETRY:
                return answer is Owed.CLOSE
        return True

    def know(self, passphrase: str | None) -> None:
        """The records are locked by another passphrase, or by none."""
        self._passphrase = "" if passphrase is None else _digest(passphrase)

    def _unlock(self, ledger: Ledger) -> None:
        wrong = False
        while (trouble := ledger.trouble) is not None and trouble.code in (_LOCKED, _WRONG):
            passphrase = self._host.dialogs.passphrase(self._host.words, wrong=wrong)
            if passphrase is None:
                ledger.unlock(None)
                return
            ledger.unlock(passphrase)
            self._passphrase = _digest(passphrase)
            wrong = True

    def may_see(self) -> bool:
        """Whether the hidden case may be shown: where the records were unlocked, to whoever can do so again."""
        locked = self.ledger is not None and self.ledger.opened and self.ledger.trouble is None
        wrong = False
        while locked and self._passphrase:
            passphrase = self._host.dialogs.passphrase(self._host.words, wrong=wrong)
            if passphrase is None:
                return False
            if hmac.compare_digest(_digest(passphrase), self._passphrase):
                return True
            wrong = True
        return True

    def close(self) -> None:
        """Let go of the records."""
        if self.ledger is not None:
            self.ledger.close()
            self.ledger = None
        self._passphrase = ""


def _digest(passphrase: str) -> str:
    """Of a passphrase no more is kept than it takes to know it again."""
    return hashlib.sha256(passphrase.encode()).hexdigest()
