"""The sentences about what was given after an order, what was given before it, and what is left of its bags."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

MENU: Final = N_("Records")
ACT: Final = N_("&After the infusion …")
TITLE: Final = N_("After the infusion")
LEAD: Final = N_(
    "What was really given, bag by bag, from the paper that hung at the bedside. "
    "Leave empty what nobody knows, and say so in the remark."
)
ORDER: Final = N_("Order number")
ORDER_HELP: Final = N_("Type the number, or scan the code at the head of the paper; Enter looks it up.")
FIND: Final = N_("&Look up")
NOT_FOUND_YET: Final = N_("No order has been looked up.")
STILL_TYPED: Final = N_("What was typed for order {number} is not recorded yet. Record it, or close and say so.")
OF_ORDER: Final = N_("Order {number}: {name}, MRN {mrn}, {weight}, ordered {volume}")
NO_NAME: Final = N_("no name")
EARLIER: Final = N_(
    "Already recorded {at} by {by}. The entries show what was recorded. What is recorded now corrects it; the earlier "
    "entry stays readable, and the remark must say why it is corrected."
)
BAG: Final = N_("Bag {bag}: {din}, {ordered} ordered, {held} in the bag")
OTHER_BAG: Final = N_("A bag that the order does not name")
ANOTHER: Final = N_("A bag was given that is &not in the order")
FEWER: Final = N_("&Take the last bag away")

LABELS: Final[Mapping[str, str]] = {
    "din": N_("Donation number (DIN) of the bag"),
    "given": N_("Volume given"),
    "started_at": N_("Start"),
    "ended_at": N_("End"),
    "reaction": N_("Reaction?"),
    "reaction_text": N_("Which reaction, what was done"),
    "fate": N_("What became of the rest"),
    "lost": N_("Of the rest, thrown away"),
    "fate_text": N_("More about the rest"),
}
COMPARED: Final = (N_("Ordered"), N_("Really given"), N_("Difference"))
VOLUME: Final = N_("Volume")
MNC: Final = N_("MNC, per kg")
CD3: Final = N_("CD3⁺, per kg")
AS_ORDERED: Final = N_("as ordered")
LESS: Final = N_("{amount} less, {percent} % less")
MORE: Final = N_("{amount} more, {percent} % more")
NO_DOSE: Final = N_("The dose given cannot be computed: a volume, or what was in a bag, is not known.")
REST: Final = N_("Bag {bag}: {volume} left")
NO_REST: Final = N_("Bag {bag}: nothing left")
LEFT_UNKNOWN: Final = N_("Bag {bag}: what is left is not known")

BY: Final = N_("Name of who records this")
REMARK: Final = N_("Remark")
RECORD: Final = N_("&Record what was given")
NOT_YET: Final = N_("Not recorded. First: {what}")
RECORDED: Final = N_("Recorded as entry {entry}: what was given of order {order}.")
CORRECTED: Final = N_("Recorded as entry {entry}: it corrects entry {earlier} about order {order}.")
NOT_RECORDED: Final = N_("Nothing was recorded, and everything typed is still here. {reason}")
UNAVAILABLE: Final = N_("Records are not available, so nothing can be recorded here: {reason}")
LEAVE: Final = N_("What was typed here is not recorded.")
LEAVE_ASK: Final = N_("Close all the same? What was typed is then lost.")
LEAVE_DO: Final = N_("Close without recording")

FINDINGS: Final[Mapping[str, str]] = {
    "given.volume-unknown": N_("The volume given is not known: no dose can be computed."),
    "given.above-held": N_(
        "{given} mL is more than the {held} mL in the bag. Look at the number. If the bag really held more, leave the "
        "volume empty and say so in the remark: the volume on the order was wrong then."
    ),
    "given.above-available": N_(
        "{given} mL is more than the {available} mL that could be given without what was withheld."
    ),
    "given.above-ordered": N_("{given} mL is more than the {ordered} mL ordered from this bag."),
    "given.not-of-order": N_(
        "A bag was given that is not in the order. What it held is not known, so there is no dose."
    ),
    "given.din-unknown": N_("Say which bag this is, or take it away."),
    "given.start-unknown": N_("The start is not known."),
    "given.end-unknown": N_("The end is not known."),
    "given.time-ahead": N_("{moment} is still to come. Look at date, time and offset."),
    "given.end-before-start": N_("The end is before the start."),
    "given.too-long": N_("It ran for {hours}; the protocol allows {limit} h."),
    "given.other-day": N_("It did not start on the day of the order, {planned}."),
    "given.started-expired": N_("It was started after the bag had expired, {expires_at}."),
    "given.ended-expired": N_("It was still running when the bag expired, {expires_at}."),
    "given.reaction-unknown": N_("It is not known whether there was a reaction."),
    "given.reaction-untold": N_("Say which reaction it was."),
    "given.reaction-contradicts": N_("There is a text about a reaction, and the answer is no."),
    "given.fate-unknown": N_("It is not known what became of the rest."),
    "given.fate-untold": N_("Say what became of the rest."),
    "given.fate-contradicts": N_("Nothing is said to be left, and {rest} mL of what the bag held were not given."),
    "given.lost-above-rest": N_("{lost} mL thrown away is more than the {rest} mL that were left."),
    "given.cd3-ceiling": N_("{cd3_per_kg} CD3⁺/kg were given: the ceiling of the protocol is {ceiling}/kg."),
    "given.order-unchecked": N_("No second person had checked this order."),
    "given.order-superseded": N_("The order was superseded {moment}, before the cells ran."),
    "given.order-voided": N_("The order was void since {moment}, before the cells ran."),
    "given.computed-otherwise": N_(
        "The order was made by {software}; today's program computes other figures from its case. Those of the order are used."
    ),
}

BANNER: Final = N_("Given before")
BANNER_TEXT: Final = N_("{count} × · CD3⁺ {cd3}/kg")
BANNER_AT_LEAST: Final = N_("{count} × · CD3⁺ at least {cd3}/kg")
BANNER_NO_FIGURES: Final = N_("{count} × · no figures")
BEFORE: Final = N_("Infusions given before: {count} ({days}).")
NONE_BEFORE: Final = N_("No earlier infusion is recorded here under this MRN.")
TOTAL: Final = N_("In total so far: MNC {mnc}/kg, CD3⁺ {cd3}/kg.")
TOTAL_AT_LEAST: Final = N_("In total so far at least: MNC {mnc}/kg, CD3⁺ {cd3}/kg.")
UNKNOWN: Final = N_("In no total, because no figures were recorded: {named}.")
WITH_ORDER: Final = N_("With this order: MNC {mnc}/kg, CD3⁺ {cd3}/kg.")
WITH_ORDER_AT_LEAST: Final = N_("With this order at least: MNC {mnc}/kg, CD3⁺ {cd3}/kg.")
NOT_LOOKED_UP: Final = N_("What this recipient was given before is not known: {reason}")
SECTION: Final = N_("From the records")
BEFORE_FIELD: Final = N_("Given before")

LEFT: Final = N_("{volume} left after {day} (order {number}): {fate}.")
LEFT_GONE: Final = N_("By the records nothing is left of this bag: {fate}, {day} (order {number}).")
LEFT_USED_UP: Final = N_("By the records nothing is left of this bag: all was given, {day} (order {number}).")
LEFT_NOT_KNOWN: Final = N_("Cells of this bag were given {day} (order {number}); what is left was not recorded.")
ABOVE_LEFT: Final = N_("More is entered than was left: {volume} after {day} (order {number}), {fate}.")
FROZEN_AGAIN: Final = N_("Counts from before it was frozen again do not hold any more.")
TAKE: Final = N_("Enter {volume}")
TAKE_LEFT: Final = N_("Enter the volume that is left of this bag")
