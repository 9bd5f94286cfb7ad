"""The sentences about the life of an order: prepared, checked blind by a second person, printed again, withdrawn."""

from typing import Final

from dlicalc.services.wording.marking import N_

STATE_OF: Final = N_("{state} – order {number}")
COPY_NEXT: Final = N_("CHECKED, already printed – order {number}. The next paper is COPY {copy}")
NOT_PREPARED: Final = N_("Not for use: the order has not been prepared")
PREPARE_ANEW: Final = N_("Order {number} is no longer valid. Prepare the order anew, and have it checked anew.")
IN_FORCE: Final = N_("Two people entered the same. Valid only with all signatures.")

PREPARE_STEP: Final = N_("1. Prepare")
CHECK_STEP: Final = N_("2. Second check")
PRINT_STEP: Final = N_("3. Print")
BY: Final = N_("{name}, {moment}")
PREPARE_HOW: Final = N_("One person says: this is what I entered.")
PREPARE_FIRST: Final = N_("Not while a stop stands.")
CHECK_HOW: Final = N_("Another person enters weight, bags and counts again, without seeing them.")
ATTEMPTS: Final = N_("Attempts so far: {count}")
REPLACES: Final = N_("Replaces order {number}")
WEIGHED: Final = N_("Weighed again: {weight} ({name}, {moment}), within 5 %")
PRINT_ORIGINAL: Final = N_("The next paper or file is the original.")
PRINT_COPY: Final = N_("Original: {moment}. The next paper or file is COPY {copy}.")
PRINT_MARKED: Final = N_("The next paper or file is marked: {state}.")
SUPERSEDED_BY_CHANGE: Final = N_("Superseded {moment}: an entry was changed.")
SUPERSEDED_BY_WEIGHT: Final = N_("Superseded {moment}: {name} found a weight more than 5 % away.")
VOIDED: Final = N_("Void since {moment}: {reason} ({name})")
NOW_SUPERSEDED: Final = N_(
    "Order {number} is superseded by this change and must not be used any more. "
    "Undoing the change does not bring it back: prepare and check the order anew."
)

PREPARE: Final = N_("Prep&are the order …")
CHECK: Final = N_("&Second person checks …")
WEIGH: Final = N_("Wei&gh again …")
VOID: Final = N_("&Void this order …")

BANNER_ORDER: Final = N_("Order")
NAME: Final = N_("Name in full")
PREPARE_TITLE: Final = N_("Prepare the order")
PREPARE_LEAD: Final = N_(
    "What is entered becomes an order with a number. Any change afterwards supersedes it. Who prepares it?"
)
PREPARE_DO: Final = N_("Prepare")
VOID_TITLE: Final = N_("Void order {number}")
VOID_LEAD: Final = N_("This is final: the order can never be used again. Destroy its papers.")
VOID_DO: Final = N_("Void the order")
WEIGH_TITLE: Final = N_("Weigh again")
WEIGH_LEAD: Final = N_("A weight more than 5 % away from that of the order supersedes it.")
WEIGH_DO: Final = N_("Compare the weights")
WEIGHT_HOLDS: Final = N_("The weight is within 5 % of that of the order. The order stays as it is.")
WEIGHT_MOVED: Final = N_(
    "The weight is more than 5 % away from that of the order: order {number} is superseded. "
    "Enter the new weight, prepare the order anew and have it checked anew."
)
REPRINT: Final = N_("This will be COPY {copy} of order {number}.")
REPRINT_ASK: Final = N_(
    "The original is of {moment}. Only one paper may be used: destroy the others, or find out what became of them."
)
REPRINT_DO: Final = N_("Make COPY {copy}")

CHECK_TITLE: Final = N_("Second person: check the order")
CHECK_LEAD: Final = N_(
    "Enter what the laboratory's report, the scale and the labels of the bags say, in the order in which the bags are "
    "to be given. What the first person entered is hidden, and there is nothing to paste."
)
SECOND_NAME: Final = N_("Name of the second person")
ANOTHER_BAG: Final = N_("There is &another bag")
ONE_BAG_LESS: Final = N_("&Take the last bag away")
COMPARE: Final = N_("&Compare with the first person")
MISSING: Final = N_("Still to be entered: {what}")
UNREADABLE_LEFT: Final = N_("Cannot be read yet: {what}")
HIDDEN: Final = N_("The case is hidden until everything is entered again.")
IDLE: Final = N_("The case is hidden because nobody has worked here for a while. A key or a click shows it again.")
AGREED: Final = N_("Both people entered the same: order {number} is checked.")
DIFFER: Final = N_("Entries in which the two people differ: {count}.")
DIFFER_LEAD: Final = N_(
    "Nobody can accept a difference. Look at the report, the scale and the bag: if the first person is wrong, correct "
    "the entry, which needs a new order; if the second is wrong, enter it again. Attempt {attempt}."
)
ENTRY: Final = N_("Entry")
FIRST: Final = N_("First person")
SECOND: Final = N_("Second person")
DIFFERS: Final = N_("differs")
NOTHING_ENTERED: Final = N_("not entered")
BAG_COUNT: Final = N_("Number of bags")
LEAVE_AND_CORRECT: Final = N_("Leave and &go to this entry")
ENTER_AGAIN: Final = N_("&Enter these again")

UNRECORDED: Final = N_("Orders are not available: {reason}.")
DUPLICATE: Final = N_("There is another order in force for this recipient and day.")
DUPLICATE_ASK: Final = N_("Prepare one more all the same? Withdraw the other if it is not to be given.")
DUPLICATE_LINE: Final = N_("Order {number}: {state}")
DUPLICATE_DO: Final = N_("Prepare one more")
LOCKED: Final = N_("Unlock the records")
LOCKED_LEAD: Final = N_("Orders are recorded, and the records are locked. Without the passphrase no order can be made.")
LOCKED_WRONG: Final = N_("That was not the passphrase of these records.")
PASSPHRASE: Final = N_("Passphrase")
UNLOCK: Final = N_("Unlock")
