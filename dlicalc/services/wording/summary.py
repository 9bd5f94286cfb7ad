"""The sentences of the plain-text summary."""

from typing import Final

from dlicalc.services.wording.marking import N_

RECIPIENT: Final = N_("Recipient: {name}, MRN {mrn}")
VOLUME: Final = N_("Volume to infuse: {volume} mL (limited by: {limiting})")
NO_VOLUME: Final = N_("Volume to infuse: cannot be computed")
FROM_BAG: Final = N_("  from bag {bag}: {volume} mL")
GIVES: Final = N_("  {target}: {dose}/kg, {percent} % of the target")
ELIGIBILITY: Final = N_("Eligibility: {verdict}")
DAY: Final = N_("Day {day} after transplant, window: {window}")
RELEASABLE: Final = N_("The order can be released for verification.")
NOT_RELEASABLE: Final = N_("The order cannot be released: see the stops below.")
