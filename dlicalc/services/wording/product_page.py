"""What the page of bags says: the table, its buttons, the questions about the counts, the worked concentrations."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

FIELDS: Final[Mapping[str, str]] = {"products.counts.cd3.of": N_("CD3⁺: the percentage is of what?")}
"""Labels of this page that are questions."""
OPTIONS: Final[Mapping[str, str]] = {
    "cd3_of:wbc": N_("of all white cells (WBC)"),
    "cd3_of:mnc": N_("of the MNC"),
    "cd3_of:lymphocytes": N_("of the lymphocytes"),
    "share_of:wbc": N_("of the white cells"),
}
"""Answers to them."""
CD3_QUESTION: Final = N_("CD3⁺: {share} % of what?")
DENOMINATOR_ASSUMED: Final = N_("It is not said of what; it is taken as a share of the white cells.")

TABLE: Final = N_("Bags in the order of giving")
TABLE_HELP: Final = N_("Arrow up and down choose the bag that the entries below speak of.")
COLUMN_BAG: Final = N_("Bag")
COLUMN_NUMBER: Final = N_("Number")
COLUMN_STATE: Final = N_("State")
COLUMN_AVAILABLE: Final = N_("Can be given")
COLUMN_MNC: Final = N_("MNC/mL")
COLUMN_CD3: Final = N_("CD3⁺/mL")
COLUMN_AGE: Final = N_("Age since collection")
COLUMN_EXPIRY: Final = N_("Expiry")
COLUMN_TAKE: Final = N_("Take from it")
COLUMN_FINDING: Final = N_("Worst finding")
NO_DOUBT: Final = N_("nothing to look at")
MARKED: Final = N_("{word}: {sentence}")

DUPLICATE: Final = N_("D&uplicate bag")
EARLIER: Final = N_("Give earl&ier")
LATER: Final = N_("&Give later")
REMOVED: Final = N_("Bag {number} removed – Ctrl+Z brings it back.")
BRING_BACK: Final = N_("Bri&ng it back")
FORM_OF: Final = N_("Entries of bag {number} of {count}")

DAY: Final = N_("{count} day")
DAYS: Final = N_("{count} days")
HOURS: Final = N_("{count} h")
MINUTES: Final = N_("{count} min")
UNDER_A_MINUTE: Final = N_("less than 1 min")
AHEAD: Final = N_("not yet collected")
EXPIRES_IN: Final = N_("expires in {time}")
EXPIRES_BEFORE_START: Final = N_("expires {time} BEFORE the planned start")
EXPIRES_AT_START: Final = N_("expires AT the planned start")
EXPIRED: Final = N_("EXPIRED {time} ago")
EXPIRY_UNKNOWN: Final = N_("not entered")

STEPS_HEADING: Final = N_("How the concentration is computed")
AVAILABLE: Final = N_("Bag {bag}, volume that can be given: {volume} mL − {withheld} withheld")
NO_STEPS: Final = N_("As soon as cells are counted, each step of the sum stands here.")
STEPS_UNREADABLE: Final = N_("Nothing is computed: an entry of this bag that counts here cannot be read.")
NO_CONCENTRATION: Final = N_("No concentration follows from these counts. {reason}")
