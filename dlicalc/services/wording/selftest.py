"""The sentences of the self-test, its report and its dialog."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_
from dlicalc.services.wording.order import EQUATIONS

TITLE: Final = N_("Installation and operational qualification of dlicalc on this computer")
MACHINE: Final = N_("Installation")
COMPUTER: Final = N_("Computer")
SITE_LINE: Final = N_("Site")
LIBRARIES: Final = N_("Libraries")
PROGRAM_DIGEST: Final = N_("Digest of the program (of the list of its files)")
SITE_DIGEST: Final = N_("Digest of the site file")
RESULT: Final = N_("Result")
VERDICT: Final = N_("Verdict")
AGREES: Final = N_("PASSED: all files as released, all values as expected")
DIFFERS: Final = N_("FAILED: do not use this copy on this computer")
UNFINISHED: Final = N_("NOT FINISHED: it was stopped, and proves nothing")
FILES: Final = N_("Files")
FILES_CHECKED: Final = N_("{checked} checked, {damaged} not as released")
CASES: Final = N_("Reference cases")
VALUES: Final = N_("Reference values")
VALUES_COMPUTED: Final = N_("{computed} computed, {differing} differing")
DAMAGED_FILES: Final = N_("Files that are not as released")
FILE: Final = N_("File")
MATTER: Final = N_("What is the matter")
KINDS: Final[Mapping[str, str]] = {
    "changed": N_("changed"),
    "missing": N_("missing"),
    "added": N_("not part of this version"),
}
DIFFERING_VALUES: Final = N_("Values that differ")
EVERY_VALUE: Final = N_("Every reference value")
SOURCES: Final = N_("Sources of the expected values")
SOURCE: Final = N_("Source")
CASE: Final = N_("Case")
COMPUTED_VALUE: Final = N_("Computed")
FROM: Final = N_("From")
EXPECTED: Final = N_("Expected")
OBTAINED: Final = N_("Obtained")
SAME: Final = N_("Same")
TESTED_AT: Final = N_("Tested at")
PAGE: Final = N_("Page {page} of {pages}")
SIGNATURES: Final = N_("Signatures")
SIGNATURE_COLUMNS: Final = (N_("Who"), N_("Name in capitals"), N_("Date and time"), N_("Signature"))
SIGNERS: Final = (N_("Performed by"), N_("Reviewed by"))
EQUAL: Final = N_("same")

FIGURES: Final[Mapping[str, str]] = {
    "mnc_volume_ml": N_("mL for the MNC target"),
    "cd3_volume_ml": N_("mL for the CD3⁺ target"),
    "ordered_volume_ml": N_("mL to infuse"),
    "mnc_per_kg": N_("MNC per kg given"),
    "cd3_per_kg": N_("CD3⁺ per kg given"),
    "two_routes": N_("second route"),
    "failed": N_("the program failed"),
    "ckdepi2021_cr": EQUATIONS["ckd_epi_2021"],
    "ckdepi2009_cr": EQUATIONS["ckd_epi_2009"],
    "ckdepi2012_cys": EQUATIONS["ckd_epi_2012_cystatin"],
    "ckdepi2021_crcys": EQUATIONS["ckd_epi_2021_creatinine_cystatin"],
    "ckid_u25_cr": EQUATIONS["ckid_u25"],
    "schwartz2009": EQUATIONS["bedside_schwartz"],
}
"""Code of a figure → what it is; any other is a criterion."""

MENU: Final = N_("&Verify this installation…")
WINDOW_TITLE: Final = N_("Verify this installation")
LEAD: Final = N_(
    "Checks every file of the program and recomputes every reference case on this computer. The report is for the "
    "validation folder: two people sign it."
)
SITE_LINE_HELP: Final = N_("What this computer is called at your site; it is printed on the report")
LANGUAGE: Final = N_("Language of the report")
START: Final = N_("&Start")
STOP: Final = N_("S&top")
SAVE: Final = N_("Save &report…")
PROGRESS: Final = N_("Progress")
AT_FILES: Final = N_("Checking files")
AT_CASES: Final = N_("Recomputing cases")
SAVED: Final = N_("Saved as {path}")
BOTH: Final = N_("English and Chinese")
