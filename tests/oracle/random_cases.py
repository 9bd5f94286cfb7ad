"""Random valid cases over the whole input space, many of them with values exactly on a limit.

`case(rng)` returns a case that can be computed, apart from a few on purpose: about one in a hundred claims more CD3+
than MNC, one in fifty leaves a figure out that the dose needs.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

AS_OF = "2026-11-18T08:00+08:00"
TODAY = date(2026, 11, 18)

# How far the decimal point of 10^6 cells/mL moves in each unit.
WBC_UNIT_SHIFT = {"10*9/L": 0, "10*6/mL": 0, "10*3/uL": 0, "/uL": -3, "10*6/L": -3, "10*7/mL": 1, "10*8/mL": 2}
WBC_UNITS = tuple(WBC_UNIT_SHIFT)
DILUTIONS = (None, None, None, "1", "2", "5", "10", "20", "50")
ROUND_VOLUMES = ("5", "8", "10", "12.5", "16", "20", "25", "40", "9.995", "10.005")
OFFSETS = ("+08:00",) * 6 + ("+00:00", "-05:00", "+05:45")
LIMIT_DAYS = (44, 45, 46, 59, 60, 61)
LIMIT_MINUTES = (47 * 60 + 59, 48 * 60, 60 * 60, 72 * 60, 72 * 60 + 1)
UPPER_LIMITS = {
    ("creatinine", "umol/L"): ("104", "97.5", "84", "73.3"),
    ("creatinine", "mg/dL"): ("1.2", "0.7", "1.1", "0.95"),
    ("alt", "U/L"): ("40", "41.3", "50", "33"),
    ("alt", "ukat/L"): ("0.7", "0.68", "0.55", "0.83"),
    ("bilirubin", "umol/L"): ("21", "17.1", "20.5", "22.2"),
    ("bilirubin", "mg/dL"): ("1.2", "0.7", "1.05", "1.3"),
}
DIN_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"


def case(rng: Random) -> dict[str, Any]:
    """One random case."""
    start = TODAY + timedelta(rng.randint(-3, 14))
    collected = start - timedelta(rng.randint(0, 5))
    birth = _birth_date(rng, collected)
    years = (collected - birth).days // 365
    kilograms = Decimal(rng.randint(*_by_age(years, (30, 70), (100, 450), (400, 1400)))).scaleb(-1)
    arm = "prophylactic" if _chance(rng, 0.6) else "preemptive"
    random_case: dict[str, Any] = {
        "format": "dlicalc-case/1",
        "protocol": "NCT07319793",
        "recipient": {
            "mrn": "0042177",
            "trial_subject": "S-017",
            "name": "Example Recipient",
            "birth_date": birth.isoformat() if _chance(rng, 0.98) else None,
            "sex": rng.choice(("female", "male")) if _chance(rng, 0.99) else None,
            "weight": _weight(rng, kilograms, start),
            "height": _height(rng, years),
            "abo_rhd": "A Pos",
        },
        "donor": _donor(rng),
        "transplant": _transplant(rng, start),
        "labs": _labs(rng, collected.isoformat()),
        "organs": _organs(rng, min(TODAY, start)),
        "exclusions": {
            "active_uncontrolled_gvhd": _answer(rng),
            "severe_infection": _answer(rng),
            "other_trial_within_3_months": _answer(rng),
            "investigator_unsuitable": _answer(rng),
        },
        "infusion": _infusion(rng, arm, start),
        "decisions": [],
        "products": _products(rng, kilograms),
    }
    if random_case["donor"]["match"] not in ("fully-matched", "haploidentical") and _chance(rng, 0.5):
        random_case["infusion"]["gvhd_prophylaxis_weeks"] = {"from": "6", "to": rng.choice(("6", "8", "10"))}
    if len(random_case["products"]) == 1 and _chance(rng, 0.02):
        _forget_a_figure(rng, random_case)
    return random_case


def fixed(units: int, places: int) -> str:
    """An integer number of 10^-places as plain decimal text: fixed(625, 1) is "62.5"."""
    if places <= 0:
        return str(units * 10**-places)
    digits = str(units).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def check_character(din: str) -> str:
    """The ISO 7064 mod 37-2 check character of a donation identification number."""
    total = 0
    for character in din:
        total = (total + DIN_CHARACTERS.index(character)) * 2 % 37
    return DIN_CHARACTERS[(38 - total) % 37]


def _chance(rng: Random, probability: float) -> bool:
    return rng.random() < probability


def _by_age(years: int, infant: tuple[int, int], child: tuple[int, int], grown: tuple[int, int]) -> tuple[int, int]:
    return infant if years < 2 else child if years < 12 else grown


def _answer(rng: Random, usual: str = "no") -> str | None:
    """Mostly the answer that lets the patient in."""
    if _chance(rng, 0.96):
        return usual
    return rng.choice(("yes", "no", "unknown", None))


def _around(rng: Random, limit: Decimal) -> str:
    """A number exactly on a limit, or one unit of a small place off it."""
    step = Decimal(1).scaleb(-rng.randint(1, 6))
    return f"{max(limit + rng.choice((0, 0, 1, -1)) * step, Decimal(0)):f}"


def _birth_date(rng: Random, collected: date) -> date:
    """Ages 0 to 90 on the day of the creatinine; one in six turns 18 on that day or the day beside it."""
    if _chance(rng, 0.17):
        return collected.replace(year=collected.year - 18) + timedelta(rng.choice((-1, 0, 1)))
    return collected - timedelta(rng.randint(200, 90 * 365))


def _weight(rng: Random, kilograms: Decimal, start: date) -> dict[str, Any]:
    unit = rng.choice(("kg", "kg", "kg", "g", "[lb_av]"))
    if unit == "g":
        value = f"{kilograms * 1000:f}"
    elif unit == "kg":
        value = f"{kilograms:f}"
    else:
        value = fixed(int(kilograms * Decimal("220.46")), 2)
    return {
        "value": value + "." if "." not in value and _chance(rng, 0.05) else value,
        "unit": unit,
        "measured_on": (start - timedelta(rng.randint(0, 10))).isoformat(),
    }


def _height(rng: Random, years: int) -> dict[str, str] | None:
    millimetres = rng.randint(*_by_age(years, (600, 900), (850, 1400), (1400, 2000)))
    unit = rng.choice(("cm", "m", "[in_i]"))
    if _chance(rng, 0.1):
        return None
    value = {"cm": fixed(millimetres, 1), "m": fixed(millimetres, 3), "[in_i]": fixed(millimetres * 100 // 254, 1)}
    return {"value": value[unit], "unit": unit}


def _donor(rng: Random) -> dict[str, Any]:
    match = rng.choice(("fully-matched", "haploidentical", "fully-matched", "mismatched-unrelated", "other", None))
    return {"id": "D-0017", "match": match, "abo_rhd": "A Pos"}


def _transplant(rng: Random, start: date) -> dict[str, Any]:
    day = rng.choice(LIMIT_DAYS) if _chance(rng, 0.6) else rng.randint(30, 120)
    blasts = _around(rng, Decimal(5)) if _chance(rng, 0.5) else str(rng.randint(0, 100))
    return {
        "day_0": (start - timedelta(day)).isoformat() if _chance(rng, 0.98) else None,
        "disease": rng.choice(("AML", "AML", "MDS-IB", "MDS-IB", "other", None)),
        "philadelphia_positive": _answer(rng),
        "marrow_blasts_before_conditioning": {"value": blasts, "unit": "%"} if _chance(rng, 0.96) else None,
        "mrd_negative_within_1_month": _answer(rng, "yes"),
        "relapse_within_30_days": _answer(rng),
        "consent": _answer(rng, "yes"),
    }


def _labs(rng: Random, collected_on: str) -> dict[str, Any]:
    labs: dict[str, Any] = {
        "creatinine": _lab(rng, "creatinine", rng.choice(("umol/L", "mg/dL")), "1.5"),
        "alt": _lab(rng, "alt", rng.choice(("U/L", "ukat/L")), "3"),
        "ast": _lab(rng, "alt", rng.choice(("U/L", "ukat/L")), "3"),
        "bilirubin": _lab(rng, "bilirubin", rng.choice(("umol/L", "mg/dL")), "1.5"),
        "cystatin_c": {"value": "0.9", "unit": "mg/L"} if _chance(rng, 0.1) else None,
    }
    if labs["creatinine"] and _chance(rng, 0.97):
        labs["creatinine"]["collected_on"] = collected_on
    if labs["alt"]:
        labs["alt"]["collected_on"] = collected_on
    return labs


def _lab(rng: Random, name: str, unit: str, times: str) -> dict[str, Any] | None:
    """A value around its limit, or anywhere from a quarter to twice the upper limit of normal."""
    if _chance(rng, 0.03):
        return None
    upper_limit = rng.choice(UPPER_LIMITS[name, unit])
    if _chance(rng, 0.4):
        value = _around(rng, Decimal(times) * Decimal(upper_limit))
    else:
        value = f"{Decimal(upper_limit) * rng.randint(25, 200) / 100:f}"
    return {"value": value, "unit": unit, "upper_limit": upper_limit if _chance(rng, 0.98) else None}


def _organs(rng: Random, until: date) -> dict[str, Any]:
    lvef = _around(rng, Decimal(50)) if _chance(rng, 0.5) else str(rng.randint(30, 75))
    spo2 = _around(rng, Decimal(92)) if _chance(rng, 0.5) else str(rng.randint(85, 100))
    return {
        "severe_cirrhosis": _answer(rng),
        "portal_hypertension": _answer(rng),
        "active_liver_disease": _answer(rng),
        "dialysis": _answer(rng),
        "nyha_class": rng.choice(("I", "I", "I", "II", "II", "III", "IV", None)),
        "last_cardiac_event_on": _cardiac_event(rng, until),
        "cardiac_event_within_6_months": rng.choice(("no",) * 9 + ("yes", "unknown", None)),
        "lvef": {"value": lvef, "unit": "%", "method": "echo-doppler" if _chance(rng, 0.96) else None},
        "uncontrolled_arrhythmia": _answer(rng),
        "long_term_oxygen": _answer(rng),
        "spo2": {"value": spo2, "unit": "%", "on_room_air": _answer(rng, "yes")},
    }


def _cardiac_event(rng: Random, until: date) -> str | None:
    """No event, one near the six-month limit (November minus six months needs no shortening), or an old one."""
    if _chance(rng, 0.6):
        return None
    if _chance(rng, 0.7):
        return (until.replace(month=until.month - 6) + timedelta(rng.choice((-1, 0, 1)))).isoformat()
    return (until - timedelta(rng.randint(0, 3000))).isoformat()


def _infusion(rng: Random, arm: str, start: date) -> dict[str, Any]:
    clock = rng.choice(("10:00", "00:00", "23:59", "14:30", "09:15:30"))
    offset = rng.choice(OFFSETS)
    infusion = {
        "arm": arm,
        "planned_start": f"{start.isoformat()}T{clock}{offset}" if _chance(rng, 0.98) else None,
        "mrd_positive": "yes" if arm == "preemptive" else "unknown",
        "chemotherapy": None,
        "gvhd_prophylaxis": rng.choice(("ciclosporin", "methotrexate")),
        "dose_rule": _dose_rule(rng),
    }
    if arm == "preemptive":
        infusion["chemotherapy"] = _chemotherapy(rng, start, clock, offset)
    return infusion


def _chemotherapy(rng: Random, start: date, clock: str, offset: str) -> dict[str, Any]:
    """A last dose at, beside or far from the limits of 48 and 72 hours before the start."""
    minutes = rng.choice(LIMIT_MINUTES) if _chance(rng, 0.8) else rng.randint(600, 10000)
    started = int(clock[:2]) * 60 + int(clock[3:5])
    days, minute = divmod(started - minutes, 24 * 60)
    day = (start + timedelta(days)).isoformat()
    last_dose = f"{day}T{minute // 60:02}:{minute % 60:02}{clock[5:]}{offset}"
    return {
        "regimen": rng.choice(("HAA", "AA", "HA", "VA")),
        "last_dose_at": last_dose if _chance(rng, 0.97) else None,
    }


def _dose_rule(rng: Random) -> dict[str, Any] | None:
    rule = rng.choice((None, "lower-volume", "lower-volume", "mnc", "cd3"))
    if rule is None:
        return None
    named = rule in ("mnc", "cd3") and _chance(rng, 0.7)
    return {
        "rule": rule,
        "set_by": "Dr Prescriber" if named else None,
        "reason": "investigator's choice" if named else None,
    }


def _products(rng: Random, kilograms: Decimal) -> list[dict[str, Any]]:
    number = rng.choice((1, 1, 1, 2, 2, 3, 4, 5))
    first = rng.randint(0, 900000)
    products = []
    for index in range(number):
        round_figures = _chance(rng, 0.25)
        counts = _round_counts(rng, kilograms) if round_figures else _measured_counts(rng)
        product = _product(rng, counts, number)
        if round_figures and _chance(rng, 0.7):
            product |= {"volume": {"value": rng.choice(ROUND_VOLUMES), "unit": "mL"}, "withheld": None}
        products.append(_labelled(rng, f"A999926{first + index:06}") | product)
    return products


def _labelled(rng: Random, din: str) -> dict[str, Any]:
    if _chance(rng, 0.1):
        return {"local_id": f"LAB-{din[7:]}"}
    return {"din": din, "din_check": check_character(din), "product_code": "S12954A0"}


def _product(rng: Random, counts: dict[str, Any], number: int) -> dict[str, Any]:
    frozen = _chance(rng, 0.4)
    if frozen:
        _freeze(rng, counts)
    elif _chance(rng, 0.03):
        counts["recovery"] = {"mnc": None, "cd3": "85", "source": "ignored: the product is fresh"}
    return {
        "state": "cryopreserved" if frozen else "fresh",
        "collected_at": "2026-11-14T14:00+08:00",
        "counted_at": "2026-11-14T16:00+08:00",
        "expires_at": "2027-03-01T14:00+08:00",
        "abo_rhd": "A Pos",
        "volume": _volume(rng, number),
        "withheld": {"value": fixed(rng.randint(0, 400), 2), "unit": "mL"} if _chance(rng, 0.4) else None,
        "counts": counts,
        "dmso": {"value": rng.choice(("5", "7.5", "10")), "unit": "%"} if frozen and _chance(rng, 0.85) else None,
        "hematocrit": {"value": fixed(rng.randint(0, 80), 1), "unit": "%"} if _chance(rng, 0.9) else None,
    }


def _volume(rng: Random, number: int) -> dict[str, Any]:
    tenths = rng.randint(60, 2000 // number)
    if _chance(rng, 0.75):
        places = rng.choice((0, 1, 2))
        return {"value": fixed(tenths * 10**places // 10, places), "unit": "mL"}
    return {
        "gross": {"value": fixed(tenths + 487, 1), "unit": "g"},
        "tare": {"value": "48.7", "unit": "g"},
        "density": {"value": rng.choice(("1.058", "1.05", "1.06", "1")), "unit": "g/mL"},
    }


def _measured_counts(rng: Random) -> dict[str, Any]:
    """Counts as an analyser and a cytometer report them; CD3+ stay below MNC, MNC below WBC."""
    wbc = rng.randint(300, 4000)  # tenths of 10^6 per mL
    mnc = rng.randint(400, 990)  # thousandths of the WBC
    ratio = rng.randint(150, 700)  # thousandths of the MNC
    mnc_by_share, cd3_of = _chance(rng, 0.7), rng.choice(("wbc", "mnc", "lymphocytes", "single platform"))
    counts: dict[str, Any] = {"wbc": _concentration(rng, wbc * 100), "lymphocytes": None}

    if mnc_by_share:
        counts["mnc"] = {"value": fixed(mnc, 1), "unit": "%", "of": "wbc"}
    else:
        counts["mnc"] = _concentration(rng, wbc * mnc // 10)
    if cd3_of == "wbc":
        counts["cd3"] = {"value": fixed(mnc * ratio // 1000, 1), "unit": "%", "of": "wbc"}
    elif cd3_of == "mnc":
        counts["cd3"] = {"value": fixed(ratio, 1), "unit": "%", "of": "mnc"}
    elif cd3_of == "lymphocytes":
        lymphocytes = mnc * rng.randint(75, 100) // 100
        counts["lymphocytes"] = {"value": fixed(lymphocytes, 1), "unit": "%", "of": "wbc"}
        counts["cd3"] = {"value": fixed(ratio * mnc // lymphocytes, 1), "unit": "%", "of": "lymphocytes"}
    else:
        counts["cd3"] = _concentration(rng, wbc * mnc * ratio // 10000)

    wbc_needed = mnc_by_share or cd3_of in ("wbc", "lymphocytes")
    if not wbc_needed and _chance(rng, 0.4):
        counts["wbc"] = None
    if counts["wbc"] and _chance(rng, 0.2):
        counts["nrbc_per_100_wbc"] = rng.choice(("0", "0.5", "6", "12", "25"))
    if _chance(rng, 0.01):
        counts["cd3"] = {"value": "45", "unit": "%", "of": "wbc"}
        counts["mnc"] = {"value": "28", "unit": "%", "of": "wbc"}
        counts["wbc"] = _concentration(rng, wbc * 100)
    return _handled(rng, counts)


def _round_counts(rng: Random, kilograms: Decimal) -> dict[str, Any]:
    """Single-platform counts that reach the two targets at round volumes, often at the same one."""
    cd3_volume, mnc_volume = sorted((Decimal(rng.choice(ROUND_VOLUMES[:8])), Decimal(rng.choice(ROUND_VOLUMES[:8]))))
    if _chance(rng, 0.4):
        mnc_volume = cd3_volume
    mnc = 100 * kilograms / mnc_volume
    cd3 = 30 * kilograms / cd3_volume
    if cd3 > mnc or _chance(rng, 0.1):
        cd3 = mnc
    return {
        "wbc": None,
        "mnc": {"value": f"{mnc:f}", "unit": "10*6/mL"},
        "cd3": {"value": f"{cd3 * 1000:f}", "unit": "/uL", "multiply_by": "1"},
        "counted": "fresh",
    }


def _concentration(rng: Random, thousandths: int) -> dict[str, Any]:
    """A concentration, given in thousandths of 10^6 cells per mL, as read from a diluted sample in some unit."""
    dilution = rng.choice(DILUTIONS)
    unit = rng.choice(WBC_UNITS)
    reading = thousandths // int(dilution or 1)
    quantity = {"value": fixed(reading, 3 + WBC_UNIT_SHIFT[unit]), "unit": unit}
    return quantity | {"multiply_by": dilution} if dilution else quantity


def _handled(rng: Random, counts: dict[str, Any]) -> dict[str, Any]:
    """Viability, and processing after the count."""
    counts["counted"] = "fresh"
    if _chance(rng, 0.6):
        tenths = rng.randint(600, 1000)
        choices: tuple[list[str], ...] = ([], ["mnc", "cd3"], ["cd3", "mnc"], ["cd3"])
        if tenths > 850:
            choices += (["mnc"],)
        counts["viability"] = {
            "value": fixed(tenths, 1),
            "unit": "%",
            "measured": "fresh",
            "applies_to": rng.choice(choices),
        }
    if _chance(rng, 0.15):
        counts["processed_after_count"] = {
            "from": {"value": str(rng.randint(100, 250)), "unit": "mL"},
            "to": {"value": str(rng.randint(40, 120)), "unit": "mL"},
            "recovery": {"value": str(rng.randint(80, 100)), "unit": "%"},
        }
    return counts


def _freeze(rng: Random, counts: dict[str, Any]) -> None:
    """Say when the counts were taken, and put the loss by freezing in one place only."""
    viability = counts.get("viability")
    way = rng.choice(("recovery", "post-thaw count", "post-thaw viability"))
    counts["counted"] = "post-thaw" if way == "post-thaw count" else "pre-freeze"
    if viability:
        viability["measured"] = "pre-freeze" if way == "recovery" else "post-thaw"
    if way == "recovery":
        mnc, cd3 = str(rng.randint(75, 100)), str(rng.randint(50, 75))
        quantities = _chance(rng, 0.5)
        counts["recovery"] = {
            "mnc": {"value": mnc, "unit": "%"} if quantities else mnc,
            "cd3": {"value": cd3, "unit": "%"} if quantities else cd3,
            "source": "site validation",
        }


def _forget_a_figure(rng: Random, random_case: dict[str, Any]) -> None:
    """Leave out one figure without which there is no dose by the protocol's own rule."""
    random_case["infusion"]["dose_rule"] = None
    product = random_case["products"][0]
    holder, key = rng.choice(
        ((random_case["recipient"]["weight"], "value"), (product, "volume"), (product["counts"], "cd3"))
    )
    holder[key] = None
