"""What a site keeps to in the place of the protocol's values, wherever something rests on it."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

RESTS_ON: Final = N_("Site limit {site}; the protocol has {protocol}.")
RESTS_ON_EQUATION: Final = N_("At this site {site} decides; the protocol has {protocol}.")
WITHIN: Final = N_("The value lies within the protocol's own limit.")
LIMIT_OF_SITE: Final = N_("{limit} (site; protocol {protocol})")
GOVERNS_HERE: Final = N_("decides, as the site has set; the protocol has {protocol}")
IN_FORCE: Final = N_("Set by the site")
TERM: Final = N_("{what}: {site} (protocol {protocol})")
VALUES: Final = N_("{site} (protocol {protocol})")
IN_FORCE_LINE: Final = N_("This site differs from the protocol: {terms}.")
TERMS_COUNT: Final = N_("Values set by the site, not by the protocol: {count}. They stand at the end of this page.")
JOIN: Final = N_("; ")
USUAL: Final = N_("usual at this site")
UNSIGNED: Final = N_("NOT SIGNED: changed by the site, and not two people have signed it")
ONE_SIGNED: Final = N_("as confirmed by {by} on {day}; NOT SIGNED by a second person")
UNSIGNED_NOTICE: Final = N_(
    "The site file changes how cells are given, and not two people have signed it. Every order says so."
)
UNIT_PREFERRED: Final = N_("{unit}? preferred at this site")
UNIT_PREFERRED_MISSING: Final = N_("Choose the unit; preferred at this site: {unit} – Enter takes it.")

CRITERION: Final = N_("Limit, {what}")
BOUNDS: Final[Mapping[str, str]] = {
    "recommended": N_("{what}, to be looked at outside"),
    "absolute": N_("{what}, stopped outside"),
}
UNIT: Final = N_("Unit that is offered, {what}")
TERMS: Final[Mapping[str, str]] = {
    "windows.prophylactic": N_("Days for a prophylactic infusion"),
    "windows.chemotherapy": N_("Hours between chemotherapy and infusion"),
    "freshness.weight_days": N_("Days for which a weight holds"),
    "freshness.labs_days": N_("Days for which a laboratory value holds"),
    "freshness.fresh_product_hours": N_("Hours for which a fresh product holds"),
    "cd3_ceiling_per_kg": N_("Ceiling of CD3⁺ per kg"),
    "dose.usual_rule": N_("Usual dose rule"),
    "renal.equation": N_("Equation of the eGFR"),
}
"""Value that a site may set in the place of the protocol's → what it is."""
