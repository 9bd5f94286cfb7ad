"""What is said about an order on paper that is held against the program again."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

STATES: Final[Mapping[str, str]] = {
    "draft": N_("DRAFT: not released. No cells may be given on this paper."),
    "checked": N_(
        "CHECKED, valid with all signatures. Whether it was withdrawn or replaced since cannot be seen from paper."
    ),
    "copy": N_("COPY {copy}: a reprint. It is good for one infusion only, and the original counts too."),
    "superseded": N_("SUPERSEDED: another order has taken its place. No cells may be given on this paper."),
    "void": N_("VOID: withdrawn. No cells may be given on this paper."),
}
"""The state that a code tells, first of all."""
TRAINING: Final = N_("TRAINING: made for practice, not for a patient. No cells may be given on this paper.")
TRAINING_CASE: Final = N_("The case of a paper made for practice is opened in training mode only.")
ORDER: Final = N_("Order {number}, MRN {mrn}, {volume}")
NO_MRN: Final = N_("not given")
AS_OF: Final = N_("Computed again as of {when}, the moment of the order")

SAME: Final = N_("SAME: computed again, the order says the same.")
SAME_ON_PAPER: Final = N_("SAME: computed again, the order says the same, and so does the paper.")
DIFFERS: Final = N_("DIFFERENT. Do not give cells on this paper until this is cleared up.")
SAME_NOT_VALID: Final = N_("The figures are the same, but NO CELLS MAY BE GIVEN ON THIS PAPER: see its state.")
SAME_VOLUME: Final = N_(
    "The mL on the paper are those of the code. Nothing was computed again: the short code holds no case."
)
CANNOT_TELL: Final = N_(
    "CANNOT TELL: the short code holds no case to compute again. Type the mL on the paper to compare them, "
    "or scan the large code."
)

LABELS: Final[Mapping[str, str]] = {
    "same": N_("same"),
    "differs": N_("DIFFERENT"),
    "unknown": N_("cannot tell"),
    "note": N_("note"),
}
"""Before each line, beside its sign."""

VOLUME: Final = N_("Volume in all")
BAG: Final = N_("Bag {bag}")
MNC: Final = N_("MNC per kg")
CD3: Final = N_("CD3⁺ per kg")
PROTOCOL: Final = N_("Protocol")
STOPS: Final = N_("Undecided stops")
NO_STOPS: Final = N_("none")
SOME_STOPS: Final = N_("at least one")
MRN: Final = N_("MRN")
NUMBER: Final = N_("Order number")
STATE: Final = N_("State")
CASE: Final = N_("Digest of the case")
AGREES: Final = N_("{what}: {value}")
DISAGREES: Final = N_("{what}: the order says {said}, computed again {now}")
CODES_DISAGREE: Final = N_("{what}: the short code says {said}, the large one {now}. They are of different papers.")
PAPER_VOLUME: Final = N_("The paper says {paper}, the order says {order}")
PAPER_VOLUME_SAME: Final = N_("mL on the paper: {paper}, as the order says")
STOP: Final = N_("Stop, computed again: {finding}")
SOFTWARE: Final = N_("Made by {made}, computed again by {now}")
NOT_PROVED: Final = N_("The code does not hold the recipient's name: compare name and MRN with the wristband.")
NAME_PROVED: Final = N_("The name printed, {name}, is the one the order was made for")
NAME_NOT_PROVED: Final = N_("The name printed is not the one the order was made for, or another entry was changed")
NO_NAME: Final = N_("no name")
PRINT_AGREES: Final = N_("What is printed, page by page, is what its codes say")
NO_WHOLE_CODE: Final = N_("The large code could not be read from this file, so nothing was computed again")
NO_TEXT: Final = N_(
    "The file is a picture without text: only its codes were read. Compare the mL by eye, or type them."
)

TITLE: Final = N_("Verify a printed order")
MENU: Final = N_("&Verify a printed order …")
LEAD: Final = N_("Scan a code of the paper, or paste its text. A code in several parts: scan them all, in any order.")
CODE_FIELD: Final = N_("Code from the paper")
CODE_HELP: Final = N_("Text that begins with DLI1, DLC1 or TRAIN, each code on a line of its own; Tab goes on")
VOLUME_FIELD: Final = N_("mL on the paper")
VOLUME_HELP: Final = N_("The volume in all as it stands on the paper, to be compared; may stay empty")
RESULT: Final = N_("Result")
NOTHING_YET: Final = N_("Nothing has been scanned yet.")
COMPARING: Final = N_("Comparing …")
OPEN_PDF: Final = N_("&Read a PDF …")
PDF_READ: Final = N_("Read from {name}")
OPEN_CASE: Final = N_("&Open this case")
OPENED: Final = N_("Opened from a code, without the recipient's name. Nothing in it counts as checked.")
CLEAR: Final = N_("C&lear")
