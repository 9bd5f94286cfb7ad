"""What the eligibility page says beside each criterion, and why some stops nobody can decide."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

MEASURE: Final = N_("{value}; {limit}")
NEEDED_FIRST: Final = N_("needed: {needed}; {limit}")
NAMED: Final = N_("{criterion}: {text}")
CHILD: Final = N_("not judged by the protocol's equation under {age} years; {limit}")
LIMITS: Final[Mapping[str, str]] = {
    "=": N_("excluded if {limit}"),
    ">": N_("excluded above {limit}"),
    "<": N_("excluded below {limit}"),
    ">=": N_("excluded from {limit} upwards"),
    "<=": N_("excluded at {limit} or less"),
}
"""Rule of a criterion → when it speaks against the infusion."""

MONTH: Final = N_("1 month")
MONTHS: Final = N_("{count} months")
DAY: Final = N_("1 day")
DAYS: Final = N_("{count} days")

SAMPLE_BEFORE_INFUSION: Final = N_("sample {span} before the infusion")
SAMPLE_ON_DAY: Final = N_("sample of the day of the infusion")
SAMPLE_BEFORE_TODAY: Final = N_("sample {span} before today")
SAMPLE_TODAY: Final = N_("sample of today")

LOOK_BACK_LIMIT: Final = N_("excluded if yes, or on {earliest} or later")
LOOK_BACK: Final = N_("look-back {span} from {day}")
EVENT_BEFORE: Final = N_("{span} before {day}, look-back {months}")
EVENT_ON: Final = N_("on {day}, look-back {months}")
EVENT_AFTER: Final = N_("after {day}, look-back {months}")

AGE: Final = N_("On the day of the sample: {age} years, {sex}")
ESTIMATE: Final = N_("{equation}: {estimate} ({use})")
ADVICE: Final = N_("advice")

DECIDED_COUNT: Final = N_("of these decided: {count}")
FILTER: Final = N_("&Show only what is open or against")
ALL_PASSED: Final = N_("No criterion is open or against.")
OTHER: Final = N_("Other stops of this case")
DECIDE: Final = N_("Decide …")
WITHDRAW: Final = N_("Withdraw")

NOBODY: Final[Mapping[str, str]] = {
    "unreadable": N_("What stands here cannot be read. Nobody can decide that: correct or empty the entry."),
    "identity": N_("The wrong bag or the wrong person may be meant. Nobody can decide that: correct or complete the entry."),
    "plan": N_("Expiry and windows are checked against it. Nobody can decide that: complete the entry."),
    "safety": N_("It protects the recipient. Nobody can decide that: another bag, time or amount removes it, or a corrected entry."),
    "physics": N_("A number is missing, or numbers cannot be true together. Nobody can decide that: correct or complete the entry."),
}  # fmt: skip
"""Kind of a stop → why no prescriber can set it aside, and what removes it."""

RECORD: Final = (
    N_("Known severe cirrhosis, portal hypertension, or active liver disease"),
    N_(
        "laboratory-confirmed alanine aminotransferase (ALT) or aspartate aminotransferase (AST) > 3.0 × the upper limit of normal (ULN)"
    ),
    N_("total bilirubin (TBIL) > 1.5 × ULN"),
    N_(
        "Estimated glomerular filtration rate (eGFR) < 60 mL/min/1.73m² (calculated using the Chronic Kidney Disease Epidemiology Collaboration (CKD-EPI) equation)"
    ),
    N_("serum creatinine > 1.5 × ULN"),
    N_("requirement for regular hemodialysis or peritoneal dialysis"),
    N_("New York Heart Association (NYHA) functional class III or IV"),
    N_(
        "unstable angina, acute myocardial infarction, coronary artery bypass grafting (CABG), or percutaneous coronary intervention (PCI) within 6 months prior to enrollment"
    ),
    N_("left ventricular ejection fraction (LVEF) < 50% (confirmed by echocardiography or other Doppler examination)"),
    N_("clinically significant, uncontrolled arrhythmia"),
    N_("Chronic obstructive pulmonary disease (COPD) or other pulmonary disease requiring long-term oxygen therapy"),
    N_("resting oxygen saturation (SpO₂) < 92% on room air"),
    N_("Active graft-versus-host disease (GVHD) not under control between 30 and 60 days post-transplantation"),
    N_("Presence of severe or uncontrolled infections"),
    N_("Early mortality or relapse within 30 days post-transplantation"),
    N_("Participation in another investigational drug trial within the 3 months prior to enrollment"),
    N_("Any other condition deemed by the investigator to make the patient unsuitable for the study"),
    N_(
        "allogeneic hematopoietic stem cell transplantation (allo-HSCT) for myeloid neoplasms (MN) … MN included acute myeloid leukemia (AML) and myelodysplastic syndrome with increased blasts (MDS-IB)"
    ),
    N_("excluding Philadelphia chromosome-positive (Ph+) disease"),
    N_(
        "refractory or relapsed disease at the time of transplantation, defined as >5% blasts in the bone marrow after salvage chemotherapy and prior to the transplant conditioning regimen"
    ),
    N_("minimal residual disease (MRD)-negative remission within 1 month post-transplantation"),
    N_("All participants provided voluntary written informed consent"),
)
"""The criteria as the protocol file words them, marked for the catalogue; what is shown comes from that file."""
