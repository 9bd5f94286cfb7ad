"""The engine in this process: one case, and the growth with bags."""

from __future__ import annotations

import copy
import json
from typing import Any

from bench.measuring import Row, in_turns
from dlicalc.app.cases import case_from, moment
from dlicalc.domain.evaluation import evaluate
from tests.cases import AS_OF, full_case
from tests.oracle import dosing
from tests.program import shipped_protocol

ROUNDS = 25
REPEAT = 40
BAGS = (1, 2, 5, 10, 20, 50)


def with_bags(count: int) -> dict[str, Any]:
    """The good case with ``count`` small bags, all of which are needed."""
    document = full_case()
    [product] = document["products"]
    document["recipient"]["weight"]["value"] = str(2 * count)
    document["products"] = [copy.deepcopy(product) for _ in range(count)]
    for number, bag in enumerate(document["products"]):
        bag.update(din=None, local_id=f"L-{number}", volume={"value": "1", "unit": "mL"}, withheld=None)
    return document


def measure() -> list[Row]:
    """Evaluating one case, and the share of a bag in a case of many."""
    protocol, as_of = shipped_protocol(), moment(AS_OF)
    document = full_case()
    case = case_from(document)
    sums, one = in_turns([lambda: dosing.dose(document), lambda: evaluate(case, protocol, as_of)], ROUNDS, REPEAT)
    rows = [Row("evaluate, one bag", one * 1e3, sums * 1e3, "ms", "its dose alone in bare Fractions", "at most 0.4 ms")]
    cases = [case_from(with_bags(count)) for count in BAGS]
    times = in_turns([lambda case=case: evaluate(case, protocol, as_of) for case in cases], ROUNDS)
    per_bag = [(time - times[0]) / (count - 1) for count, time in zip(BAGS[1:], times[1:], strict=True)]
    rows += [
        Row(f"each further bag, of {count}", each * 1e6, per_bag[0] * 1e6, "µs", "each further bag, of 2", "linear")
        for count, each in zip(BAGS[1:], per_bag, strict=True)
    ]
    text = json.dumps(document)
    parse, read = in_turns([lambda: json.loads(text), lambda: case_from(json.loads(text))], ROUNDS, REPEAT)
    return [*rows, Row("read a case", read * 1e3, parse * 1e3, "ms", "parse its JSON")]
