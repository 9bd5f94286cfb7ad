"""The quick-start card: the whole work on one page."""

from typing import Final

from dlicalc.services.wording.marking import N_

TITLE: Final = N_("dlicalc in one page")
LEAD: Final = N_(
    "Volume, checks and order of a donor lymphocyte infusion, NCT07319793. Offline. Not a certified medical device: a physician decides, two people check."
)
STEPS: Final = N_("From an empty window to the order")
STATES: Final = N_("What the paper says")
WORDS: Final = N_("What the window says")
KEYS: Final = N_("Keys")
HELP: Final = N_("When something is wrong")

STEP_LIST: Final = (
    (N_("New case"), N_("Ctrl+N. Nothing of the last patient may be seen.")),
    (N_("Recipient"), N_("Name, number and birth date as on the wristband. Weight of today, in the unit of the scale, with its day. Donor, arm, planned start.")),
    (N_("Eligibility"), N_("Answer every criterion. Laboratory values with that laboratory's own upper limit. Unknown is never a pass.")),
    (N_("Product"), N_("Scan or type each bag in the order in which it is to be given. Counts with the unit on the report; say of which cells CD3⁺ is a share.")),
    (N_("Dose"), N_("Read both volumes and which target limits. The smaller is taken and rounded down.")),
    (N_("Findings"), N_("Clear every stop; look at every review. A stop about the trial can be decided by a named prescriber with a reason, others by nobody.")),
    (N_("Prepare"), N_("On the page Order the first person gives a name.")),
    (N_("Second person"), N_("Another person enters weight, bags and counts again, blind. Nobody can accept a difference.")),
    (N_("Print"), N_("Ctrl+P. Use one paper and destroy the others. Any change afterwards needs a new order.")),
    (N_("Bedside"), N_("Two people read wristband, bag and order aloud. Not irradiated, no leucocyte-reduction filter. Write down the mL that were really given.")),
)  # fmt: skip
STATE_LIST: Final = (
    (N_("DRAFT"), N_("Give no cells.")),
    (N_("CHECKED"), N_("Valid with all signatures.")),
    (N_("COPY n"), N_("A reprint: find out where the original is.")),
    (N_("SUPERSEDED, VOID"), N_("Give no cells. Destroy the paper.")),
    (N_("TRAINING"), N_("Practice. Never for a patient.")),
)  # fmt: skip
WORD_LIST: Final = (
    (N_("Stop"), N_("forbids the order")),
    (N_("Review"), N_("look before you sign")),
    (N_("Note"), N_("explains a number")),
    (N_("Sign ≈"), N_("the number after it was shortened for reading")),
)  # fmt: skip
KEY_LIST: Final = (
    ("F1", N_("the manual, at this entry")),
    ("Enter, Tab", N_("next entry")),
    ("Ctrl+1 … 5", N_("the pages")),
    ("F6", N_("to the findings and back")),
    ("Ctrl+Z", N_("undo")),
    ("Ctrl+S", N_("save the case")),
    ("Ctrl+Shift+V", N_("verify a printed order")),
)  # fmt: skip
HELP_LIST: Final = (
    (N_("No volume"), N_("Read the findings; Enter goes to the entry.")),
    (N_("Odd number"), N_("Look at the unit on the report, then at the dilution, then at the share of what.")),
    (N_("Program down"), N_("Take the downtime worksheet. Two people, two calculators.")),
    (N_("In doubt"), N_("Give nothing, and ask.")),
)  # fmt: skip
