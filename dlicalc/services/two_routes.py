"""Holds an evaluation against the second route: everything in which the two differ."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from dlicalc.domain.dose import Dose
from dlicalc.domain.eligibility import Status
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.protocol import NUMERIC_CRITERIA, Protocol
from dlicalc.services.entry import Document
from dlicalc.services.numbers import decimal_text, estimate_text, millions
from dlicalc.services.problem import Problem
from dlicalc.services.second_limits import CLOSE, excluded, logarithm, logarithm_of_egfr
from dlicalc.services.second_route import Amounts, Share, Terms, amounts

NOTHING: Final = "-"
_STATUS: Final = {None: Status.NOT_EVALUABLE, True: Status.EXCLUDED, False: Status.NOT_EXCLUDED}


def terms(protocol: Protocol) -> Terms:
    """What the second route needs of ``protocol``."""
    targets, policy, renal = protocol.targets, protocol.dose, protocol.renal
    return Terms(
        mnc_per_kg=_share(targets.mnc_per_kg.value),
        cd3_per_kg=_share(targets.cd3_per_kg.value),
        rule=policy.rule,
        steps=tuple((_share(step.from_ml), _share(step.step_ml)) for step in policy.steps),
        limits={name: (protocol.criteria[name].rule, protocol.criteria[name].limit) for name in NUMERIC_CRITERIA},
        micromolar=_share(renal.umol_per_l_in_mg_per_dl),
        equation=renal.equation,
        adult=renal.adult_age,
    )


def differing(document: Document, evaluation: Evaluation) -> tuple[Problem, ...]:
    """Everything in which the second route, from ``document`` alone, comes to something else than ``evaluation``.

    Where the engine gives no dose, nothing can be given, and the second route is not asked for one.
    """
    by = terms(evaluation.protocol)
    found = [] if evaluation.dose is None else list(_doses(amounts(document, by), evaluation.dose))
    return (*found, *_verdicts(document, evaluation, by))


def _apart(path: str, code: str, what: str, one: str, two: str) -> Problem:
    return Problem(path, code, {"what": what, "one": one, "two": two})


def _doses(second: Amounts | None, dose: Dose) -> Iterator[Problem]:
    if second is None or len(second.bags) != len(dose.bags):
        yield _apart("products", "routes_dose", "mL", decimal_text(dose.ordered_volume), NOTHING)
        return
    for place, (bag, volume) in enumerate(zip(dose.bags, second.bags, strict=True)):
        yield from _unlike(f"products.{place}", "routes_bag", str(place + 1), (bag.volume, volume), decimal_text)
    for what, one, other, form in (
        ("mL", dose.ordered_volume, second.volume, decimal_text),
        ("MNC/kg", dose.mnc_per_kg, second.mnc_per_kg, millions),
        ("CD3⁺/kg", dose.cd3_per_kg, second.cd3_per_kg, millions),
    ):
        yield from _unlike("products", "routes_dose", what, (one, other), form)


def _unlike(
    path: str, code: str, what: str, both: tuple[Fraction, Share], form: Callable[[Fraction], str]
) -> Iterator[Problem]:
    one, other = both
    if one.numerator * other.bottom != other.top * one.denominator:
        yield _apart(path, code, what, form(one), form(Fraction(*other)))


def _verdicts(document: Document, evaluation: Evaluation, by: Terms) -> Iterator[Problem]:
    estimate = evaluation.renal.governing(evaluation.protocol.renal)
    other = logarithm_of_egfr(document, by)
    if not _same_estimate(estimate, other):
        yield _apart("labs.creatinine", "routes_criterion", "eGFR", _shown(estimate), _power_of_two(other))
    second = excluded(document, by)
    for verdict in evaluation.verdicts:
        if verdict.id in second and verdict.status is not _STATUS[second[verdict.id]]:
            status = _STATUS[second[verdict.id]]
            yield _apart(verdict.path, "routes_criterion", verdict.id, verdict.status.label, status.label)


def _same_estimate(estimate: Decimal | None, other: int | None) -> bool:
    if estimate is None or other is None:
        return estimate is None and other is None
    return abs(logarithm(Share(*estimate.as_integer_ratio())) - other) <= CLOSE


def _shown(estimate: Decimal | None) -> str:
    return NOTHING if estimate is None else estimate_text(estimate)


def _power_of_two(exponent: int | None) -> str:
    return _shown(None if exponent is None else Decimal(2) ** (Decimal(exponent) / 2**64))


def _share(value: Fraction) -> Share:
    return Share(*value.as_integer_ratio())
