"""The sentences of the self-test."""

from typing import Final

from dlicalc.services.wording.marking import N_

TITLE: Final = N_("Self-test of this copy on this computer")
MACHINE: Final = N_("Program and computer")
RESULT: Final = N_("Result")
VERDICT: Final = N_("Verdict")
AGREES: Final = N_("all agree")
DIFFERS: Final = N_("NOT AS RELEASED: do not use this copy")
FILES: Final = N_("Files")
FILES_CHECKED: Final = N_("{checked} checked, {damaged} damaged")
VALUES: Final = N_("Reference values")
VALUES_COMPUTED: Final = N_("{computed} computed, {differing} differing")
DAMAGED_FILES: Final = N_("Missing or changed files")
FILE: Final = N_("File")
EVERY_VALUE: Final = N_("Every reference value")
CASE: Final = N_("Case")
EXPECTED: Final = N_("Expected")
OBTAINED: Final = N_("Obtained")
SAME: Final = N_("Same")
TESTED_AT: Final = N_("Tested at")
PAGE: Final = N_("Page {page} of {pages}")
