"""What is said of an order printed again from the records: that it is the same, or in what today's program differs."""

from collections.abc import Mapping
from typing import Final

from dlicalc.services.wording.marking import N_

HEADING: Final = N_("Printed again {again}. Original: {original}")
SAME: Final = N_("Computed again with today's program: every number and every verdict is the same.")
MADE_BY: Final = N_("The original was made by {software}, protocol {protocol}; today: {today}, protocol {now}.")
GIVEN: Final = N_("Recorded as given {given}: not to be given again by this paper.")
SITE_NOT_KEPT: Final = N_(
    "The words of the original were not kept: how the cells are given stands here as the site sets it today."
)
DIFFERS: Final = N_("WARNING: today's program does not compute this order as it was printed")
IS_ORIGINAL: Final = N_(
    "This is the order as it was printed {original} by {software}, protocol {protocol}; no number on it was computed anew."
)
MORE: Final = N_("{count} more differences are listed in the basis.")
TABLE: Final = N_("What today's program computes differently")
COLUMNS: Final = (N_("What"), N_("As printed"), N_("Today"))
LINE: Final = "{what}: {before} → {after}"
NOTHING: Final = N_("nothing")

PARTS: Final[Mapping[str, str]] = {
    "releasable": N_("Order without a stop"),
    "dose.status": N_("Dose computed"),
    "dose.rule": N_("Dose rule"),
    "dose.mnc_volume_ml": N_("Volume for the MNC target, mL"),
    "dose.cd3_volume_ml": N_("Volume for the CD3⁺ target, mL"),
    "dose.ordered_volume_ml": N_("Volume to give, mL"),
    "dose.limiting": N_("Limiting target"),
    "dose.mnc_per_kg": N_("MNC per kg"),
    "dose.cd3_per_kg": N_("CD3⁺ per kg"),
    "dose.mnc_percent_of_target": N_("MNC, % of target"),
    "dose.cd3_percent_of_target": N_("CD3⁺, % of target"),
    "dose.ml_per_kg": N_("mL per kg"),
    "dose.dmso_g_per_kg": N_("DMSO, g per kg"),
    "dose.red_cells_ml": N_("Red cells, mL"),
    "bag.product": N_("Bag {number}: place"),
    "bag.mnc_per_ml": N_("Bag {number}: MNC per mL"),
    "bag.cd3_per_ml": N_("Bag {number}: CD3⁺ per mL"),
    "bag.volume_ml": N_("Bag {number}: volume to give, mL"),
    "bag.left_ml": N_("Bag {number}: remainder, mL"),
    "step.result": N_("Step {number} of the arithmetic"),
    "step.unit": N_("Step {number} of the arithmetic: unit"),
    "eligibility.status": N_("Eligibility"),
    "criterion.status": N_("{criterion}: verdict"),
    "criterion.value": N_("{criterion}: value"),
    "criterion.limit": N_("{criterion}: limit"),
    "criterion.rule": N_("{criterion}: comparison"),
    "criterion.unit": N_("{criterion}: unit"),
    "renal.creatinine_mg_dl": N_("Creatinine, mg/dL"),
    "renal.ckd_epi_2021": "CKD-EPI 2021",
    "renal.ckd_epi_2009": "CKD-EPI 2009",
    "renal.ckid_u25": "CKiD U25",
    "renal.bedside_schwartz": "Bedside Schwartz",
    "renal.ckd_epi_2012_cystatin": "CKD-EPI 2012 (cystatin C)",
    "renal.ckd_epi_2021_creatinine_cystatin": "CKD-EPI 2021 (creatinine, cystatin C)",
    "schedule.day": N_("Day after transplant"),
    "schedule.window": N_("Window of the trial"),
    "schedule.chemotherapy_interval_hours": N_("Hours since chemotherapy"),
    "schedule.gvhd_prophylaxis_stop_from": N_("End of GVHD prophylaxis, from"),
    "schedule.gvhd_prophylaxis_stop_to": N_("End of GVHD prophylaxis, to"),
    "finding.message": N_("Finding"),
    "finding.severity": N_("Weight of the finding “{finding}”"),
    "finding.decided_by": N_("Decision on the finding “{finding}”"),
    "giving": N_("How the cells are given: {label}"),
    "other": N_("Evaluation: {label}"),
}  # fmt: skip
"""Part of an evaluation → what people call it."""

EMPTY: Final[Mapping[str, str]] = {"true": N_("yes"), "false": N_("no")}
