"""A second reference, independent of the program: doses, criteria, dates and eGFR straight from the case JSON.

Written from the case-file contract and the trial's registry record. Each calculation is one pass over one case.
"""

from tests.oracle.dosing import dose
from tests.oracle.eligibility import criteria, eligibility
from tests.oracle.renal import egfr, renal
from tests.oracle.timing import schedule

__all__ = ["criteria", "dose", "egfr", "eligibility", "renal", "schedule"]
