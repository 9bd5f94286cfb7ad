"""What the program needs from outside, as the services see it; ``app`` says who provides it."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

Digest = Callable[[dict[str, Any]], str]
"""The digest of the inputs of a document: of the whole of it without its section ``order``."""
SiteFilter = Callable[[], bool]
"""Whether the site has set the filter that stands in the line where an order does not say."""
Clock = Callable[[], datetime]
"""The present moment with its offset."""


class HelpSheet(Enum):
    """A sheet that belongs to the manual, by its name in files."""

    CARD = "quick-start"
    WORKSHEET = "downtime-worksheet"


class UnitMemory(Protocol):
    """The unit in which each kind of entry was last given at this site."""

    def last(self, path_template: str) -> str:
        """The unit last chosen at this entry, bags without their place; empty if none is known."""

    def preferred(self, path_template: str) -> bool:
        """Whether that unit is the site's choice, not the one last used."""

    def remember(self, path_template: str, unit: str) -> None:
        """Somebody has chosen ``unit`` at this entry; never fails."""


def none_set() -> bool:
    """The answer of a site that has set no filter."""
    return False
