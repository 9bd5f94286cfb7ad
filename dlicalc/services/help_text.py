"""The help at an entry, with the numbers of the protocol in it."""

from collections.abc import Mapping

from dlicalc.domain.protocol import Protocol
from dlicalc.services.numbers import power_of_ten, shown
from dlicalc.services.wording import Words
from dlicalc.services.wording.help import HELP


def help_text(path: str, words: Words, protocol: Protocol) -> str:
    """The help at ``path`` (bags without their place)."""
    return words.translate(HELP[path]).format_map(values(protocol))


def values(protocol: Protocol) -> Mapping[str, str]:
    """Every number of the protocol that a help text may name."""
    windows, freshness, criteria = protocol.windows, protocol.freshness, protocol.criteria
    fine, coarse = protocol.dose.steps[0], protocol.dose.steps[-1]
    matched, haploidentical = (protocol.gvhd_prophylaxis[match] for match in ("fully-matched", "haploidentical"))
    return {
        "adult_age": str(protocol.renal.adult_age),
        "weight_days": str(freshness.weight_days),
        "labs_days": str(freshness.labs_days),
        "product_hours": str(freshness.fresh_product_hours),
        "infuse_hours": str(freshness.hours_to_infuse),
        "first_day": str(windows.prophylactic.first_day),
        "last_day": str(windows.prophylactic.last_day),
        "chemo_least": shown(windows.chemotherapy.at_least_hours),
        "chemo_most": shown(windows.chemotherapy.at_most_hours),
        "cardiac_months": str(windows.cardiac_event.months),
        "matched_first": str(matched.first_day),
        "matched_last": str(matched.last_day),
        "haplo_first": str(haploidentical.first_day),
        "haplo_last": str(haploidentical.last_day),
        "mnc_target": power_of_ten(protocol.targets.mnc_per_kg.value),
        "cd3_target": power_of_ten(protocol.targets.cd3_per_kg.value),
        "ceiling": power_of_ten(protocol.dose.cd3_ceiling_per_kg.value),
        "fine_step": shown(fine.step_ml),
        "coarse_step": shown(coarse.step_ml),
        "coarse_from": shown(coarse.from_ml),
        "blasts": criteria["inclusion.refractory"].limit,
        "creatinine": criteria["renal.creatinine"].limit,
        "egfr": criteria["renal.egfr"].limit,
        "alt": criteria["hepatic.alt"].limit,
        "ast": criteria["hepatic.ast"].limit,
        "bilirubin": criteria["hepatic.bilirubin"].limit,
        "nyha": criteria["cardiac.nyha"].limit,
        "lvef": criteria["cardiac.lvef"].limit,
        "spo2": criteria["respiratory.spo2"].limit,
    }
