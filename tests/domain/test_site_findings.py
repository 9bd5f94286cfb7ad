"""Findings that rest on a site's value name it; expected by comparing with both limits by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from dlicalc.domain.eligibility import Status, Verdict
from dlicalc.domain.finding import Finding, note, review, stop
from dlicalc.domain.protocol import Criterion, SiteTerm
from dlicalc.domain.site_findings import named_by_site
from dlicalc.domain.site_protocol import SiteCriterion, SiteProtocol
from dlicalc.domain.site_rules import plain, span
from tests.program import shipped_protocol


def protocol(*terms: SiteTerm) -> SiteProtocol:
    """The shipped protocol under a site that keeps to ``terms``."""
    fields = {name: getattr(shipped_protocol(), name) for name in type(shipped_protocol()).model_fields}
    return SiteProtocol.model_construct(**fields, by_site=terms, file_digest="sha256:0")


def criterion(name: str, limit: str) -> Criterion:
    """A criterion of the protocol with another limit."""
    own = shipped_protocol().criteria[name]
    fields = {field: getattr(own, field) for field in Criterion.model_fields}
    return SiteCriterion.model_construct(**{**fields, "limit": limit, "protocol_limit": own.limit})


TERM = SiteTerm("criteria.hepatic.alt", "2.5", "3", "{ULN}")


@pytest.mark.parametrize(
    ("name", "limit", "value", "status", "within"),
    [
        ("hepatic.alt", "2.5", Fraction("2.6"), Status.EXCLUDED, 1),
        ("hepatic.alt", "2.5", Fraction(3), Status.EXCLUDED, 1),
        ("hepatic.alt", "2.5", Fraction("3.1"), Status.EXCLUDED, 0),
        ("cardiac.nyha", "II", "II", Status.EXCLUDED, 1),
        ("cardiac.nyha", "II", "III", Status.EXCLUDED, 0),
    ],
)
def test_a_criterion_says_whether_the_site_alone_excludes(
    name: str, limit: str, value: Fraction | str, status: Status, within: int
) -> None:
    finding = stop(name, "labs", decidable=True, status=status.label)
    verdict = Verdict(name, status, value, criterion(name, limit), "labs")
    term = TERM._replace(key=f"criteria.{name}")
    (named,) = named_by_site([finding], "lower-volume", [verdict], protocol(term))
    assert (named.params["site_value"], named.params["within"]) == ("2.5", within)


def test_what_rests_on_nothing_of_the_site_stays_as_it_is() -> None:
    findings = [
        stop("hepatic.alt", "labs.alt", decidable=True, status="not-evaluable"),
        note("dose.shortfall", "products"),
        review("labs.alt.stale", "labs.alt", days=9, limit=7),
    ]
    verdict = Verdict("hepatic.alt", Status.NOT_EVALUABLE, None, criterion("hepatic.alt", "2.5"), "labs.alt")
    assert named_by_site(findings, "lower-volume", [verdict], protocol(TERM)) == findings


@pytest.mark.parametrize(
    ("finding", "key"),
    [
        (stop("age.out-of-bounds", "recipient", guardrail="age"), "plausibility.age.absolute"),
        (review("age.unusual", "recipient", guardrail="age"), "plausibility.age.recommended"),
        (review("labs.alt.stale", "labs.alt", days=5), "freshness.labs_days"),
        (review("weight.stale", "recipient.weight", days=5), "freshness.weight_days"),
        (stop("window.prophylactic", "infusion.planned_start"), "windows.prophylactic"),
    ],
)
def test_each_finding_knows_its_value(finding: Finding, key: str) -> None:
    (named,) = named_by_site([finding], "lower-volume", [], protocol(SiteTerm(key, "a", "b", "d")))
    assert (named.params["site_value"], named.params["protocol_value"]) == ("a", "b")


def test_another_rule_than_the_usual_is_looked_at() -> None:
    usual = protocol(SiteTerm("dose.usual_rule", "mnc", "lower-volume"))
    assert [one.code for one in named_by_site([], "lower-volume", [], usual)] == ["dose.rule-not-usual"]
    assert named_by_site([], "mnc", [], usual) == []
    assert usual.site_digest == "sha256:0"
    assert shipped_protocol().terms == ()
    assert shipped_protocol().site_digest == ""


def test_numbers_are_written_without_zeros_that_say_nothing() -> None:
    assert [plain(Fraction(5, 2)), plain(100000000), span(Fraction(48), 72)] == ["2.5", "100000000", "48–72"]
