"""The dose of one case in plain fractions (contract, section 4, rules 1 to 4).

Where the contract is silent: nRBC correct the WBC only; `multiply_by` may stand on any concentration; CD3 "% of mnc"
is a share of the MNC count before viability; recovery counts for cryopreserved products only; DMSO weighs 1.10 g/mL
and is nil in a fresh product unless typed.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any

from tests.cases import TARGET_CD3_PER_KG, TARGET_MNC_PER_KG

CELLS_PER_ML = {
    "10*9/L": 10**6,
    "10*6/mL": 10**6,
    "10*3/uL": 10**6,
    "/uL": 10**3,
    "10*6/L": 10**3,
    "10*7/mL": 10**7,
    "10*8/mL": 10**8,
}
KILOGRAMS = {"kg": Fraction(1), "g": Fraction(1, 1000), "[lb_av]": Fraction("0.45359237")}
DMSO_G_PER_ML = Fraction("1.10")


class Unknown(Exception):  # noqa: N818  (a state of the case, not an error)
    """A figure that the dose needs was not given."""


def dose(case: dict[str, Any]) -> dict[str, Any]:
    """Every dose figure of the contract's evaluation, under its name there, as a Fraction or None."""
    try:
        weight = case["recipient"]["weight"] or {}
        kg = _typed(weight) * KILOGRAMS[weight["unit"]]
        bags = [_bag(product) for product in case["products"]]
    except Unknown:
        return {"status": "not-computable"}

    total = sum(bag["available"] for bag in bags)
    mnc_volume = _volume_reaching(kg * TARGET_MNC_PER_KG, bags, "mnc")
    cd3_volume = _volume_reaching(kg * TARGET_CD3_PER_KG, bags, "cd3")

    rule = (case["infusion"].get("dose_rule") or {}).get("rule") or "lower-volume"
    reached = {"mnc": {"mnc": mnc_volume}, "cd3": {"cd3": cd3_volume}}.get(rule, {"mnc": mnc_volume, "cd3": cd3_volume})
    volumes = {name: volume for name, volume in reached.items() if volume is not None}
    wanted = min(volumes.values(), default=total)
    first = [name for name, volume in volumes.items() if volume == wanted]

    remaining = wanted
    for bag in bags:
        taken = min(remaining, bag["available"])
        remaining -= taken
        steps_per_ml = 10 if taken >= 10 else 100
        bag["ordered"] = Fraction(floor(taken * steps_per_ml), steps_per_ml)

    ordered = sum(bag["ordered"] for bag in bags)
    mnc_per_kg = sum(bag["ordered"] * bag["mnc"] for bag in bags) / kg
    cd3_per_kg = sum(bag["ordered"] * bag["cd3"] for bag in bags) / kg
    dmso_ml = _mixture(bags, "dmso")
    return {
        "status": "computed",
        "contradictory": any(bag["contradictory"] for bag in bags),
        "rule": rule,
        "mnc_volume_ml": mnc_volume,
        "cd3_volume_ml": cd3_volume,
        "ordered_volume_ml": ordered,
        "limiting": "both" if len(first) == 2 else first[0] if first else "available-volume",
        "mnc_per_kg": mnc_per_kg,
        "cd3_per_kg": cd3_per_kg,
        "mnc_percent_of_target": 100 * mnc_per_kg / TARGET_MNC_PER_KG,
        "cd3_percent_of_target": 100 * cd3_per_kg / TARGET_CD3_PER_KG,
        "ml_per_kg": ordered / kg,
        "dmso_g_per_kg": None if dmso_ml is None else dmso_ml * DMSO_G_PER_ML / kg,
        "red_cells_ml": _mixture(bags, "hematocrit"),
        "bags": [
            {
                "mnc_per_ml": bag["mnc"],
                "cd3_per_ml": bag["cd3"],
                "volume_ml": bag["ordered"],
                "left_ml": bag["available"] - bag["ordered"],
            }
            for bag in bags
        ],
    }


def _bag(product: dict[str, Any]) -> dict[str, Any]:
    """Available volume, cells per mL, DMSO and red cell share of one bag, and whether its counts contradict."""
    volume = product["volume"] or {}
    if "gross" in volume:
        volume_ml = (_typed(volume["gross"]) - _typed(volume["tare"])) / _typed(volume["density"])
    else:
        volume_ml = _typed(volume)
    available = volume_ml - _typed(product.get("withheld"), absent=Fraction(0))

    counts = product["counts"]
    wbc = None
    if (counts.get("wbc") or {}).get("value"):
        nrbc = _typed(counts.get("nrbc_per_100_wbc"), absent=Fraction(0))
        wbc = _per_ml(counts["wbc"]) * 100 / (100 + nrbc)

    mnc_count = _typed(counts["mnc"])
    mnc_count = _known(wbc) * mnc_count / 100 if counts["mnc"]["unit"] == "%" else _per_ml(counts["mnc"])

    cd3_count = _typed(counts["cd3"])
    if counts["cd3"]["unit"] != "%":
        cd3_count = _per_ml(counts["cd3"])
    elif counts["cd3"]["of"] == "wbc":
        cd3_count = _known(wbc) * cd3_count / 100
    elif counts["cd3"]["of"] == "mnc":
        cd3_count = mnc_count * cd3_count / 100
    else:
        cd3_count = _known(wbc) * _typed(counts["lymphocytes"]) / 100 * cd3_count / 100

    mnc, cd3 = mnc_count, cd3_count
    viability = counts.get("viability")
    if viability:
        alive = _typed(viability) / 100
        mnc *= alive if "mnc" in viability["applies_to"] else 1
        cd3 *= alive if "cd3" in viability["applies_to"] else 1

    recovery = counts.get("recovery")
    if recovery and product["state"] == "cryopreserved":
        mnc *= _typed(recovery.get("mnc"), absent=Fraction(100)) / 100
        cd3 *= _typed(recovery.get("cd3"), absent=Fraction(100)) / 100

    processed = counts.get("processed_after_count")
    if processed:
        factor = _typed(processed["from"]) / _typed(processed["to"]) * _typed(processed["recovery"]) / 100
        mnc *= factor
        cd3 *= factor

    dmso = product.get("dmso")
    hematocrit = product.get("hematocrit")
    return {
        "available": available,
        "mnc": mnc,
        "cd3": cd3,
        "contradictory": cd3 > mnc or (wbc is not None and mnc_count > wbc),
        "dmso": _typed(dmso) / 100 if dmso else None if product["state"] == "cryopreserved" else Fraction(0),
        "hematocrit": _typed(hematocrit) / 100 if hematocrit else None,
    }


def _volume_reaching(cells: Fraction, bags: list[dict[str, Any]], name: str) -> Fraction | None:
    """The volume, bag after bag, that holds so many cells; None if all of them together do not."""
    volume = Fraction(0)
    for bag in bags:
        in_bag = bag["available"] * bag[name]
        if in_bag >= cells:
            return volume + cells / bag[name]
        cells -= in_bag
        volume += bag["available"]
    return None


def _mixture(bags: list[dict[str, Any]], part: str) -> Fraction | None:
    """The mL of one part in the ordered volume; None if a bag that is used does not say."""
    used = [bag for bag in bags if bag["ordered"]]
    if any(bag[part] is None for bag in used):
        return None
    return sum((bag["ordered"] * bag[part] for bag in used), start=Fraction(0))


def _per_ml(concentration: dict[str, Any]) -> Fraction:
    """Cells per mL in the undiluted bag."""
    multiplied = _typed(concentration) * _typed(concentration.get("multiply_by"), absent=Fraction(1))
    return multiplied * CELLS_PER_ML[concentration["unit"]]


def _known(figure: Fraction | None) -> Fraction:
    """A figure on which another one is a share."""
    if figure is None:
        raise Unknown
    return figure


def _typed(quantity: dict[str, Any] | str | None, absent: Fraction | None = None) -> Fraction:
    """The number as typed, from a quantity or a bare string; `absent`, or Unknown, where nothing was given."""
    text = quantity.get("value") if isinstance(quantity, dict) else quantity
    if text is not None:
        return Fraction(text)
    if absent is None:
        raise Unknown
    return absent
