"""A sheet as the records keep it: every word and number of the paper, so that it can be drawn again to the letter."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from dlicalc.services.problem import Problem, Refused
from dlicalc.services.sheet import Sheet

SHEET_FORMAT: Final = "dlicalc-sheet/1"
_FORMAT: Final = "format"


def kept(sheet: Sheet) -> dict[str, Any]:
    """``sheet`` as JSON, each text under its name, so that a later program can read what this one had no field for."""
    return {_FORMAT: SHEET_FORMAT, **_plain(sheet)}


def printed_details(sheet: Sheet, *, copy: int, language: str, paper: str) -> dict[str, Any]:
    """What the entry of a paper keeps of it; ``copy`` is 0 for the original."""
    return {"copy": copy, "language": language, "paper": paper, "sheet": kept(sheet)}


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items() if part is not None}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, datetime) else value


def sheet_kept(document: Mapping[str, Any]) -> Sheet:
    """The sheet in ``document``; raises :class:`Refused` if this program does not know its form."""
    fields = {name: value for name, value in document.items() if name != _FORMAT}
    if document.get(_FORMAT) != SHEET_FORMAT:
        raise Refused(Problem("sheet", "sheet_unknown"))
    try:
        return _reader().validate_python({**dict.fromkeys(_MAY_BE_MISSING), **fields})
    except ValidationError as error:
        raise Refused(Problem("sheet", "sheet_unknown")) from error


_MAY_BE_MISSING: Final = ("ended", "stops", "deviations", "bags", "checks")
"""``None`` where the paper has no such block."""


@cache
def _reader() -> TypeAdapter[Sheet]:
    return TypeAdapter(Sheet)
