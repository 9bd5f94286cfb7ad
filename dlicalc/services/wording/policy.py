"""What a site file says, setting by setting, and what changes from one to another."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

LIES_AT: Final = N_("Site file in force")
SHIPPED: Final = N_("as shipped with the program")
DIGEST: Final = N_("Digest of the file")
CONTENT: Final = N_("Digest of what is signed")
SIGNED: Final = N_("Signed by {first} on {first_day} and by {second} on {second_day}")
ONE_SIGNED: Final = N_("Signed by one person only. Two must sign what the site changes.")
UNSIGNED: Final = N_("Signed by nobody. Two people must sign what the site changes.")
NOTHING_TO_SIGN: Final = N_("Signed by nobody. It sets what was shipped, as a proposal.")
HOW_TO_SIGN: Final = N_(
    "To sign, put into the table site: confirmed_by, confirmed_on, checked_by, checked_on, and content = “{digest}”"
)
NO_DIFFERENCE: Final = N_("The two files set the same.")
DIFFERENCE: Final = N_("{what}: {before} → {after}")
NOT_SET: Final = N_("not set")
AS_IN_PROTOCOL: Final = N_("{value}, as in the protocol")
IN_ENGLISH: Final = N_("{what} (English)")
IN_CHINESE: Final = N_("{what} (Chinese)")
ABOUT_FRESH: Final = N_("Fresh cells, {what}")
ABOUT_THAWED: Final = N_("Thawed cells, {what}")

SETTINGS: Final[Mapping[str, str]] = {
    "site.name": N_("Name of the site"),
    "site.confirmed_by": N_("First sign-off, name"),
    "site.confirmed_on": N_("First sign-off, day"),
    "site.checked_by": N_("Second sign-off, name"),
    "site.checked_on": N_("Second sign-off, day"),
    "settings.paper": N_("Paper that is offered first"),
    "settings.language": N_("Language of the order that is offered first"),
    "settings.cover_after_minutes": N_("Minutes after which an idle window hides the case"),
    "settings.keep_years": N_("Years for which names and numbers are kept in the records"),
    "administration.filter": N_("Filter in the infusion line"),
    "administration.route": N_("Route"),
    "administration.access": N_("Access"),
    "administration.premedication": N_("Premedication"),
    "administration.stop_rules": N_("Stop if"),
    "administration.flush": N_("Flush"),
    "administration.bedside": N_("At the bedside"),
    "observations": N_("observations"),
    "speed.words": N_("how to begin"),
    "speed.start_minutes": N_("minutes at the starting rate"),
    "speed.start_ml_per_h": N_("starting rate, mL/h"),
    "speed.ml_per_h": N_("rate, mL/h"),
    "speed.max_ml_per_h": N_("highest rate, mL/h"),
}
"""Key of a site file, those of fresh and thawed cells without their table → what it sets."""
