"""Short ways to the entries of the good case and to the codes of findings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ValidationError

from dlicalc.domain.case import Case
from dlicalc.domain.evaluation import Evaluation
from dlicalc.domain.finding import Finding
from dlicalc.domain.product import Product
from tests.cases import AS_OF, changed, full_case
from tests.program import case_from
from tests.program import evaluation as evaluation_of

NOW = datetime.fromisoformat(AS_OF)


def percent(value: str, **more: Any) -> dict[str, Any]:
    """A percentage."""
    return {"value": value, "unit": "%"} | more


def ml(value: str) -> dict[str, Any]:
    """A volume."""
    return {"value": value, "unit": "mL"}


def case(**changes: Any) -> Case:
    """The good case with some fields changed."""
    return case_from(changed(full_case(), **changes))


def evaluation(**changes: Any) -> Evaluation:
    """The evaluation of the good case with some fields changed."""
    return evaluation_of(changed(full_case(), **changes), AS_OF)


def product(**changes: Any) -> Product:
    """The bag of the good case, fields of its counts as `counts__…`."""
    return case(**{f"products__0__{name}": value for name, value in changes.items()}).products[0]


def frozen(**changes: Any) -> Product:
    """The bag as a cryopreserved one with 10 % DMSO, counted before freezing, no viability."""
    given = {"state": "cryopreserved", "dmso": percent("10"), "counts__counted": "pre-freeze"}
    return product(**given | {"counts__viability": None} | changes)


def codes(findings: Iterable[Finding]) -> list[str]:
    """The codes, in order."""
    return [finding.code for finding in findings]


def labelled(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Code, severity and path of each finding."""
    return [(finding.code, finding.severity.label, finding.path) for finding in findings]


def refusals(model: type[BaseModel], entered: object) -> list[tuple[str, str]]:
    """Where and why an entry is refused; empty if it is not."""
    try:
        model.model_validate(entered)
    except ValidationError as error:
        return [(".".join(map(str, detail["loc"])), detail["type"]) for detail in error.errors()]
    return []
