"""Limits held against typed texts by another way than the engine's: cross-multiplied, eGFR in binary logarithms.

An equation of CKD-EPI is a product of powers, so its logarithm is a sum. Logarithms are found bit by bit, by squaring;
nothing is raised to a power and no decimal is used.
"""

from collections.abc import Mapping
from typing import Any, Final

from dlicalc.services.second_route import Entries, Share, Terms, number, order_of, over, part

_TIMES_LIMIT: Final = {
    "hepatic.alt": "alt",
    "hepatic.ast": "ast",
    "hepatic.bilirubin": "bilirubin",
    "renal.creatinine": "creatinine",
}
"""Criterion that asks for a multiple of the laboratory's own limit → the result."""

_BITS: Final = 64
_GUARD: Final = 160
"""Bits of the number that is squared: each squaring doubles its error, so that more than ``_BITS`` are needed."""
CLOSE: Final = 1 << (_BITS - 44)
"""Two logarithms that are nearer than this, one part in 10¹³, are the same."""

Scale = tuple[Share, Share, Share, int, int]
"""Factor, knee, factor of each year, and the thousandths of the exponents below the knee and above it."""
_SCALES: Final[Mapping[tuple[str, str], Scale]] = {
    ("ckd-epi-2021", "female"): (Share(142 * 1012, 1000), Share(7, 10), Share(9938, 10_000), -241, -1200),
    ("ckd-epi-2021", "male"): (Share(142, 1), Share(9, 10), Share(9938, 10_000), -302, -1200),
    ("ckd-epi-2009", "female"): (Share(141 * 1018, 1000), Share(7, 10), Share(993, 1000), -329, -1209),
    ("ckd-epi-2009", "male"): (Share(141, 1), Share(9, 10), Share(993, 1000), -411, -1209),
}
"""Inker 2021 and Levey 2009, without race."""


def excluded(document: Entries, terms: Terms) -> dict[str, bool | None]:
    """Each criterion of numbers → whether its limit is passed; ``None`` where that cannot be said."""
    labs, organs = part(document, "labs"), part(document, "organs")
    lvef, spo2 = part(organs, "lvef"), part(organs, "spo2")
    shares = {
        "cardiac.lvef": lvef if lvef.get("method") == "echo-doppler" else {},
        "respiratory.spo2": spo2 if spo2.get("on_room_air") == "yes" else {},
        "inclusion.refractory": part(part(document, "transplant"), "marrow_blasts_before_conditioning"),
    }
    verdicts = {name: _times_limit(name, part(labs, lab), terms) for name, lab in _TIMES_LIMIT.items()}
    verdicts |= {name: _share(name, entry, terms) for name, entry in shares.items()}
    estimate, (rule, limit) = logarithm_of_egfr(document, terms), terms.limits["renal.egfr"]
    against = None if estimate is None else _holds(rule, estimate - logarithm(number(limit)))
    return verdicts | {"renal.egfr": against}


def _times_limit(name: str, result: Entries, terms: Terms) -> bool | None:
    if not result.get("value") or not result.get("upper_limit"):
        return None
    upper, (rule, limit) = number(result["upper_limit"]), terms.limits[name]
    if not upper.top:
        return None
    allowed = number(limit)
    return _holds(
        rule, order_of(number(result["value"]), Share(upper.top * allowed.top, upper.bottom * allowed.bottom))
    )


def _share(name: str, entry: Entries, terms: Terms) -> bool | None:
    rule, limit = terms.limits[name]
    return _holds(rule, order_of(number(entry["value"]), number(limit))) if entry.get("value") else None


def _holds(rule: str, difference: int) -> bool:
    """Whether a value that lies so far above its limit (below: negative) stands in the rule to it."""
    if not difference:
        return rule in (">=", "<=")
    return rule[0] == (">" if difference > 0 else "<")


def logarithm_of_egfr(document: Entries, terms: Terms) -> int | None:
    """The governing estimate as :func:`logarithm`; ``None`` where it does not hold or something is unknown."""
    recipient, creatinine = part(document, "recipient"), part(part(document, "labs"), "creatinine")
    birth, sex, on = recipient.get("birth_date"), recipient.get("sex"), creatinine.get("collected_on")
    if not (birth and sex and on and creatinine.get("value")) or on < birth:
        return None
    typed, years = number(creatinine["value"]), _birthdays(birth, on)
    if not typed.top or years < terms.adult:
        return None
    mg_dl = typed if creatinine["unit"] == "mg/dL" else over(typed, terms.micromolar)
    factor, knee, yearly, below, above = _SCALES[terms.equation, sex]
    thousandths = above if order_of(mg_dl, knee) > 0 else below
    return logarithm(factor) + years * logarithm(yearly) + thousandths * logarithm(over(mg_dl, knee)) // 1000


def _birthdays(birth: Any, on: Any) -> int:
    """Birthdays up to the day ``on``; days are texts YYYY-MM-DD, of which the later is the larger."""
    years = int(on[:4]) - int(birth[:4])
    return years if on[5:] >= birth[5:] else years - 1


def logarithm(of: Share) -> int:
    """The binary logarithm of a positive number, in units of 2⁻⁶⁴."""
    whole = of.top.bit_length() - of.bottom.bit_length()
    scaled = (of.top << _GUARD + max(-whole, 0)) // (of.bottom << max(whole, 0))
    if scaled < 1 << _GUARD:
        whole, scaled = whole - 1, scaled * 2
    found = whole
    for _ in range(_BITS):
        scaled = scaled * scaled >> _GUARD
        found <<= 1
        if scaled >> _GUARD + 1:
            found, scaled = found | 1, scaled >> 1
    return found
