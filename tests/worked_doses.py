"""The seventeen worked doses of `tests/vectors/worked_doses.json` as cases.

The file describes its inputs in prose; here they are typed as a person would type them into the calculator.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cases import full_case, put
from tests.oracle.random_cases import check_character

Quantity = dict[str, Any]
VECTORS = Path(__file__).parent / "vectors"
WORKED: dict[str, dict[str, Any]] = {
    row["id"]: row for row in json.loads((VECTORS / "worked_doses.json").read_text(encoding="utf-8"))
}


def ml(value: str) -> Quantity:
    """A volume."""
    return {"value": value, "unit": "mL"}


def grams(value: str) -> Quantity:
    """A mass."""
    return {"value": value, "unit": "g"}


def percent(value: str, of: str | None = None) -> Quantity:
    """A percentage, of the stated population where there is one."""
    return {"value": value, "unit": "%"} | ({"of": of} if of else {})


def per_volume(value: str, unit: str = "10*9/L", multiply_by: str | None = None) -> Quantity:
    """A concentration as read."""
    return {"value": value, "unit": unit} | ({"multiply_by": multiply_by} if multiply_by else {})


def bag(wbc: str | Quantity, mnc: str | Quantity, cd3: str | Quantity, volume: str | Quantity, **more: Any) -> Quantity:
    """A fresh bag; bare numbers are WBC in 10^9/L, MNC and CD3+ in % of WBC, and mL."""
    counts = {
        "counted": "fresh",
        "wbc": per_volume(wbc) if isinstance(wbc, str) else wbc,
        "mnc": percent(mnc, "wbc") if isinstance(mnc, str) else mnc,
        "cd3": percent(cd3, "wbc") if isinstance(cd3, str) else cd3,
    }
    return {
        "product_code": "S12954A0",
        "state": "fresh",
        "collected_at": "2026-11-17T14:00+08:00",
        "counted_at": "2026-11-17T16:00+08:00",
        "expires_at": "2026-11-19T14:00+08:00",
        "abo_rhd": "A Pos",
        "volume": ml(volume) if isinstance(volume, str) else volume,
        "counts": counts | more.pop("counts", {}),
        "hematocrit": percent("2"),
    } | more


def recipient_of(kilograms: str, *bags: Quantity) -> dict[str, Any]:
    """The good case with another weight and other bags."""
    case = put(full_case(), "recipient.weight.value", kilograms)
    dins = [f"A999926{123 + number:06}" for number in range(len(bags))]
    case["products"] = [
        {"din": din, "din_check": check_character(din)} | product for din, product in zip(dins, bags, strict=True)
    ]
    return case


FROZEN = {"state": "cryopreserved", "dmso": percent("10")}
POST_THAW_72 = {
    "counted": "pre-freeze",
    "viability": percent("72") | {"measured": "post-thaw", "applies_to": ["mnc", "cd3"]},
}
RECOVERY_85 = {"counted": "pre-freeze", "recovery": {"mnc": "85", "cd3": "85", "source": "planned"}}
PLASMA_REDUCED = {"processed_after_count": {"from": ml("204"), "to": ml("80"), "recovery": percent("96")}}
WEIGHED = {"gross": grams("231.4"), "tare": grams("48.7"), "density": {"value": "1.058", "unit": "g/mL"}}

CASES: dict[str, dict[str, Any]] = {
    "E1": recipient_of("70", bag("200", "75", "30", "150")),
    "E2": recipient_of("60", bag("180", "80", "24", "120")),
    "E3": recipient_of("55", bag("250", "88", "16", "100")),
    "E4": recipient_of("68", bag("95", "92", "58", "160")),
    "E5": recipient_of(
        "63.5", bag(per_volume("9.82", "10*3/uL", "20"), "71.5", per_volume("2450", "/uL", "20"), "180")
    ),
    "E6": recipient_of("82", bag("88", "64", "22", "95")),
    "E7": recipient_of("74", bag("165", "78", "31", "35"), bag("110", "70", "27", "85")),
    "E8": recipient_of("8", bag("220", "74", "33", "60")),
    "E9": recipient_of("140", bag("210", "76", "28", "118")),
    "E10": recipient_of("71", bag(per_volume("85", "10*6/mL"), "82", "41", "100", counts=POST_THAW_72, **FROZEN)),
    "E11": recipient_of("66", bag("174.5", "69.8", "25.4", WEIGHED, withheld=ml("7"))),
    # E12 names no MNC: 90 x 10^6/mL stands in, which leaves the CD3+ volume as it is.
    "E12": recipient_of(
        "58",
        bag("100", per_volume("90", "10*6/mL"), per_volume("36.0", "10*6/mL"), "120", counts=RECOVERY_85, **FROZEN),
    ),
    "E13": recipient_of(
        "64",
        bag(
            "192",
            "70",
            percent("68", "lymphocytes"),
            "140",
            counts={"nrbc_per_100_wbc": "6", "lymphocytes": percent("46", "wbc")},
        ),
    ),
    "E14": recipient_of("47.2", bag("160", "77", "29", "80", counts=PLASMA_REDUCED)),
    "E15": recipient_of("61.6", bag("160", per_volume("120", "10*6/mL"), per_volume("50", "10*6/mL"), "120")),
    "E17": recipient_of("70", bag("150", "28", "45", "150")),
}

# E16: what E1 becomes by a slip of a power of ten, in a bag large enough to show it.
SLIPS: dict[str, dict[str, Any]] = {
    "WBC typed 200000 (cells/uL) in x10^9/L box": recipient_of("70", bag("200000", "75", "30", "4000")),
    "WBC typed 2 (x10^8/mL) in x10^9/L box": recipient_of("70", bag("2", "75", "30", "4000")),
    "dilution 1:10 forgotten (analyser 20)": recipient_of("70", bag("20", "75", "30", "4000")),
    "dilution applied twice (2000)": recipient_of("70", bag("2000", "75", "30", "4000")),
    "CD3 30 % typed as 0.30 in a % box": recipient_of("70", bag("200", "75", "0.30", "4000")),
    "weight in lb (154.32) in kg box": recipient_of("154.32", bag("200", "75", "30", "4000")),
}
TARGET_SLIP = "target 3e8 instead of 3e7"
