"""The sentences of the day list and of its acts."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

MENU: Final = N_("&Day list …")
TITLE: Final = N_("Day list")
DAYS: Final = N_("Today and tomorrow: {today} and {tomorrow}")
EVERY: Final = N_("All orders, newest first")
FOUND: Final = N_("Found for “{text}”: {count}")
NOTHING_FOUND: Final = N_("Nothing was found for “{text}”. MRN, DIN and order number must be typed or scanned whole.")
NO_ORDERS: Final = N_("{lead}. No order for today or tomorrow is recorded.")
NONE_AT_ALL: Final = N_("No order is recorded.")
COUNTED: Final = N_("{lead}. Orders: {count}, not yet checked: {unchecked}")
FIRST_OF: Final = N_("{lead}. Only the first {count} of them are listed here")
UNREADABLE: Final = N_("cannot be read: {why}")

SEARCH: Final = N_("&Search by MRN, DIN or order number")
SEARCH_HELP: Final = N_("The whole number, typed or scanned. Escape empties it and shows the day list again.")
SHOW_DAYS: Final = N_("&Today and tomorrow")
SHOW_EVERY: Final = N_("&All orders")
TABLE: Final = N_("Orders")
TABLE_HELP: Final = N_("Arrow keys choose an order; Enter opens its case.")
OPEN: Final = N_("&Open the case")
REPRINT: Final = N_("&Reprint …")
SUPERSEDE: Final = N_("S&upersede …")
PRINT_LIST: Final = N_("&Print this list …")

COLUMNS: Final = (
    N_("State"),
    N_("Order no."),
    N_("Recipient"),
    N_("Planned start"),
    N_("Bags"),
    N_("Volume"),
    N_("Prepared, checked by"),
)  # fmt: skip
NOT_CHECKED_BY: Final = N_("{prepared}; not checked")
CHECKED_BY: Final = N_("{prepared}; {checked}")

STATES: Final[Mapping[str, str]] = {
    "unchecked": N_("not checked"),
    "checked": N_("checked, not printed"),
    "printed": N_("checked, printed {count} ×"),
    "given": N_("given"),
    "superseded": N_("superseded"),
    "voided": N_("void"),
    "removed": N_("content removed"),
}  # fmt: skip

PAPER_TITLE: Final = N_("Day list – PATIENT DATA")
PAPER_MARK: Final = N_(
    "Contains patient data: keep it locked away, destroy it after use. As of {at}; later changes are not on it."
)
PAPER_TRAINING: Final = N_("TRAINING – not for patients")

REMOVAL_DUE: Final = N_(
    "{entries} entries of {orders} orders are older than the {years} years for which this site keeps names and numbers."
    " Remove them with: dlicalc records retain"
)

SUPERSEDE_TITLE: Final = N_("Supersede order {number}")
SUPERSEDE_LEAD: Final = N_(
    "The order counts no longer; papers of it must not be used. Its case is opened so that an order can be prepared anew."
)
SUPERSEDE_DO: Final = N_("&Supersede the order")
SUPERSEDED: Final = N_(
    "Order {number} is superseded. Its case is open: prepare the order anew, and have it checked anew."
)
ALREADY_ENDED: Final = N_("Order {number} is no longer valid already.")
ALREADY_GIVEN: Final = N_("Order {number} is recorded as given; it cannot be superseded any more.")
OPENED: Final = N_("Opened from the records: order {number}")

REPRINT_TITLE: Final = N_("Copy of order {number}")
REPRINT_LEAD: Final = N_("The copy is recorded before it goes out, under the name of whoever asks for it.")
REPRINT_DO: Final = N_("&Show the copy")
LANGUAGE: Final = N_("&Language")
AS_ORIGINAL: Final = N_("as the original")
BOTH: Final = "English + 简体中文"
SAVE_PAPER: Final = N_("&Save as PDF …")
PRINT_PAPER: Final = N_("&Print …")
PREVIEW_LIST: Final = N_("Patient data. What is saved or printed is the page shown.")
PREVIEW_COPY: Final = N_("Today's program computes the same. The copy is recorded when it is saved or printed.")
PREVIEW_DIFFERS: Final = N_(
    "WARNING: today's program computes this order differently. This is the original; page 1 says what differs."
)
PREVIEW_ENDED: Final = N_("The order is no longer valid, and the paper says so.")
GONE_OUT: Final = N_("Recorded and saved as {path}")
PRINTED_ON: Final = N_("Recorded and printed on {printer}")
LIST_SAVED: Final = N_("Saved as {path}")
LIST_PRINTED: Final = N_("Printed on {printer}")
RECORDS_REFUSED: Final = N_("The records say no")
