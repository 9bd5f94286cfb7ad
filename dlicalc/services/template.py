"""An empty case with every field of the format, to be filled in."""

from typing import Any, Final, get_origin

from pydantic import BaseModel

from dlicalc.domain.case import Case
from dlicalc.services.entry import Document, plain_types

_FIXED: Final = ("format", "protocol")
_EMPTY_LISTS: Final = ("decisions",)
"""A decision cannot stand half empty: without name or reason it is refused."""
_NOT_FILLED_IN: Final = ("order",)
"""What the window writes about who prepared and checked the order; nobody types it into a file."""


def empty_case() -> Document:
    """Every field of the case as null, with one empty bag and no decision."""
    return _empty(Case)


def _empty(model: type[BaseModel]) -> Document:
    fields: Document = {}
    for name, field in model.model_fields.items():
        fields[field.alias or name] = _empty_field(name, field.annotation)
    return fields


def _empty_field(name: str, annotation: Any) -> Any:
    types = list(plain_types(annotation))
    if name in _FIXED:
        return types[0].__args__[0]
    if name in _EMPTY_LISTS:
        return []
    if name in _NOT_FILLED_IN:
        return None
    models = [part for part in types if isinstance(part, type) and issubclass(part, BaseModel)]
    if not models:
        return None
    empty = _empty(models[0])
    return [empty] if get_origin(annotation) is tuple else empty
