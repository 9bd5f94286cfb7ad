"""``dlicalc template`` and ``dlicalc schema``: the public formats, printed from the models that enforce them."""

import json

from pydantic import TypeAdapter

from dlicalc.app.streams import put
from dlicalc.domain.case import Case
from dlicalc.services.document import EvaluationDocument
from dlicalc.services.template import empty_case


def run(command: str) -> int:
    """Print the template or the schemas."""
    content = empty_case() if command == "template" else _schemas()
    put(json.dumps(content, ensure_ascii=False, indent=2))
    return 0


def _schemas() -> dict[str, object]:
    """Both schemas, each with an identifier of its own, so that either can also be cut out and used alone."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "dlicalc public formats",
        "case": {"$id": "urn:dlicalc:case:1", **Case.model_json_schema()},
        "evaluation": {"$id": "urn:dlicalc:evaluation:1", **TypeAdapter(EvaluationDocument).json_schema()},
    }
