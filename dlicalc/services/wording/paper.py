"""What the paper says for the bedside: how the cells are given, who prepared and checked the order, what ended it."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

ORDER_NUMBER: Final = N_("Order no.")
MNC_ROW: Final = N_("MNC cells")
CD3_ROW: Final = N_("CD3⁺ T cells")

CONTINUED: Final = N_("There are {count} bags in all. The others follow on the next page: turn over.")

ADMINISTRATION: Final = N_("How to give it")
UNCONFIRMED: Final = N_("site defaults, not yet confirmed by the site")
CONFIRMED: Final = N_("as confirmed by {by} on {day}")
CONFIRMED_BY_TWO: Final = N_("as confirmed by {by} on {day} and by {second} on {second_day}")
RATE: Final = N_("Rate")
FIRST: Final = N_("Rate at first")
FIRST_OF: Final[Mapping[str, str]] = {
    "fresh": N_("Rate at first, fresh bags"),
    "cryopreserved": N_("Rate, thawed bags"),
}
THEN: Final = N_("Then")
START_RATE: Final = N_("{rate} mL/h for {minutes} min")
THEN_RATE: Final = N_("{rate} mL/h")
MOST_RATE: Final = N_("at most {rate} mL/h")
TAKES: Final = N_("Takes in all")
TAKES_OF: Final[Mapping[str, str]] = {
    "fresh": N_("Fresh bags take"),
    "cryopreserved": N_("Thawed bags take"),
}
ABOUT: Final = N_("about {duration}")
FILTER: Final = N_("Filter")
FILTER_OPEN: Final = N_("NOT CHOSEN: ask the prescriber, do not start")
OBSERVATIONS: Final = N_("Observe")
OBSERVATIONS_OF: Final[Mapping[str, str]] = {
    "fresh": N_("Observe, fresh bags"),
    "cryopreserved": N_("Observe, thawed bags"),
}
STOP_RULES: Final = N_("Stop if")
TIME_LIMIT: Final = N_("Time limit")
WITHIN: Final = N_("within {hours} h of leaving storage, before expiry")
ROUTE: Final = N_("Route")
ACCESS: Final = N_("Access")
PREMEDICATION: Final = N_("Premedication")
FLUSH: Final = N_("Flush")
BEDSIDE: Final = N_("At the bedside")
MORE_ELSEWHERE: Final = N_("Premedication, route, access, flush, bedside drugs: see “How to give it” on a later page.")

LIMITS: Final = N_("What sets the volume")
IN_WORDS: Final = N_("In words")
IDENTIFY: Final = N_("Two persons properly identify intended recipient and product: wristband, bag, order.")
ROLES: Final = (
    N_("Prescriber"),
    N_("Second check of the calculation"),
    N_("Laboratory release"),
    N_("Bedside, 1st person"),
    N_("Bedside, 2nd person"),
)
DO_NOT: Final = (
    N_("DO NOT IRRADIATE"),
    N_("NO leucocyte-reduction filter"),
    N_("0.9 % saline only in the line"),
)
PREPARED: Final = N_("Prepared by")
CHECKED_BY: Final = N_("Calculation checked by")
ENDED: Final[Mapping[str, str]] = {
    "superseded": N_("SUPERSEDED: do not use"),
    "void": N_("VOID: do not use"),
}
ENDED_BY: Final = N_("By {by}, {at}.")
REASON: Final = N_("Reason: {reason}")

FOOT_CASE: Final = N_("case")
RECORDED: Final = N_("Recorded as entry")
FOOT_SITE: Final = N_("site")
FOOT_AS_OF: Final = N_("as of")
SITE: Final = N_("Site file")
SITE_DIGEST: Final = N_("Digest of the site file")
BY_HAND: Final = N_("To be completed by the laboratory")
BY_HAND_FIELDS: Final = (
    N_("Recipient: antibody screen, two ABO samples"),
    N_("Red-cell compatibility"),
    N_("Donor: CMV, infectious markers, release"),
    N_("Anticoagulant and additives, mL"),
    N_("Stored at, °C"),
    N_("Collected and processed by"),
)
OBSERVED: Final = N_("Observations during the infusion")
OBSERVED_COLUMNS: Final = (
    N_("When"),
    N_("Time"),
    N_("Temp. °C"),
    N_("Pulse"),
    N_("BP, mmHg"),
    N_("Resp."),
    N_("SpO₂ %"),
    N_("Rate, mL/h"),
    N_("Initials"),
)
OBSERVED_WHEN: Final = (N_("before"), N_("15 min"), "", "", N_("at the end"))
"""One row each; those without a word are for what the site's schedule asks in between."""
FINISH_BEFORE: Final = N_("Finish before (first expiry)")
MAY_TRANSMIT: Final = N_("Statement")
TRANSMIT: Final = N_("This product may transmit infectious agents. Not irradiated, not leucocyte-reduced.")
TOTAL_CELLS: Final = N_("Cells given in all")
TOTAL: Final = N_("MNC {mnc}, CD3⁺ {cd3}")
