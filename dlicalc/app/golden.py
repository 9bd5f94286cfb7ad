"""Before the first result: a few reference cases, computed by the engine and by the second route."""

from typing import Any, Final

from pydantic_core import from_json

from dlicalc.app.parts import Parts
from dlicalc.services.problem import Refused
from dlicalc.services.reference import check_golden

DOSES: Final = "reference_cases/worked_doses.json"


def failures(parts: Parts) -> list[str]:
    """What came out otherwise than expected, one line a value, in no language; empty if this copy computes right."""
    try:
        checks = check_golden(load(parts, DOSES), parts.protocol)
    except (Refused, ValueError, LookupError, TypeError) as error:
        return [f"{DOSES}: {error}"]
    return [f"{check.case} {check.figure}: {check.expected} | {check.obtained}" for check in checks]


def load(parts: Parts, name: str) -> list[dict[str, Any]]:
    """The reference cases in a data file."""
    loaded: list[dict[str, Any]] = from_json(parts.resources.read(name))
    return loaded
