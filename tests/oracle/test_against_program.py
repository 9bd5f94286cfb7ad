"""The program against the oracle on 100,000 random cases, all reproducible from a seed."""

from __future__ import annotations

import json
from random import Random

import pytest

from tests.oracle.compare import disagreements
from tests.oracle.random_cases import AS_OF, case
from tests.program import evaluate_document

CASES = 100_000
CASES_PER_CHUNK = 1_000


def first_disagreement(start: int) -> str | None:
    """The first seed of a chunk on which the two differ, and how."""
    for seed in range(start, start + CASES_PER_CHUNK):
        random_case = case(Random(seed))
        differences = disagreements(random_case, AS_OF, evaluate_document(random_case, AS_OF))
        if differences:
            return f"seed {seed}: {differences}\n{json.dumps(random_case)}"
    return None


@pytest.mark.timeout(1800)
@pytest.mark.long_work(first_disagreement, range(0, CASES, CASES_PER_CHUNK))
def test_program_and_oracle_agree(outcomes: list[str | None]) -> None:
    assert len(outcomes) * CASES_PER_CHUNK == CASES
    found = [difference for difference in outcomes if difference]
    assert not found, found[0]
