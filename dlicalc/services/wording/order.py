"""What stands on the printed order beside the numbers: labels, instructions, roles."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

TITLE: Final = N_("Donor lymphocyte infusion: order")
STATUS: Final[Mapping[str, str]] = {
    "draft": N_("DRAFT"),
    "checked": N_("CHECKED"),
    "copy": N_("COPY {number}"),
    "superseded": N_("SUPERSEDED"),
    "void": N_("VOID"),
}
STATUS_NOTE: Final[Mapping[str, str]] = {
    "draft": N_("Not for use, not to be signed"),
    "checked": N_("Valid only with all signatures"),
    "copy": N_("Reprint: use only once"),
    "superseded": N_("No longer valid: another order takes its place"),
    "void": N_("Not valid: withdrawn"),
}
HELD: Final[Mapping[str, str]] = {
    "unchecked": N_("Not for use: no second person has checked it"),
    "check-differs": N_("Not for use: the second person's entries differ"),
    "check-outdated": N_("Not for use: changed since the second person checked it"),
    "filter": N_("Not for use: the filter has not been chosen"),
    "records": N_("Not for use: it cannot be recorded"),
}
"""Why an order that nothing stops is still a draft."""
PAGE: Final = N_("Page {page} of {pages}")

RECIPIENT: Final = N_("Recipient")
MRN: Final = N_("MRN")
BORN: Final = N_("Born")
SEX: Final = N_("Sex")
TRIAL_SUBJECT: Final = N_("Trial subject")
WEIGHT: Final = N_("Weight")
ARM: Final = N_("Arm")
DAY: Final = N_("Day")
BLOOD_GROUP: Final = N_("Blood group")
ALLERGIES: Final = N_("Allergies")
NOT_GIVEN: Final = N_("not given")
NO_DATE: Final = N_("date not given")

STOPS: Final = N_("STOP: this order must not be carried out")
DEVIATIONS: Final = N_("PROTOCOL DEVIATION")
CHECKS: Final = N_("Look at this before signing")
MORE_CHECKS: Final = N_("and {count} more in the list of findings")
CHECKS_ELSEWHERE: Final = N_("{count} findings to look at before signing: see “Findings”")
DECIDED_BY: Final = N_("decided by")
BAG: Final = N_("Bag {bag}")

VOLUME: Final = N_("Volume to infuse")
VOLUME_WITHHELD: Final = N_("Volume computed, NOT RELEASED")
FROM_ONE_BAG: Final = N_("from 1 bag")
TOTAL_OF_BAGS: Final = N_("total of {count} bags")
NOT_COMPUTABLE: Final = N_("No volume can be computed.")
PLANNED_START: Final = N_("Planned start")
LIMITING: Final[Mapping[str, str]] = {
    "mnc": N_("The MNC target sets the volume."),
    "cd3": N_("The CD3⁺ target sets the volume."),
    "both": N_("Both targets set the same volume."),
    "available-volume": N_("The bags hold less than the target needs; all of it is ordered."),
}
RULES: Final[Mapping[str, str]] = {
    "lower-volume": N_("Dose rule: the lower of the two volumes"),
    "mnc": N_("Dose rule: the MNC target"),
    "cd3": N_("Dose rule: the CD3⁺ target"),
}
TARGETS: Final = N_("Targets: {mnc} MNC/kg ({mnc_million} million), {cd3} CD3⁺/kg ({cd3_million} million)")
"""Here and below a translation may have ``_wan``, in units of 10⁴ and 10⁸, for ``_million``."""
IN_WORDS: Final = N_("Given: {mnc_million} million MNC and {cd3_million} million CD3⁺ cells per kg.")

TARGET: Final = N_("Target")
GIVEN: Final = N_("Given")
PERCENT_OF_TARGET: Final = N_("% of target")
MNC: Final = N_("MNC")
CD3: Final = N_("CD3⁺")

BAGS: Final = N_("Bags, in this order")
BAG_COLUMN: Final = N_("Bag")
GIVE: Final = N_("Give")
GIVE_WITHHELD: Final = N_("Computed, not released")
TICK: Final = N_("Done")
ACTUAL: Final = N_("Actual mL")
START: Final = N_("Start")
END: Final = N_("End")
INITIALS: Final = N_("Initials")
DO_NOT_GIVE: Final = N_("none: do not give this bag")
NO_NUMBER: Final = N_("no number")
EXPIRES: Final = N_("Expires")
EXPIRY_UNKNOWN: Final = N_("Expiry not given")
COUNTED: Final[Mapping[str, str]] = {
    "fresh": N_("fresh count"),
    "pre-freeze": N_("pre-freeze count"),
    "post-thaw": N_("post-thaw count"),
}
PRE_FREEZE: Final = N_("Pre-freeze count without correction: the living cells given will be fewer.")

SIGNATURES: Final = N_("Signatures")
SIGNED_BY: Final = N_("Who and for what")
NAME: Final = N_("Name in print")
SIGNATURE: Final = N_("Signature")
SIGNED_AT: Final = N_("Date and time")
DRAFT_NOT_SIGNED: Final = N_("A draft is not signed. Sign the order that is printed once nothing stops it.")
REMARKS: Final = N_("Reactions and remarks")

SHORT_CODE: Final = N_("The code at the head of each page, to scan and compare: order number, MRN, total mL.")
WHOLE_CODE: Final = N_("Scan in dlicalc to compute again: the whole case without the name")
WHOLE_CODE_PART: Final = N_("The whole case without the name, part {part} of {parts}: scan all parts in dlicalc")

SCHEDULE: Final = N_("Schedule")
DAY_0: Final = N_("Transplant (day 0)")
DAY_OF_INFUSION: Final = N_("Day of the infusion")
PROPHYLACTIC_WINDOW: Final = N_("Window of the prophylactic arm")
CHEMOTHERAPY: Final = N_("Chemotherapy")
LAST_DOSE: Final = N_("Last dose of chemotherapy")
INTERVAL: Final = N_("Last dose to start (protocol)")
GVHD_PROPHYLAXIS: Final = N_("GVHD prophylaxis")
PROPHYLAXIS_STOP: Final = N_("GVHD prophylaxis stops between")
DONOR: Final = N_("Donor")
MATCH: Final = N_("Donor match")
RELATIONSHIP: Final = N_("Relationship to the recipient")
HLA_MATCH: Final = N_("HLA match")
DONOR_GROUP: Final = N_("Blood group of the donor")
MRD: Final = N_("MRD positive")

DOSE_DETAILS: Final = N_("Dose in detail")
MNC_VOLUME: Final = N_("Volume for the MNC target")
CD3_VOLUME: Final = N_("Volume for the CD3⁺ target")
ORDERED: Final = N_("Volume ordered")
BAGS_CANNOT: Final = N_("more than the bags hold")
PER_KG: Final = N_("Volume per kg")
DMSO: Final = N_("DMSO")
RED_CELLS: Final = N_("Red cells")
CELLS_PER_ML: Final = N_("Cells per mL, bag by bag")
MNC_PER_ML: Final = N_("MNC per mL")
CD3_PER_ML: Final = N_("CD3⁺ per mL")
GIVEN_ML: Final = N_("Ordered")
LEFT_ML: Final = N_("Left of the volume available")

STEPS: Final = N_("The arithmetic, step by step")
STEP: Final = N_("Step")
RESULT: Final = N_("Result")

ENTERED: Final = N_("As entered")
BAG_VOLUME: Final = N_("Volume")
GROSS: Final = N_("gross")
TARE: Final = N_("tare")
DENSITY: Final = N_("density")
WITHHELD: Final = N_("Withheld")
STATE: Final = N_("State")
COUNT_BASIS: Final = N_("Kind of count")
COLLECTED: Final = N_("Collected")
COUNTED_AT: Final = N_("Counted")
EXPIRY: Final = N_("Expiry")
PRODUCT_CODE: Final = N_("Product code")
WHITE_CELLS: Final = N_("White cells")
NRBC: Final = N_("Nucleated red cells per 100 white cells")
LYMPHOCYTES: Final = N_("Lymphocytes")
OF: Final[Mapping[str, str]] = {
    "wbc": N_("of white cells"),
    "mnc": N_("of MNC"),
    "lymphocytes": N_("of lymphocytes"),
}
VIABILITY: Final = N_("Viability")
APPLIED_TO: Final = N_("applied to")
APPLIED_BEFORE: Final = N_("already in the counts")
RECOVERY: Final = N_("Recovery after thaw")
SOURCE: Final = N_("source")
PROCESSED: Final = N_("Processed after the count")
CELLS_KEPT: Final = N_("recovery")
HEMATOCRIT: Final = N_("Hematocrit")

CRITERIA: Final = N_("Criteria of the trial")
CRITERION: Final = N_("Criterion")
ENTERED_VALUE: Final = N_("As entered")
VALUE: Final = N_("Value judged")
AGAINST: Final = N_("Against it if")
VERDICT: Final = N_("Verdict")
SAMPLED: Final = N_("Date")

RENAL: Final = N_("Renal function")
EQUATION: Final = N_("Equation")
ESTIMATE: Final = N_("mL/min/1.73 m²")
USE: Final = N_("Use")
GOVERNS: Final = N_("decides the criterion")
FOR_COMPARISON: Final = N_("for comparison")
CREATININE: Final = N_("Creatinine, mg/dL")
USED_IN_EQUATIONS: Final = N_("goes into the equations")
EQUATIONS: Final[Mapping[str, str]] = {
    "ckd_epi_2021": N_("CKD-EPI 2021, creatinine"),
    "ckd_epi_2009": N_("CKD-EPI 2009, creatinine"),
    "ckid_u25": N_("CKiD U25, creatinine"),
    "bedside_schwartz": N_("Bedside Schwartz"),
    "ckd_epi_2012_cystatin": N_("CKD-EPI 2012, cystatin C"),
    "ckd_epi_2021_creatinine_cystatin": N_("CKD-EPI 2021, creatinine and cystatin C"),
}

FINDINGS: Final = N_("Findings")
NO_FINDINGS: Final = N_("none")
SEVERITY: Final = N_("Severity")
FINDING: Final = N_("Finding")
DECISION: Final = N_("Decision")

PROVENANCE: Final = N_("Where this order comes from")
PROTOCOL: Final = N_("Protocol")
PROTOCOL_DIGEST: Final = N_("Digest of the protocol file")
CASE_DIGEST: Final = N_("Digest of the case")
SOFTWARE: Final = N_("Software")
AS_OF: Final = N_("Evaluated as of")
PRINTED: Final = N_("Printed")
VERSION: Final = N_("version")
ORDER_LIES_IN: Final = N_("The order lies in {path}")
CASE_LIES_IN: Final = N_("The case lies in {path}; try: dlicalc evaluate CASE.json")
NO_DISPLAY: Final = N_(
    "No display: neither DISPLAY nor WAYLAND_DISPLAY is set. See 'dlicalc --help' for use without a window."
)
NOT_WRITTEN: Final = N_("No order was written. With --draft it is written as a DRAFT that lists these stops.")
