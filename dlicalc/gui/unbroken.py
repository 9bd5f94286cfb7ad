"""Numbers keep their units: no line ends between the two, nor inside a power of ten."""

import re
from typing import Final

_JOINTS: Final = re.compile(r" (?:(?<=[≈×] )|(?=[×%])|(?=(?:mL|kg|mg|g|h)\b))")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_RATE: Final = "mL/min/1.73 m²"
_RATE_WHOLE: Final = "mL/\N{WORD JOINER}min/\N{WORD JOINER}1.73\N{NO-BREAK SPACE}m²"


def unbroken(text: str) -> str:
    """``text`` with no-break spaces where a number and what belongs to it would come apart."""
    return _JOINTS.sub(_NO_BREAK, text).replace(_RATE, _RATE_WHOLE)
