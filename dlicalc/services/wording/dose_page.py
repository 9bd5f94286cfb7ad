"""What the page of the dose says: figures, rules, picture, worked sum."""

from typing import Final

from dlicalc.services.wording.marking import N_

FOR_MNC: Final = N_("For the MNC target")
FOR_CD3: Final = N_("For the CD3⁺ target")
ORDERED: Final = N_("Ordered")
LIMITS: Final = N_("ends the filling")
LIMITED_BY: Final = N_("limited by: {limiting}")
NOT_REACHED: Final = N_("not reached")
HOLD: Final = N_("the bags hold {percent} % of it")

NO_DOSE: Final = N_("There is no volume. These entries keep it from being computed:")

RULES_HEADING: Final = N_("What each rule would give")
COLUMN_VOLUME: Final = N_("Volume")
COLUMN_MNC: Final = N_("MNC of target")
COLUMN_CD3: Final = N_("CD3⁺ of target")
COLUMN_PER_KG: Final = N_("CD3⁺ per kg")
OWN_RULE: Final = N_("the protocol's")
IN_USE: Final = N_("in use")
ALL_BAGS: Final = N_("Not reached: all that the bags can give.")
AT_CEILING: Final = N_("STOP: reaches the ceiling of {ceiling} CD3⁺/kg.")
RULE_FIGURES: Final = N_("{volume}; MNC {mnc}, CD3⁺ {cd3} of target; CD3⁺ {per_kg}")
RULE_OPEN: Final = N_(
    "This is not the protocol's rule. It needs the name of the prescriber who chose it, and the reason."
)
RULE_DECIDED: Final = N_("This is not the protocol's rule. The order prints it as PROTOCOL DEVIATION.")
RULE_LEFT_OVER: Final = N_("Name and reason speak of another rule than the protocol's, which is in use.")
BACK_TO_OWN: Final = N_("&Back to the protocol's rule; empties name and reason")

PICTURE_HEADING: Final = N_("Dose against volume")
PICTURE_HELP: Final = N_(
    "Arrow keys left and right move the pointer by one measuring step, Page Up and Page Down by ten, "
    "Home and End to the ends."
)
READOUT: Final = N_("At {volume} mL: MNC {mnc} %, CD3⁺ {cd3} % of target, {per_kg} CD3⁺/kg, bag {bag}")
SHOWS: Final = N_(
    "Both doses in per cent of their targets, over the mL given from the bags in their order. "
    "The ordered {ordered} mL give {mnc} % of the MNC and {cd3} % of the CD3⁺ target."
)
BAG_ENDS: Final = N_("Bag {bag} ends at {volume} mL.")
CUT: Final = N_("Shown up to {end} mL; the bags hold {held} mL.")
HELD: Final = N_("The bags hold {held} mL.")
CEILING_INSIDE: Final = N_("CD3⁺ in the hatched part reaches the ceiling of {ceiling}/kg, {percent} % of the target.")
CEILING_ABOVE: Final = N_("The CD3⁺ ceiling of {ceiling}/kg, {percent} % of the target, lies above the picture.")
NO_CURVE: Final = N_("Nothing to draw: there is no volume.")
SHOW_ALL: Final = N_("Show &all that the bags hold")
AXIS_VOLUME: Final = N_("mL given")
AXIS_PERCENT: Final = N_("% of target")
ORDERED_LINE: Final = N_("ordered {volume} mL")
BAG_BAND: Final = N_("bag {bag}")
BAGS_END: Final = N_("bags empty")
CEILING_LINE: Final = N_("CD3⁺ ceiling {ceiling}/kg")
CEILING_HIGHER: Final = N_("↑ CD3⁺ ceiling: {percent} %")

STEPS_HEADING: Final = N_("The sum, step by step")
NO_STEPS: Final = N_("Nothing is computed yet.")
