"""The downtime worksheet: the arithmetic of the dose in boxes, for people with a pocket calculator."""

from typing import Final

from dlicalc.services.wording.marking import N_

TITLE: Final = N_("Downtime worksheet: volume of a donor lymphocyte infusion by hand")
LEAD: Final = N_(
    "Only while dlicalc cannot be used. All cells in million (10⁶). Keep every digit of the calculator; round only where the sheet says so. Enter the case into dlicalc afterwards and compare the mL."
)
NAME: Final = N_("Recipient")
MRN: Final = N_("MRN")
BORN: Final = N_("Birth date")
BAGS: Final = N_("Numbers of bags 1 and 2")
COLUMNS: Final = (
    N_("Box"), N_("What"), N_("Arithmetic"), N_("Example"), N_("Bag 1"), N_("Bag 2")
)  # fmt: skip
RECIPIENT: Final = N_("Recipient")
COUNTED: Final = N_("Cells as counted")
LIVING: Final = N_("Living cells that are in the bag now")
VOLUME: Final = N_("Volume, bag by bag in the order in which they are given")
CHECK: Final = N_("Check of the dose")

WEIGHT: Final = N_("Weight in kg, not in pounds, of today")
MNC_NEEDED: Final = N_("MNC needed, million")
CD3_NEEDED: Final = N_("CD3⁺ cells needed, million")
WBC: Final = N_("White cells as read, in 10⁹/L; 10⁶/mL and 10³/µL are the same number; cells/µL: ÷ 1,000")
DILUTION: Final = N_("Number to multiply the reading by; 1 if not diluted")
NRBC: Final = N_("Nucleated red cells per 100 white cells; 0 if the analyser did not count them as white")
WBC_PER_ML: Final = N_("White cells, million per mL")
MNC_PERCENT: Final = N_("MNC in % of white cells")
MNC_COUNTED: Final = N_("MNC, million per mL; or as reported, × its dilution")
CD3_PERCENT: Final = N_("CD3⁺ in %")
CD3_OF: Final = N_("Cells of which B7 is a share: white cells B4, MNC B6, lymphocytes B4 × their % ÷ 100")
CD3_COUNTED: Final = N_("CD3⁺, million per mL; or as reported, cells/µL × dilution ÷ 1,000")
MNC_VIABILITY: Final = N_("Viability of MNC in %; 100 if only living cells were counted")
CD3_VIABILITY: Final = N_("Viability of CD3⁺ in %; 100 if only living cells were counted")
MNC_RECOVERY: Final = N_("Recovery of MNC after thaw in %; 100 if fresh or counted after thaw")
CD3_RECOVERY: Final = N_("Recovery of CD3⁺ after thaw in %; 100 if fresh or counted after thaw")
PROCESSED: Final = N_("Processed after the count: mL before ÷ mL after × % kept ÷ 100; 1 if not processed")
MNC_PER_ML: Final = N_("MNC, million per mL")
CD3_PER_ML: Final = N_("CD3⁺, million per mL")
IN_BAG: Final = N_("mL in the bag; or (g of full bag − g of empty bag) ÷ density in g/mL")
WITHHELD: Final = N_("mL not to be given: samples, dead space")
AVAILABLE: Final = N_("mL that can be given")
MNC_MISSING: Final = N_("MNC still needed, million")
CD3_MISSING: Final = N_("CD3⁺ still needed, million")
MNC_VOLUME: Final = N_("mL for the MNC target")
CD3_VOLUME: Final = N_("mL for the CD3⁺ target")
SMALLER: Final = N_("mL before rounding")
ROUNDED: Final = N_("mL TO GIVE FROM THIS BAG")
MNC_TAKEN: Final = N_("MNC taken, million; only if the whole bag is given and there is another")
CD3_TAKEN: Final = N_("CD3⁺ taken, million; only if the whole bag is given and there is another")
MNC_GIVEN: Final = N_("MNC given, million")
CD3_GIVEN: Final = N_("CD3⁺ given, million")
MNC_PER_KG: Final = N_("MNC given, million per kg; not more than {target}")
CD3_PER_KG: Final = N_("CD3⁺ given, million per kg; not more than {target}, never {ceiling} or more")
ML_PER_KG: Final = N_("mL per kg; usual is {low} to {high}")

SMALLEST: Final = N_("the smallest of {boxes}")
DOWN: Final = N_("{box} rounded down: from {from_ml} mL to {coarse} mL, below to {fine} mL")
LESS_BEFORE: Final = N_("{whole} − {taken} of the bags before")
ALL_BAGS: Final = N_("{box} of all bags ÷ {weight}")

STOPS: Final = N_("Give nothing, and ask, if")
STOPS_LIST: Final = N_(
    "B9 is more than B6 · B6 is more than B4 · a percentage is more than 100 · D9 is more than D3 · a limit in part E is broken · a bag has expired · the two people do not reach the same mL"
)
BY_RULE: Final = N_(
    "The sheet stops at the target reached first, which is the protocol's rule. Eligibility, windows, blood groups and labels are not on it: check them by the protocol."
)
IN_ALL: Final = N_("To give in all, mL")
SIGNATURES: Final = N_(
    "Two people, each with a calculator of their own, and each from the report, the scale and the label"
)
FIRST: Final = N_("Computed by")
SECOND: Final = N_("Computed again by")
COLUMNS_SIGNED: Final = (N_("Name"), N_("Signature"), N_("Date and time"))
PROTOCOL: Final = N_("Protocol {name}, {digest}")
