"""What keeps unsaved work and keeps patients apart: autosaved drafts, training mode, the status bar."""

from typing import Final

from dlicalc.services.wording.marking import N_

DRAFTS_TITLE: Final = N_("Autosaved drafts")
DRAFTS_LEAD: Final = N_("These cases were not saved when the program ended. Nothing is opened unless you choose it.")
DRAFTS_LIST: Final = N_("Autosaved drafts, the last one first")
DRAFT_LINE: Final = N_("{moment} · MRN {mrn} · bags: {bags}")
NO_MRN: Final = N_("not entered")
HAD_FILE: Final = N_("changes to a saved case")
OPEN_DRAFT: Final = N_("&Open this autosaved draft")
KEEP_DRAFT: Final = N_("&Keep for later")
DISCARD_DRAFT: Final = N_("&Discard …")
DISCARD_ASK: Final = N_("Discard this autosaved draft? It cannot be brought back.")
DISCARD: Final = N_("Discard")

RESTORED: Final = N_(
    "Restored from an autosaved draft of {moment}. Nothing in it counts as checked: read every entry again."
)
RESTORED_DECISIONS: Final = N_("These decisions came back with it. Withdraw any that does not stand:")
RESTORED_COUNT: Final = N_("Decisions that came back with it: {count}; look at each among the findings.")
RESTORED_READ: Final = N_("I have read every entry again")

NOT_KEPT: Final = N_("Unsaved work is not kept: {folder} cannot be used ({reason}). Save the case often.")
DAMAGED_DRAFT: Final = N_("An autosaved draft could not be read. It was put aside as {path}.")
UNDERSTOOD: Final = N_("Close this message")

TRAINING: Final = N_("TRAINING")
"""On paper, in large letters, and in titles; a translation keeps the English word."""
TRAINING_BAND: Final = N_("TRAINING – not for a patient")
TRAINING_MODE: Final = N_("&Training mode")

DATA_FOLDER: Final = N_("Data folder")
"""Where drafts are kept; for people of the hospital's IT."""
