"""The program against the oracle on 100,000 random cases, all reproducible from a seed."""

from __future__ import annotations

import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from random import Random

import pytest

from tests.oracle.compare import disagreements
from tests.oracle.random_cases import AS_OF, case
from tests.program import evaluate_document

CASES = 100_000
CASES_PER_CHUNK = 5_000


def first_disagreement(start: int) -> str | None:
    """The first seed of a chunk on which the two differ, and how."""
    for seed in range(start, start + CASES_PER_CHUNK):
        random_case = case(Random(seed))
        differences = disagreements(random_case, AS_OF, evaluate_document(random_case, AS_OF))
        if differences:
            return f"seed {seed}: {differences}\n{json.dumps(random_case)}"
    return None


@pytest.mark.timeout(1800)
def test_program_and_oracle_agree() -> None:
    # Started afresh, not forked: a process that may already hold Qt's threads must not be copied.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        found = [
            difference for difference in pool.map(first_disagreement, range(0, CASES, CASES_PER_CHUNK)) if difference
        ]
    assert not found, found[0]
