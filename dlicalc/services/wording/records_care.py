"""The sentences of the Records menu: verify, back up, restore, recovery key, passphrase; and of an end that is owed."""

from typing import Final

from dlicalc.services.wording.marking import N_

VERIFY: Final = N_("&Verify the records …")
BACK_UP: Final = N_("&Back up the records …")
RESTORE: Final = N_("&Restore a backup …")
RECOVERY_KEY: Final = N_("Recovery &key …")
PASSPHRASE: Final = N_("Change the &passphrase …")

PROGRESS: Final = N_("Progress")
STOP: Final = N_("&Stop")
STOPPED: Final = N_("Stopped before the end: nothing is proved.")
VERIFYING: Final = N_("Every entry is read and held against its hash, its key and the entry before it.")
BACKING_UP: Final = N_("The records are copied, encrypted as they are, and the copy is read back.")
RESTORING: Final = N_("The backup is read, held against its keys, and put in place of the records.")
VERIFIED: Final = N_("Nothing is wrong with the records.")
FAULTY: Final = N_("Something is wrong with the records.")
NOT_DONE: Final = N_("This was not done.")
DONE: Final = N_("Done.")
FOUND: Final = N_("What was found")

BACKUP_FILES: Final = N_("Backup of records (*.dlibackup)")
RESTORE_TITLE: Final = N_("Restore a backup")
RESTORE_LEAD: Final = N_(
    "The records of this computer are replaced by the backup {path}. Nothing is deleted: what is there now is kept beside it "
    "under another name. What was recorded after the backup is then only there."
)
RESTORE_KEY: Final = N_("Recovery key")
RESTORE_KEY_HELP: Final = N_(
    "Only if the key of this computer is lost, or the backup is of another computer; else leave it empty."
)
RESTORE_DO: Final = N_("Restore")

KEY_TITLE: Final = N_("Recovery key")
KEY_LEAD: Final = N_(
    "Without this key, a lost user profile, a broken computer or a forgotten passphrase takes all records with it. Whoever has "
    "it and the records can read them: print it, seal it, lock it away from this computer."
)
KEY_NAME: Final = N_("Recovery key in {count} groups")
KEY_PRINT: Final = N_("&Print …")
KEY_PRINTED: Final = N_("Printed on {printer}. Read the paper once, seal it, and lock it away.")
KEY_WRITTEN: Final = N_("Written by hand: type its last two groups from your paper")
KEY_WRITTEN_DO: Final = N_("It &is on paper")
KEY_KEPT: Final = N_("You have it on paper. Seal it, and lock it away from this computer.")
KEY_REMIND: Final = N_("The recovery key of the records is not on paper yet.")
KEY_REMIND_DO: Final = N_("Print the recovery key …")

SHEET_TITLE: Final = N_("Recovery key of the records of dlicalc")
SHEET_LEAD: Final = N_(
    "SECRET. Whoever has this paper and a copy of the records can read the names, numbers and doses in them. Seal it, write the "
    "date and two names across the flap, and lock it away from the computer."
)
SHEET_GROUPS: Final = N_("The key: {count} groups, of which the last checks the others")
SHEET_WHEN: Final = N_("When it is needed")
SHEET_WHENS: Final = (
    N_("The user profile or the computer is lost, and a backup of the records is to be read on another one."),
    N_("The passphrase of the records has been forgotten."),
    N_("The key file of the records is damaged or missing."),
)
SHEET_HOW: Final = N_("How it is used")
SHEET_HOWS: Final = (
    N_("In the window: Records, Restore a backup; choose the backup and type or scan the key."),
    N_("On the command line: dlicalc records restore BACKUP --who NAME --recovery-key"),
    N_("Letters and digits only; O is read as 0, I and L as 1. Capitals and hyphens do not matter."),
)
SHEET_AFTER: Final = N_(
    "The key stays the same when the passphrase is changed. There is no other way into the records."
)
SHEET_FOOTER: Final = N_("{software} · {seat} · printed {moment}")

PASS_TITLE: Final = N_("Passphrase of the records")
PASS_LEAD: Final = N_(
    "With a passphrase the records open only to who knows it, at each start. Without one, they open to whoever is logged on as "
    "this user. Several words are better than one; {least} characters at least. Leave both lines empty for no passphrase."
)
PASS_NOW: Final = N_("Present passphrase")
PASS_NEW: Final = N_("New passphrase")
PASS_AGAIN: Final = N_("New passphrase again")
PASS_DO: Final = N_("Change it")
PASS_NO_KEY: Final = N_(
    "A forgotten passphrase cannot be brought back. Only the recovery key opens the records then; have it on paper first."
)
PASS_SET: Final = N_("The records are now locked by the new passphrase.")
PASS_NONE: Final = N_("The records are not locked by a passphrase any more.")

OWED: Final = N_("The end of order {number} is not recorded.")
OWED_ASK: Final = N_(
    "The records refused it: {reason}. It could not be noted in full anywhere else, either. If dlicalc is closed now, the order may "
    "look valid again, or who ended it and why is lost. Make room on the disk, or save the case, then try again."
)
OWED_RETRY: Final = N_("Try again")
OWED_CLOSE: Final = N_("Close all the same")
