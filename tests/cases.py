"""Good cases to start from, and reading or changing one field by its dotted path.

Numbers are those of worked example E1 (`tests/vectors/worked_doses.json`): 70 kg, WBC 200 x 10^9/L, MNC 75 %,
CD3 30 % of WBC, 150 mL, so 35 mL reach the CD3 target.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

AS_OF = "2026-11-18T08:00+08:00"
TARGET_MNC_PER_KG = 10**8
TARGET_CD3_PER_KG = 3 * 10**7


def full_case() -> dict[str, Any]:
    """A complete prophylactic case that may be released at `AS_OF`: day +48 after transplantation."""
    return {
        "format": "dlicalc-case/1",
        "protocol": "NCT07319793",
        "recipient": {
            "mrn": "0042177",
            "trial_subject": "S-017",
            "name": "Example Recipient",
            "birth_date": "1984-05-02",
            "sex": "female",
            "weight": {"value": "70", "unit": "kg", "measured_on": "2026-11-17"},
            "height": {"value": "165", "unit": "cm"},
            "abo_rhd": "A Pos",
            "allergies": "none known",
        },
        "donor": {"id": "D-0017", "match": "fully-matched", "abo_rhd": "A Pos"},
        "transplant": {
            "day_0": "2026-10-01",
            "disease": "AML",
            "philadelphia_positive": "no",
            "marrow_blasts_before_conditioning": {"value": "12", "unit": "%"},
            "mrd_negative_within_1_month": "yes",
            "relapse_within_30_days": "no",
            "consent": "yes",
        },
        "labs": {
            "creatinine": {"value": "78", "unit": "umol/L", "upper_limit": "104", "collected_on": "2026-11-17"},
            "alt": {"value": "35", "unit": "U/L", "upper_limit": "40", "collected_on": "2026-11-17"},
            "ast": {"value": "28", "unit": "U/L", "upper_limit": "40", "collected_on": "2026-11-17"},
            "bilirubin": {"value": "12", "unit": "umol/L", "upper_limit": "21", "collected_on": "2026-11-17"},
            "cystatin_c": None,
        },
        "organs": {
            "severe_cirrhosis": "no",
            "portal_hypertension": "no",
            "active_liver_disease": "no",
            "dialysis": "no",
            "nyha_class": "I",
            "last_cardiac_event_on": None,
            "cardiac_event_within_6_months": "no",
            "lvef": {"value": "61", "unit": "%", "method": "echo-doppler"},
            "uncontrolled_arrhythmia": "no",
            "long_term_oxygen": "no",
            "spo2": {"value": "97", "unit": "%", "on_room_air": "yes"},
        },
        "exclusions": {
            "active_uncontrolled_gvhd": "no",
            "severe_infection": "no",
            "other_trial_within_3_months": "no",
            "investigator_unsuitable": "no",
        },
        "infusion": {
            "arm": "prophylactic",
            "planned_start": "2026-11-18T10:00+08:00",
            "mrd_positive": "unknown",
            "chemotherapy": None,
            "gvhd_prophylaxis": "ciclosporin",
            "gvhd_prophylaxis_weeks": None,
            "dose_rule": {"rule": "lower-volume", "set_by": None, "reason": None},
            "filter": "170-260-um",
        },
        "decisions": [],
        "products": [
            {
                "din": "A999926000123",
                "din_check": "P",
                "product_code": "S12954A0",
                "state": "fresh",
                "collected_at": "2026-11-17T14:00+08:00",
                "counted_at": "2026-11-17T16:00+08:00",
                "expires_at": "2026-11-19T14:00+08:00",
                "abo_rhd": "A Pos",
                "volume": {"value": "150", "unit": "mL"},
                "withheld": {"value": "7", "unit": "mL"},
                "counts": {
                    "counted": "fresh",
                    "wbc": {"value": "200", "unit": "10*9/L", "multiply_by": "1"},
                    "nrbc_per_100_wbc": None,
                    "mnc": {"value": "75", "unit": "%", "of": "wbc"},
                    "cd3": {"value": "30", "unit": "%", "of": "wbc"},
                    "lymphocytes": None,
                    "viability": {"value": "98", "unit": "%", "measured": "fresh", "applies_to": []},
                    "recovery": {"mnc": None, "cd3": None, "source": None},
                    "processed_after_count": None,
                },
                "dmso": None,
                "hematocrit": {"value": "2", "unit": "%"},
            }
        ],
    }


def preemptive_case() -> dict[str, Any]:
    """A complete pre-emptive case that may be released: chemotherapy ended 60 hours before the planned start."""
    case = full_case()
    case["infusion"] |= {
        "arm": "preemptive",
        "mrd_positive": "yes",
        "chemotherapy": {"regimen": "HAA", "last_dose_at": "2026-11-15T22:00+08:00"},
    }
    return case


def every_field_case() -> dict[str, Any]:
    """A valid case in which no field is null: cryopreserved, weighed, diluted, processed, with a decision."""
    case = preemptive_case()
    case["labs"]["cystatin_c"] = {"value": "0.9", "unit": "mg/L"}
    case["organs"]["last_cardiac_event_on"] = "2020-03-01"
    case["donor"] |= {"match": "mismatched-unrelated", "relationship": "unrelated", "hla_match": "9/10"}
    case["infusion"]["gvhd_prophylaxis_weeks"] = {"from": "6", "to": "8"}
    case["infusion"]["dose_rule"] = {"rule": "cd3", "set_by": "Dr Prescriber", "reason": "CD3 governs at this site"}
    case["decisions"] = [
        {
            "code": "donor.match",
            "by": "Dr Prescriber",
            "role": "prescriber",
            "reason": "longer prophylaxis chosen",
            "at": "2026-11-18T07:30+08:00",
        }
    ]
    case["products"][0] |= {
        "state": "cryopreserved",
        "volume": {
            "gross": {"value": "231.4", "unit": "g"},
            "tare": {"value": "48.7", "unit": "g"},
            "density": {"value": "1.058", "unit": "g/mL"},
        },
        "dmso": {"value": "10", "unit": "%"},
    }
    case["products"][0]["counts"] |= {
        "counted": "pre-freeze",
        "wbc": {"value": "10", "unit": "10*9/L", "multiply_by": "20"},
        "nrbc_per_100_wbc": "6",
        "cd3": {"value": "68", "unit": "%", "of": "lymphocytes"},
        "lymphocytes": {"value": "46", "unit": "%", "of": "wbc"},
        "viability": {"value": "98", "unit": "%", "measured": "pre-freeze", "applies_to": ["mnc", "cd3"]},
        "recovery": {
            "mnc": {"value": "90", "unit": "%"},
            "cd3": {"value": "85", "unit": "%"},
            "source": "site validation",
        },
        "processed_after_count": {
            "from": {"value": "204", "unit": "mL"},
            "to": {"value": "180", "unit": "mL"},
            "recovery": {"value": "96", "unit": "%"},
        },
    }
    return case


def at(case: Any, path: str) -> Any:
    """The value at a dotted path such as `products.0.counts.cd3.of`; None where nothing is there."""
    for key in path.split("."):
        try:
            case = case[int(key)] if isinstance(case, list) else case[key]
        except (KeyError, IndexError, TypeError):
            return None
    return case


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything inside a case with its dotted path, containers before what they hold."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        inside = f"{path}.{key}".lstrip(".")
        yield inside, item
        yield from walk(item, inside)


def put(case: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Set one field in place and return the case."""
    parent, key = _parent(case, path)
    parent[key] = value
    return case


def drop(case: dict[str, Any], path: str) -> dict[str, Any]:
    """Leave one field out, in place, and return the case."""
    parent, key = _parent(case, path)
    del parent[key]
    return case


def changed(case: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A copy with fields set; `recipient__weight__value="8"` sets `recipient.weight.value`."""
    case = copy.deepcopy(case)
    for path, value in fields.items():
        put(case, path.replace("__", "."), value)
    return case


def _parent(case: dict[str, Any], path: str) -> tuple[Any, Any]:
    """The container of the last step of a dotted path, and that step as its key or index."""
    *way, last = path.split(".")
    parent: Any = case
    for key in way:
        parent = parent[int(key)] if isinstance(parent, list) else parent[key]
    return parent, int(last) if isinstance(parent, list) else last
