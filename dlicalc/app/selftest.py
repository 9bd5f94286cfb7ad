"""``dlicalc selftest``: does this copy, on this machine, compute what others computed, from undamaged files?"""

import argparse
import json
from typing import Any, Final

from dlicalc.app.parts import PACKAGE_FOLDER, SOFTWARE, Parts, machine, now
from dlicalc.app.streams import complain, put
from dlicalc.services.problem import Refused
from dlicalc.services.recording import self_test
from dlicalc.services.reference import Check, check_doses, check_egfr
from dlicalc.services.self_report import SelfTest, lines, statement
from dlicalc.services.wording import Words
from dlicalc.storage.atomic import write_atomically
from dlicalc.storage.resources import Resources

DOSES: Final = "reference_cases/worked_doses.json"
EGFR: Final = "reference_cases/egfr.json"


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Print (and with ``-o`` write as PDF) what agrees; 0 if everything does, 1 if anything does not."""
    damaged = sorted(parts.resources.damaged_files(PACKAGE_FOLDER))
    checks = [] if damaged else _checks(parts)
    test = SelfTest(SOFTWARE, machine(), now(), len(parts.resources.manifest), damaged, checks)
    words = Words()
    put("\n".join(lines(test, words)))
    if options.output is not None:
        from dlicalc.report.statement import write_statement

        try:
            write_atomically(options.output, write_statement(statement(test, words), parts.fonts, "A4"))
        except Refused as refused:
            complain(refused.problems, words)
            return 1
    _record(parts, words, passed=test.passed)
    return 0 if test.passed else 1


def _record(parts: Parts, words: Words, *, passed: bool) -> None:
    """Put the test into the records; where there are none to be had it still is what it was, and that is said."""
    from dlicalc.app.ledger import ledger

    records = ledger(parts.resources.folder, training=False)
    try:
        records.record((self_test(records.recorder, passed=passed),))
    except Refused as refused:
        complain(refused.problems, words)
    finally:
        records.close()


def _checks(parts: Parts) -> list[Check]:
    """None are computed from damaged files: they would prove nothing."""
    resources, protocol = parts.resources, parts.protocol
    return [*check_doses(_load(resources, DOSES), protocol), *check_egfr(_load(resources, EGFR))]


def _load(resources: Resources, name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(resources.read(name))
    return loaded
