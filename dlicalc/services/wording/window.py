"""Everything the window says of its own: field labels, menus, the result panel and its questions."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording import product_page
from dlicalc.services.wording.marking import N_

FIELDS: Final[Mapping[str, str]] = {
    "recipient.name": N_("Name"),
    "recipient.mrn": N_("Medical record number"),
    "recipient.trial_subject": N_("Trial subject number"),
    "recipient.birth_date": N_("Birth date"),
    "recipient.sex": N_("Sex"),
    "recipient.weight": N_("Weight"),
    "recipient.height": N_("Height"),
    "recipient.abo_rhd": N_("Recipient's blood group"),
    "recipient.allergies": N_("Allergies"),
    "donor.id": N_("Donor number"),
    "donor.relationship": N_("Relationship to the recipient"),
    "donor.match": N_("Donor match"),
    "donor.hla_match": N_("HLA match"),
    "donor.abo_rhd": N_("Donor's blood group"),
    "transplant.day_0": N_("Day of transplant (day 0)"),
    "transplant.disease": N_("Disease"),
    "transplant.philadelphia_positive": N_("Philadelphia chromosome positive?"),
    "transplant.marrow_blasts_before_conditioning": N_("Marrow blasts before conditioning"),
    "transplant.mrd_negative_within_1_month": N_("MRD-negative within 1 month after transplant?"),
    "transplant.relapse_within_30_days": N_("Relapse within 30 days of transplant?"),
    "transplant.consent": N_("Informed consent given?"),
    "labs.creatinine": N_("Creatinine"),
    "labs.alt": N_("ALT"),
    "labs.ast": N_("AST"),
    "labs.bilirubin": N_("Total bilirubin"),
    "labs.cystatin_c": N_("Cystatin C (optional)"),
    "organs.severe_cirrhosis": N_("Severe cirrhosis?"),
    "organs.portal_hypertension": N_("Portal hypertension?"),
    "organs.active_liver_disease": N_("Active liver disease?"),
    "organs.dialysis": N_("Regular dialysis?"),
    "organs.nyha_class": N_("NYHA class"),
    "organs.cardiac_event_within_6_months": N_("Unstable angina, infarction, CABG or PCI within 6 months?"),
    "organs.last_cardiac_event_on": N_("Last cardiac event"),
    "organs.lvef": N_("LVEF"),
    "organs.uncontrolled_arrhythmia": N_("Uncontrolled arrhythmia?"),
    "organs.long_term_oxygen": N_("Long-term oxygen?"),
    "organs.spo2": N_("SpO₂ at rest"),
    "exclusions.active_uncontrolled_gvhd": N_("Active GVHD not under control?"),
    "exclusions.severe_infection": N_("Severe or uncontrolled infection?"),
    "exclusions.other_trial_within_3_months": N_("Another drug trial within 3 months?"),
    "exclusions.investigator_unsuitable": N_("Unsuitable in the investigator's judgement?"),
    "infusion.arm": N_("Arm of the trial"),
    "infusion.planned_start": N_("Planned start of the infusion"),
    "infusion.filter": N_("Filter in the infusion line"),
    "infusion.mrd_positive": N_("MRD positive?"),
    "infusion.chemotherapy.regimen": N_("Chemotherapy before it"),
    "infusion.chemotherapy.last_dose_at": N_("Last dose of chemotherapy"),
    "infusion.gvhd_prophylaxis": N_("GVHD prophylaxis"),
    "infusion.gvhd_prophylaxis_weeks": N_("Prophylaxis set by prescriber, weeks"),
    "infusion.dose_rule.rule": N_("Stop filling at"),
    "infusion.dose_rule.set_by": N_("Rule chosen by"),
    "infusion.dose_rule.reason": N_("Reason for the rule"),
    "products.din": N_("Donation number (DIN)"),
    "products.product_code": N_("Product code"),
    "products.local_id": N_("Local number, where there is no DIN"),
    "products.state": N_("State"),
    "products.abo_rhd": N_("Blood group on the bag"),
    "products.collected_at": N_("Collected"),
    "products.counted_at": N_("Cells counted"),
    "products.expires_at": N_("Expires"),
    "products.volume": N_("Volume in the bag"),
    "products.volume.gross": N_("or weighed"),
    "products.withheld": N_("Withheld (samples, dead space)"),
    "products.counts.counted": N_("Cells were counted"),
    "products.counts.wbc": N_("White cells (WBC)"),
    "products.counts.nrbc_per_100_wbc": N_("Nucleated red cells per 100 WBC"),
    "products.counts.mnc": N_("MNC"),
    "products.counts.cd3": N_("CD3⁺"),
    **product_page.FIELDS,
    "products.counts.lymphocytes": N_("Lymphocytes"),
    "products.counts.viability": N_("Viability"),
    "products.counts.viability.applies_to": N_("Viability still applies to"),
    "products.counts.recovery": N_("Recovery after thaw"),
    "products.counts.recovery.source": N_("Source of the recovery"),
    "products.counts.processed_after_count": N_("Processed after the count"),
    "products.dmso": N_("DMSO"),
    "products.hematocrit": N_("Hematocrit"),
}
"""Path of an entry, bags without their place → its label."""

CAPTIONS: Final[Mapping[str, str]] = {
    "recipient.weight.measured_on": N_("weighed on"),
    "labs.upper_limit": N_("upper limit"),
    "labs.collected_on": N_("sample of"),
    "organs.lvef.method": N_("measured by"),
    "organs.spo2.on_room_air": N_("on room air?"),
    "infusion.gvhd_prophylaxis_weeks.from": N_("from"),
    "infusion.gvhd_prophylaxis_weeks.to": N_("to"),
    "products.din_check": N_("check character (boxed)"),
    "products.volume.gross": N_("gross"),
    "products.volume.tare": N_("tare"),
    "products.volume.density": N_("density"),
    "products.counts.multiply_by": N_("× dilution"),
    "products.counts.viability.measured": N_("measured"),
    "products.counts.recovery.mnc": N_("MNC"),
    "products.counts.recovery.cd3": N_("CD3⁺"),
    "products.counts.processed_after_count.from": N_("volume from"),
    "products.counts.processed_after_count.to": N_("to"),
    "products.counts.processed_after_count.recovery": N_("recovery"),
}
"""The small words before a further control in a row."""

HEADINGS: Final[Mapping[str, str]] = {
    "recipient": N_("Recipient"),
    "donor": N_("Donor and transplant"),
    "inclusion": N_("Inclusion"),
    "labs": N_("Laboratory, each with that laboratory's own upper limit"),
    "organs": N_("Liver, kidney, heart, lung"),
    "exclusions": N_("Other exclusions"),
    "identity": N_("Bag label"),
    "times": N_("Times"),
    "volume": N_("Volume"),
    "counts": N_("Cell counts"),
    "survival": N_("Living cells"),
    "content": N_("Further content"),
    "plan": N_("Infusion"),
    "chemotherapy": N_("Pre-emptive arm only"),
    "dose_rule": N_("Dose rule, where it is not the protocol's"),
}

OPTIONS: Final[Mapping[str, str]] = {
    **product_page.OPTIONS,
    "applies:mnc+cd3": N_("MNC and CD3⁺"),
    "applies:mnc": N_("MNC only"),
    "applies:cd3": N_("CD3⁺ only"),
    "applies:none": N_("none: living cells were counted"),
    "rule:lower-volume": N_("the target reached first"),
    "rule:mnc": N_("the MNC target"),
    "rule:cd3": N_("the CD3⁺ target"),
    "disease:MDS-IB": N_("MDS with increased blasts"),
    "nyha:unknown": N_("unknown"),
    "chemotherapy:HAA": N_("HAA"),
    "chemotherapy:AA": N_("AA"),
    "chemotherapy:HA": N_("HA"),
    "chemotherapy:VA": N_("VA"),
}
"""Choices whose word depends on the question; all others are terms."""

SLIPS: Final[Mapping[str, str]] = {
    "unit_missing": N_("Choose the unit of this number."),
    "denominator_missing": N_("Say of what: of white cells, of MNC or of lymphocytes."),
    "concentration_of": N_("A concentration is not “of” anything: empty “of”, or choose % as the unit."),
    "share_diluted": N_("A percentage is not changed by dilution: empty the dilution."),
    "volume_twice": N_("Give either the volume or the weighing, not both."),
    "number_empty": N_("Write a number: digits with at most one point."),
    "number_comma": N_(
        "The comma in “{text}” can be read in two ways. Write 1234 or 1.234, without a thousands separator."
    ),
    "number_wide": N_("“{text}” cannot be read as a number. Write the digits 0 to 9 with at most one point."),
    "number_form": N_("“{text}” is not a number. Write digits with at most one point, as in 62.5."),
    "date_form": N_("“{text}” is not a date. Write year-month-day, as in 2026-11-18."),
    "moment_form": N_("Write date (2026-11-18), time (10:00) and offset from UTC (+08:00)."),
    "hla_form": N_("“{text}” is not an HLA match. Write the matching of the tested alleles, as in 9/10."),
    "text_blank": N_("There are only spaces or signs here."),
    "text_long": N_("The text is too long: at most 500 characters."),
    "weeks_incomplete": N_("Give both, from and to, in weeks."),
    "weeks_whole": N_("Write whole weeks, at most 520."),
    "weeks_order": N_("“From” is later than “to”."),
}
"""Problems in the words of the window; all others in the words of the case file."""

FIELD_NAME: Final = N_("{label}, {part}")
UNIT: Final = N_("unit")
UNIT_CHOICE: Final = N_("unit?")
NO_CHOICE: Final = "—"
CLEAR: Final = N_("Clear the answer")
DATE_HINT: Final = N_("YYYY-MM-DD")
TIME_HINT: Final = N_("hh:mm")
OFFSET_HINT: Final = N_("+hh:mm")
DATE: Final = N_("date")
TIME: Final = N_("time")
OFFSET: Final = N_("UTC")
READ: Final = N_("read")
NOT_READ: Final = N_("cannot be read")

BAG: Final = N_("Bag {number}")
BAG_FIELD: Final = N_("Bag {number}: {label}")
ADD_BAG: Final = N_("&Add bag")
REMOVE_BAG: Final = N_("Remo&ve this bag")
NO_BAG: Final = N_("No bag is entered. Add one bag for each label, in the order in which they are to be given.")

BANNER_NAME: Final = N_("Name")
BANNER_MRN: Final = N_("MRN")
BANNER_BORN: Final = N_("Born")
BANNER_AGE: Final = N_("{date} · {years} y")
BANNER_SEX: Final = N_("Sex")
BANNER_WEIGHED: Final = N_("{weight} on {date}")
BANNER_WEIGHT: Final = N_("Weight")
BANNER_DAY: Final = N_("Day")
BANNER_ARM: Final = N_("Arm")
UNREADABLE: Final = N_("unreadable")

VOLUME: Final = N_("Volume to infuse")
NO_VOLUME: Final = N_("No volume yet")
NO_VOLUME_READABLE: Final = N_("No volume: correct what cannot be read")
NOTHING: Final = N_("New case – nothing is entered yet")
NOT_RELEASED: Final = N_("NOT FOR INFUSION – stops: {count}")
TO_REVIEW: Final = N_("No stop – look at: {count}")
RELEASABLE: Final = N_("No stop – the order can be saved")
LIMITED: Final = N_("Limited by: {limiting} · rule: {rule}")
MISSING: Final = N_("For the volume is still needed:")
CORRECT: Final = N_("Cannot be read:")
ABSENT: Final = N_("{state}. {lead} {named}")
A_BAG: Final = N_("a bag")
AND_MORE: Final = N_("and {count} more")
PER_KG: Final = N_("{volume} mL per kg")

BAGS: Final = N_("From each bag")
BAG_LEFT: Final = N_("{volume} mL stay")
GIVEN: Final = N_("Given against target")
OF_TARGET: Final = N_("{given} of {target} per kg")
PERCENT: Final = N_("{percent} %")
BAR: Final = N_("{cells} given: {percent} % of the target")
ELIGIBILITY: Final = N_("Eligibility")
CRITERIA_COUNT: Final = N_("{excluded} against, {open} open, {passed} passed")
EGFR: Final = N_("eGFR {value} mL/min/1.73 m²")

FINDINGS: Final = N_("What to look at, worst first")
NO_FINDING: Final = N_("Nothing to look at.")
DECIDED: Final = N_("Decided by {by}: {reason}")
DECIDE: Final = N_("De&cide …")
WITHDRAW: Final = N_("&Withdraw decision")
DECIDE_TITLE: Final = N_("Decide a stop")
DECIDE_LEAD: Final = N_("A prescriber takes responsibility for going on. The order prints this as PROTOCOL DEVIATION.")
DECIDE_BY: Final = N_("Prescriber's name")
DECIDE_REASON: Final = N_("Reason")
DECIDE_RECORD: Final = N_("Record the decision")

MENU_FILE: Final = N_("&File")
NEW: Final = N_("&New case")
OPEN: Final = N_("&Open …")
SAVE: Final = N_("&Save case")
SAVE_AS: Final = N_("Save case &as …")
ORDER: Final = N_("Save order as &PDF …")
QUIT: Final = N_("&Quit")
MENU_EDIT: Final = N_("Edi&t")
UNDO: Final = N_("&Undo")
REDO: Final = N_("&Redo")
COPY_RESULT: Final = N_("&Copy the result as text")
MENU_LANGUAGE: Final = N_("&Language")
MENU_HELP: Final = N_("&Help")
FIELD_HELP: Final = N_("Help on this &field")
ABOUT: Final = N_("&About dlicalc")
TITLE: Final = N_("Donor lymphocyte infusion – dlicalc")
UNTITLED: Final = N_("new case")
STATUS: Final = N_("{version} · protocol {protocol}")
SAVED: Final = N_("Saved: {path}")

CASE_FILES: Final = N_("Case files (*.json)")
PDF_FILES: Final = N_("PDF files (*.pdf)")
CANCEL: Final = N_("Cancel")
CLOSE: Final = N_("Close")
BACK: Final = N_("Back to the case")
COPY: Final = N_("&Copy details")
UNSAVED: Final = N_("This case has changes that are not saved.")
UNSAVED_ASK: Final = N_("Save them, or give them up?")
SAVE_CHANGES: Final = N_("Save")
GIVE_UP: Final = N_("Give up the changes")
BLOCKED: Final = N_("The order cannot be released.")
BLOCKED_LEAD: Final = N_("These stops stand:")
DRAFT_LEAD: Final = N_("A DRAFT names them on its first page and is not for infusion.")
SAVE_DRAFT: Final = N_("Save a DRAFT …")
REFUSED: Final = N_("This was refused:")
UNREADABLE_LEAD: Final = N_("The case cannot be saved with these entries. Correct or empty:")
