"""The units that a site prefers, offered before those last used; nothing is entered by itself."""

from collections.abc import Mapping

from dlicalc.services.ports import UnitMemory

_UNIT = ".unit"


class PreferredUnits:
    """What ``memory`` knows, and before it the ``units`` of the site: entry, bags without their place → unit."""

    def __init__(self, units: Mapping[str, str], memory: UnitMemory) -> None:
        self._units, self._memory = units, memory

    def last(self, path_template: str) -> str:
        """The unit to offer; empty if none is known."""
        return self._units.get(path_template.removesuffix(_UNIT), "") or self._memory.last(path_template)

    def preferred(self, path_template: str) -> bool:
        """Whether it is the site's choice."""
        return path_template.removesuffix(_UNIT) in self._units

    def remember(self, path_template: str, unit: str) -> None:
        """Kept also where the site prefers another, for the day when it does not."""
        self._memory.remember(path_template, unit)
