"""``dlicalc selftest``: does this copy, on this machine, compute what others computed, from undamaged files?"""

import argparse
import json
import platform
from typing import Any, Final

from dlicalc.app.parts import PACKAGE_FOLDER, SOFTWARE, Parts, now
from dlicalc.app.streams import put
from dlicalc.services.reference import Check, check_doses, check_egfr
from dlicalc.storage.resources import Resources

DOSES: Final = "reference_cases/worked_doses.json"
EGFR: Final = "reference_cases/egfr.json"


def run(options: argparse.Namespace, parts: Parts) -> int:
    """Print (and with ``-o`` write as PDF) what agrees; 0 if everything does, 1 if anything does not."""
    damaged = sorted(parts.resources.damaged_files(PACKAGE_FOLDER))
    checks = [] if damaged else _checks(parts)
    differing = [check for check in checks if not check.agrees]
    for name in damaged:
        put(f"{name}: missing or not as released")
    for check in differing:
        put(f"{check.name}: expected {check.expected}, obtained {check.obtained}")
    passed = not damaged and not differing
    put(
        f"{SOFTWARE}, Python {platform.python_version()}, {platform.system()} {platform.machine()}, {now().isoformat()}"
    )
    put(f"files: {len(parts.resources.manifest)} checked, {len(damaged)} damaged")
    put(f"reference values: {len(checks)} computed, {len(differing)} differing")
    put("all agree" if passed else "NOT AS RELEASED: do not use this copy")
    if options.output is not None:
        _report(options.output, parts, damaged, checks)
    return 0 if passed else 1


def _checks(parts: Parts) -> list[Check]:
    resources, protocol = parts.resources, parts.protocol
    return [*check_doses(_load(resources, DOSES), protocol), *check_egfr(_load(resources, EGFR))]


def _load(resources: Resources, name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(resources.read(name))
    return loaded


def _report(place: str, parts: Parts, damaged: list[str], checks: list[Check]) -> None:
    from dlicalc.app.paper import write_selftest_report

    write_selftest_report(place, parts, damaged, checks)
