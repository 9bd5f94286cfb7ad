"""The protocol as a site keeps to it: its narrower limits in their places, and what is refused as wider or a slip."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from dlicalc.domain.protocol import NUMERIC_CRITERIA, NYHA_CLASSES, Criterion, Guardrail, Protocol, SiteTerm
from dlicalc.domain.quantity import exact, parse_number
from dlicalc.domain.site import Site
from dlicalc.domain.site_findings import EQUATION, USUAL_RULE
from dlicalc.domain.site_protocol import SiteCriterion, SiteProtocol
from dlicalc.domain.site_rules import UNITS, Days, Hours, Limits, plain, span
from dlicalc.services.problem import Problem, Refused

_Table = TypeVar("_Table", bound=BaseModel)

_FARTHEST: Final = {"{ULN}": Decimal(1), "%": Decimal(100), "mL/min/{1.73_m2}": Decimal(120)}
"""Unit of a criterion → the narrowest limit that can be meant: from there on it would speak against the healthy."""
_NYHA: Final = "cardiac.nyha"
_WINDOWS: Final = {
    "prophylactic": ("first_day", "last_day", "d"),
    "chemotherapy": ("at_least_hours", "at_most_hours", "h"),
}
_AGES: Final = {"weight_days": "d", "labs_days": "d", "fresh_product_hours": "h"}


def narrowed(protocol: Protocol, site: Site) -> Protocol:
    """``protocol`` with what ``site`` sets; itself where the site sets nothing else.

    Raises :class:`Refused` with every limit that is wider than the protocol's, or can only be a slip.
    """
    narrowing = _Narrowing(protocol)
    narrowing.units(site.units)
    narrowing.limits(site.limits or Limits())
    if site.renal is not None and site.renal.equation != protocol.renal.equation:
        narrowing.term(EQUATION, site.renal.equation, protocol.renal.equation)
        narrowing.changed["renal"] = _with(protocol.renal, equation=site.renal.equation)
    if site.dose is not None and site.dose.usual_rule != protocol.dose.rule:
        narrowing.term(USUAL_RULE, site.dose.usual_rule, protocol.dose.rule)
    if narrowing.problems:
        raise Refused(*narrowing.problems)
    if not narrowing.terms:
        return protocol
    fields = {name: getattr(protocol, name) for name in Protocol.model_fields}
    own = {**fields, **narrowing.changed, "by_site": tuple(narrowing.terms), "file_digest": site.digest}
    return SiteProtocol.model_construct(**own)


def _with(table: _Table, **changes: object) -> _Table:
    """A copy made field by field, so that nothing that was worked out of the old values comes along."""
    return type(table).model_construct(**{**_fields(table), **changes})


def _fields(table: BaseModel) -> dict[str, Any]:
    return {name: getattr(table, name) for name in type(table).model_fields}


class _Narrowing:
    """Collects what changes, table by table, and what is wrong."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self.changed: dict[str, object] = {}
        self.terms: list[SiteTerm] = []
        self.problems: list[Problem] = []

    def term(self, key: str, own: str, protocol: str, unit: str = "") -> None:
        """The site keeps to ``own``."""
        self.terms.append(SiteTerm(key, own, protocol, unit))

    def _wider(self, path: str, own: str, protocol: str, unit: str) -> None:
        told = {"text": own, "protocol": protocol, "unit": unit}
        self.problems.append(Problem(f"limits.{path}", "site_wider", told))

    def _slip(self, path: str, code: str, **params: str) -> None:
        self.problems.append(Problem(path, code, params))

    def units(self, units: Mapping[str, str]) -> None:
        """Entries and units as the case has them."""
        for entry, unit in units.items():
            accepted = UNITS.get(entry)
            if accepted is None:
                self._slip(f"units.{entry}", "unknown_field", accepted=", ".join(UNITS))
            elif unit not in accepted:
                self._slip(f"units.{entry}", "literal_error", text=unit, accepted=", ".join(accepted))

    def limits(self, limits: Limits) -> None:
        """All tables of limits."""
        criteria = dict(self._criteria(limits.criteria))
        if criteria:
            self.changed["criteria"] = {**self._protocol.criteria, **criteria}
        self._windows(limits)
        self._ages(limits)
        self._ceiling(limits.cd3_ceiling_per_kg)
        guardrails = dict(self._guardrails(limits))
        if guardrails:
            self.changed["plausibility"] = {**self._protocol.plausibility, **guardrails}

    def _criteria(self, limits: Mapping[str, str]) -> Iterator[tuple[str, Criterion]]:
        for name, text in limits.items():
            path, criterion = f"limits.criteria.{name}", self._protocol.criteria.get(name)
            if criterion is None or name not in (*NUMERIC_CRITERIA, _NYHA):
                self._slip(path, "unknown_field", accepted=", ".join(sorted((*NUMERIC_CRITERIA, _NYHA))))
                continue
            place, own = _place(name, text), _place(name, criterion.limit)
            if place is None or own is None:
                self._slip(path, "literal_error", text=text, accepted=_accepted(criterion))
            elif _loosens(criterion, place, own):
                self._wider(f"criteria.{name}", text, criterion.limit, criterion.unit or "")
            elif _too_far(criterion, place, name):
                self._slip(path, "literal_error", text=text, accepted=_accepted(criterion))
            elif place != own:
                self.term(f"criteria.{name}", text, criterion.limit, criterion.unit or "")
                fields = {**_fields(criterion), "limit": text, "protocol_limit": criterion.limit}
                yield name, SiteCriterion.model_construct(**fields)

    def _windows(self, limits: Limits) -> None:
        changed = {}
        for name, (first, last, unit) in _WINDOWS.items():
            table: Days | Hours | None = getattr(limits.windows, name)
            if table is None:
                continue
            window = getattr(self._protocol.windows, name)
            own, whole = (getattr(table, first), getattr(table, last)), (getattr(window, first), getattr(window, last))
            if self._inside(f"windows.{name}", own, whole, unit):
                exactly = own if isinstance(table, Days) else tuple(map(exact, own))
                changed[name] = _with(window, **dict(zip((first, last), exactly, strict=True)))
        if changed:
            self.changed["windows"] = _with(self._protocol.windows, **changed)

    def _inside(self, path: str, own: tuple[Any, Any], whole: tuple[Any, Any], unit: str) -> bool:
        """Whether the bounds ``own`` are narrower than ``whole``; what is wrong with them is written down."""
        if own[0] > own[1]:
            self._slip(f"limits.{path}", "site_bounds", text=span(*own))
        elif own[0] < whole[0] or own[1] > whole[1]:
            self._wider(path, span(*own), span(*whole), unit)
        elif own != whole:
            self.term(path, span(*own), span(*whole), unit)
            return True
        return False

    def _ages(self, limits: Limits) -> None:
        changed = {}
        for name, unit in _AGES.items():
            own, most = getattr(limits.freshness, name), getattr(self._protocol.freshness, name)
            if own is not None and own > most:
                self._wider(f"freshness.{name}", plain(own), plain(most), unit)
            elif own is not None and own != most:
                self.term(f"freshness.{name}", plain(own), plain(most), unit)
                changed[name] = own
        if changed:
            self.changed["freshness"] = _with(self._protocol.freshness, **changed)

    def _ceiling(self, own: Decimal | None) -> None:
        policy, path = self._protocol.dose, "cd3_ceiling_per_kg"
        ceiling, target = policy.cd3_ceiling_per_kg, self._protocol.targets.cd3_per_kg.value
        if own is None or own == ceiling.value:
            return
        if own > ceiling.value:
            self._wider(path, plain(own), plain(ceiling.value), ceiling.unit)
        elif own <= target:
            self._slip(f"limits.{path}", "site_ceiling", text=plain(own), target=plain(target))
        else:
            self.term(path, plain(own), plain(ceiling.value), ceiling.unit)
            self.changed["dose"] = _with(policy, cd3_ceiling_per_kg=_with(ceiling, value=exact(own)))

    def _guardrails(self, limits: Limits) -> Iterator[tuple[str, Guardrail]]:
        for name, given in limits.plausibility.items():
            guardrail, path = self._protocol.plausibility.get(name), f"plausibility.{name}"
            if guardrail is None:
                self._slip(f"limits.{path}", "unknown_field", accepted=", ".join(sorted(self._protocol.plausibility)))
                continue
            changed = {}
            for bounds in ("absolute", "recommended"):
                own, whole = getattr(given, bounds), getattr(guardrail, bounds)
                if own is not None and self._inside(f"{path}.{bounds}", own, whole, guardrail.unit):
                    changed[bounds] = own
            if changed:
                yield name, _closed(guardrail, changed)


def _closed(guardrail: Guardrail, changed: dict[str, tuple[Decimal, Decimal]]) -> Guardrail:
    """``guardrail`` with other bounds; the recommended ones end where the absolute ones do."""
    low, high = changed.get("absolute", guardrail.absolute)
    soft_low, soft_high = changed.get("recommended", guardrail.recommended)
    inside = tuple(min(max(bound, low), high) for bound in (soft_low, soft_high))
    return _with(guardrail, absolute=(low, high), recommended=inside)


def _place(name: str, text: str) -> Fraction | None:
    """Where a limit stands among all others; ``None`` if it is no limit of this criterion."""
    if name == _NYHA:
        return Fraction(NYHA_CLASSES.index(text)) if text in NYHA_CLASSES else None
    try:
        return exact(parse_number(text).value)
    except (ValueError, InvalidOperation):
        return None


def _loosens(criterion: Criterion, own: Fraction, protocol: Fraction) -> bool:
    return own > protocol if criterion.rule.startswith(">") else own < protocol


def _too_far(criterion: Criterion, own: Fraction, name: str) -> bool:
    if name == _NYHA:
        return own == 0
    farthest = exact(_FARTHEST[criterion.unit or ""])
    return own < farthest if criterion.rule.startswith(">") else own > farthest


def _accepted(criterion: Criterion) -> str:
    """The limits that may stand in the place of the protocol's."""
    if criterion.unit is None:
        return f"{NYHA_CLASSES[1]}, {criterion.limit}"
    low, high = sorted((Decimal(criterion.limit), _FARTHEST[criterion.unit]))
    return span(low, high)
