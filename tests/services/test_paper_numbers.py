"""Numbers on paper as the Institute for Safe Medication Practices asks for them, over random orders."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from dlicalc.services.sheet import Fields, Sheet, Table
from tests.oracle.random_cases import case as random_case
from tests.program import parts
from tests.report.orders import sheet, texts_of

SEEDS = range(40)
FORBIDDEN = {
    "no zero before the point": r"(?<![\d.])\.\d",
    "a zero at the end": r"\d\.\d*0(?= ?(mL|g/kg|mL/kg|× 10))",
    "no comma from 1,000 on": r"(?<![\d.,*])\d{4,}(\.\d+)? (mL|×)",
    "ml for mL": r"\bml\b|\bML\b",
    "cc for mL": r"\d ?cc\b",
    "µg": r"[µμ]g\b",
    "U after a number": r"\d ?U\b(?!/)",
    "a power of ten without its sign": r"\d[eE]\+?\d",
}


def reckoned(order: Sheet) -> Iterator[str]:
    """What the program reckons: without findings, steps and entries, which repeat what was typed."""
    for part in order.sections[1:-1]:
        if isinstance(part, Fields) and ": " not in part.heading:
            yield from texts_of(part)
        elif isinstance(part, Table):
            yield from (row[-1] for row in part.rows)
    yield from texts_of((order.volume, order.doses, order.administration, order.signatures, order.do_not))
    yield from (line.amount for line in (order.bags.lines if order.bags else ()))


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("rule", FORBIDDEN)
def test_no_text_breaks_a_rule(rule: str, language: str) -> None:
    found = []
    for seed in SEEDS:
        document = random_case(random.Random(seed))
        document["infusion"] = (document.get("infusion") or {}) | {"filter": "none"}
        order = sheet(document, parts().words(language))
        found += [text for text in reckoned(order) if re.search(FORBIDDEN[rule], text)]
    assert found == []


def test_the_rules_find_what_they_are_for() -> None:
    for rule, text in {
        "no zero before the point": ".5 mL",
        "a zero at the end": "35.0 mL",
        "no comma from 1,000 on": "5323.2 × 10⁶",
        "ml for mL": "35 ml",
        "cc for mL": "35 cc",
        "µg": "5 µg",
        "U after a number": "10 U",
        "a power of ten without its sign": "3e7",
    }.items():
        assert re.search(FORBIDDEN[rule], text), rule
