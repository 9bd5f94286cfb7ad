"""The units last used at this site, in a small file of their own; without it nothing is offered, and nothing fails."""

import json
from pathlib import Path
from typing import Final

from dlicalc.services.problem import Refused
from dlicalc.storage.atomic import write_atomically

_NAME: Final = "units.json"
_LARGEST: Final = 100_000
"""Bytes; a larger file is not one that this program wrote."""
_LONGEST: Final = 100


class FileUnitMemory:
    """Path of an entry → its unit, as JSON in ``folder``; the file is read when the first unit is asked for."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _NAME
        self._units: dict[str, str] | None = None

    def last(self, path_template: str) -> str:
        """The unit last chosen at this entry; empty if none is known."""
        return self._known().get(path_template, "")

    def preferred(self, path_template: str) -> bool:  # noqa: ARG002  the same for all of them
        """Nothing here is the site's choice."""
        return False

    def remember(self, path_template: str, unit: str) -> None:
        """Keep ``unit``; where the file cannot be written, it is known until the program ends."""
        units = self._known()
        if units.get(path_template) == unit:
            return
        units[path_template] = unit
        text = json.dumps(units, ensure_ascii=False, indent=1, sort_keys=True)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(str(self._file), f"{text}\n".encode())
        except (OSError, Refused):
            return

    def _known(self) -> dict[str, str]:
        if self._units is None:
            self._units = _read(self._file)
        return self._units


def _read(file: Path) -> dict[str, str]:
    """What the file holds, as far as it is what this program writes."""
    try:
        if file.stat().st_size > _LARGEST:
            return {}
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {path: unit for path, unit in found.items() if isinstance(unit, str) and 0 < len(unit) <= _LONGEST}
