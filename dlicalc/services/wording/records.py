"""What is said about the records: why they are not to be had, what is wrong with them, what the command line answers."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

RECORD_PROBLEMS: Final[Mapping[str, str]] = {
    "records_network": N_("the folder lies on a network drive ({text}), where records cannot be kept safely; accepted: a folder on a disk of this machine. Calculating goes on, orders cannot be recorded"),
    "records_program": N_("records are not kept in the folder of the program; accepted: the data folder of the user. Calculating goes on, orders cannot be recorded"),
    "records_folder": N_("the folder of the records cannot be written ({text}); accepted: a writable folder with room. Calculating goes on, orders cannot be recorded"),
    "records_foreign": N_("the file is not a record store of dlicalc; it is left as it is. Accepted: restore a backup"),
    "records_newer": N_("the records were written by a newer dlicalc (format {text}); accepted: that version. Nothing was changed"),
    "records_corrupt": N_("the records cannot be read ({text}); accepted: verify them, then restore a backup. The file is left as it is"),
    "records_journal": N_("the disk does not let records be kept safely (journal mode {text}); accepted: a disk of this machine with room"),
    "records_lost": N_("entries up to {text} were recorded, and the newest are missing; accepted: verify the records, then restore a backup"),
    "records_altered": N_("entry {text} has been altered; accepted: verify the records, then restore a backup"),
    "records_refused": N_("the event was not recorded ({text}); nothing of it is in the records"),
    "records_unsure": N_("it is not known whether the event was recorded ({text}); look at the list before doing it again"),
    "records_key_missing": N_("the key of the records is missing; accepted: restore with the recovery key"),
    "records_key_wrong": N_("this is not the key of these records; accepted: the key, passphrase or recovery key they were made with"),
    "records_passphrase": N_("the records are locked; accepted: the passphrase"),
    "records_recovery_form": N_("this is not a recovery key; accepted: 14 groups of 4 letters and digits"),
    "records_recovery_check": N_("the recovery key is mistyped: its check characters do not fit"),
    "records_library": N_("the encryption library is missing or damaged ({text}); accepted: dlicalc installed again"),
    "records_absent": N_("there are no records yet; accepted: a folder with records"),
    "records_backup": N_("the backup is not intact ({text}); the records are left as they are. Accepted: another backup"),
    "records_output": N_("there is a file of that name; accepted: a new name"),
    "records_held": N_("another window or command is using the records; accepted: after it has been closed"),
}  # fmt: skip

FAULTS: Final[Mapping[str, str]] = {
    "altered": N_("Entry {sequence} of {at}: altered. What it says does not fit its hash or its key."),
    "unreadable": N_("Entry {sequence} of {at}: cannot be read ({text})."),
    "chain": N_("Entry {sequence} of {at}: does not follow the entry before it; entries were changed, put in or taken out."),
    "gap": N_("Entry {sequence}: missing. The next one there is of {at}."),
    "content": N_("Entry {sequence} of {at}: its sealed content was altered."),
    "content_missing": N_("Entry {sequence} of {at}: its sealed content is missing, and retention did not remove it."),
    "content_extra": N_("Sealed content or search terms stand at number {sequence}, where they do not belong."),
    "terms": N_("Entry {sequence} of {at}: its search terms were altered."),
    "lost": N_("Entries up to {sequence} were acknowledged; the newest are missing."),
    "head_altered": N_("Entry {sequence} of {at} is not the one that was acknowledged: the store was replaced or rewritten."),
    "head_missing": N_("The mark of the newest entry, kept beside the key, is missing or damaged: missing newest entries could not be noticed."),
    "file": N_("The file was changed since it was closed, outside of what the entries say."),
    "structure": N_("The file is damaged: {text}."),
}  # fmt: skip

INTACT: Final = N_("{entries} entries, all intact. Newest: {head}, recorded {at}.")
EMPTY: Final = N_("No entries yet; nothing is wrong.")
REMOVED: Final = N_("Retention has removed the content of {count} entries; their place in the chain is intact.")
CLOSED: Final = N_("The file is, to the last byte, as it was closed.")
NOT_CLOSED: Final = N_(
    "The records are in use, or were not closed properly: entries were checked, unused space in the file was not."
)
FOUND: Final = N_("{count} faults in {entries} entries. Do not order from these records; restore a backup.")
EXPORTED: Final = N_("{count} entries written. The file holds patient data that are not encrypted.")
BACKED_UP: Final = N_(
    "Backup written: {count} entries, encrypted as the records are. It is of no use without the key or the recovery key."
)
RESTORED: Final = N_("Restored: {count} entries. What was there before is kept as {place}.")
RECOVERY: Final = N_(
    "Recovery key. Print it, seal it, keep it away from this machine: whoever has it and the records can read them."
)
ASK_PASSPHRASE: Final = N_("Passphrase of the records: ")
ASK_RECOVERY: Final = N_("Recovery key: ")

KINDS: Final[Mapping[str, str]] = {
    "prepared": N_("prepared"),
    "checked": N_("checked"),
    "printed": N_("printed"),
    "reprinted": N_("reprinted"),
    "given": N_("given"),
    "superseded": N_("superseded"),
    "voided": N_("voided"),
    "override": N_("override"),
    "self-test": N_("self-test"),
    "restored": N_("restored from backup"),
    "retention": N_("content removed by retention"),
}  # fmt: skip
JUMPS: Final[Mapping[str, str]] = {"back": N_("clock set back"), "forward": N_("clock set forward")}
