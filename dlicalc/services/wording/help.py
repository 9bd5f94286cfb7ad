"""Help at each entry: what is meant, where it stands, which unit, and the limits of the protocol in words.

No number of the protocol is written here; they are put in from the protocol file.
"""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

KEYS: Final = N_(
    "Enter goes on, Shift+Tab back. F4 opens the calendar of a date. A decimal comma is read as a point where it can mean nothing else, and the window says so. What you typed is never changed."
)

HELP: Final[Mapping[str, str]] = {
    "recipient.name": N_(
        "The recipient's full name as on the wristband and in the record. It stands on the order; it is never put into a file name."
    ),
    "recipient.mrn": N_("The hospital's number of the recipient, as on the wristband. Type it with its leading zeros."),
    "recipient.trial_subject": N_("The number that the trial gave the recipient, as on the enrolment form."),
    "recipient.birth_date": N_(
        "Year-month-day, as on the wristband. The age decides which kidney formula holds: CKD-EPI holds from {adult_age} years."
    ),
    "recipient.sex": N_("The sex that the kidney formulas ask for, as in the record."),
    "recipient.weight": N_(
        "The recipient's actual body weight, not the donor's and not an ideal weight. The dose is per kg of it. Choose the unit that the scales show, and give the day of weighing: after {weight_days} days somebody should weigh again."
    ),
    "recipient.height": N_(
        "Standing height. Needed under {adult_age} years for the kidney formulas for the young; choose the unit that was used."
    ),
    "recipient.abo_rhd": N_(
        "The recipient's present ABO group and RhD, from the blood bank. After a transplant it may have changed to the donor's."
    ),
    "recipient.allergies": N_(
        "Allergies as in the record, above all to DMSO, dextran or plasma. Write “none known” if that was asked and answered."
    ),
    "donor.id": N_("The donor's number as on the bag label or in the registry's papers. No name."),
    "donor.relationship": N_(
        "What the donor is to the recipient. It is printed, and held against the donor match: an unrelated donor is not haploidentical."
    ),
    "donor.hla_match": N_(
        "How many of the tested HLA alleles are alike, as in the typing report: 10/10, 9/10, or 5/10 for a haploidentical donor. It is printed, and held against the donor match."
    ),
    "donor.match": N_(
        "How donor and recipient match in HLA, from the typing report. It decides when GVHD prophylaxis may stop: {matched_first} to {matched_last} days after the infusion if fully matched, {haplo_first} to {haplo_last} days if haploidentical; for others a prescriber gives the weeks."
    ),
    "donor.abo_rhd": N_(
        "The donor's ABO group and RhD, from the donor's papers; it is compared with that of the recipient and that on the bag."
    ),
    "transplant.day_0": N_(
        "The day on which the stem cells were given; it is day 0. In the prophylactic arm the infusion is due from day +{first_day} to day +{last_day}."
    ),
    "transplant.disease": N_(
        "The disease for which the transplant was done, from the diagnosis in the record. The trial is for AML and for MDS with increased blasts (MDS-IB)."
    ),
    "transplant.philadelphia_positive": N_(
        "Whether the disease has the Philadelphia chromosome (BCR::ABL1), from cytogenetics or PCR at diagnosis. Positive is not in the trial."
    ),
    "transplant.marrow_blasts_before_conditioning": N_(
        "Share of blasts in the last marrow smear before conditioning, after salvage chemotherapy. The trial asks for more than {blasts} %."
    ),
    "transplant.mrd_negative_within_1_month": N_(
        "Whether the marrow was in remission without measurable disease within a month of the transplant, by flow cytometry or PCR."
    ),
    "transplant.relapse_within_30_days": N_(
        "Whether the disease came back that early after the transplant. Yes speaks against the infusion."
    ),
    "transplant.consent": N_(
        "Whether the recipient signed the consent to this trial, with the date in the record. Without it there is no infusion in the trial."
    ),
    "labs.creatinine": N_(
        "Serum creatinine with the unit on the report, that laboratory's upper limit in the same unit, and the day of the sample. Against the infusion: more than {creatinine} × ULN, or an eGFR below {egfr} mL/min/1.73 m². A value older than {labs_days} days should be measured again."
    ),
    "labs.alt": N_(
        "ALT with its unit and that laboratory's own upper limit. Against the infusion: more than {alt} × ULN. A value older than {labs_days} days should be measured again."
    ),
    "labs.ast": N_(
        "AST with its unit and that laboratory's own upper limit. Against the infusion: more than {ast} × ULN. A value older than {labs_days} days should be measured again."
    ),
    "labs.bilirubin": N_(
        "Total bilirubin, not direct, with its unit and that laboratory's own upper limit. Against the infusion: more than {bilirubin} × ULN. A value older than {labs_days} days should be measured again."
    ),
    "labs.cystatin_c": N_(
        "Optional: serum cystatin C in mg/L. It gives a second estimate of kidney function for information; no criterion rests on it."
    ),
    "organs.severe_cirrhosis": N_(
        "From the history, imaging or the hepatologist's report. Yes speaks against the infusion."
    ),
    "organs.portal_hypertension": N_(
        "Varices, ascites or a measured pressure, from history or imaging. Yes speaks against the infusion."
    ),
    "organs.active_liver_disease": N_(
        "Such as active hepatitis. Raised liver values alone are asked for under ALT, AST and bilirubin. Yes speaks against the infusion."
    ),
    "organs.dialysis": N_(
        "Regular haemodialysis or peritoneal dialysis. Yes speaks against the infusion, and creatinine then says nothing of kidney function."
    ),
    "organs.nyha_class": N_(
        "The heart-failure class after the New York Heart Association, in the physician's words. Class {nyha} or higher speaks against the infusion."
    ),
    "organs.cardiac_event_within_6_months": N_(
        "The record looks back {cardiac_months} months from enrolment. Yes speaks against the infusion."
    ),
    "organs.last_cardiac_event_on": N_(
        "The day of the last such event, if there ever was one; it is compared with the answer above. Leave it empty if there was none."
    ),
    "organs.lvef": N_(
        "Left ventricular ejection fraction in % and how it was measured, from the report. Below {lvef} % speaks against the infusion; the trial asks for echo or Doppler."
    ),
    "organs.uncontrolled_arrhythmia": N_(
        "A clinically important arrhythmia that treatment does not control. Yes speaks against the infusion."
    ),
    "organs.long_term_oxygen": N_(
        "Oxygen at home for COPD or another lung disease. Oxygen for a few days does not count. Yes speaks against the infusion."
    ),
    "organs.spo2": N_(
        "Oxygen saturation at rest by pulse oximeter, and whether on room air. Below {spo2} % on room air speaks against the infusion; a value under oxygen cannot be judged."
    ),
    "exclusions.active_uncontrolled_gvhd": N_(
        "Active graft-versus-host disease that is not under control in the period that the protocol names. Yes speaks against the infusion."
    ),
    "exclusions.severe_infection": N_("Severe, or not controlled by treatment. Yes speaks against the infusion."),
    "exclusions.other_trial_within_3_months": N_(
        "Part in another trial of a drug before enrolment in this one. Ask the recipient. Yes speaks against the infusion."
    ),
    "exclusions.investigator_unsuitable": N_(
        "The investigator's own judgement on anything that is not asked elsewhere. Yes speaks against the infusion."
    ),
    "infusion.arm": N_(
        "Prophylactic: without sign of disease, from day +{first_day} to day +{last_day}. Pre-emptive: MRD has turned positive, {chemo_least} to {chemo_most} hours after the last dose of chemotherapy."
    ),
    "infusion.planned_start": N_(
        "Date, time and offset from UTC at which the infusion is to begin. Days, hours and expiry are counted from it."
    ),
    "infusion.filter": N_(
        "The filter through which the cells are to run: none, the 170 to 260 micrometre screen of a standard blood set, or a microaggregate filter. Practice differs from site to site, so nothing is assumed; it is printed on the order, which stays a draft until it is chosen here or set for the site. Never a leucocyte-reduction filter: it holds back the cells."
    ),
    "infusion.mrd_positive": N_(
        "Pre-emptive arm: whether measurable disease was found, from the flow cytometry or PCR report."
    ),
    "infusion.chemotherapy.regimen": N_("Pre-emptive arm: the regimen given before the infusion."),
    "infusion.chemotherapy.last_dose_at": N_(
        "Pre-emptive arm: date and time of the last dose, from the drug chart. The infusion is due {chemo_least} to {chemo_most} hours after it."
    ),
    "infusion.gvhd_prophylaxis": N_(
        "The drug that the recipient takes against GVHD; it is printed with the days on which it may stop."
    ),
    "infusion.gvhd_prophylaxis_weeks": N_(
        "Whole weeks after the infusion between which prophylaxis may stop, set by a prescriber. Needed only where the donor is neither fully matched nor haploidentical."
    ),
    "infusion.dose_rule.rule": N_(
        "When to stop filling: at the target reached first (MNC {mnc_target} or CD3⁺ {cd3_target} per kg), or at one of them. Leave it empty for the protocol's own rule; another needs a name and a reason."
    ),
    "infusion.dose_rule.set_by": N_("The prescriber who chose another rule than the protocol's."),
    "infusion.dose_rule.reason": N_("Why another rule than the protocol's was chosen; it is printed on the order."),
    "products.din": N_(
        "The ISBT 128 donation number under the barcode at the top left of the label: 13 characters, and the boxed check character behind them. A scanner may type it."
    ),
    "products.product_code": N_("The ISBT 128 product code at the lower left of the label, such as S12954A0."),
    "products.local_id": N_("The number that your laboratory gave the bag, where there is no donation number."),
    "products.state": N_("Fresh: never frozen. Cryopreserved: was frozen, also if it is thawed now."),
    "products.abo_rhd": N_("ABO group and RhD as printed on the bag; it should be the donor's."),
    "products.collected_at": N_(
        "When the collection ended, from the label or the apheresis record. A fresh bag older than {product_hours} hours at the start should be looked at."
    ),
    "products.counted_at": N_("When the cells were counted, from the laboratory report."),
    "products.expires_at": N_(
        "The expiry on the label, with its time. After it the bag is never given; less than {infuse_hours} hours left at the start should be looked at."
    ),
    "products.volume": N_(
        "The volume in the bag in mL, from the label or the laboratory. Or leave it empty and give the weighing in the next row."
    ),
    "products.volume.gross": N_(
        "Instead of the volume: weight of the full bag, weight of an empty bag of the same kind, both in g, and the density of the product in g/mL."
    ),
    "products.withheld": N_(
        "What is not to be infused: samples kept back, and what stays in bag and line. It is taken from the volume."
    ),
    "products.counts.counted": N_(
        "When these cells were counted: in the fresh product, before freezing, or after thaw. It decides which losses are still to be applied."
    ),
    "products.counts.wbc": N_(
        "White or nucleated cells of the product with the unit on the report. If the sample was diluted, give the reading and the factor, such as 20 for 1 in 20."
    ),
    "products.counts.nrbc_per_100_wbc": N_(
        "Only where the analyser counted nucleated red cells among the white: their number per 100 white cells. The white count is corrected by it."
    ),
    "products.counts.mnc": N_(
        "Mononuclear cells (lymphocytes and monocytes), as a share of the white cells or as a concentration. Target: {mnc_target} per kg."
    ),
    "products.counts.cd3": N_(
        "CD3⁺ cells from flow cytometry. A percentage must say of what: of white cells, of MNC or of lymphocytes; look at the gate named on the report. Target: {cd3_target} per kg; {ceiling} per kg is never reached."
    ),
    "products.counts.cd3.of": N_(
        "Of which cells the CD3⁺ percentage is a share; look at the gate named on the report. The answer can double or halve the dose, so nothing is assumed."
    ),
    "products.counts.lymphocytes": N_(
        "Lymphocytes as a share of the white cells or as a concentration; needed where CD3⁺ is a share of lymphocytes."
    ),
    "products.counts.viability": N_(
        "Share of living cells in %, and when it was measured, from the laboratory report."
    ),
    "products.counts.viability.applies_to": N_(
        "Which counts still include dead cells. If the flow cytometer counted living cells only, the viability must not be applied to them again."
    ),
    "products.counts.recovery": N_(
        "Share of the pre-freeze living cells that is left after thaw, in %. Only for a count from before freezing; a count after thaw already has this loss in it."
    ),
    "products.counts.recovery.source": N_(
        "Where the recovery comes from: this bag's own thawed sample, or the laboratory's validation."
    ),
    "products.counts.processed_after_count": N_(
        "Only where the volume was changed after the count, by washing or concentrating: volume before, volume after, and the share of cells kept in %."
    ),
    "products.dmso": N_("DMSO in the bag, in % (v/v), from the freezing record. A fresh bag has none."),
    "products.hematocrit": N_(
        "Red cells in the bag in %, from the laboratory. It decides how many mL of red cells are given, which matters if the blood groups do not match."
    ),
}
"""Path of an entry, bags without their place → its help, with the names of :func:`dlicalc.services.help_text.values`."""
