"""Findings that rest on a value of the site say so, and what the protocol has in its place."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from dlicalc.domain.eligibility import Status, Verdict
from dlicalc.domain.finding import Finding, Param, Severity, review
from dlicalc.domain.plan import Rule
from dlicalc.domain.protocol import COMPARE, NYHA_CLASSES, Criterion, Protocol, SiteTerm
from dlicalc.domain.quantity import exact

USUAL_RULE: Final = "dose.usual_rule"
EQUATION: Final = "renal.equation"
_TERM_OF: Final = {
    "window.prophylactic": "windows.prophylactic",
    "chemotherapy.interval": "windows.chemotherapy",
    "weight.stale": "freshness.weight_days",
    "product.old": "freshness.fresh_product_hours",
    "dose.cd3-ceiling": "cd3_ceiling_per_kg",
    "renal.equations-disagree": EQUATION,
}
"""Code of a finding → the value that it rests on."""


def named_by_site(
    findings: Sequence[Finding], rule: Rule, verdicts: Sequence[Verdict], protocol: Protocol
) -> list[Finding]:
    """``findings`` with the site's value and the protocol's in each that rests on one; and another rule than usual."""
    terms = {term.key: term for term in protocol.terms}
    within = {verdict.id for verdict in verdicts if _within_protocol(verdict)}
    named = [_named(finding, terms, finding.code in within) for finding in findings]
    usual = terms.get(USUAL_RULE)
    if usual is not None and usual.site != rule:
        named.append(review("dose.rule-not-usual", "infusion.dose_rule", rule=rule, usual=usual.site))
    return named


def _named(finding: Finding, terms: dict[str, SiteTerm], within: bool) -> Finding:
    term = terms.get(_key_of(finding))
    if term is None:
        return finding
    said: dict[str, Param] = {
        "site_value": term.site,
        "protocol_value": term.protocol,
        "term_unit": term.unit,
        "within": int(within),
    }
    return finding._replace(params={**finding.params, **said})


def _key_of(finding: Finding) -> str:
    if "guardrail" in finding.params:
        bounds = "absolute" if finding.severity is Severity.STOP else "recommended"
        return f"plausibility.{finding.params['guardrail']}.{bounds}"
    if finding.params.get("status") == Status.EXCLUDED.label:
        return f"criteria.{finding.code}"
    if finding.code.startswith("labs.") and finding.code.endswith(".stale"):
        return "freshness.labs_days"
    return _TERM_OF.get(finding.code, "")


def _within_protocol(verdict: Verdict) -> bool:
    """Whether the site alone excludes: the value does not pass the protocol's own limit."""
    own, value = verdict.criterion.of_protocol, verdict.value
    if own is None or value is None or verdict.status is not Status.EXCLUDED:
        return False
    return not _passes(verdict.criterion, own, value)


def _passes(criterion: Criterion, limit: str, value: Fraction | Decimal | str) -> bool:
    compare = COMPARE[criterion.rule]
    if isinstance(value, str):
        return compare(NYHA_CLASSES.index(value), NYHA_CLASSES.index(limit))
    return compare(value if isinstance(value, Fraction) else exact(value), exact(Decimal(limit)))
