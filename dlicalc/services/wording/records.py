"""What is said about the records: what is wrong with them, what the command line answers."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

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
    "owed_unread": N_("A note of an order's end that was not recorded is damaged: {text}. Find out which order was ended then, record it, and delete the note."),
    "page_entry": N_("Page {text} of the file was changed. The open parts of entries {sequence} of {at} to {last} of {last_at} lie on it; if none of them is named as altered, only space between them was hit."),
    "page_sealed": N_("Page {text} of the file was changed. The sealed content of entries {sequence} of {at} to {last} of {last_at} lies on it; if none of them is named as altered, only space between them was hit."),
    "page_index": N_("Page {text} of the file was changed. By it entries {sequence} of {at} to {last} of {last_at} are found; the entries themselves are judged one by one."),
    "page_form": N_("Page {text} of the file was changed. The header or the form of the file lies on it, and no entry; the newest entry is {sequence} of {at}."),
    "page_unused": N_("Page {text} of the file was changed. It is not used, and no entry lies on it; the newest entry is {sequence} of {at}."),
    "pages_more": N_("{text} more pages of the file were changed."),
    "around": N_("The file could only be read around its header and form, which are damaged; the newest entry is {sequence} of {at}."),
    "index_row": N_("Entry {sequence} of {at}: cannot be found by its order number or day any more; the entry itself is judged for itself."),
    "file": N_("The file was changed since it was closed, outside of what the entries say; the newest entry is {sequence} of {at}."),
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
NO_LONGER_LOCKED: Final = N_("The records are no longer locked by a passphrase: set one again.")
RECOVERY: Final = N_(
    "Recovery key. Print it, seal it, keep it away from this machine: whoever has it and the records can read them."
)
ASK_PASSPHRASE: Final = N_("Passphrase of the records: ")
ASK_NEW_PASSPHRASE: Final = N_("New passphrase (an empty line for none): ")
ASK_AGAIN: Final = N_("New passphrase again: ")
ASK_RECOVERY: Final = N_("Recovery key: ")

HEAD_MISSING: Final = N_("The order names an entry that is missing: there is no entry {sequence}.")
HEAD_OTHER: Final = N_("The order names another entry: in these records entry {sequence} is another.")
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

RETAIN_DUE: Final = N_(
    "{entries} entries of {orders} orders, made from {first} to {last}, are older than {before}. Who, why, case, evaluation and"
    " search terms would be removed from them for good; number, time and place in the chain stay."
)
RETAIN_NONE: Final = N_("No entry that is older than {before} still has its content; there is nothing to remove.")
RETAIN_ASK: Final = N_("Type the number of entries to remove them: ")
REMOVED_NOW: Final = N_("Content of {count} entries removed. Older backups and exports still hold it: delete them too.")
REPRINTED: Final = N_("COPY {copy} of order {order} written: {path}")
REPRINTED_ENDED: Final = N_("Order {order} written, marked as no longer valid: {path}")
REPRINT_SAME: Final = N_("Every number and verdict is the same as today's program computes.")
REPRINT_DIFFERS: Final = N_("WARNING: today's program computes it differently; this is the original. What differs:")
