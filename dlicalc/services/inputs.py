"""What of a case decides numbers and identity: everything that was entered, and nothing about who signed for it."""

from collections.abc import Mapping
from typing import Any, Final

SIGN_OFF: Final = "order"
"""The section of a case file that says who prepared and checked the order."""


def inputs_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """``document`` without its sign-off and without what is unknown: two cases that say the same are then equal."""
    known: dict[str, Any] = _known({name: value for name, value in document.items() if name != SIGN_OFF})
    return known


def _known(value: Any) -> Any:
    if isinstance(value, dict):
        below = {name: _known(part) for name, part in value.items()}
        return {name: part for name, part in below.items() if part is not None and part != {}}
    return [_known(part) for part in value] if isinstance(value, list | tuple) else value
