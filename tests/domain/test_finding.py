"""Findings: what blocks, and in which order they are told."""

from __future__ import annotations

from dlicalc.domain.finding import Ruling, Severity, note, review, stop, worst_first

RULING = Ruling("Dr Zhang", "prescriber", "single session", None)


def test_words_of_the_contract() -> None:
    assert [severity.label for severity in Severity] == ["note", "review", "stop"]


def test_only_an_undecided_stop_blocks() -> None:
    decided = stop("renal.egfr", "labs.creatinine", decidable=True)._replace(ruling=RULING)
    assert stop("weight.unknown", "recipient.weight").blocks
    assert not decided.blocks
    assert not review("weight.stale", "recipient.weight").blocks
    assert not note("labs.alt.undated", "labs.alt").blocks


def test_findings_carry_their_values() -> None:
    finding = stop("product.duplicate", "products.1", decidable=False, first=1)
    assert (finding.params, finding.decidable, finding.ruling) == ({"first": 1}, False, None)
    assert stop("renal.egfr", "labs.creatinine", decidable=True).decidable
    assert review("weight.stale", "recipient.weight", days=8).params == {"days": 8}
    assert note("prophylaxis.weeks-by-prescriber", "infusion", first=6).params == {"first": 6}


def test_worst_first_and_else_as_met() -> None:
    first, second = stop("a.one", "x"), stop("b.two", "x")
    decided = stop("c.three", "x", decidable=True)._replace(ruling=RULING)
    looked_at, told = review("d.four", "x"), note("e.five", "x")
    assert worst_first([told, decided, looked_at, first, second]) == (first, second, decided, looked_at, told)
