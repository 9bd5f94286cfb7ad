"""From the case to its dose: assess the bags, choose the rule, compute, and say what is odd about the result."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from dlicalc.domain.bags import Assessed, BagContent, assess
from dlicalc.domain.case import Case
from dlicalc.domain.dose import Bag, Dose, Need, compute
from dlicalc.domain.finding import Finding, Param, Ruling, note, review, stop
from dlicalc.domain.plan import DoseRule, Rule
from dlicalc.domain.plausibility import Guard
from dlicalc.domain.product import Analyte
from dlicalc.domain.protocol import Protocol
from dlicalc.domain.quantity import times, total
from dlicalc.domain.recall import AFRESH, Recall
from dlicalc.domain.recipient import Weight
from dlicalc.domain.step import Step

_MOVES_DOSE: Final = re.compile(
    r"recipient\.weight\b|infusion\.dose_rule\b|products(\.[0-9]+(\.(volume|withheld|counts|state)\b.*)?)?$"
)
"""Paths of entries that move the ordered volume; while one of them cannot be read there is no dose."""


def moves_dose(path: str) -> bool:
    """Whether the entry at ``path``, or one inside it, has a part in the ordered volume."""
    return _MOVES_DOSE.match(path) is not None


class Dosing(NamedTuple):
    """``dose`` is ``None`` where it cannot be computed; the findings say why."""

    rule: Rule
    dose: Dose | None
    contents: list[BagContent]
    steps: list[Step]
    findings: list[Finding]


def dose_case(case: Case, protocol: Protocol, unreadable: Sequence[str], recall: Recall = AFRESH) -> Dosing:
    """The dose of ``case``; ``unreadable`` are paths of entries whose text could not be read."""
    rule, findings = _rule(case.infusion.dose_rule, protocol)
    limits = protocol.plausibility
    assessed = [recall(assess, product, place, limits, place=place) for place, product in enumerate(case.products)]
    contents = [one.content for one in assessed]
    bags, steps, bag_findings = _bags(assessed)
    findings += bag_findings
    weight = case.recipient.weight
    if weight is None:
        findings.append(stop("weight.unknown", "recipient.weight"))
    elif weight.amount == 0:
        findings.append(stop("weight.zero", "recipient.weight"))
    blocked = any(map(moves_dose, unreadable))
    if weight is None or weight.amount == 0 or not bags or blocked:
        return Dosing(rule, None, contents, steps, findings)
    need = _need(weight.exact, rule, protocol)
    dose = compute(bags, need)
    steps += _steps(dose, need, weight)
    return Dosing(rule, dose, contents, steps, findings + _findings(dose, protocol))


def _rule(chosen: DoseRule | None, protocol: Protocol) -> tuple[Rule, list[Finding]]:
    """The rule to compute with; another than the protocol's stops unless somebody stands for it by name."""
    own = protocol.dose.rule
    if chosen is None or chosen.rule is None or chosen.rule == own:
        return own, []
    finding = stop("dose.rule", "infusion.dose_rule", decidable=True, rule=chosen.rule, protocol_rule=own)
    if chosen.set_by is not None and chosen.reason is not None:
        finding = finding._replace(ruling=Ruling(chosen.set_by, "prescriber", chosen.reason, None))
    return chosen.rule, [finding]


def _bags(assessed: Sequence[Assessed]) -> tuple[list[Bag], list[Step], list[Finding]]:
    """All bags ready to be allocated; none if anything about one of them is unknown."""
    if not assessed:
        return [], [], [stop("product.none", "products")]
    bags: list[Bag] = []
    steps: list[Step] = []
    findings: list[Finding] = []
    for one in assessed:
        steps += one.steps
        findings += one.findings
        if one.bag is not None:
            bags.append(one.bag)
    return (bags if len(bags) == len(assessed) else []), steps, findings


def _need(weight_kg: Fraction, rule: Rule, protocol: Protocol) -> Need:
    targets, policy = protocol.targets, protocol.dose
    return Need(
        weight_kg, targets.mnc_per_kg.value, targets.cd3_per_kg.value, rule, policy.step_for, policy.dmso_density.value
    )


def _steps(dose: Dose, need: Need, weight: Weight) -> list[Step]:
    """The arithmetic from the targets to the delivered doses."""
    steps = []
    if weight.unit != "kg":
        steps.append(Step("dose.weight", {"entered": weight.as_entered}, need.weight_kg, "kg"))
    steps += _target_steps("mnc", need.mnc_per_kg, dose, need)
    steps += _target_steps("cd3", need.cd3_per_kg, dose, need)
    for bag in dose.bags:
        rounding: dict[str, Param] = {
            "bag": bag.product + 1, "exact": bag.exact, "step": bag.step, "limiting": dose.limiting
        }  # fmt: skip
        steps.append(Step("dose.bag-volume", rounding, bag.volume, "mL"))
    if len(dose.bags) > 1:
        steps.append(Step("dose.ordered", {"bags": len(dose.bags)}, dose.ordered_volume, "mL"))
    return (
        steps
        + _delivery_steps("mnc", dose.mnc_per_kg, dose, need)
        + _delivery_steps("cd3", dose.cd3_per_kg, dose, need)
    )


def _target_steps(analyte: Analyte, target: Fraction, dose: Dose, need: Need) -> list[Step]:
    """Cells needed, and the volume from each bag that reaches them, if the bags do."""
    cells, filling = (dose.mnc_needed, dose.mnc_filling) if analyte == "mnc" else (dose.cd3_needed, dose.cd3_filling)
    steps = [Step(f"dose.{analyte}-needed", {"target": target, "weight": need.weight_kg}, cells, "{cells}")]
    if filling is None:
        held = total(getattr(bag.cells, analyte) * (bag.volume + bag.left) for bag in dose.bags)
        return [*steps, Step(f"dose.{analyte}-held", {}, held, "{cells}")]
    missing = cells
    for bag, volume in zip(dose.bags, filling, strict=True):
        per_ml: Fraction = getattr(bag.cells, analyte)
        if volume:
            params: dict[str, Param] = {"bag": bag.product + 1, "before": missing, "whole": per_ml}
            taken = times(volume, per_ml)
            kind = "volume" if taken == missing else "whole-bag"
            steps.append(Step(f"dose.{analyte}-{kind}", params, volume, "mL"))
            missing -= taken
    return steps


def _delivery_steps(analyte: Analyte, per_kg: Fraction, dose: Dose, need: Need) -> list[Step]:
    """What the rounded volumes deliver; from several bags first the cells of each."""
    if len(dose.bags) == 1:
        [bag] = dose.bags
        params: dict[str, Param] = {
            "volume": bag.volume,
            "whole": getattr(bag.cells, analyte),
            "weight": need.weight_kg,
        }
        return [Step(f"dose.{analyte}-delivered", params, per_kg, "/kg")]
    steps = []
    for bag in dose.bags:
        per_ml: Fraction = getattr(bag.cells, analyte)
        if bag.volume:
            params = {"bag": bag.product + 1, "volume": bag.volume, "whole": per_ml}
            steps.append(Step(f"dose.{analyte}-in-bag", params, bag.volume * per_ml, "{cells}"))
    total_cells = per_kg * need.weight_kg
    params = {"before": total_cells, "weight": need.weight_kg}
    return [*steps, Step(f"dose.{analyte}-delivered-by-all", params, per_kg, "/kg")]


def _findings(dose: Dose, protocol: Protocol) -> list[Finding]:
    findings = []
    ceiling = protocol.dose.cd3_ceiling_per_kg.value
    if dose.cd3_per_kg >= ceiling:
        findings.append(stop("dose.cd3-ceiling", "infusion.dose_rule", cd3_per_kg=dose.cd3_per_kg, ceiling=ceiling))
    if dose.ordered_volume == 0:
        findings.append(stop("dose.zero", "products"))
    percents = {"mnc_percent": dose.mnc_percent, "cd3_percent": dose.cd3_percent}
    short = dose.limiting == "available-volume"
    if short:
        findings.append(review("dose.shortfall", "products", **percents))
    elif dose.limiting != "both":
        findings.append(note("dose.targets-differ", "products", limiting=dose.limiting, **percents))
    guard = Guard(protocol.plausibility)
    guard.check_computed("ordered_volume", dose.ordered_volume, "products")
    guard.check_computed("volume_per_kg", dose.ml_per_kg, "products")
    guard.check_computed("mnc_per_kg", dose.mnc_per_kg, "products")
    if not short:  # the shortfall says the same, and why
        guard.check_computed("cd3_of_target", dose.cd3_percent, "products")
        guard.check_computed("mnc_of_target", dose.mnc_percent, "products")
    if dose.dmso_g_per_kg:
        guard.check_computed("dmso_per_kg", dose.dmso_g_per_kg, "products")
    return findings + guard.findings
