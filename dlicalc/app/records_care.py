"""Looking after the records as a whole: verify, back up, restore, recovery key, passphrase.

SQLite and the encryption library come when they are needed, and not with the window.
"""

import os
from collections.abc import Callable
from pathlib import Path

from dlicalc.app.ledger import seat
from dlicalc.app.parts import SOFTWARE, Parts, now
from dlicalc.services.problem import Problem, Refused
from dlicalc.services.records import SHORTEST_PASSPHRASE, Event, EventKind, Head, Verification
from dlicalc.services.recovery_key import recovered_key, recovery_text
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.data_folder import DataFolder, data_folder, program_folder
from dlicalc.storage.records.keys import Keys, is_locked, load_keys, replace_keys
from dlicalc.storage.records.place import Place, place_in


class RecordsCare:
    """The records of this user, of practice or not, whether or not they can be opened; all of it raises ``Refused``."""

    def __init__(self, parts: Parts, *, training: bool) -> None:
        self._parts = parts
        self.program = program_folder(parts.resources.folder)
        self.folder: DataFolder = data_folder(self.program, os.environ, training=training)

    @property
    def place(self) -> Place:
        """Where they lie."""
        return place_in(self.folder, self.program)

    @property
    def locked(self) -> bool:
        """Whether a passphrase locks them."""
        return is_locked(self.place.key)

    def keys(self, passphrase: str | None) -> Keys:
        """Their key."""
        place = self.place
        if not place.database.is_file() and not place.key.is_file():
            raise Refused(Problem("records", "records_absent"))
        return load_keys(place.key, passphrase)

    def verify(self, passphrase: str | None, tell: Callable[[float], object]) -> Verification:
        """Read everything; ``tell`` is told how much is done, of 1."""
        from dlicalc.storage.records.around import verify_place

        return verify_place(self.place, self.keys(passphrase), tell)

    def back_up(self, path: str, passphrase: str | None) -> int:
        """An encrypted copy that is read back; returns its entries."""
        from dlicalc.storage.records.backup import back_up
        from dlicalc.storage.records.opening import open_as_it_is
        from dlicalc.storage.records.store import Opened

        keys = self.keys(passphrase)
        connection, store = open_as_it_is(self.place.database, keys)
        try:
            return back_up(Opened(connection, self.place, keys, store), Path(path))
        finally:
            connection.close()

    def restore(self, backup: str, passphrase: str | None, key: str, who: str, why: str) -> tuple[Head, str]:
        """Put a backup in place, with the recovery ``key`` if it is not empty; records who did so.

        Returns the newest entry of the backup, and where the records before it now are.
        """
        from dlicalc.storage.records.backup import restore
        from dlicalc.storage.records.opening import open_records

        place = self.place
        keys = Keys(recovered_key(key)) if key else load_keys(place.key, passphrase)
        head, aside = restore(self.folder, place, Path(backup), keys, now(), passphrase)
        records = open_records(self.folder, self.program, now, passphrase)
        try:
            records.append(Event(EventKind.RESTORED, who, SOFTWARE, why=f"{head.short} {why}".rstrip()))
        finally:
            records.close()
        return head, aside

    def recovery_key(self, passphrase: str | None) -> str:
        """The key for paper."""
        return recovery_text(self.keys(passphrase).master)

    def recovery_paper(self, key: str, language: str) -> bytes:
        """The PDF of that key."""
        from dlicalc.app.order import LANGUAGE_TAGS
        from dlicalc.report.recovery_key import write_recovery_key
        from dlicalc.report.single import Origin
        from dlicalc.services.recovery_sheet import recovery_sheet
        from dlicalc.services.sheet import CannotBePrinted

        at = now()
        sheet = recovery_sheet(key, self._parts.words(language), software=SOFTWARE, seat=seat(), at=at)
        try:
            origin = Origin(SOFTWARE, LANGUAGE_TAGS[language], at)
            return write_recovery_key(sheet, self._parts.fonts, self.paper, origin)
        except CannotBePrinted as error:
            raise Refused(error.problem) from error

    @property
    def paper(self) -> str:
        """``A4`` or ``Letter``, as the site has it."""
        return self._parts.site.settings.paper

    @property
    def paper_due(self) -> bool:
        """Whether there is a key that nobody has on paper; of one that is locked only whether any was."""
        try:
            place = self.place
            if not place.key.is_file():
                return False
            known = place.on_paper.read_text(encoding="ascii")
            return not is_locked(place.key) and known != load_keys(place.key).paper
        except (OSError, ValueError):
            return True
        except Refused:
            return False

    def on_paper(self, key: str) -> None:
        """The recovery ``key`` is on paper."""
        write_atomically(str(self.place.on_paper), Keys(recovered_key(key)).paper.encode())

    def change_passphrase(self, present: str | None, new: str | None) -> None:
        """Lock the key by ``new``, or by no passphrase."""
        if new is not None and len(new) < SHORTEST_PASSPHRASE:
            raise Refused(Problem("records", "records_passphrase_short", {"least": str(SHORTEST_PASSPHRASE)}))
        replace_keys(self.place.key, self.keys(present), new)
