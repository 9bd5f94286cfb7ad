"""Numbers keep their units: no line ends between the two, nor inside a power of ten."""

import re
from typing import Final

_JOINTS: Final = re.compile(r"(?<=[≈×]) | (?=[×%])| (?=(?:mL|kg|mg|g|h)\b)")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def unbroken(text: str) -> str:
    """``text`` with no-break spaces where a number and what belongs to it would come apart."""
    return _JOINTS.sub(_NO_BREAK, text)
